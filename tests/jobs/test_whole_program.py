"""What only a program of its own shows: its main script, its warm server, its end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from conftest import WAIT, eventually, is_gone

ROOT = Path(__file__).parents[2]
SEARCH = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])


def run(tmp_path, text: str, **variables: str) -> subprocess.CompletedProcess:
    script = tmp_path / "app.py"
    script.write_text(text)
    environment = {**os.environ, "PYTHONPATH": SEARCH, **variables}
    return subprocess.run(
        [sys.executable, str(script)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=WAIT,
        check=False,
    )


UNGUARDED = """
import json, sys, types
with open("runs", "a") as runs:
    runs.write("run ")
SIDE_EFFECT = True
from lstm_course import jobs
jobs.configure(jobs.LocalBackend(preload=(), method={method!r}))
if {replaced}:
    page = types.ModuleType("__main__")
    page.__file__ = __file__
    sys.modules["__main__"] = page
print(json.dumps([jobs.submit("job_targets:main_name").result(60) for _ in range(2)]))
"""


@pytest.mark.parametrize("method", ["forkserver", "spawn"])
@pytest.mark.parametrize("replaced", [False, True])
def test_the_main_script_is_not_run_again(tmp_path, method, replaced):
    """The script has side effects and no guard, and may be replaced as __main__, as Streamlit does."""
    ended = run(tmp_path, UNGUARDED.format(method=method, replaced=replaced))
    assert ended.stderr == ""
    assert json.loads(ended.stdout) == [[None, False], [None, False]]
    assert (tmp_path / "runs").read_text() == "run "


WARM = """
import os, sys, time
from lstm_course import jobs
before = dict(os.environ)
began = time.perf_counter()
jobs.warm_up()
took = time.perf_counter() - began
assert took < 0.5, took
assert not jobs.is_warm()
facts = jobs.submit("job_targets:facts").result(60)
assert jobs.is_warm()
assert facts["log"] == "3", facts
assert facts["preload"] is None, facts
assert facts["pythonpath"] == os.environ["PYTHONPATH"], facts
assert dict(os.environ) == before
assert not {"tensorflow", "keras"} & set(sys.modules)
"""


@pytest.mark.slow
def test_tensorflow_is_warm_and_silent_and_not_in_this_process(tmp_path):
    text = WARM + 'import json; print(json.dumps(jobs.submit("job_targets:keras_call").result(60)))'
    ended = run(tmp_path, text)
    assert ended.stderr == ""
    assert json.loads(ended.stdout) == [True, [2, 3]]


BROKEN = """
from lstm_course import jobs
broken = jobs.submit("tensorflow:constant", (1,))
print(jobs.submit("math:factorial", (5,)).result(60))
broken.wait(60)
print(broken.failure.kind, broken.failure.sentence)
"""


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            "raise ImportError('built for another machine')",
            "error A part that this needs cannot be imported here",
        ),
        ("raise RuntimeError('broken')", "error RuntimeError: broken"),
        ("import os; os.kill(os.getpid(), 4)", "crashed"),
    ],
)
def test_without_tensorflow_the_other_jobs_run(tmp_path, fault, said):
    (tmp_path / "tensorflow.py").write_text(fault)
    (tmp_path / "keras.py").write_text(fault)
    ended = run(tmp_path, BROKEN)
    assert ended.stderr == ""
    first, second = ended.stdout.splitlines()
    assert first == "120"
    assert second.startswith(said)


LEAVE = """
import sys, time
from lstm_course import jobs
jobs.configure(jobs.LocalBackend(preload=(), method={method!r}), max_running=3)
events = [next(jobs.submit("job_targets:sleep").stream(60)) for _ in range(2)]
waiting = jobs.submit("job_targets:sleep")
print(*events, flush=True)
{then}
"""


@pytest.mark.parametrize("method", ["forkserver", "spawn"])
def test_the_end_of_the_program_ends_its_jobs(tmp_path, method):
    ended = run(tmp_path, LEAVE.format(method=method, then=""))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert all(map(is_gone, map(int, ended.stdout.split())))


KEEP = """
import json, time
from lstm_course import jobs
jobs.configure(jobs.LocalBackend(preload=(), method={method!r}))
streams = [jobs.submit("job_targets:keep_temporary", ("stay",)).stream(60) for _ in range(2)]
print(json.dumps([next(stream) for stream in streams for _ in range(2)]), flush=True)
time.sleep(1000)
"""


@pytest.mark.parametrize("method", ["forkserver", "spawn"])
def test_a_killed_program_leaves_nothing(tmp_path, method):
    script = tmp_path / "app.py"
    script.write_text(KEEP.format(method=method))
    environment = {**os.environ, "PYTHONPATH": SEARCH}
    with subprocess.Popen([sys.executable, script], env=environment, stdout=subprocess.PIPE) as program:
        kept = json.loads(program.stdout.readline())
        family = psutil.Process(program.pid).children(recursive=True)
        program.send_signal(signal.SIGKILL)
    assert len(family) >= 3
    eventually(lambda: all(is_gone(each.pid) for each in family), "a process outlived the program")
    assert not any(map(os.path.exists, kept))


@pytest.mark.parametrize("moment", [0, 0.001, 0.01, 0.1, 0.3])
def test_an_exit_while_the_server_is_warming_does_not_wait(tmp_path, moment):
    (tmp_path / "slow_module.py").write_text("import time; time.sleep(1000)")
    ended = run(
        tmp_path,
        "from lstm_course import jobs\n"
        "jobs.configure(jobs.LocalBackend(preload=('slow_module',), method='forkserver'))\n"
        "jobs.warm_up()\n"
        "job = jobs.submit('math:factorial', (5,))\n"
        "print(job.state)\n"
        f"import time; time.sleep({moment})\n",
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "starting\n", "")
