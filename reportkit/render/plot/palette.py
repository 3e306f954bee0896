"""Colours of charts: navy, one warm accent, teal, grey; told apart by colour-blind readers and in grey print.

The luminances (about 54, 107, 151, 199 of 255) are evenly spread, so the order dark to light survives a grey printer.
"""

from __future__ import annotations

from reportkit.document.chart import Chart, Tone

COLOURS: dict[Tone, str] = {"main": "1F3864", "accent": "B4551F", "contrast": "5DB1A9", "muted": "C1C8D0"}
TEXT = "333333"
SUBTLE_TEXT = "595959"
GRID = "E3E6EA"
AXIS = "A6ADB5"
REFERENCE = "404040"
PAPER = "FFFFFF"

_ROTATION: tuple[Tone, ...] = ("main", "accent", "contrast", "muted")
_TINT_STEP = 0.28  # share of white added for every further series of the same tone
_LIGHTEST = 0.84


def mix_with_white(colour: str, share: float) -> str:
    """Return the RRGGBB colour moved towards white by `share` (0 to 1)."""
    channels = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
    return "".join(f"{round(channel + (255 - channel) * share):02X}" for channel in channels)


def luminance(colour: str) -> float:
    """Return how light an RRGGBB colour prints in grey: 0 black, 255 white."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def text_on(colour: str) -> str:
    """Return the text colour that can be read on an RRGGBB colour."""
    return PAPER if luminance(colour) < 130 else TEXT


def series_colours(chart: Chart) -> tuple[str, ...]:
    """Return one colour per series: its tone, lighter for every further series of the same tone.

    Lines that were all left at the usual tone take turns through the palette, since tints of a thin line look alike.
    """
    tones: list[Tone] = [series.tone for series in chart.series]
    if chart.kind == "line" and len(tones) > 1 and set(tones) == {"main"}:
        tones = [_ROTATION[index % len(_ROTATION)] for index in range(len(tones))]
    # Many tints of one tone share the way to white between them, so that no two are the same.
    steps = {tone: min(_TINT_STEP, _LIGHTEST / max(tones.count(tone) - 1, 1)) for tone in tones}
    seen: dict[Tone, int] = {}
    colours: list[str] = []
    for tone in tones:
        nth = seen.get(tone, 0)
        seen[tone] = nth + 1
        colours.append(mix_with_white(COLOURS[tone], nth * steps[tone]))
    return tuple(colours)
