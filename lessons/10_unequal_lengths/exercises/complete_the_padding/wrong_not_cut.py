# earns: raised
import numpy as np


def pad(sequences, timesteps, value):
    num_features = sequences[0].shape[1]
    X = np.full((len(sequences), timesteps, num_features), value)
    for i, sequence in enumerate(sequences):
        kept = sequence[:]
        X[i, -len(kept) :] = kept
    return X
