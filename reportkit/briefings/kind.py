"""A briefing kind, read from `briefings/<kind>.toml`.

title = "{{ view.name }}"            one line of Jinja over the view; digits only as facts, as in every template
subtitle = "生成AIの経済インパクト"
subject = "{{ view.name }}"          what the document is about, by canonical name or id
keywords = ["生成AI", "{{ view.name }}"]
sections = ["summary", "impact"]     files of sections/<kind>/, in the order of the briefing
appendix = ["data-notes"]            the same, behind the body, with headings that carry no number
front = "masthead"                   title on top of the first page; "cover" (when left out) gives it a page
contents = 1                         levels of headings in the table of contents, 1 to 3; 2 when left out
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any, Literal

from reportkit.base.errors import Problem, TemplateError
from reportkit.sections.folders import TemplateFolders, nearest

_LINES = ("title", "subtitle", "subject")
_LISTS = ("sections", "appendix", "keywords")
_REQUIRED = ("title", "subject", "sections")
_CHOICES: dict[str, tuple[str | int, ...]] = {"front": ("cover", "masthead"), "contents": (1, 2, 3)}


@dataclass(frozen=True, slots=True)
class BriefingKind:
    """What makes up one kind of briefing. title, subtitle, subject and keywords are lines of Jinja.

    place: the file that it was read from, for messages.
    """

    name: str
    title: str
    subject: str
    sections: tuple[str, ...]
    subtitle: str = ""
    appendix: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    front: Literal["cover", "masthead"] = "cover"
    contents: int = 2
    place: str = ""


def kind_names(templates: TemplateFolders) -> tuple[str, ...]:
    """Return the names of all briefing kinds that have a TOML file."""
    names = templates.names("briefings", ".toml")
    return tuple(name.removeprefix("briefings/").removesuffix(".toml") for name in names)


def read_kind(templates: TemplateFolders, name: str) -> BriefingKind:
    """Return the kind called `name`.

    Raises `TemplateError` with everything that is wrong in its file: broken TOML, unknown or missing keys, values of
    the wrong type, sections without a template.
    """
    file = templates.read(f"briefings/{name}.toml")
    place = str(file.path)
    try:
        data = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        fix = "引用符や角括弧の閉じ忘れを確かめてください"
        raise TemplateError(Problem(f"TOML として読めません（{error}）", fix, place)) from error
    problems = [*_key_problems(data, place), *_section_problems(data, templates, name, place)]
    if problems:
        raise TemplateError(problems)
    return BriefingKind(
        name=name,
        title=data["title"],
        subject=data["subject"],
        sections=tuple(data["sections"]),
        subtitle=data.get("subtitle", ""),
        appendix=tuple(data.get("appendix", ())),
        keywords=tuple(data.get("keywords", ())),
        front=data.get("front", "cover"),
        contents=data.get("contents", 2),
        place=place,
    )


def _key_problems(data: dict[str, Any], place: str) -> list[Problem]:
    known = (*_LINES, *_LISTS, *_CHOICES)
    problems = [Problem(f"項目「{key}」はありません", nearest(key, known), place) for key in data if key not in known]
    problems += [
        Problem(f"項目「{key}」がありません", f"{key} = … の行を加えてください", place)
        for key in _REQUIRED
        if key not in data
    ]
    problems += [
        Problem(f"項目「{key}」は文字列にしてください", f'{key} = "…" の形で書いてください', place)
        for key in _LINES
        if not isinstance(data.get(key, ""), str)
    ]
    problems += [
        Problem(f"項目「{key}」は文字列の一覧にしてください", f'{key} = ["…", "…"] の形で書いてください', place)
        for key in _LISTS
        if not _is_list_of_text(data.get(key, []))
    ]
    problems += [
        Problem(f"項目「{key}」の値が使えません", f"次のいずれかにしてください：{'、'.join(map(str, choices))}", place)
        for key, choices in _CHOICES.items()
        if key in data and (isinstance(data[key], bool) or data[key] not in choices)
    ]
    return problems


def _section_problems(data: dict[str, Any], templates: TemplateFolders, kind: str, place: str) -> list[Problem]:
    known = templates.section_names(kind)
    listed = [each for key in ("sections", "appendix") if _is_list_of_text(data.get(key)) for each in data[key]]
    problems = [
        Problem(f"節「{name}」のテンプレートがありません", nearest(name, known), place)
        for name in listed
        if name not in known
    ]
    twice = sorted({name for name in listed if listed.count(name) > 1})
    return problems + [Problem(f"節「{name}」が重複しています", "一つだけ残してください", place) for name in twice]


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
