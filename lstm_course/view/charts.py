"""Charts of data, training and forecasts: values in, an Altair chart out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from lstm_course.data import Prepared, Series
from lstm_course.evaluate import Run
from lstm_course.experiment import Experiment
from lstm_course.view.figures import error_columns, measure_of

MAX_POINTS = 1500  # more cannot be seen, and slow the browser down
MAX_STEPS_SHOWN = 400  # label rows shown of a part in a forecast chart
Chart = alt.Chart | alt.LayerChart | alt.FacetChart
LINES = alt.Legend(orient="top", title=None, symbolType="stroke", symbolStrokeWidth=3)  # no dashed points
_CURVES = {"loss": "training loss", "val_loss": "validation loss"}
_SAMPLES, _UNITS = "#7b64ee", "#d4408b"  # as in the diagram, of a lightness that both themes can show
PART_COLOURS = {"train": _SAMPLES, "validation": "#b7791f", "test": _UNITS}
_LOSS_COLOURS = dict(zip(_CURVES.values(), (_SAMPLES, "#d96a14"), strict=True))
_COLOURS = {"truth": "#758299", "forecast": _SAMPLES, "persistence": "#d96a14"}


def _scale(colours: Mapping[str, str]) -> alt.Scale:
    return alt.Scale(domain=list(colours), range=list(colours.values()))


def _loss_frame(history: pd.DataFrame) -> pd.DataFrame:
    shown = [name for name in _CURVES if name in history]
    long = history.melt(
        [name for name in history if name in ("epoch", "run")], shown, "curve", "value"
    ).dropna()
    return long.assign(curve=long["curve"].map(_CURVES))


def loss_curves(history: pd.DataFrame, exp: Experiment) -> Chart:
    """Draw loss and val_loss over the epochs, with a ring around the smallest val_loss, named above the chart.

    Args:
        history: columns epoch, loss and, where there is validation, val_loss.
        exp: the experiment that was trained.
    """
    long = _loss_frame(history)
    base = _loss_base(long, exp)
    lines = base.mark_line().encode(strokeDash=alt.StrokeDash("curve:N", legend=None))
    layers = [lines, base.mark_point(size=14, filled=True)]
    validation = long[long["curve"] == _CURVES["val_loss"]]
    if not len(validation):
        return alt.layer(*layers).properties(height=260)
    best = validation.loc[[validation["value"].idxmin()]]
    words = f"smallest validation loss: epoch {int(best['epoch'].iloc[0])}"
    title = alt.TitleParams(words, anchor="end", fontSize=12, fontWeight="normal", offset=2)
    return alt.layer(*layers, _ring(best)).properties(height=280, title=title)


def _ring(best: pd.DataFrame) -> alt.Chart:
    place = alt.Chart(best).encode(x="epoch:Q", y="value:Q")
    ring: alt.Chart = place.mark_point(size=110, color=_LOSS_COLOURS["validation loss"], strokeWidth=2)
    return ring


def _loss_base(long: pd.DataFrame, exp: Experiment) -> alt.Chart:
    return alt.Chart(long).encode(
        x=alt.X("epoch:Q", title="epoch", axis=alt.Axis(tickMinStep=1)),
        y=alt.Y("value:Q", title=loss_title(exp), scale=alt.Scale(zero=False)),
        color=alt.Color("curve:N", scale=_scale(_LOSS_COLOURS), legend=LINES),
        tooltip=["epoch", "curve", alt.Tooltip("value:Q", format=".5g")],
    )


def loss_title(exp: Experiment) -> str:
    """Say what a loss is taken on: classes and rows that nothing scales are compared as they are.

    >>> loss_title(Experiment(scaling="standard")), loss_title(Experiment(scaling="none"))
    ('loss, on the scaled values', 'loss')
    """
    return "loss" if exp.is_classification or exp.scaling == "none" else "loss, on the scaled values"


def loss_panels(runs: Mapping[str, Run]) -> Chart:
    """Draw the loss curves of runs, one panel each, on the same scale.

    Args:
        runs: runs by the title of their panel.
    """
    frames = [
        pd.DataFrame({"epoch": range(1, run.num_epochs + 1), **run.history, "run": title})
        for title, run in runs.items()
    ]
    shown = _loss_base(_loss_frame(pd.concat(frames)), next(iter(runs.values())).experiment)
    lines = shown.mark_line()
    dashed = lines.encode(strokeDash=alt.StrokeDash("curve:N", legend=None)).properties(width=210, height=200)
    panels: alt.FacetChart = dashed.facet(alt.Facet("run:N", title=None, sort=list(runs)), columns=2)
    return panels


def thinned(frame: pd.DataFrame, value: str, most: int = MAX_POINTS) -> pd.DataFrame:
    """Keep the smallest and largest value of each stretch, so that a long line looks as it does in full."""
    if len(frame) <= most:
        return frame
    known = frame.reset_index(drop=True).dropna(subset=[value])
    stretch = known.index * (most // 2) // len(frame)
    groups = known.groupby(stretch)[value]
    kept = sorted(set(groups.idxmin()) | set(groups.idxmax()))
    return frame.iloc[kept]


def series_chart(prepared: Prepared, column: str) -> Chart:
    """Draw one column over time, coloured by the part that each row belongs to."""
    source = prepared.source
    if not isinstance(source, Series) or prepared.parts is None:
        raise TypeError("A chart over time needs a series; sequences have no common time.")
    values = source.frame[column].to_numpy(dtype=float)
    where = np.full(len(values), "left out", dtype=object)
    for part in prepared.parts:
        where[part.start : part.stop] = part.name
    when = source.times if source.times is not None else np.arange(len(values))
    frame = pd.DataFrame({"time": when, column: values, "part": where})
    colours = PART_COLOURS | {"left out": "#999"}
    kind = "T" if source.times is not None else "Q"
    chart: alt.Chart = (
        alt.Chart(thinned(frame, column))
        .mark_line(strokeWidth=1.2)
        .encode(
            x=alt.X(f"time:{kind}", title=None),
            y=alt.Y(f"{_escaped(column)}:Q", title=column, scale=alt.Scale(zero=False)),
            color=alt.Color("part:N", scale=_scale(colours), sort=list(colours), legend=LINES),
            tooltip=[f"time:{kind}", f"{_escaped(column)}:Q", "part:N"],
        )
        .properties(height=220)
    )  # fmt: skip
    return chart


def _escaped(column: str) -> str:
    """Write a column's name so that Vega-Lite does not read dots and brackets as a path."""
    return (
        column.replace("\\", "\\\\")
        .replace(".", "\\.")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace(":", "\\:")
    )


