# earns: padding-scaled
import numpy as np


def scale_and_pad(sequences, timesteps):
    X = np.zeros((len(sequences), timesteps, sequences[0].shape[1]))
    for i, sequence in enumerate(sequences):
        X[i, : len(sequence)] = sequence
    return (X - X.mean(axis=(0, 1))) / X.std(axis=(0, 1))


def mask_of(padded, value):
    return (padded != value).any(axis=-1)
