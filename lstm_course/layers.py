"""The layers that an Experiment can hold, as values: what Keras would be told, without Keras.

Every class carries the name and the defaults of the Keras layer that it stands for, so that
`LSTM(32, return_sequences=True)` means here what it means in Keras.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from lstm_course.problems import (
    LARGEST,
    LARGEST_SEED,
    ProblemError,
    finite_number,
    shown,
    whole_number,
    yes_or_no,
)

ACTIVATIONS = (
    "linear", "relu", "sigmoid", "tanh", "softmax", "softplus", "softsign", "selu", "elu", "gelu",
    "silu", "mish", "exponential", "hard_sigmoid", "hard_silu", "leaky_relu", "relu6",
)  # fmt: skip
MERGE_MODES = ("concat", "sum", "ave", "mul")
INITIALIZERS = (
    "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal",
    "orthogonal", "random_uniform", "random_normal", "truncated_normal", "zeros", "ones",
)  # fmt: skip
REGULARIZERS = ("l1", "l2", "l1l2")
CONSTRAINTS = ("max_norm", "min_max_norm", "non_neg", "unit_norm")
_SWITCHES = ("use_bias", "return_sequences", "return_state", "go_backwards", "stateful", "unroll")


@dataclass(frozen=True)
class Layer:
    """One layer of a network: its Keras class is the name of its own class."""

    @property
    def keras_name(self) -> str:
        """Name of the Keras class, as in `keras.layers.LSTM`."""
        return type(self).__name__

    @property
    def code(self) -> str:
        """Call that makes the layer, with the arguments that differ from Keras's defaults.

        >>> LSTM(32, return_sequences=True).code
        'LSTM(32, return_sequences=True)'
        """
        return f"{self.keras_name}({', '.join(self._arguments())})"

    def _arguments(self) -> list[str]:
        positional = [field for field in fields(self) if field.name == self._leading]
        named = [field for field in fields(self) if field.name != self._leading]
        written = [_written(getattr(self, field.name)) for field in positional]
        for field in named:
            value = getattr(self, field.name)
            if value != field.default:
                written.append(f"{field.name}={_written(value)}")
        return written

    _leading: ClassVar[str] = ""


def _written(value: object) -> str:
    return value.code if isinstance(value, Layer) else repr(value)


def _told(value: object) -> str:
    return value.code if isinstance(value, Layer) else shown(value)


def _store_whole(layer: Layer, name: str, *, at_least: int) -> None:
    """Hold a field as a plain int: NumPy's would neither be JSON nor read back from a link."""
    at_most = LARGEST_SEED if name == "seed" else LARGEST
    given = getattr(layer, name)
    number = whole_number(name, given, at_least=at_least, layer=layer.keras_name, at_most=at_most)
    object.__setattr__(layer, name, number)


@dataclass(frozen=True)
class Recurrent(Layer):
    """What LSTM, GRU and SimpleRNN share: one cell, applied once per timestep with the same weights."""

    _leading: ClassVar[str] = "units"

    units: int  # numbers in the state h, and in each output
    activation: str = "tanh"  # squashes the candidate and, in an LSTM, the cell state
    use_bias: bool = True  # whether a bias is added before the activations
    kernel_initializer: str = "glorot_uniform"  # first values of the weights on the input
    recurrent_initializer: str = "orthogonal"  # first values of the weights on the state
    bias_initializer: str = "zeros"  # first values of the bias
    kernel_regularizer: str | None = None  # penalty on the weights on the input
    recurrent_regularizer: str | None = None  # penalty on the weights on the state
    bias_regularizer: str | None = None  # penalty on the bias
    activity_regularizer: str | None = None  # penalty on the output
    kernel_constraint: str | None = None  # rule that the weights on the input obey after each step
    recurrent_constraint: str | None = None  # rule that the weights on the state obey
    bias_constraint: str | None = None  # rule that the bias obeys
    dropout: float = 0.0  # share of the input that is dropped while training
    recurrent_dropout: float = 0.0  # share of the state that is dropped while training
    seed: int | None = None  # seed of the dropout
    return_sequences: bool = False  # the output of every timestep, or of the last one only
    return_state: bool = False  # whether the last state leaves the layer too
    go_backwards: bool = False  # whether the window is read from its end
    stateful: bool = False  # whether row i of a batch goes on where row i of the last batch ended
    unroll: bool = False  # whether the loop over timesteps is written out in the graph
    initial_state: int | None = None  # position in the network of the layer whose last state starts this one

    def __post_init__(self) -> None:
        """Refuse what Keras refuses, in words that say what to type."""
        _store_whole(self, "units", at_least=1)
        one_of("activation", self.activation, ACTIVATIONS)
        for name in ("kernel_initializer", "recurrent_initializer", "bias_initializer"):
            one_of(name, getattr(self, name), INITIALIZERS)
        for name in ("kernel", "recurrent", "bias", "activity"):
            optional_one_of(f"{name}_regularizer", getattr(self, f"{name}_regularizer"), REGULARIZERS)
        for name in ("kernel", "recurrent", "bias"):
            optional_one_of(f"{name}_constraint", getattr(self, f"{name}_constraint"), CONSTRAINTS)
        share("dropout", self.dropout)
        share("recurrent_dropout", self.recurrent_dropout)
        for name in _SWITCHES:
            yes_or_no(name, getattr(self, name))
        for name in ("seed", "initial_state"):
            if getattr(self, name) is not None:
                _store_whole(self, name, at_least=0)

    @property
    def num_states(self) -> int:
        """Number of state tensors: two for an LSTM (h and c), one for the others (h)."""
        return 1


