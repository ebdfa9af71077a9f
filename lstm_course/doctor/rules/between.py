"""Between layers: what one layer hands on and the next one takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.rules.declared import TRAINING, too_few_axes
from lstm_course.doctor.seen import LayerSeen, Shape
from lstm_course.shapes.findings import Finding

TAKES = {
    "LSTM": 3, "GRU": 3, "SimpleRNN": 3, "RNN": 3, "Bidirectional": 3, "RepeatVector": 2, "TimeDistributed": 3,
    "Conv1D": 3, "MaxPooling1D": 3, "AveragePooling1D": 3, "GlobalAveragePooling1D": 3, "GlobalMaxPooling1D": 3,
    "UpSampling1D": 3, "Conv2D": 4, "MaxPooling2D": 4, "GlobalAveragePooling2D": 4, "ConvLSTM2D": 5,
    "ConvLSTM1D": 4, "Cropping1D": 3, "ZeroPadding1D": 3,
}  # fmt: skip
NAMES = {2: "(batch, features)", 3: "(batch, timesteps, features)", 4: "(batch, rows, columns, channels)",
         5: "(batch, timesteps, rows, columns, channels)"}  # fmt: skip
_RESHAPE = re.compile(
    r"total size of the tensor must be unchanged.*?input_shape=\(([^)]*)\), target_shape=\(([^)]*)\)", re.S
)


def pooled_over_features(case: Case) -> Iterator[Finding]:
    """A layer takes the timesteps for features."""
    for model in case.capture.trained_models:
        for layer in model.layers:
            if layer.get("data_format") != "channels_first" or not model.recurrents or "2D" in layer.core.cls:
                continue
            yield finding(
                "features-first", "between-layers", "wrong-result", f"{layer.core.cls} takes timesteps for features",
                f"{layer.core.cls} (line {layer.place}) has data_format='channels_first': it reads (batch, features, "
                f"timesteps), and gets {layer.inputs[0] if layer.inputs else 'a sequence'}, timesteps first. It works "
                "along the features.",
                with_diff(
                    "Leave data_format away: in Keras sequences are (batch, timesteps, features).",
                    case.program.change(layer.place, layer.core.cls, data_format=None),
                ),
                "timesteps",
            )  # fmt: skip
            return


def rank_between(case: Case) -> Iterator[Finding]:
    """A layer gets another number of axes than it takes."""
    layer, error = case.failing, case.error
    if layer is None or error is None or not error.layer_inputs or layer.cls == "Dense":
        return
    if _input_differs(case):
        return
    came, takes = error.layer_inputs[0], TAKES.get(layer.cls, TAKES.get(layer.core.cls, 0))
    if layer.cls == "TimeDistributed":
        yield from _time_distributed(case, layer, came)
    elif takes and len(came) != takes and len(error.layer_inputs) == 1:
        below = case.below_failing
        if case.below_failing is None:
            if not layer.recurrent or layer.core.cls.startswith("ConvLSTM"):
                yield _input_rank(case, layer, came, takes)
            return
        if layer.recurrent and len(came) == 2 and below is not None and below.recurrent:
            yield _stacked(case, layer, below, came)
        elif layer.recurrent and len(came) == 4 and below is not None and below.cls == "Embedding":
            yield _embedded(case, layer, below, came)
        elif layer.recurrent and len(came) >= 4:
            yield _maps(case, layer, below, came)
        elif (
            layer.recurrent
            and len(came) == 2
            and len(case.declared or ()) == 2
            and case.x
            and case.x.rank == 3
        ):
            yield too_few_axes(case, case.declared or ())
        elif layer.recurrent and len(came) == 2:
            yield _flattened(case, layer, below, came)
        elif layer.cls == "RepeatVector":
            yield _repeat(case, layer, below, came)
        else:
            yield _plain_rank(case, layer, below, came, takes)


def _input_differs(case: Case) -> bool:
    """Whether X has another number of axes than the model declares: what follows is a consequence."""
    call = case.stopped_call
    model = case.capture.model(call.model) if call else None
    if call is None or model is None or len(call.x) != len(model.inputs) or call.method not in TRAINING[:2]:
        return False
    return any(
        x.rank != len(declared) and len(declared) > 3
        for x, declared in zip(call.x, model.inputs, strict=True)
    )


def _stacked(case: Case, layer: LayerSeen, below: LayerSeen, came: Shape) -> Finding:
    steps = below.inputs[0][1] if below.inputs and len(below.inputs[0]) == 3 else None
    decodes = layer.get("return_sequences")
    repeat = f"RepeatVector({steps or 'timesteps'})"
    auto = (
        f" {layer.core.cls} returns a sequence itself, as a decoder does: for an autoencoder put {repeat} "
        "between them."
        if decodes else f" For an encoder and a decoder put {repeat} between them instead."
    )  # fmt: skip
    return finding(
        "stacked-without-sequences", "between-layers", "error",
        f"The first {below.core.cls} returns one vector, the next {layer.core.cls} needs a sequence",
        f"{below.core.cls}({below.get('units')}) has return_sequences=False, so only its last output leaves: "
        f"{came}. The "
        f"{layer.core.cls} above it expects 3 axes, (batch, timesteps, features).",
        with_diff(
            f"Set return_sequences=True on every recurrent layer below another one.{auto}",
            case.program.change(below.place, below.core.cls, return_sequences="True"),
        ),
        "timesteps",
    )  # fmt: skip


def _maps(case: Case, layer: LayerSeen, below: LayerSeen | None, came: Shape) -> Finding:
    what = below.cls if below else "The layer below"
    size = came[1:]
    return finding(
        "maps-into-recurrent", "between-layers", "error", f"{layer.core.cls} gets maps instead of a sequence",
        f"{what} hands on {came}, {len(came)} axes: (batch, rows, columns, channels) of one image. "
        f"{layer.core.cls} "
        "expects 3: (batch, timesteps, features). No axis is time: each image is a sample of its own, so "
        "time lies on "
        "the samples axis.",
        "Put T frames into each sample, X (samples, T, rows, columns, channels), wrap the convolution: "
        "TimeDistributed(Conv2D(…)), then TimeDistributed(Flatten()) so that each frame becomes one row of "
        "features, "
        f"then {layer.core.cls}. To read a single image line by line, use Reshape(({size[0]}, "
        f"{'×'.join(str(part) for part in size[1:])})) before the recurrent layer.",
        "timesteps", "wrappers-and-seq2seq",
    )  # fmt: skip


def _embedded(case: Case, layer: LayerSeen, below: LayerSeen, came: Shape) -> Finding:
    entry = below.inputs[0] if below.inputs else ()
    return finding(
        "embedding-of-three-axes", "between-layers", "error", "The Embedding adds a fourth axis",
        f"Embedding gets {entry} and hands on {came}: it adds an axis to whatever comes in. {layer.core.cls} "
        "expects 3 "
        "axes, (batch, timesteps, features).",
        "Feed the Embedding whole numbers of shape (samples, timesteps), without a features axis: X = X[..., "
        "0] and "
        "Input(shape=(timesteps,)). Measured values need no Embedding at all.",
        "features",
    )  # fmt: skip


def _flattened(case: Case, layer: LayerSeen, below: LayerSeen | None, came: Shape) -> Finding:
    what = below.cls if below else "The layer below"
    size = came[-1]
    cure = {
        "Flatten": "Take out Flatten; a recurrent layer needs the timesteps axis.",
        "Dense": "Put the timesteps axis back before the recurrent layer: Reshape((timesteps, features)), with "
        f"timesteps "
        f"× features = {size}; or RepeatVector(timesteps).",
    }.get(
        what,
        f"Keep the timesteps axis below it, or put RepeatVector(timesteps) or Reshape in between ({what}).",
    )
    return finding(
        "sequence-lost", "between-layers", "error", f"{what} takes the timesteps axis away from {layer.core.cls}",
        f"{what} hands on {came}, two axes; {layer.core.cls} expects 3: (batch, timesteps, features).",
        with_diff(cure, f"- {case.program.line(below.line)}" if below and what == "Flatten" and below.line else ""),
        "timesteps",
    )  # fmt: skip


def _repeat(case: Case, layer: LayerSeen, below: LayerSeen | None, came: Shape) -> Finding:
    what = below.core.cls if below else "The layer below"
    diff = (
        case.program.change(below.place, below.core.cls, return_sequences="False")
        if below and below.recurrent
        else ""
    )
    return finding(
        "repeat-of-a-sequence", "between-layers", "error", "RepeatVector repeats one vector, and gets a sequence",
        f"{what} hands on {came}, a sequence; RepeatVector({layer.get('n')}) expects (batch, features), one "
        "vector per "
        "sample.",
        with_diff(
            "Set return_sequences=False on the recurrent layer below RepeatVector (the encoder), so that one "
            "vector "
            "leaves; or take RepeatVector out.",
            diff,
        ),
        "timesteps", "wrappers-and-seq2seq",
    )  # fmt: skip


def _time_distributed(case: Case, layer: LayerSeen, came: Shape) -> Iterator[Finding]:
    below = case.below_failing
    inner = layer.inner.cls if layer.inner else "a layer"
    if len(came) <= 2 and below is not None and below.recurrent:
        yield finding(
            "time-distributed-without-time", "between-layers", "error", "TimeDistributed finds no timesteps",
            f"{below.core.cls} has return_sequences=False and hands on {came}, two axes. "
            f"TimeDistributed({inner}) applies "
            f"its layer to each timestep and expects (batch, timesteps, features).",
            with_diff(
                "Set return_sequences=True on the recurrent layer below for one answer per timestep; for one "
                "answer per "
                f"sample take TimeDistributed away and use {inner} alone.",
                case.program.change(below.place, below.core.cls, return_sequences="True"),
            ),
            "timesteps", "wrappers-and-seq2seq",
        )  # fmt: skip
    else:
        need = TAKES.get(inner, 2) + 1
        first = case.below_failing is None
        if len(came) != need:
            yield finding(
                "time-distributed-rank", "input-layer" if first else "between-layers", "error",
                f"TimeDistributed({inner}) gets {len(came)} axes and needs {need}",
                f"{came} comes in. TimeDistributed takes the axis after batch for time and gives the rest to "
                f"{inner}; so "
                f"it needs {need} axes, (batch, timesteps, …).",
                "Put the frames of each sample on a timesteps axis of their own: X (samples, timesteps, "
                "rows, columns, "
                "channels), and Input(shape=(timesteps, rows, columns, channels)); without such an axis use "
                f"{inner} without TimeDistributed.",
                "timesteps", "wrappers-and-seq2seq",
            )  # fmt: skip


def _input_rank(case: Case, layer: LayerSeen, came: Shape, takes: int) -> Finding:
    return finding(
        "input-rank", "input-layer", "error", f"{layer.cls} gets {len(came)} axes and takes {takes}",
        f"The input is declared as {came}, {len(came)} axes with the batch; {layer.core.cls} expects {takes}: "
        f"{NAMES.get(takes, '')}.",
        f"Declare {takes - 1} numbers in Input(shape=…) and bring X to {takes} axes, {NAMES.get(takes, '')}: "
        "add an axis "
        "of size 1 with X[..., np.newaxis] (one channel or feature) or cut windows along time.",
        "timesteps",
    )  # fmt: skip


def _plain_rank(case: Case, layer: LayerSeen, below: LayerSeen | None, came: Shape, takes: int) -> Finding:
    what = below.core.cls if below else "the layer below"
    diff, more = "", ""
    if below is not None and below.recurrent and takes == 3:
        more = " Set return_sequences=True on it, so that the sequence leaves."
        diff = case.program.change(below.place, below.core.cls, return_sequences="True")
    return finding(
        "layer-rank", "between-layers", "error", f"{layer.cls} gets {len(came)} axes and takes {takes}",
        f"{what} hands on {came}; {layer.cls} expects {takes} axes: {NAMES.get(takes, '')}.",
        with_diff(f"Keep or add the axis that is missing between {what} and {layer.cls}.{more}", diff),
        "timesteps",
    )  # fmt: skip


def merges(case: Case) -> Iterator[Finding]:
    """Concatenate, Add and the like get shapes that do not go together."""
    layer, error = case.failing, case.error
    if layer is None or error is None:
        return
    if layer.cls in ("Concatenate", "Add", "Multiply", "Average", "Maximum", "Subtract", "Dot"):
        yield _merge(layer, error.layer_inputs)
    elif layer.cls == "Reshape" and ("reshape" in error.text.lower() or "total size" in error.text.lower()):
        yield _reshape(error.layer_inputs[0] if error.layer_inputs else (), layer.get("target_shape"))
    elif wrapped := _RESHAPE.search(error.text):  # the layer that raised is its wrapper
        came, target = (tuple(map(int, re.findall(r"-?\d+", part))) for part in wrapped.groups())
        yield _reshape((None, *came), target)


def _reshape(came: Shape, target: object) -> Finding:
    size = prod(part or 1 for part in came[1:])
    return finding(
        "reshape-size", "between-layers", "error", "Reshape cannot fill the shape",
        f"Reshape({target}) gets {came}: {size} numbers per sample, and needs as many as its shape holds.",
        f"Make the layer below it as wide as the product, or choose a target shape of {size} numbers; the "
        "batch axis "
        "does not count.",
        "units", "wrappers-and-seq2seq",
    )  # fmt: skip


def _merge(layer: LayerSeen, came: tuple[Shape, ...]) -> Finding:
    shapes, joins = ", ".join(map(str, came)), layer.cls == "Concatenate"
    rule = (
        "Apart from the axis that is joined, all sizes and the number of axes must be the same."
        if joins
        else "All sizes must be the same: it works number by number."
    )
    ranks, sequences = {len(shape) for shape in came}, [shape for shape in came if len(shape) == 3]
    steps, widths = {shape[1] for shape in sequences}, {shape[-1] for shape in came}
    if len(ranks) > 1:
        length = next((shape[1] for shape in sequences if shape[1]), "timesteps")
        fix = (
            "Bring the branches to the same axes first: return_sequences=False on the recurrent branch (one vector) to "
            f"join it with plain features, or RepeatVector({length}) on the plain branch to join it at each timestep."
        )
    elif sequences and len(steps) > 1:
        numbers = " and ".join(map(str, steps))
        fix = (
            f"The sequences have {numbers} timesteps, which cannot be put side by side: end each branch with "
            "return_sequences=False and join the vectors, or join along time, Concatenate(axis=1), if the widths agree."
        )
    else:
        numbers = " and ".join(map(str, widths))
        fix = (
            f"The branches are {numbers} numbers wide: give both the same units, or bring one to the other's width "
            f"with Dense({came[0][-1]}) before {layer.cls}; Concatenate() takes different widths."
        )
    return finding(
        "merge-shapes", "between-layers", "error", f"{layer.cls} gets shapes that do not go together",
        f"{layer.cls} gets {shapes}. {rule}", fix, "timesteps", "wrappers-and-seq2seq",
    )  # fmt: skip


def symbolic_tensor(case: Case) -> Iterator[Finding]:
    """TensorFlow or NumPy functions were given a symbolic tensor of Keras."""
    if case.says("KerasTensor cannot be used as input", "A KerasTensor is symbolic") and case.error:
        name = re.search(r"\b(tf|np)\.([\w.]+)\(", case.error.source)
        text = f"{name[1]}.{name[2]}" if name else "a TensorFlow function"
        yield finding(
            "keras-tensor-outside", "between-layers", "error", f"{text} gets a symbolic tensor of Keras",
            f"Line {case.error.line} calls {text} on the output of a layer; Keras 3 allows only layers and "
            "keras.ops "
            "there.",
            f"Use keras.ops instead ({f'keras.ops.{name[2]}' if name else 'keras.ops…'}), or wrap the call in "
            "a layer: "
            "keras.layers.Lambda(lambda x: …).",
            "", "wrappers-and-seq2seq",
        )  # fmt: skip
