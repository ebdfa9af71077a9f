# earns: variance-for-deviation
import numpy as np


def scale(rows, num_train):
    offset = rows[:num_train].mean(axis=0)
    spread = rows[:num_train].var(axis=0)
    return (rows - offset) / spread


print(scale(np.array([[0.0, 5.0], [2.0, 7.0], [4.0, 30.0], [8.0, 10.0]]), num_train=2))
