"""Padding that counts where it should not: in the loss, after a scaler, after an operation that forgets the mask."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, Site, finding
from lstm_course.doctor.seen import ArraySeen, LayerSeen, ModelSeen
from lstm_course.shapes.findings import Finding

LESSON = "unequal-lengths"
RESCALING = (
    "Normalization",
    "BatchNormalization",
    "LayerNormalization",
    "Rescaling",
    "Dense",
    "TimeDistributed",
)


def at_the_other_end(case: Case) -> Iterator[Finding]:
    """What the network is asked is padded at the other end than what it was trained on."""
    for call in case.capture.calls:
        trained = next((one for one in case.capture.trainings if one.model == call.model and one.x), None)
        if (
            trained is None
            or call.method not in ("predict", "evaluate", "predict_on_batch", "__call__")
            or not call.x
        ):
            continue
        ends = _end(trained.x[0]), _end(call.x[0])
        if None in ends or ends[0] == ends[1] or call.x[0].shape[0] < 8:
            continue
        yield finding(
            "padded-at-the-other-end", "windowing", "wrong-result", "Training and test are padded at different ends",
            f"fit (line {trained.line}) was given samples that are padded at the {ends[0]}, {call.method} (line "
            f"{call.line}) samples that are padded at the {ends[1]}. The network learned to answer after the last "
            "value; now the padding stands elsewhere.",
            f"Pad all alike: pad_sequences(…, padding={'pre' if ends[0] == 'beginning' else 'post'!r}) for both "
            "(pad_sequences pads at the beginning unless it is told otherwise).",
            "timesteps", LESSON,
        )  # fmt: skip
        return


def _end(x: ArraySeen) -> str | None:
    """Say at which end most samples are padded; None where they are not, or at both."""
    pad = x.padding
    if pad is None or pad.row or pad.num_inside > 0.2 * pad.num_samples:
        return None
    few, many = sorted((pad.num_before, pad.num_after))
    if many < 0.3 * pad.num_samples or few > 0.1 * pad.num_samples:
        return None
    return "beginning" if pad.num_before > pad.num_after else "end"


def in_the_loss(case: Case) -> Iterator[Finding]:
    """Labels per timestep are padded, and neither a mask nor weights keep the padding out of the loss."""
    for site in case.sites():
        model, y, output = site.model, site.y, site.output()
        own = model.custom_step or model.loss_kind.startswith("custom") or not model.loss
        if own or y is None or output is None or site.call.error or site.call.weights_given:
            continue
        if len(output) != 3 or y.rank < 2 or y.shape[1] != output[1] or not _padded_alike(site, y):
            continue
        silent = (
            y.rank == 3 and y.row_sums is not None and y.row_sums[0] == 0
        )  # one-hot rows of zeros cost nothing
        if _mask_arrives(model) or (silent and site.loss() == "categorical_crossentropy"):
            continue
        yield _counted(site, y)
        return


def _padded_alike(site: Site, y: ArraySeen) -> bool:
    """Whether inputs and labels are padded at the same end, in more than a third of the samples."""
    pads = [one.padding for one in (*site.call.x, y) if one.padding and one.shape[1] == y.shape[1]]
    if y.padding is None or len(pads) < 2:
        return False
    mine, theirs = y.padding, pads[0]
    if theirs.num_inside > 0.2 * theirs.num_samples:
        return False  # a value that stands everywhere is data
    after = min(mine.num_after, theirs.num_after)
    before = min(mine.num_before, theirs.num_before)
    return max(after, before) > 0.3 * theirs.num_samples


def _mask_arrives(model: ModelSeen) -> bool:
    last = next((layer for layer in model.layers if layer.id == model.last), None)
    last = last or (model.layers[-1] if model.layers else None)
    return last is not None and last.mask_out


def _counted(site: Site, y: ArraySeen) -> Finding:
    pad = y.padding
    count, total = (max(pad.num_before, pad.num_after), pad.num_samples) if pad else (0, 0)
    lost = [layer for layer in site.model.layers if layer.mask_in and not layer.mask_out]
    where = (
        f" The mask ends at {lost[-1].cls}, which does not hand it on." if lost else " No mask reaches it."
    )
    return finding(
        "padding-in-the-loss", "loss", "wrong-result", "Padded timesteps count in the loss",
        f"{count} of {total} samples of y, {y}, end or begin with padding, and the loss takes every timestep: the "
        "network is rewarded for answering with padding, and loss and accuracy look better than the real timesteps "
        f"are.{where}",
        "Let a mask reach the loss: mask_zero=True in the Embedding, or Masking, and above it only layers that hand "
        "the mask on (LSTM, Dense, Dropout). Or weigh the timesteps: fit(…, sample_weight=(x != 0).astype('float32')) "
        "of shape (samples, timesteps).",
        "timesteps", LESSON,
    )  # fmt: skip


def moved_by_a_scaler(case: Case) -> Iterator[Finding]:
    """A scaler or a layer changes the padding before Masking looks for it."""
    for site in case.sites():
        x, layers = site.x, site.model.layers
        masking = next((layer for layer in layers if layer.cls == "Masking"), None)
        if x is None or x.rank != 3 or masking is None or x.padding is None or len(site.call.x) != 1:
            continue
        value, pad = float(masking.get("mask_value") or 0.0), x.padding
        if pad.num_inside > 0.2 * pad.num_samples or pad.num_before + pad.num_after <= 0.3 * pad.num_samples:
            continue
        below = layers[: [layer.id for layer in layers].index(masking.id)]
        changing = next((layer for layer in below if layer.cls in RESCALING), None)
        if pad.row:
            yield _moved(
                pad.row,
                value,
                "They were padded first and scaled afterwards, each feature by its own figures.",
            )
            return
        if changing is not None and site.model.kind != "Subclassed" and pad.value == value:
            yield _under(changing, value)
            return


def _moved(row: tuple[float, ...], value: float, why: str) -> Finding:
    shown = ", ".join(f"{one:.3g}" for one in row[:4]) + (", …" if len(row) > 4 else "")
    return finding(
        "padding-scaled-away", "scaling", "wrong-result", "A scaler moved the padding away from the mask value",
        f"Samples begin or end with timesteps of ({shown}), of different number: padding. {why} "
        f"Masking(mask_value={value:g}) looks for {value:g} in every feature, finds none, and padding is read as data.",
        "Scale the real timesteps first, with figures of theirs alone, and pad afterwards with the mask value; or set "
        "it again after scaling: x[padded] = mask_value, with padded = (raw == 0).all(axis=-1).",
        "timesteps", LESSON,
    )  # fmt: skip


def _under(layer: LayerSeen, value: float) -> Finding:
    return finding(
        "padding-scaled-away", "between-layers", "wrong-result", f"{layer.cls} changes the padding under Masking",
        f"X is padded with {value:g}, and {layer.cls} lies between the input and Masking(mask_value={value:g}): what "
        f"arrives at Masking is no longer {value:g}, so nothing is masked and padding is read as data.",
        f"Put Masking first, right above the input, and {layer.cls} after it.",
        "timesteps", LESSON,
    )  # fmt: skip


def forgotten_by_arithmetic(case: Case) -> Iterator[Finding]:
    """keras.ops or plain arithmetic stands between a mask and the recurrent layer that needs it."""
    for site in case.sites():
        model = site.model
        known = {layer.id: layer for layer in model.layers}
        padded = any(x.padding for x in site.call.x)
        for place, layer in enumerate(model.layers):
            giving = [one for one in layer.inbound if one in known and known[one].mask_out]
            user = next((one for one in model.layers[place:] if one.recurrent), None)
            if padded and layer.through and giving and not layer.mask_in and user and not user.mask_in:
                yield _forgotten(
                    user, f"{', '.join(layer.through)} (keras.ops or an operator) makes a new tensor"
                )
                return
        if padded and model.kind == "Subclassed" and len(site.call.x) == 1:
            yield from _in_call(model)


def _in_call(model: ModelSeen) -> Iterator[Finding]:
    first = next((place for place, layer in enumerate(model.layers) if layer.mask_out), None)
    user = (
        next((layer for layer in model.layers[first:] if layer.recurrent), None)
        if first is not None
        else None
    )
    if user is not None and not user.mask_in and not any(layer.mask_in for layer in model.layers):
        yield _forgotten(user, "an operation in call() makes a new tensor")


def _forgotten(user: LayerSeen, what: str) -> Finding:
    return finding(
        "mask-dropped", "between-layers", "wrong-result", "The mask is lost on the way to the recurrent layer",
        f"A mask is made, and {what}, which has no mask: masks are handed on by layers alone. {user.core.cls} reads "
        "the padded timesteps as data, and nothing is raised.",
        f"Pass the mask yourself: {user.core.cls}(…)(x, mask=masking.compute_mask(inputs)); or put Masking right "
        "under the recurrent layer; or do the arithmetic in a layer of your own with self.supports_masking = True.",
        "timesteps", LESSON,
    )  # fmt: skip


def cut_short(case: Case) -> Iterator[Finding]:
    """pad_sequences cuts a part of most sequences away."""
    for event in case.capture.events:
        share = event.detail.get("cut", 0.0)
        if event.what != "pad_sequences" or share < MANY_CUT or case.error is not None:
            continue
        end = "end" if event.detail.get("truncating") == "post" else "beginning"
        yield finding(
            "sequences-cut", "windowing", "degraded", f"Most sequences lose their {end}",
            f"Line {event.line}: {share:.0%} of the sequences are longer than maxlen={event.detail.get('maxlen')}, and "
            f"pad_sequences takes their {end} away"
            f"{' (truncating=' + repr('pre') + ' unless it is told otherwise)' if end == 'beginning' else ''}.",
            "Choose maxlen so that few are cut: int(np.percentile([len(s) for s in sequences], 95)); truncating='post' "
            "keeps the beginnings, 'pre' the ends.",
            "timesteps", LESSON,
        )  # fmt: skip
        return


MANY_CUT = 0.5  # share of the sequences
