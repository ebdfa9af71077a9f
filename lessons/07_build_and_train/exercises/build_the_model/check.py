from collections.abc import Iterator

from lstm_course.authoring import Attempt, Computed, Message, ModelValue, dense, recurrent_layer, same

CASES = ((12, 1, 16, 1, 0.01), (5, 3, 4, 2, 0.003))
MSE = ("mse", "MSE", "mean_squared_error", "MeanSquaredError")
BUILD = "build(timesteps, features, units, horizon, learning_rate)"
OPTIMIZER = f"(lambda model: (type(model.optimizer).__name__, float(model.optimizer.learning_rate)))({BUILD})"


def check(attempt: Attempt) -> Iterator[Message]:
    for case in CASES:
        timesteps, features, units, horizon, learning_rate = case
        what = f"build{case}"
        model = attempt.model("build", *case, what=what)
        yield from check_input(model, timesteps, features, what)
        yield from check_lstm(model, units, timesteps, what)
        yield from check_head(model, horizon, what)
        yield from check_compiled(model, what)
        sizes = dict(zip(("timesteps", "features", "units", "horizon", "learning_rate"), case, strict=True))
        yield from check_computed(attempt.compute(BUILD, **sizes), what)
        name, rate = attempt.run(OPTIMIZER, **sizes)
        if name != "Adam":
            yield Message("other-optimizer", f"`{what}` is compiled with {name}; Adam was asked for.")
        if abs(rate - learning_rate) > 1e-6 * learning_rate:
            yield Message(
                "learning-rate-ignored",
                f"`{what}` trains with a learning rate of {rate:.4g} instead of {learning_rate}. The text \"adam\" "
                "stands for Adam with its default; give the optimizer as an object, with your rate.",
            )  # fmt: skip


def check_input(model: ModelValue, timesteps: int, features: int, what: str) -> Iterator[Message]:
    wanted = (None, timesteps, features)
    if model.input_shape == wanted:
        return
    if not model.input_shape:
        yield Message(
            "no-input",
            f"`{what}` does not know what comes in, so it has no weights yet. `keras.Input(shape=…)` comes first, and "
            "is told one sample, without the batch axis.",
        )
    if model.input_shape == (None, features, timesteps):
        yield Message(
            "axes-swapped",
            f"`{what}` reads samples of {features} timesteps with {timesteps} features: the two have changed places. "
            "`Input` is told timesteps first, then features.",
        )
    if model.input_shape == (None, None, features):
        yield Message(
            "any-length",
            f"`{what}` takes samples of any length. It is to be declared for {timesteps} timesteps, so that the shape "
            "is there for whoever reads the summary, and a functional model can refuse others.",
        )
    yield Message(
        "wrong-input",
        f"`{what}` takes inputs of shape {model.input_shape}, expected was {wanted}. `Input(shape=…)` is told one "
        "sample, without the batch axis.",
    )


def check_lstm(model: ModelValue, units: int, timesteps: int, what: str) -> Iterator[Message]:
    found = [layer for layer in model.layers if layer.kind == "LSTM"]
    if len(found) != 1:
        kinds = ", ".join(layer.kind for layer in model.layers) or "none"
        yield Message("one-lstm", f"`{what}` has the layers {kinds}; one LSTM and a head were asked for.")
        return
    given = found[0].config["units"]
    if given == timesteps != units:
        yield Message(
            "units-for-timesteps",
            f"The LSTM of `{what}` has {given} units, the number of timesteps. The units are its width, {units} here; "
            "how many timesteps it reads follows from Input.",
        )
    if given != units:
        yield Message(
            "units-fixed", f"The LSTM of `{what}` has {given} units instead of {units}: use the argument."
        )
    if found[0].config["activation"] != "tanh":
        yield Message(
            "lstm-activation",
            f"The LSTM of `{what}` has the activation {found[0].config['activation']}. Many programs have it in "
            "their Dense layers; in an LSTM nothing then limits h, which goes back into the cell at each timestep. "
            "Leave the default, tanh.",
        )
    if found[0].config["return_sequences"]:
        yield Message(
            "timesteps-kept",
            f"In `{what}` the LSTM hands on its output of every timestep, and the model gives {model.output_shape}. "
            "Only the last one is wanted: leave return_sequences at its default, False.",
        )


def check_head(model: ModelValue, horizon: int, what: str) -> Iterator[Message]:
    head = model.layers[-1]
    if head.kind != "Dense":
        yield Message(
            "no-head",
            f"`{what}` ends with {head.kind}. The output of an LSTM lies between −1 and 1; a Dense layer on top makes "
            "any number of it.",
        )
        return
    if head.config["activation"] != "linear":
        yield Message(
            "head-activation",
            f"The head of `{what}` has the activation {head.config['activation']}, which cannot give every number. A "
            "forecast of any size needs none; leave it out.",
        )
    between = [layer.kind for layer in model.layers if layer.kind not in ("InputLayer", "LSTM")][:-1]
    if between:
        yield Message(
            "more-layers",
            f"`{what}` has {', '.join(between)} besides the LSTM and the head. The head stands directly on the LSTM: "
            "begin small, and add a layer only when a comparison asks for it.",
        )
    if model.output_shape != (None, horizon):
        yield Message(
            "wrong-output",
            f"`{what}` gives {model.output_shape}, expected was (None, {horizon}): one number for each of the "
            f"{horizon} step(s) ahead.",
        )


def check_computed(computed: Computed, what: str) -> Iterator[Message]:
    """Do with the model's own weights what was asked for."""
    weights = computed.weights
    if len(weights) != 5 or computed.num_trained != 5:
        yield Message(
            "not-the-defaults",
            f"`{what}` has {len(weights)} arrays of weights, of which {computed.num_trained} are trained. With Keras's "
            "defaults an LSTM has 3 and a Dense layer 2, and all are trained.",
        )
        return
    right = dense(recurrent_layer("LSTM", computed.X, weights[:3]).last_output, *weights[3:])
    if not same(computed.output, right, 1e-4) or not same(computed.in_training, right, 1e-4):
        yield Message(
            "not-the-defaults",
            f"`{what}` has the right layers, but its LSTM computes something else than with Keras's defaults. Leave "
            "out all arguments but the units: no other activation, no dropout, no go_backwards.",
        )


def check_compiled(model: ModelValue, what: str) -> Iterator[Message]:
    if not model.loss:
        yield Message(
            "not-compiled",
            f"`{what}` has no loss: call `model.compile(...)` before you return the model. compile returns None, so "
            "it stands on a line of its own.",
        )
    if model.loss not in MSE:
        yield Message(
            "other-loss",
            f"`{what}` is compiled with the loss {model.loss}; mean squared error was asked for.",
        )
