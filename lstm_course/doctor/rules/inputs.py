"""Input shape: what the network was told to expect against what it was given."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.rules.declared import TRAINING, four_axes, input_diff, too_few_axes
from lstm_course.doctor.rules.several import number_of_inputs, swapped_inputs
from lstm_course.doctor.seen import ArraySeen, CallSeen, Shape
from lstm_course.shapes.findings import Finding


def given_against_declared(case: Case) -> Iterator[Finding]:
    """The arrays of a training do not have the declared shape."""
    call = case.stopped_call
    if case.capture.live:
        call = case.capture.calls[-1] if case.capture.calls else None
    model = case.capture.model(call.model) if call else None
    if call is None or model is None or call.method not in TRAINING[:4] or not model.inputs or not call.x:
        return
    if call.method not in TRAINING[:2] and any(not one.error for one in case.capture.trainings):
        return
    if len(call.x) != len(model.inputs):
        yield number_of_inputs(call, model.inputs)
        return
    swapped = swapped_inputs(call, model)
    if swapped:
        yield swapped
        return
    found = _first_misfit(case, call, call.x, model.inputs)
    if found is None and len(call.val_x) == len(model.inputs):
        found = _first_misfit(case, call, call.val_x, model.inputs)
        found = _validation(call, found) if found else None
    if found:
        yield found


def _validation(call: CallSeen, found: Finding) -> Finding:
    val, x = call.val_x[0], call.x[0]
    windows = val.rank == x.rank == 3 and val.shape[2] == x.shape[2]
    return finding(
        "validation-differs", "windowing" if windows else "batching", "error",
        "validation_data has another shape than X",
        f"The validation X has shape {val}, the training X {x}: apart from the samples both must agree. {found.title}.",
        f"Prepare both in the same way, with the same function: shape (samples, {', '.join(map(str, x.shape[1:]))}).",
        "timesteps",
    )  # fmt: skip


def _first_misfit(
    case: Case, call: CallSeen, arrays: tuple[ArraySeen, ...], inputs: tuple[Shape, ...]
) -> Finding | None:
    pairs = sorted(zip(arrays, inputs, strict=True), key=lambda pair: pair[0].rank == len(pair[1]))
    return next((found for x, declared in pairs if (found := _compare_input(case, call, x, declared))), None)


def _compare_input(case: Case, call: CallSeen, x: ArraySeen, declared: Shape) -> Finding | None:
    want = declared[1:]
    if x.kind in ("ragged", "text", "object") or not x.shape:
        return None
    if call.batched and call.source == "dataset" and (x.shape == want or x.rank == len(want)):
        return _unbatched(x, declared)
    one_sample = len(want) > 1 and x.rank == len(want) and _fits(x.shape, want)
    if one_sample and (call.batched or call.method.endswith("batch")):
        return _one_sample(call, x, declared)
    if len(want) == 2 and x.rank == 2 and want[1] != 1:
        return _table(case, x, want)
    if len(want) == 2 and x.rank == 1:
        return _plain_series(x, want)
    if len(want) == 2 and x.rank == 4:
        return four_axes(case, x)
    if len(want) == 1 and x.rank == 3:
        return too_few_axes(case, declared)
    if len(want) == 2 and x.rank == 3:
        return _sizes(case, x, want)
    if len(want) == x.rank - 1 and any(w not in (None, s) for w, s in zip(want, x.shape[1:], strict=True)):
        return _other_sizes(x, want)
    if len(want) > x.rank or len(want) == x.rank > 2:
        return _frames_missing(x, want)
    return None


def _fits(shape: tuple[int, ...], want: Shape) -> bool:
    return all(size in (None, have) for size, have in zip(want, shape, strict=True))


def _one_sample(call: CallSeen, x: ArraySeen, declared: Shape) -> Finding:
    what = f"{call.method} was given" if call.method.endswith("batch") else f"The {call.source} hands out"
    axes = ", ".join(map(str, x.shape))
    return finding(
        "one-sample-without-batch", "batching", "error", "A single sample stands where a batch belongs",
        f"{what} X of shape {x}, one sample; the model expects {declared}, with the batch axis in front. Keras takes "
        f"the first axis, {x.shape[0]}, for samples.",
        "Put the batch axis in front of both: x[np.newaxis], y[np.newaxis] make a batch of one, "
        f"(1, {axes}); better collect 32 samples and stack them: np.stack(xs), np.stack(ys).",
        "batch",
    )  # fmt: skip


def _unbatched(x: ArraySeen, declared: Shape) -> Finding:
    return finding(
        "dataset-not-batched", "batching", "error", "The data set hands out single samples, not batches",
        f"One element of the data set has shape {x}; the model expects {declared} with the batch axis in "
        "front.",
        "Batch the data set before fit: ds = ds.batch(32). Batches then have shape (32, timesteps, features).",
        "batch",
    )  # fmt: skip


def _table(case: Case, x: ArraySeen, want: Shape) -> Finding:
    rows, columns = x.shape
    steps, features = want
    if steps is not None and features is not None and columns == steps * features and steps > 1:
        return finding(
            "flat-windows", "input-layer", "error", "The windows are flat",
            f"X has shape {x}, two axes; the network expects (batch, {steps}, {features}). Each row holds "
            f"{steps} × "
            f"{features} = {columns} numbers, but not as timesteps and features.",
            f"Give X its third axis: X = X.reshape({rows}, {steps}, {features}), if each row lists the "
            "features of the "
            "first timestep, then those of the second, and so on.",
            "timesteps",
        )  # fmt: skip
    if steps == 1 and columns == features:
        return finding(
            "timesteps-axis-missing", "input-layer", "error", "X lacks the timesteps axis",
            f"X has shape {x}, two axes; the network expects three: (batch, 1, {features}).",
            f"Add the axis of the one timestep: X = X.reshape({rows}, 1, {columns}), or X[:, np.newaxis, :]. "
            "For a "
            f"window of more than one timestep cut L rows per sample: X (samples, L, {columns}).",
            "timesteps",
        )  # fmt: skip
    whole = (
        f" The declared timesteps, {steps}, are the number of rows of the whole table: the samples became "
        "timesteps."
        if steps == rows else ""
    )  # fmt: skip
    return finding(
        "table-without-windows", "windowing", "error", "The table was never cut into windows",
        f"X has shape {x}: {rows:,} rows of {columns} columns, two axes. The network expects three, (batch, "
        "timesteps, "
        f"features) = (batch, {steps}, {features}).{whole}",
        with_diff(
            f"Cut the table into windows of L rows, each with one label: X = np.stack([table[i:i + L] for i in "
            f"range(len(table) - L)]) has shape ({rows} - L, L, {columns}), y = target[L:], and declare "
            f"Input(shape=(L, {columns})).",
            input_diff(case, f"(L, {columns})"),
        ),
        "timesteps",
    )  # fmt: skip


def _plain_series(x: ArraySeen, want: Shape) -> Finding:
    steps, features = want
    size = steps or "L"
    return finding(
        "series-without-windows", "windowing", "error", "The series was never cut into windows",
        f"X has shape {x}: one axis, {x.shape[0]:,} values in a row. The network expects (batch, {steps}, "
        f"{features}).",
        f"Cut the series into windows: X = np.lib.stride_tricks.sliding_window_view(series, {size})[:-1, :, "
        "np.newaxis] "
        f"has shape (samples, {size}, 1), and y = series[{size}:] holds the value after each window.",
        "timesteps",
    )  # fmt: skip


def _sizes(case: Case, x: ArraySeen, want: Shape) -> Finding | None:
    samples, steps, features = x.shape
    if want[1] not in (None, features):
        swapped = want[1] == steps
        if swapped and want[0] == features and _time_is_last(x):
            return _transposed(x)
        title = "Timesteps and features are swapped" if swapped else "The number of features differs"
        if swapped and want[0] is None:
            title = "The window length stands where the features belong"
        return finding(
            "axes-swapped" if swapped else "number-of-features", "input-layer", "error", title,
            f"X has shape {x}: {samples:,} samples of {steps} timesteps with {features} "
            f"feature{'s' * (features > 1)}. The network was declared as (timesteps, features) = {want}: the "
            "last axis, "
            f"{want[1]}, means features per timestep"
            + (f", not the window length {steps}." if swapped else f", and there are {features}."),
            with_diff(
                f"Declare Input(shape=({steps}, {features})): timesteps first, features last (input_dim means "
                "features "
                "too).",
                input_diff(case, f"({steps}, {features})"),
            ),
            "features",
        )  # fmt: skip
    if want[0] not in (None, steps):
        return finding(
            "number-of-timesteps", "input-layer", "error", "The window length differs from the declared one",
            f"X has shape {x}, windows of {steps} timesteps; the network was declared for {want[0]}.",
            with_diff(
                f"Declare Input(shape=({steps}, {features})), or cut windows of {want[0]} rows; shape=(None, "
                f"{features}) "
                "takes windows of any length.",
                input_diff(case, f"({steps}, {features})"),
            ),
            "timesteps",
        )  # fmt: skip
    return None


def _time_is_last(x: ArraySeen) -> bool:
    """Whether the last axis of X rather is time: windows move along it, or it is the longer of the two."""
    return bool(x.shift_last) or (not x.shift and x.shape[2] > x.shape[1])


def _transposed(x: ArraySeen) -> Finding:
    samples, features, steps = x.shape
    return finding(
        "time-on-the-last-axis", "windowing", "error", "Time lies on the last axis of X",
        f"X has shape {x}; the network was declared for {steps} timesteps of {features} features: the two axes stand "
        "in "
        "the other order.",
        f"Swap them with a transpose, not with reshape: X = X.transpose(0, 2, 1) has shape ({samples}, {steps}, "
        f"{features}). If the {features} were timesteps after all, declare Input(shape=({features}, {steps})).",
        "timesteps",
    )  # fmt: skip


def _other_sizes(x: ArraySeen, want: Shape) -> Finding:
    return finding(
        "input-sizes", "input-layer", "error", "X does not have the declared sizes",
        f"X has shape {x}; without its first axis, samples, that is {x.shape[1:]}. The network was declared "
        f"for {want}.",
        f"Declare Input(shape={x.shape[1:]}), or bring X to (samples, "
        f"{', '.join(map(str, want))}).", "features",
    )  # fmt: skip


def _frames_missing(x: ArraySeen, want: Shape) -> Finding:
    return finding(
        "axis-missing", "input-layer", "error", "X has an axis too few",
        f"X has shape {x}, {x.rank} axes; the network expects {len(want) + 1}: (batch, "
        f"{', '.join(map(str, want))}).",
        "Cut windows along time first, so that samples and timesteps are two axes; or add the axis that is "
        "missing with "
        "X[:, np.newaxis] (one timestep) or X[..., np.newaxis] (one feature)." + _parts(x, want),
        "timesteps",
    )  # fmt: skip


def _parts(x: ArraySeen, want: Shape) -> str:
    if x.rank != 3 or len(want) != 3 or not want[1] or x.shape[1] % want[1]:
        return ""
    count = x.shape[1] // want[1]
    return (
        f" To read each window of {x.shape[1]} timesteps in {count} parts of {want[1]}: "
        f"X.reshape({x.shape[0]}, {count}, {want[1]}, {x.shape[2]})."
    )


def timesteps_not_held(case: Case) -> Iterator[Finding]:
    """A Sequential model takes windows of another length than it declared."""
    for site in case.sites():
        declared = site.model.inputs[0] if site.model.inputs else None
        x = site.x
        if x is None or declared is None or x.rank != 3 or len(declared) != 3 or site.call.error:
            continue
        if declared[1] not in (None, x.shape[1]):
            yield finding(
                "timesteps-not-held", "input-layer", "degraded", "The window length is not the declared one",
                f"The network was declared for {declared[1]} timesteps and gets {x.shape[1]} (X has shape "
                f"{x}). A "
                "Sequential model does not check this: the recurrent layer simply takes fewer or more steps.",
                with_diff(
                    f"Declare what you feed: Input(shape=({x.shape[1]}, {x.shape[2]})).",
                    input_diff(case, f"({x.shape[1]}, {x.shape[2]})"),
                ),
                "timesteps",
            )  # fmt: skip
