"""Right, wrong, cheating and hostile programs, and what each is told."""

from __future__ import annotations

import pytest

from lstm_course.course.grading import run_code

RIGHT = "def double(x):\n    return x[:, None] * 2\n"

SCRIBBLE = """
import os
for i in range(3, 64):
    try:
        os.write(i, b"\\0\\0\\0\\5hello")
    except OSError:
        pass
"""

WRONG = {
    "def double(x):\n    return x * 2\n": "axis-lost",
    "def double(x):\n    return [[0], [2], [4]]\n": "hard-coded",
    "def double(x):\n    return ____ + 1\n": "blank-left",
    "def double(x:\n    return x\n": "syntax-error",
    "def doubel(x):\n    return x\n": "missing-name",
    "def double():\n    return 1\n": "wrong-arguments",
    "def double(x):\n    print(x)\n": "returns-nothing",
    "def double(x):\n    x *= 2\n    return x[:, None]\n": "changed-input",
    "def double(x):\n    return np.array(x)\n": "imports-missing",
    "import nosuchpackage\ndef double(x):\n    return x\n": "imports-missing",
    "def double(x):\n    return y\n": "undefined-name",
    "def double(x):\n    return x[99]\n": "raised",
    "def double(x):\n    return x[:, None] * 3\n": "wrong-values",
    "def double(x):\n    return x[:, None] * float('nan')\n": "has-nan",
    "def double(x):\n    return x[None] * 2\n": "wrong-shape",
    "def double(x):\n    return {'a': 1}.keys()\n": "wrong-type",
    "def double(x):\n    return input()\n": "reads-input",
    "import sys\ndef double(x):\n    sys.exit(0)\n": "exited",
    "import os\ndef double(x):\n    os._exit(0)\n": "exited",
    "import numpy as np\ndef double(x):\n    return np.ones(10**11)\n": "too-much-memory",
    "def double(x):\n    while True:\n        print('x' * 1000)\n": "too-much-output",
    "import ctypes\ndef double(x):\n    ctypes.string_at(0)\n": "crashed",
    "import os\nos.kill(os.getpid(), 9)\n": "crashed",
    "def double(x):\n    return double(x)\n": "raised",
    "class Odd:\n    def __repr__(self): raise ValueError\ndef double(x):\n    return Odd()\n": "wrong-type",
    SCRIBBLE: "garbled",
}


def test_a_right_program(check_program):
    verdict = check_program(RIGHT + "print('hello')\n")
    assert verdict.is_right
    assert verdict.message is None
    assert verdict.output == "hello\n"


@pytest.mark.parametrize(("code", "message"), WRONG.items(), ids=range(len(WRONG)))
def test_a_wrong_program_gets_its_message(check_program, code, message):
    verdict = check_program(code)
    assert (verdict.kind, verdict.message.id) == ("wrong", message)


def test_an_endless_loop_is_stopped_and_its_line_named(check_program):
    verdict = check_program("def double(x):\n    while True:\n        pass\n", seconds=1.0)
    assert verdict.message.id == "endless"
    assert verdict.message.line in (2, 3)
    assert "within 1 seconds" in verdict.message.text
    assert verdict.seconds < 8


def test_the_line_of_an_error_is_named(check_program):
    verdict = check_program("def double(x):\n    a = 1\n    return x[99]\n")
    assert verdict.message.line == 3
    assert "IndexError" in verdict.message.text
    assert "exercise.py" in verdict.detail


def test_all_lines_of_an_error_are_set_off_as_code(check_program):
    verdict = check_program("def double(x):\n    raise ValueError('first\\n\\n**second**')\n")
    assert "\n\n    ValueError: first\n\n    **second**\n" in verdict.message.text


def test_a_call_is_written_in_one_line(check_program):
    call = "attempt.call('double', [np.ones((2, 1)), np.ones(3)], 2)"
    check = f"import numpy as np\ndef check(attempt):\n    {call}\n    yield"
    verdict = check_program("def double(x, n):\n    return x[n]\n", check=check)
    assert verdict.message.text.startswith("`double(list of 2 arrays, 2)` raised IndexError in line 2")


