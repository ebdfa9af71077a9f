# earns: zeros-taken-for-padding
import numpy as np


def scale_and_pad(sequences, timesteps):
    X = np.zeros((len(sequences), timesteps, sequences[0].shape[1]))
    for i, sequence in enumerate(sequences):
        X[i, : len(sequence)] = sequence
    real = (X != 0).any(axis=-1)  # (samples, timesteps)
    frames = X[real]  # (all frames, features)
    X[real] = (frames - frames.mean(axis=0)) / frames.std(axis=0)
    return X


def mask_of(padded, value):
    return (padded != value).any(axis=-1)
