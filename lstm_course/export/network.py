"""The lines that build, compile and train the network."""

from __future__ import annotations

import re

from lstm_course.experiment import Experiment
from lstm_course.export.sections import Material, Section
from lstm_course.layers import Bidirectional, Layer, Recurrent
from lstm_course.shapes import loss_of, network_of

_OPTIMIZERS = {
    "adam": "Adam", "adamw": "AdamW", "nadam": "Nadam", "rmsprop": "RMSprop", "sgd": "SGD", "adagrad": "Adagrad",
    "adamax": "Adamax",
}  # fmt: skip


def layer_imports(material: Material) -> str:
    """Name the layers that the program imports from Keras."""
    code = "; ".join(layer.code for layer in network_of(material.exp, material.facts))
    return ", ".join(sorted({*re.findall(r"\b([A-Z]\w+)\(", code)}))


def network(material: Material) -> Section:
    """Write the lines that build the model."""
    exp, layers = material.exp, network_of(material.exp, material.facts)
    stage = material.prediction.stage("input-layer")
    shape = stage.shape if stage else ()
    entry = f"batch_shape={shape}" if exp.stateful else f"shape={shape[1:]}"
    lines = [
        f"keras.utils.set_random_seed({exp.seed})  # the same first weights and order of samples each time"
    ]
    lines += (
        _functional(material, layers, entry) if _hands_over(layers) else _sequential(material, layers, entry)
    )
    lines.append(f"model.summary()  # {material.prediction.parameters:,} parameters")
    return Section(
        "The network", ("input-layer", "recurrent-layer", "between-layers", "head"),
        "From the bottom up. The comment behind each layer is the shape that leaves it.", "\n".join(lines),
    )  # fmt: skip


def _hands_over(layers: tuple[Layer, ...]) -> bool:
    inner = [layer.layer if isinstance(layer, Bidirectional) else layer for layer in layers]
    return any(
        isinstance(one, Recurrent) and (one.return_state or one.initial_state is not None) for one in inner
    )


def _outputs(material: Material) -> list[str]:
    """The shapes that leave the layers, with the batch axis as Keras writes it."""
    stateful = material.exp.stateful
    return [
        str(shape.output.shape if stateful else (None, *shape.output.shape[1:]))
        for shape in material.prediction.layers
    ]


def _sequential(material: Material, layers: tuple[Layer, ...], entry: str) -> list[str]:
    lines = ["model = keras.Sequential([", f"    keras.Input({entry}),"]
    for layer, shape in zip(layers, _outputs(material), strict=True):
        lines.append(f"    {layer.code},  # {shape}")
    return [*lines, "])"]


def _functional(material: Material, layers: tuple[Layer, ...], entry: str) -> list[str]:
    lines = [f"inputs = x = keras.Input({entry})"]
    for position, (layer, shape) in enumerate(zip(layers, _outputs(material), strict=True)):
        inner = layer.layer if isinstance(layer, Bidirectional) else layer
        left = f"x, *state_{position}" if isinstance(inner, Recurrent) and inner.return_state else "x"
        start = layer.initial_state if isinstance(layer, Recurrent) else None
        passed = "x" if start is None else f"x, initial_state=state_{start}"
        lines.append(f"{left} = {_without_state(layer)}({passed})  # {shape}")
    return [*lines, "model = keras.Model(inputs, x)"]


def _without_state(layer: Layer) -> str:
    """The layer's call without `initial_state`, which Keras takes when the layer is called."""
    return re.sub(r", initial_state=\d+", "", layer.code)


def training(material: Material) -> Section:
    """Write the lines that compile and train the model."""
    exp = material.exp
    lines = [f"BATCH_SIZE, EPOCHS = {exp.batch_size}, {exp.epochs}", "", *_forgetting(exp), *_compile(exp)]
    lines += _class_weight(exp)
    steps = material.prediction.steps_per_epoch
    callbacks = _callbacks(material)
    lines += [
        "history = model.fit(",
        "    X_train, y_train,",
        "    batch_size=BATCH_SIZE,",
        "    epochs=EPOCHS,",
    ]
    lines += [f"    shuffle={exp.shuffled},"]
    if "validation" in material.parts:
        lines.append("    validation_data=(X_validation, y_validation),")
    if exp.class_weight is not None:
        lines.append("    class_weight=class_weight,")
    if callbacks:
        lines += ["    callbacks=[", *(f"        {callback}," for callback in callbacks), "    ],"]
    lines += ["    verbose=0,", ")"]
    lines += ["for name, values in history.history.items():"]
    lines += ['    print(f"{name} after {len(values)} epochs: {values[-1]:.8g}")']
    return Section(
        "Training", ("loss", "batching"),
        f"⌈{material.num_samples('train'):,} samples / {exp.batch_size}⌉ = {steps:,} steps in each epoch.",
        "\n".join(lines),
    )  # fmt: skip


def _compile(exp: Experiment) -> list[str]:
    given = {"learning_rate": exp.learning_rate, "clipnorm": exp.clipnorm}
    options = ", ".join(f"{name}={value!r}" for name, value in given.items() if value is not None)
    metrics = f", metrics={list(exp.metrics)!r}" if exp.metrics else ""
    optimizer = f"keras.optimizers.{_OPTIMIZERS[exp.optimizer]}({options})"
    return [f"model.compile(optimizer={optimizer}, loss={loss_of(exp)!r}{metrics})", ""]


def _class_weight(exp: Experiment) -> list[str]:
    if exp.class_weight is None:
        return []
    if exp.class_weight != "balanced":
        return [f"class_weight = {dict(exp.class_weight)!r}  # class number: how much its samples count"]
    numbers = "y_train.argmax(axis=-1)" if exp.labels == "one-hot" else "y_train"
    return [
        f"numbers, counts = np.unique({numbers}, return_counts=True)",
        "class_weight = {",
        "    int(number): counts.sum() / (len(counts) * count)  # a rare class counts as much as a frequent one",
        "    for number, count in zip(numbers, counts)",
        "}",
    ]


def _callbacks(material: Material) -> list[str]:
    exp = material.exp
    found = ["ForgetEachEpoch()"] if exp.stateful and exp.reset_state == "epoch" else []
    stopping = exp.early_stopping
    if stopping:
        monitor = stopping.monitor if "validation" in material.parts else "loss"
        found.append(
            f"keras.callbacks.EarlyStopping(monitor={monitor!r}, patience={stopping.patience}, "
            f"restore_best_weights={stopping.restore_best_weights})"
        )
    return found


def _forgetting(exp: Experiment) -> list[str]:
    if not exp.stateful:
        return []
    lines = [
        "",
        "def forget():",
        '    """Set the states that stateful layers keep from batch to batch to zero."""',
        "    for layer in model.layers:",
        '        if getattr(layer, "stateful", False):',
        "            layer.reset_state()",
        "",
        "",
    ]
    if exp.reset_state == "never":
        return lines
    return [
        *lines,
        "class ForgetEachEpoch(keras.callbacks.Callback):",
        "    def on_epoch_begin(self, epoch, logs=None):",
        "        forget()",
        "",
        "",
    ]
