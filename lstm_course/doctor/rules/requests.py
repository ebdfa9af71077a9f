"""What Keras is asked for by a name that it does not know, or without what it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from lstm_course.doctor.places import stage_of_calls
from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.shapes.findings import Finding

KNOWN: dict[str, tuple[str, ...]] = {
    "loss": (
        "mse", "mae", "mape", "msle", "huber", "log_cosh", "mean_squared_error", "mean_absolute_error",
        "poisson", "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy",
        "kl_divergence", "hinge", "cosine_similarity", "mean_absolute_percentage_error",
        "mean_squared_logarithmic_error", "binary_focal_crossentropy",
    ),
    "optimizer": (
        "adam", "adamw", "nadam", "adamax", "rmsprop", "sgd", "adagrad", "adadelta", "ftrl", "lion", "lamb",
        "adafactor",
    ),
    "metric": (
        "accuracy", "mae", "mse", "mape", "binary_accuracy", "categorical_accuracy",
        "sparse_categorical_accuracy", "top_k_categorical_accuracy", "AUC", "Precision", "Recall",
        "RootMeanSquaredError", "R2Score", "F1Score",
    ),
    "activation function": (
        "tanh", "sigmoid", "relu", "linear", "softmax", "elu", "selu", "gelu", "softplus", "softsign", "silu",
        "swish", "leaky_relu", "hard_sigmoid", "exponential", "mish", "relu6", "log_softmax",
    ),
    "initializer": (
        "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_normal", "orthogonal", "zeros",
        "ones", "random_uniform", "random_normal", "truncated_normal", "identity",
    ),
    "regularizer": (
        "l1", "l2", "l1_l2",
    ),
}  # fmt: skip
ROOT = (
    "Keras has the root of the mean squared error as a metric, not as a loss: loss='mse' with "
    "metrics=[keras.metrics.RootMeanSquaredError()]; the smallest mse has the smallest root, too."
)
OUTER = (
    "add",
    "Sequential",
    "Model",
    "Input",
    "InputLayer",
    "Embedding",
)  # around or before the layer itself
INSTEAD = {
    "rmse": ROOT,
    "root_mean_squared_error": ROOT,
    "r2": "Pass the metric itself: metrics=[keras.metrics.R2Score()], with labels of shape (samples, 1).",
    "r2_score": "Pass the metric itself: metrics=[keras.metrics.R2Score()], with labels of shape (samples, 1).",
    "f1": "Pass the metric itself: metrics=[keras.metrics.F1Score(average='macro')], with one-hot labels.",
    "crossentropy": "Say which: 'sparse_categorical_crossentropy' for class numbers, 'categorical_crossentropy' for "
                    "one-hot labels, 'binary_crossentropy' for yes or no.",
}  # fmt: skip


def unknown_names(case: Case) -> Iterator[Finding]:
    """A loss, optimizer, metric, activation or initializer that Keras does not know by that name."""
    error = case.error
    if own := re.search(r"Could not locate (class|function) '(\w+)'", error.text if error else ""):
        yield _own_part(case, own[1], own[2])
        return
    match = re.search(
        r"Could not interpret ([\w ]+?) identifier: (.{1,80})", error.text if error else "", re.S
    )
    match = match or re.search(
        r"Unknown (loss|optimizer|metric)(?: function)?: '?(\w+)", error.text if error else ""
    )
    if error is None or match is None:
        return
    kind, given = match[1], match[2].strip().splitlines()[0].strip("'\"")
    yield finding(
        "unknown-name", _stage_of_name(case, kind, given), "error", f"Keras knows no {kind} {given}",
        f"Line {error.line}: {error.source}\n{error.first_line}.",
        _instead(case, kind, given), "", "every-parameter",
    )  # fmt: skip


def _own_part(case: Case, kind: str, name: str) -> Finding:
    error = case.error
    assert error is not None
    return finding(
        "own-part-not-named", "saving", "error", f"The file asks for a {kind} {name}, which Keras does not know",
        f"Line {error.line}: {error.source}\nA saved model keeps the name of a {kind} of your own, not its code.",
        f"Say what stands behind the name: keras.models.load_model(path, custom_objects={{'{name}': {name}}}); or "
        f"write @keras.saving.register_keras_serializable() above {name} before it is saved and loaded. To predict "
        "only, compile=False leaves losses and metrics out.",
        "", "build-and-train",
    )  # fmt: skip


def _stage_of_name(case: Case, kind: str, given: str) -> str:
    if kind in ("loss", "optimizer", "metric"):
        return "loss"
    return of_layer(case, given)


def of_layer(case: Case, given: str = "") -> str:
    """Stage of the layer that a statement makes: the one that is given a value, where that is known."""
    line = case.error.line if case.error else 0
    called = case.program.given_on(line, given) or case.program.called_on(line)
    stage = stage_of_calls([name for name in called if name not in OUTER]) or "between-layers"
    if stage != "recurrent-layer":
        return stage
    return f"recurrent-layer-{max(1, sum(layer.recurrent for layer in case.capture.layers))}"


def _instead(case: Case, kind: str, given: str) -> str:
    if given.lower() in INSTEAD:
        return INSTEAD[given.lower()]
    if re.fullmatch(r"-?\d+(\.\d+)?", given) and kind == "activation function":
        return (
            f"The second argument of a recurrent layer or Dense is its activation, and {given} stands there. units "
            "is a "
            f"single number; name the others: LSTM(units, return_sequences=True). Input sizes belong in Input(shape=…)."
        )
    if not re.fullmatch(r"[\w.]+", given) or re.fullmatch(r"-?\d+(\.\d+)?", given):
        return (
            f"Give a name in quotes, or the function itself without calling it: {kind.split()[0]}="
            f"{'my_loss' if kind == 'loss' else 'a_function'}, not what it returned."
        )
    known = KNOWN.get(kind, ())
    close = get_close_matches(given.lower(), [name.lower() for name in known], n=2, cutoff=0.5)
    names = [name for name in known if name.lower() in close] or list(known[:6])
    some = " or ".join(map(repr, names))
    return f"Write one that it knows, such as {some}; or pass a function of your own, not its name."


def merge_mode(case: Case) -> Iterator[Finding]:
    """Bidirectional is told to join its directions in a way that it does not know."""
    error = case.error
    match = re.search(r"Invalid merge mode\. Received: (\w+)", error.text if error else "")
    if error is None or match is None:
        return
    better = {
        "add": "sum",
        "average": "ave",
        "avg": "ave",
        "mean": "ave",
        "concatenate": "concat",
        "multiply": "mul",
    }
    wanted = better.get(match[1].lower(), "concat")
    yield finding(
        "merge-mode", of_layer(case, match[1]), "error", f"Bidirectional knows no merge_mode {match[1]!r}",
        f"Line {error.line}: {error.source}\nThe two directions are joined by 'concat' (twice the units), 'sum', "
        "'mul' or "
        "'ave' (the units stay), or handed on apart with None.",
        with_diff(f"Write merge_mode={wanted!r}.",
                  case.program.change(error.line, "Bidirectional", merge_mode=repr(wanted))),
        "units", "wrappers-and-seq2seq",
    )  # fmt: skip


def missing_argument(case: Case) -> Iterator[Finding]:
    """A layer, a callback or a function is called without something that it needs, or is not called at all."""
    error = case.error
    match = re.search(
        r"(\w+)(?:\.(\w+))?\(\) missing \d+ required positional arguments?: (.+)", error.text if error else ""
    )
    if error is None or match is None or re.search(r"\bRNN\(", error.source):
        return
    owner, method, names = match[1], match[2] or "", match[3].strip()
    if "Callback" in owner or method.startswith(("set_", "on_")) or "callbacks" in error.source:
        yield finding(
            "callback-not-made", "batching", "error", "A callback was passed as a class",
            f"Line {error.line}: {error.source}\n{error.first_line}. callbacks= takes callbacks that were made, with "
            "brackets.",
            "Make it: callbacks=[keras.callbacks.EarlyStopping(patience=5)].", "", "build-and-train",
        )  # fmt: skip
        return
    made = method == "__init__"
    if (method or owner) in case.program.handed_to("compile"):
        yield finding(
            "loss-takes-two", "loss", "error", f"Keras calls {method or owner} with labels and output alone",
            f"Line {error.line}: {error.source}\n{error.first_line}. A loss or metric is called as "
            f"{method or owner}(y_true, y_pred).",
            f"Give {names} a value in its def, such as =1.0, or write a function that takes them and returns the "
            "loss. Weights of samples go to fit(…, sample_weight=…).",
            "", "build-and-train",
        )  # fmt: skip
        return
    if "compile" in case.program.called_on(error.line) and not made:
        yield finding(
            "loss-called", "loss", "error", f"{owner} was called where its name belongs",
            f"Line {error.line}: {error.source}\n{error.first_line}. compile takes the function; Keras calls it later, "
            "with labels and output.",
            f"Leave the brackets away: loss=keras.losses.{owner}, or its name in quotes.", "", "build-and-train",
        )  # fmt: skip
        return
    yield finding(
        "argument-missing", of_layer(case) if made else stage_of_calls([owner, method]) or _stage_there(case), "error",
        f"{owner if made else method or owner} lacks {names}",
        f"Line {error.line}: {error.source}\n{error.first_line}.",
        f"Give it: {owner if made else method or owner}(…, {names.split(' and ')[0].strip(chr(39))}=…); "
        f"help({owner}) lists what it takes.",
        "", "every-parameter",
    )  # fmt: skip


def _stage_there(case: Case) -> str:
    return stage_of_calls(case.program.called_on(case.error.line if case.error else 0)) or "between-layers"
