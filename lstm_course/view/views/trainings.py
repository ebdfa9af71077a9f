"""Views of training: start it, its curves, several seeds, several runs, the published models."""

from __future__ import annotations

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
    wanted = {published.title: published.experiment for published in AIRLINE.values()}
    found = train_several("airline", "Train the five models as published", wanted, True)
    st.html(table_in_html(pd.DataFrame(_airline_rows(found))))


def _airline_rows(found: dict[str, Run]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for published in AIRLINE.values():
        persistence = _persistence(published.experiment)
        run = found.get(published.title)
        rows.append(
            {
                "model": published.title,
                "test, here": run.metrics["test"]["rmse"] if run else None,
                "test, published": published.test_rmse,
                "test, persistence": persistence["test"],
                "train, here": run.metrics["train"]["rmse"] if run else None,
                "train, published": published.train_rmse,
                "train, persistence": persistence["train"],
            }
        )
    return rows


@lru_cache(maxsize=8)
def _persistence(exp: Experiment) -> dict[str, float]:
    """RMSE of persistence on the targets of an experiment; it needs no network."""
    ready = prepare(exp)
    forecasts = persistence_forecasts(ready)
    return {part: score(ready, part, forecasts[part])["rmse"] for part in ("train", "test")}
