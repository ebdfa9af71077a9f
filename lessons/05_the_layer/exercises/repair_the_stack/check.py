from collections.abc import Iterator

from lstm_course.authoring import Attempt, Computed, Message, dense, recurrent_layer, same

CASES = ((24, 1, 8), (7, 3, 5))


def check(attempt: Attempt) -> Iterator[Message]:
    for case in CASES:
        timesteps, features, units = case
        what = f"build{case}"
        model = attempt.model("build", *case, what=what)
        kinds = [layer.kind for layer in model.layers if layer.kind != "InputLayer"]
        yield from check_between(kinds, what, timesteps)
        lstms = [layer for layer in model.layers if layer.kind == "LSTM"]
        others = [kind for kind in kinds if kind in ("GRU", "SimpleRNN", "RNN", "Bidirectional")]
        if others:
            yield Message(
                "other-cell",
                f"`{what}` holds {', '.join(others)}. Asked for are three LSTM layers, and nothing in between.",
            )
        if len(lstms) != 3:
            yield Message(
                "layers-taken-out",
                f"The number of LSTM layers in `{what}` is {len(lstms)}. Three were asked for; taking layers away is "
                "one way to silence the error, but not this network.",
            )
        if not model.input_shape:
            yield Message(
                "no-input",
                f"`{what}` does not know yet what goes in, so it has no weights. Let keras.Input(shape=(timesteps, "
                "features)) come first.",
            )
        if not all(layer.config["return_sequences"] for layer in lstms[:-1]):
            yield Message(
                "nothing-to-stand-on",
                f"In `{what}` a lower LSTM keeps its outputs to itself, so the one above cannot read them. A state "
                "that is handed on is no sequence: the layer above starts from it, and reads the rows of the table "
                "once more. Let each lower layer hand on every timestep.",
            )
        yield from check_top(lstms[-1].config["return_sequences"], model.output_shape, what)
        for number, layer in enumerate(lstms, start=1):
            if layer.config["units"] != units:
                yield Message(
                    "units-fixed",
                    f"In `{what}`, LSTM number {number} has {layer.config['units']} units instead of {units}: use the "
                    "argument.",
                )
        if model.input_shape != (None, timesteps, features):
            yield Message(
                "wrong-input",
                f"`{what}` takes {model.input_shape}; expected was (None, {timesteps}, {features}).",
            )
        if kinds != ["LSTM", "LSTM", "LSTM", "Dense"] or model.output_shape != (None, 1):
            yield Message(
                "other-network",
                f"`{what}` has the layers {', '.join(kinds)} and gives {model.output_shape}; three LSTM layers and "
                "Dense(1) were asked for, with an output of (None, 1).",
            )
        computed = attempt.compute("build(timesteps, features, units)", timesteps, features, units=units)
        yield from check_computed(computed, case, what)


def check_computed(computed: Computed, case: tuple[int, ...], what: str) -> Iterator[Message]:
    """Do with the model's own weights what was asked for: each layer reads the one below."""
    _, features, units = case
    weights = computed.weights
    told = f"`{what}` has the right layers, but they are not joined as asked for: "
    fits = [array.shape for array in weights] == shapes_of(features, units)
    if fits:
        middle = recurrent_layer("LSTM", computed.X, weights[:3]).outputs
        top = recurrent_layer("LSTM", recurrent_layer("LSTM", middle, weights[3:6]).outputs, weights[6:9])
    if not fits or not same(computed.output, dense(top.last_output, *weights[9:]), 1e-4):
        yield Message(
            "joined-otherwise",
            f"{told}each LSTM reads every output of the one below, and Dense(1) stands on the last of them.",
        )


def shapes_of(features: int, units: int) -> list[tuple[int, ...]]:
    def lstm(width):
        return [(width, 4 * units), (units, 4 * units), (4 * units,)]

    return [*lstm(features), *lstm(units), *lstm(units), (units, 1), (1,)]


def check_between(kinds: list[str], what: str, timesteps: int) -> Iterator[Message]:
    if "RepeatVector" in kinds:
        yield Message(
            "vector-repeated",
            f"`{what}` holds RepeatVector. The shapes fit now, but the layer above reads the same vector {timesteps} "
            "times: what the lower layer put out at the earlier timesteps is lost. Let it hand on all of them.",
        )
    if "Reshape" in kinds:
        yield Message(
            "one-timestep-left",
            f"`{what}` holds Reshape. A vector made into a sequence of one timestep gives the layer above a single "
            "step: "
            "nothing recurs there. Let the lower layer hand on every timestep.",
        )
    if "Flatten" in kinds or "GlobalAveragePooling1D" in kinds:
        yield Message(
            "flattened",
            f"`{what}` gets rid of the timesteps with a layer of its own. The top LSTM gives its last output alone if "
            "return_sequences stays False.",
        )


def check_top(returns: bool, output: tuple, what: str) -> Iterator[Message]:
    if returns and output == (None, 1):
        yield Message(
            "last-output-picked",
            f"The output of `{what}` has the right shape, but the top LSTM hands on every timestep and something above "
            "it picks one. It gives its last output alone if return_sequences stays False.",
        )
    if returns:
        yield Message(
            "top-keeps-timesteps",
            f"The top LSTM of `{what}` hands on every timestep, so the model gives {output}: an output for each "
            "timestep. No recurrent layer stands on it, and there is one label per window: return_sequences=False.",
        )
