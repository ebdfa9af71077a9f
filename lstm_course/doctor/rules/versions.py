"""Keras 2 arguments, methods and names, with their Keras 3 form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lstm_course.doctor.places import STAGE_OF, stage_of_calls
from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.shapes.findings import Finding


@dataclass(frozen=True)
class Gone:
    """Something that Keras 3 no longer takes."""

    stage: str  # where it belongs
    what: str  # what it was
    now: str  # what to type instead


ARGUMENTS = {
    "batch_input_shape": Gone("input-layer", "the input shape with the batch size",
                              "put keras.Input(batch_shape={value}) before the layer and take the argument "
                              "away"),
    "batch_size": Gone("batching", "the batch size of a layer",
                       "put keras.Input(batch_shape=(batch_size, timesteps, features)) before the layer"),
    "input_length": Gone("input-layer", "the number of timesteps",
                         "put keras.Input(shape=({value}, features)) before the layer"),
    "time_major": Gone("recurrent-layer", "time before batch", "give X as (samples, timesteps, features) and drop it"),
    "implementation": Gone("recurrent-layer", "the way of computing", "drop it"),
    "consume_less": Gone("recurrent-layer", "the way of computing", "drop it"),
    "output_dim": Gone("recurrent-layer", "units", "write units={value}"),
    "inner_activation": Gone("recurrent-layer", "the gates' activation", "write recurrent_activation={value}"),
    "inner_init": Gone("recurrent-layer", "the recurrent initializer", "write recurrent_initializer={value}"),
    "init": Gone("recurrent-layer", "the initializer", "write kernel_initializer={value}"),
    "W_regularizer": Gone("recurrent-layer", "the regularizer", "write kernel_regularizer={value}"),
    "dropout_W": Gone("recurrent-layer", "dropout of the input", "write dropout={value}"),
    "dropout_U": Gone("recurrent-layer", "dropout of the state", "write recurrent_dropout={value}"),
    "nb_epoch": Gone("batching", "the number of epochs", "write epochs={value}"),
    "lr": Gone("loss", "the learning rate", "write learning_rate={value}"),
    "decay": Gone("loss", "the decay of the learning rate",
                  "use learning_rate=keras.optimizers.schedules.InverseTimeDecay(…)"),
    "workers": Gone("batching", "processes for reading", "give it to the PyDataset, or drop it"),
    "use_multiprocessing": Gone("batching", "processes for reading", "give it to the PyDataset, or drop it"),
    "max_queue_size": Gone("batching", "the reading queue", "give it to the PyDataset, or drop it"),
    "samples_per_epoch": Gone("batching", "the number of samples", "write steps_per_epoch = samples // batch_size"),
    "nb_val_samples": Gone("batching", "the number of validation samples", "write validation_steps"),
    "show_accuracy": Gone("loss", "accuracy in the log", "compile with metrics=['accuracy']"),
    "input": Gone("input-layer", "the inputs of a model", "write keras.Model(inputs=…, outputs=…)"),
    "output": Gone("head", "the outputs of a model", "write keras.Model(inputs=…, outputs=…)"),
    "period": Gone("saving", "how often to save", "write save_freq"),
    "save_format": Gone("saving", "the file format", "drop it: the ending, .keras, says the format"),
    "interpolation": Gone("raw-data", "the resampling", "drop it"),
}  # fmt: skip
METHODS = {
    "fit_generator": Gone("batching", "fit on a generator", "call fit(generator, …)"),
    "evaluate_generator": Gone("batching", "evaluate on a generator", "call evaluate(generator)"),
    "predict_generator": Gone("prediction", "predict on a generator", "call predict(generator)"),
    "predict_classes": Gone("prediction", "classes of the predictions",
                            "write model.predict(x).argmax(axis=-1), or (model.predict(x) > "
                            "0.5).astype('int32') for one "
                            "sigmoid"),
    "predict_proba": Gone("prediction", "probabilities", "call model.predict(x): it returns what the head gives"),
    "CuDNNLSTM": Gone("recurrent-layer", "the GPU version of LSTM",
                      "use LSTM with its defaults: it takes the fused GPU kernel by itself"),
    "CuDNNGRU": Gone("recurrent-layer", "the GPU version of GRU",
                     "use GRU with its defaults (reset_after=True)"),
    "TimeDistributedDense": Gone("head", "a Dense per timestep", "write TimeDistributed(Dense(n)), or just Dense(n)"),
    "Merge": Gone("between-layers", "joining branches", "use Concatenate() or Add() in the functional API"),
    "np_utils": Gone("labels", "to_categorical", "use keras.utils.to_categorical"),
    "to_json": Gone("saving", "the model as JSON", "use model.to_json()"),
    "set_session": Gone("raw-data", "the session", "drop it: TensorFlow 2 has no sessions"),
    "Tokenizer": Gone("raw-data", "the tokenizer", "use keras.layers.TextVectorization"),
    "TimeseriesGenerator": Gone("windowing", "windows in batches", "use keras.utils.timeseries_dataset_from_array"),
    "wrappers": Gone("saving", "the scikit-learn wrapper", "use the package scikeras, or call fit yourself"),
    "states": Gone("state", "the states of a layer", "read layer.states after the first call"),
}  # fmt: skip
CALLS = {"compile": "loss", "fit": "batching", "train_on_batch": "batching", "evaluate": "prediction",
         "predict": "prediction"}  # fmt: skip
"""Stage of an argument of a model's method."""
KEYS = {"acc": "accuracy", "val_acc": "val_accuracy", "accuracy": "acc"}


