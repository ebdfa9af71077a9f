"""View of walk-forward evaluation: which rows each fold trains and tests on, and what comes out."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from lstm_course.data import prepare
from lstm_course.evaluate import Run, persistence_forecasts, score, walk_forward
from lstm_course.experiment import Experiment, Split
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction
from lstm_course.view import charts, state
from lstm_course.view.figures import error_columns, measure_of
from lstm_course.view.several import train_several
from lstm_course.view.views import kit
from lstm_course.wording import counted

_MOST_FOLDS = 6
_TEST_SHARE = 10  # one of so many rows is tested in each fold
_COLOURS = {part: charts.PART_COLOURS[part] for part in ("train", "test")}


def folds(prediction: Prediction) -> None:
    """Draw the folds, and set the network's error on each beside that of persistence."""
    num_rows = kit.series_of(kit.arrays()).num_rows
    num_folds = int(st.slider("Folds", 2, _MOST_FOLDS, 3, key="num-folds"))
    exp = state.session().exp
    test_rows = max(num_rows // _TEST_SHARE, 2 * (exp.timesteps + exp.horizon))  # room for some windows
    borders = walk_forward(num_rows, num_folds, test_rows)
    wanted = {
        f"fold {number}": _fold_of(exp, fold.train.stop, fold.test.num_rows)
        for number, fold in enumerate(borders, start=1)
    }
    st.altair_chart(_bars(wanted), width="stretch")
    st.caption(f"Here each fold is tested on {counted(test_rows, 'row')}.")
    runs = train_several("folds", f"Train the {num_folds} folds", wanted, prediction.runs)
    st.dataframe(
        pd.DataFrame([_line(title, exp, runs.get(title)) for title, exp in wanted.items()]).round(4),
        width="stretch", hide_index=True,
    )  # fmt: skip


def _fold_of(exp: Experiment, train_rows: int, test_rows: int) -> Experiment:
    """Train on all rows up to a border and test on those behind it; nothing is validated."""
    return exp.change(split=Split(train=train_rows, validation=0, test=test_rows, gap=0), early_stopping=None)


def _bars(wanted: dict[str, Experiment]) -> alt.Chart:
    rows = []
    for title, exp in wanted.items():
        train, test = int(exp.split.train), int(exp.split.test or 0)
        rows += [
            {"fold": title, "part": "train", "from": 0, "to": train},
            {"fold": title, "part": "test", "from": train, "to": train + test},
        ]
    colours = alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values()))
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("from:Q", title="row, counted from 0"), x2="to:Q",
            y=alt.Y("fold:N", title=None, axis=alt.Axis(labelOverlap=False)),
            color=alt.Color("part:N", scale=colours, legend=alt.Legend(orient="top", title=None)),
            tooltip=["fold", "part", "from", "to"],
        )
        .properties(height=120 + 26 * len(wanted))
    )  # fmt: skip
    return chart


def _line(title: str, exp: Experiment, run: Run | None) -> dict[str, object]:
    try:
        ready = prepare(exp, state.session().own_source)
    except ProblemError as problem:
        return {"fold": title, "what stops it": str(problem)}
    persistence = {"test": score(ready, "test", persistence_forecasts(ready)["test"])}
    columns = {
        f"{name}, {error}": value
        for name, parts in (("persistence", persistence), ("this network", run.metrics if run else {}))
        for error, value in error_columns(parts, measure_of(exp), ("test",)).items()
    }
    return {"fold": title, "training rows": int(exp.split.train), **columns}
