# earns: not-reordered
import numpy as np


def samples_for_lanes(num_samples, batch_size):
    """Return the samples in the order in which a stateful layer has to read them."""
    num_batches = num_samples // batch_size
    order = []
    for lane in range(batch_size):
        for batch in range(num_batches):
            order.append(lane * num_batches + batch)
    return np.array(order)


print(samples_for_lanes(7, 2))
