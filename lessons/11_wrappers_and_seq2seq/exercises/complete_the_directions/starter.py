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
    back = read(____, backward)
    return np.concatenate([there, ____], axis=1)


ones = (np.ones((1, 1)), np.ones((1, 1)))
print(both_directions(np.array([[0.5], [1.0]]), ones, ones))
