"""Any Keras model, from a description."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from lstm_course.drawing import LayerDescription, ModelDescription, diagram_of_model
from lstm_course.drawing.model_layers import spec_of
from lstm_course.layers import LSTM, Bidirectional
from lstm_course.problems import ProblemError

CONV = LayerDescription("conv", "Conv1D", ((None, 60, 3),), ((None, 58, 16),), {"filters": 16}, 160)
INNER = LayerDescription("lstm", "LSTM", (), (), {"units": 32, "return_sequences": True, "dtype": "float32"})
BOTH = LayerDescription("bi", "Bidirectional", ((None, 58, 16),), ((None, 58, 64),), {}, 12544, inner=INNER)
LAST = LayerDescription("last", "LSTM", ((None, 58, 64),), ((None, 16),), {"units": 16}, 5184)
DENSE = LayerDescription("dense", "Dense", ((None, 16),), ((None, 8),), {"units": 8}, 136)
JOIN = LayerDescription(
    "join", "Concatenate", ((None, 16), (None, 8)), ((None, 24),), {}, 0, inbound=("last", "dense")
)
OUT = LayerDescription("out", "Dense", ((None, 24),), ((None, 1),), {"units": 1}, 25)
MODEL = ModelDescription("tutorial", (CONV, BOTH, LAST, DENSE, JOIN, OUT), ((None, 60, 3),), (32,), "mse")


def test_known_layers_are_drawn_and_unknown_ones_named():
    drawn = diagram_of_model(MODEL)
    svg = drawn.to_svg()
    ET.fromstring(svg)
    assert "the same weights slide over neighbouring timesteps" in svg
    assert "concat" in svg
    assert "these h stay inside" in svg


def test_every_shape_is_said_with_open_batches():
    said = diagram_of_model(MODEL).outline()
    assert "(None, 58, 64), that is None batch × 58 timesteps × 64 units" in said
    assert "timesteps 58 ends here" in said
    assert "reads 4 and 5" in said
    assert "units 16 + units 8 becomes units 24: laid side by side on the last axis" in said


def test_labels_meet_the_output_in_the_loss():
    scene = diagram_of_model(MODEL).scene
    assert scene.comparison is not None
    assert scene.comparison.verdict == "aligned"
    assert diagram_of_model(ModelDescription("m", (OUT,), ((None, 24),))).scene.comparison is None


def test_a_stage_knows_what_it_reads():
    aside = LayerDescription(
        "aside", "Dense", ((None, 16),), ((None, 2),), {"units": 2}, 34, inbound=("last",)
    )
    scene = diagram_of_model(ModelDescription("m", (CONV, LAST, DENSE, aside), ((None, 60, 3),))).scene
    assert [stage.reads for stage in scene.stages] == [
        (), ("input-layer",), ("between-layers",), ("recurrent-layer-1",), ("recurrent-layer-1",),
    ]  # fmt: skip


def test_any_number_of_timesteps():
    layer = LayerDescription("lstm", "LSTM", ((None, None, 1),), ((None, 4),), {"units": 4}, 96)
    svg = diagram_of_model(ModelDescription("m", (layer,), ((None, None, 1),))).to_svg()
    assert "t = T − 1" in svg
    assert "any number of timesteps" in svg


def test_an_input_says_whether_its_batch_is_open():
    layer = LayerDescription("lstm", "LSTM", ((1, 5, 2),), ((1, 4),), {"units": 4, "stateful": True}, 112)
    fixed = diagram_of_model(ModelDescription("m", (layer,), ((1, 5, 2),))).scene
    assert fixed.stages[0].code == ("Input(batch_shape=(1, 5, 2))",)
    assert diagram_of_model(MODEL).scene.stages[0].code == ("Input(shape=(60, 3))",)


def test_wrappers_keep_what_they_hold():
    assert spec_of(BOTH) == Bidirectional(LSTM(32, return_sequences=True))
    assert "Bidirectional(LSTM)" in [stage.title for stage in diagram_of_model(MODEL).scene.stages]


def test_arguments_that_the_course_does_not_know_make_a_plain_layer():
    odd = LayerDescription("lstm", "LSTM", (), (), {"units": 4, "activation": "my_own"})
    assert spec_of(odd).code == "LSTM(units=4, activation='my_own')"


def test_a_model_without_layers_is_refused():
    with pytest.raises(ProblemError, match="'empty' has 0 inputs and 0 layers; build it"):
        diagram_of_model(ModelDescription("empty", (), ()))


def test_words_are_timesteps_that_an_embedding_gives_features():
    embedding = LayerDescription(
        "e", "Embedding", ((None, None),), ((None, None, 8),), {"input_dim": 100}, 800
    )
    said = diagram_of_model(ModelDescription("m", (embedding,), ((None, None),))).outline()
    assert "(None, None), that is None batch × None timesteps" in said
    assert "None batch × None timesteps × 8 features" in said
