from __future__ import annotations

import json
import random
import re
import xml.etree.ElementTree as ElementTree
from itertools import combinations

import numpy as np
import pytest

from lstm_course.drawing.inside import cell_view, layer_view, number_view
from lstm_course.drawing.inside.terms import sum_of
from lstm_course.drawing.render import to_svg
from lstm_course.layers import GRU, LSTM, Bidirectional, SimpleRNN

WIDTHS = (342, 700, 992, 1408)
LAYERS = {
    "lstm": LSTM(4),
    "gru": GRU(4),
    "gru-reset-before": GRU(4, reset_after=False),
    "simple-rnn": SimpleRNN(4),
    "no-bias": LSTM(4, use_bias=False),
    "named-activation": GRU(4, activation="leaky_relu", recurrent_activation="hard_sigmoid"),
    "sequences": LSTM(20, return_sequences=True, return_state=True),
    "backwards": GRU(6, go_backwards=True, return_sequences=True, return_state=True),
    "bidirectional": Bidirectional(LSTM(3, return_sequences=True)),
    "wide": SimpleRNN(512),
}
VIEWS = (layer_view, cell_view, number_view)


def _texts(view) -> list[str]:  # type: ignore[no-untyped-def]
    tree = ElementTree.fromstring(to_svg(view.drawing, view.title))
    return ["".join(part.itertext()) for part in tree.iter("{http://www.w3.org/2000/svg}text")]


def _numbers(text: str) -> list[float]:
    return [float(found.replace("−", "-")) for found in re.findall(r"[+−]?\d+\.\d+", text)]


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("draw", VIEWS)
def test_no_text_is_cut_or_lies_on_another(chosen_in, name: str, draw) -> None:
    for timesteps in (1, 8, 40):
        chosen = chosen_in(LAYERS[name], timesteps=timesteps, unit=2, timestep=0)
        for width in WIDTHS:
            drawing = draw(chosen, width).drawing
            for box in drawing.boxes:
                assert box.x >= -0.5, box
                assert box.x + box.width <= width + 0.5, box
                assert 0 <= box.y <= box.y + box.height <= drawing.height, box
            assert [pair for pair in combinations(drawing.boxes, 2) if pair[0].overlaps(pair[1])] == []


def test_numbers_beyond_all_bounds_are_drawn_without_overlap(chosen_in) -> None:
    chosen = chosen_in(SimpleRNN(5, activation="linear"), timesteps=40, size=4.0, quantity="z_h")
    for draw in VIEWS:
        boxes = draw(chosen, 342).drawing.boxes
        assert [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])] == []


@pytest.mark.parametrize("layer", [LSTM(4), GRU(4), GRU(4, reset_after=False), SimpleRNN(4)])
def test_every_equation_comes_out_with_the_numbers_in_it(chosen_in, layer) -> None:
    chosen = chosen_in(layer, unit=1, timestep=5)
    texts = _texts(cell_view(chosen, 992))
    for equation in chosen.equations:
        line = texts[texts.index(equation.plain) + 1]
        assert _numbers(line)[-1] == pytest.approx(float(chosen.step[equation.symbol][1]), abs=6e-4)
    affine = texts[texts.index(chosen.equations[0].plain) + 1]
    *parts, total = _numbers(affine)
    assert sum(parts) == pytest.approx(total, abs=0.0025)


@pytest.mark.parametrize("quantity", ["z_z", "z", "r", "recurrent_h", "z_h", "h_tilde", "h"])
def test_the_terms_of_a_number_sum_to_it(chosen_in, quantity: str) -> None:
    chosen = chosen_in(GRU(32), unit=3, timestep=6, quantity=quantity)
    parts = sum_of(chosen)
    shown = [summand.product.value(chosen.position) for summand in parts.shown]
    rest = parts.rest.value(chosen.position) if parts.rest else 0.0
    assert sum(shown) + rest == pytest.approx(float(chosen.step[quantity][3]), abs=0.001 * (len(shown) + 2))
    assert len(parts.shown) + parts.num_rest == {"z_z": 35, "recurrent_h": 33, "z_h": 3, "h": 2}.get(
        quantity, 1
    )


def test_a_term_is_traced_to_its_row_and_its_original_value(chosen_in) -> None:
    chosen = chosen_in(LSTM(4), timesteps=12, unit=2, timestep=6, quantity="z_f")
    line = next(text for text in _texts(number_view(chosen, 992)) if text.startswith("passengers"))
    found = re.fullmatch(r"passengers, row 11, 1949-12-01: \((\S+) − (\S+)\) / (\S+)", line)
    assert found is not None, line
    value, offset, scale = map(float, found.groups())
    assert value == 118
    assert (value - offset) / scale == pytest.approx(float(chosen.step["x"][0]), abs=1e-4)


def test_the_field_shows_every_value_of_the_layer(chosen_in) -> None:
    chosen = chosen_in(LSTM(3), timesteps=6)
    texts = _texts(layer_view(chosen, 992))
    for value in chosen.trace.quantity("h").ravel():
        assert f"{'−' if value < 0 else '+'}{abs(value):.2f}" in texts