def first_step(values: np.ndarray) -> np.ndarray:
    """Return the first target of the first step of each label, shape (samples,)."""
    return values.reshape(len(values), -1)[:, 0]


def forecast_frame(run: Run, part: str, persistence: np.ndarray | None) -> pd.DataFrame:
    """Table of truth, forecast and persistence, one row for each sample of a part, in original units."""
    truth = first_step(np.asarray(run.truth[part]))
    curves = {"truth": truth, "forecast": first_step(np.asarray(run.predictions[part]))}
    if persistence is not None:
        curves["persistence"] = first_step(np.asarray(persistence))
    times = run.times.get(part, np.empty(0))
    frame = pd.DataFrame({"time": times if len(times) else np.arange(len(truth)), **curves})
    return frame.tail(MAX_STEPS_SHOWN).melt("time", var_name="curve", value_name="value").dropna()


def forecast(run: Run, part: str, target: str, persistence: np.ndarray | None = None) -> Chart:
    """Draw the forecast of a part against the truth, persistence beside them, in original units."""
    frame = forecast_frame(run, part, persistence)
    kind = "T" if pd.api.types.is_datetime64_any_dtype(frame["time"]) else "Q"
    step = " (first step of the horizon)" if run.experiment.horizon > 1 else ""
    return beside_truth(frame, alt.X(f"time:{kind}", title=f"{part} rows{step}"), target)


def beside_truth(frame: pd.DataFrame, x: alt.X, target: str, points: bool = False) -> Chart:
    """Draw truth, forecast and persistence, as many of them as there are.

    Args:
        frame: columns time, curve ("truth", "forecast" or "persistence") and value.
        x: how the column time is drawn.
        target: name of what is forecast.
        points: whether each value has a mark.
    """
    colours = {name: colour for name, colour in _COLOURS.items() if (frame["curve"] == name).any()}
    drawn = alt.Chart(frame)
    lines = drawn.mark_line(point=alt.OverlayMarkDef(size=18)) if points else drawn.mark_line()
    chart: alt.Chart = lines.encode(
        x=x,
        y=alt.Y("value:Q", title=target, scale=alt.Scale(zero=False)),
        color=alt.Color("curve:N", scale=_scale(colours), sort=list(colours), legend=LINES),
        strokeDash=alt.StrokeDash("curve:N", sort=list(colours), legend=None),
        tooltip=["time", "curve", alt.Tooltip("value:Q", format=",.4g")],
    ).properties(height=260)
    return chart


def errors_table(run: Run) -> pd.DataFrame:
    """Table of the errors of the network and of each baseline, on each part, in original units."""
    measure = measure_of(run.experiment)
    rows = [("this network", run.metrics), *run.baselines.items()]
    return pd.DataFrame([{"forecast": name} | error_columns(parts, measure) for name, parts in rows]).round(4)


def curve_chart(frame: pd.DataFrame, x: str, y: str, colour: str, titles: Sequence[str]) -> Chart:
    """Draw one line for each kind in a column."""
    chart: alt.Chart = (
        alt.Chart(frame)
        .mark_line(point=alt.OverlayMarkDef(size=16))
        .encode(
            x=alt.X(f"{x}:Q", title=titles[0], axis=alt.Axis(tickMinStep=1)),
            y=alt.Y(f"{y}:Q", title=titles[1]),
            color=alt.Color(f"{colour}:N", legend=LINES),
            tooltip=[x, alt.Tooltip(f"{y}:Q", format=".4g"), colour],
        )
        .properties(height=240)
    )
    return chart
