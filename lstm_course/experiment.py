"""The Experiment: one frozen value that says everything, and of which all else is a function."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal, Self

from lstm_course.layers import LAYERS, LSTM, Layer, Recurrent, one_of, optional_one_of, recurrent_of
from lstm_course.problems import (
    LARGEST,
    LARGEST_SEED,
    ProblemError,
    finite_number,
    shown,
    whole_number,
    yes_or_no,
)

Scaling = Literal["none", "minmax", "standard"]
LabelKind = Literal["steps", "sequence", "class", "one-hot"]
ClassWeight = Literal["balanced"] | tuple[tuple[int, float], ...]

SCALINGS = ("none", "minmax", "standard")
LABEL_KINDS = ("steps", "sequence", "class", "one-hot")
LOSSES = (
    "mse", "mae", "huber", "log_cosh",
    "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy",
)  # fmt: skip
CLASS_LOSSES = ("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")
OPTIMIZERS = ("adam", "adamw", "nadam", "rmsprop", "sgd", "adagrad", "adamax")
METRICS = ("mae", "mse", "accuracy")
MAX_RECURRENT_LAYERS = 4
MAX_LAYERS = 32
MAX_NAME = 200  # characters of the name of a data set or a group


@dataclass(frozen=True)
class Split:
    """Chronological split of the rows: first training, then validation, then test.

    Shares give borders by rounding the cumulated share; whole numbers are numbers of rows.

    >>> Split(0.7, 0.15)
    Split(train=0.7, validation=0.15, test=None, gap=0)
    """

    train: float | int = 0.7  # share or number of rows for training
    validation: float | int = 0.15  # share or number of rows for validation
    test: float | int | None = None  # share or number of rows for the test; None: all that is left
    gap: int = 0  # rows left out between two parts

    def __post_init__(self) -> None:
        """Refuse shares that cannot be."""
        for name in ("train", "validation", "test"):
            _part_size(name, getattr(self, name))
        object.__setattr__(self, "gap", whole_number("gap", self.gap, at_least=0, layer="split"))
        shares = [size for size in (self.train, self.validation, self.test) if isinstance(size, float)]
        if sum(shares) > 1 + 1e-9:
            raise ProblemError(
                f"The split adds up to {sum(shares):.0%} of the rows; the shares of training, validation and test "
                "may be 100 % at most. Make one of them smaller."
            )


def _part_size(name: str, size: object) -> None:
    if size is None and name == "test":
        return
    if isinstance(size, float) and 0 <= size <= 1 and (size > 0 or name != "train"):
        return
    if isinstance(size, int) and not isinstance(size, bool) and (name == "train") <= size <= LARGEST:
        return
    raise ProblemError(
        f"split: {name}={shown(size)} is neither a share from 0 to 1 (such as 0.7) nor a whole number of rows"
        + ("; the network needs some rows to learn from." if name == "train" else ".")
    )


@dataclass(frozen=True)
class EarlyStopping:
    """Stop when the watched loss has not fallen for `patience` epochs."""

    patience: int = 10  # epochs without a better value before training stops
    monitor: str = "val_loss"  # what is watched; "loss" where there is no validation part
    restore_best_weights: bool = True  # whether the weights of the best epoch come back

    def __post_init__(self) -> None:
        """Refuse what Keras cannot watch."""
        patience = whole_number("patience", self.patience, at_least=0, layer="EarlyStopping")
        object.__setattr__(self, "patience", patience)
        one_of("monitor", self.monitor, ("val_loss", "loss"))
        yes_or_no("restore_best_weights", self.restore_best_weights)


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """Everything from the data set to the seed, as one value.

    Building one checks each field for itself; what only shows when fields meet (a window longer than
    the series, labels that do not match the output) is found by `lstm_course.check`.

    >>> exp = Experiment(dataset="air_passengers", timesteps=12, layers=(LSTM(32),), batch_size=32)
    >>> exp.change(timesteps=24).timesteps
    24
    """

    # rows
    dataset: str = "air_passengers"  # name of the data set
    group: str | None = None  # which series of a data set that holds several; None: its default
    features: tuple[str, ...] = ()  # columns that go in; empty: the targets themselves
    targets: tuple[str, ...] = ()  # columns to forecast; empty: the data set's default
    absent: Literal["keep", "insert"] = "keep"  # whether missing time stamps become rows without values
    missing: Literal["keep", "interpolate", "forward", "zero"] = "keep"  # what becomes of missing values
    limits: tuple[tuple[str, float, float], ...] = ()  # (column, low, high): values outside count as missing
    split: Split = Split()  # which rows train, validate and test
    scaling: Scaling = "standard"  # how columns are brought to one scale
    scaler_fit: Literal["train", "all"] = "train"  # rows that the scaler may see; "all" leaks
    # windows and labels
    timesteps: int = 12  # rows in one window
    horizon: int = 1  # rows ahead to forecast
    stride: int = 1  # rows from the start of one window to the next
    lags: Literal["timesteps", "features"] = "timesteps"  # axis on which the rows of a window lie
    border: Literal["inside", "reach-back"] = "inside"  # whether a window may start in the part before
    gap_windows: Literal["keep", "drop"] = "drop"  # what becomes of windows that hold a missing value
    padding: Literal["pre", "post"] = "pre"  # where short sequences are filled up
    pad_value: float = 0.0  # value they are filled up with
    labels: LabelKind = "steps"  # what a label looks like
    flat_labels: bool = False  # whether labels (samples, 1) lose their last axis
    # network
    layers: tuple[Layer, ...] = (LSTM(32),)  # from the input up to the head
    head: tuple[Layer, ...] | None = None  # layers that make the output; None: those that fit the labels
    # training
    batch_size: int = 32  # samples per gradient step
    shuffle: bool | None = None  # order of the training samples; None: shuffled unless stateful
    reset_state: Literal["epoch", "never"] = "epoch"  # when a stateful layer forgets
    loss: str | None = None  # None: the one that fits the labels
    class_weight: ClassWeight | None = (
        None  # (class number, how much its samples count), …; None: all the same
    )
    metrics: tuple[str, ...] = ()  # further figures to follow while training
    optimizer: str = "adam"  # how gradients become steps
    learning_rate: float | None = None  # size of a step; None: the optimizer's default in Keras
    clipnorm: float | None = None  # longest gradient of one weight tensor
    epochs: int = 20  # passes over the training samples
    early_stopping: EarlyStopping | None = None  # when to stop before the last epoch
    seed: int = 0  # seed of the weights, the order of samples and dropout

    def __post_init__(self) -> None:
        """Refuse values that make no sense by themselves."""
        for name in ("timesteps", "horizon", "stride", "batch_size", "epochs"):
            object.__setattr__(self, name, whole_number(name, getattr(self, name), at_least=1))
        object.__setattr__(self, "seed", whole_number("seed", self.seed, at_least=0, at_most=LARGEST_SEED))
        self._check_choices()
        self._check_switches()
        self._check_columns()
        self._check_parts()
        self._check_class_weight()
        self._check_network()
        finite_number("pad_value", self.pad_value, example="0.0")
        for name in ("learning_rate", "clipnorm"):
            if getattr(self, name) is not None:
                finite_number(name, getattr(self, name), above=0, example="0.001")

    def _check_choices(self) -> None:
        one_of("absent", self.absent, ("keep", "insert"))
        one_of("missing", self.missing, ("keep", "interpolate", "forward", "zero"))
        one_of("scaling", self.scaling, SCALINGS)
        one_of("scaler_fit", self.scaler_fit, ("train", "all"))
        one_of("lags", self.lags, ("timesteps", "features"))
        one_of("border", self.border, ("inside", "reach-back"))
        one_of("gap_windows", self.gap_windows, ("keep", "drop"))
        one_of("padding", self.padding, ("pre", "post"))
        one_of("labels", self.labels, LABEL_KINDS)
        one_of("reset_state", self.reset_state, ("epoch", "never"))
        one_of("optimizer", self.optimizer, OPTIMIZERS)
        optional_one_of("loss", self.loss, LOSSES)
        if not isinstance(self.metrics, tuple):
            raise ProblemError(f"metrics={shown(self.metrics)}: expected a tuple of names, such as ('mae',).")
        for metric in self.metrics:
            one_of("metrics", metric, METRICS)

    def _check_switches(self) -> None:
        yes_or_no("flat_labels", self.flat_labels)
        if self.shuffle is not None:
            yes_or_no("shuffle", self.shuffle)

    def _check_columns(self) -> None:
        for name in ("features", "targets"):
            columns = getattr(self, name)
            if not (isinstance(columns, tuple) and all(isinstance(column, str) for column in columns)):
                raise ProblemError(
                    f"{name}={shown(columns)}: expected a tuple of column names, such as ('co2',)."
                )
            if len(set(columns)) != len(columns):
                raise ProblemError(f"{name}={shown(columns)}: each column name may be given once.")
        if len(self.targets) > 1 and self.labels in ("class", "one-hot"):
            raise ProblemError(
                f"A class label comes from one column, but there are {len(self.targets)} targets: "
                f"{', '.join(self.targets)}. Choose one."
            )

    def _check_parts(self) -> None:
        for name in ("dataset", "group"):
            value = getattr(self, name)
            if not (
                (isinstance(value, str) and len(value) <= MAX_NAME) or (name == "group" and value is None)
            ):
                raise ProblemError(f"{name}={shown(value)}: expected a name of up to {MAX_NAME} characters.")
        if not isinstance(self.split, Split):
            raise ProblemError(f"split={shown(self.split)}: expected a Split, such as Split(0.7, 0.15).")
        if not isinstance(self.early_stopping, EarlyStopping | None):
            raise ProblemError(
                f"early_stopping={shown(self.early_stopping)}: expected None or EarlyStopping(patience=10)."
            )
        if not isinstance(self.limits, tuple) or not all(map(_is_limit, self.limits)):
            raise ProblemError(
                f"limits={shown(self.limits)}: expected a tuple of (column, low, high), low not above high, "
                "such as (('wind_speed', 0.0, 100.0),)."
            )

    def _check_class_weight(self) -> None:
        given = self.class_weight
        if given is None or given == "balanced":
            return
        pairs = given if isinstance(given, tuple) and given and all(map(_is_class_weight, given)) else ()
        if not pairs or len({number for number, _ in pairs}) < len(pairs):
            raise ProblemError(
                f"class_weight={shown(given)}: expected None, 'balanced', or a tuple of (class number, weight), each "
                "class once and no weight below 0, such as ((0, 1.0), (1, 5.0))."
            )

    def _check_network(self) -> None:
        for name, layers in (("layers", self.layers), ("head", () if self.head is None else self.head)):
            if not isinstance(layers, tuple):
                raise ProblemError(
                    f"{name}={shown(layers)}: expected a tuple of layers; one layer is written with a comma: "
                    f"{name}=({'LSTM(32)' if name == 'layers' else 'Dense(1)'},)."
                )
            for layer in layers:
                if type(layer) not in LAYERS.values():
                    raise ProblemError(f"{shown(layer)} is no layer; write for example layers=(LSTM(32),).")
                if name == "head" and recurrent_of(layer):
                    raise ProblemError(
                        f"The head holds {layer.code}; recurrent layers belong in layers=, below the head."
                    )
        if len(self.layers) > MAX_LAYERS:
            raise ProblemError(f"The network has {len(self.layers)} layers; up to {MAX_LAYERS} are drawn.")
        recurrent = [layer for layer in self.layers if recurrent_of(layer)]
        if not recurrent:
            raise ProblemError("The network has no recurrent layer; add LSTM(32), GRU(32) or SimpleRNN(32).")
        if len(recurrent) > MAX_RECURRENT_LAYERS:
            raise ProblemError(
                f"The network has {len(recurrent)} recurrent layers; this course draws up to {MAX_RECURRENT_LAYERS}."
            )

    def change(self, **changes: Any) -> Self:
        """Return a copy with some fields changed.

        Raises:
            ProblemError: when a field is unknown or its value makes no sense.
        """
        unknown = set(changes) - {field.name for field in dataclasses.fields(self)}
        if unknown:
            raise ProblemError(f"An Experiment has no field {shown(', '.join(sorted(unknown)))}.")
        return dataclasses.replace(self, **changes)

    @property
    def recurrent_layers(self) -> tuple[Recurrent, ...]:
        """The recurrent layers from the bottom up, without their wrappers."""
        return tuple(found for layer in self.layers if (found := recurrent_of(layer)))

    @property
    def stateful(self) -> bool:
        """Whether any layer keeps its state from batch to batch."""
        return any(layer.stateful for layer in self.recurrent_layers)

    @property
    def shuffled(self) -> bool:
        """Whether the training samples are shuffled each epoch."""
        return not self.stateful if self.shuffle is None else self.shuffle

    @property
    def is_classification(self) -> bool:
        """Whether a label is a class."""
        return self.labels in ("class", "one-hot")


def rows_of(dataset: str, labels: LabelKind = "steps", **chosen: Any) -> dict[str, Any]:
    """Give the fields that set an Experiment on other rows: what was chosen of the old ones does not go along.

    Args:
        dataset: name of the rows.
        labels: what a label looks like.
        chosen: fields that are chosen of the new rows, such as `group` or `features`.

    >>> Experiment(dataset="brent", features=("price",)).change(**rows_of("co2")).features
    ()
    """
    nothing: dict[str, Any] = {"group": None, "features": (), "targets": (), "limits": ()}
    return {"dataset": dataset, **nothing, "labels": labels, **chosen}


def _is_class_weight(pair: object) -> bool:
    if not (isinstance(pair, tuple) and len(pair) == 2):
        return False
    number, weight = pair
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= LARGEST:
        return False
    return isinstance(weight, int | float) and not isinstance(weight, bool) and 0 <= weight <= LARGEST


def _is_limit(limit: object) -> bool:
    if not (isinstance(limit, tuple) and len(limit) == 3 and isinstance(limit[0], str)):
        return False
    low, high = limit[1:]
    numbers = all(isinstance(end, int | float) and not isinstance(end, bool) for end in (low, high))
    return numbers and low <= high
