"""Why a shape is what it is: what becomes of each axis on the way through a stage."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_course.drawing.values import size_text
from lstm_course.experiment import Experiment
from lstm_course.layers import (
    Bidirectional,
    Dense,
    Flatten,
    RepeatVector,
    Reshape,
    TimeDistributed,
    recurrent_of,
)
from lstm_course.shapes import LayerShape, Prediction, Stage, Tensor
from lstm_course.shapes.tensor import axis_name


@dataclass(frozen=True)
class Why:
    """What becomes of one axis."""

    before: str  # such as "timesteps 12"; empty where the axis is new
    after: str  # such as "units 4"; empty where the axis ends
    axis_before: str  # name of the axis below; empty where it is new
    axis_after: str  # name of the axis above; empty where it ends
    reason: str  # in a few words

    @property
    def changes(self) -> bool:
        """Whether the axis is another one above than below."""
        return self.before != self.after


def reasons(stage: Stage, prediction: Prediction) -> tuple[Why, ...]:
    """Say for each axis what the stage does to it."""
    if stage.id == "windowing":
        return _windows(stage, prediction)
    if stage.id == "scaling":
        return _columns(prediction)
    if stage.id == "batching":
        return _batches(prediction)
    if stage.id == "input-layer":
        return _entry(stage, prediction)
    return _layers(stage)


def layer_reasons(shape: LayerShape) -> tuple[Why, ...]:
    """Say for each axis what a layer does to it."""
    layer, below, above = shape.layer, shape.input, shape.output
    if recurrent_of(layer):
        return _recurrent(shape)
    if isinstance(layer, RepeatVector):
        return (
            _new(above, 1, f"the vector, {layer.n} times over"),
            _kept(below, above, -1, "the same vector"),
        )
    if isinstance(layer, Flatten | Reshape):
        return _rearranged(below, above)
    if isinstance(layer, TimeDistributed) and isinstance(layer.layer, Flatten | Reshape):
        return _kept(below, above, 1, "each timestep by itself"), *_rearranged(below, above, 2)
    if isinstance(layer, TimeDistributed) and not isinstance(layer.layer, Dense):
        return (_kept(below, above, 1, "each timestep by itself"),)
    if isinstance(layer, Dense | TimeDistributed):
        return _dense(below, above)
    return ()


def _recurrent(shape: LayerShape) -> tuple[Why, ...]:
    below, above = shape.input, shape.output
    layer = recurrent_of(shape.layer)
    batch = _kept(below, above, 0, "each sample goes through on its own")
    if layer is not None and layer.return_sequences:
        time = _kept(below, above, 1, "every h leaves: return_sequences=True")
    else:
        what = "the last h of each reading" if isinstance(shape.layer, Bidirectional) else "the last h"
        time = _ended(below, 1, f"only {what} leaves: return_sequences=False")
    return batch, time, _kept(below, above, -1, _width(shape))


def _width(shape: LayerShape) -> str:
    """Say why a recurrent layer's output is as wide as it is."""
    layer = shape.layer
    if not isinstance(layer, Bidirectional):
        return f"h holds one number per unit of {layer.keras_name}({shape.output.last})"
    units = layer.layer.units
    return {
        "concat": f"{units:,} + {units:,}: two readings side by side",
        "sum": "the two readings added, unit by unit",
        "ave": "the mean of the two readings, unit by unit",
        "mul": "the two readings multiplied, unit by unit",
    }[layer.merge_mode]


def _dense(below: Tensor, above: Tensor) -> tuple[Why, ...]:
    width = _kept(below, above, -1, _sums(below, above))
    if below.rank < 3:
        return (width,)
    ahead = "each timestep is one step ahead; " if above.axes[1] == "horizon" else ""
    return _kept(below, above, 1, f"{ahead}the same weights at each timestep"), width


def _sums(below: Tensor, above: Tensor) -> str:
    sums = "one weighted sum" if above.last == 1 else f"{size_text(above.last)} weighted sums, each"
    read = f"{size_text(below.last)} {axis_name(below.last, below.axes[-1])}"
    return f"Dense({above.last}) makes {sums} of {'the' if below.last == 1 else 'all'} {read}"


