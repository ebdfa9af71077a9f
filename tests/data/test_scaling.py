from __future__ import annotations

import numpy as np
import pytest

from lstm_course.data import DataError, fit_scaler, leakage, load_series

VALUES = np.array([[0.0, 10.0, 5.0], [4.0, 30.0, 5.0], [2.0, np.nan, 5.0]])
NAMES = ("a", "b", "c")


def test_minmax_and_standard_by_hand():
    minmax = fit_scaler(VALUES, "minmax", columns=NAMES)
    assert minmax.transform(VALUES[:2]).tolist() == [[0.0, 0.0, 0.0], [1.0, 1.0, 0.0]]
    standard = fit_scaler(VALUES, "standard", columns=NAMES)
    assert (standard.offset[0], standard.scale[0]) == (2.0, np.sqrt(8 / 3))
    assert (standard.offset[1], standard.scale[1]) == (20.0, 10.0)


def test_another_range():
    scaler = fit_scaler(VALUES, "minmax", columns=NAMES, feature_range=(-1, 1))
    assert scaler.transform(VALUES)[:, 0].tolist() == [-1.0, 1.0, 0.0]


@pytest.mark.parametrize("kind", ["none", "minmax", "standard"])
def test_a_constant_column_is_noted_and_makes_no_nan(kind):
    scaler = fit_scaler(np.full((5, 1), 0.1), kind, columns=["c"])
    assert scaler.constant == ("c",)
    assert np.isfinite(scaler.transform(np.full((5, 1), 0.1))).all()
    assert fit_scaler(np.full((2, 1), np.nan), kind).constant == ("0",)


@pytest.mark.parametrize("kind", ["none", "minmax", "standard"])
def test_inverse_undoes_transform(kind):
    rows = np.arange(12.0).reshape(4, 3) ** 1.5
    scaler = fit_scaler(rows, kind, columns=NAMES)
    np.testing.assert_allclose(scaler.inverse(scaler.transform(rows)), rows)


def test_inverse_of_one_column_in_any_shape_and_of_targets_on_the_last_axis():
    scaler = fit_scaler(VALUES, "minmax", columns=NAMES)
    assert scaler.inverse(np.full((2, 5), 0.5), columns="b").tolist() == [[20.0] * 5] * 2
    both = scaler.inverse(np.full((2, 5, 2), 0.5), columns=("b", "a"))
    assert both[0, 0].tolist() == [20.0, 2.0]
    with pytest.raises(DataError, match="its last axis must have 2 entries"):
        scaler.inverse(np.zeros((2, 5)), columns=("a", "b"))


def test_the_kind_of_float_is_kept():
    assert fit_scaler(VALUES, "minmax").transform(VALUES.astype(np.float32)).dtype == np.float32


def test_leakage_of_the_airline_series():
    values = load_series("air_passengers").values()
    moved = leakage(values, 96, "minmax", columns=["passengers"])
    assert (moved.train.scale[0], moved.all_rows.scale[0]) == (413.0 - 104.0, 622.0 - 104.0)
    np.testing.assert_allclose(moved.scale_shift, [518 / 309 - 1])
    assert moved.worst == pytest.approx(518 / 309 - 1)
    assert leakage(values, 144, "minmax").worst == 0
    assert leakage(values, 96, "none").worst == 0


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: fit_scaler(VALUES, "robust"), "There is no scaling 'robust'"),
        (lambda: fit_scaler(np.empty((0, 2)), "minmax"), "at least one row"),
        (lambda: fit_scaler(np.array([1.0, np.inf]), "minmax"), "hold infinity"),
        (lambda: fit_scaler(VALUES, "minmax", columns=["a"]), "1 column names were given for 3"),
        (lambda: fit_scaler(VALUES, "minmax", feature_range=(1, 0)), "must be below the second"),
        (
            lambda: fit_scaler(VALUES, "minmax").transform(np.zeros((4, 2))),
            "its last axis must be the columns",
        ),
        (
            lambda: fit_scaler(VALUES, "minmax", columns=NAMES).inverse(VALUES, "d"),
            "There is no scaled column 'd'",
        ),
    ],
)
def test_mistakes_are_answered(call, text):
    with pytest.raises(DataError) as caught:
        call()
    assert text in str(caught.value)


def test_a_number_that_no_network_can_hold_is_a_sentence():
    with pytest.raises(DataError, match=r"as large as 1e\+300"):
        fit_scaler(np.array([[1.0], [-1e300], [np.nan]]), "standard")
