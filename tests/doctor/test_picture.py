"""The picture of a program's model: its own layers and data, each finding at its stage."""

from __future__ import annotations

from lstm_course.doctor.picture import picture_of
from lstm_course.doctor.seen import ArraySeen, CallSeen, Capture, LayerSeen, ModelSeen
from lstm_course.shapes.findings import Finding


def layer(number: int, cls: str, shape: tuple[int | None, ...] = (), **given: object) -> LayerSeen:
    outputs = (shape,) if shape else ()
    return LayerSeen(number, cls, cls.lower(), dict(given), dict(given), outputs=outputs)


def capture(*layers: LayerSeen, x: tuple[int, ...], reached: bool = True) -> Capture:
    inputs = ((None, *x[1:]),) if reached else ()
    model = ModelSeen(1, "Sequential", layers, inputs=inputs, loss="mse")
    given, labels = ArraySeen(x, "float64"), ArraySeen((x[0],), "float64")
    call = CallSeen("fit", 1, 9, x=(given,), y=(labels,), batch_size=32)
    return Capture("mine.py", "", models=(model,), calls=(call,))


def finding(stage: str) -> Finding:
    return Finding("a-code", stage, "error", "What is wrong", "Because.", "Do this.\n- a\n+ b")


def test_the_layers_and_the_array_are_drawn_from_the_bottom_up() -> None:
    seen = capture(
        layer(1, "LSTM", (None, 12, 8), units=8, return_sequences=True), layer(2, "Dropout", (None, 12, 8), rate=0.2),
        layer(3, "Dense", (None, 12, 1), units=1), x=(200, 12, 1),
    )  # fmt: skip
    drawn = picture_of(seen, [finding("head")])
    assert drawn is not None
    assert [stage.title for stage in drawn.scene.stages] == ["X", "Input", "LSTM", "Dropout", "Dense", "Loss"]
    assert [stage.title for stage in drawn.scene.stages if stage.findings] == ["Dense"]
    assert drawn.scene.comparison is not None
    assert not drawn.scene.comparison.is_right  # (32,) against (32, 12, 1)


def test_layers_that_were_not_reached_stand_there_without_a_shape() -> None:
    seen = capture(layer(1, "LSTM", units=16), layer(2, "Dense", units=1), x=(200, 12), reached=False)
    drawn = picture_of(seen, [finding("input-layer")])
    assert drawn is not None
    assert [(stage.title, stage.is_reached) for stage in drawn.scene.stages] == [
        ("X", True), ("LSTM", False), ("Dense", False),
    ]  # fmt: skip
    (found,) = drawn.scene.stages[1].findings
    assert found.fix == "Do this."  # the diff stands beside the picture


def test_the_doctors_count_of_layers_between_passes_over_dropout() -> None:
    seen = capture(
        layer(1, "Dropout", (None, 12, 1), rate=0.1), layer(2, "LSTM", (None, 12, 8), units=8, return_sequences=True),
        layer(3, "Flatten", (None, 96)), layer(4, "Dense", (None, 1), units=1), x=(200, 12, 1),
    )  # fmt: skip
    drawn = picture_of(seen, [finding("between-layers")])
    assert drawn is not None
    assert [stage.title for stage in drawn.scene.stages if stage.findings] == ["Flatten"]


def test_without_a_model_there_is_no_picture() -> None:
    assert picture_of(Capture("mine.py", ""), []) is None
