"""Which style of the base file plays which part. The renderer names parts; only this table knows what Word calls them.

Styles are looked up by the name that Word shows in its English list (`w:name`, the same in every language version of
Word), because Word gives its own ids to styles when a base file is edited and saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

StyleKind = Literal["paragraph", "character", "table"]


@dataclass(frozen=True, slots=True)
class StyleNeed:
    """One style that the base file must define.

    numbered: it must be linked to a numbering definition. optional: it may be missing; its id is then "".
    """

    name: str
    kind: StyleKind = "paragraph"
    numbered: bool = False
    optional: bool = False


STYLE_MAP: Mapping[str, StyleNeed] = MappingProxyType(
    {
        "body": StyleNeed("Body Text"),
        "lead": StyleNeed("Lead"),
        "note": StyleNeed("Note"),
        "heading1": StyleNeed("heading 1", numbered=True),
        "heading2": StyleNeed("heading 2", numbered=True),
        "heading3": StyleNeed("heading 3"),
        "bullet": StyleNeed("List Bullet", numbered=True),
        "number": StyleNeed("List Number", numbered=True),
        "strong": StyleNeed("Strong", "character"),
        "emphasis": StyleNeed("Emphasis", "character"),
        "link": StyleNeed("Hyperlink", "character"),
        "caption": StyleNeed("caption"),
        "figure": StyleNeed("Figure"),
        "unit": StyleNeed("Unit Line"),
        "source": StyleNeed("Source Note"),
        "spacer": StyleNeed("Spacer"),
        "footnote-text": StyleNeed("footnote text"),
        "footnote-mark": StyleNeed("footnote reference", "character"),
        "comment-text": StyleNeed("annotation text", optional=True),
        "comment-mark": StyleNeed("annotation reference", "character", optional=True),
        "box-title": StyleNeed("Box Title"),
        "figure-label": StyleNeed("Key Figure Label"),
        "figure-value": StyleNeed("Key Figure Value"),
        "figure-comment": StyleNeed("Key Figure Comment"),
        "table-text": StyleNeed("Table Text"),
        "table-header": StyleNeed("Table Header"),
        "table-bullet": StyleNeed("Table Bullet", numbered=True),
        "table-text-small": StyleNeed("Table Text Small"),
        "table-header-small": StyleNeed("Table Header Small"),
        "table-bullet-small": StyleNeed("Table Bullet Small", numbered=True),
        "contents-title": StyleNeed("TOC Heading"),
        "contents1": StyleNeed("toc 1"),
        "contents2": StyleNeed("toc 2"),
        "contents3": StyleNeed("toc 3"),
        "data": StyleNeed("Briefing Data", "table"),
        "heatmap": StyleNeed("Briefing Heatmap", "table"),
        "profile": StyleNeed("Briefing Profile", "table"),
        "plain": StyleNeed("Briefing Plain", "table"),
        "box": StyleNeed("Briefing Box", "table"),
        "figures": StyleNeed("Briefing Figures", "table"),
    }
)
