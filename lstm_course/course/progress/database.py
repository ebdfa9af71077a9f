"""Open the progress file, whatever state it and its disk are in; never lose it silently."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lstm_course.course.progress.schema import TABLES, migrate
from lstm_course.resources import HOME, learner_dir

FILE = "progress.sqlite3"
BUSY_SECONDS = 10.0  # how long one tab waits for the other


@dataclass(frozen=True)
class Opened:
    """An open progress file, and what had to be said about it."""

    connection: sqlite3.Connection  # in autocommit; transactions are begun where they are needed
    path: Path | None  # where it lies; None when it is in memory
    notice: str = ""  # a sentence for the learner, when something was wrong


def home() -> Path:
    """Return the folder for a learner's data: LSTM_COURSE_HOME, or the user's data directory."""
    return learner_dir("data")


def open_file(folder: Path | None = None) -> Opened:
    """Open the progress file of a folder, making it where there is none.

    A damaged file is set aside under another name and a new one begun. Where nothing can be written, progress is
    kept in memory for this session. Either is said in `notice`.

    Args:
        folder: where it lies; None: `home()`.

    Raises:
        ProblemError: when the file comes from a newer version of the course.
    """
    where = folder or home()
    try:
        where.mkdir(parents=True, exist_ok=True)
        return _open(where / FILE)
    except (OSError, sqlite3.OperationalError) as error:
        return _in_memory(where, error)


def _open(path: Path) -> Opened:
    with contextlib.suppress(sqlite3.DatabaseError):
        return Opened(_connect(path), path)
    try:  # again: another process may just have set a damaged file aside and begun a new one
        return Opened(_connect(path), path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        aside = _set_aside(path)
        notice = (
            f"The progress file was damaged ({error}). It was set aside as {aside}, with nothing deleted, "
            "and a new one "
            "begun. If you have an export, import it on the progress page."
        )
        return Opened(_connect(path), path, notice)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection)
    except BaseException:  # a file of a newer course, too
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    migrate(connection)
    (health,) = connection.execute("PRAGMA quick_check").fetchone()
    if health != "ok":
        raise sqlite3.DatabaseError(str(health).splitlines()[0])
    for table, columns in TABLES.items():
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        if not set(columns) <= there:
            raise sqlite3.DatabaseError(f"its table {table!r} lacks columns")
    connection.execute("BEGIN IMMEDIATE")  # can it be written?
    connection.execute("ROLLBACK")


def _set_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.stem}-damaged-{stamp}-{time.monotonic_ns() % 100000:05}{path.suffix}")
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.replace(f"{path}{suffix}", f"{aside}{suffix}")
    return aside


def _in_memory(where: Path, error: Exception) -> Opened:
    connection = memory()
    migrate(connection)
    return Opened(connection, None, unwritable(where, error))


def memory() -> sqlite3.Connection:
    """Open an empty database that lives as long as the process."""
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def unwritable(where: Path, error: Exception) -> str:
    """Say that progress cannot be kept, and what to do."""
    return (
        f"Progress cannot be written to {where} ({error}). It is kept in memory until you close the app: "
        "export it on the "
        f"progress page before you do. Make room or give write permission, or set {HOME} to another folder."
    )
