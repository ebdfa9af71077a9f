"""The diagram: an experiment, or a model, as one picture that is read from the bottom to the top."""

from lstm_course.drawing.compare import SideBySide, side_by_side
from lstm_course.drawing.differences import Difference
from lstm_course.drawing.model import LayerDescription, ModelDescription, ModelDiagram, diagram_of_model
from lstm_course.drawing.whole_diagram import Diagram, diagram, player_data

__all__ = [
    "Diagram",
    "Difference",
    "LayerDescription",
    "ModelDescription",
    "ModelDiagram",
    "SideBySide",
    "diagram",
    "diagram_of_model",
    "player_data",
    "side_by_side",
]
