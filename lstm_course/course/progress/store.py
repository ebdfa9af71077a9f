"""Progress: what a learner saw, answered, wrote and solved, in a file of the learner's own."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from lstm_course.course.progress import database
from lstm_course.course.progress.schema import ONE_PER_KEY, TABLES, migrate

Entry = Mapping[str, Any]
T = TypeVar("T")


def now() -> str:
    """Return the time as it is stored: UTC, ISO 8601, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Progress:
    """A learner's progress. Every write is on the disk before the method returns.

    Several tabs and processes may use one file at once.

    Args:
        folder: where the file lies; None: LSTM_COURSE_HOME, or the user's data directory.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or database.home()
        opened = database.open_file(folder)
        self._connection = opened.connection
        self._guard = threading.RLock()
        self.path = opened.path
        self.notice = opened.notice

    def close(self) -> None:
        """Close the file."""
        with self._guard:
            self._connection.close()

    def see_step(self, lesson: str, step: str) -> None:
        """Note that a step was seen."""
        self._insert("steps", {"lesson": lesson, "step": step, "seen": now()})

    def answer(
        self,
        lesson: str,
        question: str,
        answer: str,
        verdict: str,
        misconception: str | None = None,
        experiment: str | None = None,
    ) -> None:
        """Note an answer to a question, with the experiment (as JSON) that it was given for."""
        values = {"lesson": lesson, "question": question, "answer": answer, "verdict": verdict}
        about = {"misconception": misconception, "experiment": experiment}
        self._insert("answers", {**values, **about, "at": now()})

    def save_draft(self, lesson: str, exercise: str, code: str) -> None:
        """Keep the code in the editor, so that a crash loses nothing."""
        self._insert("drafts", {"lesson": lesson, "exercise": exercise, "code": code, "at": now()})

    def attempt(
        self,
        lesson: str,
        exercise: str,
        code: str,
        verdict: str,
        message: str | None = None,
        asked: str | None = None,
    ) -> None:
        """Note a check of an exercise, with the code that was checked; what was written since it was asked for stays.

        Args:
            lesson: which lesson.
            exercise: which exercise of it.
            code: the program that was checked.
            verdict: what the check said.
            message: id of the mistake that was found.
            asked: when the check was asked for, as `now` writes it; None: now.
        """
        program = {"lesson": lesson, "exercise": exercise, "code": code}
        at = asked or now()

        def write() -> None:
            self._insert("attempts", {**program, "verdict": verdict, "message": message, "at": at})
            self._insert("drafts", {**program, "at": at})

        self._transaction(write)

    def drill(
        self, kind: str, level: int, seed: int, answer: str, is_right: bool, misconception: str | None = None
    ) -> None:
        """Note an answer to a drill."""
        values = {"kind": kind, "level": level, "seed": seed, "answer": answer, "is_right": int(is_right)}
        self._insert("drills", {**values, "misconception": misconception, "at": now()})

    def code(self, lesson: str, exercise: str) -> str | None:
        """Return the latest code of an exercise; None where nothing was written yet."""
        found = self.entries("drafts", lesson=lesson, exercise=exercise)
        return str(found[-1]["code"]) if found else None

    def entries(self, table: str, **where: str) -> list[dict[str, Any]]:
        """Return the rows of one table, oldest first, where some columns have some values.

        Raises:
            KeyError: when there is no such table or column.
        """
        columns = TABLES[table]
        for name in where:
            if name not in columns:
                raise KeyError(f"{table} has no column {name!r}; it has {', '.join(columns)}.")
        condition = " AND ".join(f"{name} = ?" for name in where) or "1"
        query = f"SELECT {', '.join(columns)} FROM {table} WHERE {condition} ORDER BY id"
        with self._guard:
            rows = self._connection.execute(query, tuple(where.values())).fetchall()
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def solved(self) -> set[tuple[str, str]]:
        """Return the exercises (lesson, exercise) that were solved at least once."""
        return {
            (row["lesson"], row["exercise"]) for row in self.entries("attempts") if row["verdict"] == "right"
        }

    def reset(self, lesson: str | None = None, exercise: str | None = None) -> int:
        """Forget an exercise, a lesson, or everything; `undo` brings it back. Return how many entries it was.

        Args:
            lesson: which lesson; None: everything, drills too.
            exercise: which exercise of it; None: the whole lesson.
        """
        wanted = {"lesson": lesson, "exercise": exercise}
        where = {name: value for name, value in wanted.items() if value is not None}
        tables = [table for table, columns in TABLES.items() if set(where) <= set(columns)]
        condition = " AND ".join(f"{name} = ?" for name in where) or "1"

        def write() -> int:
            taken = {table: self.entries(table, **where) for table in tables}
            for table in tables:
                self._connection.execute(f"DELETE FROM {table} WHERE {condition}", tuple(where.values()))
            stored = (", ".join(where.values()) or "everything", json.dumps(taken))
            self._connection.execute(
                "INSERT OR REPLACE INTO undo (id, what, entries) VALUES (1, ?, ?)", stored
            )
            return sum(map(len, taken.values()))

        return self._transaction(write)

    def undo(self) -> int:
        """Bring back what the last reset took; what was done since stays. Return how many entries came back."""

        def write() -> int:
            row = self._connection.execute("SELECT entries FROM undo WHERE id = 1").fetchone()
            restored = self.merge(json.loads(row[0])) if row else 0
            self._connection.execute("DELETE FROM undo")
            return restored

        return self._transaction(write)

    @property
    def undoable(self) -> str:
        """What `undo` would bring back, in a few words; empty when nothing."""
        with self._guard:
            row = self._connection.execute("SELECT what FROM undo WHERE id = 1").fetchone()
        return str(row[0]) if row else ""

    def merge(self, entries: Mapping[str, Sequence[Entry]]) -> int:
        """Add entries that are not there yet; where there is one for the same step or draft, the newer stays.

        Returns:
            How many entries were new.
        """

        def write() -> int:
            before = self._num_changes()
            for table, columns in TABLES.items():
                known = {tuple(row.values()) for row in self.entries(table)}
                for entry in entries.get(table, ()):
                    values = {name: entry.get(name) for name in columns}
                    if tuple(values.values()) not in known:
                        self._insert(table, values)
            return self._num_changes() - before

        return self._transaction(write)

    def _num_changes(self) -> int:
        return self._connection.total_changes

    def _insert(self, table: str, values: Entry) -> None:
        query = _insertion(table, tuple(values))
        self._transaction(lambda: self._connection.execute(query, tuple(values.values())))

    def _transaction(self, action: Callable[[], T]) -> T:
        """Do something in one transaction, as part of one that is under way, or of its own.

        When the disk takes no more, progress goes on in memory and the action is done again there.
        """
        with self._guard:
            if self._connection.in_transaction:
                return action()
            try:
                return self._in_transaction(action)
            except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
                raise
            except sqlite3.DatabaseError as error:
                if self.path is None:
                    raise
                self._go_on_in_memory(error)
                return self._in_transaction(action)

    def _in_transaction(self, action: Callable[[], T]) -> T:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = action()
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        return result

    def _go_on_in_memory(self, error: sqlite3.DatabaseError) -> None:
        """Copy what can be read, and keep everything in memory from here on."""
        old = self._connection
        self._connection = database.memory()
        with contextlib.suppress(sqlite3.Error):
            old.backup(self._connection)
        migrate(self._connection)
        old.close()
        self.path = None
        self.notice = database.unwritable(self._folder, error)


def _insertion(table: str, names: Sequence[str]) -> str:
    """Write the statement that adds a row; of two rows for one key the newer stays."""
    query = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    if table not in ONE_PER_KEY:
        return query
    keys, stamp = ONE_PER_KEY[table], TABLES[table][-1]
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
    newer = f"excluded.{stamp} > {table}.{stamp}"
    return f"{query} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes} WHERE {newer}"
