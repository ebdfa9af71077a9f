"""Views of many steps ahead: past the end of the data, and forecasts that are fed back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from lstm_course.data import Prepared
from lstm_course.evaluate import Run
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction
from lstm_course.view import charts, state
from lstm_course.view.asking import ask
from lstm_course.view.several import train_several
from lstm_course.view.views import kit

if TYPE_CHECKING:
    from lstm_course.keras_bridge.observation import Forecast

Floats = npt.NDArray[np.floating[Any]]
_MOST_STEPS = 48
_SHOWN_BEFORE = 4  # windows of known rows that are drawn before the forecast begins


def past_the_end(prediction: Prediction) -> None:
    """Forecast the rows behind the last one, from the last window there is."""
    run = kit.finished_run()
    horizon = run.experiment.horizon
    steps = int(st.slider("Steps ahead", 1, max(_MOST_STEPS, horizon), max(12, horizon), key="past-the-end"))
    found = _forecast(run, None, steps, "recursive")
    if found is None:
        return
    st.altair_chart(_chart_ahead(kit.arrays(), found), width="stretch")
    calls = "asked once" if found.num_calls == 1 else f"asked {found.num_calls} times, with its own forecasts"
    st.caption(f"No truth exists for these {steps} rows. The network was {calls}.")


def fed_back(prediction: Prediction) -> None:
    """Train a network that gives all steps at once and one that is fed back, and measure both at each step.

    Raises:
        ProblemError: where there is one step only, or no test window has all steps behind it.
    """
    exp = state.session().exp
    steps = exp.horizon
    if steps == 1:
        raise ProblemError("There is one step ahead only; choose a longer horizon to compare the two ways.")
    wanted = {f"direct, horizon={steps}": exp, "recursive, horizon=1": exp.change(horizon=1)}
    runs = train_several("fed-back", "Train both", wanted, prediction.runs)
    if len(runs) < len(wanted):
        return
    found = {
        name: _forecast(runs[title], "test", steps, name)
        for name, title in zip(("direct", "recursive"), wanted, strict=True)
    }
    answered = {name: each for name, each in found.items() if each is not None}
    if len(answered) == len(found):
        _draw_errors(answered, steps)


def _draw_errors(found: dict[str, Forecast], steps: int) -> None:
    if not all(_complete(each).any() for each in found.values()):
        raise ProblemError(f"No window of the test part has {steps} rows behind it; give the test more rows.")
    frames = [
        pd.DataFrame({"step": np.arange(1, errors.size + 1), "rmse": errors, "forecast": name})
        for name, errors in _errors(kit.arrays(), found).items()
    ]
    titles = ("steps ahead", "RMSE on the test part")
    st.altair_chart(
        charts.curve_chart(pd.concat(frames), "step", "rmse", "forecast", titles), width="stretch"
    )


def _forecast(run: Run, part: str | None, steps: int, method: str) -> Forecast | None:
    """Ask the run's network for a forecast; None while it is being worked on.

    Raises:
        ProblemError: when the network cannot forecast that far in that way.
    """
    question = run.experiment, run.seconds, steps
    answer = ask(
        f"{method} forecast/{part}", question, "lstm_course.keras_bridge.tasks:forecast", run.experiment, run.weights,
        state.session().own_source, part=part, steps=steps, method=method,
    )  # fmt: skip
    return cast("Forecast | None", answer)


def _errors(ready: Prepared, found: dict[str, Forecast]) -> dict[str, Floats]:
    """RMSE at each step, of each forecast and of persistence on the same rows, over all targets."""
    curves = {name: _per_step(each, each.values) for name, each in found.items()}
    each = next(iter(found.values()))
    last = ready.targets[each.rows[:, :1] - 1]  # (samples, 1, targets): the value that was known last
    return {**curves, "persistence": _per_step(each, np.broadcast_to(last, each.truth.shape))}


def _complete(found: Forecast) -> npt.NDArray[np.bool_]:
    return np.asarray(np.isfinite(found.truth).all(axis=(1, 2)))  # windows near the end lack later steps


def _per_step(found: Forecast, values: Floats) -> Floats:
    known = _complete(found)
    return kit.per_step(found.truth[known], values[known])


def _chart_ahead(ready: Prepared, found: Forecast) -> charts.Chart:
    shown = min(_SHOWN_BEFORE * ready.experiment.timesteps, len(ready.targets))
    known = np.arange(len(ready.targets) - shown, len(ready.targets))
    last = known[-1]  # where the forecast sets out
    behind = {
        "time": [last, *found.rows[0]],
        "value": [ready.targets[last, 0], *found.values[0, :, 0]],
        "curve": "forecast",
    }
    before = {"time": known, "value": ready.targets[known, 0], "curve": "truth"}
    frame = pd.concat([pd.DataFrame(before), pd.DataFrame(behind)])
    x = alt.X("time:Q", title="row, counted from 0", scale=alt.Scale(zero=False, nice=False))
    return charts.beside_truth(frame, x, ready.target_names[0], points=True)
