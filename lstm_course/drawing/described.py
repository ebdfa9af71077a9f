"""A Keras model as plain values: what is known of its layers without a Keras object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lstm_course.layers import Layer

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class LayerDescription:
    """One layer of a model, as plain values."""

    name: str  # its name in the model
    class_name: str  # its Keras class, such as "LSTM"
    inputs: tuple[Shape, ...]  # shapes that enter, the batch axis first, None where open
    outputs: tuple[Shape, ...]  # shapes that leave; with return_state the states follow the output
    arguments: Mapping[str, object] = field(default_factory=dict)  # arguments as in Keras's get_config
    parameters: int = 0  # numbers that it holds
    weights: tuple[tuple[str, tuple[int, ...]], ...] = ()  # name and shape of each weight array
    inbound: tuple[str, ...] = ()  # names of the layers that it reads; empty: the one before it
    reads: tuple[tuple[str, int], ...] = ()  # the same one by one: name, and which of its outputs, from 0
    inner: LayerDescription | None = None  # layer that a wrapper holds


@dataclass(frozen=True)
class ModelDescription:
    """A model, as plain values."""

    name: str  # its name
    layers: tuple[LayerDescription, ...]  # in the order in which they are computed, without input layers
    inputs: tuple[Shape, ...]  # shapes of its inputs, the batch axis first
    label: Shape | None = None  # shape of the labels of a batch, where they are known
    loss: str = ""  # name of its loss; empty: not compiled
    input_names: tuple[str, ...] = ()  # what layers call them that read them; empty: "input 1", "input 2", …

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the inputs."""
        return self.input_names or tuple(f"input {place}" for place in range(1, len(self.inputs) + 1))


@dataclass(frozen=True)
class PlainLayer(Layer):
    """A layer of which only the name is known."""

    class_name: str  # its Keras class
    written: str  # the call that makes it

    @property
    def keras_name(self) -> str:
        """Name of the Keras class."""
        return self.class_name

    @property
    def code(self) -> str:
        """The call that makes it."""
        return self.written
