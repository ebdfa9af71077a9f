"""Weights with their names, and model files that cannot run code while they are read."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import keras

from lstm_course.data.facts import Facts
from lstm_course.experiment import Experiment
from lstm_course.keras_bridge.build import build
from lstm_course.keras_bridge.observation import Array, NamedWeight
from lstm_course.problems import ProblemError

_MAX_CONFIG_BYTES = 10 * 1024**2  # the description of a model is text of some kilobytes
_MODULES = (
    "keras", "keras.models", "keras.src.models.functional", "keras.src.models.sequential", "keras.layers",
    "keras.activations", "keras.initializers", "keras.regularizers", "keras.constraints", "keras.losses",
    "keras.metrics", "keras.optimizers", "keras.optimizers.schedules", "keras.dtype_policies",
    "keras.src.ops.numpy", "keras.src.ops.nn", "keras.src.ops.math",  # x + y and x[:, -1] between layers
)  # fmt: skip


def read_weights(model: keras.Model) -> tuple[NamedWeight, ...]:
    """Return a model's weights with their names, in the order of `get_weights`.

    Example:
        >>> from lstm_course.keras_bridge.build import build_for_shape
        >>> from lstm_course.layers import LSTM
        >>> [(weight.name, weight.value.shape) for weight in read_weights(build_for_shape((LSTM(4),), (12, 1)))]
        [('kernel', (1, 16)), ('recurrent_kernel', (4, 16)), ('bias', (16,))]
    """
    return tuple(
        NamedWeight(layer.name, name_of(layer, variable), variable.numpy())
        for layer in model.layers
        for variable in layer.weights
    )


def name_of(layer: keras.Layer, variable: Any) -> str:
    """Name a variable within its layer, with the direction inside a Bidirectional."""
    if not isinstance(layer, keras.layers.Bidirectional):
        return str(variable.name)
    forward = any(variable is own for own in layer.forward_layer.weights)
    return f"{'forward' if forward else 'backward'}/{variable.name}"


def write_weights(model: keras.Model, weights: Sequence[Array]) -> None:
    """Put weights, in the order of `get_weights`, back into a model of the same network.

    Raises:
        ProblemError: when their number or their shapes are not the model's.
    """
    given = [tuple(weight.shape) for weight in weights]
    expected = [tuple(variable.shape) for variable in model.weights]
    if given != expected:
        raise ProblemError(
            f"These weights belong to another network: their shapes are {given}, the model's are {expected}. "
            "Train the experiment again."
        )
    model.set_weights(list(weights))


def model_of(exp: Experiment, facts: Facts, weights: Sequence[Array]) -> keras.Model:
    """Build the experiment's model with given weights, such as those of a finished run."""
    model = build(exp, facts)
    write_weights(model, weights)
    return model


def save_model(model: keras.Model, path: str | Path) -> Path:
    """Write a model as a `.keras` file.

    Raises:
        ProblemError: when the file's name ends otherwise.
    """
    file = Path(path)
    if file.suffix != ".keras":
        raise ProblemError(
            f"A model is saved as a .keras file, not as {file.name!r}; call it {file.stem}.keras."
        )
    model.save(file)
    return file


def load_model_safely(path: str | Path) -> keras.Model:
    """Read a `.keras` file without running code that it may carry.

    Its description is looked at before Keras sees it: only Keras's own classes are allowed, and no Lambda
    layer, which is Python code in disguise.

    Args:
        path: a `.keras` file.

    Raises:
        ProblemError: when there is no such file, it is no Keras model, or it wants to run code.
    """
    file = Path(path)
    config = _config_of(file)
    for name in _refused(config):
        raise ProblemError(
            f"{file.name} holds {name}, which is code of its own and is not run here. "
            "Only models made of Keras's built-in layers are read; replace that layer, or draw the model in the "
            "program that made it."
        )
    try:
        return keras.saving.load_model(file, compile=False, safe_mode=True)
    except (ValueError, TypeError, KeyError, OSError, ImportError, AttributeError) as error:
        raise ProblemError(
            f"Keras {keras.__version__} cannot read {file.name}: {_first_line(error)} "
            "Save it again with model.save('name.keras') in Keras 3."
        ) from error


def _config_of(file: Path) -> Any:
    if not file.is_file():
        raise ProblemError(f"There is no file {file}; give the path of a .keras file.")
    if file.suffix != ".keras":
        raise ProblemError(
            f"{file.name} is no .keras file; older formats can hide code. Save the model with model.save('name.keras')."
        )
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.getinfo("config.json").file_size > _MAX_CONFIG_BYTES:
                raise ProblemError(
                    f"{file.name} describes its model in more than 10 MB of text; that is no model."
                )
            return json.loads(archive.read("config.json"))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        if isinstance(error, ProblemError):
            raise
        raise ProblemError(
            f"{file.name} is no Keras model, or it is damaged: {_first_line(error)}"
        ) from error


def _refused(config: Any) -> Iterator[str]:
    """Find what is not Keras's own: Lambda layers, and classes of other packages."""
    if isinstance(config, list):
        for item in config:
            yield from _refused(item)
    if not isinstance(config, dict):
        return
    name = config.get("class_name")
    if name in ("Lambda", "__lambda__", "function") and "config" in config:
        yield f"a {name.strip('_')}"
    module = config.get("module")
    if isinstance(name, str) and isinstance(module, str) and module not in _MODULES:
        yield f"the class {name} of {module}"
    if isinstance(name, str) and config.get("registered_name") and module is None and "config" in config:
        yield f"the class {config['registered_name']}"
    for value in config.values():
        yield from _refused(value)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
