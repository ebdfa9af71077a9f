"""Reading the answer, ending the grader, starting programs: each is refused with a sentence."""

from __future__ import annotations

import pytest

from lstm_course.course.grading import grade
from lstm_course.course.grading.closed_book import is_answer
from tests.course.grading.conftest import CHECK

RIGHT = "def double(x):\n    return x[:, None] * 2\n"


@pytest.fixture
def exercise(tmp_path):
    """An exercise whose solution lies where a lesson keeps it."""
    folder = tmp_path / "exercises" / "double"
    folder.mkdir(parents=True)
    (folder / "starter.py").write_text("def double(x):\n    return ____\n")
    (folder / "check.py").write_text(CHECK)
    (folder / "solution.py").write_text(RIGHT)
    return folder


def told(exercise, code: str) -> str:
    verdict = grade(str(exercise), code, 5.0)
    assert verdict.kind != "right"
    return f"{verdict.message.text if verdict.message else ''} {verdict.detail}"


def test_the_solution_cannot_be_read(exercise):
    path = exercise / "solution.py"
    assert "keeps its own files closed" in told(exercise, f"exec(open({str(path)!r}).read())\n")
    assert "keeps its own files closed" in told(exercise, f"import os\nos.open({str(path)!r}, os.O_RDONLY)\n")


@pytest.mark.parametrize("link", ["symlink", "link"])
def test_the_solution_cannot_be_read_by_another_name(exercise, link):
    code = (
        f"import os\nos.{link}({str(exercise / 'solution.py')!r}, 'mine.py')\nexec(open('mine.py').read())\n"
    )
    assert "keeps its own files closed" in told(exercise, code)


def test_the_solution_cannot_be_imported(exercise):
    code = f"import sys\nsys.path.insert(0, {str(exercise)!r})\nfrom solution import double\n"
    assert "keeps its own files closed" in told(exercise, code)


def test_the_grader_cannot_be_killed(exercise):
    assert "no other process" in told(exercise, "import os\nos.kill(os.getppid(), 9)\n")


@pytest.mark.parametrize("start", ["os.system('true')", "__import__('subprocess').run(['true'])"])
def test_no_other_program_is_started(exercise, start):
    assert "starts no other program" in told(exercise, f"import os\n{start}\n")


def test_other_files_are_open(exercise):
    code = f"open('notes.txt', 'w').write('mine')\nassert open('notes.txt').read() == 'mine'\n{RIGHT}"
    assert grade(str(exercise), code, 5.0).kind == "right"


def test_answers_are_known_by_their_place():
    assert is_answer("/a/exercises/b/wrong_axis.py")
    assert not is_answer("/a/exercises/b/starter.py")
