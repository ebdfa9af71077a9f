# earns: nearest-sequence
import numpy as np


def nearest_speaker(train, train_labels, test):
    points = np.array([sequence.mean(axis=0) for sequence in train])  # (sequences, features)
    spread = points.std(axis=0)
    classes = train_labels
    centres = points
    found = []
    for sequence in test:
        distance = (((sequence.mean(axis=0) - centres) / spread) ** 2).sum(axis=1)
        found.append(classes[distance.argmin()])
    return np.array(found)
