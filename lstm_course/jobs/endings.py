"""The sentences for a job that did not end by itself."""

from __future__ import annotations

import signal

from lstm_course.jobs.interface import Call, JobFailure

_MEANINGS = {
    signal.SIGKILL: "was killed from outside, most often because the machine ran out of memory",
    signal.SIGSEGV: "crashed: it touched memory that is not its own (a fault in compiled code)",
    signal.SIGABRT: "crashed: compiled code gave up",
    signal.SIGTERM: "was asked from outside to end",
}
_NO_MEMORY = ("std::bad_alloc", "MemoryError", "RESOURCE_EXHAUSTED", "Cannot allocate memory")


def cancelled(call: Call) -> JobFailure:
    """Say that someone stopped the job."""
    return JobFailure("cancelled", f"The {call.label} was cancelled.")


def queue_full(call: Call, num_waiting: int) -> JobFailure:
    """Say that the job was not taken."""
    return JobFailure(
        "queue-full",
        f"The {call.label} was not started: {num_waiting} others are waiting already. Try again in a moment.",
    )


def out_of_time(call: Call) -> JobFailure:
    """Say that the time limit was reached."""
    return JobFailure(
        "timeout",
        f"The {call.label} did not finish within {call.limits.seconds:g} seconds, and was stopped. "
        "Look for a loop that never ends, or do less: fewer epochs, samples or timesteps.",
    )


def out_of_memory(call: Call, detail: str = "") -> JobFailure:
    """Say that the memory limit was reached."""
    limit = call.limits.memory_mb
    allowed = f"more memory than the {limit:,} MB it may use" if limit else "more memory than there is"
    return JobFailure(
        "memory",
        f"The {call.label} needed {allowed}, and was stopped. Try fewer samples, timesteps or units.",
        detail,
    )


def printed_too_much(call: Call) -> JobFailure:
    """Say that the limit of printed text was reached."""
    return JobFailure(
        "output",
        f"The {call.label} printed more than {call.limits.output_kb:,} kB, and was stopped. "
        "Look for a print in a loop that never ends.",
    )


def wrote_too_much(call: Call, detail: str = "") -> JobFailure:
    """Say that the limit of what is written to files was reached."""
    limit = call.limits.disk_mb
    allowed = (
        f"more than the {limit:,} MB it may write to files" if limit else "a larger file than there may be"
    )
    return JobFailure(
        "output",
        f"The {call.label} wrote {allowed}, and was stopped. Look for writing in a loop that never ends.",
        detail,
    )


def sent_too_much(call: Call) -> JobFailure:
    """Say that the events and the result are larger than the parent will hold."""
    return JobFailure(
        "output",
        f"The {call.label} sent more than {call.limits.message_mb:,} MB of events and results, "
        "and was stopped. Send less, or less often.",
    )


def cannot_start(call: Call, error: BaseException) -> JobFailure:
    """Say that no process could be started."""
    return JobFailure(
        "crashed",
        f"The {call.label} could not be started: this machine gave it no process. "
        "Close other programs and try again.",
        str(error),
        type(error).__name__,
    )


def crashed(call: Call, code: int, last_words: str, server_died: bool) -> JobFailure:
    """Say how a process ended that left no result.

    Example:
        >>> crashed(Call("m:f", b"", label="exercise"), 3, "", False).sentence
        'The exercise ended its own process with exit code 3, before it had a result.'
    """
    if any(sign in last_words for sign in _NO_MEMORY):
        return out_of_memory(call, last_words)
    said = last_words.partition("\nExtension modules: ")[0]  # what follows tells a reader nothing
    return JobFailure("crashed", f"The {call.label} {_manner(code, server_died)}.", said)


def _manner(code: int, server_died: bool) -> str:
    if server_died:
        return "was stopped, because the process that starts jobs has ended; it is started anew for the next"
    if code >= 0:
        return f"ended its own process with exit code {code}, before it had a result"
    try:
        name = signal.Signals(-code)
    except ValueError:
        return f"was stopped by signal {-code}, before it had a result"
    return f"{_MEANINGS.get(name, 'was stopped')} ({name.name})"
