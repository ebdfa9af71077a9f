"""`lstm-course datasets`: what there is to learn on."""

from __future__ import annotations

import dataclasses
import json

import click

from lstm_course.data import datasets as all_cards
from lstm_course.data import find_card


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print for a program.")
def datasets(name: str | None, as_json: bool) -> None:
    """List the data sets, or show one by NAME with its source and licence."""
    cards = [find_card(name)] if name else list(all_cards())
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(card) for card in cards], default=str, indent=2))
        return
    for card in cards:
        click.secho(card.name, bold=True, nl=False)
        click.echo(f"  {card.title}: {card.rows:,} rows")
        if name:
            for field in ("description", "source", "licence", "credit", "changes"):
                click.echo(f"  {field}: {getattr(card, field)}")
            for oddity in card.oddities:
                click.echo(f"  odd: {oddity}")
