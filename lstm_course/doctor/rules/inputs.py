"""Input shape: what the network was told to expect against what it was given."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.seen import ArraySeen, CallSeen, LayerSeen, Shape
from lstm_course.shapes.findings import Finding

TRAINING = ("fit", "train_on_batch", "evaluate", "test_on_batch", "")
SEQUENCE = ("LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional")


def declared_input(case: Case) -> Iterator[Finding]:
    """A recurrent layer right above the input refuses the number of declared axes."""
    layer = case.failing
    if layer is None or not layer.recurrent or layer.core.cls.startswith("ConvLSTM"):
        return
    if (
        not _is_first(case, layer)
        or case.in_call(*TRAINING[:4])
        or not case.error
        or not case.error.layer_inputs
    ):
        return
    declared = case.error.layer_inputs[0]
    if len(declared) == 4:
        yield _too_many_axes(case, declared)
    elif len(declared) == 2:
        yield _too_few_axes(case, declared)
    elif len(declared) > 4:
        yield _too_many_axes(case, declared)


def _is_first(case: Case, layer: LayerSeen) -> bool:
    return case.below_failing is None


def _too_many_axes(case: Case, declared: Shape) -> Finding:
    inner = declared[1:]
    x = next((array for array in case.arrays if array.rank >= 2), None)
    if x is not None and x.rank == len(declared) and tuple(x.shape[1:]) == inner and x.rank == 4:
        return _four_axes(case, x)
    steps, features = inner[-2], inner[-1]
    what = f"X has shape {x}: " if x is not None and x.rank == 3 else ""
    first = (
        f"the first number, {inner[0]}, is the number of samples (or the batch)"
        if inner[0] is not None
        else ("None stands for the batch axis")
    )
    return finding(
        "sample-axis-in-input-shape", "input-layer", "error",
        f"The input shape {inner} counts the samples axis too",
        f"{what}Input(shape={inner}) has {len(inner)} axes; {first}. Keras puts the batch axis in front by "
        "itself, so "
        f"the recurrent layer sees {len(declared)} axes, {declared}, where it expects 3: (batch, timesteps, "
        "features).",
        with_diff(
            f"Give only (timesteps, features), without samples: Input(shape=({steps}, {features})). For one "
            "label per "
            "sample leave return_sequences=False on the last recurrent layer and end with Dense(1).",
            _input_diff(case, f"({steps}, {features})"),
        ),
        "samples",
    )  # fmt: skip


def _four_axes(case: Case, x: ArraySeen) -> Finding:
    samples, *inner = x.shape
    ones = 1 in inner
    kept = tuple(size for size in inner if size != 1) if ones else (inner[0], inner[1] * inner[2])
    kept = kept if len(kept) == 2 else (inner[-2], inner[-1])
    return finding(
        "one-axis-too-many", "input-layer", "error", f"X has {x.rank} axes, a recurrent layer takes 3",
        f"X has shape {x} and the input is declared as {tuple(inner)}: with the batch axis these are {x.rank} "
        "axes. "
        "A recurrent layer expects 3: (batch, timesteps, features)."
        + (" One of the axes has size 1 and holds nothing." if ones else ""),
        f"Bring X to three axes: X = X.reshape({samples}, {kept[0]}, {kept[1]}) and declare "
        f"Input(shape={kept}); each "
        "timestep then holds all of its values as features.",
        "timesteps",
    )  # fmt: skip


def _too_few_axes(case: Case, declared: Shape) -> Finding:
    size = declared[-1]
    x = next((array for array in case.arrays if array.rank >= 2 and array.dtype != "bool"), None)
    seen = f"X has shape {x}; " if x is not None else ""
    if x is not None and x.rank == 3:
        steps, features = x.shape[1:]
        return finding(
            "timesteps-axis-missing", "input-layer", "error", "The input shape lacks the timesteps axis",
            f"{seen}Input(shape=({size},)) declares one axis. With the batch axis these are 2, and a "
            "recurrent layer "
            "expects 3: (batch, timesteps, features).",
            with_diff(
                f"Declare both axes of a sample: Input(shape=({steps}, {features})), that is (timesteps, "
                "features).",
                _input_diff(case, f"({steps}, {features})"),
            ),
            "timesteps",
        )  # fmt: skip
    return finding(
        "timesteps-axis-missing", "input-layer", "error", "A table goes in where a sequence is expected",
        f"{seen}Input(shape=({size},)) declares one axis. With the batch axis these are 2, (batch, {size}), "
        "and a "
        "recurrent layer expects 3: (batch, timesteps, features). The timesteps axis is missing.",
        with_diff(
            f"If the {size} columns are {size} successive values of one series, add a features axis: X = "
            "X[..., "
            f"np.newaxis] gives (samples, {size}, 1), and Input(shape=({size}, 1)). If they are {size} "
            "different "
            f"features measured at one time, cut windows of L rows: X (samples, L, {size}), Input(shape=(L, "
            f"{size})); "
            f"X.reshape(-1, 1, {size}) with Input(shape=(1, {size})) runs too, with a single timestep.",
            _input_diff(case, f"({size}, 1)"),
        ),
        "timesteps",
    )  # fmt: skip


def _input_diff(case: Case, shape: str) -> str:
    for call in case.program.calls_of("Input"):
        return case.program.change_first(call.lineno, "Input", f"shape={shape}" if not call.args and any(
            keyword.arg == "batch_shape" for keyword in call.keywords) else shape, "shape")  # fmt: skip
    for layer in case.capture.layers:
        if "input_shape" in layer.given and layer.line:
            return case.program.change(layer.line, layer.cls, input_shape=shape)
    return ""


def undeclared_input(case: Case) -> Iterator[Finding]:
    """A model that declares no input begins with a recurrent layer and is given a table."""
    call = case.stopped_call
    model = case.capture.model(call.model) if call else None
    if call is None or model is None or model.inputs or len(call.x) != 1 or not call.x:
        return
    x = call.x[0]
    first = next(
        (layer for layer in model.layers if layer.cls != "InputLayer"), None
    )  # Keras adds one as it builds
    if first is None or not first.recurrent or x.rank != 2:
        return
    rows, columns = x.shape
    yield finding(
        "features-axis-missing", "input-layer", "error", "X has two axes, a recurrent layer takes three",
        f"X has shape {x}; the first layer, {first.cls}, reads (batch, timesteps, features).",
        "If each row is a window of one feature, add the features axis: X[..., np.newaxis] gives "
        f"({rows}, {columns}, 1). If each row is one moment with {columns} features, cut windows of L rows: "
        f"X (samples, L, {columns}).",
        "features",
    )  # fmt: skip


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
        yield _number_of_inputs(call, model.inputs)
        return
    pairs = sorted(zip(call.x, model.inputs, strict=True), key=lambda pair: pair[0].rank == len(pair[1]))
    for x, declared in pairs:
        found = _compare_input(case, call, x, declared)
        if found:
            yield found
            return


def _number_of_inputs(call: CallSeen, declared: tuple[Shape, ...]) -> Finding:
    many = len(call.x) > len(declared)
    shapes = ", ".join(str(x) for x in call.x[:4]) + (", …" if len(call.x) > 4 else "")
    fix = (
        "Join the arrays into one before the call: X = np.stack(list_of_windows) gives (samples, timesteps, "
        "features)."
        if many and len(declared) == 1
        else f"Pass one array per input, in the order of Model(inputs=…): a list of {len(declared)}."
    )
    return finding(
        "number-of-inputs", "input-layer", "error",
        f"The model has {len(declared)} input{'s' * (len(declared) > 1)} and gets {len(call.x)}",
        f"{call.method} was given {len(call.x)} array{'s' * (len(call.x) > 1)}, {shapes}; the model declares "
        f"{', '.join(map(str, declared))}. A Python list of arrays means one array per input, not one per "
        "sample.",
        fix, "samples",
    )  # fmt: skip


def _compare_input(case: Case, call: CallSeen, x: ArraySeen, declared: Shape) -> Finding | None:
    want = declared[1:]
    if x.kind in ("ragged", "text", "object") or not x.shape:
        return None
    if call.batched and call.source == "dataset" and (x.shape == want or x.rank == len(want)):
        return _unbatched(x, declared)
    if len(want) == 2 and x.rank == 2 and want[1] != 1:
        return _table(case, x, want)
    if len(want) == 2 and x.rank == 1:
        return _plain_series(x, want)
    if len(want) == 2 and x.rank == 4:
        return _four_axes(case, x)
    if len(want) == 1 and x.rank == 3:
        return _too_few_axes(case, declared)
    if len(want) == 2 and x.rank == 3:
        return _sizes(case, x, want)
    if len(want) == x.rank - 1 and any(w not in (None, s) for w, s in zip(want, x.shape[1:], strict=True)):
        return _other_sizes(x, want)
    if len(want) > x.rank:
        return _frames_missing(x, want)
    return None


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
            _input_diff(case, f"(L, {columns})"),
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
                _input_diff(case, f"({steps}, {features})"),
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
                _input_diff(case, f"({steps}, {features})"),
            ),
            "timesteps",
        )  # fmt: skip
    return None


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
        "X[:, np.newaxis] (one timestep) or X[..., np.newaxis] (one feature).",
        "timesteps",
    )  # fmt: skip


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
                    _input_diff(case, f"({x.shape[1]}, {x.shape[2]})"),
                ),
                "timesteps",
            )  # fmt: skip


def embedding_input(case: Case) -> Iterator[Finding]:
    """An Embedding takes whole numbers from 0 to input_dim - 1, one per timestep."""
    for layer in case.layers:
        if layer.cls != "Embedding":
            continue
        x = next((array for call in case.capture.calls for array in call.x if array.rank >= 1), None)
        size = layer.get("input_dim")
        if x is None or not isinstance(size, int):
            continue
        if not x.whole:
            yield finding(
                "floats-into-embedding", "input-layer", "wrong-result", "An Embedding gets measured values",
                f"X runs from {x.low:.4g} to {x.high:.4g} with fractions. Embedding({size}, …) looks up whole "
                "numbers "
                f"from 0 to {size - 1}; fractions are cut off, so most values fall on the same few rows.",
                "Leave the Embedding out and feed the values as features: Input(shape=(timesteps, features)) "
                "straight "
                "into the recurrent layer. An Embedding is for words and other numbered things.",
                "features",
            )  # fmt: skip
        elif case.raised and (x.high >= size or x.low < 0):
            yield finding(
                "token-out-of-range", "input-layer", "error", "A token number lies outside the Embedding",
                f"X holds whole numbers from {x.low:.0f} to {x.high:.0f}; Embedding(input_dim={size}) knows 0 "
                "to "
                f"{size - 1}.",
                with_diff(
                    f"Set input_dim to the largest number plus one: Embedding({int(x.high) + 1}, …); number 0 "
                    "is "
                    "usually kept for padding.",
                    case.program.change_first(layer.line, "Embedding", str(int(x.high) + 1), "input_dim"),
                ),
                "features",
            )  # fmt: skip
