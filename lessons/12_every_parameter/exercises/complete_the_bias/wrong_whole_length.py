# earns: units-of-the-joined-bias
import numpy as np


def first_bias(drawn, unit_forget_bias):
    """Return the bias with which an LSTM starts, of shape (4 * units,)."""
    units = len(drawn)  # length of one block
    bias = np.array(drawn, dtype=float)
    if unit_forget_bias:
        bias[units : 2 * units] = 1.0  # the forget block
    return bias


print(first_bias(np.zeros(8), True))
