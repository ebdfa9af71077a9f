from __future__ import annotations

import numpy as np

from lstm_course.doctor.arrays import look_at, overlap
from lstm_course.doctor.relations import alignment, scrambled


def test_windows_overlap_by_their_stride():
    rows = np.arange(20.0) ** 1.2
    windows = np.lib.stride_tricks.sliding_window_view(rows, 5)
    assert overlap(windows[:, :, None]) == 1
    assert overlap(windows[::3, :, None]) == 3
    assert overlap(rows.reshape(5, 4, 1)) == 0


def test_a_window_on_the_last_axis_is_seen():
    rows = np.arange(40.0).reshape(20, 2) ** 1.2
    seen = look_at(np.lib.stride_tricks.sliding_window_view(rows, 5, axis=0))
    assert seen is not None
    assert (seen.shape, seen.shift, seen.shift_last) == ((16, 2, 5), 0, 1)


def test_counts_of_what_is_missing():
    x = np.ones((4, 3, 2))
    x[:, :, 1] = np.nan
    seen = look_at(x)
    assert seen is not None
    assert (seen.num_nan, seen.columns[1].num_nan, seen.columns[0].num_nan) == (12, 12, 0)


def test_padding_after_unequal_lengths():
    x = np.random.default_rng(0).normal(size=(6, 5, 1))
    for sample, length in enumerate([5, 4, 3, 2, 3, 4]):
        x[sample, length:] = -9
    seen = look_at(x)
    assert seen is not None
    assert seen.padding is not None
    assert (seen.padding.value, seen.padding.num_after, seen.padding.num_inside) == (-9.0, 5, 0)


def test_objects_and_words():
    ragged = np.empty(2, dtype=object)
    ragged[:] = [[1, 2], [1]]
    kinds = [look_at(value).kind for value in (ragged, np.array(["a", "b"]), [[1, 2], [3]])]
    assert kinds == ["ragged", "text", "ragged"]


def test_a_label_in_its_own_window_is_a_leak():
    rows = np.sin(np.arange(60.0) ** 1.1)
    x = np.lib.stride_tricks.sliding_window_view(rows, 4)[:-1, :, None]
    assert "its own window" in alignment(x, x[:, -1, 0].copy())["leak"]
    assert "leak" not in alignment(x, rows[4:])


def test_reshape_in_place_of_a_transpose():
    table = np.arange(60.0).reshape(5, 3, 4).copy()
    assert "reshaped" in scrambled(table.reshape(5, 4, 3))
    assert scrambled(table.transpose(0, 2, 1)) == ""
    assert scrambled(table) == ""
