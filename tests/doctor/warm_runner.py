"""Capture many programs in children forked from one process that has imported TensorFlow.

Run as `python warm_runner.py OUT LIST`, with one file a line in LIST. OUT becomes a pickled dict from file to
Capture, or to the text of what went wrong.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import tempfile
import traceback
from pathlib import Path

SECONDS = 60.0


def run_child(program: str, out: Path) -> None:
    from lstm_course.doctor.capture.run import capture_script  # imported before the fork

    try:
        seen: object = capture_script(program, seconds=SECONDS)
    except BaseException:  # noqa: BLE001  whatever ends the program is reported
        seen = traceback.format_exc()
    out.write_bytes(pickle.dumps(seen))
    os.kill(os.getpid(), signal.SIGKILL)  # no exit handler of TensorFlow has a say


def capture_all(programs: list[str], at_once: int) -> dict[str, object]:
    place = Path(tempfile.mkdtemp())
    waiting, running = list(enumerate(programs)), set()
    while waiting or running:
        while waiting and len(running) < at_once:
            number, program = waiting.pop(0)
            child = os.fork()
            if child == 0:
                run_child(program, place / str(number))
            running.add(child)
        ended, _ = os.wait()
        running.discard(ended)
    found = {program: place / str(number) for number, program in enumerate(programs)}
    return {
        name: pickle.loads(path.read_bytes()) if path.exists() else "died" for name, path in found.items()
    }


if __name__ == "__main__":
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras  # noqa: F401  imported once, inherited by every child
    import tensorflow  # noqa: F401

    import lstm_course.doctor.capture.run  # noqa: F401

    captured = capture_all(Path(sys.argv[2]).read_text(encoding="utf-8").splitlines(), at_once=2)
    Path(sys.argv[1]).write_bytes(pickle.dumps(captured))