@pytest.mark.parametrize(
    "code", ["", "def double(x):  # try\n    return ____", "def double(x):\n    return ____\n"]
)
def test_the_starter_is_not_attempted(check_program, code):
    assert check_program(code).kind == "not attempted"


FORGERIES = (
    "import numpy as np\nnp.isclose = np.allclose = lambda *a, **k: True\ndef double(x):\n    return x[:, "
    "None] * 3\n",
    "import lstm_course.course.grading.comparing as c\nc.difference = lambda *a: None\nc.same = lambda *a: True\n"
    "def double(x):\n    return x[:, None] * 3\n",
    "import sys\nsys.modules.clear()\ndef double(x):\n    return x[:, None] * 3\n",
    "import builtins\nbuiltins.isinstance = lambda *a: True\ndef double(x):\n    return x[:, None] * 3\n",
    "class Always:\n    shape = (3, 1)\n    def __eq__(self, other): return True\n    def __array__(self, "
    "*a, **k):\n"
    "        import numpy as np\n        return np.zeros((3, 1))\ndef double(x):\n    return Always()\n",
)


@pytest.mark.parametrize("code", FORGERIES, ids=range(len(FORGERIES)))
def test_a_verdict_cannot_be_forged(check_program, code):
    assert check_program(code).kind == "wrong"


def test_the_next_program_finds_everything_as_it_was(check_program):
    check_program("import numpy as np\nnp.arange = None\ndef double(x):\n    return 1\n")
    assert check_program(
        "import numpy as np\ndef double(x):\n    return np.arange(len(x))[:, None] * 2\n"
    ).is_right


def test_what_a_program_returns_is_never_unpickled(check_program, tmp_path):
    trap = tmp_path / "trap"
    code = (
        f"import os\nclass Trap:\n    def __reduce__(self):\n        return (os.mkdir, ({str(trap)!r},))\n"
        "def double(x):\n    return Trap()\n"
    )
    assert check_program(code).message.id == "wrong-type"
    assert not trap.exists()


def test_a_check_that_fails_is_no_mistake_of_the_learner(check_program):
    verdict = check_program(RIGHT, check="def check(attempt):\n    raise KeyError('x')\n    yield\n")
    assert verdict.kind == "could not be checked"
    assert "this is a fault of the exercise" in verdict.message.text


def test_files_are_written_beside_nothing_of_ours(check_program, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    check_program("open('mine.txt', 'w').write('x')\n" + RIGHT)
    assert not (tmp_path / "mine.txt").exists()


def test_expressions_and_variables(check_program):
    check = (
        "from lstm_course.authoring import Message\n"
        "def check(attempt):\n"
        "    if attempt.run('double(n)', n=4) != 8 or attempt.value('units') != 3:\n"
        "        yield Message('bad', 'bad')\n"
        "    attempt.value('absent')\n"
    )
    verdict = check_program("units = 3\ndef double(n):\n    return 2 * n\n", check=check)
    assert verdict.message.id == "missing-name"


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("None", "returns None"),
        ("3", "gives an int; expected was a Keras model"),
        ("range(2)", "gives a range"),
    ],
)
def test_what_is_no_model(check_program, result, said):
    check = "def check(attempt):\n    attempt.model('build', 4, what='build(4)')\n    yield\n"
    verdict = check_program(f"def build(n):\n    return {result}\n", check=check)
    assert said in verdict.message.text


def test_a_null_byte_is_no_program(check_program):
    assert check_program("x = 1\0").kind == "could not be checked"


def test_a_run_shows_what_was_printed():
    verdict = run_code("print('hello')\nif __name__ == '__main__':\n    print('main')\n")
    assert (verdict.kind, verdict.output) == ("right", "hello\nmain\n")


def test_a_run_that_fails_says_where():
    verdict = run_code("print('before')\nx = 1 / 0\n")
    assert (verdict.kind, verdict.message.id, verdict.message.line) == ("wrong", "raised", 2)
    assert verdict.output == "before\n"


def test_a_run_without_end_is_stopped():
    assert run_code("while True:\n    pass\n", seconds=0.5).message.id == "endless"


def test_where_processes_cannot_be_forked(check_program, monkeypatch):
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert check_program(RIGHT + "print('hello')\n", seconds=30.0).output == "hello\n"
