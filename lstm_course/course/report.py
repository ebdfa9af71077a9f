"""The report to keep: one HTML page, without links, of what was done and what came out."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from lstm_course.course.checklist import CheckItem, measure_of
from lstm_course.evaluate import Run
from lstm_course.experiment import Experiment
from lstm_course.shapes import Prediction

_PARTS = ("train", "validation", "test")
_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 640, 240, 64, 36
_CURVES = {"loss": ("training loss", "#2b6cb0", ""), "val_loss": ("validation loss", "#c05621", "6 4")}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a202c;"
    "background:#fff}table{border-collapse:collapse;margin:.5rem 0}th,td{padding:.2rem .8rem .2rem 0;text-align:left;"
    "border-bottom:1px solid #cbd5e0;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}"
    "pre{background:#f7fafc;padding:1rem;overflow-x:auto;font-size:13px}svg{max-width:100%;height:auto}"
    ".open{color:#9b2c2c}"
)


def report_page(
    prediction: Prediction,
    *,
    diagram: str,
    script: str,
    items: Sequence[CheckItem] = (),
    run: Run | None = None,
) -> str:
    """Write the report of an experiment as one HTML page that loads nothing.

    Args:
        prediction: what the rules say of the experiment.
        diagram: the diagram as SVG, as this package draws it; empty: none.
        script: the program for the experiment; empty: none.
        items: lines of the checklist.
        run: the finished training; None while there is none.

    Returns:
        The page. Every name that comes from data is escaped.

    >>> from lstm_course.shapes import predict
    >>> report_page(predict(Experiment()), diagram="", script="").startswith("<!doctype html>")
    True
    """
    title = f"Forecast of {', '.join(prediction.facts.targets)}: {prediction.exp.dataset}"
    parts = [
        f"<h1>{escape(title)}</h1>",
        _section("The experiment", _experiment(prediction)),
        _section("The diagram", diagram),
        _section("Checked", _items(items)),
        _section("Findings", _findings(prediction)),
        *_results(run),
        _section("The program", f"<pre>{escape(script)}</pre>" if script else ""),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>"
    )


def _section(title: str, content: str) -> str:
    return f"<h2>{title}</h2>{content}" if content else ""


def _table(head: Iterable[str], rows: Iterable[Sequence[object]]) -> str:
    heading = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{heading}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f'<td class="n">{value:.4g}</td>'
    return f"<td>{escape(str(value))}</td>"


def _experiment(prediction: Prediction) -> str:
    facts = prediction.facts
    rows: list[tuple[object, ...]] = [
        ("rows", f"{facts.num_rows:,}"),
        ("features", ", ".join(facts.features)),
        ("layers", " → ".join(layer.code for layer in prediction.exp.layers)),
        ("parameters", f"{prediction.parameters:,}"),
        *[(f"{part.name} rows, samples", f"{part.num_rows:,}, {part.num_samples:,}") for part in facts.parts],
        *_chosen(prediction.exp),
    ]
    return _table(("what", "value"), rows)


def _chosen(exp: Experiment) -> Iterator[tuple[str, str]]:
    """Name every field that differs from its default."""
    for field in dataclasses.fields(exp):
        value = getattr(exp, field.name)
        if value != field.default and field.name not in ("dataset", "layers", "features"):
            yield field.name, repr(value)


def _items(items: Sequence[CheckItem]) -> str:
    lines = []
    for item in items:
        mark, kind = ("✓", "") if item.holds else ("open:", ' class="open"')
        detail = f" ({item.detail})" if item.detail else ""
        lines.append(f"<li{kind}>{mark} {escape(item.sentence + detail)}</li>")
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


def _findings(prediction: Prediction) -> str:
    if not prediction.findings:
        return "<p>None.</p>"
    rows = [(each.severity, each.title, each.explanation, each.fix) for each in prediction.findings]
    return _table(("severity", "finding", "why", "what to do"), rows)


def _results(run: Run | None) -> list[str]:
    if run is None:
        return [_section("Results", "<p>The network has not been trained.</p>")]
    notes = "".join(f"<li>{escape(note)}</li>" for note in run.notes)
    epochs = f"<p>{run.num_epochs} epochs in {run.seconds:.1f} s, seed {run.experiment.seed}.</p>"
    return [
        _section("Errors, in original units", _errors(run) + (f"<ul>{notes}</ul>" if notes else "")),
        _section(
            "Loss by epoch, on scaled values", epochs + loss_picture(run.history) + _history(run.history)
        ),
    ]


def _errors(run: Run) -> str:
    measure = measure_of(run.experiment)
    parts = [part for part in _PARTS if part in run.metrics]
    rows = [
        (name, *(figures.get(part, {}).get(measure, "–") for part in parts))
        for name, figures in {"this network": run.metrics, **run.baselines}.items()
    ]
    return _table(("forecast", *(f"{measure} {part}" for part in parts)), rows)


def _history(history: Mapping[str, Sequence[float]]) -> str:
    names = list(history)
    rows = [(number, *values) for number, values in enumerate(zip(*history.values(), strict=False), start=1)]
    return f"<details><summary>The figures</summary>{_table(('epoch', *names), rows)}</details>"


def loss_picture(history: Mapping[str, Sequence[float]]) -> str:
    """Draw training and validation loss over the epochs as SVG; empty where no figure is finite.

    Args:
        history: values of each epoch, by Keras's names; `loss` and `val_loss` are drawn.
    """
    curves = {name: history[name] for name in _CURVES if name in history}
    known = [value for values in curves.values() for value in values if math.isfinite(value)]
    if not known:
        return ""
    low, high = min(known), max(known)
    most = max(map(len, curves.values()))
    lines = [_curve(name, values, low, high, most) for name, values in curves.items()]
    legend = [_legend(place, name) for place, name in enumerate(curves)]
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" role="img" aria-label="loss by epoch" font-size="13">'
        f'<path d="M{_LEFT} 24V{_HEIGHT - _BOTTOM}H{_WIDTH}" fill="none" stroke="#718096"/>'
        f'<text x="{_LEFT - 6}" y="30" text-anchor="end">{high:.3g}</text>'
        f'<text x="{_LEFT - 6}" y="{_HEIGHT - _BOTTOM}" text-anchor="end">{low:.3g}</text>'
        f'<text x="{_LEFT}" y="{_HEIGHT - 14}">epoch 1</text>'
        f'<text x="{_WIDTH}" y="{_HEIGHT - 14}" text-anchor="end">epoch {most}</text>'
        f"{''.join(lines + legend)}</svg>"
    )


def _curve(name: str, values: Sequence[float], low: float, high: float, most: int) -> str:
    _, colour, dashes = _CURVES[name]
    tall, wide = _HEIGHT - _BOTTOM - 30, _WIDTH - _LEFT - 8
    points = [
        f"{_LEFT + 4 + wide * place / max(1, most - 1):.1f},{28 + tall * (high - value) / ((high - low) or 1):.1f}"
        for place, value in enumerate(values)
        if math.isfinite(value)
    ]
    return (
        f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="2" '
        f'stroke-dasharray="{dashes}"/>'
    )


def _legend(place: int, name: str) -> str:
    words, colour, dashes = _CURVES[name]
    left = _LEFT + 12 + 170 * place
    return (
        f'<path d="M{left} 12h28" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
        f'<text x="{left + 34}" y="16">{words}</text>'
    )
