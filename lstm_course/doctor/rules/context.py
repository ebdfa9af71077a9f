"""What the rules ask: a capture with its program, and each training with its shapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lstm_course.doctor.program import Program
from lstm_course.doctor.seen import ArraySeen, CallSeen, Capture, ErrorSeen, LayerSeen, ModelSeen, Shape
from lstm_course.shapes.findings import Finding, Severity

LESSONS = {
    "raw-data": "load-a-series", "scaling": "load-a-series", "windowing": "windows", "labels": "labels",
    "batching": "batches-and-state", "input-layer": "windows", "between-layers": "the-layer", "head": "labels",
    "loss": "labels", "state": "batches-and-state", "prediction": "build-and-train", "saving": "build-and-train",
}  # fmt: skip
EARLY = (
    "InputLayer",
    "Masking",
    "Normalization",
    "Rescaling",
)  # what may lie under the first recurrent layer
# layers that change no shape
SAME = (
    "Dropout",
    "SpatialDropout1D",
    "GaussianNoise",
    "BatchNormalization",
    "LayerNormalization",
    "Activation",
    "ReLU",
    "LeakyReLU",
)  # fmt: skip


def finding(
    code: str,
    stage: str,
    severity: Severity,
    title: str,
    explanation: str,
    fix: str,
    axis: str = "",
    lesson: str = "",
) -> Finding:
    """Make a finding; the lesson follows from the stage unless it is given."""
    taught = lesson or LESSONS.get(stage, "the-layer")
    return Finding(code, stage, severity, title, explanation, fix, axis, taught)


def with_diff(sentence: str, diff: str) -> str:
    """Add a diff of the program's own line to a sentence, where there is one."""
    return f"{sentence}\n{diff}" if diff else sentence


@dataclass(frozen=True)
class Site:
    """One training (or a prediction without one) of one model."""

    case: Case
    model: ModelSeen
    call: CallSeen

    @property
    def x(self) -> ArraySeen | None:
        """The first input."""
        return self.call.x[0] if self.call.x else None

    @property
    def y(self) -> ArraySeen | None:
        """The only label array, or None."""
        return self.call.y[0] if len(self.call.y) == 1 else None

    @property
    def single(self) -> bool:
        """Whether there is one input and one label array."""
        return len(self.call.x) == 1 and len(self.call.y) == 1

    @property
    def batch(self) -> int:
        """Samples in the first batch."""
        count = self.x.shape[0] if self.x and self.x.shape else 1
        return (
            count
            if self.call.batched or self.call.method.endswith("batch")
            else min(self.call.batch_size or 32, count)
        )

    @property
    def timesteps(self) -> int | None:
        """Timesteps of the input, where it has that axis."""
        return self.x.shape[1] if self.x is not None and self.x.rank >= 2 else None

    def output(self, index: int = 0) -> tuple[int, ...] | None:
        """Shape of an output for the first batch; unknown timesteps are those of the input."""
        outputs = self.model.outputs or self.call.outputs
        if index >= len(outputs) or not outputs[index]:
            return None
        known = self.timesteps if len(self.call.x) == 1 else None  # which input an axis follows is not known
        rest = [known if size is None else size for size in outputs[index][1:]]
        return None if None in rest else (self.batch, *(size for size in rest if size is not None))

    def label(self, index: int = 0) -> tuple[int, ...] | None:
        """Shape of a label array for the first batch."""
        if index >= len(self.call.y) or not self.call.y[index].shape:
            return None
        return (self.batch, *self.call.y[index].shape[1:])

    def loss(self, index: int = 0) -> str:
        """Name of the loss of an output; empty where there is none or it is the program's own."""
        loss = self.model.loss
        if isinstance(loss, dict):
            names = self.model.output_names
            return str(loss.get(names[index], "")) if index < len(names) else ""
        if isinstance(loss, tuple):
            return str(loss[index]) if index < len(loss) else ""
        return str(loss or "")

    def recurrent_stage(self, layer: LayerSeen) -> str:
        """Stage of a recurrent layer of this model."""
        return recurrent_stage(self.model, layer)


def recurrent_stage(model: ModelSeen | None, layer: LayerSeen) -> str:
    """Give the stage id of a recurrent layer, counted from the bottom."""
    ids = [item.id for item in model.recurrents] if model else []
    return f"recurrent-layer-{ids.index(layer.id) + 1 if layer.id in ids else 1}"


