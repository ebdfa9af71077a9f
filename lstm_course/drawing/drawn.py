"""What every diagram can do: become SVG, PNG, a page or words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from lstm_course.drawing.elements import Drawing
from lstm_course.drawing.inside.page import standalone_html
from lstm_course.drawing.palette import THEMES, Theme
from lstm_course.drawing.render import to_plain_svg, to_svg
from lstm_course.problems import ProblemError


@dataclass(frozen=True, eq=False)
class Picture:
    """What is drawn at one width."""

    drawing: Drawing  # the elements
    title: str  # in one line


class Drawn(ABC):
    """A diagram: made when it is asked for, at the width that is asked for."""

    width: float
    theme: Theme

    @abstractmethod
    def picture(self, width: float | None = None) -> Picture:
        """Draw it for one width; None: as the diagram was made."""

    def to_svg(self, width: float | None = None, theme: Theme | None = None) -> str:
        """Write it as one SVG element.

        Args:
            width: pixels that it is made for; None: as the diagram was made.
            theme: "auto" follows the reader's system; None: as the diagram was made.
        """
        picture = self.picture(width)
        return to_svg(picture.drawing, picture.title, known_theme(theme or self.theme))

    @abstractmethod
    def outline(self) -> str:
        """Say the same in words: every stage, every shape."""

    def player_data(self) -> dict[str, Any]:
        """Give what the player in the browser needs, as values for JSON; nothing where nothing moves."""
        return {}

    def to_png(self, scale: float = 2) -> bytes:
        """Draw it as PNG, `scale` pixels for each of its own."""
        import vl_convert

        picture = self.picture()
        text = to_plain_svg(picture.drawing, picture.title, dark=self.theme == "dark")
        return bytes(vl_convert.svg_to_png(text, scale=scale))

    def to_html(self) -> str:
        """Write it as a page of its own, playable where its numbers are known, the same in words below it."""
        title, data = self.picture().title, self.player_data()
        words = f"<details><summary>In words</summary><pre>{escape(self.outline())}</pre></details>"
        if data:
            return standalone_html(self.to_svg() + words, data, title)
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
            "<style>body{margin:24px auto;max-width:max-content;font-family:system-ui,sans-serif;"
            "background:Canvas;color:CanvasText;color-scheme:light dark}</style></head><body>"
            f"{self.to_svg()}{words}</body></html>"
        )

    def save(self, path: str | Path) -> Path:
        """Write it to a .svg, .png or .html file.

        Raises:
            ProblemError: when the name ends in something else, or the place cannot be written to.
        """
        target = Path(path)
        writers: dict[str, Callable[[], str | bytes]] = {
            ".svg": self.to_svg,
            ".html": self.to_html,
            ".png": self.to_png,
        }
        write = writers.get(target.suffix.lower())
        if write is None:
            raise ProblemError(
                f"A diagram cannot be written to {target.name!r}; end the name in .svg, .png or .html."
            )
        content = write()
        try:
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        except OSError as error:
            raise ProblemError(f"The diagram cannot be written to {target}: {error.strerror}.") from error
        return target

    def _repr_svg_(self) -> str:
        return self.to_svg()


def known_theme(theme: str) -> Theme:
    """Refuse a theme that does not exist.

    >>> known_theme("dark")
    'dark'
    """
    for known in THEMES:
        if theme == known:
            return known
    raise ProblemError(f"theme={theme!r}: expected one of {', '.join(map(repr, THEMES))}.")
