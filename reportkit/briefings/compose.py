"""A briefing as a document: its sections rendered in order, its title, its keywords."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from reportkit.base.errors import Problem, TemplateError
from reportkit.briefings.kind import BriefingKind, read_kind
from reportkit.document.block import Block, Document, Heading, Issue
from reportkit.exhibits.registry import EXHIBITS
from reportkit.sections.environment import environment
from reportkit.sections.folders import TemplateFolders
from reportkit.sections.render import Exhibits, Page


def compose(
    kind: str | BriefingKind,
    view: object,
    templates: TemplateFolders,
    issue: Issue,
    exhibits: Exhibits = EXHIBITS,
) -> Document:
    """Return the briefing of that kind about what the view shows.

    kind: `sector`, `case`, `overview`, or the name of another file in `briefings/`. A section that has nothing to say
    is left out with its heading; headings of the appendix carry no number.
    Raises `TemplateError` with the problems of all sections at once.
    """
    page = Page(environment(templates), view, exhibits)
    if isinstance(kind, str):
        kind = page.environment.kept(f"briefings/{kind}.toml", partial(read_kind, name=kind))
    problems: list[Problem] = []

    def text(source: str) -> str:
        try:
            return page.text(source, kind.place)
        except TemplateError as error:
            problems.extend(error.problems)
            return ""

    def blocks(names: Sequence[str], numbered: bool) -> list[Block]:
        found: list[Block] = []
        for name in names:
            try:
                section = page.section(kind.name, name)
            except TemplateError as error:
                problems.extend(error.problems)
            else:
                found.extend(section if numbered else map(_unnumbered, section))
        return found

    document = Document(
        kind=kind.name,
        subject=text(kind.subject),
        title=text(kind.title),
        subtitle=text(kind.subtitle),
        issue=issue,
        blocks=(*blocks(kind.sections, True), *blocks(kind.appendix, False)),
        keywords=tuple(word for word in map(text, kind.keywords) if word),
        front=kind.front,
        contents_depth=kind.contents,
    )
    if problems:
        raise TemplateError(tuple(dict.fromkeys(problems)))
    return document


def _unnumbered(block: Block) -> Block:
    return replace(block, numbered=False) if isinstance(block, Heading) else block
