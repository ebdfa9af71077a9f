# earns: parts-apart
import numpy as np


def own(part):
    return (part - part.mean(axis=0)) / part.std(axis=0)


def scale(rows, num_train):
    return np.concatenate([own(rows[:num_train]), own(rows[num_train:])])
