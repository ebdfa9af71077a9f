from __future__ import annotations

from lstm_course.doctor.program import Program

SOURCE = (
    "model = Sequential([\n    LSTM(\n        8, return_sequences=True,\n    ),\n    Dense(units=3),\n])\n"
)


def test_an_argument_is_changed_in_its_own_line():
    assert Program(SOURCE).change(2, "LSTM", return_sequences="False") == (
        "- 8, return_sequences=True,\n+ 8, return_sequences=False,"
    )


def test_an_argument_is_added_and_dropped():
    program = Program("x = LSTM(8, stateful=True)(y)\nmodel.fit(x, y)")
    assert program.change(1, "LSTM", stateful=None) == "- x = LSTM(8, stateful=True)(y)\n+ x = LSTM(8)(y)"
    assert program.change(2, "fit", shuffle="False").endswith("+ model.fit(x, y, shuffle=False)")


def test_the_first_argument_may_be_named():
    assert Program(SOURCE).change_first(5, "Dense", "1", "units") == "- Dense(units=3),\n+ Dense(units=1),"
    assert Program(SOURCE).change_first(5, "LSTM", "1") == ""


def test_a_program_that_does_not_parse_has_no_calls():
    assert Program("model = (").calls == []
