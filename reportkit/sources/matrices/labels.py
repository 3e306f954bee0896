"""What people put around a label: numbering before it, its unit behind it; and lines among the rows that are no rows.

>>> bare_label("③ 医療"), bare_label("R&D（億円）"), is_remark("※ 架空の注")
('医療', 'R&D', True)
"""

from __future__ import annotations

import re

from reportkit.base.text import to_half_width

_NUMBERING = re.compile(r"^(?:[①-⑳]|\(?\d{1,2}[).、．]|[A-Za-z][).]|[・●○■□◆◇▪•])\s*")
_UNIT = re.compile(
    r"\s*[(\[]\s*(?:単位\s*:?\s*)?(?:%|人|名|件|社|円|(?:10億|十億|百万|千|億|兆|万)円|pt|ポイント)\s*[)\]]$"
)
_REMARK = re.compile(
    r"^(?:※|注\s*\d*\s*[).:：．]|[(（]注|注記|備考|[*＊]\d*\s|note\b|source\b|出典|出所|資料\s*[:：])", re.IGNORECASE
)


def bare_label(text: str) -> str:
    """Return a label without numbering (`1. `, `①`, `・`) and without a unit in brackets at its end."""
    plain = to_half_width(text).strip().strip("*_").strip()  # bold in a Markdown table
    return _UNIT.sub("", _NUMBERING.sub("", plain)).strip() or plain


def is_remark(text: str) -> bool:
    """Tell whether a text begins as a note or a source line does."""
    return bool(_REMARK.match(text.strip()))
