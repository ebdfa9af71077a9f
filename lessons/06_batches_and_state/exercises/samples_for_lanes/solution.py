import numpy as np


def samples_for_lanes(num_samples, batch_size):
    """Return the samples in the order in which a stateful layer has to read them."""
    num_batches = num_samples // batch_size
    lanes = np.arange(batch_size * num_batches).reshape(batch_size, num_batches)  # one line for each lane
    return lanes.T.ravel()  # the first sample of each lane, then the second of each


print(samples_for_lanes(7, 2))
