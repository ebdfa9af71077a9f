from __future__ import annotations

import contextlib
import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_course import layers as kinds
from lstm_course.codec import from_dict, from_json, from_query, parse_layers, to_dict, to_json, to_query
from lstm_course.experiment import LOSSES, METRICS, OPTIMIZERS, EarlyStopping, Experiment, Split
from lstm_course.layers import LSTM, Dense, Dropout, Layer, Recurrent, Reshape
from lstm_course.problems import ProblemError

SIZES = st.integers(1, 10**6)
SHARES = st.floats(0, 1)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
COLUMNS = st.lists(st.text(max_size=8), unique=True, max_size=3).map(tuple)


@st.composite
def recurrent(draw: st.DrawFn) -> Recurrent:
    shared: dict[str, Any] = {
        "units": draw(SIZES),
        "activation": draw(st.sampled_from(kinds.ACTIVATIONS)),
        "kernel_regularizer": draw(st.sampled_from([None, *kinds.REGULARIZERS])),
        "recurrent_constraint": draw(st.sampled_from([None, *kinds.CONSTRAINTS])),
        "bias_initializer": draw(st.sampled_from(kinds.INITIALIZERS)),
        "dropout": draw(SHARES),
        "seed": draw(st.none() | st.integers(0, 2**32 - 1)),
    }
    for name in ("use_bias", "return_sequences", "return_state", "go_backwards", "stateful", "unroll"):
        shared[name] = draw(st.booleans())
    kind = draw(st.sampled_from([kinds.LSTM, kinds.GRU, kinds.SimpleRNN]))
    if kind is not kinds.SimpleRNN:
        shared["use_cudnn"] = draw(st.sampled_from(["auto", True, False]))
    return kind(**shared)


DENSE = st.builds(Dense, SIZES, st.sampled_from(kinds.ACTIVATIONS), st.booleans())
SHAPES = st.lists(st.integers(1, 99), min_size=1, max_size=3).map(tuple).map(lambda sizes: (*sizes[:-1], -1))
PLAIN: st.SearchStrategy[Layer] = st.one_of(
    DENSE,
    st.builds(Dropout, SHARES),
    st.builds(kinds.Masking, NUMBERS),
    st.builds(kinds.RepeatVector, SIZES),
    st.builds(kinds.Flatten),
    st.builds(Reshape, SHAPES),
    st.builds(kinds.TimeDistributed, DENSE | st.builds(Reshape, SHAPES)),
)
BOTH_WAYS = recurrent().map(lambda layer: dataclasses.replace(layer, go_backwards=False, return_state=False))
RECURRENT = recurrent() | st.builds(kinds.Bidirectional, BOTH_WAYS, st.sampled_from(kinds.MERGE_MODES))
STOPS = st.builds(EarlyStopping, st.integers(0, 99), st.sampled_from(["loss", "val_loss"]), st.booleans())
SPLITS = st.builds(
    Split,
    st.floats(0.1, 0.6) | st.integers(1, 500),
    st.floats(0, 0.3) | st.integers(0, 99),
    st.none() | st.floats(0, 0.1) | st.integers(0, 99),
    st.integers(0, 9),
)
LIMITS = st.tuples(st.text(max_size=5), st.floats(max_value=0), st.floats(min_value=0))


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    below, above = draw(st.lists(PLAIN, max_size=2)), draw(st.lists(PLAIN, max_size=2))
    body = draw(st.lists(RECURRENT, min_size=1, max_size=3))
    return Experiment(
        dataset=draw(st.text(max_size=20).filter(lambda name: name != "null")),
        group=draw(st.none() | st.text(max_size=20).filter(lambda name: name != "null")),
        features=draw(COLUMNS),
        targets=draw(COLUMNS),
        limits=tuple(draw(st.lists(LIMITS, max_size=2))),
        split=draw(SPLITS),
        timesteps=draw(SIZES),
        horizon=draw(SIZES),
        stride=draw(SIZES),
        pad_value=draw(NUMBERS),
        labels=draw(st.sampled_from(["steps", "sequence"])),
        flat_labels=draw(st.booleans()),
        layers=(*below, *body, *above),
        head=draw(st.none() | st.lists(PLAIN, max_size=3).map(tuple)),
        batch_size=draw(SIZES),
        shuffle=draw(st.none() | st.booleans()),
        loss=draw(st.none() | st.sampled_from(LOSSES)),
        class_weight=draw(st.sampled_from([None, "balanced", ((0, 5.0),), ((2, 0.5), (1, 3.0))])),
        metrics=tuple(draw(st.lists(st.sampled_from(METRICS), unique=True))),
        optimizer=draw(st.sampled_from(OPTIMIZERS)),
        learning_rate=draw(st.none() | st.floats(1e-9, 10)),
        early_stopping=draw(st.none() | STOPS),
        seed=draw(st.integers(0, 2**32 - 1)),
    )  # fmt: skip


