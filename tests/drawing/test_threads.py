"""Each axis from shape to shape."""

from __future__ import annotations

from lstm_course.drawing.threads import Thread, threads
from lstm_course.shapes import Tensor

SEQUENCE = Tensor((32, 12, 4), ("batch", "timesteps", "units"))
VECTOR = Tensor((32, 4), ("batch", "units"))


def test_a_layer_that_returns_its_last_output_ends_the_timesteps():
    assert Thread(1.0, None, "timesteps", "") in threads(SEQUENCE, VECTOR)


def test_repeat_vector_begins_a_new_axis():
    assert Thread(None, 1.0, "", "timesteps") in threads(VECTOR, SEQUENCE)


def test_flatten_joins_the_timesteps_with_the_units():
    flat = Tensor((32, 48), ("batch", "features"))
    assert Thread(1.0, 2.0, "timesteps", "features") in threads(SEQUENCE, flat)


def test_reshape_parts_the_last_axis():
    flat, parted = Tensor((32, 48), ("batch", "units")), Tensor((32, 24, 2), ("batch", "horizon", "targets"))
    assert Thread(2.0, 1.0, "units", "horizon") in threads(flat, parted)


def test_the_horizon_is_cut_out_of_the_rows():
    rows, label = Tensor((144, 1), ("rows", "targets")), Tensor((89, 24), ("samples", "horizon"))
    assert {(thread.start, thread.stop) for thread in threads(rows, label)} == {(0, 0), (0, 2)}


def test_an_axis_that_moves_keeps_its_thread():
    words, vectors = (
        Tensor((32, 80), ("batch", "timesteps")),
        Tensor((32, 80, 8), ("batch", "timesteps", "features")),
    )
    assert Thread(2.0, 1.0, "timesteps", "timesteps") in threads(words, vectors)
    assert Thread(None, 2.0, "", "features") in threads(words, vectors)


def test_a_last_output_as_large_as_its_window_ends_the_timesteps_all_the_same():
    window = Tensor((1, 1, 1), ("batch", "timesteps", "features"))
    one = Tensor((1, 1), ("batch", "units"))
    assert Thread(1.0, None, "timesteps", "") in threads(window, one, rearranged=False)


def test_axes_that_move_to_slots_of_their_own_cross_no_other():
    pictures = Tensor((32, 6, 8, 8, 1), ("batch", "timesteps", "axis", "axis", "features"))
    last = Tensor((32, 8, 8, 4), ("batch", "axis", "axis", "features"))
    found = [(thread.start, thread.stop) for thread in threads(pictures, last, rearranged=False)]
    assert found == [(0.0, 0.0), (0.5, None), (1.0, 0.67), (1.5, 1.33), (2.0, 2.0)]
