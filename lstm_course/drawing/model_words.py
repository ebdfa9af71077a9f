"""What layers do that the course does not teach, in a few words, and what becomes of each axis in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lstm_course.drawing.described import LayerDescription, PlainLayer
from lstm_course.drawing.palette import AXIS_COLOURS
from lstm_course.drawing.values import size_text
from lstm_course.drawing.why import Why, layer_reasons
from lstm_course.layers import Bidirectional, Layer, recurrent_of
from lstm_course.shapes import LayerShape, Tensor

REMARKS = {
    "Activation": "a function of each number by itself",
    "Add": "added, number by number",
    "AdditiveAttention": "a weighted mean of one sequence for each step of the other",
    "Attention": "a weighted mean of one sequence for each step of the other",
    "Average": "the mean, number by number",
    "AveragePooling1D": "the mean of neighbouring timesteps",
    "AveragePooling2D": "the mean of neighbouring places",
    "BatchNormalization": "each feature brought to one scale over the batch",
    "Bidirectional": "one reading from the first timestep, one from the last; each leaves by itself",
    "Concatenate": "laid side by side on the last axis",
    "Conv1D": "the same weights slide over neighbouring timesteps",
    "Conv2D": "the same weights slide over neighbouring places",
    "Conv3D": "the same weights slide over neighbouring places and timesteps",
    "ConvLSTM1D": "an LSTM whose weights slide over the line of each timestep",
    "ConvLSTM2D": "an LSTM whose weights slide over the picture of each timestep",
    "Dot": "multiplied as matrices",
    "Embedding": "a row of learned numbers for each word number",
    "Flatten": "the same numbers, arranged anew",
    "GlobalAveragePooling1D": "the mean over all timesteps",
    "GlobalMaxPooling1D": "the greatest value over all timesteps",
    "LayerNormalization": "each timestep brought to one scale over its features",
    "Maximum": "the greater one, number by number",
    "MaxPooling1D": "the greatest of neighbouring timesteps",
    "MaxPooling2D": "the greatest of neighbouring places",
    "MultiHeadAttention": "several weighted means of one sequence for each step of the other",
    "Multiply": "multiplied, number by number",
    "Permute": "the same numbers, the axes in another order",
    "RNN": "one cell, with the same weights at each timestep in turn",
    "Softmax": "shares that add up to 1",
    "Subtract": "the difference, number by number",
    "TimeDistributed": "the same layer, with the same weights, at each timestep",
}
"""Keras class to what it does."""


def remark_of(class_name: str) -> str:
    """Say what a layer does; nothing of one that is not known.

    >>> remark_of("Concatenate"), remark_of("MyOwn")
    ('laid side by side on the last axis', '')
    """
    return REMARKS.get(class_name, "")


def own_name(layer: LayerDescription) -> tuple[str, ...]:
    """Write the name that a layer was given, as told to Keras; nothing where Keras has made it from the class.

    >>> own_name(LayerDescription("price", "Dense", (), ()))
    ("name='price'",)
    >>> own_name(LayerDescription("simple_rnn_2", "SimpleRNN", (), ()))
    ()
    """
    made = re.sub(r"_\d+$", "", layer.name).replace("_", "")
    return () if made == layer.class_name.lower() else (f"name={layer.name!r}",)


def sentence_of(layer: LayerDescription) -> str:
    """Say which layer of the model it is and what it does."""
    remark = remark_of(layer.class_name)
    return f"Layer {layer.name!r} of the model" + (f": {remark}." if remark else ".")


def output_name(layer: Layer, place: int) -> str:
    """Name one of the outputs of a layer with return_state; nothing for the first one, which every layer has.

    >>> from lstm_course.layers import LSTM, Bidirectional
    >>> output_name(Bidirectional(LSTM(4, return_state=True)), 3)
    'backward h'
    """
    inner = recurrent_of(layer)
    if inner is None or not place:
        return ""
    reading, state = divmod(place - 1, inner.num_states)
    whose = ("forward ", "backward ")[reading] if isinstance(layer, Bidirectional) else "last "
    return whose + "hc"[state]


def layer_why(layer: LayerDescription, shape: LayerShape, entered: Sequence[Tensor]) -> tuple[Why, ...]:
    """Say what becomes of each axis in a layer.

    Args:
        layer: the layer as described.
        shape: its shapes.
        entered: everything that it reads.
    """
    if not isinstance(shape.layer, PlainLayer):
        return layer_reasons(shape)
    remark = remark_of(layer.class_name)
    if len(entered) > 1:
        return _joined(entered, shape.output, remark)
    below, above = shape.input, shape.output
    if below.rank == above.rank:
        changed = [place for place in range(below.rank) if _axis(below, place) != _axis(above, place)]
        said = [""] * (len(changed) - 1) + [remark]  # once, under the last of them
        return tuple(
            Why(_axis(below, place), _axis(above, place), below.axes[place], above.axes[place], text)
            for place, text in zip(changed, said, strict=bool(changed))
        )
    if above.rank == below.rank - 1:
        return (Why(_axis(below, 1), "", below.axes[1], "", remark),)
    return (Why("", _axis(above, above.rank - 1), "", above.axes[-1], remark),)


def _joined(entered: Sequence[Tensor], output: Tensor, remark: str) -> tuple[Why, ...]:
    before = " + ".join(_axis(tensor, tensor.rank - 1) for tensor in entered)
    after = _axis(output, output.rank - 1)
    if {_axis(tensor, tensor.rank - 1) for tensor in entered} == {after}:
        before = after
    return (Why(before, after, entered[0].axes[-1], output.axes[-1], remark),)


def _axis(tensor: Tensor, place: int) -> str:
    if not tensor.rank:
        return ""
    name = tensor.axes[place]
    return f"{name if name in AXIS_COLOURS else 'axis'} {size_text(tensor.shape[place])}"
