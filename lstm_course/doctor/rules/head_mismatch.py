"""Which mistake lies behind labels and an output that do not match."""

from __future__ import annotations

from lstm_course.doctor.rules.activations import last_activation
from lstm_course.doctor.rules.context import Case, Site, finding, with_diff
from lstm_course.doctor.seen import ArraySeen, LayerSeen
from lstm_course.shapes import Comparison
from lstm_course.shapes.findings import Finding, Severity


def explained(
    case: Case, site: Site, y: ArraySeen, label: tuple[int, ...], output: tuple[int, ...], loss: str,
    result: Comparison, severity: Severity,
) -> Finding:  # fmt: skip
    """Say which mistake lies behind labels and an output that do not match."""
    classes = _classes(case, site, y, label, output, loss, severity)
    if classes:
        return classes
    last = site.model.head
    if last is not None and last.recurrent and label[-1] != output[-1]:
        return _no_head(case, site, last, label, output, result, severity)
    if len(output) == 3 and (len(label) <= 2 or (len(label) == 3 and label[1] == 1 != output[1])):
        return sequence_against_one(case, site, label, output, result, severity)
    if len(label) == 3 and len(output) == 2:
        return _one_against_sequence(case, site, label, output, result, severity)
    if len(label) == len(output) == 3 and label[1] != output[1]:
        return _other_steps(case, site, label, output, result, severity)
    return _width(case, site, label, output, result, severity)


def seen(label: tuple[int, ...], output: tuple[int, ...], result: Comparison, severity: Severity) -> str:
    """Say what the loss makes of two shapes."""
    if severity == "error":
        shapes = f"A batch of labels has shape {label}, the output {output}"
        return f"{shapes}; {result.loss} cannot compare them and raises."
    return (
        f"A batch of labels has shape {label}, the output {output}. {result.loss} says nothing: it stretches "
        "(broadcasts) "
        f"the labels, and compares {result.num_terms:,} pairs for {result.num_labels:,} labels."
    )


def _classes(
    case: Case, site: Site, y: ArraySeen, label: tuple[int, ...], output: tuple[int, ...], loss: str, severity: Severity
) -> Finding | None:  # fmt: skip
    per_step = len(output) == 3
    numbered = y.whole and not y.one_hot and (label == output[:-1] or label == (*output[:-1], 1))
    compile_line = site.model.compile_line
    softmax = last_activation(site.model) == "softmax"
    if loss == "categorical_crossentropy" and numbered and output[-1] > 1:
        return finding(
            "class-numbers-with-categorical", "loss", severity, "Class numbers meet a loss for one-hot labels",
            f"y has shape {y} and holds class numbers {_listed(y)}, one column; categorical_crossentropy "
            "wants one "
            f"column per class, as the output {output} has.",
            with_diff(
                "Use loss='sparse_categorical_crossentropy' for class numbers, or one-hot labels: "
                f"y = keras.utils.to_categorical(y, {output[-1]}).",
                case.program.change(compile_line, "compile", loss="'sparse_categorical_crossentropy'"),
            ),
            "classes",
        )  # fmt: skip
    if (
        loss == "sparse_categorical_crossentropy"
        and len(label) == len(output)
        and label[-1] > 1
        and (y.one_hot or label == output)
    ):
        return finding(
            "one-hot-with-sparse", "loss", severity, "One-hot labels meet a loss for class numbers",
            f"y has shape {y}, one column per class; sparse_categorical_crossentropy wants the number of the "
            "class, "
            f"shape {y.shape[:-1]}.",
            with_diff(
                "Use loss='categorical_crossentropy' for one-hot labels, or turn them into numbers: "
                "y = y.argmax(axis=-1).",
                case.program.change(compile_line, "compile", loss="'categorical_crossentropy'"),
            ),
            "classes",
        )  # fmt: skip
    if numbered and output[-1] > 1 and softmax and "crossentropy" not in loss:
        return finding(
            "regression-loss-on-classes", "loss", severity,
            "A regression loss compares class numbers with probabilities",
            f"y has shape {y} and holds class numbers {_listed(y)}; the softmax gives {output[-1]} "
            "probabilities, "
            f"{output}. {loss} compares each number with every probability.",
            with_diff(
                "Use loss='sparse_categorical_crossentropy'.",
                case.program.change(compile_line, "compile", loss="'sparse_categorical_crossentropy'"),
            ),
            "classes",
        )  # fmt: skip
    if loss == "binary_crossentropy" and numbered and output[-1] > 1 and not (per_step and output[-1] == 1):
        return _binary_with_columns(case, site, y, output, severity)
    return None


