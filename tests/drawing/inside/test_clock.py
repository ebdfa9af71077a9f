from __future__ import annotations

from lstm_course.drawing.inside.clock import network_clock
from lstm_course.drawing.inside.player_data import whole_data
from lstm_course.layers import GRU, LSTM, Bidirectional, RepeatVector


def _offsets(chosen) -> dict[str, tuple[int, int, bool]]:  # type: ignore[no-untyped-def]
    clock = network_clock(chosen.network)
    return {stage: (at["offset"], at["timesteps"], at["reverse"]) for stage, at in clock.items()}


def test_stacked_layers_step_together(chosen_in) -> None:
    chosen = chosen_in(LSTM(4, return_sequences=True), GRU(3), timesteps=6)
    assert _offsets(chosen) == {"recurrent-layer-1": (0, 6, False), "recurrent-layer-2": (0, 6, False)}


def test_a_decoder_waits_for_its_encoder(chosen_in) -> None:
    chosen = chosen_in(
        LSTM(4), RepeatVector(3), LSTM(4, return_sequences=True), timesteps=6, exp={"horizon": 3}
    )
    assert _offsets(chosen) == {"recurrent-layer-1": (0, 6, False), "recurrent-layer-2": (6, 3, False)}


def test_a_layer_above_two_readers_waits_for_both(chosen_in) -> None:
    chosen = chosen_in(Bidirectional(LSTM(4, return_sequences=True)), LSTM(3), timesteps=6)
    assert _offsets(chosen)["recurrent-layer-2"] == (6, 6, False)


def test_a_backward_layer_runs_backwards(chosen_in) -> None:
    assert _offsets(chosen_in(GRU(2, go_backwards=True), timesteps=6)) == {"recurrent-layer-1": (0, 6, True)}


def test_the_start_of_the_state_is_said(chosen_in) -> None:
    handed = chosen_in(
        LSTM(4, return_state=True),
        RepeatVector(3),
        LSTM(4, return_sequences=True, initial_state=0),
        exp={"horizon": 3},
    )
    starts = [at["start"] for at in whole_data(handed.network)["clock"].values()]
    assert [start.split(":")[0] for start in starts] == [
        "the state starts at 0", "the state starts where the layer below handed it over",
    ]  # fmt: skip
