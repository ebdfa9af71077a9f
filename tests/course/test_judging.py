from __future__ import annotations

import pytest

from lstm_course.authoring import (
    LSTM,
    Choice,
    Experiment,
    Number,
    Option,
    Order,
    Shape,
    SimpleRNN,
    input_shape,
    measured,
    num_samples,
    parameters_of,
    predict,
    shape_after,
    supposed,
)
from lstm_course.course.judging import judge, right_answer

PLAIN = predict(Experiment())
IMPOSSIBLE = predict(Experiment(layers=(LSTM(4), LSTM(4))))
WINDOWS = Shape(
    id="w", prompt="?", answer=shape_after("windowing"), explanation="{right}: {num_windows} of them."
)
OUTPUT = Shape(id="o", prompt="?", answer=shape_after("recurrent-layer-1"), explanation="e")
COUNT = Number(id="c", prompt="?", answer=num_samples(), explanation="{window_formula}.")
COLOURS = Choice(
    id="k", prompt="?", options=(Option("a", "A"), Option("b", "B", "Not {num_rows}.")),
    answer=lambda prediction: "a", explanation="A it is.",
)  # fmt: skip
ORDER = Order(
    id="s", prompt="?", items=(Option("scale", "scale"), Option("split", "split")),
    answer=lambda prediction: ("split", "scale"), explanation="Split first.",
)  # fmt: skip


@pytest.mark.parametrize(
    "text", ["(89, 12, 1)", "89 x 12 x 1", "89,12,1", "89×12×1", "[89, 12, 1]", " 89 12 1 "]
)
def test_shapes_in_any_notation(text):
    judgement = judge(WINDOWS, PLAIN, text)
    assert judgement.is_right
    assert judgement.text == "(89, 12, 1): 89 of them."


@pytest.mark.parametrize("text", ["None, 32", "(32, 32)", "(None, 32)", "batch, 32", "?, 32"])
def test_none_stands_for_the_batch_axis(text):
    assert judge(OUTPUT, PLAIN, text).is_right


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        (OUTPUT, "32, None", "batch axis only"),
        (WINDOWS, "None, 12, 1", "Your array exists: its sizes are (89, 12, 1)"),
    ],
)
def test_none_elsewhere_is_answered(question, text, said):
    judgement = judge(question, PLAIN, text)
    assert judgement.misconception == "none-for-a-known-size"
    assert said in judgement.text


@pytest.mark.parametrize("text", ["89", "101 - 12 - 1 + 1", "(101−13)//1+1", "89.0"])
def test_numbers_and_calculations(text):
    assert judge(COUNT, PLAIN, text).text == "101 − 12 − 1 + 1 = 89."


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (WINDOWS, "many"),
        (WINDOWS, ""),
        (COUNT, "x"),
        (COUNT, "__import__('os')"),
        (COUNT, "9**9"),
        (COUNT, "1/0"),
    ],
)
def test_what_cannot_be_read_is_asked_again(question, text):
    judgement = judge(question, PLAIN, text)
    assert judgement.verdict == "unreadable"
    assert "write" in judgement.text


def test_a_wrong_answer_without_a_known_reason():
    assert judge(WINDOWS, PLAIN, "(77, 12, 1)").text.startswith("Not quite: samples is 89, not 77.")
    assert "there are 3" in judge(WINDOWS, PLAIN, "(5, 6)").text
    assert judge(COUNT, PLAIN, "77").text == "It is 89. 101 − 12 − 1 + 1 = 89."


def test_choices():
    assert judge(COLOURS, PLAIN, "a").text == "A it is."
    assert judge(COLOURS, PLAIN, "b").text == "Not 144."
    assert judge(COLOURS, PLAIN, "c").verdict == "unreadable"


def test_orders():
    assert judge(ORDER, PLAIN, ["split", "scale"]).is_right
    assert judge(ORDER, PLAIN, "split → scale").is_right
    assert judge(ORDER, PLAIN, ["scale", "split"]).text == "At place 1 stands “split”. Split first."
    assert judge(ORDER, PLAIN, ["scale"]).verdict == "unreadable"


def test_an_impossible_experiment_says_why():
    asked = Shape(id="x", prompt="?", answer=shape_after("recurrent-layer-2"), explanation="e")
    judgement = judge(asked, IMPOSSIBLE, "(32, 4)")
    assert judgement.verdict == "impossible"
    assert "return_sequences=True" in judgement.text


def test_the_layer_that_is_asked_for_speaks():
    prediction = predict(Experiment(layers=(LSTM(8, return_sequences=True), LSTM(3))))
    from lstm_course.authoring import parameters_of

    asked = Number(id="p", prompt="?", answer=parameters_of("recurrent-layer-2"), explanation="e")
    assert "4 · (3 · (8 + 3) + 3) = 144" in judge(asked, prediction, "36").text  # one gate


def test_right_answers_as_text():
    assert right_answer(Shape(id="i", prompt="", answer=input_shape(), explanation=""), PLAIN) == "(12, 1)"
    assert right_answer(ORDER, PLAIN) == "split → scale"
    big = Number(
        id="b", prompt="", answer=measured("a lot", lambda prediction: 12_345, about="a-lot"), explanation=""
    )
    assert right_answer(big, PLAIN) == "12,345"
    assert judge(big, PLAIN, "12,345").is_right


def test_a_supposed_network_needs_no_rows_and_supposed_windows_do():
    own = predict(Experiment(dataset="mine.csv"), PLAIN.facts)  # rows that only the page has
    simple = supposed(parameters_of("recurrent-layer-1"), lambda prediction: {"layers": (SimpleRNN(4),)})
    assert simple.measure(own) == 4 * (1 + 4) + 4
    assert supposed(num_samples(), lambda prediction: {"stride": 5}).measure(own) is None
