"""Padding and masks: which timesteps are real, and who is told."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.arrays import MAX_SAMPLES
from lstm_course.doctor.rules.context import Case, Site, finding, with_diff
from lstm_course.doctor.seen import ArraySeen, LayerSeen, Padding
from lstm_course.shapes.findings import Finding

LESSON = "unequal-lengths"


def padded_as_whole_numbers(case: Case) -> Iterator[Finding]:
    """pad_sequences makes int32 unless told otherwise."""
    for event in case.capture.events:
        if (
            event.what == "pad_sequences"
            and event.detail.get("floats")
            and "float" not in event.detail.get("dtype", "")
        ):
            yield finding(
                "padding-cuts-fractions", "windowing", "wrong-result", "pad_sequences cut off the fractions",
                f"Line {event.line}: the sequences hold fractions, and pad_sequences makes dtype "
                f"{event.detail.get('dtype', 'int32, its default')}: 0.7 becomes 0, and scaled values become "
                "almost all "
                "zeros.",
                with_diff(
                    "Say the dtype: keras.utils.pad_sequences(sequences, dtype='float32', padding='post').",
                    case.program.change(event.line, "pad_sequences", dtype="'float32'"),
                ),
                "timesteps", LESSON,
            )  # fmt: skip
            return


def mask_values(case: Case) -> Iterator[Finding]:
    """The value that marks padding, and the value that Masking looks for."""
    for site in case.sites():
        x = site.x
        masking = next((layer for layer in site.model.layers if layer.cls == "Masking"), None)
        embedding = next((layer for layer in site.model.layers if layer.cls == "Embedding"), None)
        if x is None or not site.model.recurrents:
            continue
        if masking is not None:
            yield from _with_masking(case, x, masking)
        elif embedding is not None:
            yield from _with_embedding(case, x, embedding)
        elif x.padding is not None and x.rank == 3 and _unequal(x):
            yield _unmasked(case, x)


def _unequal(x: ArraySeen) -> bool:
    pad = x.padding
    if pad is None or pad.row or pad.num_inside > 0.2 * pad.num_samples:
        return False  # a value that stands everywhere is data, even where it stands at the ends
    return pad.num_before + pad.num_after > 0.3 * pad.num_samples


def _many_ends(pad: Padding) -> bool:
    return pad.num_before + pad.num_after > 0.3 * pad.num_samples


def _holds(x: ArraySeen, value: float) -> bool:
    return value in x.values if x.values else x.low <= value <= x.high


def _with_masking(case: Case, x: ArraySeen, masking: LayerSeen) -> Iterator[Finding]:
    value, pad = float(masking.get("mask_value") or 0.0), x.padding
    holds = any(_holds(one, value) for call in case.capture.calls for one in call.x)
    if pad is not None and pad.value != value and _unequal(x):
        yield finding(
            "mask-value-differs", "input-layer", "wrong-result", f"Padded with {pad.value:g}, masked at {value:g}",
            f"{max(pad.num_before, pad.num_after)} of {pad.num_samples} samples are padded with timesteps of "
            f"{pad.value:g}; "
            f"Masking(mask_value={value:g}) looks for {value:g} and masks none of them, so padding is read as "
            "data.",
            with_diff(
                f"Use one value for both: Masking(mask_value={pad.value:g}), if {pad.value:g} does not occur "
                "in the data.",
                case.program.change(masking.line, "Masking", mask_value=f"{pad.value:g}"),
            ),
            "timesteps", LESSON,
        )  # fmt: skip
    elif (
        pad is not None and pad.value == value and pad.num_inside > 0.05 * pad.num_samples and _many_ends(pad)
    ):
        yield finding(
            "mask-value-in-data", "windowing", "wrong-result", f"The mask value {value:g} occurs in the data",
            f"{pad.num_inside} of {pad.num_samples} samples hold timesteps of {value:g} in their middle, "
            "where no padding "
            f"is: Masking(mask_value={value:g}) skips these too.",
            "Pad with a value that the data cannot have, such as -1 after scaling to 0…1 or -10 after "
            "standardising, and "
            "tell Masking the same: pad_sequences(…, value=-10.0), Masking(mask_value=-10.0).",
            "timesteps", LESSON,
        )  # fmt: skip
    elif pad is None and not holds and x.rank == 3:
        yield finding(
            "mask-without-padding", "input-layer", "degraded", f"Masking looks for {value:g}, which X does not hold",
            f"X runs from {x.low:.4g} to {x.high:.4g}; no timestep consists of {value:g}, so Masking masks "
            "nothing.",
            "Use the value that the padding has, or leave Masking out.", "timesteps", LESSON,
        )  # fmt: skip


def _with_embedding(case: Case, x: ArraySeen, embedding: LayerSeen) -> Iterator[Finding]:
    pad = x.padding
    if x.rank == 2 and x.whole and embedding.get("mask_zero") and _zero_is_a_word(x):
        yield _word_zero(case, x, embedding)
        return
    if pad is None or x.rank != 2 or not x.whole:
        return
    if embedding.get("mask_zero") and pad.value == 0 and pad.num_inside > 0.3 * pad.num_samples:
        yield finding(
            "token-zero-is-masked", "windowing", "degraded", "Number 0 is padding and a word",
            f"{pad.num_inside} of {pad.num_samples} samples hold 0 in their middle; mask_zero=True skips it "
            "there too.",
            "Number the words from 1, keep 0 for padding: X = X + 1 before padding, and input_dim one larger.",
            "timesteps", LESSON,
        )  # fmt: skip
    elif embedding.get("mask_zero") and pad.value != 0 and _unequal(x):
        yield finding(
            "mask-value-differs", "input-layer", "wrong-result", f"Padded with {pad.value:g}, masked at 0",
            f"{max(pad.num_before, pad.num_after)} of {pad.num_samples} samples are padded with {pad.value:g}; "
            "mask_zero=True masks 0 alone, so padding is read as a word.",
            "Pad with 0 and number the words from 1: pad_sequences(sequences, value=0).", "timesteps", LESSON,
        )  # fmt: skip
    elif not embedding.get("mask_zero") and pad.value == 0 and _unequal(x):
        yield finding(
            "padding-not-masked", "input-layer", "degraded", "Padding is read as a word",
            f"{max(pad.num_before, pad.num_after)} of {pad.num_samples} samples are padded with 0, and the "
            "Embedding has "
            "no mask_zero=True: the recurrent layer reads on over the padding.",
            with_diff(
                "Set mask_zero=True, and keep number 0 for padding.",
                case.program.change(embedding.line, "Embedding", mask_zero="True"),
            ),
            "timesteps", LESSON,
        )  # fmt: skip


def _zero_is_a_word(x: ArraySeen) -> bool:
    """Whether 0 stands inside most samples, as the other numbers do, and pads none of them."""
    pads = x.padding is not None and x.padding.value == 0 and _unequal(x) and _many_ends(x.padding)
    return not pads and x.zero_inside > 0.3 * min(x.shape[0], MAX_SAMPLES)


def _word_zero(case: Case, x: ArraySeen, embedding: LayerSeen) -> Finding:
    size = embedding.get("input_dim")
    return finding(
        "word-zero-is-masked", "input-layer", "wrong-result", "Number 0 is a word, and mask_zero=True skips it",
        f"X {x} holds 0 at {x.num_zero:,} places, inside {x.zero_inside:,} samples, and none of them ends in padding: "
        "0 is a token of its own. mask_zero=True takes it for padding, so the recurrent layer skips it everywhere.",
        with_diff(
            f"Number the tokens from 1 (X = X + 1) and make the table one larger, Embedding({int(size or 0) + 1}, …, "
            "mask_zero=True); or leave mask_zero out, where nothing is padded.",
            case.program.change(embedding.line, "Embedding", mask_zero=None),
        ),
        "timesteps", LESSON,
    )  # fmt: skip


def _unmasked(case: Case, x: ArraySeen) -> Finding:
    pad = x.padding
    value, count, total = (
        (pad.value, max(pad.num_before, pad.num_after), pad.num_samples) if pad else (0.0, 0, 0)
    )
    where = "begin" if pad and pad.num_before > pad.num_after else "end"
    return finding(
        "padding-not-masked", "input-layer", "degraded", "Padding is read as data",
        f"{count} of {total} samples {where} with timesteps of {value:g}, of different number: padding. No "
        "Masking layer "
        "says so, and the recurrent layer reads on over it.",
        f"Put keras.layers.Masking(mask_value={value:g}) under the first recurrent layer; the value must not "
        "occur in the "
        "data.",
        "timesteps", LESSON,
    )  # fmt: skip


USE_MASKS = (
    "InputLayer",
    "Dense",
    "Attention",
    "AdditiveAttention",
    "MultiHeadAttention",
    "GroupedQueryAttention",
)


def mask_dropped(case: Case) -> Iterator[Finding]:
    """A layer between the mask and its user does not pass the mask on."""
    for site in case.sites():
        layers = site.model.layers
        for place, layer in enumerate(layers):
            if layer.recurrent or not layer.mask_in or layer.mask_out or layer.cls in USE_MASKS:
                continue
            above = layers[place + 1 :]
            user = next((item for item in above if item.recurrent), None)
            if user is not None:
                yield _dropped(site, layer, user)
                return
            if layer.cls == "Flatten" or "Pooling" not in layer.cls:
                yield _ignored(layer)
                return


def _dropped(site: Site, layer: LayerSeen, user: LayerSeen) -> Finding:
    return finding(
        "mask-dropped", "between-layers", "wrong-result", f"{layer.cls} drops the mask",
        f"A mask arrives at {layer.cls} and does not leave it: this layer does not support masks. "
        f"{user.core.cls} above it "
        "reads the padded timesteps as data; there is a warning and nothing more.",
        f"Put Masking (or the Embedding with mask_zero=True) right under the recurrent layer, and {layer.cls} "
        "above it or "
        "away; or pass the mask yourself in the functional API: "
        f"{user.core.cls}(…)(x, mask=masking.compute_mask(inputs)).",
        "timesteps", LESSON,
    )  # fmt: skip


def _ignored(layer: LayerSeen) -> Finding:
    return finding(
        "mask-ignored", "between-layers", "degraded", f"{layer.cls} does not see the mask",
        f"A mask arrives at {layer.cls}, which does not support masks: the padded timesteps go into its "
        "output like data.",
        "Let a layer that knows masks end the sequence: return_sequences=False on the last recurrent layer, or "
        "GlobalAveragePooling1D, which leaves masked steps out.",
        "timesteps", LESSON,
    )  # fmt: skip
