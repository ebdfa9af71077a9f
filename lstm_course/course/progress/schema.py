"""The tables of the progress file, and how an older file becomes a newer one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from lstm_course.problems import ProblemError

VERSION = 3

TABLES: dict[str, tuple[str, ...]] = {
    "steps": ("lesson", "step", "seen"),
    "answers": ("lesson", "question", "answer", "verdict", "misconception", "experiment", "at"),
    "attempts": ("lesson", "exercise", "code", "verdict", "message", "at"),
    "drafts": ("lesson", "exercise", "code", "at"),
    "drills": ("kind", "level", "seed", "answer", "is_right", "misconception", "at"),
}
"""Columns of each table, without its row number. Times are UTC, as text in ISO 8601."""

ONE_PER_KEY: dict[str, tuple[str, ...]] = {"steps": ("lesson", "step"), "drafts": ("lesson", "exercise")}
"""Tables that hold one row for each of these keys; the others only grow."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to the present version; all or nothing.

    Raises:
        ProblemError: when the file was written by a newer version of the course.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise ProblemError(
            f"The progress file is of version {version}; this version of the course knows up to {VERSION}. "
            "Update the course, or choose another folder with LSTM_COURSE_HOME."
        )
    for number in range(version + 1, VERSION + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            (now,) = connection.execute("PRAGMA user_version").fetchone()
            if now < number:  # another process may just have done it
                _STEPS[number](connection)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except sqlite3.Error:
            connection.execute("ROLLBACK")
            raise


def _first(connection: sqlite3.Connection) -> None:
    connection.execute(
        "CREATE TABLE steps (id INTEGER PRIMARY KEY, lesson TEXT NOT NULL, step TEXT NOT NULL, seen TEXT NOT NULL, "
        "UNIQUE (lesson, step))"
    )
    connection.execute(
        "CREATE TABLE answers (id INTEGER PRIMARY KEY, lesson TEXT NOT NULL, question TEXT NOT NULL, "
        "answer TEXT NOT NULL, verdict TEXT NOT NULL, misconception TEXT, at TEXT NOT NULL)"
    )
    connection.execute(
        "CREATE TABLE attempts (id INTEGER PRIMARY KEY, lesson TEXT NOT NULL, exercise TEXT NOT NULL, "
        "code TEXT NOT NULL, verdict TEXT NOT NULL, message TEXT, at TEXT NOT NULL)"
    )
    connection.execute(
        "CREATE TABLE drills (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, level INTEGER NOT NULL, "
        "seed INTEGER NOT NULL, answer TEXT NOT NULL, is_right INTEGER NOT NULL, misconception TEXT, at "
        "TEXT NOT NULL)"
    )


def _drafts_and_undo(connection: sqlite3.Connection) -> None:
    """Keep code that was not checked yet, and what the last reset took away."""
    connection.execute(
        "CREATE TABLE drafts (id INTEGER PRIMARY KEY, lesson TEXT NOT NULL, exercise TEXT NOT NULL, "
        "code TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (lesson, exercise))"
    )
    connection.execute(
        "CREATE TABLE undo (id INTEGER PRIMARY KEY CHECK (id = 1), what TEXT NOT NULL, entries TEXT NOT NULL)"
    )
    connection.execute(
        "INSERT INTO drafts (lesson, exercise, code, at) SELECT lesson, exercise, code, at FROM attempts "
        "WHERE id IN (SELECT max(id) FROM attempts GROUP BY lesson, exercise)"
    )


def _asked_of(connection: sqlite3.Connection) -> None:
    """Keep with an answer the experiment that it was given for, so that it can be explained again."""
    connection.execute("ALTER TABLE answers ADD COLUMN experiment TEXT")


_STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {1: _first, 2: _drafts_and_undo, 3: _asked_of}
