import numpy as np


def prepare(rows, num_train):
    low, high = rows.min(axis=0), rows.max(axis=0)
    scaled = (rows - low) / (high - low)
    return scaled[:num_train], scaled[num_train:], low, high


def to_units(forecast, low, high, column):
    return forecast * (high - low) + low


low, high = np.array([0.0, 10.0]), np.array([4.0, 30.0])
print(to_units(np.array([[0.5], [1.0]]), low, high, column=1))
