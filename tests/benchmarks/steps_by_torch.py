"""Steps of PyTorch's usual loop: ``python steps_by_torch.py THREADS``."""

from __future__ import annotations

import sys

import torch
from cases import Case
from contender import Epochs, serve


def usual_loop(case: Case) -> Epochs:
    torch.manual_seed(0)
    X, y = (torch.from_numpy(array) for array in case.arrays())
    lstm, dense = torch.nn.LSTM(case.features, case.units, batch_first=True), torch.nn.Linear(case.units, 1)
    optimizer = torch.optim.Adam([*lstm.parameters(), *dense.parameters()])

    def train(epochs: int) -> None:
        for _ in range(epochs):
            order = torch.randperm(case.samples)
            for batch in order.split(case.batch_size):
                optimizer.zero_grad()
                output = dense(lstm(X[batch])[0][:, -1])
                torch.nn.functional.mse_loss(output, y[batch]).backward()
                optimizer.step()

    return train


if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[1]))
    serve(usual_loop)
