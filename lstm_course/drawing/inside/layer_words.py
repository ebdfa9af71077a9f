"""The layer view in words: its title, what leaves, its notes, its outline for a screen reader."""

from __future__ import annotations

from lstm_course.drawing.inside.chosen import Chosen
from lstm_course.drawing.inside.clock import STARTS, start_kind
from lstm_course.drawing.inside.field import Field, short
from lstm_course.drawing.stages.picture import counted
from lstm_course.layers import Recurrent


def layer_name(chosen: Chosen) -> str:
    """Name the layer: "LSTM of 4 units"."""
    both = "Bidirectional " if len(chosen.layer.traces) > 1 else ""
    return f"{both}{chosen.cell.name} of {chosen.units} units"


def leaving_sentence(chosen: Chosen, layer: Recurrent) -> str:
    """Say what leaves the layer upwards."""
    output = chosen.layer.shape.output
    shape = " × ".join(f"{size} {axis}" for size, axis in zip(output.shape[1:], output.axes[1:], strict=True))
    if layer.return_sequences:
        return f"return_sequences=True: h of every timestep leaves upwards, {shape} for each sample."
    last = "of the last step of each reader" if len(chosen.layer.traces) > 1 else "of the last step"
    return f"return_sequences=False: only h {last} leaves upwards, {shape} for each sample."


def layer_notes(chosen: Chosen, fields: list[Field], layer: Recurrent) -> list[str]:
    """Say what the fields do not show by themselves."""
    shown = fields[0]
    notes = [
        "Point at a value, or walk over it with the arrow keys, to read it; choose one to look inside its cell."
    ]
    if len(shown.rows) < chosen.units:
        notes.append(
            f"{len(shown.rows)} of {chosen.units} units are shown: those whose h changes most over this window."
        )
    if shown.per > 1:
        notes.append(
            f"{chosen.timesteps:,} timesteps are folded: each column is the mean of {shown.per} of them."
        )
    features = fields[-1]
    if len(features.rows) < chosen.trace.weights.features:
        notes.append(f"{len(features.rows)} of {chosen.trace.weights.features:,} features of x are shown.")
    if layer.go_backwards:
        notes.append("go_backwards: the last timestep is read first; the outputs come in that order too.")
    if chosen.layer.mask is not None and not chosen.layer.mask.all():
        skipped = int((~chosen.layer.mask).sum())
        states = " and ".join(chosen.cell.states)
        carried = f"{states} {'are' if len(chosen.cell.states) > 1 else 'is'} carried along unchanged"
        notes.append(f"The mask skips {counted(skipped, 'timesteps')} (dashed): there {carried}.")
    notes.append(STARTS[start_kind(chosen.layer)].capitalize() + ".")
    return notes


def layer_outline(chosen: Chosen, layer: Recurrent) -> str:
    """Say the layer in words and numbers, for a screen reader."""
    lines = [f"{layer_name(chosen)}, over {chosen.timesteps} timesteps.", leaving_sentence(chosen, layer)]
    for direction, trace in enumerate(chosen.layer.traces):
        reader = ("Forward reader: ", "Backward reader: ")[direction] if len(chosen.layer.traces) > 1 else ""
        for state in chosen.cell.states:
            values = trace.quantity(state)[:, chosen.unit]
            ends = f"{short(values[0])} after the first step, {short(values[-1])} after the last"
            lines.append(f"{reader}{state} of unit {chosen.unit}: {ends}, from {short(values.min())} "
                         f"to {short(values.max())} in between.")  # fmt: skip
    return "\n".join([*lines, STARTS[start_kind(chosen.layer)].capitalize() + "."])
