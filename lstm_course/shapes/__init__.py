"""The rules of shapes: which shape leaves each stage, and what is wrong where one cannot."""

from lstm_course.shapes.compare import Comparison, compare
from lstm_course.shapes.findings import Finding
from lstm_course.shapes.network import fitting_head, network_of
from lstm_course.shapes.predict import (
    Prediction,
    check,
    fitting_loss,
    loss_of,
    predict,
    predict_stages,
    require_runnable,
)
from lstm_course.shapes.rules import Entry, Impossible, shape_of
from lstm_course.shapes.stage import LayerShape, Stage, Weight
from lstm_course.shapes.tensor import AXES, Tensor
from lstm_course.shapes.weights import Formula, parameter_formula

__all__ = [
    "AXES",
    "Comparison",
    "Entry",
    "Finding",
    "Formula",
    "Impossible",
    "LayerShape",
    "Prediction",
    "Stage",
    "Tensor",
    "Weight",
    "check",
    "compare",
    "fitting_head",
    "fitting_loss",
    "loss_of",
    "network_of",
    "parameter_formula",
    "predict",
    "predict_stages",
    "require_runnable",
    "shape_of",
]
