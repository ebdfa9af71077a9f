from __future__ import annotations

import subprocess
import sys

import lstm_course.cells


def test_the_public_names_are_there_and_sorted() -> None:
    names = lstm_course.cells.__all__
    assert names == sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert all(hasattr(lstm_course.cells, name) for name in names)


def test_importing_the_room_brings_in_neither_keras_nor_tensorflow() -> None:
    program = "import sys, lstm_course.cells; print({'keras', 'tensorflow', 'streamlit'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
