"""Misconceptions about layers: what leaves them, and how many parameters they hold."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from lstm_course.course.misconceptions.case import Case, Given, Misconception
from lstm_course.layers import GRU, Bidirectional, Dense, RepeatVector, Reshape
from lstm_course.shapes.tensor import TIMESTEPS, UNITS
from lstm_course.shapes.weights import NUM_GATES

SHAPE = ("shape",)
PARAMETERS = ("parameters",)
KERNEL = ("weight-kernel",)
RECURRENT = ("weight-recurrent_kernel",)
BIAS = ("weight-bias",)


def _is_recurrent(case: Case) -> bool:
    return case.quantity.stage.startswith("recurrent-layer") and case.recurrent is not None


def _sequences_thought_off(case: Case) -> Given | None:
    recurrent = case.recurrent
    if not _is_recurrent(case) or recurrent is None or not recurrent.return_sequences:
        return None
    return case.without_axis(TIMESTEPS) if case.tensor.rank == 3 else None


def _sequences_thought_on(case: Case) -> Given | None:
    layer, recurrent = case.layer, case.recurrent
    if not _is_recurrent(case) or layer is None or recurrent is None or recurrent.return_sequences:
        return None
    return (case.tensor.shape[0], layer.input.shape[1], case.tensor.last)


def _time_axis_kept(case: Case) -> Given | None:
    recurrent = case.recurrent
    if not _is_recurrent(case) or recurrent is None or recurrent.return_sequences:
        return None
    return (case.tensor.shape[0], 1, case.tensor.last)


def _unit_axis_lost(case: Case) -> Given | None:
    return case.tensor.shape[:1] if _is_recurrent(case) and case.tensor.rank == 2 else None


def _gates_leave(case: Case) -> Given | None:
    gates = NUM_GATES[case.recurrent.keras_name] if case.recurrent else 1
    return case.with_axis(UNITS, case.tensor.last * gates) if _is_recurrent(case) and gates > 1 else None


def _both_states_leave(case: Case) -> Given | None:
    if not _is_recurrent(case) or case.recurrent is None or case.recurrent.num_states != 2:
        return None
    return case.with_axis(UNITS, case.tensor.last * 2)


def _directions_not_joined(case: Case) -> Given | None:
    layer = case.layer.layer if case.layer else None
    if not isinstance(layer, Bidirectional) or layer.merge_mode != "concat":
        return None
    return case.with_axis(UNITS, layer.layer.units)


def _directions_joined(case: Case) -> Given | None:
    layer = case.layer.layer if case.layer else None
    if not isinstance(layer, Bidirectional) or layer.merge_mode == "concat":
        return None
    return case.with_axis(UNITS, 2 * layer.layer.units)


def _directions_double_time(case: Case) -> Given | None:
    layer = case.layer
    if layer is None or not isinstance(layer.layer, Bidirectional) or case.tensor.rank != 3:
        return None
    return (case.tensor.shape[0], 2 * case.tensor.shape[1], layer.layer.layer.units)


def _dense_flattens(case: Case) -> Given | None:
    layer = case.layer
    if layer is None or not isinstance(layer.layer, Dense) or case.tensor.rank != 3:
        return None
    return (case.tensor.shape[0], layer.layer.units)


def _dense_adds_axis(case: Case) -> Given | None:
    layer = case.layer
    return (*layer.input.shape, layer.layer.units) if layer and isinstance(layer.layer, Dense) else None


def _passes_through(case: Case) -> Given | None:
    layer = case.layer
    return layer.input.shape if layer and layer.input.shape != layer.output.shape else None


def _repeat_widens(case: Case) -> Given | None:
    layer = case.layer
    if layer is None or not isinstance(layer.layer, RepeatVector):
        return None
    return (case.tensor.shape[0], layer.layer.n * layer.input.last)


def _repeat_behind(case: Case) -> Given | None:
    layer = case.layer
    if layer is None or not isinstance(layer.layer, RepeatVector):
        return None
    return (case.tensor.shape[0], layer.input.last, layer.layer.n)


def _flatten_takes_batch(case: Case) -> Given | None:
    layer = case.layer
    return (prod(layer.input.shape),) if layer and layer.keras_name == "Flatten" else None


def _reshape_is_all(case: Case) -> Given | None:
    layer = case.layer
    return layer.layer.target_shape if layer and isinstance(layer.layer, Reshape) else None


def _sum(case: Case, parts: Callable[[int, int, int, int], int]) -> Given | None:
    """Compute a count of parameters from gates, units, features and rows of the bias."""
    layer, recurrent = case.layer, case.recurrent
    if layer is None or recurrent is None or not _is_recurrent(case):
        return None
    num_biases = int(recurrent.use_bias) * (2 if isinstance(recurrent, GRU) and recurrent.reset_after else 1)
    directions = 2 if isinstance(layer.layer, Bidirectional) else 1
    return directions * parts(NUM_GATES[recurrent.keras_name], recurrent.units, layer.input.last, num_biases)


def _full(gates: int, units: int, features: int, biases: int) -> int:
    return gates * units * (features + units + biases)


def _count(parts: Callable[[int, int, int, int], int]) -> Callable[[Case], Given | None]:
    return lambda case: _sum(case, parts)


def _times_timesteps(case: Case) -> Given | None:
    return case.number * case.layer.input.shape[1] if case.layer and _is_recurrent(case) else None


def _times_batch(case: Case) -> Given | None:
    return case.number * case.prediction.label.shape[0] if _is_recurrent(case) else None


def _all_inputs_as_features(case: Case) -> Given | None:
    layer = case.layer
    if layer is None or layer.input.rank != 3:
        return None
    timesteps = layer.input.shape[1]
    return _sum(case, lambda g, u, f, b: _full(g, u, f * timesteps, b))


def _with_head(case: Case) -> Given | None:
    return case.prediction.parameters if case.prediction.output else None


def _other_cell(kind: str) -> Callable[[Case], Given | None]:
    def answer(case: Case) -> Given | None:
        if case.recurrent is None or case.recurrent.keras_name == kind:
            return None
        return _sum(case, lambda g, u, f, b: _full(NUM_GATES[kind], u, f, min(b, 1)))

    return answer


def _one_gru_bias(case: Case) -> Given | None:
    if not isinstance(case.recurrent, GRU) or not case.recurrent.reset_after:
        return None
    return _sum(case, lambda g, u, f, b: _full(g, u, f, min(b, 1)))


def _two_gru_biases(case: Case) -> Given | None:
    if not isinstance(case.recurrent, GRU) or case.recurrent.reset_after:
        return None
    return _sum(case, lambda g, u, f, b: _full(g, u, f, 2 * b))


def _one_direction(case: Case) -> Given | None:
    layer = case.layer
    return case.number // 2 if layer and isinstance(layer.layer, Bidirectional) else None


def _dense_bias_forgotten(case: Case) -> Given | None:
    layer = case.layer
    return layer.input.last * layer.layer.units if layer and isinstance(layer.layer, Dense) else None


def _per_gate(case: Case) -> Given | None:
    gates = NUM_GATES[case.recurrent.keras_name] if case.recurrent else 1
    return (*case.tensor.shape[:-1], case.tensor.last // gates) if gates > 1 else None


def _transposed(case: Case) -> Given | None:
    return case.tensor.shape[::-1] if case.tensor.rank == 2 else None


def _kernel_on_state(case: Case) -> Given | None:
    return (case.recurrent.units, case.tensor.last) if case.recurrent else None


def _kernel_on_window(case: Case) -> Given | None:
    layer = case.layer
    return (
        (layer.input.shape[1] * layer.input.last, case.tensor.last)
        if layer and layer.input.rank == 3
        else None
    )


def _kernel_on_timesteps(case: Case) -> Given | None:
    return (case.layer.input.shape[1], case.tensor.last) if case.layer else None


def _state_on_features(case: Case) -> Given | None:
    return (case.layer.input.last, case.tensor.last) if case.layer else None


def _single_bias(case: Case) -> Given | None:
    return case.tensor.shape[1:] if case.tensor.rank == 2 else None


def _bias_pair(case: Case) -> Given | None:
    return (2, *case.tensor.shape) if case.tensor.rank == 1 else None


LAYER_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "return-sequences-overlooked", "a recurrent layer gives one vector", SHAPE, _sequences_thought_off,
        "With return_sequences=True the output of every timestep leaves the layer, not only the last: {right}.",
    ),
    Misconception(
        "return-sequences-assumed", "a recurrent layer gives an output for every timestep", SHAPE,
        _sequences_thought_on,
        "return_sequences is False, its default: only the output of the last timestep leaves the layer, "
        "and the timesteps axis is gone: {right}.",
    ),
    Misconception(
        "time-axis-of-one", "the last output keeps a timesteps axis of size 1", SHAPE, _time_axis_kept,
        "The last output is one vector a sample; the timesteps axis is gone, not of size 1: {right}.",
    ),
    Misconception(
        "one-number-per-sample", "a recurrent layer gives one number", SHAPE, _unit_axis_lost,
        "Each sample leaves the layer as a vector with one number for each unit; the head makes the "
        "forecast of it: {right}.",
    ),
    Misconception(
        "gates-leave-the-layer", "every gate leaves the layer", SHAPE, _gates_leave,
        "The gates stand side by side only inside the kernels. What leaves the layer is h, one number for "
        "each unit: {right}.",
    ),
    Misconception(
        "both-states-leave", "h and c leave the layer together", SHAPE, _both_states_leave,
        "c stays inside an LSTM. Only h leaves upwards: {right}.",
    ),
    Misconception(
        "directions-not-joined", "two directions share the units", SHAPE, _directions_not_joined,
        "Each direction has units of its own, and merge_mode='concat' puts them side by side: {right}.",
    ),
    Misconception(
        "directions-always-joined", "two directions always double the units", SHAPE, _directions_joined,
        "Only merge_mode='concat' puts the directions side by side; this one makes a single vector of the "
        "two: {right}.",
    ),
    Misconception(
        "directions-double-time", "two directions double the timesteps", SHAPE, _directions_double_time,
        "Both directions read the same timesteps; their outputs meet at each of them: {right}.",
    ),
    Misconception(
        "dense-flattens", "Dense needs one vector and flattens what comes in", SHAPE, _dense_flattens,
        "Dense works on the last axis only and leaves the others alone, so the timesteps stay: {right}.",
    ),
    Misconception(
        "dense-adds-an-axis", "Dense adds an axis of its units", SHAPE, _dense_adds_axis,
        "Dense replaces the last axis by its units; it adds none: {right}.",
    ),
    Misconception(
        "layer-changes-nothing", "the shape goes through unchanged", SHAPE, _passes_through,
        "That is what enters. What leaves is {right}.",
    ),
    Misconception(
        "repeat-widens", "RepeatVector puts the copies side by side", SHAPE, _repeat_widens,
        "The copies lie behind one another on a new timesteps axis: {right}.",
    ),
    Misconception(
        "repeat-behind", "RepeatVector adds its axis at the end", SHAPE, _repeat_behind,
        "The new axis is the timesteps axis, between batch and units: {right}.",
    ),
    Misconception(
        "flatten-takes-the-batch", "Flatten joins all axes", SHAPE, _flatten_takes_batch,
        "The batch axis is never touched: each sample is flattened for itself, {right}.",
    ),
    Misconception(
        "reshape-without-batch", "Reshape is told the whole shape", SHAPE, _reshape_is_all,
        "Reshape is told the shape of one sample; the batch axis stays in front: {right}.",
    ),
    Misconception(
        "one-gate-only", "a cell has one set of weights", PARAMETERS, _count(lambda g, u, f, b: _full(1, u, f, b)),
        "That is one gate. This cell has {num_gates} such blocks: {parameter_formula}.",
    ),
    Misconception(
        "bias-forgotten", "weights are all there is", PARAMETERS, _count(lambda g, u, f, b: _full(g, u, f, 0)),
        "The bias is missing: {parameter_formula}.",
    ),
    Misconception(
        "recurrent-kernel-forgotten", "a cell reads only its input", PARAMETERS,
        _count(lambda g, u, f, b: g * u * (f + b)),
        "The weights on the layer's own last output are missing, units × units for each gate; they make "
        "the layer recurrent: {parameter_formula}.",
    ),
    Misconception(
        "one-bias-for-all", "each gate has a single bias", PARAMETERS, _count(lambda g, u, f, b: g * (u * (f + u) + 1)),
        "A gate has one bias for each unit, not one in all: {parameter_formula}.",
    ),
    Misconception(
        "weights-per-timestep", "every timestep has weights of its own", PARAMETERS, _times_timesteps,
        "The same weights serve every timestep, so the count does not depend on how many there are: "
        "{parameter_formula}.",
    ),
    Misconception(
        "weights-per-sample", "every sample has weights of its own", PARAMETERS, _times_batch,
        "The same weights serve every sample of the batch: {parameter_formula}.",
    ),
    Misconception(
        "window-as-features", "the kernel covers the whole window", PARAMETERS, _all_inputs_as_features,
        "The kernel covers one timestep; the window is read one timestep after the other: {parameter_formula}.",
    ),
    Misconception(
        "gru-has-one-bias", "a GRU has one bias", PARAMETERS, _one_gru_bias,
        "With reset_after=True, the default, a GRU has two biases, one for the input and one for the "
        "state: {parameter_formula}.",
    ),
    Misconception(
        "gru-always-two-biases", "a GRU always has two biases", PARAMETERS, _two_gru_biases,
        "With reset_after=False the GRU has a single bias: {parameter_formula}.",
    ),
    Misconception(
        "kernel-forgotten", "a cell reads only its state", PARAMETERS, _count(lambda g, u, f, b: g * u * (u + b)),
        "The weights on the input are missing: {parameter_formula}.",
    ),
    Misconception(
        "lstm-count", "every gated cell has four blocks", PARAMETERS, _other_cell("LSTM"),
        "That is the count for an LSTM with its four blocks. This cell has {num_gates}: {parameter_formula}.",
    ),
    Misconception(
        "gru-count", "a gated cell has three blocks", PARAMETERS, _other_cell("GRU"),
        "That is the count for three blocks, as in a GRU. This cell has {num_gates}: {parameter_formula}.",
    ),
    Misconception(
        "one-direction-only", "two directions share their weights", PARAMETERS, _one_direction,
        "The two directions are two layers with weights of their own, so twice that many: {right}.",
    ),
    Misconception(
        "dense-bias-forgotten", "a Dense layer is only its kernel", PARAMETERS, _dense_bias_forgotten,
        "Each unit of the Dense layer has a bias too: {right}.",
    ),
    Misconception(
        "head-included", "the head belongs to the layer", PARAMETERS, _with_head,
        "That is the whole network. This stage alone has {right}.",
    ),
    Misconception(
        "kernel-of-one-gate", "each gate has a kernel of its own", (*KERNEL, *RECURRENT, *BIAS), _per_gate,
        "That is the part of one gate. Keras keeps the {num_gates} blocks side by side in one array: {right}.",
    ),
    Misconception(
        "weights-transposed", "weights are (out, in)", (*KERNEL, *RECURRENT), _transposed,
        "Keras multiplies x · W, so what comes in is on the first axis: {right}. (out, in) is PyTorch's order.",
    ),
    Misconception(
        "kernel-reads-the-state", "the kernel reads the state", KERNEL, _kernel_on_state,
        "That is the recurrent_kernel, which reads h. The kernel reads the features of one timestep: {right}.",
    ),
    Misconception(
        "kernel-reads-the-window", "the kernel reads the whole window", KERNEL, _kernel_on_window,
        "The kernel reads one timestep at a time, so its first axis is the number of features: {right}.",
    ),
    Misconception(
        "kernel-reads-timesteps", "the kernel has a row for each timestep", KERNEL, _kernel_on_timesteps,
        "The kernel has a row for each feature, not for each of the {timesteps} timesteps: {right}.",
    ),
    Misconception(
        "recurrent-kernel-reads-features", "the recurrent kernel reads the input", RECURRENT, _state_on_features,
        "The recurrent kernel reads h, which has as many numbers as there are units: {right}.",
    ),
    Misconception(
        "gru-bias-flat", "a GRU's bias is one row", BIAS, _single_bias,
        "With reset_after=True there are two rows, one for the input and one for the state: {right}.",
    ),
    Misconception(
        "bias-in-two-rows", "every bias has two rows", BIAS, _bias_pair,
        "Two rows are for a GRU with reset_after=True only. Here it is one: {right}.",
    ),
)  # fmt: skip
