"""Two experiments side by side, stage beside stage, with what differs marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lstm_course.drawing.differences import Difference, differences, merged_order
from lstm_course.drawing.drawn import Drawn, Picture
from lstm_course.drawing.elements import HEADLINE, NOTE, STRONG, TITLE, Drawing
from lstm_course.drawing.layout import NARROWEST, frame_of
from lstm_course.drawing.outline import outline
from lstm_course.drawing.palette import Theme
from lstm_course.drawing.placed import Row, rows_of
from lstm_course.drawing.scene import Scene
from lstm_course.drawing.whole import draw_rows, stack
from lstm_course.drawing.whole_diagram import Diagram

_BETWEEN = 36.0  # pixels between the two


@dataclass(frozen=True, eq=False)
class SideBySide(Drawn):
    """Two diagrams on one page."""

    first: Scene  # on the left
    second: Scene  # on the right
    names: tuple[str, str] = ("first", "second")  # what they are called
    width: float = 1100  # pixels that it is made for
    theme: Theme = "auto"  # colours

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What differs, stage by stage."""
        return differences(self.first, self.second)

    def picture(self, width: float | None = None) -> Picture:
        """Draw both for one width: side by side where there is room, else one below the other."""
        made_for = max(self.width if width is None else width, NARROWEST)
        title = f"{self.names[0]} beside {self.names[1]}"
        page = Drawing(made_for)
        y = page.lines(2, 22, HEADLINE.wrap(title, made_for - 4), HEADLINE) - 4
        found = self.differences
        for line in self._lines():
            y = page.lines(2, y, NOTE.wrap(line, made_for - 4), NOTE, "muted")
        if not found:
            y = page.lines(2, y, ["Nothing differs."], NOTE, "muted")
        labels = frozenset(each.stage for each in found if "labels" in (each.what, each.stage))
        marked = frozenset(each.stage for each in found if each.what != "labels")
        scenes = [replace(scene, marked=marked, marked_labels=labels) for scene in (self.first, self.second)]
        page.height = self._columns(page, scenes, y + 12)
        return Picture(page, title)

    def _columns(self, page: Drawing, scenes: list[Scene], y: float) -> float:
        room = (page.width - _BETWEEN) / 2
        beside = room >= NARROWEST
        frame = frame_of(room if beside else page.width)
        both = [rows_of(scene, frame) for scene in scenes]
        order = [name for name in merged_order(*scenes) if name != "labels"]
        bottom = y
        for place, (scene, rows, name) in enumerate(zip(scenes, both, self.names, strict=True)):
            column = Drawing(frame.width)
            column.text(2, 14, TITLE.shorten(name, frame.width - 4), TITLE)
            lines = STRONG.wrap(scene.title, frame.width - 4)
            top = column.lines(2, 34, lines, NOTE, "muted") + 8
            if beside:
                column.height = stack(rows, top, frame, _heights(both, order), order)
            else:
                column.height = stack(rows, top, frame, _heights([rows], [row.main.stage.id for row in rows]))
            draw_rows(column, rows, scene, frame)
            page.place(column, place * (room + _BETWEEN) if beside else 0, y if beside else bottom)
            bottom = max(bottom, y + column.height) if beside else bottom + column.height + _BETWEEN
        return bottom + 8

    def outline(self) -> str:
        """Say what differs, and then both in words."""
        lines = [f"What differs between {self.names[0]} and {self.names[1]}:"]
        lines += [f"- {line}" for line in self._lines()] or ["- nothing"]
        parts = (f"{self.names[0]}\n{outline(self.first)}", f"{self.names[1]}\n{outline(self.second)}")
        return "\n\n".join(("\n".join(lines), *parts))

    def _lines(self) -> list[str]:
        """Say what differs in one line for each stage."""
        found: dict[str, list[str]] = {}
        for each in self.differences:
            found.setdefault(each.stage, [f"{self._name(each)}: "]).append(self._said(each))
        return [head + "; ".join(parts) for head, *parts in found.values()]

    def _name(self, each: Difference) -> str:
        """Give the title of a stage, and which it is where several have that title."""
        stages = (*self.first.stages, *self.second.stages)
        alone = {stage.id for stage in stages if stage.title == each.title} == {each.stage}
        return each.title if alone else f"{each.title} ({each.stage.replace('-', ' ')})"

    def _said(self, each: Difference) -> str:
        if each.what == "stage":
            return f"only in {self.names[each.first == 'none']}"
        before, after = {"labels": ("labels ", ""), "parameters": ("", " parameters")}.get(
            each.what, ("", "")
        )
        return f"{before}{each.first} → {each.second}{after}"


def _heights(both: Sequence[Sequence[Row]], order: Sequence[str]) -> dict[str, float]:
    return {
        name: max(row.natural_height for rows in both for row in rows if row.main.stage.id == name)
        for name in order
    }


def side_by_side(
    first: Diagram, second: Diagram, names: tuple[str, str] = ("first", "second"), *, width: float = 1100,
    theme: Theme = "auto",
) -> SideBySide:  # fmt: skip
    """Put two diagrams beside each other and mark what differs.

    Args:
        first: on the left.
        second: on the right.
        names: what they are called, such as ("LSTM", "GRU").
        width: pixels that the page is made for; below 676 they stand one below the other.
        theme: "auto", "light" or "dark".
    """
    return SideBySide(first.scene, second.scene, names, width, theme)
