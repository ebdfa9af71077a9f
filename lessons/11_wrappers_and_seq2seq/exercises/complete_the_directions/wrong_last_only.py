# earns: last-everywhere
import numpy as np


def read(x, weights):
    """Outputs of a SimpleRNN, one for each row of x, in the order in which they were read."""
    kernel, recurrent_kernel = weights  # (features, units), (units, units)
    h = np.zeros(recurrent_kernel.shape[0])
    outputs = []
    for row in x:
        h = np.tanh(row @ kernel + h @ recurrent_kernel)
        outputs.append(h)
    return np.array(outputs)  # (timesteps, units)


def both_directions(x, forward, backward):
    there = read(x, forward)
    back = read(x[::-1], backward)
    return np.concatenate([there, np.repeat(back[-1:], len(x), axis=0)], axis=1)
