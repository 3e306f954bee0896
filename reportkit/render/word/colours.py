"""Colours of a page: taken from the base file's theme, mixed and checked for contrast once, when it is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_READABLE = 4.5  # contrast that WCAG asks for text of normal size
_STEPS = 100
_LIGHTEST = 0.06  # share of the full tone in the palest cell of a heat map


@dataclass(frozen=True, slots=True)
class Shade:
    """A fill and the text colour that can be read on it, both as RRGGBB."""

    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one base file.

    heat: the heat scale from the lowest to the highest value, one hue; `shade` picks from it.
    """

    navy: str
    accent: str
    ink: str
    muted: str
    rule: str
    stripe: str
    subject: str
    subject_ink: str
    total: str
    heat: tuple[Shade, ...]

    def shade(self, position: float) -> Shade:
        """Return the shade at a position from 0 (lowest) to 1 (highest); positions outside are moved to the ends."""
        if not position > 0:  # also for NaN
            return self.heat[0]
        return self.heat[min(_STEPS, round(position * _STEPS))]


_DEFAULT = {
    "dk1": "1F2933",
    "dk2": "1F3864",
    "lt2": "F4F6F9",
    "accent1": "1F5A96",
    "accent2": "B4551F",
    "accent3": "5B6673",
    "accent4": "2B7CC4",
}


def make_palette(theme: Mapping[str, str]) -> Palette:
    """Return the palette of a theme. theme: slot of the colour scheme (dk2, accent1 ...) to RRGGBB; may lack any."""
    colours = {**_DEFAULT, **theme}
    navy, ink, accent = colours["dk2"], colours["dk1"], colours["accent2"]
    return Palette(
        navy=navy,
        accent=accent,
        ink=ink,
        muted=colours["accent3"],
        rule=mix(navy, "FFFFFF", 0.24),
        stripe=colours["lt2"],
        subject=(pale := mix(accent, "FFFFFF", 0.12)),
        subject_ink=readable_on(pale, accent),
        total=mix(navy, "FFFFFF", 0.09),
        heat=_heat_scale(colours["accent4"], ink),
    )


def _heat_scale(tone: str, ink: str) -> tuple[Shade, ...]:
    """Return shades from near white to the deepest on which the usual text colour can still be read.

    Deeper fills would need white text, and between both lies a range where neither is pleasant to read.
    """
    deepest = max(
        (step / _STEPS for step in range(_STEPS + 1) if contrast(ink, mix(tone, "FFFFFF", step / _STEPS)) >= _READABLE),
        default=1.0,
    )
    deepest = max(deepest, 2 * _LIGHTEST)
    scale = (_LIGHTEST + (deepest - _LIGHTEST) * step / _STEPS for step in range(_STEPS + 1))
    return tuple(Shade(fill, readable_on(fill, ink)) for fill in (mix(tone, "FFFFFF", share) for share in scale))


def mix(colour: str, other: str, share: float) -> str:
    """Return `share` of colour over `other`."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def readable_on(fill: str, ink: str) -> str:
    """Return `ink` if it can be read on the fill, else white, else black (one of both always can)."""
    for candidate in (ink, "FFFFFF"):
        if contrast(candidate, fill) >= _READABLE:
            return candidate
    return "000000"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2 between two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[0:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