@given(experiments())
def test_an_experiment_comes_back_from_each_form(exp: Experiment) -> None:
    assert from_dict(to_dict(exp)) == exp
    assert from_json(to_json(exp)) == exp
    assert from_query(to_query(exp)) == exp
    assert parse_layers("; ".join(layer.code for layer in exp.layers)) == exp.layers


def test_a_link_stays_readable() -> None:
    exp = Experiment(
        timesteps=24, layers=(LSTM(32, return_sequences=True), LSTM(16)), loss="mae", head=(Dense(1),)
    )
    assert to_query(exp) == {
        "timesteps": "24",
        "layers": "LSTM(32, return_sequences=True); LSTM(16)",
        "head": "Dense(1)",
        "loss": "mae",
    }


def test_defaults_are_left_out() -> None:
    assert to_dict(Experiment()) == {}
    assert to_json(Experiment(split=Split(0.5))) == (
        '{"split": {"gap": 0, "test": null, "train": 0.5, "validation": 0.15}}'
    )


def test_an_empty_head_is_not_the_fitting_one() -> None:
    exp = Experiment(head=())
    assert from_query(to_query(exp)).head == ()


def test_fields_that_a_link_does_not_know_are_passed_over() -> None:
    assert from_query({"utm_source": "mail", "timesteps": "3"}) == Experiment(timesteps=3)


def test_an_absent_group_and_loss_can_be_written_out() -> None:
    assert from_query({"group": "null", "loss": "null", "head": "null"}) == Experiment()


