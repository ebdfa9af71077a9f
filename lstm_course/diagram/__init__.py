"""The diagram: an experiment, or a model, as one picture that is read from the bottom to the top."""

import sys
from types import ModuleType
from typing import Any

from lstm_course.diagram.compare import Difference, SideBySide, side_by_side
from lstm_course.diagram.diagram import Diagram, diagram, player_data
from lstm_course.diagram.model import LayerDescription, ModelDescription, ModelDiagram, diagram_of_model

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


class _Room(ModuleType):
    """A module that draws when it is called: `lstm_course.diagram` names both this room and its function."""

    def __call__(self, *args: Any, **named: Any) -> Diagram:
        return diagram(*args, **named)


sys.modules[__name__].__class__ = _Room