def gone_arguments(case: Case) -> Iterator[Finding]:
    """A layer, an optimizer or a method gets an argument that Keras 3 does not know."""
    error = case.error
    if error is None:
        return
    name = _argument(error.text)
    if "could not be deserialized" in error.text:
        return  # the argument comes from a wrapper that rebuilds its layer
    old = ARGUMENTS.get(name)
    owner = _owner(error.text)
    refused = "nrecognized" in error.text or "not recognized" in error.text or owner in CALLS
    if not name or (old is None and not refused):
        return
    value = _value(case, error.line, name)
    if old is None:
        yield finding(
            "unknown-argument", _stage(case, owner), "error", f"{owner or 'Keras'} does not know {name}",
            f"Line {error.line}: {error.first_line}.",
            with_diff(
                f"Take {name} away, or look up its name: help({_whose(owner)}).",
                case.program.change(error.line, owner, **{name: None}) if owner else "",
            ),
            "", "every-parameter",
        )  # fmt: skip
        return
    stage = _stage(case, owner) if old.stage == "recurrent-layer" else old.stage
    yield finding(
        "keras-2-argument", stage, "error", f"{name} is an argument of Keras 2",
        f"Line {error.line} gives {name}={value} ({old.what}); {owner or 'Keras 3'} does not take it any more.",
        with_diff(
            f"In Keras 3: {old.now.replace('{value}', value)}.",
            case.program.change(error.line, owner, **({name: None} | _named_now(old, value))) if owner else "",
        ),
        "", "every-parameter",
    )  # fmt: skip


def _named_now(old: Gone, value: str) -> dict[str, str | None]:
    """The argument under the name that it has now; empty where more than its name is another."""
    now = re.fullmatch(r"write (\w+)=\{value\}", old.now)
    return {now[1]: value} if now else {}


def _argument(text: str) -> str:
    patterns = (
        r"nrecognized keyword arguments? passed to \w+: \{'(\w+)'", r"not recognized: \{'(\w+)'",
        r"unexpected keyword argument '(\w+)'", r"Invalid keyword argument[^']*'(\w+)'",
    )  # fmt: skip
    return next((match[1] for pattern in patterns if (match := re.search(pattern, text))), "")


def _owner(text: str) -> str:
    match = re.search(r"passed to (\w+):", text) or re.search(r"(\w+)\.__init__\(\)", text)
    if match:
        return match[1]
    match = re.search(r"\.(\w+)\(\) got an unexpected", text)
    return match[1] if match else ""


def _value(case: Case, line: int, name: str) -> str:
    match = re.search(rf"\b{name}\s*=\s*(\([^)]*\)|\[[^\]]*\]|[^,)]+)", case.program.line(line))
    return match[1] if match else "…"


def _whose(owner: str) -> str:
    return f"keras.Model.{owner}" if owner in CALLS else f"keras.layers.{owner or 'LSTM'}"


def _stage(case: Case, owner: str) -> str:
    if owner in CALLS:
        return CALLS[owner]
    if owner not in ("LSTM", "GRU", "SimpleRNN", "Bidirectional", "RNN"):
        return "input-layer" if owner in ("Input", "InputLayer", "Embedding") else "head"
    order = [layer for layer in case.capture.layers if layer.recurrent]
    line = case.error.line if case.error else 0
    place = next((index for index, layer in enumerate(order) if layer.line == line), max(len(order) - 1, 0))
    return f"recurrent-layer-{place + 1}"


def gone_class(text: str) -> str:
    """Name the class of Keras 2 that a NameError asks for, as behind a star import; empty where it is none.

    >>> gone_class("name 'CuDNNLSTM' is not defined"), gone_class("name 'states' is not defined")
    ('CuDNNLSTM', '')
    """
    match = re.search(r"name '([A-Z]\w+)' is not defined", text)
    return match[1] if match and match[1] in METHODS else ""


