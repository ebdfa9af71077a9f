"""The whole diagram as SVG."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lstm_course.drawing
from lstm_course.data import Series
from lstm_course.drawing import Diagram, diagram
from lstm_course.drawing.scene import Status
from lstm_course.drawing.stage_names import LOOK_INSIDE
from lstm_course.experiment import Experiment
from lstm_course.layers import GRU, LSTM, Bidirectional, Dense, Dropout, RepeatVector
from lstm_course.problems import ProblemError

NAMESPACE = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in ET.fromstring(svg).iter(f"{NAMESPACE}text")]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_any_experiment_is_well_formed_and_small(random_diagram, seed):
    drawn = random_diagram(seed)
    for width in (390, 700, 1100):
        svg = drawn.to_svg(width=width)
        ET.fromstring(svg)
        assert len(svg.encode()) < 100_000


def test_no_element_has_an_id_so_that_many_diagrams_share_a_page(drawn):
    assert re.findall(r'\sid="', drawn().to_svg()) == []


def test_the_same_experiment_gives_the_same_svg(drawn):
    assert drawn().to_svg() == drawn().to_svg()


def test_names_are_text_and_never_markup():
    frame = pd.DataFrame({'<script>alert("1")</script>': [float(row % 7) for row in range(100)]})
    drawn = diagram(Experiment(dataset="<b>mine</b>"), Series("<b>mine</b>", frame))
    svg = drawn.to_svg()
    assert "<script" not in svg
    assert "<b>" not in svg
    assert any("<script>" in text for text in texts(svg))
    assert "<b>" not in drawn.to_html().split("</title>")[1]


def test_each_stage_is_a_group_that_says_its_shape(drawn):
    root = ET.fromstring(drawn().to_svg())
    groups = [element for element in root if element.get("role") == "group"]
    stages = {group.get("data-stage"): group.get("aria-label") for group in groups}
    assert list(stages)[:3] == ["raw-data", "scaling", "windowing"]
    assert stages["recurrent-layer-1"] == "LSTM: 32 batch × 32 units"


def test_timesteps_are_buttons_in_order_with_their_numbers(drawn):
    root = ET.fromstring(drawn().to_svg())
    boxes = [element for element in root.iter(f"{NAMESPACE}g") if element.get("data-timestep") is not None]
    assert [box.get("data-timestep") for box in boxes] == ["0", "1", "2", "3", "11"]
    assert {(box.get("role"), box.get("tabindex"), box.get("class")) for box in boxes} == {
        ("button", "0", "lc-hot")
    }
    assert boxes[0].get("aria-label", "").startswith("timestep 0, unit 0: c ")


def test_the_focused_stage_is_marked(drawn):
    assert 'class="lc-stage lc-focus" data-stage="windowing"' in drawn(focus="windowing").to_svg().replace(
        "'", '"'
    )


def test_labels_that_do_not_fit_leave_a_gap_and_say_why(drawn):
    exp = Experiment(layers=(LSTM(4, return_sequences=True),), head=(Dense(1),), flat_labels=True)
    shown = " ".join(texts(drawn(exp).to_svg()))
    assert "they do not meet, and Keras says nothing" in shown
    assert "12,288 terms" in shown
    assert "return_sequences=False" in shown
    assert "≠" in shown


def test_stages_above_an_impossible_one_are_not_reached(drawn):
    shown = texts(drawn(Experiment(layers=(LSTM(16), LSTM(8)))).to_svg())
    assert shown.count("not reached") == 2
    assert any("hands on one vector" in text for text in shown)


def test_numbers_of_the_shape_formula_are_those_of_the_data(drawn):
    shown = " ".join(texts(drawn().to_svg()))
    assert "101 rows − 12 timesteps − horizon 1 + 1 = 89" in shown
    assert "4 · (32 · (1 + 32) + 32)" in shown


def test_keras_agrees_or_says_what_it_says(drawn):
    exp = Experiment()
    stages = drawn().scene.known.stages
    other = drawn(Experiment(layers=(LSTM(16),))).scene.known.stages
    assert "○ predicted" in texts(drawn().to_svg())
    assert "✓ Keras agrees" in texts(diagram(exp, observed=stages).to_svg())
    differing = texts(diagram(exp, observed=other).to_svg())
    assert differing[differing.index("≠ Keras says") + 1] == "(32, 16)"


def test_a_decoder_reads_copies_of_one_vector(drawn):
    exp = Experiment(horizon=24, layers=(LSTM(8), RepeatVector(24), LSTM(8, return_sequences=True)))
    shown = texts(drawn(exp).to_svg())
    assert "× 24" in shown
    assert "they meet: Keras adds or drops the axis of size 1" in shown


def test_both_readings_are_drawn_and_joined(drawn):
    shown = texts(drawn(Experiment(layers=(Bidirectional(GRU(8)),))).to_svg())
    assert "concat" in shown
    assert shown.count("h=0") == 2


def test_a_window_longer_than_the_rows_is_drawn_without_values():
    shown = " ".join(texts(diagram(Experiment(timesteps=140)).to_svg()))
    assert "no sample, so no batch" in shown
    assert "no window fits" in shown
    assert "no window with its label fits into the training rows" in shown
    assert "validation 21" in shown


def test_a_thousand_timesteps_cost_no_more_than_twelve(drawn):
    short = diagram(Experiment(timesteps=12)).to_svg()
    long = diagram(Experiment(dataset="brent", timesteps=1000, layers=(LSTM(512),))).to_svg()
    assert len(long) < 1.2 * len(short)


def test_png_html_and_svg_are_written(drawn, tmp_path):
    for ending, start in ((".png", b"\x89PNG"), (".svg", b"<svg"), (".html", b"<!doctype html>")):
        assert drawn().save(tmp_path / f"d{ending}").read_bytes().startswith(start)


def test_other_files_are_refused(drawn, tmp_path):
    with pytest.raises(ProblemError, match=r"'d\.pdf'; end the name in \.svg, \.png or \.html\."):
        drawn().save(tmp_path / "d.pdf")


def test_unknown_depth_and_theme_are_refused():
    with pytest.raises(ProblemError, match="depth='deep': expected one of 'whole'"):
        diagram(Experiment(), depth="deep")  # type: ignore[arg-type]
    with pytest.raises(ProblemError, match="theme='blue': expected one of 'auto'"):
        diagram(Experiment(), theme="blue")  # type: ignore[arg-type]


def test_a_notebook_shows_it(drawn):
    assert drawn()._repr_svg_() == drawn().to_svg()


def test_the_public_names_exist():
    assert all(hasattr(lstm_course.drawing, name) for name in lstm_course.drawing.__all__)


@pytest.mark.parametrize("kind", [GRU, LSTM])
def test_the_largest_network_stays_small(drawn, kind):
    both = Bidirectional(kind(5, return_sequences=True, return_state=True))
    numbers = ("demand_gw", "workday", "temperature_c")
    exp = Experiment(
        dataset="electricity", features=numbers, targets=numbers, timesteps=48, horizon=48, labels="sequence",
        layers=(both, Dropout(0.2), both, Dense(16), both, Dropout(0.1), both),
    )  # fmt: skip
    for width in (390, 720, 1080, 1440):
        assert len(drawn(exp).to_svg(width=width).encode()) < 100_000


@pytest.mark.parametrize("kind", [GRU, LSTM])
def test_four_layers_read_both_ways_show_four_timesteps(drawn, kind):
    layers = (Bidirectional(kind(32, return_sequences=True)),) * 3 + (Bidirectional(kind(32)),)
    picture = drawn(Experiment(dataset="electricity", timesteps=168, horizon=48, layers=layers))
    svg = picture.to_svg(width=1440)
    assert len(svg.encode()) < 100_000
    assert texts(svg).count("t = 2") == 4


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_wide_pages_unroll_as_far_as_the_size_allows(drawn, count):
    numbers = ("demand_gw", "workday", "temperature_c")
    exp = Experiment(
        dataset="electricity", features=numbers, targets=numbers, timesteps=48, horizon=48, labels="sequence",
        layers=(LSTM(5, return_sequences=True, return_state=True),) * count,
    )  # fmt: skip
    picture = drawn(exp)
    assert len(picture.to_svg(width=1440).encode()) < 97_000
    assert picture.scene.num_columns == {1: 12, 2: 8, 3: 5, 4: 4}[count]


def test_cells_and_names_of_recurrent_layers_lead_inside_where_numbers_are_known(drawn):
    svg = drawn(Experiment(layers=(LSTM(4),))).to_svg()
    assert 'data-stage="recurrent-layer-1" data-depth="cell"' in svg
    assert 'aria-label="look inside LSTM"' in svg
    assert LOOK_INSIDE in svg
    without = drawn(Experiment(layers=(LSTM(4),)), weights=None).to_svg()
    assert LOOK_INSIDE not in without
    assert "data-depth" not in without


@pytest.mark.parametrize("width", [640, 720, 800, 900])
def test_what_keras_says_is_never_cut(drawn, width):
    exp = Experiment(
        horizon=3, layers=(LSTM(4), RepeatVector(3), Bidirectional(GRU(5, return_sequences=True)))
    )
    scene = drawn(exp).scene
    agreed = tuple(
        replace(stage, status=stage.status and Status("agrees", "Keras agrees")) for stage in scene.stages
    )
    svg = Diagram(replace(scene, stages=agreed), width=width).to_svg()
    assert "✓ Keras" in svg
    assert "✓ Keras…" not in svg
    assert "agre…" not in svg


def test_a_silently_wrong_loss_does_not_seem_to_have_keras_s_blessing(drawn):
    exp = Experiment(layers=(LSTM(4, return_sequences=True),), flat_labels=True)
    loss = drawn(exp).scene.stage("loss")
    assert loss.status is None
    assert drawn(Experiment()).scene.stage("loss").status is not None


def test_a_saved_page_plays_and_says_the_same_in_words(drawn):
    page = drawn(Experiment(timesteps=6)).to_html()
    assert "export function mount" in page
    assert '"depth":"whole"' in page
    assert page.index("</svg>") < page.index("<summary>In words</summary>")


def test_a_wide_page_shows_every_timestep_of_a_short_window(drawn):
    root = ET.fromstring(drawn().to_svg(width=1440))
    boxes = [element for element in root.iter(f"{NAMESPACE}g") if element.get("data-timestep") is not None]
    assert len(boxes) == 12


def test_states_that_are_handed_over_are_wired_from_layer_to_layer(drawn):
    layers = (LSTM(4, return_state=True), RepeatVector(6), LSTM(4, return_sequences=True, initial_state=0))
    handed = drawn(Experiment(horizon=6, layers=layers))
    assert handed.scene.stage("recurrent-layer-2").starts_from == "recurrent-layer-1"
    assert "Starts with the last state of 6 LSTM, not with zeros." in texts(handed.to_svg())


def test_parts_of_the_rows_are_told_apart_without_their_colours(drawn):
    parts = [part for part in ET.fromstring(drawn().to_svg()).iter() if part.get("data-part")]
    frames = {
        part.get("data-part"): (" lc-s-wire" in part.get("class", ""), part.get("stroke-dasharray"))
        for part in parts
    }
    assert frames == {"train": (False, None), "validation": (True, "4 3"), "test": (True, None)}


def test_one_hot_labels_do_not_seem_to_meet_a_loss_that_wants_one_number(drawn):
    exp = Experiment(
        dataset="seattle_weather", features=("wind",), targets=("weather",), labels="one-hot", timesteps=3,
        loss="sparse_categorical_crossentropy",
    )  # fmt: skip
    shown = texts(drawn(exp).to_svg())
    assert (shown.count("="), shown.count("≠")) == (1, 1)


def test_a_state_that_is_handed_over_is_told_to_the_call(drawn):
    layers = (LSTM(4, return_state=True), RepeatVector(6), LSTM(4, return_sequences=True, initial_state=0))
    stage = drawn(Experiment(horizon=6, layers=layers)).scene.stage("recurrent-layer-2")
    assert stage.code == ("LSTM(4, return_sequences=True)", "initial_state=[h, c]")
