"""Two experiments side by side."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from lstm_course.drawing import Difference, side_by_side
from lstm_course.drawing.differences import merged_order
from lstm_course.experiment import Experiment
from lstm_course.layers import GRU, LSTM


def test_only_what_differs_is_listed(drawn):
    pair = side_by_side(
        drawn(Experiment(layers=(LSTM(4),))), drawn(Experiment(layers=(GRU(4),))), ("LSTM", "GRU")
    )
    assert pair.differences == (
        Difference("recurrent-layer-1", "LSTM", "code", "LSTM(4)", "GRU(4)"),
        Difference("recurrent-layer-1", "LSTM", "parameters", "96", "84"),
    )


def test_differing_stages_are_marked_on_both_sides(drawn):
    pair = side_by_side(drawn(Experiment(layers=(LSTM(4),))), drawn(Experiment(layers=(GRU(4),))))
    svg = pair.to_svg()
    ET.fromstring(svg)
    assert svg.count(">differs</text>") == 2
    assert 'id="' not in svg


def test_equal_experiments_differ_in_nothing(drawn):
    pair = side_by_side(drawn(), drawn())
    assert pair.differences == ()
    assert "Nothing differs." in pair.to_svg()
    assert "- nothing" in pair.outline()


def test_a_stage_that_only_one_has_keeps_its_place(drawn):
    one, two = drawn(), drawn(Experiment(layers=(LSTM(32, return_sequences=True), LSTM(32))))
    order = merged_order(one.scene, two.scene)
    assert order.index("recurrent-layer-2") == order.index("recurrent-layer-1") + 1
    found = side_by_side(one, two).differences
    assert Difference("recurrent-layer-2", "LSTM", "stage", "none", "there") in found


def test_a_layer_that_reads_otherwise_is_marked_though_the_same_leaves_it(drawn):
    found = side_by_side(drawn(), drawn(Experiment(timesteps=24))).differences
    ends = Difference(
        "recurrent-layer-1", "LSTM", "reasons", "timesteps 12 ends here", "timesteps 24 ends here"
    )
    assert ends in found


def test_labels_that_stay_are_not_marked_beside_batches_that_differ(drawn):
    stateful = drawn(Experiment(layers=(LSTM(32, stateful=True),)))  # in order, not shuffled; the same labels
    pair = side_by_side(drawn(), stateful)
    assert [each.stage for each in pair.differences if each.what in ("code", "findings")] == [
        "batching",
        "batching",
        "input-layer",
        "recurrent-layer-1",
    ]
    assert pair.to_svg(1400).count(">differs</text>") == 2 * 3


def test_equal_stages_stand_at_equal_heights(drawn):
    one, two = drawn(), drawn(Experiment(layers=(LSTM(32, return_sequences=True), LSTM(32))))
    boxes = side_by_side(one, two).picture().drawing.boxes
    assert len({round(box.y) for box in boxes if box.text == "Dense"}) == 1


def test_on_a_narrow_page_they_stand_one_below_the_other(drawn):
    pair = side_by_side(drawn(), drawn())
    assert pair.picture(390).drawing.height > 1.5 * pair.picture(1100).drawing.height


def test_what_differs_is_one_line_for_each_stage(drawn):
    one = drawn(Experiment(timesteps=6, layers=(LSTM(4),)))
    two = drawn(Experiment(timesteps=12, layers=(LSTM(4, return_sequences=True), LSTM(4))))
    said = side_by_side(one, two, ("one layer", "two layers")).outline()
    assert "- Windows: timesteps=6 → timesteps=12; (95, 6, 1) → (89, 12, 1)\n" in said
    assert "- Labels: (95, 1) → (89, 1)\n" in said
    assert "- LSTM (recurrent layer 2): only in two layers\n" in said


def test_one_below_the_other_no_card_waits_for_its_twin(drawn):
    exp = Experiment(layers=(LSTM(32, return_sequences=True), LSTM(32)))
    alone, pair = drawn(), side_by_side(drawn(), drawn(exp))
    high = pair.picture(390).drawing.height
    assert high < alone.picture(390).drawing.height + drawn(exp).picture(390).drawing.height + 500
