"""Directions of time: layers that read backwards, and labels that lie ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lstm_course.doctor.rules.context import Case, Site, finding, with_diff
from lstm_course.doctor.seen import LayerSeen, ModelSeen
from lstm_course.shapes.findings import Finding

LESSON = "wrappers-and-seq2seq"
MERGES = ("Concatenate", "Add", "Average", "Multiply", "Maximum", "Subtract")


def sees_the_labels(case: Case) -> Iterator[Finding]:
    """A Bidirectional layer reads the steps that the labels ask for."""
    for site in case.sites():
        output = site.output()
        if output is None or len(output) != 3:
            continue
        for place, ahead in enumerate(site.call.ahead):
            layer = _reading_back(site.model, place) if ahead and ahead > 0 else None
            if layer is not None and ahead:
                yield _leak(case, site, layer, ahead)
                return


def _reading_back(model: ModelSeen, place: int) -> LayerSeen | None:
    """Give a Bidirectional layer that hands on a sequence and reads that input."""
    for layer in model.recurrents:
        both = layer.cls == "Bidirectional" and layer.get("return_sequences")
        if both and (model.kind == "Subclassed" or len(model.inputs) < 2 or place in _entries(model, layer)):
            return layer
    return None


def _entries(model: ModelSeen, layer: LayerSeen) -> set[int]:
    """Give the places of the inputs from which a layer is reached."""
    known = {item.id: item for item in model.layers}
    open_ids, done, names = list(layer.inbound), set[int](), set[str]()
    while open_ids:
        one = known.get(open_ids.pop())
        if one is None or one.id in done:
            continue
        done.add(one.id)
        names |= {one.name} if one.cls == "InputLayer" else set()
        open_ids += one.inbound
    return {place for place, name in enumerate(model.input_names) if name in names}


def _leak(case: Case, site: Site, layer: LayerSeen, ahead: int) -> Finding:
    return finding(
        "bidirectional-sees-labels", site.recurrent_stage(layer), "wrong-result",
        "The backward half of Bidirectional reads the labels",
        f"The label of timestep t is the input of timestep t + {ahead}. Bidirectional({layer.core.cls}) reads the "
        "sequence from its end too, so at timestep t its backward half has just read that very value: the network "
        "copies it and shows a loss that no forecast can have.",
        with_diff(
            f"To predict what comes next read forwards only: {layer.core.cls}({layer.get('units')}, "
            "return_sequences=True) without Bidirectional. Bidirectional is for labels that are not in the input, "
            "such as tags of words.",
            f"- {case.program.line(layer.line)}" if layer.line else "",
        ),
        "timesteps", LESSON,
    )  # fmt: skip


def decoder_given_its_labels(case: Case) -> Iterator[Finding]:
    """The decoder is given, at each step, the label of that step."""
    for site in case.sites():
        model = site.model
        decoders = [
            layer for layer in model.recurrents if layer.initial is not None and layer.get("return_sequences")
        ]
        same = [place for place, ahead in enumerate(site.call.ahead) if ahead in (0, -1)]
        if len(site.call.ahead) < 2 or not any(set(same) & _entries_below(model, one) for one in decoders):
            continue
        yield finding(
            "decoder-not-shifted", "labels", "wrong-result", "The decoder is given the label that it should predict",
            f"Input {same[0] + 1} of the model holds the label of every timestep "
            f"{'at that very timestep' if site.call.ahead[same[0]] == 0 else 'one timestep before'}: the "
            "decoder only has to repeat what it is given. When it predicts, that answer is not there.",
            "Shift the labels by one step, so that the decoder sees what came before: decoder input "
            "target[:, :-1] (a start token first), labels target[:, 1:].",
            "timesteps", LESSON,
        )  # fmt: skip
        return


def _entries_below(model: ModelSeen, layer: LayerSeen) -> set[int]:
    """Give the inputs that a layer reads as its sequence, without those behind its states."""
    return _entries(model, replace(layer, inbound=tuple(set(layer.inbound[:1]))))


def not_flipped(case: Case) -> Iterator[Finding]:
    """A backward sequence is used as if it ran forwards."""
    for model in case.capture.trained_models:
        known = {layer.id: layer for layer in model.layers}
        for layer in model.layers:
            ways = [known[one] for one in layer.inbound if one in known]
            back = [one for one in ways if _backward(one)]
            turned = {"Flip", "GetItem"} & set(layer.through)  # turned round by an operation on the way
            if layer.cls in MERGES and back and len(back) < len(ways) and not turned:
                yield _flip(case, back[0], f"{layer.cls} puts it beside a sequence that runs forwards")
                return
        yield from _answers_backwards(case, model)


def last_of_both(case: Case) -> Iterator[Finding]:
    """The last timestep of a Bidirectional sequence is taken for the summary of both directions."""
    if not re.search(r"\[\s*:\s*,\s*-1\b", case.capture.source):
        return
    for model in case.capture.trained_models:
        both = {
            layer.id: layer
            for layer in model.layers
            if layer.cls == "Bidirectional" and layer.get("return_sequences")
        }
        for layer in model.layers:
            taken = next((both[one] for one in layer.inbound if one in both), None)
            if taken is None or not ("GetItem" in layer.through or layer.cls == "Lambda"):
                continue
            yield finding(
                "last-step-of-both-directions", "between-layers", "degraded",
                "At the last timestep the backward half has read one row",
                f"{taken.cls}({taken.core.cls}) returns its whole sequence, and [:, -1] takes the last timestep. "
                "There the "
                "forward half has read everything, but the backward half, which begins at the end, only this one row.",
                with_diff(
                    "Let the layer return the ends of both readings: return_sequences=False.",
                    case.program.change(taken.place, taken.core.cls, return_sequences="False"),
                ),
                "timesteps", LESSON,
            )  # fmt: skip
            return


def _backward(layer: LayerSeen) -> bool:
    one = layer.cls != "Bidirectional" and layer.recurrent
    return bool(one and layer.get("go_backwards") and layer.get("return_sequences"))


def _answers_backwards(case: Case, model: ModelSeen) -> Iterator[Finding]:
    ends = [layer for layer in model.layers if layer.cls != "InputLayer"]
    while ends and (ends[-1].core.cls in ("Dense", "Activation", "Dropout", "Softmax")):
        ends.pop()
    call = next((one for one in case.capture.trainings if one.model == model.id), None)
    per_step = call is not None and call.y and call.x and call.y[0].shape[:2] == call.x[0].shape[:2]
    if ends and _backward(ends[-1]) and model.kind != "Subclassed" and per_step:
        yield _flip(case, ends[-1], "the labels of each timestep run forwards")


def _flip(case: Case, layer: LayerSeen, where: str) -> Finding:
    return finding(
        "backward-not-flipped", "between-layers", "wrong-result", "A backward sequence is read as a forward one",
        f"{layer.core.cls} has go_backwards=True and return_sequences=True: what it returns runs from the last "
        f"timestep to the first, and {where}. Step t of the one meets step T - t of the other; nothing is raised.",
        with_diff(
            f"Use Bidirectional({layer.core.cls}({layer.get('units')}, return_sequences=True)), which turns the "
            "backward half round; or flip it yourself: keras.layers.Lambda(lambda s: keras.ops.flip(s, axis=1)).",
            f"- {case.program.line(layer.line)}" if layer.line else "",
        ),
        "timesteps", LESSON,
    )  # fmt: skip


def unrolled_backward_mask(case: Case) -> Iterator[Finding]:
    """An unrolled Bidirectional layer meets a mask: Keras applies it the wrong way round."""
    for model in case.capture.trained_models:
        for layer in model.recurrents:
            both = layer.cls == "Bidirectional" and layer.get("return_sequences") and layer.get("unroll")
            if both and layer.mask_in:
                yield finding(
                    "unrolled-backward-mask", "recurrent-layer-1" if layer == model.recurrents[0]
                    else f"recurrent-layer-{model.recurrents.index(layer) + 1}", "wrong-result",
                    "Unrolled and bidirectional, the mask hits the wrong timesteps",
                    f"Bidirectional({layer.core.cls}(unroll=True, return_sequences=True)) gets a mask. Keras 3 zeroes "
                    "the masked steps of the backward half without turning the mask round: after padding at the end "
                    "the backward output of the first, real timesteps becomes 0, and nothing is raised.",
                    with_diff(
                        "Leave unroll away: the same layer without it treats the mask rightly.",
                        case.program.change(layer.place, layer.core.cls, unroll=None),
                    ),
                    "timesteps", "unequal-lengths",
                )  # fmt: skip
                return


def read_backwards(case: Case) -> Iterator[Finding]:
    """The only recurrent layer reads forecast windows from their end."""
    for site in case.sites():
        layers = site.model.recurrents
        if len(layers) != 1 or site.x is None or not site.x.shift or layers[0].cls == "Bidirectional":
            continue
        if not layers[0].get("go_backwards") or layers[0].get("return_sequences"):
            continue
        yield finding(
            "read-backwards", "recurrent-layer-1", "degraded", "The window is read from its newest row to its oldest",
            f"{layers[0].core.cls} has go_backwards=True: it begins with the newest row of each window and ends with "
            "the oldest, which lies farthest from the forecast and is fresh in its memory.",
            with_diff(
                "Leave go_backwards away.",
                case.program.change(layers[0].place, layers[0].core.cls, go_backwards=None),
            ),
            "timesteps", LESSON,
        )  # fmt: skip
        return


def joined_along_time(case: Case) -> Iterator[Finding]:
    """Two inputs of the same timesteps are put one behind the other."""
    for model in case.capture.trained_models:
        entries = {layer.id for layer in model.layers if layer.cls == "InputLayer"}
        for layer in model.layers:
            shapes = layer.inputs
            same = len(shapes) > 1 and all(len(one) == 3 and one[1] == shapes[0][1] for one in shapes)
            if layer.cls != "Concatenate" or layer.get("axis") not in (1, -2) or not same or not shapes[0][1]:
                continue
            if not set(layer.inbound) <= entries or layer.through:
                continue
            yield finding(
                "joined-along-time", "between-layers", "degraded", "Two inputs are put one behind the other in time",
                f"Concatenate(axis=1) (line {layer.place}) makes {len(shapes)} × {shapes[0][1]} timesteps out of "
                f"{len(shapes)} inputs of {shapes[0][1]}: the recurrent layer reads the second after the first, as if "
                "it came later. Rows of the same moment lie far apart.",
                "Join along the features, Concatenate(axis=-1): each timestep then holds the columns of both.",
                "timesteps", LESSON,
            )  # fmt: skip
            return


def joined_and_refused(case: Case) -> Iterator[Finding]:
    """The output has more timesteps than the labels, because sequences were put one behind the other."""
    shapes = re.search(
        r"target\.shape=\(\w+, (\d+), \d+\), output\.shape=\(\w+, (\d+), \d+\)",
        case.error.text if case.error else "",
    )
    if shapes is None or int(shapes[2]) <= int(shapes[1]):
        return
    joined = next(
        (layer for layer in case.layers if layer.cls == "Concatenate" and layer.get("axis") in (1, -2)), None
    )
    if joined is not None:
        yield finding(
            "joined-along-time", "between-layers", "error", "Concatenate puts its inputs one behind the other in time",
            f"The output has {shapes[2]} timesteps, the labels have {shapes[1]}: Concatenate(axis=1) (line "
            f"{joined.place}) lays sequences one behind the other.",
            "Join along the features, Concatenate(axis=-1): every timestep then holds what both sides say of it.",
            "timesteps", LESSON,
        )  # fmt: skip
