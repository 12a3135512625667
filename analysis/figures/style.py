"""How every figure looks: colours, type sizes and widths; set only while a figure is drawn and saved, never at import.

The four label colours differ in lightness by steps a photocopier keeps (tested), and in hue by blue against orange,
which the common colour-vision deficiencies keep apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

LABELS = ("agreeing", "extending", "spam", "cannot say")
LABEL_COLOURS = MappingProxyType(
    {"agreeing": "#6FB4DC", "extending": "#1B4B7A", "spam": "#C9571A", "cannot say": "#DCDCDC"}
)
_LINES: Mapping[str, Any] = MappingProxyType({"extending": "solid", "agreeing": (0, (4, 1.2)), "spam": (0, (1.2, 1.2))})
# Eight hues and eight lightnesses (L* 21 to 84, at least 8 apart), dark and light in turn: neighbours differ most.
TOPIC_COLOURS = ("#292184", "#CC981D", "#0B6B4E", "#AAD8F0", "#7A2450", "#E9A7B7", "#2776B6", "#8A8E24")
TOPIC_HATCHES = (
    "",
    "////",
    "\\\\\\\\",
    "||||",
    "----",
)  # a further round of the eight colours takes the next hatch
INK, GREY, FAINT, RULE = "#1A1A1A", "#595959", "#A6A6A6", "#D9D9D9"
CAUTION = "#A33F0A"  # of a sentence that warns: 6.5 to 1 against white
PLAIN, DROPPED = "#5F7C99", "#C9D3DC"  # bars that stand for no label
CUT_COLOUR, ADDED_COLOUR = "#F6D5C3", "#CFE6F4"  # behind words; light enough for black text at 6 pt
UNCORRECTED_HATCH = "//////"

NARROW, WIDE = 89, 183  # mm: one and two columns of most journals
TALLEST = 235  # mm: what a page holds with its caption
SMALL, BODY, TITLE = 6.2, 7.0, 8.2  # points; print wants at least 6
MM = 1 / 25.4

_RC: Mapping[str, Any] = MappingProxyType(
    {
        "font.family": "DejaVu Sans",  # matplotlib brings it along, so every machine draws the same letters
        "font.size": BODY,
        "text.color": INK,
        "text.parse_math": False,  # a price in a comment is no formula
        "text.hinting": "none",
        "axes.edgecolor": FAINT,
        "axes.labelcolor": INK,
        "axes.labelsize": BODY,
        "axes.linewidth": 0.5,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": False,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "xtick.major.width": 0.5,
        "ytick.major.width": 0.5,
        "xtick.major.size": 2.0,
        "ytick.major.size": 2.0,
        "xtick.major.pad": 1.5,
        "ytick.major.pad": 1.5,
        "hatch.linewidth": 0.5,
        "lines.linewidth": 1.0,
        "patch.linewidth": 0.5,
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
        "savefig.dpi": 300,
        "svg.fonttype": "path",
        "svg.hashsalt": "below the line",
        "pdf.fonttype": 42,
        "pdf.compression": 6,
    }
)


@contextmanager
def figure_style() -> Iterator[None]:
    """Draw and save inside this: it sets type, line widths and file settings, and puts the user's own back after.

    A user's ``matplotlibrc`` has no say in between, so that a figure is the same on every machine.

    Examples
    --------
    >>> import matplotlib
    >>> before = matplotlib.rcParams["pdf.fonttype"]
    >>> with figure_style():
    ...     matplotlib.rcParams["pdf.fonttype"]
    42
    >>> matplotlib.rcParams["pdf.fonttype"] == before
    True
    """
    import matplotlib
    import matplotlib.style

    with matplotlib.rc_context():
        matplotlib.style.use("default")
        settings: Any = dict(_RC)
        matplotlib.rcParams.update(settings)
        yield


def topic_look(place: int) -> tuple[str, str]:
    """Colour and hatch of a topic by its place from 0: the same in every figure; the ninth is the first with a hatch.

    Examples
    --------
    >>> topic_look(0)[0] == topic_look(8)[0], topic_look(0)[1] == topic_look(8)[1]
    (True, False)
    """
    rounds, colour = divmod(place, len(TOPIC_COLOURS))
    return TOPIC_COLOURS[colour], TOPIC_HATCHES[rounds % len(TOPIC_HATCHES)]


def line_of(label: str) -> Any:
    """Dash pattern of a label's line, so that a grey copy tells the labels apart."""
    return _LINES.get(label, "solid")


def grey_of(colour: str) -> float:
    """Lightness L* of a colour as a grey copy shows it: 0 black, 100 white (CIE 1976, from sRGB by IEC 61966-2-1).

    Examples
    --------
    >>> round(grey_of("#000000")), round(grey_of("#FFFFFF"))
    (0, 100)
    """
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour."""
    return "#FFFFFF" if grey_of(colour) < 58 else INK  # L* 58: where the contrast of both is the same


def shade(value: float, colour: str = LABEL_COLOURS["extending"]) -> str:
    """Colour of a cell in a table of shares: 0 white, 1 the full colour.

    Examples
    --------
    >>> shade(0), shade(1, "#1B4B7A")
    ('#ffffff', '#1b4b7a')
    """
    value = min(max(value, 0.0), 1.0)
    mixed = (round(255 + (int(colour[i : i + 2], 16) - 255) * value) for i in (1, 3, 5))
    return "#" + "".join(f"{c:02x}" for c in mixed)
