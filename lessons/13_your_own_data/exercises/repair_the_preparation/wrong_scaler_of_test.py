# earns: scaler-of-test
import numpy as np


def windows(rows, timesteps):
    X, y = [], []
    for start in range(len(rows) - timesteps):
        X.append(rows[start : start + timesteps])
        y.append(rows[start + timesteps])
    return np.array(X)[:, :, np.newaxis], np.array(y)


def prepare(values, timesteps, num_train):
    known = values[num_train:]
    scaled = (values - known.mean()) / known.std()
    X_train, y_train = windows(scaled[:num_train], timesteps)
    X_test, y_test = windows(scaled[num_train:], timesteps)
    return X_train, y_train, X_test, y_test


X_train, y_train, X_test, y_test = prepare(np.arange(20.0), 3, 12)
print(X_train.shape, y_train.shape, X_test.shape, y_test.shape)
