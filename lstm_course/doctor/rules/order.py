"""The order of rows: time that runs backwards, pairs that were torn apart, inputs from the future."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding
from lstm_course.shapes.findings import Finding


def rows_against_time(case: Case) -> Iterator[Finding]:
    """Windows are cut of rows whose dates do not rise."""
    for call in case.capture.trainings:
        if call.rows:
            newest = "newest" in call.rows
            yield finding(
                "rows-against-time", "raw-data", "wrong-result",
                "The windows run backwards in time" if newest else "The rows are not in the order of time",
                f"{call.rows} The windows of X hold these rows in this order"
                + (", so the label is the row before the window and the last rows, kept for the test, are the oldest."
                   if newest else ", so neighbouring timesteps are not neighbours in time."),
                "Sort the table by its dates before windows are cut: table = table.sort_values('date') (or "
                "table.sort_index() where the dates are the index).",
                "rows",
            )  # fmt: skip
            return


def torn_pairs(case: Case) -> Iterator[Finding]:
    """Samples and labels were put into different orders."""
    for call in case.capture.trainings:
        if call.unpaired:
            yield finding(
                "pairs-torn", "labels", "wrong-result", "Samples and labels are no longer pairs",
                f"{call.unpaired} Shapes are as they should be, so nothing is raised; the network learns from labels "
                "of other samples.",
                "Put both into the new order with one permutation: p = np.random.permutation(len(x)); x, y = x[p], "
                "y[p].",
                "samples",
            )  # fmt: skip
            return


def windows_across_series(case: Case) -> Iterator[Finding]:
    """Windows run from one series of a table into the next."""
    for call in case.capture.trainings:
        if call.across:
            yield finding(
                "windows-across-series", "windowing", "wrong-result", "Windows run from one series into the next",
                f"{call.across} Such a window is no piece of any series, and its label belongs to another one.",
                "Cut the windows of each series by itself and put them together afterwards: for _, part in "
                "table.groupby(key): xs.append(windows(part)); X = np.concatenate(xs), and y the same way.",
                "samples",
            )  # fmt: skip
            return


def classes_held_back(case: Case) -> Iterator[Finding]:
    """The samples that are held back show classes that training never does."""
    for call in case.capture.trainings:
        model = case.capture.model(call.model)
        if call.unseen and model is not None and "crossentropy" in str(model.loss):
            split = call.validation_split
            why = (
                f"validation_split={split:g} takes the last samples, before anything is shuffled, and these are sorted "
                "by class." if split else "The samples were divided as they lie, sorted by class."
            )  # fmt: skip
            yield finding(
                "classes-held-back", "batching", "wrong-result",
                "Validation asks for classes that training never shows",
                f"{call.unseen} {why} The network cannot learn these classes, and the validation says nothing on the "
                "others.",
                "Shuffle samples and labels together before the split: p = np.random.permutation(len(x)); x, y = x[p], "
                "y[p]; or train_test_split(x, y, stratify=y).",
                "samples",
            )  # fmt: skip
            return


def from_the_future(case: Case) -> Iterator[Finding]:
    """The inputs were calculated from later rows."""
    for call in case.capture.trainings:
        if call.foresight:
            yield finding(
                "inputs-from-the-future", "scaling", "wrong-result", "The inputs hold what later rows say",
                f"{call.foresight} That takes values of the rows after a row into the row itself, those of the label "
                "among them: the figures of the test look better than any forecast can be.",
                "Use past rows alone: rolling(n).mean() without a negative shift and without center=True; smoothing "
                "filters that look both ways are for pictures, not for inputs.",
                "rows",
            )  # fmt: skip
            return


def numbered_apart(case: Case) -> Iterator[Finding]:
    """Classes of training and test are numbered each by themselves."""
    if case.error is not None:
        return
    numbered = [(call.lineno, name) for name in ("factorize", "fit_transform") for call in case.program.calls_of(name)
                if name == "factorize" or "ncod" in ast.unparse(call.func)]  # fmt: skip
    lines = sorted({line for line, _ in numbered})
    if len(lines) < 2:
        return
    yield finding(
        "classes-numbered-apart", "labels", "wrong-result", "Training and test number their classes each by themselves",
        f"Lines {', '.join(map(str, lines[:4]))} number classes: {case.program.line(lines[0])}; "
        f"{case.program.line(lines[1])}. "
        "Each call gives the numbers anew (factorize in the order in which the names first come), so the same number "
        "need "
        "not mean the same class.",
        "Number them once, and look the others up: y_train, classes = pd.factorize(train); y_test = "
        "pd.Categorical(test, categories=classes).codes. With scikit-learn: fit on the training labels, transform "
        "both.",
        "classes", "labels",
    )  # fmt: skip
