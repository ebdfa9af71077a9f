"""How wide a text will be, known without a browser.

The table holds for each character the widest of the fonts that the stack can fall on (DejaVu Sans, which is as
wide as Verdana, and Liberation Sans, which is as wide as Arial), so that a text that fits by it fits everywhere.
"""

from __future__ import annotations

from functools import lru_cache

SANS = "system-ui,'DejaVu Sans',sans-serif"
MONO = "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace"

_MONO_WIDTH = 0.602  # one character in em: DejaVu Sans Mono and Menlo; the others are narrower
_WIDEST = 1.02  # em; for characters that the table does not know, such as Chinese ones
_REGULAR = {
    18: "ᵢ", 23: "′", 28: "'ijlìíîï", 30: "IÌÍÎÏₜ", 32: " ,.\xa0·‘’", 34: "/:;\\|¦", 36: "f", 37: "-", 38: "″",
    40: "()[]t", 41: "!¡²³¹₀₁₂₃₄₅₆₇₈₉", 42: "r", 46: '"', 48: "ªº", 50: "*J`¨°´¸–", 51: "▸", 52: "“”", 53: "sz₊₋",
    55: "cç", 56: "?L_§¯", 58: "k", 59: "•", 60: "vxyýÿŷ", 62: "FTaeo«»¿àáâãäåèéêëðòóôõöøő", 63: "ß",
    64: "$0123456789bdghnpqu{}¢£¤¥µ¶ñùúûüþĥΣσ€√", 67: "EKPSYÈÉÊËÝÞ", 69: "ABVXZÀÁÂÃÄÅΔ", 73: "CRÇ", 74: "UÙÚÛÜ",
    75: "NÑ", 76: "H", 78: "&DGÐ", 79: "OQÒÓÔÕÖØ", 82: "w", 84: "#+<=>^~¬±×÷←↑→↓↗↺−∞≈≠≤≥⊙✓✕✗", 87: "M", 88: "○●",
    90: "⚠", 95: "■□", 96: "%", 97: "¼½¾", 98: "m", 99: "Wæ", 100: "©®Æ—…⋮⋯", 102: "@",
}  # fmt: skip
_BOLD = {
    22: "ᵢ", 27: "′", 31: "'", 35: " ijl\xa0ìíîï", 37: "/\\|¦", 38: ",.I·ÌÍÎÏ‘’", 39: "ₜ", 40: ":;", 42: "-",
    44: "f²³¹₀₁₂₃₄₅₆₇₈₉", 45: "″", 46: "!()[]¡", 48: "t", 50: "`r¨°´¸–", 51: "▸", 53: '"*₊₋', 56: "J_§¯", 57: "ªº",
    59: "z", 60: "csç", 62: "?¿", 64: "L¤¶•", 65: "x«»", 66: "vyýÿŷ“”", 67: "k√", 68: "aeàáâãäåèéêë",
    69: "EFToÈÉÊËðòóôõöøőΣ", 70: "$0123456789¢£¥€", 72: "bdghnpqu{}ßñùúûüþĥ", 73: "SYZÝ", 74: "CPµÇÞ", 77: "B",
    78: "AKRVXÀÁÂÃÄÅΔσ", 82: "UÙÚÛÜ", 83: "G", 84: "#+<=>DHN^~¬±ÐÑ×÷←↑→↓↗↺−∞≈≠≤≥⊙✓✕✗", 86: "OQÒÓÔÕÖØ", 88: "&○●",
    90: "⚠", 93: "w", 95: "■□", 100: "@M©®—…⋮⋯", 101: "%", 104: "¼½¾", 105: "mæ", 109: "Æ", 111: "W",
}  # fmt: skip


def _per_character(table: dict[int, str]) -> dict[str, float]:
    return {character: width / 100 for width, characters in table.items() for character in characters}


_WIDTHS = {False: _per_character(_REGULAR), True: _per_character(_BOLD)}


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, bold: bool = False, mono: bool = False) -> float:
    """Give the width of one line in pixels, no font of the stack being wider.

    Args:
        text: one line.
        size: font size in pixels.
        bold: whether the font is bold.
        mono: whether all characters have one width.

    >>> text_width("units", 10, mono=True)
    30.1
    >>> text_width("lilt", 10) < text_width("wow!", 10)
    True
    """
    if mono:
        return round(sum(_MONO_WIDTH if ord(letter) < 0x2E80 else _WIDEST for letter in text) * size, 2)
    widths = _WIDTHS[bold]
    return round(sum(widths.get(letter, _WIDEST) for letter in text) * size, 2)


def shorten(text: str, width: float, size: float, bold: bool = False, mono: bool = False) -> str:
    """Cut a text to a width, the cut marked by an ellipsis.

    >>> shorten("temperature_at_noon", 60, 10, mono=True)
    'temperat…'
    """
    if text_width(text, size, bold, mono) <= width:
        return text
    kept = len(text)
    while kept and text_width(text[:kept].rstrip() + "…", size, bold, mono) > width:
        kept -= 1
    return text[:kept].rstrip() + "…"


def wrap(
    text: str, width: float, size: float, bold: bool = False, mono: bool = False, max_lines: int = 0
) -> tuple[str, ...]:
    """Break a text into lines of at most `width` pixels; a word that is wider is cut.

    Args:
        text: any text; its own white space counts as single blanks.
        width: pixels of a line.
        size: font size in pixels.
        bold: whether the font is bold.
        mono: whether all characters have one width.
        max_lines: lines to keep, the last one ending in an ellipsis; 0 keeps all.

    >>> wrap("one row a month", 60, 10, mono=True)
    ('one row a', 'month')
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold, mono) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if max_lines and len(lines) > max_lines:
        lines[max_lines - 1 :] = [" ".join(lines[max_lines - 1 :])]
    return tuple(shorten(line, width, size, bold, mono) for line in lines)
