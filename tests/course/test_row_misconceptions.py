"""The time stamp is no column of the table."""

from __future__ import annotations

from lstm_course.course.judging import judge
from lstm_course.course.quantities import shape_after
from lstm_course.course.questions import Shape
from lstm_course.experiment import Experiment
from lstm_course.shapes import predict

TABLE = Shape(id="table", prompt="?", answer=shape_after("raw-data"), explanation="{right}")


def test_a_column_too_many_is_the_time():
    found = judge(TABLE, predict(Experiment(dataset="electricity")), "(17520, 4)")
    assert found.misconception == "time-counted-as-column"
    assert found.text.endswith("so (17520, 3).")


def test_only_the_table_has_a_time():
    scaled = Shape(id="scaled", prompt="?", answer=shape_after("scaling"), explanation="{right}")
    found = judge(scaled, predict(Experiment(dataset="electricity", features=("demand_gw",))), "(17520, 4)")
    assert found.misconception != "time-counted-as-column"
