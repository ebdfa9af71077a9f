from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Computed, Message, ModelValue, dense, recurrent_layer, same

CASES = ((7, 1, 4, 3), (5, 2, 6, 8))
CALL = "build(timesteps, features, units, horizon)"
STARTS = f"""(lambda found: [
    next((place for place, output in enumerate(found[0].output) if output is given), -1)
    for given in found[1]._inbound_nodes[0].input_tensors[1:]
])([layer for layer in {CALL}.layers if type(layer).__name__ == "LSTM"])"""

REPEATED = (
    "(lambda first: next((place for place, output in enumerate(first['LSTM'].output)"
    " if output is first['RepeatVector'].input), -1))"
    f"({{type(layer).__name__: layer for layer in reversed({CALL}.layers)}})"
)


def check(attempt: Attempt) -> Iterator[Message]:
    for case in CASES:
        timesteps, features, units, horizon = case
        what = f"build(timesteps={timesteps}, features={features}, units={units}, horizon={horizon})"
        model = attempt.model("build", *case, what=what)
        yield from check_layers(model, case, what)
        yield from check_output(model, case, what)
        names = {"timesteps": timesteps, "features": features, "units": units, "horizon": horizon}
        yield from check_start(attempt.run(STARTS.replace("\n", " "), **names), what)
        yield from check_repeated(attempt.run(REPEATED, **names), what)
        yield from check_computed(attempt.compute(CALL, **names), units, horizon, what)


def check_computed(computed: Computed, units: int, horizon: int, what: str) -> Iterator[Message]:
    """Do with the model's own weights what was asked for."""
    weights, right = computed.weights, None
    if len(weights) == 8 and weights[6].shape == (units, 1):
        encoder = recurrent_layer("LSTM", computed.X, weights[:3])
        repeated = np.repeat(encoder.last_output[:, None], horizon, axis=1)
        decoder = recurrent_layer("LSTM", repeated, weights[3:6], initial_states=encoder.final_states)
        right = dense(decoder.outputs, *weights[6:])
    if not same(computed.output, right, 1e-4):
        yield Message(
            "joined-otherwise",
            f"`{what}` has the right layers and states, but computes something else: the decoder reads what "
            "RepeatVector gives, in its order, and one Dense(1) without an activation stands on each of its outputs.",
        )


def check_layers(model: ModelValue, case: tuple[int, ...], what: str) -> Iterator[Message]:
    timesteps, features, units, horizon = case
    if model.input_shape != (None, timesteps, features):
        yield Message(
            "wrong-input",
            f"`{what}` takes inputs of shape {model.input_shape}; expected was {(None, timesteps, features)}.",
        )
    recurrent = [layer for layer in model.layers if layer.kind in ("LSTM", "GRU", "SimpleRNN")]
    if len(recurrent) != 2:
        kinds = ", ".join(layer.kind for layer in model.layers)
        yield Message(
            "no-decoder",
            f"`{what}` has the layers {kinds}. Two LSTMs were asked for, an encoder and a decoder: the first ends with "
            "one vector, the second makes the steps ahead.",
        )
    if any(layer.kind != "LSTM" for layer in recurrent):
        yield Message(
            "cell-state-lost",
            f"In `{what}` a {next(layer.kind for layer in recurrent if layer.kind != 'LSTM')} stands where an LSTM was "
            "asked for. It has no place for the encoder's c, half of what the encoder remembers.",
        )
    if any(layer.config["units"] != units for layer in recurrent):
        yield Message("units-fixed", f"Both LSTMs of `{what}` are to have {units} units; use the argument.")
    if not any(layer.kind == "RepeatVector" for layer in model.layers):
        yield Message(
            "nothing-repeated",
            f"`{what}` has no RepeatVector: the decoder is to read the encoder's output {horizon} times.",
        )


def check_output(model: ModelValue, case: tuple[int, ...], what: str) -> Iterator[Message]:
    timesteps, _, units, horizon = case
    given = model.output_shape
    if given == (None, horizon, 1):
        return
    if given == (None, timesteps, 1):
        yield Message(
            "repeats-window",
            f"`{what}` gives {given}: as many steps as the window has. The decoder takes one step for each row to be "
            f"forecast, {horizon} here.",
        )
    if given == (None, horizon, units):
        yield Message(
            "no-head",
            f"`{what}` gives {given}, the decoder's {units} numbers at each step. A head makes one of them.",
        )
    if given == (None, horizon, horizon):
        yield Message(
            "horizon-at-each-step",
            f"`{what}` gives {given}: {horizon} numbers at each of {horizon} steps. The steps are an axis already; the "
            "head makes one number at each.",
        )
    if given == (None, 1):
        yield Message(
            "one-step-only",
            f"`{what}` gives {given}, one step. The decoder is to return its output at each step.",
        )
    yield Message("wrong-output", f"`{what}` gives {given}; expected was {(None, horizon, 1)}.")


def check_start(starts: object, what: str) -> Iterator[Message]:
    """Judge what the decoder starts from: places among the encoder's outputs, which are output, h and c."""
    if starts in ([1, 2], [0, 2]):  # the output and h are the same numbers
        return
    if not starts:
        yield Message(
            "states-not-passed",
            f"The shapes of `{what}` are right, but its decoder begins from zeros. Give it the encoder's states: "
            "`initial_state=[h, c]`.",
        )
    if starts in ([2, 1], [2, 0]):
        yield Message(
            "states-swapped",
            f"The decoder of `{what}` gets c for h and h for c. Both have the same shape, so Keras cannot tell; the "
            "order is h, c.",
        )
    if isinstance(starts, list) and len(set(starts) & {1, 2}) == 1:
        yield Message(
            "one-state-twice",
            f"The decoder of `{what}` gets only one of the encoder's two states. With return_state=True the LSTM "
            "returns three tensors: output, h, c.",
        )
    yield Message(
        "other-states",
        f"The decoder of `{what}` does not begin with the encoder's own states, h and c.",
    )


def check_repeated(place: object, what: str) -> Iterator[Message]:
    """Judge what is repeated: a place among the encoder's outputs, which are output, h and c."""
    if place == 2:
        yield Message(
            "memory-repeated",
            f"RepeatVector of `{what}` is given c, the encoder's memory. Repeated is the output, which it shows; "
            "c goes to the decoder as a state.",
        )
    elif place not in (0, 1):
        yield Message(
            "other-vector",
            f"RepeatVector of `{what}` is given none of the encoder's three results. Without return_sequences the "
            "first of them is its last output: repeat that.",
        )
