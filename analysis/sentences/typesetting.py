"""One text in two dresses: the words of a methods paragraph are the same in Markdown and LaTeX, their marks are not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from analysis.sentences.references import WORKS
from analysis.sentences.wording import words_of

_LATEX = {
    **{c: f"\\{c}" for c in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "−": "$-$",
    "–": "--",
    "“": "``",
    "”": "''",
    "’": "'",
    "\xa0": "~",
}
_LEAST = 0.001  # a share closer to none or to all than this is called so, not rounded to it
_ESCAPES = str.maketrans(_LATEX)


def escape_latex(text: str) -> str:
    """Words of any origin as LaTeX that shows them plainly.

    Examples
    --------
    >>> escape_latex("50 % of {a_b}")
    '50 \\\\% of \\\\{a\\\\_b\\\\}'
    """
    return " ".join(text.replace("\xa0", " ").split()).translate(_ESCAPES)


@dataclass
class Typesetter:
    """How numbers, foreign words and works are set; remembers the works it cited, in order.

    Attributes
    ----------
    words : callable
        Sets words that come from data or settings, so that no mark-up in them is alive.
    math : callable
        Sets a number that is plain text already.
    cite : callable
        Sets a citation of works, given their keys, with the blank before it.
    percent_sign, comma : str
        What follows a number of per cent, and what sets thousands apart.
    cited : list of str
        Keys cited so far.
    """

    words: Callable[[str], str]
    math: Callable[[str], str]
    cite: Callable[[tuple[str, ...]], str]
    percent_sign: str
    comma: str
    cited: list[str] = field(default_factory=list)

    def whole(self, n: int) -> str:
        """A whole number with thousands set apart."""
        return self.math(f"{n:,}".replace(",", self.comma))

    def plain(self, n: int) -> str:
        """A number that is a name, such as a seed: no commas."""
        return self.math(str(n))

    def decimal(self, value: float) -> str:
        """A coefficient with two digits after the point."""
        return self.math(f"{round(value, 2) + 0.0:.2f}")

    def percent(self, share: float) -> str:
        """A share from 0 to 1 in per cent, one digit after the point unless whole; what is not nothing is not 0."""
        if 0 < share < _LEAST:
            return "under " + self.percent(_LEAST)
        if 1 - _LEAST < share < 1:
            return "over " + self.percent(1 - _LEAST)
        return self.math(f"{round(100 * share, 1):g}{self.percent_sign}")

    def works(self, *keys: str) -> str:
        """Cite works in brackets."""
        self.cited.extend(k for k in keys if k not in self.cited)
        return self.cite(keys)


def markdown() -> Typesetter:
    """Plain Markdown: citations as authors and years."""
    return Typesetter(
        words=words_of,
        math=lambda text: text.replace("-", "−"),
        cite=lambda keys: f" ({'; '.join(WORKS[k].short for k in keys)})",
        percent_sign="\xa0%",
        comma=",",
    )


def latex() -> Typesetter:
    """LaTeX with natbib's citations and numbers in mathematics, where a comma would otherwise take a blank."""
    return Typesetter(
        words=escape_latex,
        math=lambda text: f"${text}$",
        cite=lambda keys: f"~\\citep{{{','.join(keys)}}}",
        percent_sign=r"\,\%",
        comma="{,}",
    )
