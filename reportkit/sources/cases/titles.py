"""What the title of a case names: number, company, industry, tool, by one visible list of rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

TITLE_RULES = tuple(
    re.compile(pattern)
    for pattern in (
        (
            r"(?:事例調査|ケーススタディ|Tier [0-9] 生成AI導入事例)\s*[：:]\s*"
            r"(?P<company>.+?)\s*(?:[（(](?P<industry>[^（）()]+)[）)])?\s*$"
        ),
        r"(?P<number>[0-9]{1,4})_(?P<company>[^_]+)(?:_.*)?$",
        r"(?P<number>[0-9]{2,4})\s*[|｜]\s*(?P<company>.+?)(?:\s*[×✕]\s*(?P<tool>[^:：]+?))?\s*(?:[:：].*)?$",
        r"(?P<number>[0-9]{1,4})\.\s+(?P<company>.+)$",
        r"(?P<company>.+?)\s+生成AI導入事例$",
        r"(?P<number>[0-9]{3,4})\s+[-–—]\s+(?P<company>.+)$",
        r"(?P<company>[^:：]+?)\s+[×✕]\s+(?P<tool>[^:：]+?)\s*[:：].*$",
    )
)
MAX_TITLE = 500  # what is longer is no title that names something
_SPLIT_TITLE = re.compile(r"^(.+?)\s+[-–—]\s+.+$")


@dataclass(frozen=True, slots=True)
class Title:
    """What a title names; "" for what it does not."""

    number: str = ""
    company: str = ""
    industry: str = ""
    tool: str = ""


def read_title(title: str) -> Title:
    """Return number, company, industry and tool as far as the title gives them."""
    title = " ".join(title.split())
    if len(title) > MAX_TITLE:
        return Title()
    for rule in TITLE_RULES:
        if match := rule.match(title):
            parts = match.groupdict()
            company = parts.get("company") or ""
            if dash := _SPLIT_TITLE.match(company):
                company = dash[1]
            return Title(
                parts.get("number") or "",
                company.strip(),
                parts.get("industry") or "",
                (parts.get("tool") or "").strip(),
            )
    dash = _SPLIT_TITLE.match(title)
    return Title(company=dash[1].strip() if dash else "")
