"""An inside view: what is drawn, what is said of it, and what the player needs."""

from __future__ import annotations

from dataclasses import dataclass, field

import svg

from lstm_course.drawing.elements import LABEL, NOTE, SMALL, TITLE, Drawing, TextStyle
from lstm_course.drawing.inside.chosen import Chosen, time_label
from lstm_course.drawing.inside.style import inside_rules

UPWARDS = {
    "layer": ("whole", "← back to the whole diagram"),
    "cell": ("layer", "← back to the layer, unrolled"),
    "number": ("cell", "← back to the inside of the cell"),
}
"""For each depth the one above it, and what leads there."""
NARROW = 700
"""Width in pixels below which parts stand one below the other."""


@dataclass(frozen=True)
class InsideView:
    """One of the three views inside the whole: a layer, a cell, a number."""

    drawing: Drawing  # what is seen, with the box of every text
    title: str  # what it shows, in one line
    outline: str  # the same in words and numbers, for a screen reader
    data: dict[str, object] = field(default_factory=dict)  # what `player.js` is given, as JSON


def heading(drawing: Drawing, title: str, note: str, depth: str) -> float:
    """Write the way up, title and note, and give the height at which the view goes on."""
    above, text = UPWARDS[depth]
    way = Drawing(LABEL.width(text), 20)
    way.text(0, 14, text, LABEL, "timesteps")
    drawing.place(
        way, 0, 0, hot=True, classes=["lc-way"], data={"depth": above}, label=text.removeprefix("← ")
    )
    y = 42.0
    y = drawing.lines(0, y, TITLE.wrap(title, drawing.width), TITLE)
    y = drawing.lines(0, y, NOTE.wrap(note, drawing.width), NOTE, "muted")
    return y + 2


def clock_line(drawing: Drawing, chosen: Chosen, y: float) -> float:
    """Write the timestep and the date of its row, both kept up to date by the player."""
    drawing.text(0, y + 4, "t =", LABEL, "timesteps", data={"axis": "timesteps"})
    now, all_of_them = str(chosen.timestep), f"of 0 … {chosen.timesteps - 1:,}"
    drawing.text(24, y + 4, now, LABEL, "timesteps", data={"axis": "timesteps", "show-time": 0})
    after = 24 + LABEL.width(str(chosen.timesteps - 1)) + 4
    drawing.text(after, y + 4, all_of_them, SMALL, "muted")
    date = chosen.origin.dates[chosen.timestep] if chosen.origin and chosen.is_first_layer else ""
    if date:
        place = after + SMALL.width(all_of_them) + 12
        drawing.text(place, y + 4, date, SMALL, "muted", data={"show-date": ""})
    return y + 16


def mask_note(drawing: Drawing, chosen: Chosen, y: float) -> float:
    """Say that a masked timestep changes nothing; seen at such timesteps alone."""
    if chosen.trace.mask is None or chosen.trace.mask.all():
        return y
    states = " and ".join(reversed(chosen.cell.states))
    text = f"masked, so nothing here counts: {states} {'stay' if len(chosen.cell.states) > 1 else 'stays'} as before"
    note = Drawing(drawing.width)
    note.text(0, 12, SMALL.shorten(text, drawing.width), SMALL, "warn")
    drawing.place(note, 0, y, classes=["lc-when-skipped"])
    return y + 22


def unit_chips(drawing: Drawing, chosen: Chosen, y: float, depth: str) -> float:
    """Draw the units to choose from, as many as one line holds around the chosen one."""
    drawing.text(0, y + 14, "unit", LABEL, "units", data={"axis": "units"})
    size = max(26.0, LABEL.width(str(chosen.units - 1)) + 12)
    room = min(chosen.units, int((min(drawing.width, 560) - 44) // (size + 4)))
    first = max(0, min(chosen.unit - room // 2, chosen.units - room))
    for k in range(room):
        unit = first + k
        chip = Drawing(size, 22)
        is_chosen = unit == chosen.unit
        chip.rect(
            0,
            0,
            size,
            22,
            fill="raised",
            stroke="units" if is_chosen else "line",
            radius=6,
            thick=2 if is_chosen else 1,
        )
        chip.text(size / 2, 15, str(unit), LABEL, "units" if is_chosen else "ink", anchor="middle")
        drawing.place(
            chip, 40 + k * (size + 4), y, hot=True, label=f"unit {unit}", data={"unit": unit, "depth": depth}
        )
    return y + 32


def fitting(style: TextStyle, width: float, *texts: str) -> str:
    """Give the first text that fits whole; the last one is cut where none does."""
    return next((text for text in texts if style.width(text) <= width), style.shorten(texts[-1], width))


def where(chosen: Chosen) -> str:
    """Say where the number belongs: "unit 2 at t = 7"."""
    reader = f" of the {chosen.reader}" if chosen.reader else ""
    return f"unit {chosen.unit}{reader} at {time_label(chosen.timestep)}"


def wrap_stage(content: Drawing, chosen: Chosen, title: str, with_reader: bool = True) -> Drawing:
    """Put a view into its stage's group, so that choices know where they were made."""
    outer = Drawing(content.width, content.height)
    data: dict[str, object] = {"stage": chosen.layer.stage, "unit": chosen.unit}
    if chosen.reader and with_reader:
        data["direction"] = "backward" if chosen.direction else "forward"
    outer.elements.append(svg.Style(text=inside_rules()))
    skipped = chosen.step.skipped is not None and bool(chosen.step.skipped)
    outer.place(
        content,
        0,
        0,
        classes=[
            "lc-stage",
            "lc-inside",
            *(["lc-reset"] if not chosen.position else []),
            *(["lc-skipped"] if skipped else []),
        ],
        data=data,
        role="group",
        label=title,
    )
    return outer
