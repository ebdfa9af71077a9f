"""Small tables in HTML: a narrow page shows them whole, and a screen reader reads them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def table(kind: str, heads: Iterable[str], rows: Iterable[str]) -> str:
    """Write a table.

    Args:
        kind: its look: a class of the page's style, such as "lc-figures".
        heads: names of the columns.
        rows: what `row` gives.

    >>> table("lc-counts", ["lesson", "steps"], [row("Windows", ["3 of 9"])])[:60]
    '<table class="lc-table lc-counts"><thead><tr><th scope="col"'
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    return (
        f'<table class="lc-table {kind}"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


def row(title: str, cells: Iterable[str]) -> str:
    """Write a row: its title as HTML, its cells as plain text.

    >>> row("<b>units</b>", ["8 < 9"])
    '<tr><th scope="row"><b>units</b></th><td>8 &lt; 9</td></tr>'
    """
    body = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{title}</th>{body}</tr>'
