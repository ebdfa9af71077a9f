from __future__ import annotations

import json
import struct

import numpy as np
import pandas as pd
import pytest

from lstm_course.course.grading.wire import Garbled, LayerValue, ModelValue, Opaque, decode, encode

MODEL = ModelValue(
    "Sequential",
    (LayerValue("LSTM", (None, 4), {"units": 4}, ((1, 16), (4, 16))),),
    (None, 12, 1),
    (None, 1),
    101,
    "mse",
)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        2.5,
        "text",
        (1, [2, (3,)]),
        {"a": {"b": ()}, 1: 2},
        float("inf"),
        Opaque("A", "b"),
        MODEL,
    ],
)
def test_plain_values_come_back(value):
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((2, 0, 3)),
        np.arange(6).reshape(2, 3).T,
        np.array(["a", "bc"]),
        np.array([True]),
        np.float32([1.5]),
    ],
)
def test_arrays_come_back(array):
    back = decode(encode({"x": array}))["x"]
    np.testing.assert_array_equal(back, array)
    assert back.dtype == array.dtype


def test_a_table_becomes_its_columns():
    back = decode(encode(pd.DataFrame({"a": [1, 2]})))
    assert back["a"].tolist() == [1, 2]


@pytest.mark.parametrize("value", [object(), lambda: 1, np.array([object()]), {1, 2}, 10**5000], ids=range(5))
def test_what_does_not_travel_is_named(value):
    assert isinstance(decode(encode(value)), Opaque)


def test_a_value_that_holds_itself():
    endless: list[object] = []
    endless.append(endless)
    assert isinstance(decode(encode(endless)), list)


def message(header: object, body: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("!Q", len(text)) + text + body


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0" * 7, b"\xff" * 40, message([1]), message({"x": 1}), message({"$": "array"}),
        message({"$": "array", "dtype": "<f8", "shape": [10**12], "at": 0}),
        message({"$": "array", "dtype": "|O", "shape": [1], "at": 0}, b"\0" * 8),
        message({"$": "array", "dtype": "<f8", "shape": [-1], "at": 0}, b"\0" * 8),
        message({"$": "array", "dtype": "<f8", "shape": [1], "at": -8}, b"\0" * 8),
    ],
)  # fmt: skip
def test_bytes_that_are_no_message(data):
    with pytest.raises(Garbled):
        decode(data)
