"""A softmax along the wrong axis: over one number, or over the timesteps."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding
from lstm_course.shapes.findings import Finding


def softmax_over_one(case: Case) -> Iterator[Finding]:
    """A softmax inside the model shares 1 among a single number."""
    events = [event for event in case.capture.events if event.what == "softmax"]
    several = {(event.line, event.detail["layer"]) for event in events if not event.detail["alone"]}
    trained = case.capture.trained_models  # others may look inside at the weights of an attention
    heads = {model.head.id for model in trained if model.head} | {model.last for model in trained}
    for event in events:
        number = event.detail["layer"]
        if not event.detail["alone"] or (event.line, number) in several or number in heads:
            continue
        layer = case.capture.layer(number)
        name = f"{layer.cls} (line {layer.line})" if layer and layer.line else f"Line {event.line}"
        yield finding(
            "softmax-over-one", "between-layers", "wrong-result", "A softmax over an axis of length one is always 1",
            f"{name} takes the softmax along an axis that holds one number, such as the last one of scores "
            "(batch, timesteps, 1): every weight is exactly 1, whatever is learned, so nothing is weighed.",
            "Take it along the timesteps: keras.layers.Softmax(axis=1), keras.ops.softmax(scores, axis=1), so that the "
            "weights of one sample sum to 1.",
            "timesteps", "wrappers-and-seq2seq",
        )  # fmt: skip
        return


def softmax_along_time(case: Case) -> Iterator[Finding]:
    """A head that answers at each timestep shares 1 among the timesteps instead of the classes."""
    for site in case.sites():
        last = (
            next((one for one in site.model.layers if one.id == site.model.last), None)
            or site.model.layers[-1]
        )
        axis, output = last.get("axis"), site.output()
        if (
            last.cls != "Softmax"
            or output is None
            or len(output) != 3
            or axis in (-1, 2)
            or "crossentropy" not in site.loss()
        ):
            continue
        yield finding(
            "softmax-along-time", "head", "wrong-result", "The softmax runs along the timesteps",
            f"Softmax(axis={axis}) gets {output}, (batch, timesteps, classes): it shares 1 among the {output[1]} "
            "timesteps of "
            f"each class. {site.loss()} reads the {output[2]} numbers of each timestep as the probabilities of its "
            "classes, "
            "which do not add up to 1.",
            "Take it along the classes: keras.layers.Softmax() (its axis is the last one), or activation='softmax' "
            "in Dense.",
            "classes", "labels",
        )  # fmt: skip
        return
