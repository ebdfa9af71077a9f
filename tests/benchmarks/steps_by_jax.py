"""Steps of JAX, one compiled scan an epoch, the limit to come near to: ``python steps_by_jax.py THREADS``."""

from __future__ import annotations

import os
import sys

os.environ["NPROC"] = sys.argv[1]  # threads of its CPU client, read when it is imported

import jax
import jax.numpy as jnp
from cases import Case
from contender import Epochs, serve


def one_scan(case: Case) -> Epochs:
    X, y = (jnp.asarray(array) for array in case.arrays())
    kept = case.samples // case.batch_size * case.batch_size
    full = tuple(array[:kept].reshape(-1, case.batch_size, *array.shape[1:]) for array in (X, y))
    weights = _weights(case)
    zeros = [jnp.zeros_like(weight) for weight in weights]

    @jax.jit
    def epoch(state):
        state, _ = jax.lax.scan(_adam, state, full)
        return _adam(state, (X[kept:], y[kept:]))[0] if kept < case.samples else state

    state = (weights, zeros, zeros, jnp.zeros(()))

    def train(epochs: int) -> None:
        nonlocal state
        for _ in range(epochs):
            state = jax.block_until_ready(epoch(state))

    return train


def _weights(case: Case) -> list:
    sizes = ((case.features, 4 * case.units), (case.units, 4 * case.units), (case.units, 1))
    keys = jax.random.split(jax.random.key(0), len(sizes))
    kernels = [jax.random.normal(key, size) * 0.1 for key, size in zip(keys, sizes, strict=True)]
    return [*kernels, jnp.zeros(4 * case.units), jnp.zeros(1)]


def _loss(weights, x, goal):
    kernel, recurrent, dense, bias, dense_bias = weights

    def step(carry, x_t):
        h, c = carry
        i, f, g, o = jnp.split(x_t @ kernel + h @ recurrent + bias, 4, axis=-1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

    start = jnp.zeros((x.shape[0], recurrent.shape[0]))
    (h, _), _ = jax.lax.scan(step, (start, start), jnp.swapaxes(x, 0, 1))
    return jnp.mean((h @ dense + dense_bias - goal) ** 2)


def _adam(state, batch):
    weights, first, second, count = state
    value, grads = jax.value_and_grad(_loss)(weights, *batch)
    count = count + 1
    first = [0.9 * m + 0.1 * g for m, g in zip(first, grads, strict=True)]
    second = [0.999 * v + 0.001 * g * g for v, g in zip(second, grads, strict=True)]
    rate = 0.001 * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
    moved = zip(weights, first, second, strict=True)
    return ([w - rate * m / (jnp.sqrt(v) + 1e-7) for w, m, v in moved], first, second, count), value


if __name__ == "__main__":
    serve(one_scan)
