"""What the player in the browser is given beside the SVG: one unit's numbers over all timesteps, packed small."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lstm_course.drawing.inside.chosen import Chosen
from lstm_course.drawing.inside.clock import network_clock
from lstm_course.drawing.inside.series import Written
from lstm_course.drawing.inside.trace import NetworkTrace

MOST_DATES = 500
"""Timesteps up to which each one's date goes along."""


def whole_data(network: NetworkTrace, dates: tuple[str, ...] = ()) -> dict[str, Any]:
    """Give what the player needs to play through the whole diagram.

    Args:
        network: the trace of the window that is drawn.
        dates: for each timestep of the window the time of its row.
    """
    clock = network_clock(network)
    stage = next(iter(clock), "")
    return {"depth": "whole", "stage": stage, "clock": clock, "dates": _few(dates)}


def player_data(chosen: Chosen, depth: str, series: Mapping[str, Written] | None = None) -> dict[str, Any]:
    """Give what the player needs at one depth: numbers over all timesteps.

    Args:
        chosen: the place inside the network.
        depth: "layer", "cell" or "number".
        series: the numbers; None: every quantity of the chosen unit.

    Returns:
        A dict for JSON, below 60 kB at 1,000 timesteps: `quantities` maps a name to its `decimals` and `packed`
        (little-endian whole numbers in base64, of 16 bits or of `bits`, value · 10^decimals; a state's last entry is
        the one before the first timestep). `timestep` is where to start on the clock of the stage.
    """
    shown = chosen.series if series is None else series
    own = network_clock(chosen.network)[chosen.layer.stage]
    both = depth == "layer" and len(chosen.layer.traces) > 1  # the two readers are seen side by side
    backwards = not both and chosen.trace.order[0] > chosen.trace.order[-1]
    clock = {chosen.layer.stage: {**own, "offset": 0, "reverse": backwards}}
    dates = chosen.origin.dates if chosen.origin is not None and chosen.is_first_layer else ()
    return {
        "depth": depth,
        "stage": chosen.layer.stage,
        "cell": chosen.cell.name,
        "unit": chosen.unit,
        "quantity": chosen.quantity,
        "timestep": chosen.timestep if both else chosen.position,
        "clock": clock,
        "start": own["start"],
        "dates": _few(dates),
        "skipped": [
            k for k, step in enumerate(chosen.trace.steps) if step.skipped is not None and bool(step.skipped)
        ],
        "quantities": {name: values.packed() for name, values in shown.items()},
    }


def _few(dates: tuple[str, ...]) -> list[str]:
    return list(dates) if len(dates) <= MOST_DATES else []