def _binary_with_columns(
    case: Case, site: Site, y: ArraySeen, output: tuple[int, ...], severity: Severity
) -> Finding:
    count = max(len(y.values), 2)
    last = site.model.head
    if last is not None and last.recurrent:
        return _no_head(case, site, last, (output[0], 1), output, None, severity)
    two = count <= 2 and output[-1] == 2
    return finding(
        "binary-loss-with-columns", "loss" if two else "head", severity,
        f"{output[-1]} outputs, one column of labels, and a loss for yes or no",
        f"y has shape {y} and holds {_listed(y)}, one column; the head gives {output[-1]} numbers per sample, "
        f"{output}. "
        "binary_crossentropy wants one label per output.",
        with_diff(
            "Either one output, Dense(1, activation='sigmoid') with binary_crossentropy, or "
            f"{max(count, output[-1])} "
            "with softmax: Dense(n, activation='softmax') and loss='sparse_categorical_crossentropy'.",
            case.program.change(site.model.compile_line, "compile", loss="'sparse_categorical_crossentropy'"),
        ),
        "classes",
    )  # fmt: skip


def _listed(y: ArraySeen) -> str:
    if not y.values:
        return f"from {y.low:.4g} to {y.high:.4g}"
    return ", ".join(f"{value:g}" for value in y.values[:6]) + (", …" if len(y.values) > 6 else "")


def _no_head(
    case: Case, site: Site, last: LayerSeen, label: tuple[int, ...], output: tuple[int, ...],
    result: Comparison | None, severity: Severity,
) -> Finding:  # fmt: skip
    units, width = last.get("units"), label[-1] if len(label) > 1 else 1
    names = {
        "the batch size": (site.call.batch_size, *(shape[0] for shape in site.model.inputs)),
        "the number of timesteps": (site.timesteps,),
        "the number of samples": (site.x.shape[0] if site.x else None,),
    }
    meant = next((name for name, sizes in names.items() if units in sizes and units != 1), "")
    stage = site.recurrent_stage(last) if meant or units != width else "head"
    also = (
        " One vector leaves at each timestep, because return_sequences=True."
        if len(output) == 3 > len(label)
        else ""
    )
    mistaken = (
        f" {units} is also {meant}: units is neither; it is how many numbers the layer's state holds."
        if meant
        else ""
    )
    loss = (
        seen(label, output, result, severity)
        if result
        else f"The output {output} does not fit the labels {label}."
    )
    return finding(
        "units-without-head", stage, severity,
        f"units={units} is not {meant}, and no Dense head "
        "follows" if meant else "The network ends without a Dense head",
        f"The last layer is {last.core.cls}(units={units}), so the output has {units} columns, but y has "
        f"{width}."
        f"{mistaken}{also} {loss}",
        with_diff(
            "Choose units freely (the size of the state) and end with a head as wide as the labels: "
            f"Dense({width}). For "
            "a stateless model leave the batch size out: Input(shape=(timesteps, features)). units, batch "
            "size and "
            "timesteps have nothing to do with one another."
            + (" Set return_sequences=False." if also else ""),
            case.program.insert_after(last.line, last.cls, f"keras.layers.Dense({width})"),
        ),
        "units", "inside-a-cell",
    )  # fmt: skip


def _last_recurrent(site: Site) -> LayerSeen | None:
    with_sequences = [layer for layer in site.model.recurrents if layer.get("return_sequences")]
    return with_sequences[-1] if with_sequences else None


