"""Colours and fonts of HTML mail, those of the charts and of the printed briefings."""

from __future__ import annotations

from reportkit.render.plot.palette import COLOURS, GRID, SUBTLE_TEXT, TEXT, mix_with_white

NAVY = COLOURS["main"]
ACCENT = COLOURS["accent"]
INK = TEXT
SUBTLE = SUBTLE_TEXT
RULE = GRID
PAPER = "FFFFFF"
PAGE_GROUND = "F4F5F7"
TILE_GROUND = mix_with_white(NAVY, 0.93)
TONES = {"info": (NAVY, mix_with_white(NAVY, 0.95)), "warning": (ACCENT, mix_with_white(ACCENT, 0.92))}
FONTS = "'Hiragino Sans','Yu Gothic UI','Yu Gothic',Meiryo,'Noto Sans CJK JP','Noto Sans JP',sans-serif"
