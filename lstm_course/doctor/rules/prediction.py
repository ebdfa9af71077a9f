"""Prediction: what is asked must look like what was learned from."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_course.doctor.rules.activations import last_activation
from lstm_course.doctor.rules.batching import fixed_batch
from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.seen import ArraySeen, CallSeen, ModelSeen, Shape
from lstm_course.shapes.findings import Finding, Severity

ASKING = ("predict", "predict_on_batch", "__call__", "evaluate", "test_on_batch")


def asked_shapes(case: Case) -> Iterator[Finding]:
    """predict, evaluate or a call of the model gets another shape than training did."""
    for call in case.capture.calls:
        model = case.capture.model(call.model)
        if call.method not in ASKING or model is None or not call.x:
            continue
        trained = next((one for one in case.capture.trainings if one.model == call.model and one.x), None)
        if trained is None and call.error and len(model.inputs) > 1 and len(call.x) > len(model.inputs):
            yield _one_too_many(case, call, model)
            return
        if trained and len(trained.x) != len(call.x):
            yield from _number(call, trained)
            return
        for index, x in enumerate(call.x):
            want = _wanted(model, trained, index)
            found = _compare(case, call, model, x, want) if want else None
            if found:
                yield found
                return


def _wanted(model: ModelSeen, trained: CallSeen | None, index: int) -> Shape | None:
    if trained:
        shape = trained.x[index].shape
        declared = model.inputs[index] if index < len(model.inputs) else ()
        if len(declared) == len(shape):
            return (None, *(size for size in shape[1:]))
        return (None, *shape[1:])
    return model.inputs[index] if index < len(model.inputs) else None


def _one_too_many(case: Case, call: CallSeen, model: ModelSeen) -> Finding:
    names = ", ".join(model.input_names)
    encoder = any(layer.get("return_state") for layer in case.layers if layer.recurrent)
    return finding(
        "number-of-inputs", "prediction", "error", f"{call.method} gets {len(call.x)} arrays, the model has "
        f"{len(model.inputs)} inputs",
        f"Line {call.line}: the model takes {names}; it was given {', '.join(map(str, call.x))}."
        + (" A recurrent layer with return_state=True gives its output first and its states after it." if encoder
           else ""),
        "Give as many arrays as there are inputs."
        + (" Let the encoder of the inference give its states alone, keras.Model(inputs, [h, c]), or leave the first "
           "of its answers out: _, h, c = encoder.predict(x)." if encoder else ""),
        "samples", "wrappers-and-seq2seq",
    )  # fmt: skip


def _number(call: CallSeen, trained: CallSeen) -> Iterator[Finding]:
    if not call.error:
        return
    shapes = ", ".join(str(x) for x in call.x[:4])
    yield finding(
        "number-of-inputs", "prediction", "error",
        f"{call.method} gets {len(call.x)} arrays, training had {len(trained.x)}",
        f"{call.method} was given {shapes}; the model was trained on {len(trained.x)} input"
        f"{'s' * (len(trained.x) > 1)}: {', '.join(map(str, trained.x))}.",
        f"Pass the same {len(trained.x)} inputs in the same order: model.predict([…]); a single window needs "
        "its batch "
        "axis, window[np.newaxis, ...].",
        "samples",
    )  # fmt: skip


def _compare(case: Case, call: CallSeen, model: ModelSeen, x: ArraySeen, want: Shape) -> Finding | None:
    rank = len(want)
    name = "predict" if call.method in ("predict_on_batch", "__call__") else call.method
    severity: Severity = "error" if call.error else "wrong-result"
    if x.kind in ("text", "object", "ragged") or not x.shape:
        return None
    if x.rank == rank - 1 and rank >= 3 and _is_sample(x.shape, want[1:]):
        return _no_batch_axis(case, call, x, want, severity, name)
    if x.rank == rank - 1 and rank == 3 and want[-1] == 1 and x.shape[1] == want[1] and not call.error:
        return None
    if x.rank == rank == 2 and x.shape[0] != 1 and x.shape[1] == 1 and want[1] == x.shape[0] and want[1] != 1:
        return _no_batch_axis(case, call, x, want, severity, name)
    if x.rank != rank and call.error:
        return _other_rank(call, x, want, severity, name)
    if x.rank != rank:
        return _other_rank(call, x, want, severity, name) if rank == 3 and x.rank < 2 else None
    if rank >= 3 and x.shape[-1] != want[-1] and want[-1] is not None:
        return _features(case, call, x, want, severity, name)
    if rank == 3 and want[1] not in (None, x.shape[1]):
        return _timesteps(call, model, x, want)
    return None


def _is_sample(shape: tuple[int, ...], want: Shape) -> bool:
    """Whether a shape is that of one sample, or of one sample of another length."""
    if shape == want:
        return True
    return shape[-1] == want[-1] and not (want[-1] == 1 and shape[0] != want[0])


def _no_batch_axis(
    case: Case, call: CallSeen, x: ArraySeen, want: Shape, severity: Severity, name: str
) -> Finding:
    axes = ", ".join(map(str, x.shape))
    back = (
        f" {name} returned {call.outputs[0]} instead of one answer."
        if call.outputs and not call.error
        else ""
    )
    read = (
        f"Keras takes the first axis for samples and adds a last one by itself: it reads {x.shape[0]} samples "
        "of one step "
        f"each, and does not check the length of {want[1]} again.{back}"
        if severity != "error" else f"Keras takes the first axis, {x.shape[0]}, for samples."
    )  # fmt: skip
    return finding(
        "no-batch-axis", "prediction", severity, "A single window without its batch axis",
        f"{name} was given {x}: one window of {x.shape[0]} timesteps. The network expects (batch, "
        f"{', '.join(map(str, want[1:]))}). {read}",
        with_diff(f"Add the batch axis in front: window[np.newaxis, ...] has shape (1, {axes}).", ""), "batch",
    )  # fmt: skip


def _other_rank(call: CallSeen, x: ArraySeen, want: Shape, severity: Severity, name: str) -> Finding:
    inner = want[1:]
    size = 1
    for part in inner:
        size *= part or 1
    count = 1
    for part in x.shape:
        count *= part
    samples = count // size if size and count % size == 0 else None
    fix = (
        f"Bring it to three axes: new.reshape({samples}, {', '.join(map(str, inner))})."
        if samples else f"Bring it to (samples, {', '.join(map(str, inner))}): cut windows as for training."
    )  # fmt: skip
    return finding(
        "prediction-rank", "prediction", severity, f"{name} gets {x.rank} axes instead of {len(want)}",
        f"{name} was given {x}; training had (samples, {', '.join(map(str, inner))}).", fix, "batch",
    )  # fmt: skip


def _columns_of_words(call: CallSeen, x: ArraySeen, want: Shape, severity: Severity) -> Finding:
    return finding(
        "columns-of-words-differ", "raw-data", severity, "get_dummies made other columns of the test than before",
        f"{call.method} was given {x}: {x.shape[-1]} features per timestep. Training had {want[-1]}: get_dummies makes "
        "a column for each word that it meets, and the two tables do not hold the same words.",
        "Give both the same columns: test = test.reindex(columns=train.columns, fill_value=0); or encode before the "
        "split.",
        "features",
    )  # fmt: skip


def _features(
    case: Case, call: CallSeen, x: ArraySeen, want: Shape, severity: Severity, name: str
) -> Finding:
    swapped = len(want) == 3 and x.shape[1:] == tuple(reversed(want[1:]))
    if swapped:
        return finding(
            "axes-swapped-at-prediction", "prediction", severity, "Timesteps and features are swapped",
            f"{name} was given {x}; training had (samples, {want[1]}, {want[2]}).",
            "Put the axes in the order of training: new = np.swapaxes(new, 1, 2).", "features",
        )  # fmt: skip
    if "get_dummies" in case.capture.source:
        return _columns_of_words(call, x, want, severity)
    return finding(
        "features-differ-at-prediction", "prediction", severity,
        f"{name} gets {x.shape[-1]} features, training had {want[-1]}",
        f"{name} was given {x}: {x.shape[-1]} features per timestep. Training had {want[-1]}: the two sets "
        "were built "
        f"with different columns ({want[-1]} vs {x.shape[-1]} features).",
        f"Apply the same choice of columns, the same lags and the same encoding to the data for {name}: keep "
        "the list of "
        "columns from training, new = new[columns].",
        "features",
    )  # fmt: skip


def _timesteps(call: CallSeen, model: ModelSeen, x: ArraySeen, want: Shape) -> Finding | None:
    declared = model.inputs[0][1] if model.inputs and len(model.inputs[0]) == 3 else None
    if declared is None and not call.error:
        return None
    return finding(
        "timesteps-differ-at-prediction", "prediction", "error" if call.error else "degraded",
        f"{call.method} gets windows of {x.shape[1]} timesteps, training had {want[1]}",
        f"{call.method} was given {x}; training had windows of {want[1]} timesteps. A Sequential model does "
        "not check the "
        "length, a functional one does.",
        f"Cut windows of {want[1]} rows for {call.method} too: the last {want[1]} rows, "
        f"new[-{want[1]}:][np.newaxis, ...].",
        "timesteps",
    )  # fmt: skip


def shuffled_answers(case: Case) -> Iterator[Finding]:
    """predict reads a data set whose order is drawn anew each time."""
    for call in case.capture.calls:
        if call.method == "predict" and call.reshuffled and call.y and not call.error:
            yield finding(
                "predictions-shuffled", "prediction", "wrong-result", "The predictions come in an order of their own",
                f"Line {call.line}: predict reads a data set that shuffles. Each reading draws a new order, so row i "
                "of the predictions does not belong to row i of the labels, whether these are read from the data set "
                "again or taken from the arrays.",
                "Predict on data in order: a data set without .shuffle(…) (timeseries_dataset_from_array with "
                "shuffle=False), or the arrays themselves; or read x and y together: for x, y in ds: model(x).",
                "samples",
            )  # fmt: skip
            return


def answers_of_steps(case: Case) -> Iterator[Finding]:
    """predict on a model that was built for another batch size is judged with the batches."""
    for call in case.capture.calls:
        model = case.capture.model(call.model)
        if call.output_nan and model and fixed_batch(model) is None and not any(x.num_nan for x in call.x):
            known = any(
                one.x and (one.x[0].num_nan or any(y.num_nan for y in one.y))
                for one in case.capture.trainings
            )
            if not known:
                yield finding(
                    "prediction-is-nan", "prediction", "wrong-result", "The predictions are NaN",
                    f"{call.method} returned NaN for finite inputs: the weights are NaN.",
                    "Look at the loss during training; scale X and y, lower the learning rate, clip gradients "
                    "(clipnorm=1.0).",
                    "features",
                )  # fmt: skip
                return


def picked_classes(case: Case) -> Iterator[Finding]:
    """argmax is taken along an axis that is not the classes."""
    for one in case.capture.picked:
        shape, result = one.shape, one.result
        if len(shape) < 2 or (len(shape) == 2 and shape[0] == 1 and shape[1] != 1):
            continue
        if shape[-1] == 1 and result in (shape[:-1], (*shape[:-1], 1)):
            yield _of_one_column(one.line, one.text, shape)
            return
        if (
            shape[-1] != 1
            and shape[-1] in _num_classes(case)
            and result not in (shape[:-1], (*shape[:-1], 1))
        ):
            yield finding(
                "argmax-over-samples", "prediction", "wrong-result", "argmax does not run along the classes",
                f"Line {one.line}, {one.text}: the predictions {shape} have their {shape[-1]} classes on the last "
                f"axis, and what comes back has shape {result}: the largest was looked for along another axis, or over "
                "all of them at once.",
                "Name the last axis: pred.argmax(axis=-1) has one class per sample (and per timestep).", "features",
            )  # fmt: skip
            return


def half_of_a_logit(case: Case) -> Iterator[Finding]:
    """Logits are compared with 0.5, as if they were probabilities."""
    model = next((one for one in case.capture.trained_models if one.from_logits), None)
    if model is None or last_activation(model) in ("sigmoid", "softmax"):
        return
    binary = "binary" in str(model.loss).lower() or (
        model.outputs and model.outputs[0] and model.outputs[0][-1] == 1
    )
    names = case.program.names_from("predict", "predict_on_batch")
    if not binary or case.capture.source.count("sigmoid("):
        return
    for line, text, inside in case.program.comparisons_with(0.5):
        if inside & names or "predict(" in text:
            yield finding(
                "half-of-a-logit", "prediction", "wrong-result", "Logits are compared with a half",
                f"Line {line}, {text}: the head is linear and the loss was made with from_logits=True, so the model "
                "gives "
                "logits. A logit of 0 means a probability of one half; 0.5 means 0.62.",
                "Compare with 0, or turn logits into probabilities first: keras.ops.sigmoid(model.predict(x)) > 0.5.",
                "classes", "labels",
            )  # fmt: skip
            return


def _num_classes(case: Case) -> set[int | None]:
    return {model.outputs[0][-1] for model in case.capture.models if len(model.outputs) == 1 and model.outputs[0]
            and last_activation(model) == "softmax"}  # fmt: skip


def _of_one_column(line: int, text: str, shape: Shape) -> Finding:
    return finding(
        "argmax-of-one-column", "prediction", "wrong-result", "argmax of a single column is always 0",
        f"Line {line}, {text}: the predictions {shape} have one column, the probability of yes. The largest of one "
        "number is always at place 0, so every sample is given class 0.",
        "Compare with a half instead: (pred[:, 0] > 0.5).astype(int). argmax belongs to a softmax over several "
        "classes.",
        "features",
    )  # fmt: skip
