# earns: other-way-round
import numpy as np


def samples_for_lanes(num_samples, batch_size):
    """Return the samples in the order in which a stateful layer has to read them."""
    num_batches = num_samples // batch_size
    return np.arange(batch_size * num_batches).reshape(num_batches, batch_size).T.ravel()


print(samples_for_lanes(7, 2))
