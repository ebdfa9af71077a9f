"""What no other rule explains: where it happened, and what Keras said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstm_course.doctor.places import STAGE_OF, stage_of_calls
from lstm_course.doctor.rules.context import Case, finding, recurrent_stage, shapes_there
from lstm_course.shapes.findings import Finding

WHERE = {
    "predict": "prediction",
    "__call__": "prediction",
    "evaluate": "prediction",
    "predict_on_batch": "prediction",
}


def missing_things(case: Case) -> Iterator[Finding]:
    """A package or a file that the program needs is not here."""
    error = case.error
    if error is None:
        return
    if error.type in ("SyntaxError", "IndentationError", "TabError"):
        yield finding(
            "syntax-error", "raw-data", "error", "Python cannot read the program",
            f"Line {error.line}: {error.source} ({error.text}). Nothing was run.",
            "Close brackets and quotes, and indent blocks evenly; a notebook's % and ! lines have to go.",
        )  # fmt: skip
        return
    package = re.search(r"No module named '([\w.]+)'", error.text)
    if package and not package[1].startswith(("keras", "tensorflow")):
        yield finding(
            "package-missing", "raw-data", "error", f"The package {package[1]} is not installed",
            f"Line {error.line} imports {package[1]}, which is not there. What comes before it was judged.",
            f"Install it where the doctor runs (pip install {package[1].split('.')[0]}), or take the import "
            "out for this "
            "check.",
        )  # fmt: skip
    elif error.type in ("FileNotFoundError", "URLError", "HTTPError", "gaierror", "ConnectionError") or (
        "URL fetch failure" in error.text
    ):
        yield finding(
            "file-missing", "saving" if "load" in error.source else "raw-data", "error",
            "A file that the program needs is not here",
            f"Line {error.line}: {error.first_line}. The doctor runs the program next to its own files, "
            "without the "
            "network.",
            "Put the file beside the script, or replace the data by random numbers of the same shape: shapes "
            "are all that "
            "the check needs.",
        )  # fmt: skip


def whatever_else(case: Case) -> Iterator[Finding]:
    """An error that no rule explains."""
    error = case.error
    if error is None:
        return
    if known := _known_by_its_words(case):
        yield known
        return
    shapes = ", ".join(map(str, error.layer_inputs))
    place = f" {case.failing.cls} was given {shapes}." if case.failing and shapes else ""
    given = case.stopped_call
    arrays = (
        f" {given.method} was given X {', '.join(map(str, given.x))} and y "
        f"{', '.join(map(str, given.y)) or '-'}."
        if given and given.x else f" The arrays there: {shapes_there(case)}."
    )  # fmt: skip
    stage = _stage(case)
    yield finding(
        "unexplained-error", stage, "error", f"Line {error.line} stops with {error.type}",
        f"Line {error.line}: {error.source}\n{_told(error.text, error.first_line)}{place}{arrays}",
        FIRST_STEPS[stage.rstrip("-0123456789")],
    )  # fmt: skip


def _known_by_its_words(case: Case) -> Finding | None:
    """Explain what a step of the program's own, or the function behind a generator, was refused."""
    error = case.error
    assert error is not None
    inside = _inside(error.text)
    there = f"Line {inside[0]}, in {inside[1]}" if inside else f"Line {error.line}"
    read = [str(event.detail["text"]) for event in case.capture.events if event.what == "data-refused"]
    wanted = re.search(
        r"yielded an element of shape (\([^)]*\)) where an element of shape (\([^)]*\))", "\n".join([error.text, *read])
    )  # fmt: skip
    if wanted:
        return finding(
            "generator-other-shape", "batching", "error", "The generator hands out another shape than was declared",
            f"{there}: the generator hands out {wanted[1]}; output_signature says {wanted[2]}.",
            f"Declare what it hands out: tf.TensorSpec(shape={wanted[1]}, dtype=tf.float32).", "batch",
        )  # fmt: skip
    model = re.search(r"Expected shape (\([^)]*\)), but input has incompatible shape (\([^)]*\))", error.text)
    if model:
        single = model[1].removeprefix("(None, ") == model[2].removeprefix("(")
        return finding(
            "step-given-other-shape", "batching" if single else "windowing", "error",
            f"The model takes {model[1]} and gets {model[2]}",
            f"{there}: the model was built for {model[1]} and is called on {model[2]}."
            + (" That is one sample, without the axis of the batch." if single else ""),
            "Batch the data set before the loop: ds = ds.batch(32); a single sample gets its axis by x[None]."
            if single else FIRST_STEPS["windowing"],
            "batch" if single else "timesteps",
        )  # fmt: skip
    ranks = re.search(
        r"must have the same rank \(ndim\)\. Received: target\.shape=(\([^)]*\)), output\.shape=(\([^)]*\))", error.text
    )  # fmt: skip
    if ranks and inside:
        which = (
            "binary_crossentropy" if "in binary_crossentropy" in error.text else "categorical_crossentropy"
        )
        return finding(
            "step-loss-of-two-ranks", "loss", "error", f"The loss compares labels {ranks[1]} with an output {ranks[2]}",
            f"{there}: {which} takes labels of the shape of the output.",
            "Give the labels an axis: y.reshape(-1, 1), before the loop."
            if which.startswith("binary") else
            "For class numbers write keras.losses.SparseCategoricalCrossentropy(), with from_logits as before; for the "
            "loss as it is, one-hot the labels: keras.utils.to_categorical(y, num_classes).",
            "classes",
        )  # fmt: skip
    return None


