"""The diagram in words: every stage with its shape, for a screen reader or a terminal."""

from __future__ import annotations

from lstm_course.drawing.scene import TOLD_AT_LOSS, Scene, SceneStage
from lstm_course.drawing.values import named, shape_text
from lstm_course.drawing.why import Why
from lstm_course.shapes import Tensor


def outline(scene: Scene) -> str:
    """Write the diagram as text, from the bottom to the top.

    Each stage has its name, its shape with the names of the axes, what becomes of each axis, its parameters,
    whether Keras agrees, and what is wrong with it.
    """
    lines = [scene.title + ". From the bottom to the top:"]
    for stage in scene.stages:
        lines += _stage(stage)
    comparison = scene.comparison
    if comparison is not None:
        lines.append(f"   {comparison.sentence}")
        if comparison.fix:
            lines.append(f"   To do: {comparison.fix}")
    return "\n".join(lines)


def _stage(stage: SceneStage) -> list[str]:
    number = "  " if stage.kind == "labels" else f"{stage.number}."
    head = f"{number} {stage.title} ({', '.join(stage.code)})" if stage.code else f"{number} {stage.title}"
    lines = [f"{head}: {_shape(stage.tensor)}"]
    if stage.label is not None and stage.kind != "labels":
        lines.append(f"   labels: {_shape(stage.label)}")
    if stage.sentence:
        lines.append(f"   {stage.sentence}")
    lines += [f"   {becomes(why)}: {why.reason}" for why in stage.why]
    if stage.parameters:
        lines.append(f"   {stage.parameters:,} parameters: {stage.parameter_formula}")
    if stage.status is not None:
        lines.append(f"   {stage.status.text} {stage.status.detail}".rstrip())
    for finding in stage.findings:
        explained = "See the loss." if finding.code in TOLD_AT_LOSS else finding.explanation
        lines.append(f"   {finding.severity}: {finding.title}. {explained} To do: {finding.fix}")
    return lines


def _shape(tensor: Tensor | None) -> str:
    return "not reached" if tensor is None else f"{shape_text(tensor)}, that is {named(tensor)}"


def becomes(why: Why) -> str:
    """Say what becomes of an axis.

    >>> becomes(Why("timesteps 12", "", "timesteps", "", "only the last h leaves"))
    'timesteps 12 ends here'
    """
    if not why.before:
        return f"new: {why.after}"
    if not why.after:
        return f"{why.before} ends here"
    if why.before == why.after:
        return f"{why.before} stays"
    return f"{why.before} becomes {why.after}"
