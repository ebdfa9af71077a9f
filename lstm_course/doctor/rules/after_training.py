"""What is done with predictions, a history or a score: shapes that do not fit, and things taken for others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, shapes_there
from lstm_course.shapes.findings import Finding

DOES_NOT_FIT = (
    "could not be broadcast", "could not broadcast", "cannot reshape", "must have same number of dimensions",
    "all the input array", "must match exactly", "inconsistent numbers of samples", "must be of the same length",
    "out of bounds for array of dimension", "Shape of passed values", "must be the same size", "Expected 2D array",
    "x and y must have same first dimension", "must be 1-dimensional", "only size-1 arrays", "only length-1 arrays",
    "only 0-dimensional arrays", "setting an array element", "Length of values", r"is expecting \d+ features",
    "Found array with dim", "non-broadcastable", "should be the same length", "must match",
)  # fmt: skip


def predictions_that_do_not_fit(case: Case) -> Iterator[Finding]:
    """Predictions are reshaped, joined or compared with an array of another shape."""
    error = case.error
    if (
        error is None
        or not case.with_predictions
        or error.type not in ("ValueError", "TypeError", "AxisError")
    ):
        return
    if re.search("|".join(DOES_NOT_FIT), error.text):
        yield _window_of_one_number(case) if _rolls(case) else prediction_shape(case)


def prediction_shape(case: Case) -> Finding:
    """Say that predictions have another shape than a statement needs."""
    error = case.error
    assert error is not None
    given = _predicted(case)
    return finding(
        "prediction-shape", "prediction", "error", "The predictions have another shape than this line needs",
        f"Line {error.line}: {error.source}\n{error.first_line}. {given}",
        "Predictions have one row per sample, and behind it the axes of the head: with Dense(1), pred[:, 0] is a "
        "vector of "
        "the length of y; with one output per timestep, pred[:, -1, 0] is the last one. Print pred.shape, and "
        "reshape what "
        "it is compared or joined with, not the samples.",
        "samples", "build-and-train",
    )  # fmt: skip


def _predicted(case: Case) -> str:
    shapes = [
        (call.x, call.outputs)
        for call in case.capture.calls
        if call.method.startswith("predict") and not call.error
    ]
    if not shapes:
        return f"The arrays there: {shapes_there(case)}."
    x, outputs = shapes[-1]
    return (
        f"predict was given X of shape {', '.join(map(str, x)) or '?'} and returned "
        f"{', '.join(map(str, outputs)) or '?'}; the arrays there: {shapes_there(case)}."
    )


def _rolls(case: Case) -> bool:
    """Whether a prediction is put behind a window."""
    error = case.error
    joins = (
        set(case.program.called_on(error.line)) & {"append", "concatenate", "vstack", "hstack"}
        if error
        else set()
    )
    return bool(error and joins and re.search(r"number of dimensions|must match exactly", error.text))


def _window_of_one_number(case: Case) -> Finding:
    error = case.error
    assert error is not None
    return finding(
        "window-and-prediction", "prediction", "error", "A prediction does not fit behind the window",
        f"Line {error.line}: {error.source}\n{error.first_line}. {_predicted(case)} A window has the axes (1, "
        "timesteps, "
        "features); a prediction of one number has (1, 1).",
        "Give the prediction the axes of one timestep: step = pred.reshape(1, 1, 1), then window = "
        "np.concatenate([window[:, 1:, :], step], axis=1). With several features the other columns of that step have "
        "to "
        "come from somewhere: forecast all of them, or know them in advance.",
        "timesteps", "is-it-any-good",
    )  # fmt: skip


def what_came_back(case: Case) -> Iterator[Finding]:
    """fit, evaluate and predict return something else than the program takes them to return."""
    error = case.error
    if error is None or not case.capture.calls or case.capture.calls[-1].error:
        return
    if "'History' object" in error.text:
        yield finding(
            "history-object", "batching", "error", "fit returns a History; its numbers are in .history",
            f"Line {error.line}: {error.source}\n{error.first_line}. fit returns a History object; the losses are in "
            "its dict "
            ".history, and the network itself stays model.",
            "Write history.history['loss'] for the losses, and model.predict(…) for "
            "predictions.", "", "build-and-train",
        )  # fmt: skip
    elif "evaluate" in case.program.called_on(error.line) and "unpack" in error.text:
        metrics = ", ".join(dict.fromkeys(name for model in case.capture.models for name in model.metrics))
        yield finding(
            "evaluate-returns", "prediction", "error", "evaluate returns the loss, and a number for each metric",
            f"Line {error.line}: {error.source}\n{error.first_line}. compile was given "
            f"{f'the metrics {metrics}' if metrics else 'no metrics'}, so there is "
            f"{'a list' if metrics else 'one number'}.",
            "Take what comes: loss = model.evaluate(X, y); or ask for more, compile(…, metrics=['mae']), then loss, "
            "mae = "
            "model.evaluate(X, y).",
            "", "build-and-train",
        )  # fmt: skip
    elif "'numpy.ndarray' object has no attribute" in error.text and case.with_predictions:
        yield finding(
            "prediction-is-numpy", "prediction", "error", "predict returns a NumPy array already",
            f"Line {error.line}: {error.source}\n{error.first_line}.",
            "Take the part away: predict returns an array of shape (samples, …); model(X) returns a tensor, which has "
            ".numpy().",
            "", "build-and-train",
        )  # fmt: skip
