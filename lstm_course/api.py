"""Public functions that take an experiment as well as a Keras model."""

from __future__ import annotations

import sys
from typing import Any, overload

from lstm_course import drawing
from lstm_course.drawing import Diagram, ModelDiagram
from lstm_course.experiment import Experiment
from lstm_course.problems import ProblemError

__all__ = ["diagram"]


@overload
def diagram(what: Experiment, *data: Any, **options: Any) -> Diagram: ...


@overload
def diagram(what: Any, *data: Any, **options: Any) -> ModelDiagram: ...


def diagram(what: Any, *data: Any, **options: Any) -> Diagram | ModelDiagram:
    """Draw an experiment, or any Keras model, as one picture that is read from the bottom to the top.

    The picture becomes SVG, PNG or a page by `save`, words by `outline`, and draws itself in a notebook.

    Args:
        what: an Experiment; or a Keras model: Sequential, functional, or, with `x`, a class of one's own.
        data: for an experiment a Series or Sequences of the learner's own; for a model a batch of inputs `x`
            and its labels `y`, which fill in the open axes and show whether the labels fit the output.
        options: for both `focus`, `width` (pixels, from 320), `theme` ("auto", "light", "dark"); for an
            experiment also those of `lstm_course.drawing.diagram`, such as `depth`, `weights` and `run`.

    Raises:
        ProblemError: when it is neither, or cannot be drawn.

    Example:
        >>> drawn = diagram(Experiment(timesteps=12), width=390)
        >>> drawn.to_svg().startswith("<svg")
        True
    """
    if isinstance(what, Experiment):
        return drawing.diagram(what, *data, **options)
    keras = sys.modules.get("keras")  # a model can only come from a Keras that is loaded
    if keras is None or not isinstance(what, keras.Model):
        raise ProblemError(
            f"Got {type(what).__name__}, expected an Experiment or a Keras model: diagram(exp) or diagram(model, x, y)."
        )
    from lstm_course.keras_bridge.describe import diagram_of_model  # TensorFlow takes seconds to load

    return diagram_of_model(what, *data, **options)
