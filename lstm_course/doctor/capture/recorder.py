"""The notebook of one capture: every hook writes into it, and a Capture comes out of it."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Any

import keras
import numpy as np

from lstm_course.doctor.arrays import look_at
from lstm_course.doctor.capture.guard import Looking
from lstm_course.doctor.capture.layers import describe_layer, describe_model, given_arguments
from lstm_course.doctor.capture.operations import Operations
from lstm_course.doctor.capture.patches import Patches
from lstm_course.doctor.capture.tells import ASKING, is_ready, layers_of, scales_of, told_of, units_of
from lstm_course.doctor.forecasts import Asked, asked_with
from lstm_course.doctor.groups import MAX_TABLES as MAX_GROUPED
from lstm_course.doctor.groups import Grouped, grouped
from lstm_course.doctor.handed_on import Stepped, stepped
from lstm_course.doctor.held_back import Judged
from lstm_course.doctor.named import Named
from lstm_course.doctor.numbering import Numbering, numbering
from lstm_course.doctor.rows import MAX_TABLES, Dated, dated
from lstm_course.doctor.seen import (
    CallSeen,
    Capture,
    ErrorSeen,
    Event,
    LayerSeen,
    ModelSeen,
    ScalingSeen,
    Told,
)

KERAS = str(keras.__file__).rsplit("/", 1)[0]
MAX_EVENTS, MAX_HISTORY, MAX_SAME, MAX_CALLS = 200, 300, 4, 60
MAX_EMITTED, MAX_NUMBERINGS = 4, 40


class Recorder:
    """Collects what a program does.

    Args:
        file: path under which the program's code was compiled; tells its frames from those of libraries.
        source: its text.
        emit: takes what was seen so far, after each of the first calls of a model.
    """

    def __init__(self, file: str, source: str, emit: Callable[[Capture], None] | None = None) -> None:
        self.file, self.source, self.emit = file, source, emit
        self.layers: dict[int, Any] = {}  # id to layer, in the order of making
        self.notes: dict[int, dict[str, Any]] = {}  # what was noted about layers and models, by id
        self.compiled: dict[int, dict[str, Any]] = {}  # what compile was given, by id of the model
        self.patches = Patches()  # what was changed in Keras
        self.calls: list[CallSeen] = []
        self.raw: list[tuple[str, int, Any, Any]] = []  # method, model, x and y of each call
        self.events: list[Event] = []
        self.history: list[Named] = []  # arrays that names were given to, in order
        self.answers: list[Any] = []  # what predict gave
        self.asked: list[Asked] = []  # predictions for single windows
        self.numberings: list[Numbering] = []  # dicts that the program named
        self.steps: list[Stepped] = []  # steps of models that take states and give them back
        self.told: list[Told] = []  # what single calls tell by what they were given
        self.validations: list[
            tuple[int, str, Any, Any]
        ] = []  # line, name, inputs and labels of validation_data
        self.dataset: Any = None  # what the last training read, where it was a data set
        self.judged: list[Judged] = []  # inputs that judge a network, with those of its training
        self.tables: list[Dated] = []  # tables with dates, at the moments at which they got names
        self.grouped: list[Grouped] = []  # tables of several series, likewise
        self.counts: dict[tuple[str, int], int] = {}  # how often a name was set on a line
        self.arrays: dict[str, Any] = {}  # named arrays at the end
        self.remarks: list[str] = []
        self.slips: list[str] = []  # what went wrong in the doctor's own looking
        self.warnings: list[str] = []
        self.here: Callable[[Any, bool], Any] = lambda path, writes: (
            path
        )  # where a file is really read or written
        self.depth = 0  # how deep we are inside calls of Keras that the program made
        self.call_line = 0  # line of the outermost of these calls
        self.taped: tuple[Any, Any, Any] = (
            None,
            None,
            None,
        )  # model, inputs and output of the last call under one
        self.tapes = 0  # gradient tapes that are open
        self.operations = Operations(source, lambda: (self.line(), self._where()))
        self.operations.shuffles = self.shuffled
        self.kept_name = ""  # name of the array that is being shuffled
        self.origins: dict[int, tuple[Any, int, str]] = {}  # id of a tensor: itself, its layer, and its role
        self.switched: list[tuple[int, int, str]] = []  # states that enter a layer in each other's place
        self.mixing: list[tuple[int, str]] = []  # models that mix samples
        self.last_output: tuple[Any, int] = (
            None,
            0,
        )  # the latest output of a layer, and the id of that layer
        self.making: Any = None  # the layer that is being made
        self.failing: tuple[Any, tuple[Any, ...]] | None = None  # the innermost layer that raised
        self.error: ErrorSeen | None = None
        self.printed = 0
        self.seconds = 0.0

    def line(self) -> int:
        """Give the line of the program that is being run; 0 where none is."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self.file:
                return frame.f_lineno
            frame = frame.f_back
        return 0

    def _where(self) -> str:
        return "keras" if self.depth else ("tape" if self.tapes else "program")

    def looking(self, at: str) -> Looking:
        """Keep what goes wrong in the doctor's own looking, such as at "fit (line 12)", away from the program."""
        return Looking(at, self.file, self.slips)

    def source_line(self, number: int) -> str:
        """Give a line of the program."""
        lines = self.source.splitlines()
        return lines[number - 1].strip() if 0 < number <= len(lines) else linecache.getline(self.file, number)

    def note(self, thing: Any) -> dict[str, Any]:
        """Give the notes on a layer or model."""
        return self.notes.setdefault(id(thing), {})

    def event(self, what: str, line: int | None = None, **detail: Any) -> None:
        """Note something that the program did."""
        if len(self.events) < MAX_EVENTS:
            self.events.append(Event(what, self.line() if line is None else line, detail, len(self.calls)))

    def remark(self, sentence: str) -> None:
        """Note a sentence for the reader, once."""
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    def made(self, layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Note a layer that the program makes; its arguments may still be refused."""
        self.layers[id(layer)] = layer
        note = self.note(layer)
        note["line"] = self.line()
        self.making = layer
        with self.looking(f"{type(layer).__name__} (line {note['line']})"):
            note["given"] = given_arguments(type(layer), args, kwargs)

    def see(self, name: str, value: Any, line: int) -> None:
        """Note an array that a name of the program was given to."""
        with self.looking(f"{name} (line {line})"):
            self._see(name, value, line)

    def _see(self, name: str, value: Any, line: int) -> None:
        if name in self.operations.names:
            self.operations.predicts(value)
        count = self.counts[(name, line)] = self.counts.get((name, line), 0) + 1
        if count > MAX_SAME:
            return
        words = numbering(name, line, value) if len(self.numberings) < MAX_NUMBERINGS else None
        self.numberings += [words] if words else []
        table = dated(name, line, value) if len(self.tables) < MAX_TABLES else None
        self.tables += [table] if table else []
        several = grouped(name, line, value) if len(self.grouped) < MAX_GROUPED else None
        self.grouped += [several] if several else []
        if len(self.history) >= MAX_HISTORY:
            return
        if type(value).__module__.startswith("pandas") and hasattr(value, "to_numpy"):
            value = value.to_numpy()
        if isinstance(value, np.ndarray) and value.dtype.kind in "fiu" and 1 < value.size <= 3_000_000:
            self.history.append(Named(name, line, value))

    def shuffled(self, value: Any, line: int) -> None:
        """Keep what an array was before it is shuffled in place (line 0), and note it again afterwards."""
        if not isinstance(value, np.ndarray):
            return
        same = [place for place, one in enumerate(self.history) if np.shares_memory(one.array, value)]
        if line and self.kept_name:
            self.history.append(Named(self.kept_name, line, value))
            self.kept_name = ""
        for place in [] if line else same:
            self.history[place] = replace(self.history[place], array=self.history[place].array.copy())
            self.kept_name = self.history[place].name

    def add_call(self, call: CallSeen, x: Any, y: Any, answer: Any = None) -> None:
        """Note a call of a model."""
        if len(self.calls) < MAX_CALLS:
            self.calls.append(call)
            self.raw.append((call.method, call.model, x, y))
            single = asked_with(call.line, call.model, x, answer) if call.method in ASKING else None
            self.asked += [single] if single else []
            step = stepped(call.line, call.model, x, answer) if call.method in ASKING else None
            self.steps += [step] if step else []
        if self.emit is not None and len(self.calls) <= MAX_EMITTED:
            self.emit(self.capture())

    def models(self) -> list[Any]:
        """Give the models that the program made, those inside others left out."""
        models = [layer for layer in self.layers.values() if isinstance(layer, keras.Model)]
        inside = {
            id(layer) for model in models for layer in layers_of(model) if isinstance(layer, keras.Model)
        }
        called = {call.model for call in self.calls}
        return [model for model in models if id(model) not in inside or id(model) in called]

    def capture(self) -> Capture:
        """Give all that was noted."""
        models: list[ModelSeen] = []
        scalings: list[ScalingSeen] = []
        several: list[Told] = []
        for model in self.models():
            with self.looking(f"{type(model).__name__} (line {self.note(model).get('line', 0)})"):
                models += (
                    [describe_model(model, self._model_note(model), self.notes)] if is_ready(model) else []
                )
        for scaled in (scales_of, units_of):
            with self.looking("the scaling"):
                scalings += scaled(self)
        with self.looking("what the calls tell together"):
            several += told_of(self)
        seen = {name: look_at(value, name) for name, value in self.arrays.items()}
        return Capture(
            file=self.file, source=self.source, models=tuple(models), calls=tuple(self.calls),
            layers=tuple(self._plain_layers()), arrays={name: array for name, array in seen.items() if array},
            scalings=tuple(scalings), told=tuple(several),
            operations=tuple(self.operations.seen), picked=tuple(self.operations.picked),
            mixing=tuple(self.mixing), switched=tuple(dict.fromkeys(self.switched)),
            events=tuple(self.events), error=self.error, warnings=tuple(dict.fromkeys(self.warnings)),
            notes=tuple(self.remarks), slips=tuple(self.slips), printed=self.printed, seconds=self.seconds,
        )  # fmt: skip

    def _model_note(self, model: Any) -> dict[str, Any]:
        outputs = [call.outputs for call in self.calls if call.model == id(model) and call.outputs]
        met = self.notes.get(id(model), {}).get("met", ((), ()))
        return self.compiled.get(id(model), {}) | {"outputs": met[1] or (outputs[0] if outputs else ())}

    def _plain_layers(self) -> list[LayerSeen]:
        return [
            describe_layer(layer, self.notes)
            for layer in self.layers.values()
            if not isinstance(layer, keras.Model) and is_ready(layer)
        ]
