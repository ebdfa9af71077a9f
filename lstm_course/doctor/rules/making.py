"""Layers that are refused while they are made: what a wrapper wraps, and what a cell is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding
from lstm_course.shapes.findings import Finding


def _stage(case: Case) -> str:
    made = [layer for layer in case.capture.layers if layer.recurrent and layer.inputs]
    return f"recurrent-layer-{len(made) or 1}"


def wrapped_output(case: Case) -> Iterator[Finding]:
    """A wrapper was given the output of a layer instead of the layer."""
    error = case.error
    match = re.search(r"Please initialize `(\w+)` layer with a", error.text if error else "")
    if error is None or match is None:
        return
    wrapper = match[1]
    tensor = "KerasTensor" in error.text
    inner = re.search(rf"{wrapper}\(\s*([\w.]+)\(", error.source)
    name = inner[1].split(".")[-1] if inner else "LSTM"
    yield finding(
        "wrapper-around-output", _stage(case) if wrapper == "Bidirectional" else "head", "error",
        f"{wrapper} wraps the output of a layer instead of the layer",
        f"Line {error.line}: {error.source}\n{wrapper} takes a layer, and was given "
        f"{'a tensor, what the layer returned when it was called' if tensor else 'something else'}.",
        f"Close the bracket of the wrapper before the tensor: {wrapper}({name}(…))(x), not {wrapper}({name}(…)(x)).",
        "units", "wrappers-and-seq2seq",
    )  # fmt: skip


def wrapped_other(case: Case) -> Iterator[Finding]:
    """Bidirectional around a layer that is not recurrent."""
    error = case.error
    made = error.making if error else None
    if error is None or made is None or "Bidirectional" not in error.source:
        return
    if "go_backwards" in error.text or "return_sequences" in error.text:
        yield finding(
            "bidirectional-of-other", _stage(case), "error", "Bidirectional takes recurrent layers only",
            f"Line {error.line}: {error.source}\nBidirectional runs its layer once forwards and once backwards through "
            f"time; {made.core.cls} has no direction.",
            "Wrap an LSTM, GRU or SimpleRNN: Bidirectional(LSTM(units, return_sequences=True)); a Dense layer on each "
            "timestep needs no wrapper.",
            "units", "wrappers-and-seq2seq",
        )  # fmt: skip


def no_cell(case: Case) -> Iterator[Finding]:
    """RNN wants a cell that was made, and a layer stack wants layers, not cells."""
    error = case.error
    if error is None:
        return
    own = re.search(r"should have a `state_size` attribute.*cell=<(\w+) name=", error.text)
    if own:
        yield finding(
            "cell-without-state-size", _stage(case), "error", "The cell does not say how large its state is",
            f"Line {error.line}: {error.source}\nRNN makes the first states of a cell, and asks it for their sizes; "
            f"{own[1]} has no state_size.",
            f"In {own[1]}.__init__: self.state_size = units, the size of the state that its call returns (a list of "
            "sizes for several states).",
            "units", "inside-a-cell",
        )  # fmt: skip
    elif re.search(r"cell` should have a `call` method|state_size", error.text) or (
        "missing 1 required positional argument" in error.text and re.search(r"\bRNN\(", error.source)
    ):
        cell = re.search(r"\bRNN\(\s*(?:cell=)?\[?\s*([\w.]*Cell)\b", error.source)
        name = cell[1] if cell else "LSTMCell"
        yield finding(
            "cell-not-made", _stage(case), "error", "RNN was not given a cell that is ready",
            f"Line {error.line}: {error.source}\nRNN repeats a cell over the timesteps; it needs a cell that was made, "
            f"with its units, not the class {name} itself.",
            f"Make the cell: RNN({name}(32)); or take the layer, {name.split('.')[-1].removesuffix('Cell')}(32), "
            "which does the same.",
            "units", "inside-a-cell",
        )  # fmt: skip
    elif step := re.search(
        r"Layer ((?:LSTM|GRU|SimpleRNN)Cell|StackedRNNCells) has multiple required positional", error.text
    ):
        name = step[1]
        instead = "RNN(cells), which stacks them itself" if name.endswith("s") else f"{name[:-4]}(units)"
        yield finding(
            "cell-instead-of-layer", _stage(case), "error", f"{name} is one step, not a layer",
            f"Line {error.line}: {error.source}\n{name} computes a single timestep from an input and the states "
            "before it; in a stack of layers a layer is needed that runs it over all timesteps.",
            f"Write RNN({name}(…)), or {instead}.", "units", "inside-a-cell",
        )  # fmt: skip
