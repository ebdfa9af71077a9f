"""What would do the work of an exercise cannot be imported, however the import is written."""

from __future__ import annotations

import pytest

CHECK = """
BY_HAND = {by_hand}

def check(attempt):
    yield from attempt.expect(attempt.call("double", 3), 6, what="double(3)")
"""
DOUBLE = "def double(x):\n    return 2 * x\n"
IMPORTS = (
    "import keras\n",
    "from keras.layers import GRU\n",
    "from tensorflow import keras as k\n",
    "import importlib\nlayers = importlib.import_module('ke' + 'ras.layers')\n",
    "exec('import ker' + 'as')\n",
    "__import__(''.join(['tensor', 'flow']))\n",
    "from lstm_course.cells import recurrent_layer\n",
)


@pytest.mark.parametrize("code", IMPORTS)
def test_an_import_that_does_the_work_is_refused(check_program, code):
    verdict = check_program(code + DOUBLE, check=CHECK.format(by_hand=True), seconds=60.0)
    assert (verdict.kind, verdict.message.id) == ("wrong", "not-by-hand")
    assert "is closed to this exercise" in verdict.message.text


def test_an_import_inside_a_function_is_refused_too(check_program):
    code = "def double(x):\n    import keras\n    return 2 * x\n"
    verdict = check_program(code, check=CHECK.format(by_hand=True), seconds=60.0)
    assert (verdict.message.id, verdict.message.line) == ("not-by-hand", 2)


def test_what_is_loaded_is_not_lying_about(check_program):
    code = "import sys\nfound = [name for name in sys.modules if name.startswith(('keras', 'lstm_course'))]\n"
    code += "def double(x):\n    return 2 * x if not found else found\n"
    assert check_program(code + "# keras\n", check=CHECK.format(by_hand=True), seconds=60.0).is_right


@pytest.mark.parametrize(
    "code", ["import numpy as np\nimport pandas as pd\n", "# as keras does\nnames = 'keras'\n"]
)
def test_other_programs_go_on(check_program, code):
    assert check_program(code + DOUBLE, check=CHECK.format(by_hand=True), seconds=60.0).is_right


def test_the_course_is_closed_to_every_exercise_and_keras_is_not(check_program):
    refused = check_program("import lstm_course\n" + DOUBLE, check=CHECK.format(by_hand=False))
    assert refused.message.id == "not-by-hand"
    assert check_program("import keras\n" + DOUBLE, check=CHECK.format(by_hand=False), seconds=60.0).is_right
