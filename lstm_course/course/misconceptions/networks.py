"""Misconceptions about the parameters of stacked layers and whole networks, and about what comes out of heads."""

from __future__ import annotations

from lstm_course.course.misconceptions.case import Case, Given, Misconception
from lstm_course.layers import GRU
from lstm_course.shapes.weights import NUM_GATES

PARAMETERS = ("parameters",)
ALL = ("all-parameters",)
BUDGET = ("gru-units-of-a-budget",)
WIDE = ("numbers-of-a-label",)
COUNTING = ("counting-arguments",)


def _reads_the_table(case: Case) -> Given | None:
    recurrent = case.recurrent
    if recurrent is None or case.quantity.stage in ("", "recurrent-layer-1"):
        return None
    has_two = isinstance(recurrent, GRU) and recurrent.reset_after
    biases = int(recurrent.use_bias) * (2 if has_two else 1)
    features = len(case.prediction.facts.features)
    return NUM_GATES[recurrent.keras_name] * recurrent.units * (features + recurrent.units + biases)


def _same_as_below(case: Case) -> Given | None:
    below = case.prediction.stage("recurrent-layer-1")
    return below.parameters if below and case.quantity.stage == "recurrent-layer-2" else None


def _of_stage(case: Case, stage_id: str) -> int:
    stage = case.prediction.stage(stage_id)
    return stage.parameters if stage else 0


def _times_samples(case: Case) -> Given:
    return case.number * case.samples


def _units(case: Case) -> int:
    return case.prediction.exp.recurrent_layers[0].units


def _reset_after_overlooked(case: Case) -> Given | None:
    return case.number - 1 if isinstance(case.prediction.exp.recurrent_layers[0], GRU) else None


NETWORK_MISCONCEPTIONS: tuple[Misconception, ...] = (
    Misconception(
        "upper-layer-reads-the-table", "every layer reads the table's columns", PARAMETERS, _reads_the_table,
        "{given} takes what the table brings, {features_text}, for what comes in. This layer reads what the layer "
        "below hands on: {parameter_formula}.",
    ),
    Misconception(
        "upper-layer-like-the-lower", "stacked layers are equally large", PARAMETERS, _same_as_below,
        "{given} are the parameters of the layer below. This one has units and inputs of its own: {parameter_formula}.",
    ),
    Misconception(
        "head-left-out", "the head has no weights", ALL, lambda case: case.number - _of_stage(case, "head"),
        "{given} leaves out the head, which is trained as well, with {head_parameters} parameters: {right}.",
    ),
    Misconception(
        "head-alone", "only the head is trained", ALL, lambda case: _of_stage(case, "head"),
        "{given} are the head's. The layers below are trained together with it: {right}.",
    ),
    Misconception(
        "bias-of-the-head-left-out", "the head is only its kernel", ALL,
        lambda case: case.number - (case.prediction.output.last if case.prediction.output else 0),
        "The biases of the head are missing: one for each number that it gives. {right}.",
    ),
    Misconception(
        "parameters-for-each-sample", "each sample has weights of its own", ALL, _times_samples,
        "All samples go through the same weights: {right}.",
    ),
    Misconception(
        "equal-units-equal-budget", "equal units are equal parameters", BUDGET, _units,
        "With {given} units a GRU is well below the budget, because it has three blocks instead of four. There is "
        "room for more: {right}.",
    ),
    Misconception(
        "budget-in-proportion", "parameters grow in proportion to the units", BUDGET,
        lambda case: 4 * _units(case) // 3,
        "{given} is four thirds of {units}. But parameters grow nearly with the square of the units, so that the "
        "budget is used up earlier: {right}.",
    ),
    Misconception(
        "budget-passed", "the nearest count counts", BUDGET, lambda case: case.number + 1,
        "With {given} units the GRU has more parameters than the LSTM. At most {right}.",
    ),
    Misconception(
        "budget-not-used-up", "one unit less is safer", BUDGET, lambda case: case.number - 1,
        "One more still stays within the number: {right}.",
    ),
    Misconception(
        "targets-forgotten", "steps are all there is to say", WIDE, lambda case: case.prediction.exp.horizon,
        "{given} is the number of steps. At each of them two columns are forecast: {right}.",
    ),
    Misconception(
        "steps-forgotten", "columns are all there is to say", WIDE, lambda case: 2,
        "Two columns, but at each of {horizon} steps: {right}. The Dense below the Reshape makes them all.",
    ),
    Misconception(
        "steps-plus-targets", "the two sizes add up", WIDE, lambda case: case.prediction.exp.horizon + 2,
        "The two are multiplied: each of the {horizon} steps has two numbers. {right}.",
    ),
    Misconception(
        "window-for-horizon", "the output is as long as the window", WIDE,
        lambda case: 2 * case.prediction.exp.timesteps,
        "{timesteps} is the length of the window. Forecast are {horizon} steps of two columns: {right}.",
    ),
    Misconception(
        "only-units-count", "only the units make weights", COUNTING, lambda case: 1,
        "units is not the only one: use_bias takes an array of weights away. {right}.",
    ),
    Misconception(
        "reset-after-overlooked", "a GRU has one bias", COUNTING, _reset_after_overlooked,
        "One is missing: with reset_after=True a GRU has a second bias, so this switch counts too. {right}.",
    ),
    Misconception(
        "one-argument-too-many", "a switch makes weights", COUNTING, lambda case: case.number + 1,
        "One too many. Initializers, dropout and what leaves the layer add no weight. {right}.",
    ),
)  # fmt: skip
