"""What is refused while a network is put together: other things than tensors, kernels too long, names used twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding
from lstm_course.shapes.findings import Finding


def not_a_layer(case: Case) -> Iterator[Finding]:
    """A tensor stands where a layer belongs, or a layer where a tensor belongs."""
    error = case.error
    if error is None:
        return
    if case.says("Only instances of `keras.Layer` can be added", "Only instances of keras.Layer"):
        tensor = "KerasTensor" in error.text
        yield finding(
            "tensor-in-sequential", "between-layers", "error",
            f"Sequential takes layers, and gets {'a tensor' if tensor else 'something else'}",
            f"Line {error.line}: {error.source}\n{error.first_line}.",
            "Add the layer without calling it: model.add(LSTM(32)); a layer that was called on a tensor, LSTM(32)(x), "
            "belongs to the functional API: keras.Model(inputs, outputs)."
            if tensor else
            "Add layers, with brackets: model.add(Dense(1)). A function goes into keras.layers.Lambda(function).",
            "units",
        )  # fmt: skip
    elif case.says("Only input tensors may be passed as positional arguments"):
        given = re.search(r"should be passed as a keyword argument: (?:<)?(\w+)", error.text)
        name = given[1] if given else "a layer"
        yield finding(
            "layer-instead-of-tensor", "between-layers", "error", "A layer gets something that is no tensor",
            f"Line {error.line}: {error.source}\n{error.first_line} What was passed is {name}.",
            "Call the layer below on its own input first, and pass what it returned: h = LSTM(32)(x), then "
            "Dense(1)(h). "
            "LSTM(32) alone is a layer, not its output.",
            "units",
        )  # fmt: skip
    elif case.says(
        "should be an instance of `keras.Layer`", "`layer` should be", "Output tensors of a", "Output tensors"
    ):
        yield finding(
            "model-of-no-tensors", "between-layers", "error", "Model takes the tensors, not the layers",
            f"Line {error.line}: {error.source}\n{error.first_line}.",
            "Name the first and the last tensor: keras.Model(inputs=x, outputs=y), with x = keras.Input(…) and y "
            "what the "
            "last layer returned.",
            "units",
        )  # fmt: skip


def symbolic(case: Case) -> Iterator[Finding]:
    """Python asks a tensor for its numbers while the model is still being described."""
    error = case.error
    asked = case.says(
        "symbolic KerasTensor cannot be used as a boolean", "cannot be used as a Python boolean",
        "Using a symbolic `tf.Tensor` as a Python `bool`", "symbolic KerasTensor cannot be converted",
    )  # fmt: skip
    if error is None or not asked:
        return
    training = bool(case.capture.calls and case.capture.calls[-1].error)
    yield finding(
        "branch-on-a-tensor", "loss" if training and case.says("compile_loss") else "between-layers", "error",
        "Python asks a tensor for its value, and it has none yet",
        f"Line {error.line}: {error.source}\n{error.first_line} While a model is built (and inside fit) a tensor is a "
        "place in a graph; if, while, int() and float() need a number.",
        "Choose with keras.ops.where(condition, a, b), or inside a layer of your own; for lengths use the shape: "
        "x.shape[1].",
        "",
    )  # fmt: skip


def not_built(case: Case) -> Iterator[Finding]:
    """The sizes of a model are asked for before it has seen an input."""
    error = case.error
    if error is None or not case.says(
        "isn't built", "has not yet been built", "has not been built", "must first be built"
    ):
        return
    saving = re.search(r"save|load|weights", error.source)
    yield finding(
        "not-built", "saving" if saving else "input-layer", "error", "The model does not know its input yet",
        f"Line {error.line}: {error.source}\n{error.first_line} Kernels are as tall as the input is wide, so without "
        "an "
        "input shape there are no weights.",
        "Put keras.Input(shape=(timesteps, features)) first; a model of your own class is built by a call: "
        "model(X[:1]), or model.build((None, timesteps, features)).",
        "features",
    )  # fmt: skip


def too_short_for_a_kernel(case: Case) -> Iterator[Finding]:
    """A convolution or a pooling is longer than the sequence that is left."""
    error = case.error
    if error is None or not case.says(
        "Computed output size would be", "Negative dimension size", "would be zero or negative"
    ):
        return
    shapes = ", ".join(map(str, error.layer_inputs))
    name = case.failing.cls if case.failing else "The layer"
    size = re.search(r"(?:pool_size|kernel_size|kernel.shape)=[\[(]?(\d+)", error.text)
    wide = f" of {size[1]}" if size else ""
    yield finding(
        "sequence-too-short", "between-layers", "error", f"{name} reaches further than the sequence that is left",
        f"Line {error.line}: {name}{wide} timesteps was given {shapes or 'a sequence that is shorter'}. Every "
        "convolution "
        "without padding takes kernel_size - 1 timesteps away, and every pooling divides them.",
        "Give the convolutions padding='same', pool less, or start with longer windows: Input(shape=(timesteps, "
        "features)).",
        "timesteps",
    )  # fmt: skip


def numpy_in_the_graph(case: Case) -> Iterator[Finding]:
    """NumPy is asked to compute with a tensor that has no numbers yet."""
    error = case.error
    asked = case.says(
        "Cannot convert a symbolic tf.Tensor", "cannot be converted to a numpy array",
        "'SymbolicTensor' object has no attribute", "'KerasTensor' object has no attribute",
        "numpy() is only available when eager", "Tensor' object has no attribute 'numpy'",
    )  # fmt: skip
    if error is None or not asked:
        return
    in_loss = case.program.function_at(error.line) in case.program.handed_to("compile") or case.says(
        "compile_loss"
    )
    yield finding(
        "numpy-in-the-graph", "loss" if in_loss else "between-layers", "error",
        "NumPy or TensorFlow is called on a tensor that has no numbers yet",
        f"Line {error.line}: {error.source}\n{error.first_line} While a model is built, and inside fit, tensors are "
        "places in "
        "a graph; NumPy needs the numbers, and TensorFlow's functions refuse Keras's placeholders.",
        "Use keras.ops, which does the same on both: from keras import ops; "
        + ("ops.mean(ops.square(y_true - y_pred))." if in_loss else "ops.mean(h, axis=1), or a layer such as "
           "GlobalAveragePooling1D()."),
        "",
    )  # fmt: skip


def same_name_twice(case: Case) -> Iterator[Finding]:
    """Two layers of a model have one name."""
    error = case.error
    match = re.search(r'The name "([^"]+)" is used (\d+) times', error.text if error else "")
    if error is None or match is None:
        return
    yield finding(
        "same-name-twice", "between-layers", "error", f"{match[2]} layers are called {match[1]!r}",
        f"Line {error.line}: {error.source}\n{error.first_line}. Names tell layers apart in files and in dicts of "
        "outputs.",
        f"Give each its own name, or none at all: name='{match[1]}_1', name='{match[1]}_2'.", "units",
    )  # fmt: skip


def states_of_other_batch(case: Case) -> Iterator[Finding]:
    """The states that a layer is started from are not those of this batch."""
    error, layer = case.error, case.failing
    if error is None or layer is None or "initial_state" not in error.source or not error.layer_inputs:
        return
    if not case.says("Incompatible shapes", "must be equal", "incompatible"):
        return
    yield finding(
        "states-of-other-batch", "state", "error", "The initial state has another shape than this batch",
        f"Line {error.line}: {error.source}\n{layer.cls} was given {', '.join(map(str, error.layer_inputs))}: the "
        "input of "
        "one timestep, then the states. Each state holds a row for every sample of the batch and a column for every "
        "unit.",
        "Make the states for this batch: zeros of shape (batch, units), two for an LSTM, one for a GRU; or let the "
        "layer "
        "make them, without initial_state.",
        "batch", "batches-and-state",
    )  # fmt: skip


def variables_of_another_model(case: Case) -> Iterator[Finding]:
    """An optimizer is given the weights of a model that it was not built for."""
    error = case.error
    if error is None or not case.says(
        "Unknown variable", "not recognized by the optimizer", "only be called for the variables"
    ):
        return
    yield finding(
        "optimizer-of-another-model", "loss", "error", "The optimizer was built for other weights",
        f"Line {error.line}: {error.source}\n{error.first_line[:160]}. An optimizer keeps figures for each weight "
        "that it "
        "saw first, and takes no others.",
        "Make one for each model: optimizer = keras.optimizers.Adam() beside the model (a name in compile makes a new "
        "one).",
        "", "build-and-train",
    )  # fmt: skip
