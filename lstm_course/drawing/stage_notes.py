"""What stands under or beside a stage: its reasons, one for each axis, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_course.drawing.elements import LABEL, NOTE, SMALL, STRONG, Drawing
from lstm_course.drawing.palette import axis_colour
from lstm_course.drawing.scene import TOLD_AT_LOSS, SceneStage
from lstm_course.drawing.why import Why
from lstm_course.shapes import Finding

_SEVERITY = {
    "error": ("bad", "✕"),
    "wrong-result": ("warn", "!"),
    "degraded": ("warn", "!"),
    "benign": ("muted", "i"),
}


def draw_reasons(reasons: Sequence[Why], width: float) -> Drawing:
    """Write what becomes of each axis: the axis below, the axis above, and why."""
    drawing = Drawing(width)
    y = 12.0
    for why in reasons:
        spans = _arrow_spans(why)
        if LABEL.width("".join(text for text, _ in spans)) > width and len(spans) > 1:  # on two lines
            drawing.spans(0, y, spans[:1], LABEL)
            y, spans = y + LABEL.line, spans[1:]
        if LABEL.width("".join(text for text, _ in spans)) > width:
            spans = [(LABEL.shorten("".join(text for text, _ in spans), width), "ink")]
        drawing.spans(0, y, spans, LABEL)
        y = drawing.lines(0, y + 14, SMALL.wrap(why.reason, width, 3), SMALL, "muted") + 4
    drawing.height = y - 12
    return drawing


def _arrow_spans(why: Why) -> list[tuple[str, str]]:
    before = (
        f"{why.before} ",
        axis_colour(why.axis_before),
    )  # some renderers drop a blank at the start of a part
    after = (why.after, axis_colour(why.axis_after))
    if not why.before:
        return [("new: ", "muted"), after]
    if not why.after:
        return [before, ("ends here", "muted")]
    if why.before == why.after:
        return [before, ("stays", "muted")]
    return [before, ("→ ", "muted"), after]


def draw_findings(findings: Sequence[Finding], width: float) -> Drawing:
    """Write what is wrong at a stage, the two worst in full."""
    drawing = Drawing(width)
    y = 0.0
    for finding in findings[:2]:
        y = _finding(drawing, finding, y, width) + 6
    if len(findings) > 2:
        drawing.text(0, y + 12, f"and {len(findings) - 2} more", SMALL, "muted")
        y += 18
    drawing.height = max(y - 2, 0)
    return drawing


def _finding(drawing: Drawing, finding: Finding, y: float, width: float) -> float:
    colour, mark = _SEVERITY[finding.severity]
    paper = f"{colour}-paper" if colour != "muted" else "raised"
    room = width - 38
    titles = STRONG.wrap(finding.title, room)
    texts = SMALL.wrap(finding.explanation, room, 6) if finding.code not in TOLD_AT_LOSS else ()
    fixes = SMALL.wrap(f"→ {finding.fix}", room, 5) if finding.fix else ()
    high = 12 + STRONG.line * len(titles) + SMALL.line * (len(texts) + len(fixes)) + 4
    drawing.rect(0, y, width, high, fill=paper, stroke=colour, radius=6)
    drawing.text(14, y + 18, mark, STRONG, colour, "middle")
    line = drawing.lines(28, y + 18, titles, STRONG, colour)
    line = drawing.lines(28, line, texts, SMALL, "ink")
    drawing.lines(28, line + 2, fixes, SMALL, "ink")
    return y + high


def draw_notes(stage: SceneStage, width: float, *, with_reasons: bool) -> Drawing:
    """Write the formula of a stage, its reasons where they have no place beside it, and its findings."""
    drawing = Drawing(width)
    y = 0.0
    if stage.formula and stage.kind == "labels":
        y = drawing.lines(0, 12, NOTE.wrap(stage.formula, width, 3), NOTE, "muted")
        y = drawing.lines(0, y, SMALL.wrap(stage.sentence, width, 3), SMALL, "muted") - 10
    if with_reasons and stage.why:
        reasons = draw_reasons(stage.why, width)
        drawing.place(reasons, 0, y + (6 if y else 0))
        y += reasons.height + (6 if y else 0)
    if stage.findings:
        findings = draw_findings(stage.findings, width)
        drawing.place(findings, 0, y + (8 if y else 0))
        y += findings.height + (8 if y else 0)
    drawing.height = y
    return drawing
