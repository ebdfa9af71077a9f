from __future__ import annotations

import pytest

from lstm_course.shapes import AXES, Tensor


def test_a_tensor_says_its_shape_in_words() -> None:
    tensor = Tensor((1200, 12, 1), ("samples", "timesteps", "features"))
    assert str(tensor) == "(1200, 12, 1)"
    assert tensor.named == "1,200 samples × 12 timesteps × 1 feature"
    assert (tensor.rank, tensor.size, tensor.last) == (3, 14_400, 1)


def test_axes_can_be_exchanged_at_both_ends() -> None:
    tensor = Tensor((1200, 12, 1), ("samples", "timesteps", "features"))
    assert tensor.with_last(4, "units") == Tensor((1200, 12, 4), ("samples", "timesteps", "units"))
    assert tensor.with_first(32, "batch") == Tensor((32, 12, 1), ("batch", "timesteps", "features"))
    assert tensor.renamed(("batch", "horizon", "targets")).shape == tensor.shape


def test_each_axis_needs_a_name() -> None:
    with pytest.raises(ValueError, match=r"^Shape \(2, 3\) has 2 axes, but 1 names: \('batch',\)\.$"):
        Tensor((2, 3), ("batch",))


def test_the_axis_names_are_the_courses_words() -> None:
    assert AXES == (
        "rows",
        "samples",
        "batch",
        "timesteps",
        "features",
        "units",
        "horizon",
        "targets",
        "classes",
    )
