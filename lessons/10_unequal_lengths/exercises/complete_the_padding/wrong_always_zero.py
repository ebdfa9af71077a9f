# earns: value-ignored
import numpy as np


def pad(sequences, timesteps, value):
    num_features = sequences[0].shape[1]
    X = np.zeros((len(sequences), timesteps, num_features))
    for i, sequence in enumerate(sequences):
        kept = sequence[-timesteps:]
        X[i, -len(kept) :] = kept
    return X
