"""Diagram: one experiment as a picture, made when it is asked for, at the width that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from lstm_course.data import Prepared, Sequences, Series, facts_of, prepare
from lstm_course.drawing.build_scene import HasWeights, build_scene
from lstm_course.drawing.drawn import Drawn, Picture, known_theme
from lstm_course.drawing.inside.cell_view import cell_view
from lstm_course.drawing.inside.chosen import Chosen, choose
from lstm_course.drawing.inside.layer_view import layer_view
from lstm_course.drawing.inside.number_view import number_view
from lstm_course.drawing.inside.origin import Origin, origin_of
from lstm_course.drawing.inside.player_data import whole_data
from lstm_course.drawing.inside.view import InsideView
from lstm_course.drawing.layout import frame_of
from lstm_course.drawing.outline import outline
from lstm_course.drawing.palette import Theme
from lstm_course.drawing.scene import Scene
from lstm_course.drawing.whole import draw_whole
from lstm_course.experiment import Experiment
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction, Stage, predict

Depth = Literal["whole", "layer", "cell", "number"]
_VIEWS: Mapping[str, Callable[[Chosen, float], InsideView]] = {
    "layer": layer_view,
    "cell": cell_view,
    "number": number_view,
}
DEPTHS: tuple[Depth, ...] = ("whole", "layer", "cell", "number")


@dataclass(frozen=True, eq=False)
class Diagram(Drawn):
    """One experiment, or one model, as a picture: SVG, PNG, HTML or words.

    >>> drawn = diagram(Experiment(timesteps=12))
    >>> drawn.to_svg(width=390).startswith("<svg")
    True
    """

    scene: Scene  # what is drawn
    depth: Depth = "whole"  # how deep it is opened
    layer: int = 1  # recurrent layer that is looked into, from 1
    quantity: str = "h"  # quantity that is looked at
    direction: int = 0  # reader of a Bidirectional layer: 0 forward, 1 backward
    width: float = 1100  # pixels that it is made for
    theme: Theme = "auto"  # colours
    prepared: Prepared | None = None  # arrays behind the chosen window

    def picture(self, width: float | None = None) -> Picture:
        """Draw it for one width; None: as the diagram was made."""
        made_for = self.width if width is None else width
        view = self._inside(made_for)
        if view is None:
            return Picture(draw_whole(self.scene, frame_of(made_for)), self.scene.title)
        return Picture(view.drawing, view.title)

    def outline(self) -> str:
        """Say the same in words: every stage, every shape."""
        view = self._inside(self.width)
        return outline(self.scene) if view is None else view.outline

    def player_data(self) -> dict[str, Any]:
        """Give what the player in the browser needs, as values for JSON."""
        view = self._inside(self.width)
        if view is not None:
            return view.data
        if self.scene.trace is None:
            return {}
        return dict(whole_data(self.scene.trace, self._origin.dates if self._origin else ()))

    @property
    def opens(self) -> bool:
        """Whether one can look inside: the numbers of a recurrent layer are known."""
        return self._chosen is not None

    def _inside(self, width: float) -> InsideView | None:
        if self.depth == "whole" or self._chosen is None:
            return None
        if width not in self._drawn:
            self._drawn[width] = _VIEWS[self.depth](self._chosen, width)
        return self._drawn[width]

    @cached_property
    def _drawn(self) -> dict[float, InsideView]:
        """Views by their width: picture, words and player ask for the same one."""
        return {}

    @cached_property
    def _origin(self) -> Origin | None:
        if self.prepared is None or self.scene.window is None:
            return None
        return origin_of(self.prepared, self.scene.window.number)

    @cached_property
    def _chosen(self) -> Chosen | None:
        scene = self.scene
        if scene.trace is None or not scene.trace.recurrent:
            return None
        stages = [layer.stage for layer in scene.trace.recurrent]
        stage = stages[min(max(self.layer, 1), len(stages)) - 1]
        return choose(
            scene.trace, stage, scene.timestep, scene.unit, self.quantity, direction=self.direction,
            origin=self._origin, window=scene.window.number if scene.window else None,
        )  # fmt: skip


def diagram(
    exp: Experiment,
    series: Series | Sequences | None = None,
    *,
    prepared: Prepared | None = None,
    prediction: Prediction | None = None,
    observed: Sequence[Stage] | None = None,
    weights: Sequence[Any] | None = None,
    run: HasWeights | None = None,
    window: int = 0,
    timestep: int | None = None,
    unit: int = 0,
    focus: str | None = None,
    depth: Depth = "whole",
    layer: int = 1,
    quantity: str = "h",
    direction: int = 0,
    width: float = 1100,
    theme: Theme = "auto",
) -> Diagram:
    """Draw an experiment: every stage from the rows to the loss, read from the bottom to the top.

    What is not given is worked out, and what cannot be (no window fits, no weights yet) is left out of the
    picture, which says why.

    Args:
        exp: the experiment.
        series: data of the learner's own; None: the data set that the experiment names.
        prepared: its arrays, from `prepare`.
        prediction: what the rules say, from `predict`.
        observed: the stages as measured on a real Keras model.
        weights: all arrays of the model, as `model.get_weights()`; without them no states are drawn.
        run: a finished training, which holds weights; `weights` come first.
        window: training sample that is followed, from 0.
        timestep: chosen timestep, from 0.
        unit: chosen unit, from 0.
        focus: id of the stage that is lit.
        depth: "whole", or "layer", "cell", "number" to look inside a recurrent layer; needs weights.
        layer: recurrent layer that is looked into, from 1.
        quantity: quantity of the cell that is looked at, such as "h" or "f".
        direction: reader of a Bidirectional layer: 0 forward, 1 backward.
        width: pixels that it is made for, 320 or more.
        theme: "auto", "light" or "dark".

    Raises:
        ProblemError: when the depth or the theme does not exist, or the data set does not.
    """
    if depth not in DEPTHS:
        raise ProblemError(f"depth={depth!r}: expected one of {', '.join(map(repr, DEPTHS))}.")
    arrays = prepared if prepared is not None else _prepared(exp, series)
    expected = prediction if prediction is not None else predict(exp, facts_of(exp, series))
    known = weights if weights is not None else (run.weights if run is not None else None)
    scene = build_scene(
        expected, prepared=arrays, observed=observed, weights=plain_weights(known), window=window,
        timestep=timestep, unit=unit, focus=focus, table=None if arrays else _table(exp, series),
    )  # fmt: skip
    return Diagram(scene, depth, layer, quantity, direction, width, known_theme(theme), arrays)


def player_data(drawn: Diagram) -> dict[str, Any]:
    """Give what the player in the browser needs for a diagram, as values for JSON."""
    return drawn.player_data()


def plain_weights(weights: Sequence[Any] | None) -> tuple[Any, ...] | None:
    """Take the arrays out of weights that carry their names with them."""
    return (
        None if weights is None else tuple(np.asarray(getattr(weight, "value", weight)) for weight in weights)
    )


def _prepared(exp: Experiment, series: Series | Sequences | None) -> Prepared | None:
    try:
        return prepare(exp, series)
    except ProblemError:
        return None  # the stages say why there are no arrays


def _table(exp: Experiment, series: Series | Sequences | None) -> Prepared | None:
    """Prepare the rows for a picture of the table alone: with the smallest window, as the real one does not fit."""
    try:
        return prepare(exp.change(timesteps=1, horizon=1, stride=1, labels="steps", lags="timesteps"), series)
    except ProblemError:
        return None
