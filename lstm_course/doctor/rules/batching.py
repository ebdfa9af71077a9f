"""Batches and kept state: sizes that must agree, and an order that must stay."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.seen import ArraySeen, CallSeen, LayerSeen, ModelSeen
from lstm_course.shapes.findings import Finding, Severity


def fixed_batch(model: ModelSeen) -> int | None:
    """Give the batch size that a model was built for, or None."""
    return next((shape[0] for shape in model.inputs if shape and shape[0] is not None), None)


def batch_of(call: CallSeen) -> int | None:
    """Give the size of a call's batches."""
    if not call.x or not call.x[0].shape:
        return None
    count = call.x[0].shape[0]
    if call.batched or call.method.endswith("batch") or call.method == "__call__":
        return count
    return min(call.batch_size or 32, count)


def sizes(case: Case) -> Iterator[Finding]:
    """The batches of a call do not have the size that the model was built for."""
    for call in case.capture.calls:
        model = case.capture.model(call.model)
        if model is None or not call.x or not call.x[0].shape:
            continue
        if (
            call.x
            and model.inputs
            and call.x[0].rank != len(model.inputs[0])
            and call.x[0].rank not in (len(model.inputs[0]) - 1,)
        ):
            continue
        fixed, batch = fixed_batch(model), batch_of(call)
        kept = model.stateful
        if fixed is None or batch is None or not (call.error or case.capture.live):
            continue
        if (
            case.error
            and case.failing is not None
            and case.error.layer_inputs
            and _features_differ(model, call)
        ):
            continue
        found = _against_fixed(case, call, fixed, batch, bool(kept))
        if found:
            yield found
            return


def _features_differ(model: ModelSeen, call: CallSeen) -> bool:
    declared, shape = model.inputs[0], call.x[0].shape
    return len(declared) == len(shape) and declared[-1] not in (None, shape[-1])


def _against_fixed(case: Case, call: CallSeen, fixed: int, batch: int, kept: bool) -> Finding | None:
    count = call.x[0].shape[0]
    why = (
        "A stateful layer keeps one state per row of the batch"
        if kept
        else "The input has a fixed batch size"
    )
    if (not call.batched and (call.batch_size or 32) == fixed) or (call.batched and batch == fixed):
        parts = _parts(call)
        bad = next(((name, size) for name, size in parts if size % fixed), None)
        if bad is None:
            return None
        name, size = bad
        if size < fixed:
            extra = f"There are {size} samples in {name}, fewer than one batch of {fixed}."
        else:
            rest = size % fixed
            extra = f"{name}: {size} = {size // fixed} × {fixed} + {rest}, so the last batch has {rest}."
        return finding(
            "samples-not-divisible", "batching", "error",
            f"{size:,} samples in {name} are no multiple of the batch size {fixed}",
            f"{why}, {fixed} rows. {extra}",
            f"Trim to a multiple: X = X[:{size - size % fixed or fixed}] and y the same ({size // fixed} × "
            f"{fixed} = "
            f"{size - size % fixed}), or build the model for a batch size that divides {size}: "
            f"{_divisors(size)}.",
            "batch",
        )  # fmt: skip
    given = f"batch_size={call.batch_size}" if call.batch_size else "no batch_size, so Keras takes 32"
    if call.batched or call.method.endswith("batch") or call.method == "__call__":
        given = f"batches of {batch}"
    predicting = call.method.startswith("predict")
    few = count < fixed
    fix = (
        f"Pass batch_size={fixed} to fit, evaluate and predict; the number of samples must be a multiple of "
        f"{fixed}."
        if not few else
        f"To ask for {count} sample{'s' * (count > 1)} build the same model for a batch of {count} "
        f"(Input(batch_shape=({count}, …))) and copy the weights: small.set_weights(model.get_weights()); or "
        "repeat the "
        f"window {fixed} times."
    )  # fmt: skip
    method = {"__call__": ""}.get(call.method, call.method)
    return finding(
        "batch-size-differs", "prediction" if predicting and few else "batching", "error",
        f"Built for batches of {fixed}, {method or 'called'} with {given}",
        f"The model was built for batches of {fixed}. {call.method if method else 'The call'} was given X of "
        "shape "
        f"{call.x[0]} with {given}{' (one prediction at a time)' if predicting and few else ''}. {why}, "
        f"{fixed} rows.",
        with_diff(fix, case.program.change(call.line, method, batch_size=str(fixed)) if method and not few else ""),
        "batch",
    )  # fmt: skip


