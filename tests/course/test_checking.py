from __future__ import annotations

import threading
import time

import pytest

from lstm_course.course import checking
from lstm_course.course.loading import find_lesson
from lstm_course.problems import ProblemError

WINDOWS = find_lesson("windows")
COUNT = WINDOWS.exercise("complete_the_count")


def test_starters_are_copied_once_and_never_over_a_learners_work(tmp_path):
    written = checking.copy_exercises(tmp_path, (WINDOWS,))
    assert [path.name for path in written] == [f"{each.name}.py" for each in WINDOWS.exercises]
    mine = checking.exercise_path(tmp_path, WINDOWS, COUNT)
    assert COUNT.starter in mine.read_text()
    mine.write_text("mine")
    assert checking.copy_exercises(tmp_path, (WINDOWS,)) == ()
    assert mine.read_text() == "mine"


def test_reset_keeps_what_was_written(tmp_path):
    checking.copy_exercises(tmp_path, (WINDOWS,))
    mine = checking.exercise_path(tmp_path, WINDOWS, COUNT)
    mine.write_text("mine")
    kept = checking.reset_exercise(tmp_path, WINDOWS, COUNT)
    assert kept is not None
    assert kept.read_text() == "mine"
    assert COUNT.starter in mine.read_text()


def test_nothing_is_written_into_the_package():
    package = checking.Path(checking.__file__).parent
    with pytest.raises(ProblemError, match="inside the installed package"):
        checking.copy_exercises(package / "mine")


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ProblemError, match=r"cannot be written.*Choose another folder"):
        checking.copy_exercises(tmp_path / "file", (WINDOWS,))


def test_untouched_and_absent_files_are_not_attempted(tmp_path):
    results = checking.check_lesson(tmp_path, "windows")
    checking.copy_exercises(tmp_path, (WINDOWS,))
    results += checking.check_lesson(tmp_path, "2")
    assert {result.verdict.kind for result in results} == {"not attempted"}
    assert len(results) == 6


def test_a_file_that_is_no_text_could_not_be_checked(tmp_path):
    mine = checking.exercise_path(tmp_path, WINDOWS, COUNT)
    mine.parent.mkdir()
    mine.write_bytes(b"\xff\xfe")
    assert checking.check_exercise(tmp_path, "windows", COUNT.name).verdict.kind == "could not be checked"


def test_names_that_do_not_exist(tmp_path):
    with pytest.raises(ProblemError, match="There is no lesson 'walls'"):
        checking.check_lesson(tmp_path, "walls")
    with pytest.raises(ProblemError, match="has no exercise 'walls'; it has complete_the_count"):
        checking.check_exercise(tmp_path, "windows", "walls")


def test_the_folder_is_chosen_by_the_environment_or_the_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(checking.WORKDIR, raising=False)
    assert checking.default_workdir().name == "lstm-course-exercises"
    (tmp_path / "lstm-course-exercises").mkdir()
    assert checking.default_workdir() == tmp_path / "lstm-course-exercises"
    monkeypatch.setenv(checking.WORKDIR, str(tmp_path / "mine"))
    assert checking.default_workdir() == tmp_path / "mine"


@pytest.fixture
def light_jobs():
    from lstm_course import jobs

    jobs.configure(jobs.LocalBackend(preload=("numpy",)))
    yield
    jobs.shutdown()


def test_check_as_a_job_and_watch(tmp_path, light_jobs):
    mine = checking.exercise_path(tmp_path, WINDOWS, COUNT)
    mine.parent.mkdir()
    mine.write_text(COUNT.solution)
    assert checking.check_exercise(tmp_path, "windows", COUNT.name).verdict.kind == "right"
    results, over = [], threading.Event()
    watcher = threading.Thread(
        target=checking.watch, args=(tmp_path, results.append, over.is_set, (WINDOWS,))
    )
    watcher.start()
    time.sleep(0.3)
    mine.write_text(COUNT.wrong[0].code)
    deadline = time.monotonic() + 30
    while not results and time.monotonic() < deadline:
        time.sleep(0.05)
    over.set()
    watcher.join(30)
    assert [(result.exercise, result.verdict.kind) for result in results] == [(COUNT.name, "wrong")]
    assert results[0].verdict.message.id == COUNT.wrong[0].earns
