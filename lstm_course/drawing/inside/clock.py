"""When each recurrent layer works: which of them step together, and which wait for the one below."""

from __future__ import annotations

from typing import Any

from lstm_course.drawing.inside.trace import LayerTrace, NetworkTrace
from lstm_course.layers import Bidirectional, recurrent_of

STARTS = {
    "zeros": "the state starts at 0: nothing is known of earlier rows",
    "handed": "the state starts where the layer below handed it over",
    "carried": "the state is carried on from the batch before",
    "first": "the first batch starts at 0; the next one goes on where it ends",
}
"""What is said of the state before the first timestep."""


def network_clock(network: NetworkTrace) -> dict[str, dict[str, Any]]:
    """Give each recurrent stage its place on one clock.

    A layer steps together with the one below when that hands up every timestep as it goes; it waits for its end when
    only the last step leaves, or when one of the two reads from the end.

    Returns:
        For each stage: offset (first tick), timesteps, reverse (reads from the end), readers (2 with Bidirectional),
        title, start (in words).
    """
    clock: dict[str, dict[str, Any]] = {}
    end, previous = 0, None
    for layer in network.recurrent:
        timesteps = len(layer.traces[0].order)
        together = previous is not None and _steps_together(previous, layer, network)
        offset = clock[previous.stage]["offset"] if previous is not None and together else end
        clock[layer.stage] = {
            "offset": offset,
            "timesteps": timesteps,
            "reverse": len(layer.traces) == 1 and layer.traces[0].order[0] > layer.traces[0].order[-1],
            "readers": len(layer.traces),
            "title": layer.stage.replace("recurrent-", "").replace("-", " "),
            "start": STARTS[start_kind(layer)],
        }
        end, previous = offset + timesteps, layer
    return clock


def start_kind(layer: LayerTrace) -> str:
    """Say where the state before the first timestep comes from: a key of `STARTS`."""
    recurrent = recurrent_of(layer.shape.layer)
    if recurrent is not None and recurrent.initial_state is not None:
        return "handed"
    if recurrent is None or not recurrent.stateful:
        return "zeros"
    return (
        "carried" if any(state.any() for trace in layer.traces for state in trace.initial_states) else "first"
    )


def _steps_together(below: LayerTrace, above: LayerTrace, network: NetworkTrace) -> bool:
    between = network.layers[below.shape.position + 1 : above.shape.position]
    readers = [recurrent_of(layer.shape.layer) for layer in (below, above)]
    forwards = all(reader is not None and reader.return_sequences for reader in readers[:1]) and not any(
        reader is not None and reader.go_backwards for reader in readers
    )
    two_ways = any(isinstance(layer.shape.layer, Bidirectional) for layer in (below, above))
    same = all(layer.shape.keras_name in ("Dropout", "TimeDistributed", "Dense") for layer in between)
    return forwards and not two_ways and same
