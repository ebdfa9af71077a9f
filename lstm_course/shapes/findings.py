"""What is wrong with an experiment or a program, where, and what to type instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "wrong-result", "degraded", "benign"]
SEVERITIES: tuple[Severity, ...] = ("error", "wrong-result", "degraded", "benign")


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit, at the stage where it belongs."""

    code: str  # short name of the mistake, the same wherever it is found
    stage: str  # id of the stage, such as "head" or "recurrent-layer-2"
    severity: Severity  # error: Keras raises; wrong-result: it does not, and is wrong; degraded; benign
    title: str  # the mistake in a few words
    explanation: str  # what was seen and what was expected, with this experiment's numbers
    fix: str  # what to type instead
    axis: str = ""  # axis concerned, where there is one
    lesson: str = ""  # slug of the lesson that teaches it

    @property
    def blocks(self) -> bool:
        """Whether the network cannot run at all."""
        return self.severity == "error"


def most_severe_first(findings: list[Finding]) -> tuple[Finding, ...]:
    """Order findings by severity; those of one severity keep their order."""
    return tuple(sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity)))
