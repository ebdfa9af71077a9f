from collections.abc import Iterator

from lstm_course.authoring import Attempt, Message

NEEDED = {
    "activation": "tanh",
    "recurrent_activation": "sigmoid",
    "use_bias": True,
    "recurrent_dropout": 0,
    "unroll": False,
}
CASES = (
    ("LSTM", {"units": 8}),
    ("GRU", {"units": 8, "activation": "tanh", "use_cudnn": "auto"}),
    ("LSTM", {"units": 4, "unroll": True, "recurrent_activation": "hard_sigmoid"}),
    ("LSTM", {"units": 4, "use_bias": False}),
    ("GRU", {"units": 4, "reset_after": False}),
    ("LSTM", {"units": 16, "dropout": 0.4}),
    (
        "GRU",
        {"units": 16, "return_sequences": True, "stateful": True, "return_state": True, "go_backwards": True},
    ),
    ("LSTM", {"units": 4, "recurrent_dropout": 0.1, "dropout": 0.1, "activation": "relu"}),
    ("GRU", {"units": 2, "use_cudnn": False}),
    ("LSTM", {"units": 2, "activation": None}),
    (
        "GRU",
        {"units": 2, "use_cudnn": True, "use_bias": False, "recurrent_dropout": 0.0, "reset_after": True},
    ),
    ("GRU", {"units": 2, "use_bias": False, "recurrent_dropout": 0.3, "activation": "relu"}),
    ("LSTM", {"units": 2, "kernel_regularizer": "l2", "unit_forget_bias": False, "seed": 3}),
)


def needed_by(kind):
    return NEEDED | ({"reset_after": True} if kind == "GRU" else {})


def right_answer(kind, arguments):
    found = [name for name, value in needed_by(kind).items() if arguments.get(name, value) != value]
    if arguments.get("use_cudnn", "auto") is False:
        found.append("use_cudnn")
    return sorted(found)


def check(attempt: Attempt) -> Iterator[Message]:
    for kind, arguments in CASES:
        right = right_answer(kind, arguments)
        given = attempt.call("blockers", kind, dict(arguments))
        what = f'blockers("{kind}", {arguments})'
        if isinstance(given, bool):
            yield Message(
                "yes-or-no", f"`{what}` gives {given}. The task asks which arguments block: a list of names."
            )
        if isinstance(given, (list, tuple)) and list(given) != right:
            yield explained(kind, arguments, list(given), right, what)
        yield from attempt.expect(given, right, what=what)


def explained(kind, arguments, given, right, what):
    missing = [name for name in right if name not in given]
    too_many = [name for name in given if name not in right]
    told = f"`{what}` gives `{given}`, expected `{right}`."
    if too_many:
        return Message(*why_not(too_many[0], kind, arguments, told))
    if missing:
        return Message(*why_missing(missing[0], arguments, told))
    return Message(
        "not-sorted", f"{told} The names are right; they are to come in alphabetical order, each once."
    )


def why_not(name, kind, arguments, told):
    if name == "use_cudnn":
        return (
            "auto-counts-as-blocker",
            f"{told} use_cudnn blocks only as False; auto takes the kernel where it can.",
        )
    if name in needed_by(kind) and name not in arguments:
        return (
            "default-counts-as-blocker",
            f"{told} {name} is not in the call, so it has Keras's default, and the defaults fit the kernel.",
        )
    if name == "dropout":
        return (
            "dropout-does-not-block",
            f"{told} dropout acts on the input, before the kernel starts. It is recurrent_dropout that acts between "
            "two timesteps.",
        )
    return "argument-does-not-block", f"{told} {name} is no matter for the kernel here."


def why_missing(name, arguments, told):
    if name == "reset_after":
        return (
            "reset-after-forgotten",
            f"{told} A GRU needs reset_after=True; the kernel knows no other form.",
        )
    if name == "use_cudnn":
        return "use-cudnn-forgotten", f"{told} use_cudnn=False forbids the kernel."
    if not arguments[name]:
        return (
            "false-not-seen",
            f"{told} {name} is {arguments[name]!r} here. An argument that is set to False or None is set all the same; "
            "ask whether it is in the dict, not whether it is true.",
        )
    return "blocker-missed", f"{told} The kernel needs another {name}."
