"""Windows: how rows became samples, and whether each sample has its label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding
from lstm_course.doctor.seen import ArraySeen
from lstm_course.shapes.findings import Finding


def sample_counts(case: Case) -> Iterator[Finding]:
    """X and y do not have the same number of samples."""
    for call in case.capture.calls:
        model = case.capture.model(call.model)
        one = model is None or (
            len(call.x) == (len(model.inputs) or len(call.x))
            and len(call.y) in (0, len(model.outputs) or len(call.y))
        )
        if call.x and call.y and case.raised and not call.batched and one:
            x, y = call.x[0], call.y[0]
            if (
                call.method.endswith("batch")
                and model
                and model.inputs
                and x.rank == len(model.inputs[0]) - 1
            ):
                continue  # one sample without its batch axis has no count of samples
            if x.shape and y.shape and x.shape[0] != y.shape[0] and "text" not in (x.kind, y.kind):
                yield _counts(x, y, call.method)
                return
            if call.val_x and call.val_y and call.val_x[0].shape[:1] != call.val_y[0].shape[:1]:
                yield _counts(call.val_x[0], call.val_y[0], "validation_data")
                return


def _counts(x: ArraySeen, y: ArraySeen, where: str) -> Finding:
    have, want = x.shape[0], y.shape[0]
    steps = x.shape[1] if x.rank >= 2 else 1
    seen = f"{where}: X has shape {x}, so {have:,} samples; y has shape {y}, so {want:,}."
    if x.rank >= 2 and x.shape[1] == want:
        return finding(
            "samples-on-second-axis", "windowing", "error", "The samples are on the second axis of X",
            f"{seen} The second axis of X has the {want:,} entries that the first should have: samples and "
            "timesteps are "
            "in the wrong order.",
            "Swap the axes with a transpose, not with reshape: X = np.swapaxes(X, 0, 1), so that the order "
            "is (samples, "
            "timesteps, features).",
            "samples",
        )  # fmt: skip
    if y.rank >= 2 and y.shape[1] == have:
        return finding(
            "labels-transposed", "labels", "error", "The labels are transposed",
            f"{seen} The second axis of y has the {have:,} entries that the first should have.",
            "Put the samples first: y = y.T, or y = y.reshape(-1, 1) for one label per sample.", "samples",
        )  # fmt: skip
    if want % have == 0 or (x.rank >= 3 and want // steps == have):
        block = round(want / have)
        return finding(
            "blocks-with-row-labels", "windowing", "error", "X was cut into blocks, y still has one value per row",
            f"{seen} {want:,} = {block} × {have:,}: X was reshaped into blocks that do not overlap, {block} "
            "rows each, "
            "while y kept a value for every row.",
            f"Give each block one label, for instance that of its last row: y = y[{block - 1}::{block}] has "
            f"{have:,}; or "
            "cut overlapping windows and take for each the label that follows its end.",
            "samples",
        )  # fmt: skip
    if 0 < want - have <= 2 * steps + 1:
        return finding(
            "labels-not-cut", "labels", "error", f"{want - have} labels have no window",
            f"{seen} Windows of {steps} rows leave {want - have} rows without a full window before them; y "
            "was not cut "
            "along with X.",
            f"Start the labels where the first window ends: y = y[{want - have}:] has {have:,} values, one "
            "for each "
            "window.",
            "samples",
        )  # fmt: skip
    if have % want == 0 and want > 1:
        return finding(
            "rows-as-samples", "windowing", "error", "X has one sample per row, y one label per sequence",
            f"{seen} {have:,} = {have // want} × {want:,}: the sequences of X are not grouped into samples.",
            f"Group the rows of each sequence: X = X.reshape({want}, {have // want}, -1), (samples, "
            "timesteps, features).",
            "samples",
        )  # fmt: skip
    return finding(
        "sample-counts", "labels", "error", f"{have:,} samples and {want:,} labels",
        f"{seen} Every sample needs exactly one entry of y.",
        "Cut X and y with the same indices, in the same step: X[:n] with y[:n], X[n:] with y[n:]. "
        "train_test_split returns X_train, X_test, y_train, y_test, in this order.",
        "samples",
    )  # fmt: skip


def no_samples(case: Case) -> Iterator[Finding]:
    """Nothing is left to train on."""
    for call in case.capture.calls:
        if call.x and call.x[0].shape and call.x[0].shape[0] == 0:
            yield finding(
                "no-samples", "windowing", "error" if case.error else "wrong-result", "X holds no samples at all",
                f"{call.method} was given X of shape {call.x[0]}: zero samples. fit then returns an empty "
                "history and no "
                "more than a warning. A window (timesteps plus horizon) longer than the series leaves none.",
                "Take shorter windows or more rows: n rows give n - timesteps - horizon + 1 windows. Check "
                "the split too.",
                "samples",
            )  # fmt: skip
            return


def scrambled(case: Case) -> Iterator[Finding]:
    """A reshape stands where a transpose belongs."""
    for call in case.capture.calls:
        if call.scrambled and call.x:
            axes = "np.swapaxes(X, 1, 2)" if call.scrambled.count(",") > 3 else "table.T, then windows"
            yield finding(
                "reshape-for-transpose", "windowing", "wrong-result", "reshape mixed timesteps and features",
                f"{call.scrambled} The shape is the one the network wants, the contents are not.",
                f"Change the order of axes with a transpose instead of reshape: {axes}, or X.transpose(0, 2, "
                "1).",
                "timesteps",
            )  # fmt: skip
            return


def window_along_features(case: Case) -> Iterator[Finding]:
    """Consecutive samples overlap along the last axis: the window lies where the features belong."""
    for call in case.capture.trainings:
        x = call.x[0] if call.x else None
        if x is None or x.rank != 3 or x.shift or not x.shift_last:
            continue
        samples, steps, features = x.shape
        if steps == 1:
            continue
        yield finding(
            "window-on-last-axis", "windowing", "wrong-result", "Timesteps and features are swapped",
            f"X has shape {x}. From sample to sample its contents move along the last axis by {x.shift_last}: "
            "that axis, "
            f"of {features}, is time, but the network takes it for features and reads {steps} timesteps.",
            f"Put time before the features: X = X.transpose(0, 2, 1) has shape ({samples}, {features}, "
            f"{steps}), and "
            f"Input(shape=({features}, {steps})). np.lib.stride_tricks.sliding_window_view puts the window "
            "last.",
            "timesteps",
        )  # fmt: skip
        return


def single_timestep(case: Case) -> Iterator[Finding]:
    """Windows of one timestep: nothing recurs."""
    for site in case.sites():
        x = site.x
        if x is None or x.rank != 3 or x.shape[1] != 1 or x.shape[2] < 2 or not site.model.recurrents:
            continue
        if site.model.stateful or (site.model.inputs[:1] != () and len(site.model.inputs[0]) != 3):
            continue
        samples, _, features = x.shape
        sure = (
            " Neighbouring samples overlap by one value, so these are lags of one series."
            if x.shift_last
            else ""
        )
        yield finding(
            "window-as-features", "windowing", "degraded", f"One timestep of {features} features: nothing recurs",
            f"X has shape {x}: one timestep with {features} features. The recurrent layer takes a single step "
            "per sample, "
            f"so it is a dense layer with gates.{sure} If the {features} values are the look-back window, "
            "they belong on "
            "the timesteps axis.",
            f"Put the look-back on the time axis: X = X.reshape({samples}, {features}, 1) and Input(shape=({features}, "
            "1)). Leave it only if the values are different measurements of one moment.",
            "timesteps",
        )  # fmt: skip
        return


def numpy_shapes(case: Case) -> Iterator[Finding]:
    """NumPy refused a reshape before Keras saw anything."""
    error = case.error
    if error is None:
        return
    match = re.search(r"cannot reshape array of size (\d+) into shape \(?([\d, -]+)\)?", error.text)
    if match:
        size, shape = int(match[1]), tuple(int(part) for part in match[2].split(",") if part.strip())
        product = 1
        for part in shape:
            product *= part
        yield finding(
            "reshape-count", "windowing", "error", "reshape cannot make windows out of these numbers",
            f"Line {error.line} reshapes {size:,} numbers into {shape}, which takes {abs(product):,}. reshape "
            "keeps every "
            "number once; overlapping windows hold most numbers several times, so they are no reshape.",
            "Cut windows instead: X = np.stack([table[i:i + L] for i in range(len(table) - L)]) gives "
            "(samples, L, "
            "features). Where the samples are already separate, check that samples × timesteps × features is "
            "the number "
            f"of values, {size:,}.",
            "timesteps",
        )  # fmt: skip
    predicted = any(call.method.startswith("predict") for call in case.capture.calls)
    if "all input array" in error.text or ("all the input array" in error.text and not predicted):
        yield finding(
            "windows-of-unequal-length", "windowing", "error", "The windows differ in length",
            f"Line {error.line}: {error.first_line} The last windows of a loop run past the end of the "
            "series, or the "
            "sequences differ in length.",
            "Stop the loop at the last full window: range(len(series) - timesteps - horizon + 1); or pad "
            "sequences of "
            "unequal length with keras.utils.pad_sequences.",
            "timesteps",
        )  # fmt: skip


def dataset_windows(case: Case) -> Iterator[Finding]:
    """timeseries_dataset_from_array pairs window i with target i."""
    for event in case.capture.events:
        if event.what != "timeseries_dataset_from_array":
            continue
        length = int(event.detail.get("sequence_length") or 0)
        span = (length - 1) * int(event.detail.get("sampling_rate") or 1) + 1
        late = event.detail.get("late")
        if late is None or late >= span:
            continue
        yield finding(
            "target-inside-window", "labels", "wrong-result", "The target lies inside its own window",
            f"Line {event.line}: window i holds rows i to i + {span - 1}, and its target is row i + {late}, "
            "which the "
            "network is shown. timeseries_dataset_from_array pairs window i with targets[i].",
            f"Shift the targets past the window: data=rows[:-{span}], targets=values[{span}:], so that the target is "
            "the row after the last one of the window.",
            "horizon",
        )  # fmt: skip


def labels_and_windows(case: Case) -> Iterator[Finding]:
    """Labels that stand in their own window, or that skip rows."""
    for call in case.capture.trainings:
        if call.leak:
            yield finding(
                "label-in-window", "labels", "wrong-result", "The label stands in its own window",
                call.leak,
                "Take the value after the window: y[i] = series[i + timesteps], not series[i + timesteps - 1].",
                "horizon",
            )  # fmt: skip
            return
        if call.late:
            yield finding(
                "label-skips-rows", "labels", "degraded", f"The label lies {call.late} rows after its window",
                f"y[i] equals the last row of window i + {call.late}: between the window and its label "
                f"{int(call.late) - 1} row(s) are left out. With horizon 1 it should be the row right after "
                "the window.",
                "If one step ahead is meant: y[i] = series[i + timesteps].", "horizon",
            )  # fmt: skip
            return
