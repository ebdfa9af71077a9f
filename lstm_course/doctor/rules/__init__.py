"""From what was seen to findings: pure rules, the deepest cause first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lstm_course.doctor.rules import (
    activations,
    after_training,
    batching,
    between,
    building,
    datasets,
    declared,
    directions,
    fallback,
    frames,
    handing,
    heads,
    inputs,
    learning,
    losses,
    making,
    masks,
    mixing,
    operations,
    order,
    padding,
    plain_python,
    prediction,
    ragged,
    raised,
    refused_by_scalers,
    requests,
    resets,
    reshaped,
    saving,
    scaling,
    several,
    softmaxes,
    states,
    tokens,
    told,
    units,
    versions,
    windowing,
)
from lstm_course.doctor.rules.context import Case, finding
from lstm_course.doctor.seen import Capture
from lstm_course.shapes.findings import SEVERITIES, Finding


@dataclass(frozen=True)
class Rule:
    """One thing to look for."""

    family: str  # family of mistakes that it belongs to
    look: Callable[[Case], Iterator[Finding]]  # gives findings; its docstring says what it looks at

    @property
    def sentence(self) -> str:
        """What it looks at."""
        return (self.look.__doc__ or "").strip()


RULES: tuple[Rule, ...] = (
    Rule("Keras 2 and 3", versions.gone_arguments),
    Rule("Keras 2 and 3", resets.old_reset),
    Rule("Keras 2 and 3", versions.gone_names),
    Rule("units", units.impossible_units),
    Rule("between layers", making.wrapped_output),
    Rule("between layers", making.wrapped_other),
    Rule("states", making.no_cell),
    Rule("labels and head", raised.class_numbers),
    Rule("labels and head", raised.no_gradient),
    Rule("between layers", raised.not_connected),
    Rule("names and arguments", requests.unknown_names),
    Rule("names and arguments", requests.merge_mode),
    Rule("names and arguments", building.same_name_twice),
    Rule("states", building.states_of_other_batch),
    Rule("labels and head", building.variables_of_another_model),
    Rule("names and arguments", requests.missing_argument),
    Rule("between layers", building.not_a_layer),
    Rule("between layers", building.symbolic),
    Rule("input shape", building.not_built),
    Rule("scaling", refused_by_scalers.not_a_table),
    Rule("scaling", refused_by_scalers.windows_in_a_table),
    Rule("scaling", refused_by_scalers.not_fitted),
    Rule("scaling", refused_by_scalers.other_columns),
    Rule("labels and head", building.numpy_in_the_graph),
    Rule("units", units.share_dropped),
    Rule("data sets", datasets.windows_of_datasets),
    Rule("data sets", datasets.unequal_elements),
    Rule("data sets", datasets.one_shape_for_all),
    Rule("data sets", datasets.single_samples),
    Rule("data sets", datasets.pairs_shuffled_apart),
    Rule("what fit is handed", handing.of_generators),
    Rule("what fit is handed", handing.same_batch_again),
    Rule("what fit is handed", handing.shares_held_back),
    Rule("what fit is handed", handing.labels_beside_a_dataset),
    Rule("what fit is handed", datasets.batch_too_many),
    Rule("what fit is handed", handing.weights_of_classes),
    Rule("what fit is handed", handing.inputs_of_different_lengths),
    Rule("what fit is handed", handing.counts_of_fit),
    Rule("what fit is handed", handing.callbacks_of_fit),
    Rule("what fit is handed", handing.validation_without_labels),
    Rule("what fit is handed", handing.length_of_a_sequence),
    Rule("what fit gives back", after_training.what_came_back),
    Rule("scaling", scaling.inverse_refused),
    Rule("prediction", after_training.predictions_that_do_not_fit),
    Rule("rows and columns", plain_python.gone_elsewhere),
    Rule("rows and columns", plain_python.table_indexed_as_array),
    Rule("rows and columns", plain_python.dates_among_numbers),
    Rule("rows and columns", plain_python.of_train_test_split),
    Rule("rows and columns", plain_python.types_that_differ),
    Rule("rows and columns", plain_python.missing_column),
    Rule("rows and columns", plain_python.past_the_end),
    Rule("rows and columns", plain_python.undefined_name),
    Rule("rows and columns", plain_python.whole_numbers),
    Rule("weights and files", saving.set_weights),
    Rule("weights and files", saving.files),
    Rule("states", states.states_in_a_list),
    Rule("states", states.unpacking),
    Rule("states", units.return_state_into_layer),
    Rule("states", states.initial_state),
    Rule("states", states.silent_unpacking),
    Rule("states", states.switched),
    Rule("unequal lengths", ragged.unequal_or_objects),
    Rule("unequal lengths", ragged.numpy_refuses),
    Rule("windowing", windowing.numpy_shapes),
    Rule("windowing", windowing.no_samples),
    Rule("windowing", windowing.sample_counts),
    Rule("input shape", declared.no_shape),
    Rule("input shape", declared.declared_input),
    Rule("input shape", declared.length_unknown),
    Rule("between layers", between.symbolic_tensor),
    Rule("between layers", between.rank_between),
    Rule("between layers", between.merges),
    Rule("stateful and batch size", batching.without_batch_size),
    Rule("input shape", inputs.given_against_declared),
    Rule("between layers", building.too_short_for_a_kernel),
    Rule("input shape", several.names),
    Rule("input shape", declared.undeclared_input),
    Rule("input shape", tokens.embedding_input),
    Rule("prediction", prediction.asked_shapes),
    Rule("stateful and batch size", batching.sizes),
    Rule("windowing", windowing.window_along_features),
    Rule("windowing", windowing.scrambled),
    Rule("rows and columns", plain_python.numbers_not_read),
    Rule("order of rows", order.rows_against_time),
    Rule("order of rows", order.torn_pairs),
    Rule("order of rows", order.from_the_future),
    Rule("order of rows", order.windows_across_series),
    Rule("order of rows", order.classes_held_back),
    Rule("masks", masks.padded_as_whole_numbers),
    Rule("scaling", scaling.not_a_number),
    Rule("between layers", directions.joined_and_refused),
    Rule("what fit is handed", datasets.batch_without_number),
    Rule("labels and head", heads.labels_across),
    Rule("labels and head", heads.labels_against_output),
    Rule("labels and head", heads.loss_by_hand),
    Rule("labels and head", losses.sample_weights),
    Rule("labels and head", losses.metrics_of_columns),
    Rule("labels and head", activations.label_kind_against_head),
    Rule("between layers", softmaxes.softmax_over_one),
    Rule("labels and head", softmaxes.softmax_along_time),
    Rule("labels and head", operations.stretched),
    Rule("labels and head", losses.percentage_of_zero),
    Rule("labels and head", losses.values_below_zero),
    Rule("labels and head", losses.cosine_of_one),
    Rule("labels and head", losses.logits_by_hand),
    Rule("labels and head", losses.yes_or_no_for_one_of_many),
    Rule("labels and head", losses.logits_twice),
    Rule("labels and head", directions.sees_the_labels),
    Rule("labels and head", directions.decoder_given_its_labels),
    Rule("windowing", windowing.dataset_windows),
    Rule("windowing", windowing.labels_and_windows),
    Rule("between layers", reshaped.swapped_by_reshape),
    Rule("between layers", directions.not_flipped),
    Rule("between layers", directions.last_of_both),
    Rule("between layers", mixing.samples_mixed),
    Rule("between layers", mixing.later_steps_seen),
    Rule("stateful and batch size", batching.stateful_order),
    Rule("masks", masks.mask_values),
    Rule("masks", padding.moved_by_a_scaler),
    Rule("masks", masks.mask_dropped),
    Rule("masks", padding.forgotten_by_arithmetic),
    Rule("masks", padding.in_the_loss),
    Rule("masks", padding.at_the_other_end),
    Rule("masks", directions.unrolled_backward_mask),
    Rule("several calls", told.of_several_calls),
    Rule("between layers", mixing.first_step_alone),
    Rule("between layers", between.pooled_over_features),
    Rule("input shape", frames.channels_in_front),
    Rule("learning", learning.nothing_to_train),
    Rule("learning", learning.weights_of_nothing),
    Rule("scaling", learning.not_adapted),
    Rule("scaling", scaling.between_arrays),
    Rule("scaling", scaling.new_data_unscaled),
    Rule("scaling", scaling.unscaled),
    Rule("scaling", scaling.constant_columns),
    Rule("scaling", scaling.columns_far_apart),
    Rule("weights and files", saving.left_out),
    Rule("weights and files", saving.saved_too_early),
    Rule("weights and files", saving.untrained),
    Rule("weights and files", saving.wrong_best),
    Rule("labels and head", order.numbered_apart),
    Rule("states", resets.carried_between_samples),
    Rule("states", resets.never_reset),
    Rule("states", resets.kept_over_epochs),
    Rule("prediction", prediction.shuffled_answers),
    Rule("prediction", prediction.answers_of_steps),
    Rule("prediction", prediction.picked_classes),
    Rule("prediction", prediction.half_of_a_logit),
    Rule("prediction", learning.asked_in_training),
    Rule("learning", learning.rate_too_high),
    Rule("learning", learning.most_dropped),
    Rule("learning", learning.frozen_at_random),
    Rule("learning", learning.part_of_the_data),
    Rule("learning", learning.one_unit),
    Rule("between layers", directions.read_backwards),
    Rule("between layers", directions.joined_along_time),
    Rule("labels and head", losses.arguments_of_own_loss),
    Rule("masks", padding.cut_short),
    Rule("learning", learning.gates_without_limits),
    Rule("labels and head", losses.accuracy_of_columns),
    Rule("learning", learning.watched_value_missing),
    Rule("units", units.sample_batch_as_timesteps),
    Rule("windowing", windowing.single_timestep),
    Rule("input shape", inputs.timesteps_not_held),
    Rule("states", states.handed_over_in_vain),
    Rule("states", states.dead_inputs),
    Rule("states", states.unused_states),
    Rule("labels and head", losses.classes_as_numbers),
    Rule("labels and head", losses.accuracy_of_measurements),
    Rule("Keras 2 and 3", versions.history_keys),
    Rule("Keras 2 and 3", versions.not_compiled),
)  # in the order of depth: what comes first explains what comes later
LAST = (Rule("other", fallback.missing_things), Rule("other", fallback.whatever_else))


def _asked(rule: Rule, case: Case) -> list[Finding]:
    """Ask one rule; where it fails itself, say so: the others still have something to say."""
    try:
        return list(rule.look(case))
    except Exception as error:  # noqa: BLE001  a fault of the doctor's, told as such
        name = getattr(rule.look, "__name__", "a rule")
        return [finding(
            "rule-failed", "raw-data", "benign", "One of the doctor's rules failed on this program",
            f"{name} ({rule.sentence}) stopped with {type(error).__name__}: {error}. "
            "What the other rules found stands.",
            "Nothing has to be changed in the program. Look at this point yourself.",
        )]  # fmt: skip


def diagnose_capture(capture: Capture) -> tuple[Finding, ...]:
    """Give the findings for a capture, the most likely cause first.

    Errors come before silent mistakes; within one severity the order of `RULES` decides. An error of the
    program that no rule explains gets a finding that says where it happened.

    Args:
        capture: what was seen of a program, or of a model with its arrays.
    """
    case = Case(capture)
    found = [one for rule in RULES for one in _asked(rule, case)]
    if capture.error is not None and not any(one.severity == "error" for one in found):
        found += [one for rule in LAST for one in _asked(rule, case)][:1]
    if any(one.severity == "error" for one in found):
        found += heads.behind_the_error(case)
    unique = {(one.code, one.stage, one.title): one for one in reversed(found)}
    kept = list(reversed(unique.values()))
    return tuple(sorted(kept, key=lambda one: SEVERITIES.index(one.severity)))
