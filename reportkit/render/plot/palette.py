"""Colours of charts: navy, one warm accent, teal, grey; told apart by colour-blind readers and in grey print.

The luminances (about 54, 97, 154, 199 of 255) are evenly spread, so the order dark to light survives a grey printer.
"""

from __future__ import annotations

from reportkit.document.chart import Chart, Tone

COLOURS: dict[Tone, str] = {"main": "1F3864", "contrast": "1B7F7A", "accent": "E38B2C", "muted": "C1C8D0"}
TEXT = "333333"
SUBTLE_TEXT = "595959"
GRID = "E3E6EA"
AXIS = "A6ADB5"
REFERENCE = "7A2E1D"  # dark red-brown, never used for data
PAPER = "FFFFFF"

_ROTATION: tuple[Tone, ...] = ("main", "accent", "contrast", "muted")
_TINT_STEP = 0.27  # share of white added for every further series of the same tone


def mix_with_white(colour: str, share: float) -> str:
    """Return the RRGGBB colour moved towards white by `share` (0 to 1)."""
    channels = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
    return "".join(f"{round(channel + (255 - channel) * share):02X}" for channel in channels)


def is_dark(colour: str) -> bool:
    """Tell whether text on this RRGGBB colour must be white."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128


def series_colours(chart: Chart) -> tuple[str, ...]:
    """Return one colour per series: its tone, lighter for every further series of the same tone.

    Lines that were all left at the usual tone take turns through the palette, since tints of a thin line look alike.
    """
    tones: list[Tone] = [series.tone for series in chart.series]
    if chart.kind == "line" and len(tones) > 1 and set(tones) == {"main"}:
        tones = [_ROTATION[index % len(_ROTATION)] for index in range(len(tones))]
    seen: dict[Tone, int] = {}
    colours: list[str] = []
    for tone in tones:
        nth = seen.get(tone, 0)
        seen[tone] = nth + 1
        colours.append(mix_with_white(COLOURS[tone], min(nth * _TINT_STEP, 0.8)))
    return tuple(colours)