def _inside(text: str) -> tuple[int, str] | None:
    """Give line and function of the program's own code in a message of tf.function, which marks it by a star."""
    marked = re.findall(r'File ".*?", line (\d+), in (\w+)  \*\n', text)
    return (int(marked[-1][0]), marked[-1][1]) if marked else None


FIRST_STEPS = {
    "raw-data":
        "Look at the rows before this line: their columns, types and the first few values (table.dtypes, "
        "table.head()). A network takes numbers without gaps.",
    "scaling":
        "A scaler takes (rows, columns) and the same columns every time: values.reshape(-1, 1) for a single "
        "one; fit it on the training rows, before the windows are cut.",
    "windowing":
        "Print the shapes that this line takes in. A recurrent layer takes (samples, timesteps, features): "
        "cut windows of rows, one label behind each.",
    "labels":
        "Print y.shape and a few labels: one entry for each sample, in the shape of the output, numbers and "
        "not names.",
    "batching":
        "Compare what this call is given with what it takes: arrays X and y with the same number of samples, "
        "or a data set or generator of batches (X, y).",
    "input-layer":
        "Declare what one sample looks like, without the batch: keras.Input(shape=(timesteps, features)).",
    "recurrent-layer":
        "The layer takes (batch, timesteps, features) and units as its first argument; "
        "help(keras.layers.LSTM) lists the others.",
    "between-layers":
        "Compare the shape that comes from below with what this layer takes; model.summary() shows the shapes"
        " up to here.",
    "head":
        "The last layer needs as many units as one label has numbers, and an activation that can reach them.",
    "loss":
        "A loss takes labels and output of one shape, works with keras.ops alone (no NumPy), and gives one "
        "number per sample.",
    "state":
        "An LSTM has two states, h and c, a GRU one, each of shape (batch, units).",
    "prediction":
        "Print the shape of the predictions, and compare it with what this line joins or compares it with.",
    "saving":
        "Build the same layers with the same sizes before weights are loaded; whole models are saved as "
        ".keras files.",
}  # fmt: skip
"""What to look at first, by the stage at which an error belongs."""


def _told(text: str, first_line: str) -> str:
    """Give the line of a message that says something: Keras and TensorFlow put others before it."""
    lines = [line.strip() for line in re.sub(r"\x1b\[\d*m", "", text).splitlines() if line.strip()]
    opening = (
        "Exception encountered when calling",
        "Graph execution error",
        "in user code",
        "Detected at node",
    )
    if not lines or not lines[0].startswith(opening):
        return f"{first_line}."
    rest = [
        line
        for line in lines[1:]
        if not line.startswith(("File ", "Detected at", "Arguments received", "•", "Stack trace"))
    ]
    said = [
        line for line in rest
        if re.match(r"\w*(Error|Exception): (?!Exception encountered)", line)
    ] or rest  # fmt: skip
    return f"{first_line.split(': ')[0]}: {said[0] if said else lines[0]}."


def _stage(case: Case) -> str:
    error = case.error
    call, layer = case.stopped_call, case.failing or (error.making if error else None)
    if case.with_predictions:
        return "prediction"
    if call and call.method in WHERE and any(not one.error for one in case.capture.trainings):
        return WHERE[call.method]
    if layer is not None and layer.recurrent:
        return recurrent_stage(case.failing_model, layer)
    if layer is not None:
        order = [item for item in case.layers if item.cls != "InputLayer"]
        own = STAGE_OF.get(layer.cls, "between-layers")
        last = (
            bool(order) and order[-1].id == layer.id and layer.cls in ("Dense", "TimeDistributed", "Softmax")
        )
        return "head" if last else ("between-layers" if own == "head" else own)
    if error and case.program.function_at(error.line) in case.program.handed_to("compile"):
        return "loss"
    said = _told(error.text, error.first_line).lower() if error else ""  # without the lines of code around it
    if any(word in said for word in ("target", "y_true", "labels", "logits", "loss")):
        return "loss"
    stage = stage_of_calls(case.program.called_on(error.line)) if error else ""
    if stage == "recurrent-layer":
        return f"recurrent-layer-{max(1, sum(one.recurrent for one in case.capture.layers))}"
    return stage or ("raw-data" if not case.capture.models else "input-layer")
