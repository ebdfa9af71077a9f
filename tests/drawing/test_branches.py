"""Networks that branch: where their stages stand, and what runs between them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest

from lstm_course.drawing import LayerDescription, ModelDescription, ModelDiagram, diagram_of_model
from lstm_course.drawing.lanes import branches, places_of, reads_of
from lstm_course.drawing.rails import Rail, rails_of


def layer(
    name: str, kind: str, shape: tuple[int | None, ...], *inbound: str, **arguments: object
) -> LayerDescription:
    entered = (None, 24, 4) if kind == "LSTM" else (None, 5)
    return LayerDescription(name, kind, (entered,), (shape,), arguments, 0, inbound=inbound)


READS = layer("reads", "LSTM", (None, 8), "history", units=8)
DAYS = layer("days", "Dense", (None, 4), "calendar", units=4)
JOINED = layer("joined", "Concatenate", (None, 12), "reads", "days")
OUT = layer("out", "Dense", (None, 1), "joined", units=1)
TWO_INPUTS = ModelDescription(
    "two", (READS, DAYS, JOINED, OUT), ((None, 48, 3), (None, 5)), input_names=("history", "calendar")
)
ENCODER = LayerDescription(
    "encoder", "LSTM", ((None, 9, 5),), ((None, 4), (None, 4), (None, 4)), {"units": 4, "return_state": True}, 0,
    inbound=("source",),
)  # fmt: skip
DECODER = LayerDescription(
    "decoder", "LSTM", ((None, 7, 6),), ((None, 7, 4),), {"units": 4, "return_sequences": True, "initial_state": 0}, 0,
    inbound=("goal", "encoder"),
)  # fmt: skip
SEQ2SEQ = ModelDescription(
    "seq2seq", (ENCODER, DECODER), ((None, 9, 5), (None, 7, 6)), input_names=("source", "goal")
)
ROWS = layer("a", "LSTM", (None, 24, 4), "the input", units=4, return_sequences=True)
RESIDUAL = ModelDescription(
    "residual", (ROWS, layer("add", "Add", (None, 24, 4), "a", "the input"), OUT), ((None, 24, 4),),
    input_names=("the input",),
)  # fmt: skip


def places(drawn: ModelDiagram) -> dict[str, tuple[int, int, int]]:
    found, _ = places_of(drawn.scene.stages)
    return {each: (place.rank, place.lane, place.lanes) for each, place in found.items()}


def test_branches_stand_beside_each_other_and_meet():
    assert places(diagram_of_model(TWO_INPUTS)) == {
        "input-layer": (0, 0, 2), "recurrent-layer-1": (1, 0, 2),
        "input-layer-2": (0, 1, 2), "between-layers": (1, 1, 2),
        "between-layers-2": (2, 0, 1), "head": (3, 0, 1),
    }  # fmt: skip


def test_an_encoder_stands_on_the_left_of_the_decoder_that_it_starts():
    drawn = diagram_of_model(SEQ2SEQ)
    assert places(drawn)["recurrent-layer-1"] == (1, 0, 2)
    assert places(drawn)["recurrent-layer-2"] == (1, 1, 2)
    assert drawn.scene.stages[-1].starts_from == "recurrent-layer-1"
    assert drawn.scene.stages[-1].code == ("LSTM(4, return_sequences=True)", "name='decoder'")
    assert "Starts with the last state of 2 LSTM, not with zeros." in drawn.to_svg()


def test_a_connexion_past_another_layer_goes_round_it():
    _, edges = places_of(diagram_of_model(RESIDUAL).scene.stages)
    assert [(edge.start, edge.stop) for edge in edges if edge.is_aside] == [("input-layer", "between-layers")]


def test_one_chain_does_not_branch():
    chain = ModelDescription("chain", (ROWS, OUT), ((None, 24, 4),))
    assert not branches(diagram_of_model(chain).scene.stages)


@pytest.mark.parametrize("model", [TWO_INPUTS, SEQ2SEQ, RESIDUAL], ids=lambda model: model.name)
@pytest.mark.parametrize("width", [390, 720, 1024, 1440])
def test_no_text_lies_on_another_or_beyond_the_page(model: ModelDescription, width: int):
    drawing = diagram_of_model(model).picture(width).drawing
    assert [pair for pair in combinations(drawing.boxes, 2) if pair[0].overlaps(pair[1])] == []
    assert all(box.x >= 0 and box.x + box.width <= width and box.y + box.height <= drawing.height
               for box in drawing.boxes)  # fmt: skip


def test_where_lanes_find_no_room_a_layer_says_what_it_reads():
    assert "reads 2 and 4" in diagram_of_model(TWO_INPUTS).to_svg(width=390)


def test_on_a_narrow_page_rails_lead_past_the_stages_between():
    order = [stage.id for stage in diagram_of_model(RESIDUAL).scene.stages]
    assert rails_of(order, reads_of(diagram_of_model(RESIDUAL).scene.stages)) == (Rail(0, (2,), 0),)
    two = diagram_of_model(TWO_INPUTS)
    assert [
        (rail.start, rail.stops)
        for rail in rails_of([s.id for s in two.scene.stages], reads_of(two.scene.stages))
    ] == [(1, (4,))]


def test_a_name_that_was_given_is_told_and_one_that_keras_made_is_not():
    made = layer("dense_3", "Dense", (None, 1), "joined", units=1)
    model = ModelDescription(
        "two", (READS, DAYS, JOINED, made), TWO_INPUTS.inputs, input_names=("history", "calendar")
    )
    codes = {stage.title: stage.code for stage in diagram_of_model(model).scene.stages}
    assert codes["LSTM"] == ("LSTM(8)", "name='reads'")
    assert codes["Dense"] == ("Dense(1)",)


def test_a_state_from_layers_that_show_none_comes_by_the_wires_that_are_read():
    both = layer("both", "Concatenate", (None, 4), "h", "c")
    given = replace(DECODER, inbound=("x", "both", "c"), arguments={**DECODER.arguments, "initial_state": 0})
    drawn = diagram_of_model(ModelDescription(
        "m", (both, given), ((None, 7, 6), (None, 2), (None, 2)), input_names=("x", "h", "c")
    ))  # fmt: skip
    assert not drawn.scene.stages[-1].starts_from
    assert len(drawn.scene.stages[-1].reads or ()) == 3
    svg = drawn.to_svg()
    assert "Starts with what" in svg
    assert "h=0" not in svg
    assert "Its first state comes from stage" in drawn.outline()


def test_the_states_of_both_readings_go_their_own_ways():
    states = ((None, 4),) * 4
    both = LayerDescription(
        "both", "Bidirectional", ((None, 9, 5),), ((None, 8), *states), {}, 0, inbound=("source",),
        inner=replace(ENCODER, name="inner"), reads=(("source", 0),),
    )  # fmt: skip
    joined = [
        LayerDescription(name, "Concatenate", states[:2], ((None, 8),), {}, 0, inbound=("both",),
                         reads=(("both", first), ("both", first + 2)))
        for name, first in (("h", 1), ("c", 2))
    ]  # fmt: skip
    decoder = LayerDescription(
        "decoder", "LSTM", ((None, 7, 6),), ((None, 7, 8),),
        {"units": 8, "return_sequences": True, "initial_state": 1}, 0, inbound=("goal", "h", "c"),
        reads=(("goal", 0), ("h", 0), ("c", 0)),
    )  # fmt: skip
    model = ModelDescription(
        "two ways", (both, *joined, decoder), ((None, 9, 5), (None, 7, 6)), input_names=("source", "goal")
    )
    drawn = diagram_of_model(model)
    told = [stage.code[-1] for stage in drawn.scene.stages if stage.title == "Concatenate"]
    whose = next(stage.number for stage in drawn.scene.stages if stage.title == "Bidirectional(LSTM)")
    assert told == [
        f"reads forward h and backward h of {whose}",
        f"reads forward c and backward c of {whose}",
    ]
    assert [why.before for stage in drawn.scene.stages for why in stage.why if stage.title == "Concatenate"] == [
        "units 4 + units 4", "units 4 + units 4"
    ]  # fmt: skip
    wires = [
        path for path in drawn.to_svg().split("<path")[1:] if "lc-s-units" in path and "dasharray" in path
    ]
    assert len(wires) >= 6  # four to the sums, and two from there to the decoder


def test_each_first_state_of_a_bidirectional_decoder_is_led_to_its_own_reading():
    own = ((None, 4),) * 4
    encoder = LayerDescription(
        "both", "Bidirectional", ((None, 9, 5),), ((None, 8), *own), {}, 0, inbound=("source",),
        inner=replace(ENCODER, name="inner"), reads=(("source", 0),),
    )  # fmt: skip
    decoder = LayerDescription(
        "decoder", "Bidirectional", ((None, 7, 6),), ((None, 7, 8),), {"initial_state": 0}, 0,
        inbound=("goal", "both"), reads=(("goal", 0), *(("both", place) for place in (1, 2, 3, 4))),
        inner=LayerDescription("reading", "LSTM", (), (), {"units": 4, "return_sequences": True}),
    )  # fmt: skip
    drawn = diagram_of_model(ModelDescription(
        "both ways", (encoder, decoder), ((None, 9, 5), (None, 7, 6)), input_names=("source", "goal")
    ))  # fmt: skip
    up_and_across = r'd="M[\d.]+ [\d.]+V[\d.]+H[\d.]+V[\d.]+H([\d.]+)" [^>]*dasharray'
    ends = [float(x) for x in re.findall(up_and_across, drawn.to_svg())]
    assert len(ends) == 4
    assert ends[0] == ends[1] < ends[2] == ends[3]  # h and c of the forward reading on the left
