"""The diagram: an experiment, or a model, as one picture that is read from the bottom to the top."""

from lstm_course.diagram.diagram import Diagram, diagram, player_data

__all__ = ["Diagram", "diagram", "player_data"]
