"""The shape doctor: why a model does not fit its data, for a script, for shapes, for the current experiment."""

from __future__ import annotations

import re

import streamlit as st

from lstm_course import jobs
from lstm_course.codec import parse_layers
from lstm_course.course.answers import read_shape
from lstm_course.doctor import Entry, Report, catalogue
from lstm_course.doctor import start as start_check
from lstm_course.doctor.examine import finish
from lstm_course.experiment import LOSSES
from lstm_course.jobs.job import FINAL
from lstm_course.layers import LAYERS
from lstm_course.problems import ProblemError
from lstm_course.view import state
from lstm_course.view.diagram_part import WIDTHS, show_diagram, show_drawn
from lstm_course.view.findings import WORDS, show_findings, stage_in_words
from lstm_course.view.trust import code_may_run, say_refusal

_POLL = 0.3
_EXAMPLE = """import keras
import numpy as np

x = np.random.normal(size=(200, 12, 1))
y = np.random.normal(size=(200,))

model = keras.Sequential([
    keras.Input((12, 1)),
    keras.layers.LSTM(16, return_sequences=True),
    keras.layers.Dense(1),
])
model.compile(loss="mse", optimizer="adam")
model.fit(x, y, epochs=2)
"""


def show() -> None:
    """Draw the page."""
    st.title("Shape doctor")
    st.markdown(
        "Why does my model not fit my data? Keras often does not say, and sometimes says nothing at all."
    )
    program, shapes, experiment, known = st.tabs(["A program", "Shapes", "This experiment", "All findings"])
    with program:
        _program()
    with shapes:
        _shapes()
    with experiment:
        _experiment()
    with known:
        _catalogue()


def _program() -> None:
    if not code_may_run():
        say_refusal()
        return
    st.caption(
        "It runs in a process of its own, its training cut short. Only examine code that you would run."
    )
    file = st.file_uploader("A script (.py)", type=["py"], key="doctor-file")
    given = file.getvalue().decode("utf-8", errors="replace") if file is not None else _EXAMPLE
    text = st.text_area(
        "… or paste one", given, height=320, key=f"doctor-text-{file.file_id if file else 'paste'}"
    )
    if st.button("Examine", type="primary", icon=":material/stethoscope:", key="examine-program"):
        _begin("program", text if "\n" in text else text + "\n")
    _report("program")


def _shapes() -> None:
    left, middle, right = st.columns(3)
    x = left.text_input("Shape of X", "(200, 12, 1)", key="doctor-x")
    y = middle.text_input("Shape of y", "(200, 1)", key="doctor-y")
    loss = right.selectbox("Loss", LOSSES, key="doctor-loss")
    layers = st.text_input(
        "Layers", "LSTM(16, return_sequences=True); LSTM(8); Dense(1)", key="doctor-layers"
    )
    if st.button("Examine", type="primary", icon=":material/stethoscope:", key="examine-shapes"):
        try:
            _begin("shapes", program_of(x, y, layers, loss))
        except ProblemError as problem:
            state.drop("doctor/shapes")  # what was said of other shapes must not stand below
            st.warning(str(problem), icon=":material/edit:")
    _report("shapes")


def program_of(x: str, y: str, layers: str, loss: str) -> str:
    """Write the Keras program that shapes and layers describe, on random numbers.

    >>> "keras.layers.LSTM(4)" in program_of("(9, 3, 1)", "(9, 1)", "LSTM(4)", "mse")
    True

    Raises:
        ProblemError: when a shape or a layer cannot be read.
    """
    inputs, labels = read_shape(x), read_shape(y)
    names = "|".join(LAYERS)
    calls = [re.sub(rf"\b({names})\(", r"keras.layers.\1(", layer.code) for layer in parse_layers(layers)]
    body = "".join(f"    {call},\n" for call in calls)
    return (
        "import keras\nimport numpy as np\n\nrng = np.random.default_rng(0)\n"
        f"x = rng.normal(size={inputs})\n{_labels(labels, loss)}\n\n"
        f"model = keras.Sequential([\n    keras.Input({inputs[1:]}),\n{body}])\n"
        f"model.compile(loss={loss!r}, optimizer='adam')\nmodel.fit(x, y, epochs=1)\n"
    )


