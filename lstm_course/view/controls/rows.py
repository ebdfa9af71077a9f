"""Controls for the rows: data set, columns, cleaning, split, scaling."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lstm_course.data import Sequences, Series, datasets, find_card, group_names, load_dataset
from lstm_course.experiment import Experiment, rows_of
from lstm_course.problems import ProblemError
from lstm_course.view import state
from lstm_course.view.controls.kit import field_of, pick, segments


def current_data() -> Series | Sequences:
    """Return the data that the experiment names, the visitor's own included."""
    now = state.session()
    return now.own_source or load_dataset(now.exp.dataset, now.exp.group)


def dataset() -> None:
    """Choose the data set; columns chosen on the old one do not go along."""
    now = state.session()
    names = [card.name for card in datasets()]
    titles = {card.name: card.title for card in datasets()} | {own: f"{own} (yours)" for own in now.sources}
    options = [*now.sources, *names]
    if now.exp.dataset not in options:  # undone to a file that others have taken the place of
        options, titles = (
            [now.exp.dataset, *options],
            titles | {now.exp.dataset: f"{now.exp.dataset} (not loaded)"},
        )
    pick(
        "dataset", "Data set", options, now.exp.dataset, fresh_dataset, "Where the rows come from", titles.get
    )


def fresh_dataset(exp: Experiment, name: str) -> Experiment:
    """Move an experiment to another data set, with what that one needs."""
    if name == exp.dataset:  # a list that is drawn anew may tell its old value again
        return exp
    if name in state.session().sources:
        return exp.change(**rows_of(name))
    is_sequences = find_card(name).kind == "sequences"
    labels = "class" if is_sequences else ("steps" if exp.is_classification else exp.labels)
    moved = exp.change(**rows_of(name, labels))
    return moved.change(timesteps=29, lags="timesteps") if is_sequences else moved


def features() -> None:
    """Choose the columns that go in."""
    data = current_data()
    columns = data.columns if isinstance(data, Sequences) else data.numeric_columns
    now = list(state.session().predict().facts.features)
    chosen = [name for name in now if name in columns]
    key = state.bind("features", chosen)
    st.multiselect(
        "Features: columns that go in", columns, chosen, key=key, help="Their number is the last axis of the input.",
        on_change=state.on_change("features", lambda exp, value: exp.change(features=tuple(value))),
    )  # fmt: skip


def targets() -> None:
    """Choose the columns to forecast."""
    data = current_data()
    exp = state.session().exp
    if isinstance(data, Sequences):
        return
    columns = data.class_columns if exp.is_classification else data.numeric_columns
    now = [name for name in state.session().predict().facts.targets if name in columns]
    key = state.bind("targets", now)
    st.multiselect(
        "Targets: columns to forecast", columns, now, key=key, help="What the labels are made of.",
        on_change=state.on_change("targets", lambda exp, value: exp.change(targets=tuple(value))),
    )  # fmt: skip


def split() -> None:
    """Choose the shares of training and validation; the rest tests."""
    parts = state.session().exp.split
    if not isinstance(parts.train, float) or not isinstance(parts.validation, float):
        rest = "the rest" if parts.test is None else parts.test
        st.caption(f"Split by rows: {parts.train} train, {parts.validation} validate, {rest} test.")
        return
    borders = (round(100 * parts.train), round(100 * (parts.train + parts.validation)))

    def apply(exp: Experiment, value: tuple[int, int]) -> Experiment:
        first, second = value
        shares = replace(exp.split, train=first / 100, validation=(second - first) / 100, test=None)
        return exp.change(split=shares)

    st.slider(
        "Training ends, validation ends (% of the rows)", 5, 100, borders, key=state.bind("split", borders),
        help="Rows are split in the order of time; what is left tests.", on_change=state.on_change("split", apply),
    )  # fmt: skip


def scaling() -> None:
    """Choose how columns are brought to one scale."""
    shown = {"standard": "mean 0, deviation 1", "minmax": "0 to 1", "none": "not at all"}
    pick("scaling", "Scaling", list(shown), state.session().exp.scaling, field_of("scaling"), "", shown.get)


def scaler_fit() -> None:
    """Choose which rows the scaler may see."""
    now = state.session().exp.scaler_fit
    segments(
        "scaler_fit", "The scaler sees", ["train", "all"], now, field_of("scaler_fit"), "All rows: a leak."
    )


def missing() -> None:
    """Choose what becomes of missing values."""
    now = state.session().exp.missing
    options = ["keep", "interpolate", "forward", "zero"]
    pick(
        "missing",
        "Missing values",
        options,
        now,
        field_of("missing"),
        "Nothing is changed unless you say so.",
    )


def absent() -> None:
    """Choose whether missing time stamps become rows."""
    now = state.session().exp.absent
    segments(
        "absent", "Absent rows", ["keep", "insert"], now, field_of("absent"), "insert: rows without values."
    )


def gap_windows() -> None:
    """Choose what becomes of windows with a gap."""
    now = state.session().exp.gap_windows
    segments("gap_windows", "Windows with a gap", ["drop", "keep"], now, field_of("gap_windows"), "")


def group() -> None:
    """Choose the series of a data set that holds several."""
    card = current_data().card
    if card is None or card.group is None:
        return
    now = state.session().exp.group or card.group.default
    pick(
        "group",
        "Which series",
        list(group_names(card)),
        now,
        field_of("group"),
        "The data set holds one for each.",
    )


def limits() -> None:
    """Write the limits outside which a value counts as missing."""
    now = state.session().exp.limits
    text = ", ".join(f"{name}:{low:g}:{high:g}" for name, low, high in now)

    def apply(exp: Experiment, value: str) -> Experiment:
        return exp.change(limits=read_limits(value))

    st.text_input(
        "Limits", text, key=state.bind("limits", text), placeholder="wind_speed:0:200",
        on_change=state.on_change("limits", apply),
        help="COLUMN:LOW:HIGH, with commas between; values outside count as missing.",
    )  # fmt: skip


def read_limits(text: str) -> tuple[tuple[str, float, float], ...]:
    """Read limits as they are typed.

    >>> read_limits("wind_speed:0:200")
    (('wind_speed', 0.0, 200.0),)

    Raises:
        ProblemError: when a part is not COLUMN:LOW:HIGH.
    """
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, *ends = part.rsplit(":", 2)
        try:
            low, high = (float(end) for end in ends)
        except ValueError as error:
            raise ProblemError(f"{part!r}: expected COLUMN:LOW:HIGH, such as wind_speed:0:200.") from error
        found.append((name, low, high))
    return tuple(found)
