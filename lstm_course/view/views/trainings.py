"""Views of training: start it, its curves, several seeds, several runs, the published models."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pandas as pd
import streamlit as st

from lstm_course.data import prepare
from lstm_course.evaluate import Run, persistence_forecasts, score
from lstm_course.experiment import Experiment
from lstm_course.published import AIRLINE
from lstm_course.shapes import Prediction
from lstm_course.view import charts, edits, state
from lstm_course.view.figures import table_in_html
from lstm_course.view.runs import show_curves
from lstm_course.view.several import show_table, train_several
from lstm_course.view.training import train_panel
from lstm_course.view.views import kit

_NUM_SEEDS = 5
_RATE = 0.5  # dropout that is compared with none where the experiment has none


def train(prediction: Prediction) -> None:
    """Offer the training of the current experiment."""
    train_panel(prediction)


def loss_curves(prediction: Prediction) -> None:
    """Draw the curves of the newest run."""
    show_curves(kit.finished_run())


def seeds(prediction: Prediction) -> None:
    """Train the same experiment with several seeds, and show how far apart they end."""
    exp = state.session().exp
    wanted = {f"seed {seed}": exp.change(seed=seed) for seed in range(exp.seed, exp.seed + _NUM_SEEDS)}
    show_table(train_several("seeds", f"Train with {_NUM_SEEDS} seeds", wanted, prediction.runs))


def compare(prediction: Prediction) -> None:
    """Train the same windows with each cell, and set their errors side by side."""
    exp = state.session().exp
    wanted = {
        f"{kind}, seed {seed}": edits.set_all_cells(exp, kind).change(seed=seed)
        for kind in edits.CELLS
        for seed in range(exp.seed, exp.seed + 2)
    }
    show_table(
        train_several("compare", "Train LSTM, GRU and SimpleRNN, two seeds each", wanted, prediction.runs)
    )


def structures(prediction: Prediction) -> None:
    """Train the same windows with one layer, with two, and with one that reads both ways."""
    exp = edits.set_bidirectional(edits.set_num_layers(state.session().exp, 1), 1, False)
    wanted = {
        "one layer": exp,
        "two layers": edits.set_num_layers(exp, 2),
        "Bidirectional": edits.set_bidirectional(exp, 1, True),
    }
    show_table(
        train_several("structures", "Train one layer, two, and Bidirectional", wanted, prediction.runs)
    )


def dropouts(prediction: Prediction) -> None:
    """Train without and with dropout, and draw both pairs of curves in the same frame."""
    exp = state.session().exp
    rate = edits.recurrent(exp, 1).dropout or _RATE
    wanted = {f"dropout={share:g}": edits.set_recurrent(exp, 1, dropout=share) for share in (0.0, rate)}
    runs = train_several("dropouts", f"Train without dropout, and with {rate:g}", wanted, prediction.runs)
    if runs:
        st.altair_chart(charts.loss_panels(runs), width="stretch")
    show_table(runs, with_baselines=False)


def airline_table(prediction: Prediction) -> None:
    """Train the five published models, and set the figures beside the published ones."""
    seed = _airline_seed()
    wanted = {published.title: published.experiment.change(seed=seed) for published in AIRLINE.values()}
    found = train_several("airline", f"Train the five models with seed {seed}", wanted, True)
    earlier = state.remember("airline-errors", {})
    state.store("airline-errors", {**earlier, **{(name, seed): _errors(run) for name, run in found.items()}})
    errors = state.remember("airline-errors", {})
    for place, part in enumerate(("test", "train")):
        of_part = {trained: each[place] for trained, each in errors.items()}
        st.caption(f"RMSE on the {part} targets, thousands of passengers")
        st.html(table_in_html(pd.DataFrame(_airline_rows(part, of_part, seed))))


def _airline_seed() -> int:
    """Let the visitor choose the seed of all five; what was trained with others stays in the table."""

    def chosen() -> None:
        state.store("airline-seed", state.bound("seed-of-the-five"))

    now: int = state.remember("airline-seed", 0)
    name = state.bind("seed-of-the-five", now)
    return int(st.number_input("Seed of the five models", 0, 999, now, key=name, on_change=chosen))


def _errors(run: Run) -> tuple[float, float]:
    """RMSE on the test part and on the training part."""
    return run.metrics["test"]["rmse"], run.metrics["train"]["rmse"]


def _airline_rows(part: str, errors: Mapping[tuple[str, int], float], seed: int) -> list[dict[str, object]]:
    """Write a row for each model: this seed, and the range of all that were trained, however many they are."""
    num_seeds = len({trained for _, trained in errors})
    rows: list[dict[str, object]] = []
    for published in AIRLINE.values():
        figure = published.test_rmse if part == "test" else published.train_rmse
        here = [error for (title, _), error in errors.items() if title == published.title]
        row: dict[str, object] = {
            "model": published.title,
            "published": figure,
            "persistence": _persistence(published.experiment)[part],
        }
        if errors:
            row[f"seed {seed}"] = errors.get((published.title, seed))
        if num_seeds > 1:
            row["lowest here"] = min(here, default=None)
            row["highest here"] = max(here, default=None)
        rows.append(row)
    return rows


@lru_cache(maxsize=8)
def _persistence(exp: Experiment) -> dict[str, float]:
    """RMSE of persistence on the targets of an experiment; it needs no network."""
    ready = prepare(exp)
    forecasts = persistence_forecasts(ready)
    return {part: score(ready, part, forecasts[part])["rmse"] for part in ("train", "test")}