def _labels(shape: object, loss: str) -> str:
    if loss in ("sparse_categorical_crossentropy", "binary_crossentropy"):
        return f"y = rng.integers(0, 2, size={shape})"
    return f"y = rng.normal(size={shape})"


def _begin(place: str, text: str) -> None:
    """Start the examination of a program's text."""
    held = state.remember(f"doctor/{place}", None)
    if held is not None and held[0].state not in FINAL:
        held[0].cancel()
    state.store(f"doctor/{place}", start_check(text, owner=state.owner()))


def _report(place: str) -> None:
    held: tuple[jobs.Job, str] | None = state.remember(f"doctor/{place}", None)
    if held is None:
        return
    job, name = held
    if job.state not in FINAL:
        _wait(place)
        return
    if job.state == "cancelled":
        st.info("The examination was cancelled.")
        return
    _show(finish(job, name), place)


@st.fragment(run_every=_POLL)
def _wait(place: str) -> None:
    job: jobs.Job = state.remember(f"doctor/{place}", None)[0]
    if job.state in FINAL:
        st.rerun()
    words = (
        f"place {job.place} in the queue"
        if job.place
        else "the program runs, and what it builds is written down"
    )
    st.caption(f":material/hourglass_empty: {words}")
    st.button("Cancel", icon=":material/stop:", key=f"cancel-{place}", on_click=job.cancel)


def _show(report: Report, place: str) -> None:
    picture = report.picture()
    words, drawn = st.columns([0.45, 0.55], gap="medium") if picture else (st.container(), None)
    with words:
        _say(report, place)
    if picture is not None and drawn is not None:
        with drawn:
            st.html('<span class="lc-stays"></span>')
            marked = next((stage.id for stage in picture.scene.stages if stage.findings), "")
            show_drawn(picture, WIDTHS, f"picture-{place}", marked)


def _say(report: Report, place: str) -> None:
    if report.findings:
        show_findings(report.findings, place)
    else:
        st.success(
            "No finding: the shapes go together, as far as the program ran.", icon=":material/check_circle:"
        )
    if report.keras:
        st.markdown("What Keras itself said")
        st.code(report.keras, language=None, wrap_lines=True)
    for note in report.notes:
        st.caption(note)


def _experiment() -> None:
    prediction = show_diagram()
    if prediction is not None and not prediction.findings:
        st.success(
            "No finding: the experiment is sound, as far as the rules can see.",
            icon=":material/check_circle:",
        )
    elif prediction is not None:
        show_findings(prediction.findings, "experiment")


def _catalogue() -> None:
    """Show the findings of one stage, or those whose title holds what is searched: all at once are a long page."""
    entries = catalogue()
    st.markdown(f"{len(entries)} findings, each with a small program that earns it and the cure.")
    of_stage: dict[str, list[Entry]] = {}
    for entry in entries:
        of_stage.setdefault(stage_in_words(entry.stage), []).append(entry)
    left, right = st.columns(2)
    stage = left.selectbox(
        "Stage",
        list(of_stage),
        format_func=lambda name: f"{name} ({len(of_stage[name])})",
        key="doctor-stage",
    )
    searched = right.text_input("Search in all titles", placeholder="such as: scaled", key="doctor-search")
    wanted = searched.strip().lower()
    found = [entry for entry in entries if wanted in entry.title.lower()] if wanted else of_stage[stage]
    if not found:
        st.caption(f"No title holds “{wanted}”. Try a single word, or choose a stage.")
    for entry in found:
        with st.expander(f"{entry.title} · {stage_in_words(entry.stage)}" if wanted else entry.title):
            st.caption(WORDS[entry.severity])
            broken, cured = st.columns(2)
            broken.markdown("**broken**")
            broken.code(entry.broken, language="python", wrap_lines=True)
            cured.markdown("**cured**")
            cured.code(entry.cured, language="python", wrap_lines=True)
