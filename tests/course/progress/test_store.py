"""Progress survives what happens to files: crashes, two writers, damage, full disks, upgrades."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys

import pytest

from lstm_course.course.progress import Progress, export_progress, home, import_progress, now
from lstm_course.course.progress.database import FILE
from lstm_course.problems import ProblemError


@pytest.fixture
def progress(tmp_path):
    opened = Progress(tmp_path)
    yield opened
    opened.close()


def reopened(tmp_path) -> Progress:
    return Progress(tmp_path)


def test_what_was_written_while_a_check_ran_stays(progress):
    asked = now()
    progress.save_draft("windows", "windows_by_hand", "newer")
    progress.attempt("windows", "windows_by_hand", "checked", "wrong", asked=asked)
    assert progress.code("windows", "windows_by_hand") == "newer"
    assert progress.entries("attempts")[0]["code"] == "checked"


def test_everything_is_there_after_a_restart(tmp_path, progress):
    progress.see_step("windows", "stride")
    progress.answer("windows", "count", "90", "wrong", "one-window-too-many")
    progress.attempt("windows", "windows_by_hand", "x = 1", "wrong", "missing-name")
    progress.drill("windows", 2, 7, "89", True)
    progress.answer("windows", "stride", "8", "right", None, '{"timesteps": 12}')
    again = reopened(tmp_path)
    assert [row["experiment"] for row in again.entries("answers")] == [None, '{"timesteps": 12}']
    assert [len(again.entries(table)) for table in ("steps", "answers", "attempts", "drills")] == [1, 2, 1, 1]
    assert again.code("windows", "windows_by_hand") == "x = 1"
    assert again.notice == ""
    again.close()


def test_home_is_chosen_by_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("LSTM_COURSE_HOME", str(tmp_path / "mine"))
    assert home() == tmp_path / "mine"


def test_a_step_is_kept_once_and_a_draft_is_the_latest(progress):
    for code in ("a", "b"):
        progress.see_step("windows", "gap")
        progress.save_draft("windows", "complete_the_count", code)
    assert len(progress.entries("steps")) == 1
    assert progress.code("windows", "complete_the_count") == "b"
    assert progress.code("windows", "never-touched") is None


WRITE_AND_DIE = """
import os, pathlib, sys
from lstm_course.course.progress import Progress

folder, name = sys.argv[1:]
mine = Progress(pathlib.Path(folder))
for number in range(20):
    mine.answer("windows", f"{name}-{number}", "1", "right")
