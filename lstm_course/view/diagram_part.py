"""The diagram on the page: drawn by Python, played and clicked in the browser."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import streamlit as st

from lstm_course.drawing import Diagram, diagram
from lstm_course.drawing.drawn import Drawn
from lstm_course.drawing.whole_diagram import Depth
from lstm_course.jobs.job import FINAL
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction
from lstm_course.view import keras_side, state
from lstm_course.view.breadcrumb import breadcrumb
from lstm_course.view.session import Session

WIDTHS = (390, 560, 800, 1080)  # pixels that a drawing is made for; the browser shows the widest that fits


def show_diagram(
    focus: str = "",
    depth: Depth | Literal[""] = "",
    veiled: tuple[str, ...] = (),
    place: str = "",
    look: str = "",
) -> Prediction | None:
    """Draw the diagram of the current experiment, and follow what is chosen in it.

    Args:
        focus: id of the stage that the lesson lights; empty: none.
        depth: "whole", "layer", "cell" or "number", where the lesson opens it; empty: what the visitor chose.
        veiled: ids of stages that stay hidden, because their shape is still to be predicted.
        place: step of the lesson; its depth holds until the visitor chooses another one there.
        look: id of the stage that is brought into view where the lesson lights none; empty: the bottom.

    Returns:
        What the rules say of the experiment, or None where its data cannot be read.
    """
    now = state.session()
    try:
        prediction = now.predict()
    except ProblemError as problem:
        st.error(str(problem), icon=":material/error:")
        return None
    if depth and now.choice.place != place:
        now.choice.place, now.choice.depth = place, depth
    st.html('<span class="lc-stays" id="the-diagram"></span>')
    drawn = _drawn(now, prediction, focus)
    opened = _opened_last(now, prediction, drawn)
    # empty until the weights have come: so the diagram below keeps its place among the elements,
    # or it would be made anew and the page would jump
    with st.container():
        breadcrumb(opened)
    shown = drawn if now.choice.depth == "whole" else opened
    payload = _payload(shown, WIDTHS, now.choice.width or _likely_width()) | {
        "veiled": list(veiled),
        "focus": focus or look,
        "stale": shown is not drawn,
    }
    _component()(data=payload, key="diagram", on_chosen_change=_take_choice, on_width_change=_take_width)
    keras_side.status_line(prediction)
    return prediction


def show_drawn(drawn: Drawn, widths: tuple[int, ...], name: str, focus: str = "") -> None:
    """Draw any diagram at the width that the browser has room for.

    Args:
        drawn: the diagram.
        widths: pixels that it may be made for.
        name: what it is called on its page.
        focus: id of the stage that is brought into view; empty: the bottom, where reading begins.
    """

    def take() -> None:
        width = st.session_state[name].get("width")
        if width in widths:
            state.store(f"width/{name}", width)

    width = state.remember(f"width/{name}", _likely_width())
    payload = _payload(drawn, widths, max((each for each in widths if each <= width), default=widths[0]))
    payload |= {"focus": focus}
    _component()(data=payload, key=name, on_chosen_change=lambda: None, on_width_change=take)


def _drawn(now: Session, prediction: Prediction, focus: str) -> Diagram:
    observed = keras_side.observation()
    choice = now.choice
    run = now.run
    return diagram(
        now.exp, now.own_source, prepared=now.prepare(), prediction=prediction,
        observed=observed.stages if observed else None,
        weights=run.weights if run else (observed.weights if observed else None), run=run,
        window=choice.window, timestep=choice.timestep, unit=choice.unit, layer=choice.layer,
        quantity=choice.quantity, direction=choice.direction, focus=focus or choice.stage or None, depth=choice.depth,
    )  # fmt: skip


def _opened_last(now: Session, prediction: Prediction, drawn: Diagram) -> Diagram:
    """Return the diagram that was last opened as long as Keras measures the new one.

    Without its weights the new one has no inside: the picture would fall back to the whole, and jump twice.
    """
    if drawn.opens:
        state.store("opened", drawn)
    before: Diagram | None = state.remember("opened", None)
    waits = prediction.runs and now.run is None and (now.answer is None or now.answer.state not in FINAL)
    return replace(before, depth=now.choice.depth) if before and waits and not drawn.opens else drawn


def _likely_width() -> int:
    """Guess the room for the first drawing; the browser says the true one as soon as it has laid the page out."""
    return 390 if "Mobi" in st.context.headers.get("User-Agent", "") else 800


def _payload(drawn: Drawn, widths: tuple[int, ...], width: int) -> dict[str, Any]:
    return {
        "widths": widths,
        "width": width,
        "svg": drawn.to_svg(width=width),
        "player": drawn.player_data(),
        "outline": drawn.outline(),
    }


@cache
def _component() -> Any:
    assets = files("lstm_course.drawing") / "assets"
    own = files("lstm_course.view") / "assets"
    return st.components.v2.component(
        "lstm_course_diagram",
        html='<div class="lc-page-diagram"></div>',
        css=(assets / "player.css").read_text("utf-8") + (own / "diagram.css").read_text("utf-8"),
        js=(assets / "player.js").read_text("utf-8") + (own / "diagram.js").read_text("utf-8"),
    )


def _take_width() -> None:
    """Note which of the widths the browser has room for, so that only that one is drawn from now on."""
    width = st.session_state["diagram"].get("width")
    if width in WIDTHS:
        state.session().choice.width = width


def _take_choice() -> None:
    chosen = st.session_state["diagram"].get("chosen") or {}
    choice = state.session().choice
    for name in ("window", "timestep", "unit", "layer", "depth", "stage", "quantity"):
        if name in chosen:
            setattr(choice, name, chosen[name])
    if "direction" in chosen:
        choice.direction = int(chosen["direction"] == "backward")
    layer = re.fullmatch(r"recurrent-layer-(\d)", chosen.get("stage", ""))
    if layer and "layer" not in chosen:
        choice.layer = int(layer.group(1))