LAYER_TEXTS = [
    (
        "__import__('os').system('touch HACKED')",
        r"Expected a call of one of LSTM, GRU, .*, such as LSTM\(32\)",
    ),
    ("LSTM(__import__('os').getpid())", r"Expected a call of one of LSTM"),
    ("LSTM(units=open('HACKED', 'w'))", r"Expected a call of one of LSTM"),
    ("LSTM((lambda: 4)())", r"Expected a call of one of LSTM"),
    ("LSTM(2**8)", r"An argument of a layer is no plain value; use numbers, names in quotes, True or False"),
    ("LSTM(9**9**9)", r"An argument of a layer is no plain value"),
    ("LSTM(*[4])", r"An argument of a layer is no plain value"),
    ("LSTM(**{'units': 4})", r"LSTM: name each argument once, as in units=32"),
    ("LSTM(units=4, units=5)", r"LSTM: name each argument once"),
    ("LSTM({[]: 1})", r"An argument of a layer is no plain value"),
    ("LSTM(f'{1}')", r"An argument of a layer is no plain value"),
    ("LSTM(units)", r"An argument of a layer is no plain value"),
    ("LSTM(" + "-" * 3000 + "1)", r"An argument of a layer is no plain value|'LSTM\(.*is no list of layers"),
    ("LSTM(" + "1+" * 1900 + "1)", r"An argument of a layer is no plain value|'LSTM\(.*is no list of layers"),
    (
        "LSTM(" + "(" * 900 + ")" * 900 + ")",
        r"'LSTM\(.*is no list of layers; write for example LSTM\(32\); Dense\(1\)",
    ),
    (
        "Bidirectional(" * 200 + "LSTM(1)" + ")" * 200,
        r"Bidirectional\(Bidirectional\(|'Bidirectional.*is no list",
    ),
    ("LSTM(" + "9" * 3900 + ")", r"LSTM: units=a number of more than 40 digits is too large"),
    ("LSTM(0x" + "f" * 3900 + ")", r"LSTM: units=a number of more than 40 digits is too large"),
    ("LSTM(4)" * 600, r"The text of the layers has 4,200 characters; at most 4,000 are read"),
    ("LSTM(4", r"'LSTM\(4' is no list of layers"),
    ("\x00", r"'\\x00' is no list of layers"),
    ("\ud800", r".* is no list of layers"),
    ("LSTM", r"Expected a call of one of"),
    ("Layer()", r"Expected a call of one of"),
    ("Recurrent(4)", r"Expected a call of one of"),
    ("Conv1D(4)", r"Expected a call of one of"),
    ("x = LSTM(4)", r"Expected a call of one of"),
    ("import os", r"Expected a call of one of"),
    ("keras.layers.LSTM(4)", r"Expected a call of one of .*; got 'keras.layers.LSTM\(4\)'"),
    ("LSTM()", r"LSTM: missing 1 required positional argument: 'units'; its arguments are units, activation"),
    ("LSTM(4, n_steps=3)", r"LSTM: got an unexpected keyword argument 'n_steps'; its arguments are units"),
    ("Flatten(1)", r"Flatten: takes 1 positional argument but 2 were given; its arguments are none"),
    ("LSTM(4, keras_name='x')", r"LSTM: got an unexpected keyword argument 'keras_name'"),
    ("Dense([1, 2])", r"Dense: units=\[1, 2\] is no whole number"),
    ("Dense(Dense(1))", r"Dense: units=Dense\(units=1.*is no whole number"),
    ("LSTM(4, activation=LSTM(4))", r"activation=LSTM\(units=4.*: expected one of"),
]


@pytest.mark.parametrize(("text", "message"), LAYER_TEXTS, ids=range(len(LAYER_TEXTS)))
def test_layers_are_parsed_and_never_evaluated(
    text: str, message: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProblemError, match=f"^(?:{message})") as caught:
        parse_layers(text)
    assert len(str(caught.value)) < 1_000
    assert list(tmp_path.iterdir()) == []


