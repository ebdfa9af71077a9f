from collections.abc import Iterator

import numpy as np

from lstm_course.authoring import Attempt, Message, ModelValue, same

CASES = ((9, 4, 3), (6, 5, 4))
TWICE = (
    "(lambda model: (model.predict_on_batch(X), model.predict_on_batch(Z)))(build(timesteps, units, horizon))"
)
MSE = ("mse", "MSE", "mean_squared_error", "MeanSquaredError")


def check(attempt: Attempt) -> Iterator[Message]:
    for timesteps, units, horizon in CASES:
        what = f"build(timesteps={timesteps}, units={units}, horizon={horizon})"
        model = attempt.model("build", timesteps, units, horizon, what=what)
        yield from check_shapes(model, timesteps, units, horizon, what)
        if not model.loss:
            yield Message("not-compiled", f"`{what}` is not compiled; give it an optimizer and the loss mse.")
        if model.loss not in MSE:
            yield Message(
                "other-loss", f"`{what}` is compiled with {model.loss}; mean squared error was asked for."
            )
        yield from check_reading(attempt, timesteps, units, horizon, what)


def check_shapes(model: ModelValue, timesteps: int, units: int, horizon: int, what: str) -> Iterator[Message]:
    given = model.output_shape
    if model.input_shape != (None, timesteps, 1):
        yield Message(
            "wrong-input", f"`{what}` takes inputs {model.input_shape}; expected was {(None, timesteps, 1)}."
        )
    # a wrapper has its layer in its config
    if not any("LSTM" in f"{layer.kind} {layer.config}" for layer in model.layers):
        yield Message(
            "no-lstm",
            f"`{what}` holds no LSTM. The window is to be read by one of {units} units; other layers would make "
            "another network of it.",
        )
    widths = [layer.config["units"] for layer in model.layers if layer.kind == "LSTM"]
    if widths and units not in widths:
        yield Message(
            "units-for-horizon",
            f"The LSTM of `{what}` has {widths[0]} units. Its width is {units}; a head brings it to {horizon} numbers, "
            "and lets them leave the range from −1 to 1.",
        )
    if given in ((None, horizon), (None, horizon, 1)):
        return
    if given in ((None, timesteps, 1), (None, timesteps)):
        yield Message(
            "output-per-timestep",
            f"`{what}` gives {given}: one number for each of the {timesteps} timesteps of the window. The labels have "
            f"{horizon} steps ahead; the two were as many only by chance.",
        )
    if given == (None, timesteps, horizon):
        yield Message(
            "dense-on-sequence",
            f"`{what}` gives {given}: {horizon} numbers at each timestep. The LSTM hands on all its outputs; only the "
            "last one has read the whole window.",
        )
    if given == (None, 1):
        yield Message(
            "one-number",
            f"`{what}` gives {given}, one number. mse would stretch it over all {horizon} labels without a word.",
        )
    yield Message("wrong-output", f"`{what}` gives {given}; expected was {(None, horizon)}.")


def check_reading(attempt: Attempt, timesteps: int, units: int, horizon: int, what: str) -> Iterator[Message]:
    """Change one row of the window at a time: each output has to follow."""
    X = np.random.default_rng(0).normal(size=(4, timesteps, 1)).astype("float32")
    for row in (timesteps - 1, timesteps // 2, 0):
        changed = X.copy()
        changed[:, row] += 3.0
        names = {"timesteps": timesteps, "units": units, "horizon": horizon}
        first, second = attempt.run(TWICE, X=X, Z=changed, **names)
        moved = np.abs(np.asarray(first) - np.asarray(second)).reshape(4, horizon).max(axis=0)
        if (moved == 0).any():
            step = int(np.flatnonzero(moved == 0)[0]) + 1
            yield Message(
                "window-read-in-part",
                f"The shape of `{what}` is right. But the number for step {step} ahead stays the same when row {row} "
                f"of the window changes, of rows 0 to {timesteps - 1}: it has not read it. Take what leaves the LSTM "
                "after the whole window.",
            )
        steps = np.asarray(first).reshape(4, horizon)
        if (steps == steps[:, :1]).all():
            yield Message(
                "same-for-all-steps",
                f"`{what}` gives the same number for all {horizon} steps ahead. Each step needs weights, or a state, "
                "of its own.",
            )
    first, turned = attempt.run(TWICE, X=X, Z=X[:, ::-1].copy(), **names)
    if same(first, turned, 1e-6):
        yield Message(
            "order-lost",
            f"`{what}` gives the same numbers when the rows of the window stand in the opposite order: its LSTM does "
            "not read them one after the other.",
        )
