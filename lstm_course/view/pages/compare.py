"""Two experiments side by side: the visitor's own, and one that differs from it."""

from __future__ import annotations

import streamlit as st

from lstm_course.drawing import Diagram, diagram, side_by_side
from lstm_course.experiment import Experiment
from lstm_course.shapes import predict
from lstm_course.view import state
from lstm_course.view.diagram_part import show_drawn
from lstm_course.view.facts_cache import cached_facts
from lstm_course.view.variants import variants

WIDTHS = (390, 720, 1000, 1280)  # pixels that a comparison is made for; two stand side by side from 720
_KEPT = "the one that you kept"
_ENDS = {
    "match": "fits", "aligned": "fits", "chance": "fits by chance", "broadcast": "compares wrongly, silently",
    "refused": "raises",
}  # fmt: skip


def show() -> None:
    """Draw the page."""
    st.title("Compare")
    now = state.session()
    others = _others(now.exp)
    name = _choose(list(others))
    other = others[name]
    _buttons(other)
    left, right = _drawn(now.exp), _drawn(other)
    both = side_by_side(left, right, ("Your experiment", name[:1].upper() + name[1:]))
    if not both.differences:
        st.info("Both are drawn alike: change yours in the playground, or choose another one.")
    else:
        st.markdown(_in_short(left, right))
    show_drawn(both, WIDTHS, "comparison")


def _others(exp: Experiment) -> dict[str, Experiment]:
    kept: Experiment | None = state.remember("kept", None)
    return ({_KEPT: kept} if kept is not None else {}) | variants(exp)


def _choose(names: list[str]) -> str:
    wanted = state.remember("compared", names[0])
    shown = wanted if wanted in names else names[0]
    key = state.bind("compared", shown)
    chosen = st.selectbox("Put beside it", names, names.index(shown), key=key)
    state.store("compared", chosen)
    return str(chosen)


def _buttons(other: Experiment) -> None:
    now = state.session()
    with st.container(horizontal=True):
        st.button(
            "Keep this one to compare", icon=":material/keep:", on_click=_keep, args=(now.exp,),
            help="Then change your experiment anywhere in the course, and come back: it stands on the right.",
        )  # fmt: skip
        st.button(
            "Take the right one", icon=":material/swap_horiz:", on_click=now.change, args=(other,),
            disabled=other == now.exp, help="It becomes your experiment; undo is in the playground.",
        )  # fmt: skip


def _keep(exp: Experiment) -> None:
    state.store("kept", exp)
    state.store("compared", _KEPT)


def _drawn(exp: Experiment) -> Diagram:
    own = state.session().sources.get(exp.dataset)
    return diagram(exp, own, prediction=predict(exp, cached_facts(exp, own)))


def _in_short(left: Diagram, right: Diagram) -> str:
    """Say what becomes of the parameters and of the loss."""
    counts = [sum(stage.parameters for stage in each.scene.stages) for each in (left, right)]
    ends = [
        _ENDS[each.scene.comparison.verdict] if each.scene.comparison else "is not reached"
        for each in (left, right)
    ]
    parameters = (
        f"**{counts[0]:,}** → **{counts[1]:,}** parameters"
        if counts[0] != counts[1]
        else (f"**{counts[0]:,}** parameters in both")
    )
    loss = f"the loss {ends[0]} → {ends[1]}" if ends[0] != ends[1] else f"the loss {ends[0]} in both"
    return f"{parameters}; {loss}. Marked stages differ."