def _rearranged(below: Tensor, above: Tensor, first: int = 1) -> tuple[Why, ...]:
    before = " × ".join(_axis(below, place) for place in range(first, below.rank))
    after = " × ".join(_axis(above, place) for place in range(first, above.rank))
    return (Why(before, after, below.axes[-1], above.axes[-1], "the same numbers, arranged anew"),)


def _columns(prediction: Prediction) -> tuple[Why, ...]:
    facts = prediction.facts
    if facts.num_columns == len(facts.features):
        return ()
    names = ", ".join(facts.features)
    before, after = f"features {facts.num_columns:,}", f"features {len(facts.features):,}"
    return (Why(before, after, "features", "features", f"the columns that go in: {names}"),)


def _windows(stage: Stage, prediction: Prediction) -> tuple[Why, ...]:
    exp, facts, tensor = prediction.exp, prediction.facts, stage.tensor
    train = facts.part("train")
    if facts.is_sequences:
        return (
            Why("", _axis(tensor, 0), "", "samples", "one sample for each training sequence"),
            Why("", _axis(tensor, 1), "", "timesteps", _one_length(exp, facts.longest)),
        )
    rows = f"training rows {train.num_rows:,}"
    samples = Why(rows, _axis(tensor, 0), "rows", "samples", _window_count(stage, prediction))
    if exp.lags == "features":
        side = f"{exp.timesteps} rows × {len(facts.features)} side by side, in a single timestep"
        return samples, Why(rows, _axis(tensor, 2), "rows", "features", side)
    return samples, Why(rows, _axis(tensor, 1), "rows", "timesteps", "the rows of one window")


def _one_length(exp: Experiment, longest: int) -> str:
    """Say how sequences of many lengths come to one."""
    where, lost = ("in front", "first") if exp.padding == "pre" else ("behind", "last")
    filled = f"shorter sequences are filled up {where}"
    if longest <= exp.timesteps:
        return f"{filled}; the longest has {longest:,} rows"
    return f"{filled}; longer ones, of up to {longest:,} rows, lose their {lost} rows"


def _window_count(stage: Stage, prediction: Prediction) -> str:
    exp, train = prediction.exp, prediction.facts.part("train")
    total = train.num_samples + train.num_dropped
    if total == 0:
        return stage.formula
    timesteps = f"{exp.timesteps:,} {axis_name(exp.timesteps, 'timesteps')}"
    left = f"{train.num_rows:,} rows − {timesteps} − horizon {exp.horizon:,}"
    starts = f"{left} + 1" if exp.stride == 1 else f"({left}) // stride {exp.stride:,} + 1"
    dropped = f", less {train.num_dropped:,} with a gap = {train.num_samples:,}" if train.num_dropped else ""
    return f"{starts} = {total:,} windows{dropped}"


def _entry(stage: Stage, prediction: Prediction) -> tuple[Why, ...]:
    """Say why the batch is in the shape but not in what Keras is told, or why it is."""
    reason = "Input(shape=…) leaves it out: any number may come"
    if prediction.exp.stateful:
        reason = "fixed by batch_shape: a stateful layer keeps one state per row of a batch"
    return (_kept(stage.tensor, stage.tensor, 0, reason), *_layers(stage))


def _layers(stage: Stage) -> tuple[Why, ...]:
    return tuple(why for shape in stage.layers for why in layer_reasons(shape))


def _batches(prediction: Prediction) -> tuple[Why, ...]:
    stage = prediction.stage("batching")
    samples = prediction.facts.part("train").num_samples
    if stage is None:
        return ()
    batch = stage.tensor
    return (
        Why(f"samples {samples:,}", _axis(batch, 0), "samples", "batch", f"{stage.formula}, one batch each"),
    )


def _axis(tensor: Tensor, place: int) -> str:
    return f"{tensor.axes[place]} {size_text(tensor.shape[place])}"


def _kept(below: Tensor, above: Tensor, place: int, reason: str) -> Why:
    return Why(_axis(below, place), _axis(above, place), below.axes[place], above.axes[place], reason)


def _ended(below: Tensor, place: int, reason: str) -> Why:
    return Why(_axis(below, place), "", below.axes[place], "", reason)


def _new(above: Tensor, place: int, reason: str) -> Why:
    return Why("", _axis(above, place), "", above.axes[place], reason)
