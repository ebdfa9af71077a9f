"""What scikit-learn says, without scikit-learn: its messages as version 1.7 writes them."""

from __future__ import annotations

import pytest

from lstm_course.doctor.rules import diagnose_capture
from lstm_course.doctor.seen import Capture, ErrorSeen

FLAT = "Expected 2D array, got 1D array instead:\narray=[0. 1. 2.].\nReshape your data using array.reshape(-1, 1)"
DEEP = "Found array with dim 3, while dim <= 2 is required by StandardScaler."
OTHER = "X has 4 features, but MinMaxScaler is expecting 5 features as input."
NEW = "This StandardScaler instance is not fitted yet. Call 'fit' before using this estimator."
BACK = "p = model.predict(x)\nz = scaler.inverse_transform(p)"


@pytest.mark.parametrize(
    ("source", "kind", "text", "code", "stage"),
    [
        ("z = scaler.fit_transform(series)", "ValueError", FLAT, "scaler-takes-a-table", "scaling"),
        ("x = scaler.fit_transform(x)", "ValueError", DEEP, "scaler-takes-a-table", "scaling"),
        ("x = scaler.transform(test)", "ValueError", OTHER, "scaler-of-other-columns", "scaling"),
        ("x = scaler.transform(test)", "NotFittedError", NEW, "scaler-not-fitted", "scaling"),
        (BACK, "NotFittedError", NEW, "scaler-not-fitted", "prediction"),
        (BACK, "ValueError", OTHER, "inverse-refused", "prediction"),
        (f"{BACK[:-1]}[:, 0])", "ValueError", FLAT, "inverse-refused", "prediction"),
    ],
)  # fmt: skip
def test_a_refusal_has_its_stage(source: str, kind: str, text: str, code: str, stage: str) -> None:
    last = source.splitlines()[-1]
    error = ErrorSeen(kind, text, len(source.splitlines()), last)
    first = diagnose_capture(Capture("own.py", source, error=error))[0]
    assert (first.code, first.stage) == (code, stage)