JSONS = [
    ("", r"This is not readable as an experiment: Expecting value"),
    ("{", r"This is not readable as an experiment"),
    ("[]", r"This is no experiment: expected a JSON object with its fields"),
    ("null", r"This is no experiment"),
    ("[" * 100_000, r"This is not readable as an experiment: a number or a nesting is too long"),
    ('{"timesteps": ' + "1" * 5000 + "}", r"This is not readable as an experiment: a number or a nesting"),
    ('{"dataset": "' + "x" * 5_000_000 + '"}', r"This has 5,000,015 characters; at most 200,000 are read"),
    ('{"look_back": 3}', r"An Experiment has no field 'look_back'"),
    ('{"' + "x" * 9000 + '": 3}', r"An Experiment has no field 'xxx"),
    ('{"__class__": 3}', r"An Experiment has no field '__class__'"),
    ('{"timesteps": NaN}', r"timesteps=nan is no whole number"),
    ('{"timesteps": "12"}', r"timesteps='12' is no whole number"),
    ('{"timesteps": {"a": 1}}', r"timesteps=\{'a': 1\} is no whole number"),
    ('{"features": ' + "[" * 300 + "]" * 300 + "}", r".* no field of an Experiment holds lists nested that deep"),
    ('{"features": [{}]}', r"features=\(\{\},\): expected a tuple of column names"),
    ('{"layers": null}', r"layers=None: expected a tuple of layers"),
    ('{"layers": ["LSTM(4)"]}', r"layers=\['LSTM\(4\)'\]: expected the calls as text, such as 'LSTM\(32\)'"),
    ('{"layers": ""}', r"The network has no recurrent layer"),
    ('{"head": 4}', r"head=4: expected the calls as text"),
    ('{"split": null}', r"split=None: expected a Split"),
    ('{"split": 0.7}', r"split=0\.7: expected an object with train, validation, test, gap"),
    ('{"split": {"left": 1}}', r"split=\{'left': 1\}: expected an object"),
    ('{"early_stopping": true}', r"early_stopping=True: expected an object with patience, monitor"),
    ('{"pad_value": Infinity}', r"pad_value=inf: expected a finite number"),
    ('{"metrics": 5}', r"metrics=5: expected a tuple"),
    ('{"limits": [["a", 1]]}', r"limits=.*: expected a tuple of \(column, low, high\)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), JSONS, ids=range(len(JSONS)))
def test_a_damaged_file_gives_a_sentence(text: str, message: str) -> None:
    with pytest.raises(ProblemError, match=f"^{message}") as caught:
        from_json(text)
    assert len(str(caught.value)) < 1_000


QUERIES = [
    (
        {"timesteps": "twelve"},
        r"timesteps='twelve' in the link is not readable as an experiment: Expecting value",
    ),
    ({"timesteps": ""}, r"timesteps='' in the link is not readable"),
    (
        {"timesteps": "1" * 10_000},
        r"timesteps='111.*' in the link is not readable as an experiment: a number",
    ),
    (
        {"features": "[" * 100_000},
        r"features='\[\[.* in the link is not readable as an experiment: a number or a nesting",
    ),
    (
        {"features": "x" * 3_000_000},
        r"features='xxx.* in the link has 3,000,000 characters; at most 200,000 are read",
    ),
    ({"layers": "x" * 3_000_000}, r"The text of the layers has 3,000,000 characters"),
    ({"dataset": "x" * 3_000_000}, r"dataset='xxx.*: expected a name of up to 200 characters"),
    ({"dataset": "null"}, r"dataset=None: expected a name"),
    ({"scaling": "robust"}, r"scaling='robust': expected one of"),
    ({"head": "[1"}, r"head='\[1' in the link is not readable"),
    ({"head": "nothing()"}, r"head='nothing\(\)' in the link is not readable|Expected a call"),
    ({"shuffle": '"no"'}, r"shuffle='no': expected True or False"),
]


@pytest.mark.parametrize(("query", "message"), QUERIES, ids=range(len(QUERIES)))
def test_a_link_cut_or_changed_gives_a_sentence(query: dict[str, str], message: str) -> None:
    with pytest.raises(ProblemError, match=f"^(?:{message})") as caught:
        from_query(query)
    assert len(str(caught.value)) < 1_000


WORDS = [
    "LSTM",
    "Dense",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    "=",
    "units",
    "4",
    "-1",
    "None",
    "'a'",
    "*",
    ".",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join) | st.text(max_size=40))
def test_any_text_is_layers_or_a_problem(text: str) -> None:
    with contextlib.suppress(ProblemError):
        assert all(isinstance(layer, Layer) for layer in parse_layers(text))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


@given(st.sampled_from(sorted(Experiment.__dataclass_fields__)), JSON_VALUES)
def test_any_value_of_any_field_is_taken_or_a_problem(name: str, value: Any) -> None:
    for read in (
        lambda: from_dict({name: value}),
        lambda: from_json(json.dumps({name: value})),
        lambda: from_query({name: json.dumps(value)}),
        lambda: from_query({name: str(value)}),
    ):
        try:
            exp = read()
        except ProblemError:
            continue
        assert from_query(to_query(exp)) == exp
