# earns: first-left-off
import numpy as np


def samples_for_lanes(num_samples, batch_size):
    """Return the samples in the order in which a stateful layer has to read them."""
    num_batches = num_samples // batch_size
    lanes = np.arange(num_samples % batch_size, num_samples).reshape(batch_size, num_batches)
    return lanes.T.ravel()


print(samples_for_lanes(7, 2))