@dataclass(frozen=True)
class LSTM(Recurrent):
    """Long short-term memory: a state h that leaves the layer and a cell state c that stays inside."""

    recurrent_activation: str = "sigmoid"  # squashes the gates
    unit_forget_bias: bool = True  # whether the forget gate's bias starts at 1
    use_cudnn: str | bool = "auto"  # whether a fused GPU kernel may be used

    def __post_init__(self) -> None:
        """Refuse what Keras refuses."""
        super().__post_init__()
        one_of("recurrent_activation", self.recurrent_activation, ACTIVATIONS)
        one_of("use_cudnn", self.use_cudnn, ("auto", True, False))
        yes_or_no("unit_forget_bias", self.unit_forget_bias)

    @property
    def num_states(self) -> int:
        """Two: h and c."""
        return 2


@dataclass(frozen=True)
class GRU(Recurrent):
    """Gated recurrent unit: one state h, two gates (update z and reset r)."""

    recurrent_activation: str = "sigmoid"  # squashes the gates
    reset_after: bool = True  # whether the reset gate acts after the matrix product
    use_cudnn: str | bool = "auto"  # whether a fused GPU kernel may be used

    def __post_init__(self) -> None:
        """Refuse what Keras refuses."""
        super().__post_init__()
        one_of("recurrent_activation", self.recurrent_activation, ACTIVATIONS)
        one_of("use_cudnn", self.use_cudnn, ("auto", True, False))
        yes_or_no("reset_after", self.reset_after)


@dataclass(frozen=True)
class SimpleRNN(Recurrent):
    """The plain recurrent cell: h = tanh(x·W + h·U + b), without gates."""


@dataclass(frozen=True)
class Dense(Layer):
    """A weighted sum of the last axis for each of `units` outputs."""

    _leading: ClassVar[str] = "units"

    units: int  # numbers that replace the last axis
    activation: str = "linear"  # applied to each sum
    use_bias: bool = True  # whether a bias is added

    def __post_init__(self) -> None:
        """Refuse what Keras refuses."""
        _store_whole(self, "units", at_least=1)
        one_of("activation", self.activation, ACTIVATIONS)
        yes_or_no("use_bias", self.use_bias)


@dataclass(frozen=True)
class Dropout(Layer):
    """Sets a random share of its input to zero while training; changes no shape."""

    _leading: ClassVar[str] = "rate"

    rate: float  # share that is dropped
    seed: int | None = None  # seed of the choice

    def __post_init__(self) -> None:
        """Refuse what Keras refuses."""
        share("rate", self.rate)
        if self.seed is not None:
            _store_whole(self, "seed", at_least=0)


@dataclass(frozen=True)
class Masking(Layer):
    """Marks timesteps whose features all equal `mask_value`, so that recurrent layers skip them."""

    _leading: ClassVar[str] = "mask_value"

    mask_value: float = 0.0  # value that marks a timestep as padding

    def __post_init__(self) -> None:
        """Refuse what equals no feature, NaN among it."""
        finite_number("mask_value", self.mask_value, example="0.0")


