# earns: time-axis-of-one
import numpy as np


def simple_rnn(X, kernel, recurrent_kernel, bias, return_sequences=False):
    """Return what leaves a SimpleRNN layer."""
    h = np.zeros((X.shape[0], recurrent_kernel.shape[0]))  # (samples, units)
    outputs = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ kernel + h @ recurrent_kernel + bias)
        outputs.append(h)
    return np.stack(outputs, axis=1) if return_sequences else np.stack(outputs, axis=1)[:, -1:]


X = np.random.default_rng(0).normal(size=(2, 5, 1))
for switch in (False, True):
    print(simple_rnn(X, np.ones((1, 3)), np.ones((3, 3)), np.zeros(3), return_sequences=switch).shape)