def gone_names(case: Case) -> Iterator[Finding]:
    """A method, class or module that Keras 3 does not have."""
    error = case.error
    if error is None:
        return
    class_name = gone_class(error.text)
    if not class_name and error.type not in ("AttributeError", "ImportError", "ModuleNotFoundError"):
        return
    match = re.search(r"has no attribute '(\w+)'", error.text) or re.search(
        r"cannot import name '(\w+)'", error.text
    )
    name = class_name or (match[1] if match else "")
    if not name and (module := re.search(r"No module named '([\w.]+)'", error.text)):
        name = module[1].split(".")[-1]
        if not module[1].startswith(("keras", "tensorflow")):
            return
    if name.startswith("reset_state"):
        return
    old = METHODS.get(name)
    if old is None and not re.search(
        r"keras|Sequential|Functional|Model|LSTM|GRU", error.text + error.source
    ):
        return
    stage = old.stage if old else _stage_of_import(case, name)
    if stage == "recurrent-layer":
        stage = "recurrent-layer-1"
    yield finding(
        "keras-2-name", stage, "error", f"{name or 'This'} is not part of Keras 3",
        f"Line {error.line}: {error.first_line}. " + (f"{name} ({old.what}) belongs to Keras 2." if old else
        "The name belongs to an older version, or to another package."),
        with_diff(
            f"In Keras 3: {old.now}." if old else
            _where_now(error.text, name),
            f"- {error.source}" if old else "",
        ),
        "", "every-parameter",
    )  # fmt: skip


def _stage_of_import(case: Case, name: str) -> str:
    """Stage of a name that is not there: of the class that it nearly is, else of the place where it is asked for."""
    error = case.error
    text = f"{error.text} {error.source}" if error else ""
    known = next((stage for one, stage in STAGE_OF.items() if one.lower() == name.lower()), "")
    if known or "rnn" in text or "recurrent" in text:
        return known or "recurrent-layer"
    if re.search(r"preprocessing\.(text|image)|datasets", text):
        return "raw-data"
    if re.search(r"save|load|models", text):
        return "saving"
    if error and case.program.function_at(error.line) in case.program.handed_to("compile"):
        return "loss"
    return stage_of_calls(case.program.called_on(error.line) if error else []) or "input-layer"


def _where_now(text: str, name: str) -> str:
    similar = next((one for one in STAGE_OF if one.lower() == name.lower() and one != name), "")
    if similar:
        return f"Write {similar}: capitals count."
    if "keras.backend" in text or "keras.api" in text:
        return (
            f"keras.ops has the functions that keras.backend had: from keras import ops, then ops.{name}(…)."
        )
    return (
        "Import layers from keras.layers, models from keras, functions from keras.utils; keras.ops has the functions "
        "that keras.backend had."
    )


def history_keys(case: Case) -> Iterator[Finding]:
    """The history is asked for a metric under another name."""
    error = case.error
    if error is None or error.type != "KeyError" or "history" not in error.source:
        return
    name = error.text.strip("'\"")
    metrics = next((model.metrics for model in case.capture.models if model.metrics), ())
    held_back = name.startswith("val_") and not any(
        call.val_x or call.validation_split for call in case.capture.trainings
    )
    yield finding(
        "history-key", "batching" if held_back else "loss", "error", f"The history has no {name}",
        f"Line {error.line} asks for history['{name}']. The names are loss and those of the metrics, "
        f"{list(metrics) or 'none were given to compile'}, and the same with val_ if there was validation "
        "data.",
        "Give fit something to validate on: validation_split=0.2, or validation_data=(X_val, y_val)."
        if held_back else
        f"Use '{KEYS.get(name, 'accuracy')}' with metrics=['{KEYS.get(name, 'accuracy')}'], or "
        "print(history.history.keys()).",
        "", "build-and-train",
    )  # fmt: skip


def not_compiled(case: Case) -> Iterator[Finding]:
    """fit before compile, or labels forgotten."""
    if case.says("No loss to compute") and case.error:
        yield finding(
            "no-loss", "loss", "error", "compile was given no loss",
            f"Line {case.error.line}: {case.error.first_line} The optimizer needs a number that it can make smaller.",
            "Add it: model.compile(optimizer='adam', loss='mse').", "", "build-and-train",
        )  # fmt: skip
    if case.says("You must call `compile()`") and case.error:
        yield finding(
            "not-compiled", "loss", "error", "The model was not compiled",
            f"Line {case.error.line} trains a model that has no loss and no optimizer yet.",
            "Before fit: model.compile(optimizer='adam', loss='mse').", "", "build-and-train",
        )  # fmt: skip
    call = case.stopped_call
    if case.capture.live and case.capture.calls:
        call = case.capture.calls[-1]
    if (
        call
        and call.method in ("fit", "train_on_batch")
        and not call.y
        and call.source == "arrays"
        and (case.capture.live or case.says("None values not supported", "target", "y_true", "None"))
    ):
        yield finding(
            "labels-missing", "labels", "error", "fit got no labels",
            f"fit was given X {call.x[0] if call.x else ''} and no y; the loss has nothing to compare with.",
            "Pass both: model.fit(X, y); an autoencoder learns its own input: model.fit(X, X).", "samples",
        )  # fmt: skip
