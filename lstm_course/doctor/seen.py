"""What was seen while a program ran: plain values, without Keras, that rules can be asked about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class ArraySeen:
    """An array as the program handed it on."""

    shape: tuple[int, ...]  # size of each axis
    dtype: str  # as NumPy writes it
    kind: str = "array"  # array, tensor, list, ragged, table, text, object or other
    name: str = ""  # the program's name for it, where it has one
    num_nan: int = 0  # entries that are not a number
    num_inf: int = 0  # entries that are infinite
    num_zero: int = 0  # entries that are 0
    zero_inside: int = 0  # samples of whole numbers, (samples, timesteps), that hold a 0 between two others
    low: float = 0.0  # smallest finite value
    high: float = 0.0  # largest finite value
    mean: float = 0.0  # mean of the finite values
    std: float = 0.0  # their standard deviation
    whole: bool = False  # whether every value is a whole number
    num_unique: int = 0  # different values, counted up to 1,000
    values: tuple[float, ...] = ()  # the different values, where there are at most 30
    one_hot: bool = False  # whether the last axis holds one 1 and otherwise zeros
    row_sums: tuple[float, float] | None = None  # smallest and largest sum along the last axis
    columns: tuple[Column, ...] = ()  # one per entry of the last axis, up to 128
    padding: Padding | None = None  # timesteps that look like padding
    shift: int = 0  # rows by which consecutive samples overlap as windows do; 0 where they do not
    shift_last: int = 0  # the same along the last axis
    lengths: tuple[int, ...] = ()  # lengths of unequal sequences, up to 8
    inner: tuple[int, ...] = ()  # shape of the first element of an array of objects
    repeats: bool = False  # whether the samples along the batch are all the same

    @property
    def rank(self) -> int:
        """Number of axes."""
        return len(self.shape)

    @property
    def is_text(self) -> bool:
        """Whether it holds words."""
        return self.kind == "text"

    def __str__(self) -> str:
        """Write the shape as NumPy would."""
        return str(self.shape)


@dataclass(frozen=True)
class Column:
    """One entry of the last axis over all samples and timesteps."""

    low: float  # smallest finite value
    high: float  # largest finite value
    mean: float  # mean of the finite values
    std: float  # standard deviation of the finite values
    num_nan: int  # entries that are not a number
    num_unique: int  # different values, counted up to 50


@dataclass(frozen=True)
class Padding:
    """Timesteps that all hold one value, at an end of the samples."""

    value: float  # the value
    num_before: int  # samples that begin with it
    num_after: int  # samples that end with it
    num_inside: int  # samples that hold it elsewhere
    num_samples: int  # samples that were looked at
    num_whole: int  # samples that hold nothing else
    row: tuple[float, ...] = ()  # the whole timestep, where its features differ; value is then its first


@dataclass(frozen=True)
class LayerSeen:
    """A layer of a model, or one that was made and not used."""

    id: int  # its identity within this capture
    cls: str  # class name in Keras
    name: str  # its own name
    config: dict[str, Any]  # plain arguments, defaults included
    given: dict[str, Any]  # arguments that the program wrote
    line: int = 0  # line of the program that made it; 0 where unknown
    inputs: tuple[Shape, ...] = ()  # declared shapes that enter, batch first
    outputs: tuple[Shape, ...] = ()  # declared shapes that leave
    fed: tuple[Shape, ...] = ()  # shapes that entered when data came
    weights: tuple[tuple[str, tuple[int, ...]], ...] = ()  # name and shape of each weight
    parameters: int = 0  # numbers in the weights
    mask_in: bool = False  # whether a mask arrived
    mask_out: bool = False  # whether a mask left
    inner: LayerSeen | None = None  # the wrapped layer
    inbound: tuple[int, ...] = ()  # ids of the layers whose outputs enter, at the last call
    sources: tuple[int, ...] = ()  # ids of the layers whose outputs enter at any call
    through: tuple[str, ...] = ()  # operations that are no layers, between those and this one
    initial: tuple[Shape, ...] | None = None  # shapes of the initial state, where one was passed
    initial_from: tuple[int, ...] = ()  # ids of the layers that the initial state comes from
    from_model: bool = True  # whether it was found in a model
    num_calls: int = 0  # times it was called by the program itself
    adapted: bool = True  # whether a layer that learns its figures from data was shown some

    @property
    def core(self) -> LayerSeen:
        """The wrapped layer, or the layer itself."""
        return self.inner.core if self.inner else self

    @property
    def place(self) -> int:
        """Line of the wrapped layer where it has one, else its own."""
        return self.core.line or self.line

    @property
    def recurrent(self) -> bool:
        """Whether it is or wraps a recurrent layer."""
        return self.core.cls in RECURRENT and self.cls != "TimeDistributed"

    def get(self, name: str, default: Any = None) -> Any:
        """Give an argument of the layer, or of the one that it wraps."""
        return self.core.config.get(name, default)


RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")


@dataclass(frozen=True)
class ModelSeen:
    """A model with its layers from the bottom up."""

    id: int  # its identity within this capture
    kind: str  # Sequential, Functional or Subclassed
    layers: tuple[LayerSeen, ...]  # input layers included where they exist
    inputs: tuple[Shape, ...] = ()  # declared inputs, batch first
    outputs: tuple[Shape, ...] = ()  # declared outputs, batch first
    input_names: tuple[str, ...] = ()  # names of the inputs
    output_names: tuple[str, ...] = ()  # names of the outputs
    line: int = 0  # line of the program that made it
    loss: Any = None  # name of the loss, or a list or dict of names; None where not compiled
    from_logits: bool = False  # whether the loss expects outputs before the activation
    loss_kind: str = ""  # name, function, class or custom
    optimizer: str = ""  # class of the optimizer
    learning_rate: float | None = None  # its learning rate
    metrics: tuple[str, ...] = ()  # names of the metrics
    compile_line: int = 0  # line of compile
    custom_step: bool = False  # whether it trains in a way of its own
    last: int | None = None  # id of the layer whose output is the model's own, where that was seen

    @property
    def recurrents(self) -> tuple[LayerSeen, ...]:
        """The recurrent layers from the bottom up."""
        return tuple(layer for layer in self.layers if layer.recurrent)

    @property
    def stateful(self) -> tuple[LayerSeen, ...]:
        """The recurrent layers that keep their state from batch to batch."""
        return tuple(layer for layer in self.recurrents if layer.get("stateful"))

    @property
    def head(self) -> LayerSeen | None:
        """The last layer that has weights, or that changes the shape."""
        plain = ("Dropout", "Activation", "InputLayer", "Softmax", "SpatialDropout1D")
        used = [layer for layer in self.layers if layer.cls not in plain]
        own = [layer for layer in used if layer.id == self.last] or used
        return own[-1] if own else None


@dataclass(frozen=True)
class CallSeen:
    """A call of a model: fit, evaluate, predict and the like."""

    method: str  # name of the method
    model: int  # id of the model
    line: int  # line of the program
    x: tuple[ArraySeen, ...] = ()  # inputs, in the model's order
    y: tuple[ArraySeen, ...] = ()  # labels
    val_x: tuple[ArraySeen, ...] = ()  # inputs of validation_data
    val_y: tuple[ArraySeen, ...] = ()  # labels of validation_data
    source: str = "arrays"  # arrays, dataset, generator or other
    batched: bool = False  # whether x is one batch of a pipeline
    batch_size: int | None = None  # as given
    epochs: int = 1  # as given
    steps: int | None = None  # steps_per_epoch, as given
    shuffle: Any = None  # as given; None where not given
    validation_split: float = 0.0  # as given
    num_batches: int | None = None  # batches of a pipeline, where it says
    last_batch: int | None = None  # samples in its last batch, where known
    outputs: tuple[Shape, ...] = ()  # shapes of what came back, or of the model's output
    output_nan: bool = False  # whether what came back holds NaN
    output_flat: bool = False  # whether all outputs are the same number
    losses: tuple[float, ...] = ()  # loss after each epoch that was run
    weights_given: bool = False  # whether sample_weight or class_weight was given
    weights: ArraySeen | None = None  # sample_weight, where it was given as an array
    reshuffled: bool = False  # whether a data set hands out its samples in another order each time
    apart: bool = False  # whether a data set shuffles inputs and labels each by themselves
    error: str = ""  # what Keras raised, first line; empty where nothing
    leak: str = ""  # sentence on a label that stands in its own window
    late: str = ""  # sentence on labels that skip rows
    scrambled: str = ""  # sentence on a reshape that mixed axes
    ahead: tuple[int | None, ...] = ()  # per input: steps by which labels per timestep run ahead of it
    in_series: bool = False  # whether each sample continues the one before it
    rows: str = ""  # sentence on windows of rows that are not in the order of time
    unpaired: str = ""  # sentence on samples and labels that were put into different orders
    across: str = ""  # sentence on windows that run from one series into another
    unseen: str = ""  # sentence on classes that only the samples held back show
    foresight: str = ""  # sentence on inputs that were calculated from later rows
    unfinished: bool = False  # whether only a part of the data was used
    frozen: bool = False  # whether no weight of the model may change


@dataclass(frozen=True)
class OperationSeen:
    """An operation of the program's own on two arrays, of which one is stretched."""

    line: int  # line of the program
    text: str  # the operation as it is written; empty where unknown
    sign: str  # "-", "+", "*", "/" or "=="
    left: Shape  # shape of the left side; None where a size is not fixed
    right: Shape  # shape of the right side
    predicted: bool  # whether one side is a prediction
    where: str  # program, tape (under a GradientTape) or keras (inside fit and the like)


