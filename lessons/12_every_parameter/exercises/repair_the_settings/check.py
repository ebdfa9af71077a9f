from collections.abc import Iterator

from lstm_course.authoring import Attempt, Message

SHARES = ("dropout", "recurrent_dropout")
SWITCHES = ("return_sequences", "stateful", "use_bias")
CASES = (
    ({"units": "16", "return_sequences": "False"}, {"units": 16, "return_sequences": False}),
    ({"units": "4", "dropout": "35 %"}, {"units": 4, "dropout": 0.35}),
    (
        {"units": "4", "activation": "", "kernel_regularizer": "l2", "name": "4"},
        {"units": 4, "kernel_regularizer": "l2", "name": "4"},
    ),
    (
        {"units": "3", "use_bias": "True", "stateful": "", "recurrent_dropout": "5%", "seed": ""},
        {"units": 3, "use_bias": True, "recurrent_dropout": 0.05},
    ),
    (
        {"units": "64", "dropout": "0 %", "use_bias": "False", "seed": "0", "activation": "relu"},
        {"units": 64, "dropout": 0.0, "use_bias": False, "seed": 0, "activation": "relu"},
    ),
)


def check(attempt: Attempt) -> Iterator[Message]:
    for settings, right in CASES:
        given = attempt.call("layer_arguments", dict(settings))
        what = f"layer_arguments({settings})"
        if isinstance(given, dict):
            for name in settings:
                yield from _one(name, settings[name], given, right, what)
        yield from attempt.expect(given, right, what=what)


def _one(name, text, given, right, what):
    if name not in right:
        if name in given:
            yield _not_left_out(name, given[name], what)
        return
    if name not in given:
        if not right[name]:
            yield Message(
                "zero-left-out",
                f"`{what}`: {name} is missing. {text!r} is a value: {right[name]!r} was chosen, and Keras's default "
                "may be another.",
            )
        return
    value = given[name]
    if name in SWITCHES and isinstance(value, str):
        yield Message(
            "switch-is-text",
            f"`{what}`: {name} is the text {value!r}. Keras asks only whether it counts as true, and every text that "
            "is not empty does.",
        )
    elif name in SWITCHES and value is True and text == "False":
        yield Message(
            "false-is-true",
            f"`{what}`: {name} is True, but the file says False. bool of a text asks whether it is empty; 'False' has "
            "five letters. Compare it with 'True'.",
        )
    elif name in SWITCHES and value is False and text == "True":
        yield Message(
            "true-is-false",
            f"`{what}`: {name} is False, but the file says True. A text never equals the truth value True; compare it "
            "with the text 'True'.",
        )
    elif name in SHARES and isinstance(value, (int, float)):
        yield from _share(name, text, float(value), right[name], what)


def _share(name, text, value, right, what):
    if right and abs(value - 100 * right) < 1e-9:
        yield Message(
            "per-cent-not-share",
            f"`{what}`: {name} is {value:g}. Keras wants a share and cuts what is above 1 down to 1.0, without a word; "
            f"{text!r} is {right:g}.",
        )
    elif right and value in (0.0, 1.0):
        yield Message(
            "share-rounded",
            f"`{what}`: {name} is {value:g}, but {text!r} is {right:g}. Use float and /, not int or //.",
        )


def _not_left_out(name, value, what):
    if value is None:
        return Message(
            "none-is-no-default",
            f"`{what}`: {name} is None. None is a value: for activation it means linear, for use_bias false. To get "
            "Keras's default, leave the name out.",
        )
    return Message(
        "empty-text-kept",
        f"`{what}`: {name} is {value!r}. An empty setting means Keras's default: leave the name out.",
    )
