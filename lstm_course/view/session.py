"""Session: what one visitor has chosen, and what was computed for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lstm_course.codec import to_json
from lstm_course.data import Prepared, Sequences, Series, prepare
from lstm_course.evaluate import Run
from lstm_course.experiment import Experiment
from lstm_course.jobs import Job
from lstm_course.problems import ProblemError
from lstm_course.shapes import Prediction, predict
from lstm_course.view.facts_cache import cached_facts
from lstm_course.view.stored import stored_runs

MAX_UNDO = 50
MAX_SOURCES = 4  # a file may hold millions of rows


@dataclass
class Choice:
    """What the visitor looks at in the diagram."""

    window: int = 0  # number of the training window
    timestep: int | None = None  # timestep of the cell view; None: the last
    unit: int = 0  # unit of the cell view
    layer: int = 1  # recurrent layer of the layer and cell views
    depth: Literal["whole", "layer", "cell", "number"] = "whole"  # whole, layer, cell or number
    place: str = ""  # step of a lesson that last said how deep to open; empty: none
    stage: str = ""  # stage that was chosen; empty: none
    quantity: str = "h"  # quantity of the number view
    direction: int = 0  # reader of a Bidirectional layer: 0 forward, 1 backward
    width: int | None = None  # pixels that the browser has for the drawing; None: not known yet


@dataclass
class Session:
    """One visitor's experiment, with undo, and the work that runs for it."""

    exp: Experiment = field(default_factory=Experiment)  # the experiment that goes along from page to page
    sources: dict[str, Series | Sequences] = field(default_factory=dict)  # the visitor's own files, by name
    past: list[Experiment] = field(default_factory=list)  # experiments to go back to
    future: list[Experiment] = field(default_factory=list)  # experiments that were undone
    choice: Choice = field(default_factory=Choice)  # what is looked at
    problem: str = ""  # why the last change was refused, or the link, as a sentence
    refused: str = ""  # name of the control whose change was refused; empty: the link
    awaited: Experiment | None = None  # the link's experiment, while the file that it names is not loaded
    observed: dict[str, Job] = field(default_factory=dict)  # what Keras was asked, by experiment
    training: Job | None = None  # the training that runs, or ran last
    training_of: Experiment | None = None  # the experiment that it trains
    several: dict[str, dict[str, tuple[Experiment, Job]]] = field(
        default_factory=dict
    )  # trainings begun together
    runs: list[Run] = field(default_factory=list)  # finished runs, the newest last
    collected: set[int] = field(default_factory=set)  # numbers of the jobs whose runs are among them
    _predicted: tuple[Experiment, object, Prediction] | None = None  # the last prediction, and of what
    _prepared: tuple[Experiment, object, Prepared] | None = None  # the last arrays, and of what

    def change(self, exp: Experiment) -> None:
        """Take another experiment, and remember the one before."""
        self.problem = ""
        if exp == self.exp:
            return
        self.past = [*self.past[-MAX_UNDO:], self.exp]
        self.future = []
        self.exp = exp

    def undo(self) -> None:
        """Go back to the experiment before."""
        if self.past:
            self.future.append(self.exp)
            self.exp = self.past.pop()

    def redo(self) -> None:
        """Take back the last undo."""
        if self.future:
            self.past.append(self.exp)
            self.exp = self.future.pop()

    @property
    def own_source(self) -> Series | Sequences | None:
        """The visitor's own data while the experiment names them."""
        return self.sources.get(self.exp.dataset)

    def load(self, source: Series | Sequences) -> None:
        """Keep a file of the visitor's own; an older one stays for a way back, the oldest give way."""
        self.sources.pop(source.name, None)
        self.sources[source.name] = source
        while len(self.sources) > MAX_SOURCES:
            self.sources.pop(next(iter(self.sources)))

    def predict(self) -> Prediction:
        """Apply the rules to the experiment.

        Raises:
            ProblemError: when its data cannot be read as it asks.
        """
        if self._predicted is None or self._predicted[:2] != (self.exp, self.own_source):
            prediction = predict(self.exp, cached_facts(self.exp, self.own_source))
            self._predicted = self.exp, self.own_source, prediction
        return self._predicted[2]

    def arrays(self) -> Prepared:
        """Make the arrays, once for each experiment.

        Raises:
            ProblemError: when the experiment gives none, with the reason.
        """
        if self._prepared is None or self._prepared[:2] != (self.exp, self.own_source):
            self._prepared = self.exp, self.own_source, prepare(self.exp, self.own_source)
        return self._prepared[2]

    def prepare(self) -> Prepared | None:
        """Make the arrays, or None where the experiment gives none."""
        try:
            return self.arrays()
        except ProblemError:
            return None

    @property
    def run(self) -> Run | None:
        """The newest run of exactly this experiment, else one that comes with a lesson, or None."""
        own = next((run for run in reversed(self.runs) if run.experiment == self.exp), None)
        return own or stored_runs().get(self.exp)

    @property
    def key(self) -> str:
        """The experiment as text, to file what was computed for it."""
        return to_json(self.exp)

    @property
    def answer(self) -> Job | None:
        """What Keras was asked about exactly this experiment, or None while it was not."""
        return self.observed.get(self.key)