@dataclass(frozen=True)
class Picked:
    """An argmax of predictions."""

    line: int  # line of the program
    text: str  # the call as it is written
    shape: Shape  # shape of the predictions
    result: Shape  # shape of what was picked


@dataclass(frozen=True)
class ErrorSeen:
    """What stopped the program."""

    type: str  # class of the exception
    text: str  # its message
    line: int  # line of the program, the last one that was reached
    source: str  # that line
    method: str = ""  # method of Keras that was called from there
    layer: int | None = None  # id of the layer that raised
    layer_inputs: tuple[Shape, ...] = ()  # shapes that it was given
    operands: tuple[Shape, ...] = ()  # shapes of the program's own operation that raised
    making: LayerSeen | None = None  # the layer that was being made
    values: dict[str, ArraySeen] = field(default_factory=dict)  # arrays that the program names there
    columns: dict[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # columns of the tables that it names there

    @property
    def first_line(self) -> str:
        """First line of what Keras said."""
        lines = [line for line in self.text.splitlines() if line.strip()]
        return f"{self.type}: {lines[0].strip()}" if lines else self.type


@dataclass(frozen=True)
class ScalingSeen:
    """How arrays of the program relate to one another in scale."""

    kind: str  # fitted-on-all, separate, nan-made
    sentence: str  # what was seen, with the numbers
    severity: str = "wrong-result"  # how bad it is
    fix: str = ""  # what to type instead
    line: int = 0  # line of the program, where known


@dataclass(frozen=True)
class Told:
    """Something that the arrays of several calls tell together."""

    kind: str  # code of the finding
    line: int  # line of the program
    sentence: str  # what was seen; {line} stands for the line


@dataclass(frozen=True)
class Event:
    """Something else that the program did, in order."""

    what: str  # reset_state, pad_sequences, timeseries_dataset_from_array, load, save, input, exit, write
    line: int  # line of the program
    detail: dict[str, Any] = field(default_factory=dict)  # its arguments and what came back
    during: int = 0  # number of calls before it


@dataclass(frozen=True)
class Capture:
    """All that was seen of one program."""

    file: str  # its name
    source: str  # its text
    models: tuple[ModelSeen, ...] = ()  # in the order in which they were made
    calls: tuple[CallSeen, ...] = ()  # in order
    layers: tuple[LayerSeen, ...] = ()  # every layer that was made, in a model or not
    arrays: dict[str, ArraySeen] = field(default_factory=dict)  # named arrays at the end
    scalings: tuple[ScalingSeen, ...] = ()  # what the arrays say on scaling
    operations: tuple[OperationSeen, ...] = ()  # arithmetic that stretches arrays
    picked: tuple[Picked, ...] = ()  # argmax of predictions
    told: tuple[Told, ...] = ()  # what the arrays of several calls tell together
    mixing: tuple[
        tuple[int, str], ...
    ] = ()  # models whose answer for a sample depends on other samples, and how far
    switched: tuple[
        tuple[int, int, str], ...
    ] = ()  # layer that gets states, layer they come from, what is wrong
    events: tuple[Event, ...] = ()  # other things, in order
    error: ErrorSeen | None = None  # what stopped it
    warnings: tuple[str, ...] = ()  # what Keras and NumPy warned of
    notes: tuple[str, ...] = ()  # sentences on what was not run, cut short or kept out
    slips: tuple[str, ...] = ()  # sentences on what went wrong in the doctor's own looking
    printed: int = 0  # characters that the program printed
    seconds: float = 0.0  # how long it ran
    live: bool = False  # whether a model and arrays were given, and nothing was run

    def model(self, number: int) -> ModelSeen | None:
        """Give the model of that id."""
        return next((model for model in self.models if model.id == number), None)

    def layer(self, number: int | None) -> LayerSeen | None:
        """Give the layer of that id, wherever it is."""
        everywhere = [layer for model in self.models for layer in model.layers]
        return next((layer for layer in (*everywhere, *self.layers) if layer.id == number), None)

    @property
    def trainings(self) -> tuple[CallSeen, ...]:
        """The calls that train."""
        return tuple(call for call in self.calls if call.method in ("fit", "train_on_batch"))

    @property
    def trained_models(self) -> tuple[ModelSeen, ...]:
        """Models that were trained, or else all of them."""
        ids = {call.model for call in self.trainings}
        return tuple(model for model in self.models if model.id in ids) or self.models
