# earns: stateless
import numpy as np


def outputs(windows, batch_size, weights, u):
    """Return h after the last timestep of each window, in each epoch, (epochs, samples)."""
    epochs = []
    for w in weights:  # training has changed w from epoch to epoch
        found = []
        for start in range(0, len(windows), batch_size):
            h = np.zeros(batch_size)
            batch = windows[start : start + batch_size]  # (batch, timesteps)
            for t in range(batch.shape[1]):
                h = np.tanh(w * batch[:, t] + u * h)  # one state for each row of the batch
            found.append(h)
        epochs.append(np.concatenate(found))
    return np.array(epochs)


passengers = np.array([112.0, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118]) / 100 - 1.2
windows = passengers.reshape(4, 3)[[0, 2, 1, 3]]  # two lanes: the first half of the year, and the second
print(outputs(windows, batch_size=2, weights=[1.0, 0.9], u=0.8).round(3))
