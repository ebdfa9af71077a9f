import numpy as np


def scale_and_pad(sequences, timesteps):
    X = np.zeros((len(sequences), timesteps, sequences[0].shape[1]))
    for i, sequence in enumerate(sequences):
        X[i, : len(sequence)] = sequence
    return (X - X.mean(axis=(0, 1))) / X.std(axis=(0, 1))


def mask_of(padded, value):
    return (padded != value).all(axis=-1)


X = scale_and_pad([np.array([[1.0, 5.0], [3.0, 4.0]]), np.array([[2.0, 0.0]])], 3)
print(X)
print(mask_of(X, 0.0))
