"""Do the labels match the output? What Keras's loss makes of two shapes, axis by axis."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Literal

from lstm_course.shapes.tensor import Tensor

Verdict = Literal["match", "aligned", "chance", "broadcast", "refused"]
Shape = tuple[int, ...]

CHECKED_LOSSES = ("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")


@dataclass(frozen=True)
class Comparison:
    """How the labels meet the output in the loss."""

    verdict: (
        Verdict  # match; aligned: an axis of size 1 apart; chance: equal sizes of unlike axes; broadcast: silently
        # wrong; refused: Keras raises
    )
    label: Tensor  # labels of one batch
    output: Tensor  # output for one batch
    loss: str  # name of the loss in Keras
    num_terms: int  # terms that the loss averages
    num_labels: int  # labels there are
    position: int | None  # first axis at which the two part, counted from 0; None where they match
    axis: str  # its name
    sentence: str  # what happens, with the numbers
    fix: str  # what to change; empty where nothing is wrong

    @property
    def is_right(self) -> bool:
        """Whether each output meets its own label."""
        return self.verdict in ("match", "aligned")


def compare(label: Tensor, output: Tensor, loss: str) -> Comparison:
    """Compare the labels of a batch with the output for it, as the named loss would.

    Keras first adds or drops an axis of size 1 where the ranks differ by one. After that the cross-entropies
    demand equal shapes; regression losses broadcast whatever NumPy would broadcast, without a word.

    Args:
        label: labels of one batch, first axis batch.
        output: output for the same batch.
        loss: name of the loss, such as "mse".

    >>> from lstm_course.shapes.tensor import BATCH, HORIZON, TIMESTEPS, UNITS
    >>> label = Tensor((32,), (BATCH,))
    >>> compare(label, Tensor((32, 12, 1), (BATCH, TIMESTEPS, UNITS)), "mse").num_terms
    12288

    Source: keras.losses: `squeeze_or_expand_to_same_rank` and the loss functions.
    """
    if loss == "sparse_categorical_crossentropy":
        return _compare_classes(label, output)
    left, right = aligned(label.shape, output.shape)
    if left == right:
        verdict: Verdict = "match" if label.shape == output.shape else "aligned"
        compared = right[:-1] if loss == "categorical_crossentropy" else right  # it sums over the classes
        return _right(verdict, label, output, loss, prod(compared))
    joint = broadcast(left, right)
    if joint is None or loss in CHECKED_LOSSES:
        return _refused(label, output, loss)
    return _broadcast(label, output, loss, joint)


def aligned(label: Shape, output: Shape) -> tuple[Shape, Shape]:
    """Add or drop one last axis of size 1, as Keras does when ranks differ by one.

    >>> aligned((32,), (32, 1)), aligned((32, 12), (32, 12, 1)), aligned((32,), (32, 12, 1))
    (((32, 1), (32, 1)), ((32, 12), (32, 12)), ((32,), (32, 12, 1)))
    """
    if len(label) == len(output) + 1 and label[-1] == 1:
        return (label, (*output, 1)) if len(output) == 1 else (label[:-1], output)
    if len(output) == len(label) + 1 and output[-1] == 1:
        return ((*label, 1), output) if len(label) == 1 else (label, output[:-1])
    return label, output


def broadcast(left: Shape, right: Shape) -> Shape | None:
    """Return the shape that NumPy would broadcast two shapes to, or None where it refuses.

    >>> broadcast((32, 1), (32, 3)), broadcast((32, 2), (32, 3))
    ((32, 3), None)
    """
    rank = max(len(left), len(right))
    padded = [(1,) * (rank - len(shape)) + shape for shape in (left, right)]
    pairs = list(zip(*padded, strict=True))
    if any(a != b and 1 not in (a, b) for a, b in pairs):
        return None
    return tuple(b if a == 1 else a for a, b in pairs)


def _right(verdict: Verdict, label: Tensor, output: Tensor, loss: str, num_terms: int) -> Comparison:
    note = "" if verdict == "match" else " Keras adds or drops the last axis, of size 1, by itself."
    pairs = ("pair" if num_terms == 1 else "pairs") + (
        " of rows" if loss == "categorical_crossentropy" else ""
    )
    return Comparison(
        verdict, label, output, loss, num_terms, label.size, None, "",
        f"Labels {label} match the output {output}: the loss compares {num_terms:,} {pairs}.{note}", "",
    )  # fmt: skip


def _compare_classes(label: Tensor, output: Tensor) -> Comparison:
    loss = "sparse_categorical_crossentropy"
    shape = label.shape[:-1] if label.rank == output.rank and label.last == 1 else label.shape
    if shape == output.shape[:-1]:
        count = prod(shape)
        sentence = f"Each of the {count:,} labels names one of the {output.last} outputs of its sample."
        return Comparison("match", label, output, loss, count, label.size, None, "", sentence, "")
    if label.rank == 2 and output.rank == 3 and output.last == 1 and shape == output.shape[:1]:
        return _timesteps_as_classes(label, output, loss)
    return _refused(label, output, loss)


def _timesteps_as_classes(label: Tensor, output: Tensor, loss: str) -> Comparison:
    sentence = (
        f"Labels {label} against an output {output}: Keras drops the output's last axis, of size 1, and takes its "
        f"{output.shape[1]} {output.axes[1]} for classes, without a word."
    )
    count = label.shape[0]
    return Comparison(
        "broadcast",
        label,
        output,
        loss,
        count,
        label.size,
        1,
        output.axes[1],
        sentence,
        _fix(label, output, loss),
    )


def _refused(label: Tensor, output: Tensor, loss: str) -> Comparison:
    position, axis = _where(label, output)
    return Comparison(
        "refused", label, output, loss, 0, label.size, position, axis,
        f"Labels {label} ({label.named}) do not fit the output {output} ({output.named}): {loss} raises an error.",
        _fix(label, output, loss),
    )  # fmt: skip


def _broadcast(label: Tensor, output: Tensor, loss: str, joint: Shape) -> Comparison:
    position, axis = _where(label, output)
    spread = " × ".join(f"{size:,}" for size in joint)
    mixed = (
        "outputs are compared with labels that are not theirs" if _mixes_samples(label, output)
        else "numbers that belong to different places of one sample are compared"
    )  # fmt: skip
    return Comparison(
        "broadcast", label, output, loss, prod(joint), label.size, position, axis,
        f"Labels {label} against an output {output}: {loss} raises nothing. It stretches both to {spread} = "
        f"{prod(joint):,} terms, so {mixed}.",
        _fix(label, output, loss),
    )  # fmt: skip


def _mixes_samples(label: Tensor, output: Tensor) -> bool:
    """Tell whether the labels of one sample meet the outputs of another: their batch axes do not meet."""
    left, right = aligned(label.shape, output.shape)
    return len(left) != len(right)


def _where(label: Tensor, output: Tensor) -> tuple[int, str]:
    for position, (a, b) in enumerate(zip(label.shape, output.shape, strict=False)):
        if a != b:
            return position, output.axes[position]
    longer = output if output.rank > label.rank else label
    position = min(label.rank, output.rank, longer.rank - 1)  # equal shapes part in what the last axis means
    return position, longer.axes[position]


def _fix(label: Tensor, output: Tensor, loss: str) -> str:
    if output.rank == 3 and (label.rank == 1 or (label.rank == 2 and output.shape[1] != label.last)):
        return "Set return_sequences=False on the last recurrent layer, so that one vector per sample reaches the head."
    if loss == "sparse_categorical_crossentropy":
        return "Give each sample one class number, labels (batch,), and end with Dense(number of classes, 'softmax')."
    if loss == "categorical_crossentropy" and label.rank < output.rank:
        return "Use loss='sparse_categorical_crossentropy' for class numbers, or one-hot labels (batch, classes)."
    if label.rank == 1:
        return (
            "Give the head one unit, Dense(1), for one number per sample; for class numbers use "
            "loss='sparse_categorical_crossentropy'."
        )
    if label.rank == output.rank == 2:
        return f"Give the head one unit per label: Dense({label.last}), so that it returns {label}."
    if label.rank == 3 and output.rank == 2:
        horizon, targets = label.shape[1:]
        return (
            f"End with Dense({horizon * targets}) and Reshape(({horizon}, {targets})); if there is a label at each "
            "timestep of the window, set return_sequences=True on the last recurrent layer instead."
        )
    if label.rank == output.rank == 3 and label.last != output.last:
        return f"Give the head at each timestep one unit per target: TimeDistributed(Dense({label.last}))."
    if label.rank == output.rank == 3:
        return f"The output has {output.shape[1]} timesteps and the labels {label.shape[1]}: make them equally long."
    return f"Make the output {label}: it has to have the labels' shape."
