"""Reading the answer, ending the grader, starting programs: each is refused with a sentence."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from lstm_course.course.grading import grade
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


def can_seal() -> bool:
    """Ask the kernel, in a process of its own: what is sealed stays sealed."""
    ask = "import sys; from lstm_course.course.grading.sealed import seal; sys.exit(not seal('/tmp/nothing'))"
    return subprocess.run([sys.executable, "-c", ask], check=False).returncode == 0


def told(exercise, code: str) -> str:
    verdict = grade(str(exercise), code, 5.0)
    assert verdict.kind != "right"
    return f"{verdict.message.text if verdict.message else ''} {verdict.detail}"


def test_the_solution_cannot_be_read(exercise):
    path = exercise / "solution.py"
    assert "keeps its own files closed" in told(exercise, f"exec(open({str(path)!r}).read())\n")
    assert "keeps its own files closed" in told(exercise, f"import os\nos.open({str(path)!r}, os.O_RDONLY)\n")


def test_compiled_code_cannot_read_it_either(exercise):
    path = str(exercise / "solution.py").encode()
    code = (
        "import ctypes\nlibc = ctypes.CDLL(None)\n"
        f"libc.link({path!r}, b'mine.py')\n"
        f"seen = [libc.open(name, 0) for name in ({path!r}, b'mine.py', b'/etc/passwd')]\n"
        "raise SystemExit(f'seen {[number > 0 for number in seen]}')\n"
    )
    if not can_seal():
        pytest.skip("this kernel has no Landlock")
    assert "seen [False, False, True]" in told(exercise, code)


ANOTHER_NAME = {
    "a symbolic link": "os.symlink(folder + '/solution.py', 'mine.py')",
    "a link": "os.link(folder + '/solution.py', 'mine.py')",
    "a link to its folder": "os.symlink(folder, 'all'); path = 'all/solution.py'",
    "moved": "os.rename(folder + '/solution.py', 'mine.py')",
    "realpath replaced": "os.path.realpath = lambda name: '/'; path = folder + '/solution.py'",
}


@pytest.mark.parametrize("way", ANOTHER_NAME.values(), ids=ANOTHER_NAME)
def test_the_solution_cannot_be_read_by_another_name(exercise, way):
    code = f"import os\nfolder, path = {str(exercise)!r}, 'mine.py'\n{way}\nexec(open(path).read())\n"
    assert "keeps its own files closed" in told(exercise, code)
    assert (exercise / "solution.py").read_text() == RIGHT


@pytest.mark.skipif(not hasattr(os, "O_PATH"), reason="open folders are listed on Linux only")
@pytest.mark.parametrize(
    ("opened", "path"),
    [("/double", "solution.py"), ("", "double/solution.py"), ("/..", "exercises/double/solution.py")],
)
def test_the_solution_cannot_be_read_from_an_open_folder(exercise, opened, path):
    code = (
        f"import os\nfolder = os.open({str(exercise.parent)!r} + {opened!r}, os.O_RDONLY)\n"
        f"exec(os.read(os.open({path!r}, os.O_RDONLY, dir_fd=folder), 9999))\n"
    )
    assert "keeps its own files closed" in told(exercise, code)


@pytest.mark.parametrize("way", ["os.replace('mine.py', check)", "os.remove(check)", "os.truncate(check, 0)"])
def test_the_check_cannot_be_replaced(exercise, way):
    check = str(exercise / "check.py")
    code = f"import os\ncheck = {check!r}\nopen('mine.py', 'w').write('def check(attempt): yield from ()')\n{way}\n"
    assert "keeps its own files closed" in told(exercise, code)


def test_the_check_is_read_before_the_program_runs(exercise):
    """A folder further up may be moved; what takes its place judges nothing."""
    other = exercise.parents[1].with_name("other")
    code = (
        f"import os\nold, new = {str(exercise.parents[1])!r}, {str(other)!r}\nos.rename(old, new)\n"
        "os.makedirs(old + '/exercises/double')\n"
        "open(old + '/exercises/double/check.py', 'w').write('def check(attempt): yield from ()')\n"
    )
    assert "does not define `double`" in told(exercise, code)


def test_the_solution_cannot_be_imported(exercise):
    code = f"import sys\nsys.path.insert(0, {str(exercise)!r})\nfrom solution import double\n"
    assert "keeps its own files closed" in told(exercise, code)


@pytest.mark.parametrize("way", ["os.kill(os.getppid(), 9)", "open(f'/proc/{os.getppid()}/fd/3', 'wb')"])
def test_the_grader_is_out_of_reach(exercise, way):
    assert "no other process" in told(exercise, f"import os\n{way}\n")


@pytest.mark.parametrize(
    "start", ["os.system('true')", "__import__('subprocess').run(['true'])", "os.fork()"]
)
def test_no_other_program_is_started(exercise, start):
    assert "starts no other program" in told(exercise, f"import os\n{start}\n")


def test_other_files_are_open(exercise):
    code = f"open('notes.txt', 'w').write('mine')\nassert open('notes.txt').read() == 'mine'\n{RIGHT}"
    assert grade(str(exercise), code, 5.0).kind == "right"
