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


def run_graph(function: Callable[..., Any], *arguments: Any) -> Any:
    """Run a function once as a graph, which is much quicker than step by step where it holds loops."""
    return graph_of(function, *arguments)(*arguments)
