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
    "window-rolled-flat": (
        "prediction", "wrong-result", "np.roll moves numbers into the column beside theirs", ROLL, "features",
        "is-it-any-good",
    ),
    "fed-back-in-another-unit": (
        "prediction", "wrong-result", "The forecast goes back into the window in another unit",
        "Feed back what the network gave, in its own unit, and scale back only what you keep: window = "
        "np.append(window[1:], forecast); kept.append(forecast * (high - low) + low).",
        "features", "is-it-any-good",
    ),
    "states-not-handed-on": (
        "state", "wrong-result", "The decoder's new states are not used",
        "Take the states that come back for the next step: token, h, c = decoder.predict([token, h, c]); in a loop, "
        "states = [h, c] at its end.",
        "units", "wrappers-and-seq2seq",
    ),
    "time-on-the-first-axis": (
        "windowing", "wrong-result", "Time runs along the first axis of X",
        "Keras takes (samples, timesteps, features): swap the first two axes of inputs and labels, X = np.swapaxes(X, "
        "0, 1), and split along the first axis afterwards.",
        "samples", "windows",
    ),
    "row-number-as-feature": (
        "scaling", "degraded", "A feature counts the rows",
        "Leave it out, or take what repeats in it: hour of the day, day of the year, as np.sin and np.cos of 2π·t / "
        "period.",
        "features", "load-a-series",
    ),
    "labels-of-other-samples": (
        "labels", "wrong-result", "The labels are those of other samples",
        "Take samples and labels by the same slice: X[:n] with y[:n], X[n:] with y[n:].",
        "samples", "windows",
    ),
    "predictions-of-other-samples": (
        "prediction", "wrong-result", "Predictions are compared with the labels of other samples",
        "Predict for the samples whose labels you compare with: pred = model.predict(X[n:]) and y[n:].",
        "samples", "is-it-any-good",
    ),
    "windows-turned-round": (
        "windowing", "degraded", "The windows hold their newest row first",
        "Turn them round: X = X[:, ::-1]; lag columns in the order oldest to newest, [f'lag{k}' for k in range(T, 0, "
        "-1)].",
        "timesteps", "windows",
    ),
    "rows-shuffled": (
        "windowing", "wrong-result", "The rows were shuffled before windows were cut",
        "Cut windows from the rows in the order of time; shuffle the windows afterwards, with their labels.",
        "timesteps", "windows",
    ),
    "rows-shuffled-in-a-set": (
        "batching", "wrong-result", "The rows are shuffled before windows are cut",
        "Put shuffle(…) behind window and batch: it then shuffles windows with their labels, and the rows inside keep "
        "their order.",
        "timesteps", "windows",
    ),
    "rows-twice": (
        "raw-data", "degraded", "Rows stand in the table twice",
        "Drop them before windows are cut: table = table.drop_duplicates(subset='date').sort_values('date').",
        "rows", "load-a-series",
    ),
    "difference-wraps": (
        "raw-data", "wrong-result", "Differences of unsigned numbers wrap round",
        "Make them floats first: series = series.astype('float32').",
        "rows", "load-a-series",
    ),
    "label-before-window": (
        "labels", "wrong-result", "The label lies in front of its window",
        "Take the row behind the window: y[i] = series[i + T] for the window series[i:i + T]; with pandas "
        "table['y'].shift(-1) is the next row, shift(1) the one before.",
        "timesteps", "windows",
    ),
    "label-of-the-first-row": (
        "labels", "wrong-result", "Each window has the label of its first row",
        "Take the label of the window's last row, y = labels[T - 1:], or of the row behind it, y = labels[T:].",
        "timesteps", "windows",
    ),
    "class-weights-reversed": (
        "batching", "degraded", "The frequent class weighs more than the rare one",
        "Weigh by the inverse of the count: {k: len(y) / (num_classes * np.sum(y == k)) for k in range(num_classes)}.",
        "classes", "labels",
    ),
    "another-step": (
        "prediction", "wrong-result", "Forecasts of one step are compared with labels of another",
        "Compare the same step of both: pred[:, k] with y[:, k].",
        "timesteps", "is-it-any-good",
    ),
    "labels-drift": (
        "windowing", "wrong-result", "Windows and labels move on by different steps",
        "Cut both in one loop: for i in range(0, len(s) - T, stride): X.append(s[i:i + T]); y.append(s[i + T]).",
        "samples", "windows",
    ),
    "change-in-the-window": (
        "labels", "wrong-result", "The label is a change that the window shows already",
        "Label with the change that comes next, from the window's last row to the row behind it: y[i] = s[i + T] - "
        "s[i + T - 1].",
        "timesteps", "windows",
    ),
    "changes-added-to-one-level": (
        "prediction", "wrong-result", "All changes were added to one level",
        "Add each change to the row before the one it forecasts: level[t] = series[t - 1] + change[t]; only forecasts "
        "that follow each other without measurements are summed, last + np.cumsum(changes).",
        "samples", "is-it-any-good",
    ),
    "trained-in-an-earlier-round": (
        "batching", "wrong-result", "The network knows these samples from an earlier round",
        "Build and compile a new network for every fold, inside the loop; the same object goes on with the weights "
        "that it has.",
        "samples", "is-it-any-good",
    ),
    "one-answer-for-all": (
        "prediction", "wrong-result", "One prediction is compared with all labels",
        "Leave [0] away: model.predict(X)[:, 0] has one number per sample, and compare it with y of the same length.",
        "samples", "is-it-any-good",
    ),
    "split-of-a-reshuffled-set": (
        "batching", "wrong-result", "The parts of a data set are dealt out anew in every epoch",
        "Split first and shuffle the training part alone: train = ds.skip(n).shuffle(…), val = ds.take(n); or "
        "shuffle(…, reshuffle_each_iteration=False, seed=1).",
        "samples", "batches-and-state",
    ),
    "horizons-flattened": (
        "prediction", "wrong-result", "Overlapping forecasts are read as one series",
        "Compare forecasts with their own labels, pred - Y of the same shape (samples, horizon); for one line take one "
        "step of each, pred[:, 0], or every horizon-th row, pred[::horizon].reshape(-1).",
        "timesteps", "is-it-any-good",
    ),
    "words-numbered-apart": (
        "raw-data", "wrong-result", "Training and test number their words each by themselves",
        "Number the words once, from the training texts, and look the others up: ids = [[vocab.get(word, unknown) for "
        "word in text] for text in test_texts].",
        "features", "unequal-lengths",
    ),
    "fractions-cut": (
        "scaling", "wrong-result", "Fractions are cut off",
        "Keep floats: .astype('float32') instead of int, and np.zeros(shape) without dtype=int (np.zeros_like of whole "
        "numbers is an array of whole numbers, too).",
        "features", "load-a-series",
    ),
    "forecasts-cut": (
        "prediction", "wrong-result", "The forecasts lose their fractions",
        "Keep them in an array of floats, np.zeros(n, dtype='float32') or a list; classes come from a comparison, "
        "(pred > 0.5).astype(int), or from pred.argmax(axis=-1).",
        "samples", "is-it-any-good",
    ),
}  # fmt: skip
"""Stage, severity, title, cure, axis and lesson of each kind."""


def of_several_calls(case: Case) -> Iterator[Finding]:
    """Forecasts fed back to the wrong place, truth from other rows, samples that were not held back."""
    for one in case.capture.told:
        if one.kind not in SAYS or (one.kind == "words-numbered-apart" and _has_two_languages(case)):
            continue  # it belongs to another rule, or each language has numbers of its own
        stage, severity, title, fix, axis, lesson = SAYS[one.kind]
        said = one.sentence.replace("{line}", str(one.line))
        yield finding(one.kind, stage, severity, title, said, fix, axis, lesson)


def _has_two_languages(case: Case) -> bool:
    """Whether the words of one sequence may go in and those of another come out, or enter at another input."""
    several = any(len(call.x) > 1 for call in case.capture.trainings)
    return several or any(len(shape) == 3 for model in case.capture.trained_models for shape in model.outputs)
