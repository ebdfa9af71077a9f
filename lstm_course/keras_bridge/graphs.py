"""Functions traced once, for arguments that are known beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf


def graph_of(function: Callable[..., Any], *arguments: Any, jit: bool = False) -> Callable[..., Any]:
    """Trace a function for arguments of these shapes, and compile it with XLA where asked.

    It is traced here and not at its first call, so that TensorFlow does not warn of retracing where many
    models are run in one process.
    """
    traced = tf.function(function, jit_compile=jit, autograph=False).get_concrete_function(*arguments)
    call: Callable[..., Any] = traced
    return call


class XlaGraph:
    """A traced function that XLA compiles, and that runs without it where XLA cannot compile it."""

    def __init__(self, function: Callable[..., Any], *arguments: Any, jit: bool) -> None:
        """Trace the function for arguments of these shapes; XLA compiles at the first call."""
        self._function = function
        self._arguments = arguments
        self.jit = jit  # whether XLA compiles it
        self._call = self._traced()

    def __call__(self, *arguments: Any) -> Any:
        """Call it; XLA changes variables at the end alone, so that what fails under it can run without it."""
        try:
            return self._call(*arguments)
        except tf.errors.OpError:
            if not self.jit:
                raise
            self.jit = False
            self._call = self._traced()
            return self._call(*arguments)

    def _traced(self) -> Callable[..., Any]:
        return graph_of(self._function, *self._arguments, jit=self.jit)


def run_graph(function: Callable[..., Any], *arguments: Any) -> Any:
    """Run a function once as a graph, which is much quicker than step by step where it holds loops."""
    return graph_of(function, *arguments)(*arguments)
