"""Write an experiment as a notebook: the sections of the script as cells, their reasons as text."""

from __future__ import annotations

import nbformat

from lstm_course.data import Sequences, Series
from lstm_course.experiment import Experiment
from lstm_course.export.script import csv_name, head, imports, sections
from lstm_course.export.sections import material_of


def export_notebook(exp: Experiment, series: Series | Sequences | None = None) -> str:
    """Write the program of `export_script` as the JSON text of a notebook.

    Args:
        exp: the experiment.
        series: data of the learner's own; None: the data set that the experiment names.

    Returns:
        Text for a file that ends in .ipynb.

    Raises:
        ProblemError: when the experiment cannot run; the text says what to change.

    Example:
        >>> import json
        >>> json.loads(export_notebook(Experiment()))["nbformat"]
        4
    """
    material = material_of(exp, series)
    title, *rest = head(material).splitlines()
    start = imports(material, [f"path = {csv_name(material)!r}"])
    cells = [("markdown", f"# {title}\n" + "\n".join(rest)), ("code", start)]
    for section in sections(material):
        cells += [("markdown", f"## {section.title}\n\n{section.text}"), ("code", section.code)]
    notebook = nbformat.v4.new_notebook(  # type: ignore[no-untyped-call]
        metadata={"language_info": {"name": "python"}}
    )
    for number, (kind, source) in enumerate(cells):
        make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        notebook.cells.append(make(source, id=f"cell-{number}"))  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook))  # type: ignore[no-untyped-call]
