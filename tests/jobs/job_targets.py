"""What the tests run as jobs; each function is called in a process of its own."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

import numpy as np


def echo(*args, **kwargs):
    return args, kwargs


def count(num_events, emit):
    for number in range(num_events):
        emit(number)
    return num_events


def told(emit, memory_mb=None, other=1):
    return callable(emit), memory_mb, other


def half(values):
    return values / 2


def sleep(emit=None):
    if emit is not None:
        emit(os.getpid())
    threading.Event().wait()


def wait_for(path, emit):
    emit(os.getpid())
    while not os.path.exists(path):
        time.sleep(0.01)
    return "released"


def spin():
    while True:
        pass


def fail(name, text):
    raise {"ValueError": ValueError, "KeyError": KeyError, "MemoryError": MemoryError}[name](text)


def keep_temporary(end, emit):
    emit(tempfile.mkdtemp())
    emit(subprocess.run(["mktemp"], capture_output=True, text=True, check=True).stdout.strip())
    if end != "return":  # "crash", "cancel" or "stay"
        os.abort() if end == "crash" else threading.Event().wait()


def leave(code):
    sys.exit(code)


def kill_self(number):
    os.kill(os.getpid(), number)


def touch_foreign_memory():
    print("before", flush=True)
    ctypes.string_at(0)


def burst(emit):
    emit("ready")
    return len([np.ones(1 << 24) for _ in range(1000)])  # 128 MB each


def one_large():
    return np.ones(1 << 33).sum()  # 64 GB


def creep():
    kept = []
    while True:
        kept.append(np.ones(1 << 20))  # 8 MB each
        time.sleep(0.02)


def creep_in_a_grandchild(emit):
    command = [sys.executable, "-c", "import job_targets; job_targets.creep()"]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.path.dirname(__file__)})
    emit(process.pid)
    process.wait()


def family(emit, new_session=False, stay=True):
    """Start a child that is executed and one that is forked, and tell both."""
    sleeper = [sys.executable, "-c", "import time; time.sleep(1000)"]
    emit(subprocess.Popen(sleeper, start_new_session=new_session).pid)
    forked = os.fork()
    if forked == 0:
        time.sleep(1000)
        os._exit(0)
    emit(forked)
    if stay:
        threading.Event().wait()


def crash_and_leave_family(emit):
    family(emit, stay=False)
    os._exit(7)


def orphan(emit, stay):
    """Start a child of a child that leaves its session and whose own parent ends."""
    middle = "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)'], "
    middle += "start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); print(p.pid)"
    emit(int(subprocess.run([sys.executable, "-c", middle], capture_output=True, check=True).stdout))
    if stay:
        threading.Event().wait()


def leave_at_once(emit):
    """Start a program in a session of its own, and end before anyone can have seen it."""
    sleeper = [sys.executable, "-c", "import time; time.sleep(1000)"]
    emit(
        subprocess.Popen(
            sleeper, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ).pid
    )
    os._exit(3)


def write_forever(folder):
    with open(os.path.join(folder, "large"), "wb") as file:
        while True:
            file.write(bytes(1 << 20))


def write_many(folder):
    for number in range(10_000):
        with open(os.path.join(folder, str(number)), "wb") as file:
            file.write(bytes(1 << 20))
        time.sleep(0.001)


def write_many_in_grandchildren(folder):
    here = os.path.dirname(__file__)
    text = f"import sys; sys.path.append({here!r}); import job_targets; job_targets.write_many({folder!r})"
    subprocess.run([sys.executable, "-c", text], check=True)


def print_lines(num_lines):
    for number in range(num_lines):
        print(f"line {number}")
    print("and an error", file=sys.stderr)


def flood(num_bytes):
    libc = ctypes.CDLL(None)
    text = b"x" * 65536
    for _ in range(num_bytes // len(text)):
        libc.write(1, text, len(text))
    return num_bytes


def flood_holding_the_gil(num_calls):
    puts = ctypes.PyDLL(None).puts
    for _ in range(num_calls):
        puts(b"y" * 1000)
    ctypes.PyDLL(None).fflush(None)
    return num_calls


def print_forever():
    while True:
        print("again and again")


def unpicklable():
    return lambda: None


def emit_unpicklable(emit):
    emit(threading.Lock())


def emit_forever(emit):
    while True:
        emit(np.ones(1 << 17))  # 1 MB each


def stop_in_the_middle_of_a_message(emit):
    emit(os.getpid())
    threading.Thread(target=emit, args=(np.ones(1 << 24),), daemon=True).start()
    os.kill(os.getpid(), signal.SIGSTOP)


def main_name():
    main = sys.modules["__main__"]
    return getattr(main, "__file__", None), "SIDE_EFFECT" in vars(main)


def facts():
    return {
        "pid": os.getpid(),
        "group": os.getpgid(0),
        "nice": os.nice(0),
        "parent": os.getppid(),
        "stdin": sys.stdin.read(),
        "directory": os.getcwd(),
        "log": os.environ.get("TF_CPP_MIN_LOG_LEVEL"),
        "preload": os.environ.get("LSTM_COURSE_PRELOAD"),
        "pythonpath": os.environ.get("PYTHONPATH"),
    }


def keras_call():
    began_with = "tensorflow" in sys.modules
    import keras

    layer = keras.layers.LSTM(3)
    return began_with, list(layer(np.zeros((2, 5, 1), "float32")).shape)
