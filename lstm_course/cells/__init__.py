"""One step of LSTM, GRU and SimpleRNN in NumPy: the equations, and what follows from them.

A new cell is a new file that registers itself, imported in the list below.
"""

from __future__ import annotations

from lstm_course.cells import gru, lstm, simple_rnn  # noqa: F401  # each registers its cell
from lstm_course.cells.activations import ACTIVATIONS, Activation
from lstm_course.cells.arithmetic import Term, terms_of
from lstm_course.cells.cell import CELLS, Cell, Step, register
from lstm_course.cells.equations import Equation
from lstm_course.cells.forward import (
    BidirectionalTrace,
    bidirectional,
    dense,
    dropout,
    flatten,
    masking,
    merge,
    recurrent_layer,
    repeat_vector,
    reshape,
    time_distributed,
)
from lstm_course.cells.gradients import gradient_over_lags, jacobians
from lstm_course.cells.unroll import Trace, unroll
from lstm_course.cells.weights import CellWeights, GateWeights

__all__ = [
    "ACTIVATIONS",
    "CELLS",
    "Activation",
    "BidirectionalTrace",
    "Cell",
    "CellWeights",
    "Equation",
    "GateWeights",
    "Step",
    "Term",
    "Trace",
    "bidirectional",
    "dense",
    "dropout",
    "flatten",
    "gradient_over_lags",
    "jacobians",
    "masking",
    "merge",
    "recurrent_layer",
    "register",
    "repeat_vector",
    "reshape",
    "terms_of",
    "time_distributed",
    "unroll",
]
