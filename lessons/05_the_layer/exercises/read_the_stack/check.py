from collections.abc import Iterator

from lstm_course.authoring import Attempt, Message, Mistake

BY_HAND = True
CASES = (
    ([(6, True), (3, True)], 7, 4),
    ([(8, True), (4, False)], 24, 1),
    ([(5, False)], 10, 3),
    ([(16, True), (8, True), (2, False)], 12, 2),
    ([(8, False), (4, False)], 24, 1),
    ([(8, True), (6, False), (4, True)], 9, 2),
)


def summary(stack, timesteps, features, *, shape_of=None, count=None, follows=True, refuses=True):
    lines, incoming, is_sequence = [], features, True
    for units, returns in stack:
        if refuses and not is_sequence:
            return None
        shape = (None, timesteps, units) if returns else (None, units)
        number = (count or full)(incoming, units, timesteps)
        lines.append((shape_of(units, timesteps, returns) if shape_of else shape, number))
        incoming, is_sequence = (units if follows else incoming), returns
    return lines


def full(features, units, timesteps):
    return 4 * (units * (features + units) + units)


def check(attempt: Attempt) -> Iterator[Message]:
    for stack, timesteps, features in CASES:
        case = (stack, timesteps, features)
        right = summary(*case)
        what = f"summary({stack}, timesteps={timesteps}, features={features})"
        given = attempt.call("summary", stack, timesteps=timesteps, features=features)
        if right is None and given is not None:
            yield Message(
                "impossible-stack",
                f"`{what}` gives {given}. A layer without return_sequences hands on one vector, and another LSTM "
                "stands on "
                "it: Keras refuses, so the result is None.",
            )
        if given is None and right is not None and not stack[-1][1]:
            yield Message(
                "top-refused",
                f"`{what}` gives None, but this stack is possible. The top layer need not return sequences: no "
                "recurrent layer stands on it.",
            )
        if given is None and right is not None:
            yield Message(
                "possible-refused",
                f"`{what}` gives None, but this stack is possible: each layer hands on a sequence to the one above. A "
                "function that ends without `return` gives None too.",
            )
        mistakes = (
            Mistake(
                "features-of-the-table", summary(*case, follows=False),
                f"`{what}`: every layer is counted with features={features}, as in the table. An upper layer reads "
                "what the layer below hands on: its features are the units below.",
            ),
            Mistake(
                "weights-per-timestep", summary(*case, count=lambda f, u, t: t * full(f, u, t)),
                f"`{what}`: the parameters are multiplied by the timesteps. The same weights serve every timestep.",
            ),
            Mistake(
                "bias-forgotten", summary(*case, count=lambda f, u, t: 4 * u * (f + u)),
                f"`{what}`: the bias is missing, one number for each unit in each of the four blocks.",
            ),
            Mistake(
                "recurrent-kernel-forgotten", summary(*case, count=lambda f, u, t: 4 * (u * f + u)),
                f"`{what}`: only the incoming features are counted. Each unit also reads the last h of every unit.",
            ),
            Mistake(
                "one-block", summary(*case, count=lambda f, u, t: u * (f + u) + u),
                f"`{what}`: that is one of the four blocks of an LSTM.",
            ),
            Mistake(
                "always-sequences", summary(*case, shape_of=lambda u, t, returns: (None, t, u)),
                f"`{what}`: every layer keeps the timesteps axis. A layer without return_sequences hands on one "
                "vector, "
                "(None, units).",
            ),
            Mistake(
                "time-axis-of-one",
                summary(*case, shape_of=lambda u, t, returns: (None, t if returns else 1, u)),
                f"`{what}`: without return_sequences the timesteps axis is gone, not of size 1: (None, units).",
            ),
        )  # fmt: skip
        yield from attempt.expect(given, right, what=what, mistakes=mistakes)
