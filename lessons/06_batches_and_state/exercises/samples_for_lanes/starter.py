import numpy as np


def samples_for_lanes(num_samples, batch_size):
    """Return the samples in the order in which a stateful layer has to read them."""
    return np.arange(num_samples)


print(samples_for_lanes(7, 2))
