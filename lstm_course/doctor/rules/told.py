"""What several calls tell together: forecasts fed back to the wrong place, truth from other rows, nothing held back."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding
from lstm_course.shapes.findings import Finding, Severity

ROLL = (
    "Drop the oldest row and put the forecast behind the newest: window = np.concatenate([window[1:], [forecast]]), or "
    "np.roll(window, -1, axis=0) and then window[-1] = forecast."
)
SAYS: dict[str, tuple[str, Severity, str, str, str, str]] = {
    "window-never-moves": (
        "prediction", "wrong-result", "The window never moves on", ROLL, "timesteps",
        "is-it-any-good",
    ),
    "window-replaced-at-its-start": (
        "prediction", "wrong-result", "The forecast takes the place of the oldest row", ROLL, "timesteps",
        "is-it-any-good",
    ),
    "window-replaced-at-its-end": (
        "prediction", "wrong-result", "The window does not move on with the forecast", ROLL, "timesteps",
        "is-it-any-good",
    ),
    "window-moved-backwards": (
        "prediction", "wrong-result", "The window moves backwards", ROLL, "timesteps",
        "is-it-any-good",
    ),
    "mark-for-missing": (
        "raw-data", "wrong-result", "A number stands for a missing value",
        "Turn the marks into gaps before scaling, values[values == mark] = np.nan, and fill them (interpolate) or "
        "leave out "
        "the windows that hold one.",
        "features", "load-a-series",
    ),
    "inputs-swapped": (
        "prediction", "wrong-result", "The inputs are given in another order than in the training",
        "Give them in the order of Model(inputs=[…]); or name them, Input(…, name='speed'), and pass a dict with "
        "those names.",
        "samples", "build-and-train",
    ),
    "compared-with-the-past": (
        "prediction", "wrong-result", "Predictions are compared with rows of their own windows",
        "Compare with the labels of the same windows: prediction i belongs to y[i], the row behind window i, "
        "series[i + timesteps], not series[i].",
        "samples", "is-it-any-good",
    ),
    "judged-by-the-training": (
        "batching", "degraded", "The network is judged by the samples that it learned from",
        "Hold samples back before training, at the end of the series: X[:n], y[:n] for fit and validation_data=(X[n:], "
        "y[n:]).",
        "samples", "is-it-any-good",
    ),
    "windows-split-across-time": (
        "batching", "degraded", "Overlapping windows were shuffled before they were split",
        "Split by time first, and shuffle afterwards, if at all: X[:n] and y[:n] for training, X[n:] and y[n:] to "
        "judge "
        "(train_test_split with shuffle=False), with a gap of one window between them.",
        "samples", "is-it-any-good",
    ),
}  # fmt: skip
"""Stage, severity, title, cure, axis and lesson of each kind."""


def of_several_calls(case: Case) -> Iterator[Finding]:
    """Forecasts fed back to the wrong place, truth from other rows, samples that were not held back."""
    for one in case.capture.told:
        if one.kind not in SAYS:
            continue  # it belongs to another rule
        stage, severity, title, fix, axis, lesson = SAYS[one.kind]
        said = one.sentence.replace("{line}", str(one.line))
        yield finding(one.kind, stage, severity, title, said, fix, axis, lesson)