def _parts(call: CallSeen) -> list[tuple[str, int]]:
    if call.batched:
        return [("the last batch of the data set", call.last_batch)] if call.last_batch else []
    count = call.x[0].shape[0]
    if call.validation_split:
        border = int(count * (1 - call.validation_split))
        return [("the training part", border), ("the validation part", count - border)]
    parts = [("X", count)]
    return parts + (
        [("validation_data", call.val_x[0].shape[0])] if call.val_x and call.val_x[0].shape else []
    )


def _divisors(size: int) -> str:
    found = [number for number in range(1, min(size, 256) + 1) if size % number == 0]
    return ", ".join(map(str, found[-5:]))


def stateful_order(case: Case) -> Iterator[Finding]:
    """A stateful layer needs its samples in order, in full batches, and a reset between series."""
    for site in case.sites():
        call, model = site.call, site.model
        if not model.stateful or not call.x or not call.x[0].shape:
            continue
        if _apart(case, call):
            yield _carried_over(case, call, model.stateful[0])
            continue
        if call.method != "fit":
            continue
        yield from _shuffled(case, call, model)
        yield from _remainder(call)
        yield from _lanes(call)
        yield from _never_reset(case, call, model.stateful)


def _apart(case: Case, call: CallSeen) -> bool:
    """Whether the samples are cases of their own, each with its class, and no state is ever reset."""
    x, y = call.x[0], call.y[0] if len(call.y) == 1 else None
    more = call.num_batches or -(-x.shape[0] // (call.batch_size or 32))
    again = sum(one.method == "train_on_batch" and one.model == call.model for one in case.capture.calls)
    several = again > 1 if call.method == "train_on_batch" else more > 1
    if y is None or not several or call.in_series or x.shift or x.rank != 3 or x.shape[1] < 3:
        return False
    one_each = y.rank == 1 or (y.rank == 2 and (y.shape[1] == 1 or y.one_hot))
    resets = any(event.what == "reset_state" for event in case.capture.events)
    text = x.one_hot or (x.whole and x.num_unique > 2)  # letters or words may be one long text
    return one_each and y.whole and y.num_unique <= 20 and not resets and not text


def _carried_over(case: Case, call: CallSeen, layer: LayerSeen) -> Finding:
    size = call.batch_size or (call.x[0].shape[0] if call.batched or call.method != "fit" else 32)
    return finding(
        "state-across-samples", "state", "wrong-result", "The state of one sample goes into another",
        f"{layer.core.cls} is stateful and never reset, and the samples of X {call.x[0]} are cases of their own: "
        "each has its class, and none goes on where another ends. Row i of every batch starts from the state that "
        f"row i of the batch before left, {size} samples earlier.",
        with_diff(
            "Drop stateful=True: every sample then starts from zeros. Or reset the layer before every batch: "
            "layer.reset_state().",
            case.program.change(layer.place, layer.core.cls, stateful=None),
        ),
        "batch",
    )  # fmt: skip


def _shuffled(case: Case, call: CallSeen, model: ModelSeen) -> Iterator[Finding]:
    if call.source == "dataset" and call.reshuffled:
        yield _dataset_shuffled(call)
    if call.source != "arrays" or call.shuffle in (False, 0):
        return
    steps = -(-call.x[0].shape[0] // (call.batch_size or 32))
    severity: Severity = "wrong-result" if steps > 1 else "degraded"
    said = "shuffle=True" if call.shuffle else "shuffle is not given, and its default is True"
    yield finding(
        "stateful-shuffled", "batching", severity, "A stateful layer is trained on shuffled samples",
        f"{said}: each epoch draws the {call.x[0].shape[0]:,} samples in a new order. stateful=True carries "
        "the state of "
        "row i to row i of the next batch, which now belongs to some other time.",
        with_diff(
            "Set shuffle=False, and order the samples so that row i of a batch continues row i of the batch "
            "before it; "
            "or drop stateful=True.",
            case.program.change(call.line, "fit", shuffle="False"),
        ),
        "batch",
    )  # fmt: skip


def _dataset_shuffled(call: CallSeen) -> Finding:
    return finding(
        "stateful-shuffled", "batching", "wrong-result", "A stateful layer is trained on shuffled samples",
        f"Line {call.line}: the data set shuffles, so each epoch hands out its samples in a new order. stateful=True "
        "carries the state of row i to row i of the next batch, which now belongs to some other time.",
        "Take .shuffle(…) out of the data set (timeseries_dataset_from_array: shuffle=False) and order the samples so "
        "that row i of a batch continues row i of the batch before it; or drop stateful=True.",
        "batch",
    )  # fmt: skip


def _remainder(call: CallSeen) -> Iterator[Finding]:
    size = call.batch_size or 32
    rest = [(name, count) for name, count in _parts(call) if count % size == 1 and count > size and size > 1]
    if call.error or call.batched or not rest:
        return
    name, count = rest[0]
    yield finding(
        "stateful-remainder-of-one", "batching", "wrong-result",
        "The last batch holds one sample, and nothing is raised",
        f"{name}: {count} = {count // size} × {size} + 1. The last batch has 1 row, the kept state {size}; "
        "with exactly "
        "one row left over, Keras stretches it over the kept states and says nothing.",
        f"Trim to a multiple of {size}: {count - 1} samples; or choose a batch size that divides "
        f"{count}.", "batch",
    )  # fmt: skip


def _lanes(call: CallSeen) -> Iterator[Finding]:
    x, size = call.x[0], call.batch_size or 32
    if call.batched or x.rank != 3 or call.shuffle not in (False, 0):
        return
    if call.in_series and 1 < size < x.shape[0]:
        yield _side_by_side(x, size)
    if not 0 < x.shift < x.shape[1]:
        return
    yield finding(
        "stateful-overlap", "batching", "degraded", "The kept state meets windows that overlap",
        f"Each window begins {x.shift} row(s) after the one before and has {x.shape[1]} timesteps; with "
        f"batches of {size} "
        f"row i of the next batch begins {x.shift * size} rows later, while its state comes from the end of "
        "the window "
        "before.",
        "For kept state use windows that do not overlap, ordered in lanes: lane i of a batch continues lane "
        "i of the "
        "batch before. Or drop stateful and use longer windows.",
        "batch",
    )  # fmt: skip


def _side_by_side(x: ArraySeen, size: int) -> Finding:
    count = x.shape[0]
    return finding(
        "stateful-side-by-side", "batching", "wrong-result", "Successive samples lie side by side in a batch",
        f"Each sample of X, {x}, goes on where the one before it ends, and a batch holds {size} of them. The state of "
        f"row i goes to row i of the next batch, which begins {size} samples later: every state meets a window that is "
        "not its continuation.",
        f"Put the series into {size} lanes, so that row i of a batch continues row i of the batch before it: "
        f"order = np.arange({count}).reshape({size}, -1).T.ravel(); X, y = X[order], y[order] "
        f"({count} must be a multiple of {size}). Or use batch_size=1, or drop stateful=True.",
        "batch",
    )  # fmt: skip


def _never_reset(case: Case, call: CallSeen, layers: tuple[LayerSeen, ...]) -> Iterator[Finding]:
    resets = any(event.what == "reset_state" for event in case.capture.events)
    if not resets and call.epochs > 1 and not call.error:
        yield finding(
            "never-reset", "state", "degraded", "The state is never reset between epochs",
            f"fit runs {call.epochs} epochs, and the state at the end of one goes into the start of the next.",
            "Reset it after each epoch, in a callback's on_epoch_end or in a loop of fit(epochs=1): for "
            "layer in "
            "model.layers: if hasattr(layer, 'reset_state'): layer.reset_state().",
            "batch",
        )  # fmt: skip


def without_batch_size(case: Case) -> Iterator[Finding]:
    """A stateful layer was built without a batch size."""
    stateful = [layer for layer in case.layers if layer.recurrent and layer.get("stateful")]
    if not stateful or not case.error:
        return
    layer = stateful[0]
    open_batch = (
        any(shape and shape[0] is None for shape in layer.inputs)
        or not layer.inputs
        or (case.error.layer_inputs and case.error.layer_inputs[0][:1] == (None,))
    )
    if open_batch and case.says("batch_shape", "batch size", "batch_size", "statically", "stateful"):
        steps, features = (
            layer.inputs[0][1:] if layer.inputs and len(layer.inputs[0]) == 3 else ("timesteps", "features")
        )
        yield finding(
            "stateful-without-batch-size", "batching", "error", "A stateful layer is not told the batch size",
            f"{layer.core.cls}(stateful=True) keeps one state per row of the batch, so the batch size must be "
            "fixed when "
            "the model is built; the input is declared as "
            f"{layer.inputs[0] if layer.inputs else (None, steps, features)}.",
            f"Declare it: Input(batch_shape=(batch_size, {steps}, {features})), and pass the same batch_size "
            "to fit, "
            "evaluate and predict.",
            "batch",
        )  # fmt: skip