def test_a_long_window_is_folded_and_says_so(chosen_in) -> None:
    chosen = chosen_in(SimpleRNN(2), timesteps=200, exp={"dataset": "us_births"})
    view = layer_view(chosen, 992)
    field = view.data["heat"]["h"]
    assert (field["columns"], field["per"]) == (67, 3)
    assert "each column is the mean of 3 of them" in " ".join(_texts(view))


def test_many_units_are_cut_to_the_liveliest_and_it_says_so(chosen_in) -> None:
    chosen = chosen_in(LSTM(100), unit=99)
    view = layer_view(chosen, 992)
    assert len(view.data["heat"]["h"]["units"]) == 32
    assert 99 in view.data["heat"]["h"]["units"]
    assert "32 of 100 units" in " ".join(_texts(view))


def test_what_leaves_is_said_and_drawn(chosen_in) -> None:
    assert "the last h leaves" in _texts(layer_view(chosen_in(LSTM(4)), 992))
    assert "every h leaves" in _texts(layer_view(chosen_in(LSTM(4, return_sequences=True)), 992))
    assert "h, c leave too" in " ".join(_texts(layer_view(chosen_in(LSTM(4, return_state=True)), 992)))


def test_parts_that_can_be_chosen_have_a_name_and_a_place_in_the_order(chosen_in) -> None:
    for draw in VIEWS:
        view = draw(chosen_in(GRU(4)), 992)
        tree = ElementTree.fromstring(to_svg(view.drawing, view.title))
        hot = [part for part in tree.iter() if "lc-hot" in part.get("class", "").split()]
        assert len(hot) >= 4
        for part in hot:
            assert (part.get("role"), part.get("tabindex")) == ("button", "0")
            assert part.get("aria-label")


@pytest.mark.parametrize("draw", VIEWS)
def test_the_outline_says_the_numbers(chosen_in, draw) -> None:
    chosen = chosen_in(LSTM(4), unit=1, timestep=3, quantity="c")
    value = float(chosen.step["c"][1])
    written = f"{'−' if value < 0 else '+'}{abs(value):.3f}"
    outline = draw(chosen, 992).outline
    assert "unit 1" in outline
    assert written in outline or draw is layer_view


@pytest.mark.parametrize("layer", [LSTM(512), GRU(512), Bidirectional(LSTM(512))])
@pytest.mark.parametrize("timesteps", [1, 1000])
def test_views_and_their_data_stay_small(chosen_in, layer, timesteps: int) -> None:
    chosen = chosen_in(layer, timesteps=timesteps, exp={"dataset": "us_births"}, size=0.05, quantity="z_f")
    for draw in VIEWS:
        for width in (358, 1408):
            view = draw(chosen, width)
            assert len(to_svg(view.drawing, view.title)) < 100_000
            assert len(json.dumps(view.data)) < 60_000


def test_a_wild_field_of_the_largest_size_stays_small(chosen_in) -> None:
    chosen = chosen_in(GRU(512), timesteps=96, size=0.5, exp={"dataset": "us_births"})
    noise = np.random.default_rng(1).normal(size=512)
    for k, step in enumerate(chosen.trace.steps):
        step.values["h"][:] = np.roll(noise, 7 * k)
    assert len(to_svg(layer_view(chosen, 1408).drawing, "")) < 100_000


def test_random_places_are_drawn(chosen_in) -> None:
    draw = random.Random(4)
    for _ in range(12):
        units, timesteps = draw.choice([1, 3, 40]), draw.choice([1, 2, 13, 60])
        kind = draw.choice([LSTM, GRU, SimpleRNN])
        chosen = chosen_in(
            kind(units),
            timesteps=timesteps,
            unit=draw.randrange(99),
            timestep=draw.randrange(99),
            quantity=draw.choice("hcz"),
        )
        assert chosen.unit < units
        assert chosen.timestep < timesteps
        for view in VIEWS:
            ElementTree.fromstring(to_svg(view(chosen, 390).drawing, "one view"))


@pytest.mark.parametrize(
    ("quantity", "down"),
    [("h", {"o", "c_activated"}), ("c", {"f", "i", "c_tilde"}), ("f", {"z_f"}), ("z_f", set())],
)
def test_from_each_number_a_way_leads_down_towards_the_rows(chosen_in, quantity: str, down: set[str]) -> None:
    view = number_view(chosen_in(LSTM(4), quantity=quantity), 992)
    tree = ElementTree.fromstring(to_svg(view.drawing, view.title))
    assert down <= {part.get("data-quantity") for part in tree.iter() if part.get("role") == "button"}
    assert ("is made from" in " ".join(_texts(view))) == bool(down)


def test_the_last_h_of_the_forward_reader_does_not_seem_to_leave_the_backward_one(chosen_in) -> None:
    view = layer_view(chosen_in(Bidirectional(LSTM(3)), timesteps=6), 342)
    leaving = re.findall(
        r'<path d="(M[^"]*)"[^>]*data-timestep="(\d)" data-direction="(\w+)"', to_svg(view.drawing, "")
    )
    assert [(timestep, reader) for _, timestep, reader in leaving] == [("0", "backward"), ("5", "forward")]
    assert [len(re.findall("[HV]", way)) for way, _, _ in leaving] == [1, 2]
