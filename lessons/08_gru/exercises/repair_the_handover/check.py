from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, ModelValue

CASES = ((8, 1), (3, 2))
TWO_PASTS = (
    "(lambda model: [model.predict([past, recent], verbose=0) for past in pasts])(build(units, features))"
)
FORECAST_AND_WEIGHTS = (
    "(lambda model: [model.predict([past, recent], verbose=0), *(layer.get_weights() for layer in model.layers"
    " if layer.weights)])(build(units, features))"
)


def check(attempt: Attempt) -> Iterator[Message]:
    for units, features in CASES:
        what = f"build({units}, {features})"
        model = attempt.model("build", units, features, what=what)
        kinds = [layer.kind for layer in model.layers]
        if "LSTM" in kinds:
            yield Message(
                "still-lstm",
                f"`{what}` still holds an LSTM. Both layers are to be GRUs. (A GRU that is given an LSTM's h and c "
                "ignores c without a word.)",
            )
        num_inputs = attempt.run("len(build(units, features).inputs)", units=units, features=features)
        if num_inputs != 2:
            yield Message(
                "other-inputs", f"`{what}` has {num_inputs} input(s); two were asked for, past and recent."
            )
        yield from check_handover(attempt, units, features, what)
        yield from check_shapes(model, units, features, what)
        yield from check_roles(attempt, units, features, what)


def check_shapes(model: ModelValue, units: int, features: int, what: str) -> Iterator[Message]:
    gru = [layer for layer in model.layers if layer.kind == "GRU"]
    if len(gru) != 2 or any(layer.config["units"] != units for layer in gru):
        found = ", ".join(f"GRU({layer.config['units']})" for layer in gru) or "no GRU"
        yield Message("other-layers", f"`{what}` holds {found}; two GRUs with {units} units were asked for.")
    if model.output_shape != (None, 1):
        yield Message(
            "every-timestep-leaves",
            f"`{what}` gives {model.output_shape}, expected was (None, 1): only the second layer's last output goes "
            "to "
            "the head.",
        )
    expected = 3 * (units * (features + units) + 2 * units) * 2 + units + 1
    if model.parameters != expected:
        yield Message(
            "other-layers", f"`{what}` has {model.parameters} parameters; expected were {expected}."
        )


def check_handover(attempt: Attempt, units: int, features: int, what: str) -> Iterator[Message]:
    rng = np.random.default_rng(units)
    recent = rng.normal(size=(4, 3, features)).astype("float32")
    pasts = [rng.normal(size=(4, 5, features)).astype("float32") for _ in range(2)]
    one, other = attempt.run(TWO_PASTS, units=units, features=features, recent=recent, pasts=pasts)
    if np.allclose(one, other, atol=1e-7):
        yield Message(
            "state-not-handed-over",
            f"The model of `{what}` gives the same forecasts for two different pasts. The second layer starts from "
            "zeros: "
            "hand it the first one's last state as initial_state.",
        )


def check_roles(attempt: Attempt, units: int, features: int, what: str) -> Iterator[Message]:
    """Work the model out in NumPy: as asked, and with the inputs exchanged."""
    rng = np.random.default_rng(features)
    past, recent = (rng.normal(size=(2, steps, features)) for steps in (5, 3))
    given, first, second, head = attempt.run(
        FORECAST_AND_WEIGHTS, units=units, features=features, past=past, recent=recent
    )
    zeros = np.zeros((2, units))
    right = read(recent, read(past, zeros, *first), *second) @ head[0] + head[1]
    exchanged = read(past, read(recent, zeros, *first), *second) @ head[0] + head[1]
    if np.allclose(given, right, atol=1e-5):
        return
    if np.allclose(given, exchanged, atol=1e-5):
        yield Message(
            "roles-exchanged",
            f"The model of `{what}` reads `recent` first, and goes on with `past`. The first layer reads the past; the "
            "second starts from its state and reads the recent rows.",
        )
    yield Message(
        "not-a-first-state",
        f"The past does reach the forecast of `{what}`, but not as the state that the second layer starts from. What "
        "is added or joined behind the layers is read by no cell: hand it over as initial_state.",
    )


def read(rows, h, kernel, recurrent_kernel, bias):
    """The last state of a GRU as Keras has it by default, from a first state `h`."""
    for t in range(rows.shape[1]):
        x_z, x_r, x_h = np.split(rows[:, t] @ kernel + bias[0], 3, axis=1)
        h_z, h_r, h_h = np.split(h @ recurrent_kernel + bias[1], 3, axis=1)
        z, r = 1 / (1 + np.exp(-x_z - h_z)), 1 / (1 + np.exp(-x_r - h_r))
        h = z * h + (1 - z) * np.tanh(x_h + r * h_h)
    return h
