"""What steps of one's own, tapes, generators and files are refused, by the messages of TensorFlow and Keras."""

from __future__ import annotations

import pytest

from lstm_course.doctor.rules import diagnose_capture
from lstm_course.doctor.seen import Capture, ErrorSeen

STEP = 'in user code:\n\n    File "own.py", line 8, in step  *\n        loss = f(t, m(x))\n\n    ValueError: '
SINGLE = "Expected shape (None, 10, 3), but input has incompatible shape (10, 3)"
RANKS = "must have the same rank (ndim). Received: target.shape=(16,), output.shape=(16, 4)"
SHAPE = "`generator` yielded an element of shape (10, 3) where an element of shape (10, 2) was expected."
TAPE = "g = tape.gradient(loss, w)"
PAIRS = "optimizer.apply_gradients(g)"
OWN = "def own(t, p, w): ...\nm.compile('adam', own); m.fit(x, y)"


@pytest.mark.parametrize(
    ("source", "text", "code", "stage"),
    [
        ("step(x, y)", STEP + SINGLE, "step-given-other-shape", "batching"),
        ("step(x, y)", STEP + RANKS, "step-loss-of-two-ranks", "loss"),
        ("m.fit(ds)", SHAPE, "generator-other-shape", "batching"),
        (TAPE, "'numpy.float32' object has no attribute '_id'", "loss-is-no-tensor", "loss"),
        (PAIRS, "not enough values to unpack (expected 2, got 1)", "gradients-without-weights", "loss"),
        (OWN, "own() missing 1 required positional argument: 'w'", "loss-takes-two", "loss"),
        ("load_model(path)", "Could not locate function 'rmse'.", "own-part-not-named", "saving"),
        ("pad_sequences(t)", "invalid literal for int() with base 10: 'd'", "text-as-input", "raw-data"),
    ],
)  # fmt: skip
def test_a_message_has_its_stage(source: str, text: str, code: str, stage: str) -> None:
    lines = source.splitlines()
    first = diagnose_capture(
        Capture("own.py", source, error=ErrorSeen("ValueError", text, len(lines), lines[-1]))
    )
    assert (first[0].code, first[0].stage) == (code, stage)


def test_only_what_leads_to_the_loss_is_named() -> None:
    source = "best = np.argmax(x)\ndef own(t, p):\n    return mean(t - round(p))\nm.compile('adam', own)\nm.fit(x, y)"
    error = ErrorSeen("ValueError", "No gradients provided for any variable.", 5, "m.fit(x, y)")
    said = diagnose_capture(Capture("own.py", source, error=error))[0].explanation
    assert "this program uses round." in said
