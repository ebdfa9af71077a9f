import numpy as np


def pad(sequences, timesteps, value):
    num_features = sequences[0].shape[1]
    X = np.full((len(sequences), timesteps, num_features), value)
    for i, sequence in enumerate(sequences):
        kept = sequence[____]  # at most `timesteps` frames
        X[i, ____] = kept
    return X


first = np.array([[1.86], [1.89], [1.94]])
second = np.array([[1.30]])
print(pad([first, second], timesteps=2, value=0.0))
