"""Build the Keras model of an experiment: the same layers, the same arguments, the same seed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

import keras

from lstm_course.data.facts import Facts
from lstm_course.experiment import Experiment
from lstm_course.layers import Bidirectional, Layer, Recurrent, TimeDistributed
from lstm_course.problems import ProblemError
from lstm_course.shapes import loss_of, network_of, predict


@dataclasses.dataclass(frozen=True)
class Passage:
    """One layer on the way up, with what went in and what came out."""

    layer: Layer  # the layer as the Experiment holds it
    keras_layer: keras.Layer  # the Keras layer
    input: Any  # tensor that went in
    output: Any  # tensor that leaves upwards
    states: tuple[Any, ...]  # the last states, where return_state lets them leave too


def build(exp: Experiment, facts: Facts) -> keras.Model:
    """Build the experiment's model with its seed, not compiled.

    Sequential where it can be, functional where a state leaves a layer or starts one; the batch size is
    fixed when a layer is stateful.

    Args:
        exp: the experiment.
        facts: what its shapes depend on, as `lstm_course.data.facts_of` gives it.

    Returns:
        A model that takes (batch, timesteps, features).

    Raises:
        ProblemError: when the data give no sample.
        ValueError: whatever Keras raises where layers do not fit.

    Example:
        >>> from lstm_course.data import facts_of
        >>> exp = Experiment(dataset="air_passengers", timesteps=12)
        >>> build(exp, facts_of(exp)).output_shape
        (None, 1)
    """
    stage = predict(exp, facts).stage("input-layer")
    if stage is None:
        raise ProblemError(
            "There is no sample to build a network for; use fewer timesteps or a larger training part."
        )
    keras.utils.set_random_seed(exp.seed)
    batch_size = exp.batch_size if exp.stateful else None
    return build_for_shape(network_of(exp, facts), stage.shape[1:], batch_size)


def build_for_shape(
    layers: Sequence[Layer], input_shape: tuple[int, ...], batch_size: int | None = None
) -> keras.Model:
    """Build a model of some layers for samples of one shape.

    Args:
        layers: the layers from the bottom up.
        input_shape: (timesteps, features).
        batch_size: samples in each batch where that is fixed, as stateful layers need it.

    Raises:
        ValueError: whatever Keras raises where layers do not fit.

    Example:
        >>> from lstm_course.layers import LSTM, Dense
        >>> build_for_shape((LSTM(4), Dense(1)), (12, 1)).count_params()
        101
    """
    entry = keras.Input(batch_shape=(batch_size, *input_shape))
    made = keras_layers(layers)
    if not hands_over_states(layers):
        return keras.Sequential([entry, *made])
    output = entry
    for passage in passages(layers, made, entry):
        output = passage.output
    return keras.Model(entry, output)


def hands_over_states(layers: Sequence[Layer]) -> bool:
    """Whether a state leaves a layer or starts one, so that Sequential will not do."""
    inner = [layer.layer if isinstance(layer, Bidirectional) else layer for layer in layers]
    return any(
        isinstance(layer, Recurrent) and (layer.return_state or layer.initial_state is not None)
        for layer in inner
    )


def passages(layers: Sequence[Layer], made: Sequence[keras.Layer], entry: Any) -> Iterator[Passage]:
    """Lead a tensor, real or symbolic, up through the layers and yield each passage.

    Raises:
        ProblemError: when a layer should start from a state that no layer below hands over.
        ValueError: whatever Keras raises where layers do not fit.
    """
    tensor, states = entry, dict[int, tuple[Any, ...]]()
    for position, (layer, keras_layer) in enumerate(zip(layers, made, strict=True)):
        start = layer.initial_state if isinstance(layer, Recurrent) else None
        arguments = {} if start is None else {"initial_state": _state_from(start, states, layer)}
        result = keras_layer(tensor, **arguments)
        output, *last = result if isinstance(result, list | tuple) else [result]
        states[position] = tuple(last)
        yield Passage(layer, keras_layer, tensor, output, tuple(last))
        tensor = output


def _state_from(position: int, states: dict[int, tuple[Any, ...]], layer: Layer) -> list[Any]:
    if not states.get(position):
        raise ProblemError(
            f"{layer.code} should start from the last state of layer {position}, which hands none over; "
            "give the position of a recurrent layer below with return_state=True (0 is the lowest)."
        )
    return list(states[position])


def keras_layers(layers: Sequence[Layer]) -> list[keras.Layer]:
    """Make the Keras layers, named as in a fresh Python: lstm, lstm_1, dense.

    >>> from lstm_course.layers import LSTM, Dense
    >>> [layer.name for layer in keras_layers((LSTM(4, return_sequences=True), LSTM(4), Dense(1)))]
    ['lstm', 'lstm_1', 'dense']
    """
    return [keras_layer(layer, name) for layer, name in zip(layers, layer_names(layers), strict=True)]


def layer_names(layers: Sequence[Layer]) -> list[str]:
    """Name the layers as Keras would in a fresh Python."""
    names = list[str]()
    counts = dict[str, int]()
    for layer in layers:
        stem = keras.src.utils.naming.to_snake_case(layer.keras_name)
        seen = counts.get(stem, 0)
        names.append(f"{stem}_{seen}" if seen else stem)
        counts[stem] = seen + 1
    return names


def keras_layer(layer: Layer, name: str | None = None) -> keras.Layer:
    """Make one Keras layer with all the arguments of its value."""
    arguments = {
        field.name: getattr(layer, field.name)
        for field in dataclasses.fields(layer)
        if field.name != "initial_state"
    }
    if isinstance(layer, Bidirectional | TimeDistributed):
        arguments["layer"] = keras_layer(layer.layer)
    if name is not None:
        arguments["name"] = name
    return getattr(keras.layers, layer.keras_name)(**arguments)


def compile_for(model: keras.Model, exp: Experiment, **options: Any) -> None:
    """Compile the model with the experiment's loss, optimizer and metrics."""
    model.compile(optimizer=optimizer_of(exp), loss=loss_of(exp), metrics=list(exp.metrics), **options)


def optimizer_of(exp: Experiment) -> keras.optimizers.Optimizer:
    """Make the experiment's optimizer.

    >>> float(optimizer_of(Experiment(optimizer="sgd", learning_rate=0.5)).learning_rate.numpy())
    0.5
    """
    classes = {
        name.lower(): name for name in ("Adam", "AdamW", "Nadam", "RMSprop", "SGD", "Adagrad", "Adamax")
    }
    given = {"learning_rate": exp.learning_rate, "clipnorm": exp.clipnorm}
    kind = getattr(keras.optimizers, classes[exp.optimizer])
    return kind(**{name: value for name, value in given.items() if value is not None})
