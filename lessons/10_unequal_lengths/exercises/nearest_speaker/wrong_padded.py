# earns: padding-in-the-mean
import numpy as np


def nearest_speaker(train, train_labels, test):
    longest = max(len(sequence) for sequence in [*train, *test])

    def point(sequence):
        padded = np.zeros((longest, sequence.shape[1]))
        padded[: len(sequence)] = sequence
        return padded.mean(axis=0)

    points = np.array([point(sequence) for sequence in train])
    spread = points.std(axis=0)
    classes = np.unique(train_labels)
    centres = np.array([points[train_labels == one].mean(axis=0) for one in classes])
    return np.array([classes[(((point(s) - centres) / spread) ** 2).sum(axis=1).argmin()] for s in test])
