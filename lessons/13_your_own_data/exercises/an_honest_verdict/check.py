from collections.abc import Iterator

from lstm_course.authoring import Attempt, Message

CASES = (
    ([1.9, 2.0, 2.1], {"moving average": 3.4, "persistence": 3.1, "seasonal naive": 2.4, "drift": 2.9}),
    ([2.9, 2.6, 3.0], {"persistence": 3.1, "seasonal naive": 2.4, "drift": 2.9}),
    ([41.0, 44.5, 46.0, 52.0, 53.0], {"drift": 48.0, "persistence": 47.0, "moving average": 60.0}),
    ([0.5, 0.5, 0.7], {"persistence": 0.5, "drift": 0.6}),
    ([6.1, 6.2, 6.0, 9.9, 9.8], {"moving average": 6.9, "persistence": 7.4}),
    ([2.1, 4.2, 2.0], {"persistence": 4.0, "drift": 4.5}),
    ([3.0, 9.0, 9.5], {"seasonal naive": 4.0, "persistence": 5.0}),
    ([7.0], {"persistence": 8.0}),
)


def right_answer(errors, baselines):
    rival = min(baselines, key=baselines.get)
    wins = sum(error < baselines[rival] for error in errors)
    word = "beaten" if wins == len(errors) else "undecided" if wins else "not beaten"
    return rival, wins, word


def check(attempt: Attempt) -> Iterator[Message]:
    for errors, baselines in CASES:
        right = right_answer(errors, baselines)
        given = attempt.call("verdict", list(errors), dict(baselines))
        what = f"verdict({errors}, {baselines})"
        if isinstance(given, (tuple, list)) and len(given) == 3:
            yield from explained(tuple(given), right, errors, baselines, what)
        yield from attempt.expect(given, right, what=what)


def explained(given, right, errors, baselines, what):
    if given[0] != right[0]:
        yield wrong_rival(given[0], right[0], baselines, what)
    elif given[1] != right[1]:
        rival = baselines[right[0]]
        if given[1] == sum(error <= rival for error in errors):
            yield Message(
                "ties-count",
                f"`{what}` counts {given[1]} seeds. An error that equals the rival's {rival:g} is not smaller.",
            )
        elif given[1] == sum(error > rival for error in errors):
            yield Message(
                "larger-counted",
                f"`{what}` counts {given[1]} seeds, those with an error above the rival's {rival:g}. A network wins "
                "where its error is smaller.",
            )
    elif given[2] != right[2]:
        yield wrong_word(given, right, errors, baselines, what)


def wrong_rival(name, right, baselines, what):
    told = (
        f"`{what}` names {name!r}; the rival is {right!r}, with the smallest error of {baselines[right]:g}."
    )
    if isinstance(name, (int, float)):
        return Message(
            "figure-instead-of-name", f"`{what}` gives {name:g} first. Its name is wanted, not its error."
        )
    if name == "persistence":
        return Message("always-persistence", f"{told} Persistence is not always the best that costs nothing.")
    if name == max(baselines, key=baselines.get):
        return Message("weakest-rival", f"{told} You took the one that is easiest to beat.")
    if name == min(baselines):
        return Message(
            "first-name", f"{told} min of a dict compares its keys, the names; compare the errors."
        )
    return Message("wrong-rival", told)


def wrong_word(given, right, errors, baselines, what):
    rival, wins, word = right
    told = (
        f"`{what}` says {given[2]!r}; {wins} of {len(errors)} seeds are below {baselines[rival]:g}: {word!r}."
    )
    if given[2] not in ("beaten", "not beaten", "undecided"):
        return Message(
            "other-word", f"{told} The third is one of three words: beaten, not beaten, undecided."
        )
    if given[2] == "beaten":
        return Message(
            "some-seeds-lost",
            f"{told} Neither the best seed nor their mean nor most of them decide: the next training is one draw, "
            "and draws like it have lost.",
        )
    return Message(
        "some-seeds-won", f"{told} Seeds that disagree are a result of their own, whatever their mean is."
    )
