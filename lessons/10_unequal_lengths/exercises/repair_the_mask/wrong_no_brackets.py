# earns: only-the-mean-divided
import numpy as np


def scale_and_pad(sequences, timesteps):
    frames = np.concatenate(sequences)  # (all frames, features)
    mean, deviation = frames.mean(axis=0), frames.std(axis=0)
    X = np.zeros((len(sequences), timesteps, frames.shape[1]))
    for i, sequence in enumerate(sequences):
        X[i, : len(sequence)] = sequence - mean / deviation
    return X


def mask_of(padded, value):
    return (padded != value).any(axis=-1)