os._exit(9)  # no closing, no exit handlers
"""


def test_two_processes_write_at_once_and_are_killed(tmp_path):
    """Programs of their own: a child of multiprocessing runs this process's ``__main__`` again,
    which may be a page that another test has drawn."""
    program = [sys.executable, "-c", WRITE_AND_DIE, str(tmp_path)]
    writers = [subprocess.Popen([*program, name]) for name in ("a", "b")]
    assert [writer.wait(60) for writer in writers] == [9, 9]
    after = reopened(tmp_path)
    assert len(after.entries("answers")) == 40
    after.close()


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_set_aside_and_said_so(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    progress = Progress(tmp_path)
    (aside,) = [path for path in tmp_path.glob("*damaged*") if path.suffix == ".sqlite3"]
    assert aside.read_bytes() == content
    assert str(aside) in progress.notice
    progress.see_step("windows", "gap")
    assert progress.path == tmp_path / FILE
    progress.close()


def test_damage_in_the_middle_is_noticed(tmp_path):
    first = Progress(tmp_path)
    for number in range(300):
        first.attempt("windows", "windows_by_hand", f"code {number} " * 40, "wrong")
    first.close()
    content = bytearray((tmp_path / FILE).read_bytes())
    content[4096 * 5 : 4096 * 30] = os.urandom(4096 * 25)
    (tmp_path / FILE).write_bytes(bytes(content))
    progress = Progress(tmp_path)
    assert "was damaged" in progress.notice
    assert progress.entries("attempts") == []
    progress.close()


def test_a_folder_that_cannot_be_written_means_memory(tmp_path):
    (tmp_path / "file").write_text("in the way")
    progress = Progress(tmp_path / "file" / "below")
    progress.see_step("windows", "gap")
    assert progress.path is None
    assert "cannot be written" in progress.notice
    assert len(progress.entries("steps")) == 1
    progress.close()


def test_a_full_disk_in_the_middle_loses_nothing_and_is_said(tmp_path, progress):
    progress.see_step("windows", "gap")
    progress._connection.execute("PRAGMA max_page_count = 12")  # as a disk without room
    for number in range(40):
        progress.attempt("windows", "windows_by_hand", f"{number}" * 3000, "wrong")
    assert progress.path is None
    assert "disk is full" in progress.notice
    assert len(progress.entries("attempts")) == 40
    assert len(progress.entries("steps")) == 1


def make_version_1(path):
    old = sqlite3.connect(path)
    old.executescript(
        """
        CREATE TABLE steps (id INTEGER PRIMARY KEY, lesson TEXT NOT NULL, step TEXT NOT NULL, seen TEXT NOT NULL,
                            UNIQUE (lesson, step));
        CREATE TABLE answers (id INTEGER PRIMARY KEY, lesson TEXT NOT NULL, question TEXT NOT NULL,
                              answer TEXT NOT NULL, verdict TEXT NOT NULL, misconception TEXT, at TEXT NOT NULL);
        CREATE TABLE attempts (id INTEGER PRIMARY KEY, lesson TEXT NOT NULL, exercise TEXT NOT NULL,
                               code TEXT NOT NULL, verdict TEXT NOT NULL, message TEXT, at TEXT NOT NULL);
        CREATE TABLE drills (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, level INTEGER NOT NULL, seed INTEGER NOT NULL,
                             answer TEXT NOT NULL, is_right INTEGER NOT NULL, misconception TEXT, at TEXT NOT NULL);
        INSERT INTO steps (lesson, step, seen) VALUES ('windows', 'gap', '2025-01-01T00:00:00');
        INSERT INTO attempts (lesson, exercise, code, verdict, at)
            VALUES ('windows', 'windows_by_hand', 'first', 'wrong', '2025-01-01'),
                   ('windows', 'windows_by_hand', 'second', 'right', '2025-01-02');
        INSERT INTO answers (lesson, question, answer, verdict, at)
            VALUES ('windows', 'count', '90', 'wrong', '2025-01-01');
        PRAGMA user_version = 1;
        """
    )
    old.close()


def test_a_file_of_version_1_is_upgraded(tmp_path):
    make_version_1(tmp_path / FILE)
    progress = Progress(tmp_path)
    assert progress.solved() == {("windows", "windows_by_hand")}
    assert progress.code("windows", "windows_by_hand") == "second"
    assert progress.entries("answers")[0]["experiment"] is None
    progress.reset("windows")
    assert progress.undo() == 5  # a step, an answer, two attempts, a draft
    progress.close()


def test_a_file_of_a_newer_version_is_left_alone(tmp_path):
    newer = sqlite3.connect(tmp_path / FILE)
    newer.execute("PRAGMA user_version = 99")
    newer.commit()
    newer.close()
    with pytest.raises(ProblemError, match=r"version 99.*Update the course"):
        Progress(tmp_path)


def filled(progress):
    progress.see_step("windows", "gap")
    progress.attempt("windows", "complete_the_count", "a", "right")
    progress.attempt("windows", "windows_by_hand", "b", "wrong")
    progress.see_step("labels", "steps")
    progress.drill("windows", 1, 1, "5", False)


@pytest.mark.parametrize(
    ("where", "left"),
    [
        (("windows", "windows_by_hand"), {"steps": 2, "attempts": 1, "drafts": 1, "drills": 1}),
        (("windows",), {"steps": 1, "attempts": 0, "drafts": 0, "drills": 1}),
        ((), {"steps": 0, "attempts": 0, "drafts": 0, "drills": 0}),
    ],
)
def test_reset_and_undo(progress, where, left):
    filled(progress)
    everything = {table: progress.entries(table) for table in left}
    progress.reset(*where)
    assert {table: len(progress.entries(table)) for table in left} == left
    assert progress.undoable
    progress.undo()
    for table, rows in everything.items():
        assert sorted(map(str, progress.entries(table))) == sorted(map(str, rows))
    assert progress.undoable == ""
    assert progress.undo() == 0


def test_undo_does_not_overwrite_what_was_written_since(progress):
    progress.save_draft("windows", "windows_by_hand", "old")
    progress.reset("windows")
    progress.save_draft("windows", "windows_by_hand", "new")
    progress.undo()
    assert progress.code("windows", "windows_by_hand") == "new"


def test_export_and_import_on_another_machine(tmp_path, progress):
    filled(progress)
    other = Progress(tmp_path / "other")
    assert import_progress(other, export_progress(progress)) == 7
    assert import_progress(other, export_progress(progress)) == 0
    assert other.entries("attempts") == progress.entries("attempts")
    other.close()


def test_import_keeps_the_newer_draft(tmp_path, progress):
    progress.save_draft("windows", "windows_by_hand", "old")
    exported = export_progress(progress)
    progress.save_draft("windows", "windows_by_hand", "new")
    import_progress(progress, exported)
    assert progress.code("windows", "windows_by_hand") == "new"


def changed(progress, **changes):
    return json.dumps({**json.loads(export_progress(progress)), **changes})


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda p: "{", "This is no progress file"),
        (lambda p: "[" * 100_000, "This is no progress file"),
        (lambda p: "[]", "does not begin with the format"),
        (lambda p: changed(p, version=99), "Update the course first"),
        (lambda p: changed(p, entries=3), "holds no entries"),
        (lambda p: changed(p, entries={"steps": 3}), "expected a list"),
        (lambda p: changed(p, entries={"steps": [3]}), "is no object"),
        (lambda p: changed(p, entries={"steps": [{"lesson": "x"}]}), "step=None is no str"),
    ],
)
def test_a_bad_file_gives_a_sentence_and_changes_nothing(progress, make, sentence):
    filled(progress)
    before = export_progress(progress).partition("entries")[2]
    with pytest.raises(ProblemError, match=sentence):
        import_progress(progress, make(progress))
    assert export_progress(progress).partition("entries")[2] == before
