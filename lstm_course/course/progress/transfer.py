"""Progress as a file to keep or to carry to another machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lstm_course.course.progress.schema import TABLES, VERSION
from lstm_course.course.progress.store import Progress, now
from lstm_course.problems import ProblemError

FORMAT = "lstm-course progress"
MAX_CHARACTERS = 50_000_000
_MAY_BE_ABSENT = {"misconception", "message", "experiment"}
_NUMBERS = {"level", "seed", "is_right"}


def export_progress(progress: Progress) -> str:
    """Write all entries as JSON."""
    content = {table: progress.entries(table) for table in TABLES}
    head = {"format": FORMAT, "version": VERSION, "exported": now()}
    return json.dumps({**head, "entries": content}, ensure_ascii=False, indent=1)


def import_progress(progress: Progress, text: str) -> int:
    """Add the entries of an export; nothing that is there is lost, and of two drafts the newer stays.

    Args:
        progress: where they go.
        text: what `export_progress` wrote.

    Returns:
        How many entries were new.

    Raises:
        ProblemError: when the text is no such file; nothing has been changed then.
    """
    return progress.merge(_read(text))


def _read(text: str) -> dict[str, list[dict[str, Any]]]:
    if len(text) > MAX_CHARACTERS:
        raise ProblemError(
            f"The file has {len(text):,} characters; an export has {MAX_CHARACTERS:,} at most."
        )
    try:
        content = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ProblemError(f"This is no progress file: {error}. Choose a file made by Export.") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ProblemError(f"This is no progress file: it does not begin with the format {FORMAT!r}.")
    version = content.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise ProblemError(
            f"The progress file is of version {version!r}; this version of the course reads up to {VERSION}. "
            "Update the course first."
        )
    entries = content.get("entries")
    if not isinstance(entries, dict):
        raise ProblemError("The progress file holds no entries; it was cut or changed. Export it again.")
    return {table: [_entry(table, each) for each in _rows(table, entries)] for table in TABLES}


def _rows(table: str, entries: Mapping[str, Any]) -> list[Any]:
    rows = entries.get(table, [])
    if not isinstance(rows, list):
        raise ProblemError(f"The progress file is damaged at {table!r}: expected a list. Export it again.")
    return rows


def _entry(table: str, entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise ProblemError(
            f"The progress file is damaged at {table!r}: an entry is no object. Export it again."
        )
    for name in TABLES[table]:
        value = entry.get(name)
        wanted = int if name in _NUMBERS else str
        fits = isinstance(value, wanted) or (value is None and name in _MAY_BE_ABSENT)
        if not fits:
            raise ProblemError(
                f"The progress file is damaged at {table!r}: {name}={value!r} is no {wanted.__name__}. "
                "Export it again."
            )
    return {name: entry.get(name) for name in TABLES[table]}
