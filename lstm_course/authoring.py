"""All that a lesson may import.

A lesson's `lesson.py` builds a `Lesson`; an exercise's `check.py` looks at an `Attempt` and yields a `Message`
for the first mistake that it finds. With `BY_HAND = True` in it, the program can import neither Keras nor another
library of networks.
"""

from __future__ import annotations

from lstm_course.cells import dense, recurrent_layer
from lstm_course.course.exercise import Exercise
from lstm_course.course.grading import (
    Attempt,
    Computed,
    LayerValue,
    Message,
    Mistake,
    ModelValue,
    Opaque,
    same,
)
from lstm_course.course.lesson import Lesson, Step
from lstm_course.course.quantities import (
    Quantity,
    figure,
    input_shape,
    labels_shape,
    last_batch_size,
    measured,
    num_samples,
    num_terms,
    parameters_of,
    shape_after,
    steps_per_epoch,
    supposed,
    total_steps,
    weight_shape,
)
from lstm_course.course.questions import Choice, Number, Option, Order, Question, Shape
from lstm_course.experiment import EarlyStopping, Experiment, Split, rows_of
from lstm_course.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Dense,
    Dropout,
    Flatten,
    Layer,
    Masking,
    RepeatVector,
    Reshape,
    SimpleRNN,
    TimeDistributed,
)
from lstm_course.shapes import Prediction, Tensor, predict

__all__ = [
    "GRU",
    "LSTM",
    "Attempt",
    "Bidirectional",
    "Choice",
    "Computed",
    "Dense",
    "Dropout",
    "EarlyStopping",
    "Exercise",
    "Experiment",
    "Flatten",
    "Layer",
    "LayerValue",
    "Lesson",
    "Masking",
    "Message",
    "Mistake",
    "ModelValue",
    "Number",
    "Opaque",
    "Option",
    "Order",
    "Prediction",
    "Quantity",
    "Question",
    "RepeatVector",
    "Reshape",
    "Shape",
    "SimpleRNN",
    "Split",
    "Step",
    "Tensor",
    "TimeDistributed",
    "dense",
    "figure",
    "input_shape",
    "labels_shape",
    "last_batch_size",
    "measured",
    "num_samples",
    "num_terms",
    "parameters_of",
    "predict",
    "recurrent_layer",
    "rows_of",
    "same",
    "shape_after",
    "steps_per_epoch",
    "supposed",
    "total_steps",
    "weight_shape",
]
