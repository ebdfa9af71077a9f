"""Keras recurrent networks explained by one diagram, read from bottom to top.

The public names below are stable. Those that need Keras load it when they are first used, so that importing
this package stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lstm_course.api import diagram
    from lstm_course.codec import from_json, from_query, parse_layers, to_json, to_query
    from lstm_course.data import (
        Card,
        Sequences,
        Series,
        datasets,
        load_csv,
        load_dataset,
        make_windows,
        num_windows,
        prepare,
    )
    from lstm_course.doctor import diagnose
    from lstm_course.drawing import Diagram, side_by_side
    from lstm_course.evaluate.run import Run
    from lstm_course.experiment import EarlyStopping, Experiment, Split
    from lstm_course.export import export_notebook, export_script
    from lstm_course.keras_bridge.observe import observe_stages
    from lstm_course.keras_bridge.train import train
    from lstm_course.layers import (
        GRU,
        LSTM,
        Bidirectional,
        Dense,
        Dropout,
        Flatten,
        Masking,
        RepeatVector,
        Reshape,
        SimpleRNN,
        TimeDistributed,
    )
    from lstm_course.problems import ProblemError
    from lstm_course.shapes import Finding, Stage, check, predict, predict_stages
    from lstm_course.terms import TERMS, Term

_HOMES = {
    "api": ("diagram",),
    "codec": ("from_json", "from_query", "parse_layers", "to_json", "to_query"),
    "data": (
        "Card", "Sequences", "Series", "datasets", "load_csv", "load_dataset", "make_windows", "num_windows", "prepare",
    ),
    "drawing": ("Diagram", "side_by_side"),
    "doctor": ("diagnose",),
    "evaluate.run": ("Run",),
    "experiment": ("EarlyStopping", "Experiment", "Split"),
    "export": ("export_notebook", "export_script"),
    "keras_bridge.observe": ("observe_stages",),
    "keras_bridge.train": ("train",),
    "layers": (
        "GRU", "LSTM", "Bidirectional", "Dense", "Dropout", "Flatten", "Masking", "RepeatVector", "Reshape",
        "SimpleRNN", "TimeDistributed",
    ),
    "problems": ("ProblemError",),
    "shapes": ("Finding", "Stage", "check", "predict", "predict_stages"),
    "terms": ("TERMS", "Term"),
}  # fmt: skip
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}

__version__ = "0.1.0"
__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first used."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'lstm_course' has no attribute {name!r}")
    value = getattr(import_module(f"lstm_course.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