def sequence_against_one(
    case: Case, site: Site, label: tuple[int, ...], output: tuple[int, ...], result: Comparison, severity: Severity
) -> Finding:  # fmt: skip
    """Describe an output for every timestep against one label per sample."""
    width = label[-1] if len(label) > 1 else 1
    last = _last_recurrent(site)
    if len(label) == 2 and label[1] == output[1] != 1 and output[-1] > 1:
        return finding(
            "step-head-too-wide", "head", severity, "Each timestep gives several numbers and has one label",
            f"{seen(label, output, result, severity)} y has one label for each of the {label[1]} timesteps; "
            "the head "
            f"gives {output[-1]} numbers there.",
            "End with TimeDistributed(Dense(1)), so that the output is "
            f"{(*label, 1)}; with class numbers keep the width and use loss='sparse_categorical_crossentropy'.",
            "units",
        )  # fmt: skip
    if last is None:
        return finding(
            "timesteps-not-joined", "head", severity, "The output still has a timesteps axis",
            f"{seen(label, output, result, severity)} No layer joins the {output[1]} timesteps into one "
            "answer.",
            f"Put a layer that does so before the head: LSTM(units) with return_sequences=False, "
            f"GlobalAveragePooling1D() or Flatten(), and end with Dense({width}).",
            "timesteps",
        )  # fmt: skip
    return finding(
        "sequence-output-one-label", "head", severity, "One output per timestep, one label per sample",
        f"{seen(label, output, result, severity)} {last.cls} has return_sequences=True, so an answer leaves "
        "at each of the "
        f"{output[1]} timesteps; y has {'one label' if width == 1 else f'{width} numbers'} per sample.",
        with_diff(
            f"Set return_sequences=False on the last recurrent layer and end with Dense({width}) without "
            "TimeDistributed, so that the output is "
            f"{(output[0], width)}" + (f"; give y the shape (samples, {width})." if len(label) == 3 else "."),
            case.program.change(last.place, last.core.cls, return_sequences="False"),
        ),
        "timesteps",
    )  # fmt: skip


def _one_against_sequence(
    case: Case, site: Site, label: tuple[int, ...], output: tuple[int, ...], result: Comparison, severity: Severity
) -> Finding:  # fmt: skip
    steps, targets = label[1:]
    last = site.model.recurrents[-1] if site.model.recurrents else None
    head = site.model.head
    loss = site.loss()
    sigmoid = ", activation='sigmoid'" if loss == "binary_crossentropy" else ""
    linear = (
        f" The head is linear, but {loss} takes "
        "probabilities." if sigmoid and last_activation(site.model) == "linear"
        and not site.model.from_logits else ""
    )  # fmt: skip
    if last is not None and steps in {x.shape[1] for x in site.call.x if x.rank >= 2}:
        return finding(
            "sequence-labels-one-output", "head", severity, "One label per timestep, one output per sample",
            f"{seen(label, output, result, severity)} y has {steps} labels per sample, one for each timestep; "
            "the last "
            f"{last.core.cls} returns only its last output.{linear}",
            with_diff(
                "Set return_sequences=True on the last recurrent layer, and end with "
                f"Dense({targets}{sigmoid}); or keep "
                f"one label per sample: y[:, -1].{' Or from_logits=True.' if linear else ''}",
                case.program.change(last.place, last.core.cls, return_sequences="True"),
            ),
            "timesteps",
        )  # fmt: skip
    diff = case.program.change_first(head.line, head.cls, str(steps * targets), "units") if head else ""
    return finding(
        "block-labels-one-output", "head", severity, "The labels are a block of steps, the head gives a row",
        f"{seen(label, output, result, severity)} y holds {steps} steps of {targets} targets per sample, "
        f"{steps * targets} numbers; the head gives {output[-1]}. Whether Keras raises depends on the batch "
        "size alone: "
        f"with a batch of 1 or {steps} it would broadcast without a word.",
        with_diff(
            f"End with Dense({steps * targets}) and Reshape(({steps}, {targets})), so that the output has the "
            "labels' "
            f"shape (batch, {steps}, {targets}).",
            diff,
        ),
        "horizon",
    )  # fmt: skip


