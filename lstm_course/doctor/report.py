"""The doctor's report: a value, and its forms in text and JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import Any

from lstm_course.doctor.picture import picture_of
from lstm_course.doctor.rules import diagnose_capture
from lstm_course.doctor.seen import Capture
from lstm_course.doctor.stages import stages_of
from lstm_course.drawing import ModelDiagram
from lstm_course.shapes.findings import Finding
from lstm_course.shapes.stage import Stage

WORDS = {
    "error": "error: Keras raises", "wrong-result": "wrong result: nothing is raised",
    "degraded": "works, but worse than it could", "benign": "harmless",
}  # fmt: skip
TELLING = (
    "expected",
    "incompatible",
    "must ",
    "received",
    "shape",
    "unrecognized",
    "not ",
    "equal",
    "ambiguous",
)


@dataclass(frozen=True)
class Report:
    """What the doctor found in one program."""

    file: str  # its name
    findings: tuple[Finding, ...]  # the most likely cause first
    stages: tuple[Stage, ...]  # its stages with their shapes, as far as it got
    keras: str | None  # what Keras itself said: first line, and the one that matters
    notes: tuple[str, ...] = ()  # what was not run, cut short or kept out
    seconds: float = 0.0  # how long the program ran
    capture: Capture | None = None  # all that was seen

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong: no error, no wrong result."""
        return not any(finding.severity in ("error", "wrong-result") for finding in self.findings)

    def picture(self) -> ModelDiagram | None:
        """Draw the program's model on its own data, the findings at their stages; None where none was built."""
        return picture_of(self.capture, self.findings) if self.capture is not None else None

    def to_dict(self) -> dict[str, Any]:
        """Give the report as plain values for JSON."""
        return {
            "file": self.file,
            "findings": [_finding(finding) for finding in self.findings],
            "shapes": [_stage(stage) for stage in self.stages],
            "keras": self.keras,
            "notes": list(self.notes),
        }

    def to_text(self, width: int = 100) -> str:
        """Give the report for a terminal."""
        lines = [self.file, ""]
        lines += [f"  {stage.id:<20} {stage.tensor!s:<18} {stage.tensor.named}" for stage in self.stages]
        lines += [""] if self.stages else []
        if not self.findings:
            lines += ["No finding: the shapes go together, as far as the program ran."]
        for number, finding in enumerate(self.findings, start=1):
            lines += [*_paragraphs(number, finding, width), ""]
        lines += [f"Keras said: {self.keras.splitlines()[0]}"] if self.keras else []
        return "\n".join(lines + [f"Note: {note}" for note in self.notes]).rstrip() + "\n"


def report_of(capture: Capture, file: str | None = None) -> Report:
    """Diagnose a capture and put the findings beside its shapes.

    Args:
        capture: what was seen.
        file: name to show; the capture's own where not given.
    """
    return Report(
        file=file or Path(capture.file).name, findings=diagnose_capture(capture), stages=stages_of(capture),
        keras=what_keras_said(capture), notes=(*capture.notes, *capture.slips),
        seconds=capture.seconds, capture=capture,
    )  # fmt: skip


def what_keras_said(capture: Capture) -> str | None:
    """Give the first line of the error and the one that matters; None where nothing was raised."""
    error = capture.error
    if error is None:
        return None
    plain = re.sub(r"\x1b\[\d*m", "", error.text)  # Keras writes some of it in bold
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    later = [
        line for line in lines[1:] if not line.startswith(("File ", "Arguments received", "•", "Detected at"))
    ]
    telling = [line for line in later if any(word in line.lower() for word in TELLING)]
    return "\n".join(dict.fromkeys([error.first_line, *telling[:1]]))


def _finding(finding: Finding) -> dict[str, str]:
    names = ("code", "stage", "severity", "title", "explanation", "fix", "axis", "lesson")
    return {name: str(getattr(finding, name)) for name in names}


def _stage(stage: Stage) -> dict[str, Any]:
    plain = {"stage": stage.id, "title": stage.title, "shape": list(stage.shape), "axes": list(stage.axes)}
    return plain | ({"label": list(stage.label.shape)} if stage.label else {})


def _paragraphs(number: int, finding: Finding, width: int) -> list[str]:
    sentence, *diff = finding.fix.split("\n")
    return [
        f"{number}. [{finding.stage}] {finding.title} ({WORDS[finding.severity]})",
        *(
            fill(line, width, initial_indent="   ", subsequent_indent="   ")
            for line in finding.explanation.split("\n")
        ),
        fill(f"To type: {sentence}", width, initial_indent="   ", subsequent_indent="   "),
        *(f"      {line}" for line in diff),
        f"   Lesson: {finding.lesson}",
    ]
