"""From an Experiment to the layers that Keras builds, and their shapes one above the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lstm_course.data.facts import Facts
from lstm_course.experiment import Experiment
from lstm_course.layers import (
    LSTM,
    Bidirectional,
    Dense,
    Dropout,
    Flatten,
    Layer,
    Masking,
    Recurrent,
    RepeatVector,
    Reshape,
    SimpleRNN,
    TimeDistributed,
    recurrent_of,
)
from lstm_course.shapes.findings import Finding
from lstm_course.shapes.rules import Entry, Impossible, shape_of
from lstm_course.shapes.stage import LayerShape
from lstm_course.shapes.tensor import BATCH, CLASSES, FEATURES, HORIZON, TARGETS, TIMESTEPS, Tensor

OUTPUT_LAYERS = (Dense, TimeDistributed, Reshape)


@dataclass(frozen=True)
class Place:
    """Where one layer of the network belongs in the diagram."""

    layer: Layer  # the layer
    stage: str  # id of its stage


@dataclass(frozen=True)
class Walk:
    """The network, walked from the input upwards as far as it goes."""

    layers: tuple[LayerShape, ...]  # layers that have a shape
    places: tuple[Place, ...]  # all layers with their stages, also those that were not reached
    obstacle: Finding | None  # why the walk ended early, or None

    @property
    def output(self) -> Tensor | None:
        """What leaves the last layer; None when the walk ended early."""
        return None if self.obstacle else self.layers[-1].output


def input_tensor(exp: Experiment, facts: Facts) -> Tensor:
    """Shape of one batch of inputs: (batch, timesteps, features).

    With lags="features" the rows of a window lie side by side on the features axis of one timestep.
    """
    features = len(facts.features)
    sizes = (1, exp.timesteps * features) if exp.lags == "features" else (exp.timesteps, features)
    return Tensor((batch_of(exp, facts), *sizes), (BATCH, TIMESTEPS, FEATURES))


def batch_of(exp: Experiment, facts: Facts) -> int:
    """Samples in the first batch: batch_size, or all training samples where there are fewer."""
    samples = facts.part("train").num_samples
    return exp.batch_size if exp.stateful or samples == 0 else min(exp.batch_size, samples)


def label_tensor(exp: Experiment, facts: Facts) -> Tensor:
    """Shape of one batch of labels, after the label kind."""
    batch = batch_of(exp, facts)
    num_targets = max(1, len(facts.targets))
    if exp.labels == "class":
        return Tensor((batch,), (BATCH,))
    if exp.labels == "one-hot":
        return Tensor((batch, facts.num_classes), (BATCH, CLASSES))
    if exp.labels == "sequence":
        return Tensor((batch, exp.timesteps, num_targets), (BATCH, TIMESTEPS, TARGETS))
    return _steps(exp, batch, num_targets)


def _steps(exp: Experiment, batch: int, num_targets: int) -> Tensor:
    if num_targets == exp.horizon == 1 and exp.flat_labels:
        return Tensor((batch,), (BATCH,))
    if num_targets == 1:
        return Tensor((batch, exp.horizon), (BATCH, HORIZON))
    if exp.horizon == 1:
        return Tensor((batch, num_targets), (BATCH, TARGETS))
    return Tensor((batch, exp.horizon, num_targets), (BATCH, HORIZON, TARGETS))


def fitting_head(exp: Experiment, facts: Facts) -> tuple[Layer, ...]:
    """The layers that turn the last recurrent output into the shape of the labels.

    >>> from lstm_course.data.facts import PartFacts
    >>> parts = tuple(PartFacts(name, 48, 24) for name in ("train", "validation", "test"))
    >>> facts = Facts(144, 1, ("passengers",), ("passengers",), parts)
    >>> fitting_head(Experiment(horizon=24), facts)
    (Dense(units=24, ...),)
    """
    num_targets = max(1, len(facts.targets))
    if exp.is_classification:
        return (Dense(max(1, facts.num_classes), activation="softmax"),)
    if exp.labels == "sequence" or _decodes_horizon(exp):
        return (TimeDistributed(Dense(num_targets)),)
    if num_targets > 1 and exp.horizon > 1:
        return (Dense(exp.horizon * num_targets), Reshape((exp.horizon, num_targets)))
    return (Dense(max(exp.horizon, num_targets)),)


def _decodes_horizon(exp: Experiment) -> bool:
    """Whether a decoder returns one vector for each step of the horizon."""
    repeat = _decoder(exp)
    return repeat is not None and repeat.n == exp.horizon


def misses_horizon(exp: Experiment) -> RepeatVector | None:
    """The layer that feeds a decoder more or fewer steps than the labels have."""
    repeat = _decoder(exp)
    return repeat if repeat is not None and exp.labels == "steps" and repeat.n != exp.horizon else None


def reads_steps_as_timesteps(exp: Experiment, steps: Walk) -> bool:
    """Tell whether the output has one value for each row of the window, though the labels are steps ahead."""
    arranging = (RepeatVector, Reshape, Flatten, Bidirectional)
    arranged = any(isinstance(place.layer, arranging) for place in steps.places)
    return exp.labels == "steps" and steps.output is not None and steps.output.rank > 2 and not arranged


def _decoder(exp: Experiment) -> RepeatVector | None:
    """The layer that repeats a vector for a decoder that returns its whole sequence."""
    repeats = [layer for layer in exp.layers if isinstance(layer, RepeatVector)]
    return repeats[-1] if repeats and exp.recurrent_layers[-1].return_sequences else None


def split_head(exp: Experiment, facts: Facts) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """Part the network into its body and its head.

    With head=None, layers above the last recurrent one are the head when they end in an output layer (Dense,
    TimeDistributed or Reshape); otherwise the head that fits the labels is put on top.
    """
    if exp.head is not None:
        return exp.layers, exp.head
    last = max(position for position, layer in enumerate(exp.layers) if recurrent_of(layer))
    above = exp.layers[last + 1 :]
    if above and isinstance(above[-1], OUTPUT_LAYERS):
        first = next(position for position, layer in enumerate(above) if not isinstance(layer, Dropout))
        return exp.layers[: last + 1 + first], above[first:]
    return exp.layers, fitting_head(exp, facts)


def network_of(exp: Experiment, facts: Facts) -> tuple[Layer, ...]:
    """All layers above the input, with the head."""
    body, head = split_head(exp, facts)
    return body + head


def places(exp: Experiment, facts: Facts) -> tuple[Place, ...]:
    """Give each layer of the network its stage.

    Masking belongs to the input layer, the recurrent layers count from the bottom, the head is the head; what
    lies elsewhere is between layers.
    """
    body, head = split_head(exp, facts)
    found: list[Place] = []
    num_recurrent = num_between = 0
    for layer in body:
        if recurrent_of(layer):
            num_recurrent += 1
            stage = f"recurrent-layer-{num_recurrent}"
        elif isinstance(layer, Masking) and not num_recurrent and not num_between:
            stage = "input-layer"
        else:
            num_between += not (found and found[-1].stage.startswith("between"))
            stage = "between-layers" if num_between == 1 else f"between-layers-{num_between}"
        found.append(Place(layer, stage))
    return (*found, *(Place(layer, "head") for layer in head))


def walk(exp: Experiment, facts: Facts) -> Walk:
    """Apply the rules from the input upwards until the output, or until a layer that cannot be."""
    placed = places(exp, facts)
    network = tuple(place.layer for place in placed)
    tensor, masked, below = input_tensor(exp, facts), False, None
    shapes: list[LayerShape] = []
    for position, place in enumerate(placed):
        entry = Entry(position, place.stage, tensor, masked, below)
        try:
            check_initial_state(network, position, place.stage)
            shape = shape_of(place.layer, entry)
        except Impossible as impossible:
            return Walk(tuple(shapes), placed, impossible.finding)
        shapes.append(shape)
        tensor, masked = shape.output, shape.passes_mask
        below = below if isinstance(place.layer, Dropout) else place.layer  # Dropout changes no shape
    return Walk(_named_like_labels(shapes, label_tensor(exp, facts), facts.num_classes), placed, None)


def _named_like_labels(shapes: list[LayerShape], label: Tensor, num_classes: int) -> tuple[LayerShape, ...]:
    """Give the output's axes the labels' names where the sizes agree: a head of 24 units is a horizon of 24.

    Class numbers have no axis of classes, but the output that they choose from has.
    """
    output = shapes[-1].output
    if _same_time(shapes, label):
        return tuple(shapes)  # one output for each row that was read: those are no rows to come
    if label.axes == (BATCH,) and output.rank == 2 and 1 < output.last == num_classes:
        shapes[-1] = replace(shapes[-1], output=output.renamed((BATCH, CLASSES)))
        return tuple(shapes)
    common = output.shape[: label.rank]
    if common == label.shape and all(size == 1 for size in output.shape[label.rank :]):
        extra = (TARGETS,) * (output.rank - label.rank)
        shapes[-1] = replace(shapes[-1], output=output.renamed((*label.axes, *extra)))
    return tuple(shapes)


def _same_time(shapes: list[LayerShape], label: Tensor) -> bool:
    """Tell whether steps of the horizon meet timesteps of the window, as a TimeDistributed head hands them on."""
    output = shapes[-1].output
    made_anew = any(isinstance(shape.layer, RepeatVector | Reshape | Flatten) for shape in shapes)
    return not made_anew and output.rank > 2 and output.axes[1] == TIMESTEPS and label.axes[1:2] == (HORIZON,)


def check_initial_state(network: tuple[Layer, ...], position: int, stage: str) -> None:
    """Refuse an initial state that comes from nowhere, or does not fit.

    Raises:
        Impossible: when `initial_state` names no recurrent layer below that returns states of the same size.
    """
    layer = network[position]
    if not isinstance(layer, Recurrent) or layer.initial_state is None:
        return
    source = network[layer.initial_state] if 0 <= layer.initial_state < position else None
    if not isinstance(source, Recurrent):
        raise Impossible(_state_from_nowhere(layer, source, stage))
    if not source.return_state:
        raise Impossible(_state_not_returned(source, stage))
    # only SimpleRNN's loop over timesteps counts the states it is given; GRU's ignores the second
    counted = isinstance(layer, SimpleRNN) and not layer.unroll and source.num_states > layer.num_states
    if source.units != layer.units or source.num_states < layer.num_states or counted:
        raise Impossible(_state_does_not_fit(layer, source, stage))


def _state_from_nowhere(layer: Recurrent, source: Layer | None, stage: str) -> Finding:
    found = f", but {source.code}" if source else ""
    return Finding(
        code="state-from-nowhere", stage=stage, severity="error", lesson="wrappers-and-seq2seq",
        title="The initial state comes from no recurrent layer below",
        explanation=(
            f"initial_state={layer.initial_state} names no LSTM, GRU or SimpleRNN below this {layer.keras_name}{found}."
        ),
        fix="Give the position (0 is the lowest layer) of a recurrent layer below that has return_state=True.",
    )  # fmt: skip


def _state_not_returned(source: Recurrent, stage: str) -> Finding:
    return Finding(
        code="state-not-returned", stage=stage, severity="error", lesson="wrappers-and-seq2seq",
        title="The encoder keeps its state to itself",
        explanation=f"{source.code} returns its output only; the state that should start the layer above stays inside.",
        fix=f"Set return_state=True on that {source.keras_name}.",
    )  # fmt: skip


def _state_does_not_fit(layer: Recurrent, source: Recurrent, stage: str) -> Finding:
    return Finding(
        code="state-does-not-fit", stage=stage, severity="error", lesson="wrappers-and-seq2seq",
        title="The state handed over does not fit",
        explanation=(
            f"{source.keras_name} with {source.units} units hands over {source.num_states} state(s) of {source.units}; "
            f"{layer.keras_name} with {layer.units} units starts from {layer.num_states} of {layer.units}."
        ),
        fix=f"Use the same kind of layer and the same units in both, such as {type(layer).__name__}({source.units}).",
    )  # fmt: skip


def is_lstm_to_gru(network: tuple[Layer, ...], position: int) -> bool:
    """Whether an LSTM's two states start a layer that has one: c is dropped without a word."""
    layer = network[position]
    if not isinstance(layer, Recurrent) or layer.initial_state is None or layer.initial_state >= position:
        return False
    return isinstance(network[layer.initial_state], LSTM) and layer.num_states == 1