def _other_steps(
    case: Case, site: Site, label: tuple[int, ...], output: tuple[int, ...], result: Comparison, severity: Severity
) -> Finding:  # fmt: skip
    repeat = next((layer for layer in site.model.layers if layer.cls == "RepeatVector"), None)
    if repeat is not None:
        return finding(
            "repeat-count", "between-layers", severity,
            f"RepeatVector makes {output[1]} steps, the labels have {label[1]}",
            f"{seen(label, output, result, severity)} The decoder runs for the {repeat.get('n')} steps of "
            "RepeatVector.",
            with_diff(
                f"Repeat as often as there are steps to predict: RepeatVector({label[1]}).",
                case.program.change_first(repeat.line, "RepeatVector", str(label[1]), "n"),
            ),
            "horizon", "wrappers-and-seq2seq",
        )  # fmt: skip
    return finding(
        "other-number-of-steps", "head", severity, f"{output[1]} timesteps come out, the labels have {label[1]}",
        f"{seen(label, output, result, severity)} return_sequences=True gives one output per input timestep, "
        f"{output[1]}; y has {label[1]} steps.",
        f"To predict {label[1]} steps from {output[1]}, use return_sequences=False and "
        f"Dense({label[1] * label[2]}) with "
        f"Reshape(({label[1]}, {label[2]})), or an encoder and a decoder with RepeatVector({label[1]}) "
        "between them.",
        "horizon", "wrappers-and-seq2seq",
    )  # fmt: skip


def _width(
    case: Case, site: Site, label: tuple[int, ...], output: tuple[int, ...], result: Comparison, severity: Severity
) -> Finding:  # fmt: skip
    width = label[-1] if len(label) > 1 else 1
    if width == output[-1] + 1 and _numbered_from_one(site.call.y[0]):
        return _empty_column(label, output)
    head = site.model.head
    steps = (
        f" If these are labels for the {width} timesteps of the window, set return_sequences=True on the last "
        "recurrent layer instead, with Dense(1)." if width == site.timesteps != 1 and len(label) == 2 else ""
    )  # fmt: skip
    per_step = len(output) == 3 and len(label) == 3
    text = f"Dense({width})" if not per_step else f"TimeDistributed(Dense({width}))"
    core = head.core if head is not None else None
    return finding(
        "head-width", "head", severity, f"The head gives {output[-1]} numbers, the labels have {width}",
        f"{seen(label, output, result, severity)} The last layer has {output[-1]} outputs, y has {width} "
        f"column{'s' * (width > 1)}"
        + ("; all outputs learn the same thing." if severity == "wrong-result" and width == 1 else "."),
        with_diff(
            f"Make the head as wide as the labels: {text}. If the labels should have {output[-1]} columns, "
            "build y with "
            f"shape (samples, {output[-1]}).{steps}",
            case.program.change_first(head.place, core.cls, str(width), "units") if head and core else "",
        ),
        "targets",
    )  # fmt: skip


def _numbered_from_one(labels: ArraySeen) -> bool:
    """Whether one-hot labels leave their first column empty."""
    first = labels.columns[0] if labels.columns else None
    return labels.one_hot and first is not None and first.low == first.high == 0


def _empty_column(label: tuple[int, ...], output: tuple[int, ...]) -> Finding:
    return finding(
        "classes-from-one", "labels", "error", "The classes are numbered from 1",
        f"A batch of labels has shape {label}, the output {output}. The first column of y is empty: to_categorical "
        "makes a "
        f"column for each number from 0 on, and no class has the number 0.",
        f"Number the classes from 0: to_categorical(numbers - 1) has {output[-1]} columns, as the head has outputs; "
        "add 1 "
        "to the answers: model.predict(x).argmax(axis=-1) + 1.",
        "classes",
    )  # fmt: skip
