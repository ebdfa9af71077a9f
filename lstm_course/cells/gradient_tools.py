"""The slope of an activation, for the cells' steps backwards."""

from __future__ import annotations

from lstm_course.cells.activations import ACTIVATIONS, Array, get


def slope(name: str | None, x: Array) -> Array:
    """Compute the derivative of an activation at x, the value that went into it.

    Raises:
        ValueError: the activation has no derivative here.

    Example:
        >>> import numpy as np
        >>> slope("sigmoid", np.array([0.0])).tolist()
        [0.25]
    """
    derivative = get(name).derivative
    if derivative is None:
        known = ", ".join(sorted(known for known in ACTIVATIONS if ACTIVATIONS[known].derivative is not None))
        raise ValueError(
            f"Got activation={name!r}, expected one with a derivative here: {known}. Choose one of them."
        )
    return derivative(x)
