import numpy as np


def create_dataset(series, timesteps):
    X, y = [], []
    for i in range(len(series) - timesteps):
        X.append(series[i : i + timesteps])
        y.append(series[i + timesteps])
    X = np.array(X)
    X = np.reshape(X, (X.shape[0], X.shape[1], 1))
    return X, np.array(y)


X, y = create_dataset(np.arange(6.0), timesteps=3)
print(X.shape, y.shape)