@dataclass(frozen=True)
class RepeatVector(Layer):
    """Repeats a vector `n` times along a new timesteps axis: from (batch, units) to (batch, n, units)."""

    _leading: ClassVar[str] = "n"

    n: int  # number of timesteps to make

    def __post_init__(self) -> None:
        """Refuse what Keras refuses."""
        _store_whole(self, "n", at_least=1)


@dataclass(frozen=True)
class Flatten(Layer):
    """Joins all axes but the batch axis into one; drops a mask."""


@dataclass(frozen=True)
class Reshape(Layer):
    """Gives the same numbers another shape, the batch axis apart."""

    _leading: ClassVar[str] = "target_shape"

    target_shape: tuple[int, ...]  # shape without the batch axis; one entry may be -1

    def __post_init__(self) -> None:
        """Refuse what is no shape."""
        if not isinstance(self.target_shape, tuple) or not self.target_shape:
            raise ProblemError(
                f"Reshape(target_shape={shown(self.target_shape)}): expected a tuple of sizes without the batch axis, "
                "such as Reshape((24, 1))."
            )
        for size in self.target_shape:
            if size != -1 and not (type(size) is int and 1 <= size <= LARGEST):
                raise ProblemError(
                    f"Reshape: {shown(size)} is no size of an axis; use a whole number from 1, or -1 once."
                )
        if self.target_shape.count(-1) > 1:
            raise ProblemError("Reshape: only one axis may be -1, for the size that is left over.")


@dataclass(frozen=True)
class Bidirectional(Layer):
    """Reads the window forwards and backwards with two copies of a recurrent layer and merges the outputs."""

    _leading: ClassVar[str] = "layer"

    layer: Recurrent  # the layer that is copied
    merge_mode: str = "concat"  # how the two outputs become one

    def __post_init__(self) -> None:
        """Refuse what Keras refuses."""
        if not isinstance(self.layer, Recurrent):
            raise ProblemError(
                f"Bidirectional({_told(self.layer)}): expected a recurrent layer inside, such as LSTM(32)."
            )
        if self.layer.initial_state is not None:
            raise ProblemError(
                "Bidirectional: its two copies of the layer start from zero here; leave initial_state out of "
                f"{self.layer.keras_name}."
            )
        if self.layer.go_backwards:
            raise ProblemError(
                "Bidirectional: it reads the window in both directions by itself; leave go_backwards=True out of "
                f"{self.layer.keras_name}."
            )
        if self.layer.stateful and self.layer.return_state:
            raise ProblemError(
                f"Bidirectional({self.layer.keras_name}(stateful=True, return_state=True)): Keras cannot return the "
                "states that it keeps in both directions; leave one of the two out."
            )
        one_of("merge_mode", self.merge_mode, MERGE_MODES)


@dataclass(frozen=True)
class TimeDistributed(Layer):
    """Applies one layer, with the same weights, to every timestep."""

    _leading: ClassVar[str] = "layer"

    layer: Layer  # the layer that each timestep goes through

    def __post_init__(self) -> None:
        """Refuse what has no sense at a single timestep."""
        if not isinstance(self.layer, Dense | Dropout | Flatten | Reshape):
            raise ProblemError(
                f"TimeDistributed({_told(self.layer)}): expected a layer for one timestep, "
                "such as TimeDistributed(Dense(1))."
            )


LAYERS: dict[str, type[Layer]] = {
    kind.__name__: kind
    for kind in (
        LSTM, GRU, SimpleRNN, Dense, Dropout, Masking, RepeatVector, Flatten, Reshape, Bidirectional, TimeDistributed,
    )
}  # fmt: skip


def recurrent_of(layer: Layer) -> Recurrent | None:
    """Give the recurrent layer that `layer` is or wraps, or None.

    >>> recurrent_of(Bidirectional(GRU(8)))
    GRU(units=8, ...
    """
    if isinstance(layer, Recurrent):
        return layer
    return layer.layer if isinstance(layer, Bidirectional) else None


def one_of(name: str, value: object, allowed: tuple[object, ...]) -> None:
    """Refuse a name that is not in a list of names."""
    if value not in allowed:
        raise ProblemError(f"{name}={shown(value)}: expected one of {', '.join(map(repr, allowed))}.")


def optional_one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    """Refuse a name that is neither None nor in a list of names."""
    if value is not None:
        one_of(name, value, allowed)


def share(name: str, value: object) -> None:
    """Refuse what is no share from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ProblemError(f"{name}={shown(value)}: expected a share from 0 to 1, such as 0.2.")
