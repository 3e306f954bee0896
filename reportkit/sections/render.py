"""From a section template and a view to blocks.

>>> # render_section(templates, "case", "profile", view, EXHIBITS)  ->  (Heading(...), Table(...), ...)
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from reportkit.base.errors import Problem, ReportkitError, TemplateError
from reportkit.document.block import Block, KeyFigures
from reportkit.document.chart import Chart
from reportkit.document.inline import Inline, plain_text
from reportkit.document.table import Table
from reportkit.sections.doubts import mark_doubts
from reportkit.sections.environment import SectionEnvironment, environment, syntax_problem
from reportkit.sections.folders import SECTION_SUFFIX, TemplateFolders
from reportkit.sections.inlines import read_inlines
from reportkit.sections.lint import exhibit_uses, shown, unknown_exhibit
from reportkit.sections.markdown import Exhibit, read_blocks
from reportkit.sections.outline import ReadError
from reportkit.sections.slots import LINE_MARK, SLOTS_NAME, PrintError, Slots, Value

Exhibits = Mapping[str, Callable[[Any], Exhibit | None]]

_DIRECTIVE_OF: dict[type, str] = {Chart: "chart", Table: "table", KeyFigures: "figures"}


def section_name(kind: str, name: str) -> str:
    """Return the template's name below its folder: `sections/case/profile.md.j2`."""
    return f"sections/{kind}/{name}{SECTION_SUFFIX}"


@dataclass(frozen=True, slots=True)
class Page:
    """What the sections of one briefing share: the templates, the view, and the charts and tables by name.

    environment: of the template folders. exhibits: by name, the functions that make a chart or table from the view.
    """

    environment: SectionEnvironment
    view: object
    exhibits: Exhibits

    def section(self, kind: str, name: str) -> tuple[Block, ...]:
        """Return the blocks of `sections/<kind>/<name>.md.j2`; see `render_section`."""
        return mark_doubts(self.template(section_name(kind, name)), kind)

    def template(self, name: str) -> tuple[Block, ...]:
        """Return the blocks of any template."""
        template = self.environment.section(name)
        rendered, values = self._render(template)
        path = str(template.filename)

        def exhibit(directive: str, exhibit_name: str, line: int) -> Exhibit | None:
            make = self.exhibits.get(exhibit_name)
            if make is None:
                raise ReadError(*unknown_exhibit(exhibit_name, self.exhibits), line)
            made = make(self.view)
            if made is not None and _DIRECTIVE_OF[type(made)] != directive:
                right = _DIRECTIVE_OF[type(made)]
                what = f"図表「{exhibit_name}」は :::{directive} では置けません"
                raise ReadError(what, f":::{right} {exhibit_name} としてください", line)
            return made

        blocks, errors = read_blocks(rendered, values, exhibit)
        if errors:
            raise TemplateError([_problem(error.what, error.fix, path, error.line) for error in errors])
        return blocks

    def line(self, source: str, place: str) -> tuple[Inline, ...]:
        """Return the inlines of a one-line template; see `render_line`."""
        try:
            template = self.environment.line(source)
            rendered, values = self._render(template) if "{" in source else (source, [])
        except TemplateError as error:
            raise TemplateError([Problem(each.what, each.fix, place) for each in error.problems]) from error
        return read_inlines(LINE_MARK.sub("", rendered).strip(), values)

    def text(self, source: str, place: str) -> str:
        """Return a one-line template as plain words; for titles and keywords."""
        return plain_text(self.line(source, place))

    def _render(self, template: jinja2.Template) -> tuple[str, list[Value]]:
        slots = Slots()
        try:
            return self.environment.written(template, {"view": self.view, SLOTS_NAME: slots}), slots.values
        except ReportkitError:
            raise
        except jinja2.TemplateSyntaxError as error:  # in an included template
            raise TemplateError(syntax_problem(error)) from error
        except Exception as error:
            raise TemplateError(_runtime_problem(error, template)) from error


def render_section(
    templates: TemplateFolders, kind: str, name: str, view: object, exhibits: Exhibits
) -> tuple[Block, ...]:
    """Return the blocks of one section; empty when it has nothing to say about this view.

    kind, name: `sections/<kind>/<name>.md.j2`. exhibits: name of a chart or table to the function that makes it from
    the view. A heading under which nothing is left (its charts had not enough data) is dropped.
    Raises `TemplateError` with all problems of the section, each with path, line and the line itself.
    """
    return Page(environment(templates), view, exhibits).section(kind, name)


def render_template(templates: TemplateFolders, name: str, view: object, exhibits: Exhibits) -> tuple[Block, ...]:
    """Return the blocks of any template, such as the cover note `mail/note.ja.md.j2`; as `render_section` does."""
    return Page(environment(templates), view, exhibits).template(name)


def render_line(templates: TemplateFolders, source: str, view: object, place: str) -> tuple[Inline, ...]:
    """Return the inlines of a one-line template, such as the title in a briefing's TOML.

    place: what errors name. Raises `TemplateError`.
    """
    return Page(environment(templates), view, {}).line(source, place)


def check_templates(templates: TemplateFolders, exhibits: Exhibits, kinds: tuple[str, ...]) -> tuple[Problem, ...]:
    """Return what is wrong in all section templates of these kinds, without rendering any.

    Finds syntax errors, unknown filters, literal digits, broken directives and unknown exhibit names; undefined names
    and unclosed boxes show only when a section is rendered.
    """
    problems: list[Problem] = []
    for kind in kinds:
        for name in templates.section_names(kind):
            problems.extend(_static_problems(templates, section_name(kind, name), exhibits))
    return tuple(problems)


def _static_problems(templates: TemplateFolders, name: str, exhibits: Exhibits) -> list[Problem]:
    try:
        environment(templates).section(name)
        file = templates.read(name)
    except TemplateError as error:
        return list(error.problems)
    return [
        _problem(*unknown_exhibit(use.name, exhibits), str(file.path), use.line)
        for use in exhibit_uses(environment(templates), file.text)
        if use.name not in exhibits
    ]


def _runtime_problem(error: Exception, template: jinja2.Template) -> Problem:
    """Return what went wrong while Jinja ran, at the innermost line that belongs to a template."""
    path, line = str(template.filename or ""), 0
    for frame, number in traceback.walk_tb(error.__traceback__):
        if "__jinja_template__" in frame.f_globals or frame.f_code.co_filename == template.filename:
            path, line = frame.f_code.co_filename, number
    match error:
        case PrintError():
            what, fix = error.what, error.fix
        case jinja2.UndefinedError():
            what, fix = str(error.message), "名前の綴りを確かめるか、{% if ... is defined %} で有無を確かめてください"
        case jinja2.exceptions.SecurityError():
            what, fix = f"テンプレートからは許されない操作です：{error}", "view の値だけを使ってください"
        case _:
            what, fix = f"テンプレートの実行に失敗しました：{error}", "この行の式とフィルターの引数を確かめてください"
    return _problem(what, fix, path, line)


def _problem(what: str, fix: str, path: str, line: int) -> Problem:
    text = _source_line(path, line)
    return Problem(f"{what}（該当行「{text}」）" if text else what, fix, f"{path}:{line}" if line else path)


def _source_line(path: str, line: int) -> str:
    try:
        return shown(Path(path).read_text(encoding="utf-8-sig").split("\n"), line)
    except (OSError, UnicodeDecodeError):
        return ""
