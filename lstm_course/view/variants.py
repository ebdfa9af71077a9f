"""Experiments that differ from a given one in one thing, to put beside it."""

from __future__ import annotations

from collections.abc import Callable

from lstm_course.experiment import Experiment
from lstm_course.layers import Bidirectional
from lstm_course.problems import ProblemError
from lstm_course.view import edits
from lstm_course.view.presets import PRESETS

Change = Callable[[Experiment], Experiment]


def variants(exp: Experiment) -> dict[str, Experiment]:
    """Give experiments to compare with, by what they do differently; those that cannot exist are left out.

    >>> [layer.code for layer in variants(Experiment())["the cell GRU"].layers]
    ['GRU(32)']
    """
    found = {
        name: made for name, change in _changes(exp).items() if (made := _tried(exp, change)) is not None
    }
    presets = {f"preset: {name}": preset.experiment for name, preset in PRESETS.items()}
    return {name: made for name, made in (found | presets).items() if made != exp}


def _tried(exp: Experiment, change: Change) -> Experiment | None:
    try:
        return change(exp)
    except ProblemError:
        return None


def _changes(exp: Experiment) -> dict[str, Change]:
    top, count = exp.recurrent_layers[-1], len(exp.recurrent_layers)
    wrapped = isinstance(exp.layers[edits.positions(exp)[0]], Bidirectional)
    cells: dict[str, Change] = {f"the cell {kind}": _with_cell(kind) for kind in edits.CELLS}
    return cells | {
        f"return_sequences={not top.return_sequences}": lambda exp: edits.set_recurrent(
            exp, count, return_sequences=not top.return_sequences
        ),
        "without Bidirectional" if wrapped else "Bidirectional": lambda exp: edits.set_bidirectional(
            exp, 1, not wrapped
        ),
        f"stateful={not exp.stateful}": lambda exp: edits.set_stateful(exp, not exp.stateful),
        "one more layer": lambda exp: edits.set_num_layers(exp, count + 1),
        "twice the timesteps": lambda exp: exp.change(timesteps=2 * exp.timesteps),
    }


def _with_cell(kind: str) -> Change:
    return lambda exp: edits.set_all_cells(exp, kind)
