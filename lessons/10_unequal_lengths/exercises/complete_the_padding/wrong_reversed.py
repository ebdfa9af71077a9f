# earns: frames-reversed
import numpy as np


def pad(sequences, timesteps, value):
    num_features = sequences[0].shape[1]
    X = np.full((len(sequences), timesteps, num_features), value)
    for i, sequence in enumerate(sequences):
        kept = sequence[-timesteps:]
        X[i, -len(kept) :] = kept[::-1]
    return X