class Case:
    """A capture, with what rules often ask of it."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture
        self.program = Program(capture.source)

    @property
    def error(self) -> ErrorSeen | None:
        """What stopped the program, or the last error of Keras that it caught itself."""
        return self.capture.error

    @property
    def raised(self) -> bool:
        """Whether Keras complained, or might have: a live model was not run."""
        return self.error is not None or self.capture.live

    def sites(self) -> Iterator[Site]:
        """Give each training with its model; the same shapes once."""
        done: set[Any] = set()
        for call in self.capture.trainings:
            model = self.capture.model(call.model)
            key = (
                call.model,
                tuple(x.shape for x in call.x),
                tuple(y.shape for y in call.y),
                call.batch_size,
            )
            if model and key not in done and len(done) < 12:
                done.add(key)
                yield Site(self, model, call)

    @cached_property
    def layers(self) -> tuple[LayerSeen, ...]:
        """The layers of the program's models; where there is no model yet, those that were made."""
        found = [layer for model in self.capture.models for layer in model.layers]
        return tuple(found) or self.capture.layers

    @cached_property
    def failing(self) -> LayerSeen | None:
        """The layer that raised."""
        return self.capture.layer(self.error.layer) if self.error else None

    @cached_property
    def failing_model(self) -> ModelSeen | None:
        """The model in which a layer raised."""
        for model in self.capture.models:
            if self.failing and any(layer.id == self.failing.id for layer in model.layers):
                return model
        return self.capture.models[0] if self.capture.models else None

    @cached_property
    def below_failing(self) -> LayerSeen | None:
        """The layer under the one that raised, in the order of the model or of the program."""
        if self.failing is None:
            return None
        for layers in (self.layers, self.capture.layers):
            ids = [layer.id for layer in layers]
            if self.failing.id in ids:
                under = [
                    layer for layer in layers[: ids.index(self.failing.id)] if layer.cls not in EARLY + SAME
                ]
                return under[-1] if under else None
        return None

    @cached_property
    def declared(self) -> Shape | None:
        """Declared shape of the first input, batch first."""
        for model in self.capture.trained_models:
            if model.inputs:
                return model.inputs[0]
        first = [layer for layer in self.layers if layer.cls == "InputLayer"]
        if first and first[0].outputs:
            return first[0].outputs[0]
        return tuple(first[0].config.get("batch_shape") or ()) or None if first else None

    @cached_property
    def arrays(self) -> list[ArraySeen]:
        """Named arrays that could be inputs: those of the training, else those of two or more axes."""
        given = [x for call in self.capture.calls for x in call.x]
        named = [array for name, array in self.capture.arrays.items() if name.lower().startswith("x")]
        others = [array for array in self.capture.arrays.values() if array.rank >= 2 and array not in named]
        return given + named + others

    @property
    def x(self) -> ArraySeen | None:
        """What the model was meant to be given."""
        return self.arrays[0] if self.arrays else None

    @cached_property
    def label(self) -> ArraySeen | None:
        """What the model was meant to learn."""
        given = [y for call in self.capture.calls for y in call.y]
        named = [array for name, array in self.capture.arrays.items() if name.lower().startswith("y")]
        return next(iter(given + named), None)

    @cached_property
    def with_predictions(self) -> bool:
        """Whether the program stopped in a statement that works on predictions, outside Keras."""
        error = self.error
        if error is None or any(call.error for call in self.capture.calls):
            return False
        asks = any(name.startswith("predict") for name in self.program.called_on(error.line))
        return asks or bool(
            self.program.names_on(error.line) & self.program.names_from("predict", "predict_on_batch")
        )

    def says(self, *texts: str) -> bool:
        """Whether the error holds one of these texts."""
        return self.error is not None and any(text.lower() in self.error.text.lower() for text in texts)

    def in_call(self, *methods: str) -> bool:
        """Whether the program stopped in one of these calls of a model."""
        last = self.capture.calls[-1] if self.capture.calls else None
        return bool(self.error and last and last.error and last.method in methods)

    @property
    def stopped_call(self) -> CallSeen | None:
        """The call in which the program stopped."""
        last = self.capture.calls[-1] if self.capture.calls else None
        return last if self.error and last and last.error else None


def shapes_there(case: Case) -> str:
    """Write the shapes of the arrays that the statement names at which the program stopped."""
    error = case.error
    names = case.program.names_on(error.line) if error else set()
    named = {name: one for name, one in (error.values if error else {}).items() if name in names}
    return ", ".join(f"{name} {one}" for name, one in list(named.items())[:5]) or "none that have a name"
