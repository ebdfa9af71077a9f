"""Values as people write them, and as a colour shows them."""

from __future__ import annotations

from lstm_course.shapes import Tensor
from lstm_course.shapes.tensor import axis_name

OPEN = -1
"""Size of an axis that Keras leaves open: the batch, or timesteps of any number."""


def size_text(size: int) -> str:
    """Write the size of an axis as Keras does.

    >>> size_text(12000), size_text(OPEN)
    ('12,000', 'None')
    """
    return f"{size:,}" if size >= 0 else "None"


def named(tensor: Tensor) -> str:
    """Write a shape in words.

    >>> named(Tensor((OPEN, 4), ("batch", "units")))
    'None batch × 4 units'
    """
    return " × ".join(
        f"{size_text(size)} {axis_name(size, axis)}"
        for size, axis in zip(tensor.shape, tensor.axes, strict=True)
    )


def shape_text(tensor: Tensor) -> str:
    """Write a shape as Keras does.

    >>> shape_text(Tensor((OPEN, 4), ("batch", "units")))
    '(None, 4)'
    """
    return str(tuple(size if size >= 0 else None for size in tensor.shape))


def class_text(name: str, target: str) -> str:
    """Name a class, with its column where its name is a mere number.

    >>> class_text("3", "speaker"), class_text("rain", "weather")
    ('speaker 3', 'rain')
    """
    return f"{target} {name}" if name.isdigit() else name


def value_fill(value: float, largest: float = 1.0) -> tuple[str, float]:
    """Give the colour and its strength for a value: hue is the sign, strength the size.

    >>> value_fill(-0.5)
    ('negative', 0.52)
    """
    share = min(abs(value) / largest, 1.0) if largest else 0.0
    return "positive" if value >= 0 else "negative", round(0.06 + 0.7 * share**0.6, 2)


def number(value: float) -> str:
    """Write a value in at most five characters, its sign always there.

    >>> number(0.4912), number(-12.3), number(1234.5), number(-0.0001)
    ('+0.49', '−12', '+1.2k', '0.00')
    """
    sign, size = "−" if value < 0 else "+", abs(value)
    if size < 0.005:
        return "0.00"
    if size < 9.995:
        return f"{sign}{size:.2f}"
    if size < 999.5:
        return f"{sign}{size:.0f}"
    return f"{sign}{plain(size)}"


def plain(value: float) -> str:
    """Write a value of any size in at most six characters, as people would.

    >>> plain(112.0), plain(0.125), plain(1234567), plain(7)
    ('112', '0.125', '1.2M', '7')
    """
    size, sign = abs(value), "−" if value < 0 else ""
    for least, divisor, unit, digits in (
        (1e9, 1e9, "G", 1),
        (1e6, 1e6, "M", 1),
        (1e4, 1e3, "k", 0),
        (1e3, 1e3, "k", 1),
    ):
        if size >= least:
            return f"{sign}{size / divisor:.{digits}f}{unit}"
    return f"{sign}{size:.0f}" if size >= 100 or size == int(size) else f"{sign}{size:.3g}"
