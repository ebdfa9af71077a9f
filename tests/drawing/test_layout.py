"""Nothing lies on anything else, and nothing is cut, for any experiment at any width."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_course.drawing.elements import Drawing
from lstm_course.drawing.layout import columns, frame_of, slots
from lstm_course.shapes import Tensor


def overlaps(drawing: Drawing) -> list[tuple[str, str]]:
    boxes = sorted(drawing.boxes, key=lambda box: box.y)
    found = []
    for place, box in enumerate(boxes):
        for other in boxes[place + 1 :]:
            if other.y > box.y + box.height:
                break
            if box.overlaps(other):
                found.append((box.text, other.text))
    return found


def outside(drawing: Drawing) -> list[str]:
    return [
        box.text
        for box in drawing.boxes
        if box.x < -0.5
        or box.y < 0
        or box.x + box.width > drawing.width + 0.5
        or box.y + box.height > drawing.height
    ]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), width=st.sampled_from([320, 390, 620, 860, 900, 1100, 1440]))
def test_no_text_lies_on_another_or_beyond_the_page(random_diagram, seed, width):
    drawing = random_diagram(seed).picture(width).drawing
    assert overlaps(drawing) == []
    assert outside(drawing) == []


def test_two_texts_on_each_other_would_be_found():
    drawing = Drawing(100, 40)
    drawing.text(10, 20, "one")
    drawing.text(14, 22, "two")
    assert overlaps(drawing) == [("one", "two")]


def test_text_beyond_the_edge_would_be_found():
    drawing = Drawing(20, 40)
    drawing.text(10, 20, "too long")
    assert outside(drawing) == ["too long"]


@pytest.mark.parametrize(
    ("width", "kind"), [(390, "narrow"), (599, "narrow"), (600, "medium"), (900, "wide")]
)
def test_lanes_follow_the_width(width, kind):
    assert frame_of(width).kind == kind


@given(width=st.floats(320, 2000))
def test_lanes_stay_on_the_page(width):
    frame = frame_of(width)
    assert frame.labels_x + frame.labels_width <= width
    assert frame.main_x + frame.main_width <= width
    assert frame.picture_width > 200


@given(count=st.integers(1, 100_000), room=st.floats(80, 900), late=st.booleans())
def test_columns_stay_between_the_edges_and_keep_both_ends(count, room, late):
    placed = columns(count, 10, 10 + room, 30, 40, late=late)
    assert placed.shown[0] == 0
    assert placed.shown[-1] == count - 1
    assert placed.left >= 10 - 1e-6
    assert placed.right <= 10 + room + 1e-6
    assert (placed.fold is None) == (len(placed.shown) == count)
    assert list(placed.centres) == sorted(placed.centres)


def test_an_axis_keeps_its_slot_from_shape_to_shape():
    window = slots(Tensor((32, 12, 1), ("batch", "timesteps", "features")))
    vector = slots(Tensor((32, 4), ("batch", "units")))
    assert (window[0], window[-1]) == (vector[0], vector[-1])
