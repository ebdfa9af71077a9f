"""Views of training: start it, its curves, several seeds, several runs, the published models."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

import pandas as pd
import streamlit as st

from lstm_course import jobs
from lstm_course.data import prepare
from lstm_course.evaluate import Run, score_baselines
from lstm_course.experiment import Experiment
from lstm_course.jobs.job import FINAL
from lstm_course.published import AIRLINE
from lstm_course.shapes import Prediction
from lstm_course.view import charts, state
from lstm_course.view.training import train_panel
from lstm_course.view.views import kit

_NUM_SEEDS = 5
_LIMITS = jobs.Limits(seconds=1800, memory_mb=6144)
_POLL = 0.5


def train(prediction: Prediction) -> None:
    """Offer the training of the current experiment."""
    train_panel(prediction)


def loss_curves(prediction: Prediction) -> None:
    """Draw the curves of the newest run."""
    run = kit.finished_run()
    epochs = range(1, run.num_epochs + 1)
    st.altair_chart(charts.loss_curves(pd.DataFrame({"epoch": epochs, **run.history})), width="stretch")


def seeds(prediction: Prediction) -> None:
    """Train the same experiment with several seeds, and show how far apart they end."""
    exp = state.session().exp
    wanted = {f"seed {seed}": exp.change(seed=seed) for seed in range(exp.seed, exp.seed + _NUM_SEEDS)}
    _trainings("seeds", f"Train with {_NUM_SEEDS} seeds", wanted, prediction.runs)


def compare(prediction: Prediction) -> None:
    """Train the same windows with each cell, and set their errors side by side."""
    from lstm_course.view.edits import CELLS, set_all_cells  # the lesson on GRU alone needs it

    exp = state.session().exp
    wanted = {
        f"{kind}, seed {seed}": set_all_cells(exp, kind).change(seed=seed)
        for kind in CELLS
        for seed in range(exp.seed, exp.seed + 2)
    }
    _trainings("compare", "Train LSTM, GRU and SimpleRNN, two seeds each", wanted, prediction.runs)


def airline_table(prediction: Prediction) -> None:
    """Train the five published models, and set the figures beside the published ones."""
    wanted = {published.title: published.experiment for published in AIRLINE.values()}
    found = _trainings("airline", "Train the five models as published", wanted, True)
    st.dataframe(pd.DataFrame(_airline_rows(found)).round(2), width="stretch", hide_index=True)


def _airline_rows(found: dict[str, Run]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for published in AIRLINE.values():
        persistence = _persistence(published.experiment)
        run = found.get(published.title)
        rows.append(
            {
                "model": published.title,
                "published train": published.train_rmse,
                "published test": published.test_rmse,
                "here, train": run.metrics["train"]["rmse"] if run else None,
                "here, test": run.metrics["test"]["rmse"] if run else None,
                "persistence, train": persistence["train"],
                "persistence, test": persistence["test"],
            }
        )
    return rows


@lru_cache(maxsize=8)
def _persistence(exp: Experiment) -> dict[str, float]:
    """RMSE of persistence on the targets of an experiment; it needs no network."""
    scores = score_baselines(prepare(exp))["persistence"]
    return {part: scores[part]["rmse"] for part in ("train", "test")}


def finished_trainings(name: str) -> list[Run]:
    """Return the runs that a view of several trainings has finished."""
    started: dict[str, tuple[Experiment, jobs.Job]] = state.remember(f"trainings/{name}", {})
    return [cast(Run, job.result(0)) for _, job in started.values() if job.state == "done"]


def _trainings(name: str, title: str, wanted: dict[str, Experiment], possible: bool) -> dict[str, Run]:
    """Offer several trainings together, show their progress, and return those that are finished."""
    running: dict[str, tuple[Experiment, jobs.Job]] = state.remember(f"trainings/{name}", {})
    current = {title: job for title, (exp, job) in running.items() if wanted.get(title) == exp}

    def begin() -> None:
        now = state.session()
        state.store(f"trainings/{name}", {
            title: (exp, jobs.submit(
                "lstm_course.keras_bridge.tasks:train", args=(exp, now.own_source), limits=_LIMITS, label="training",
                owner=state.owner(),
            ))
            for title, exp in wanted.items()
        })  # fmt: skip

    busy = any(job.state not in FINAL for job in current.values())
    if busy:
        _wait(list(current.values()))
    else:
        st.button(
            title, on_click=begin, key=f"begin-{name}", icon=":material/play_arrow:", disabled=not possible
        )
    runs = {title: cast(Run, job.result(0)) for title, job in current.items() if job.state == "done"}
    for title, job in current.items():
        if job.failure is not None:
            st.warning(f"{title}: {job.failure.sentence}")
    if runs and name != "airline":
        st.dataframe(_table(runs), width="stretch", hide_index=True)
    return runs


def _table(runs: dict[str, Run]) -> pd.DataFrame:
    rows = [
        {"forecast": title, "parameters": _num_weights(run), "seconds": run.seconds, **_figures(run.metrics)}
        for title, run in runs.items()
    ]
    first = next(iter(runs.values()))
    rows += [{"forecast": name, **_figures(figures)} for name, figures in first.baselines.items()]
    return pd.DataFrame(rows).round(3)


def _num_weights(run: Run) -> int:
    return sum(weight.size for weight in run.weights)


def _figures(metrics: object) -> dict[str, float]:
    found = {}
    for part, figures in cast("dict[str, dict[str, float]]", metrics).items():
        measure = "rmse" if "rmse" in figures else "accuracy"
        if measure in figures:
            found[f"{measure} {part}"] = figures[measure]
    return found


@st.fragment(run_every=_POLL)
def _wait(running: list[jobs.Job]) -> None:
    over = sum(job.state in FINAL for job in running)
    if over == len(running):
        st.rerun()
    waiting = sum(job.place > 0 for job in running)
    text = f"{over} of {len(running)} trainings are over" + (
        f", {waiting} wait for a free process." if waiting else "."
    )
    st.progress(over / len(running), text=text)
    if st.button("Cancel", icon=":material/stop:", key=f"cancel-{running[0].id}"):
        for job in running:
            job.cancel()
        st.rerun()
