"""The diagram of any Keras model, from a description that holds no Keras object."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_course.drawing.branches import draw_branches
from lstm_course.drawing.described import LayerDescription, ModelDescription, Shape
from lstm_course.drawing.drawn import Drawn, Picture, known_theme
from lstm_course.drawing.layout import frame_of
from lstm_course.drawing.model_scene import model_scene
from lstm_course.drawing.outline import outline
from lstm_course.drawing.palette import Theme
from lstm_course.drawing.scene import Scene
from lstm_course.problems import ProblemError

__all__ = ["LayerDescription", "ModelDescription", "ModelDiagram", "Shape", "diagram_of_model"]


@dataclass(frozen=True, eq=False)
class ModelDiagram(Drawn):
    """A model as a picture."""

    scene: Scene  # what is drawn
    width: float = 1100  # pixels that it is made for
    theme: Theme = "auto"  # colours

    def picture(self, width: float | None = None) -> Picture:
        """Draw it for one width; None: as the diagram was made."""
        drawing = draw_branches(self.scene, frame_of(self.width if width is None else width))
        return Picture(drawing, self.scene.title)

    def outline(self) -> str:
        """Say the same in words."""
        return outline(self.scene)


def diagram_of_model(
    model: ModelDescription, *, focus: str | None = None, width: float = 1100, theme: Theme = "auto"
) -> ModelDiagram:
    """Draw a model from its description: every layer with its shapes, and the loss where labels are known.

    Layers that the course knows are drawn as in an experiment, others as plain boxes. Branches stand beside
    each other where the page has room for them; where it has not, a layer that reads something else than the
    one below it says what it reads.

    Args:
        model: the description.
        focus: id of the stage that is lit.
        width: pixels that it is made for, 320 or more.
        theme: "auto", "light" or "dark".

    Raises:
        ProblemError: when the description holds no layer or no input.
    """
    if not model.layers or not model.inputs:
        raise ProblemError(
            f"The model {model.name!r} has {len(model.inputs)} inputs and {len(model.layers)} layers; "
            "build it (call it once, or give it an Input) before drawing it."
        )
    return ModelDiagram(model_scene(model, focus), width, known_theme(theme))
