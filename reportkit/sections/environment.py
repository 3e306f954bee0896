"""The one Jinja environment: sandboxed, strict, and unable to print a number that is not a fact.

Templates are compiled once per process and set of folders; a template whose file changed, or that the user's folder
now overrides, is read again, though not within a fraction of a second: a build asks for every one a thousand times.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from time import monotonic
from types import MethodType
from typing import Any, TypeVar, cast

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing, object_type_repr

from reportkit.base.errors import Problem, TemplateError
from reportkit.base.fact import Fact
from reportkit.base.quantity import Quantity
from reportkit.sections.filters import FILTERS
from reportkit.sections.folders import TemplateFolders, nearest
from reportkit.sections.lint import check_source, shown
from reportkit.sections.slots import finalize

Value = TypeVar("Value")
CHECK_AFTER = 0.2  # seconds for which a template that was just read is not looked for again on the disk
_KEPT_LINES = 64  # titles and keywords of all kinds of briefings are a dozen
_UNKNOWN_NAME = re.compile(r"No (filter|test) named '([^']*)'")
# The printed form of a number must reach the page as the fact itself, or it would lose its origin.
_TEXT_OF_NUMBERS: dict[type, frozenset[str]] = {Fact: frozenset({"text"}), Quantity: frozenset({"raw"})}
_OF_JINJA = frozenset({LoopContext, TemplateModule})  # what `loop.last` and `say.versus` are looked up in


class NamedUndefined(jinja2.StrictUndefined):
    """An undefined name that says, in Japanese, what there is instead."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        owner = self._undefined_obj
        if owner is missing:
            return f"「{self._undefined_name}」という名前はありません"
        known = _names_of(owner)
        hint = f"。{nearest(str(self._undefined_name), known)}" if known else ""
        return f"{object_type_repr(owner)} に「{self._undefined_name}」はありません{hint}"


class SectionEnvironment(ImmutableSandboxedEnvironment):
    """Jinja as section templates get it. `kind` is always `view`, the filters are those of `filters.FILTERS`."""

    def __init__(self, templates: TemplateFolders) -> None:
        super().__init__(
            loader=_Loader(templates),
            undefined=NamedUndefined,
            finalize=finalize,
            autoescape=True,  # nothing is escaped as HTML: it lets `finalize` tell our own macros from source text
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=True,
            cache_size=-1,
        )
        self.filters = dict(FILTERS)
        self.globals = {"namespace": Namespace}
        self._lines: dict[str, jinja2.Template] = {}
        self._allowed: set[tuple[type, str]] = set()
        self._templates = templates
        self._kept: dict[str, tuple[Any, Callable[[], bool]]] = {}

    def section(self, name: str) -> jinja2.Template:
        """Return a compiled template.

        Raises `TemplateError` with everything that is wrong in that file: syntax, unknown filters, literal digits,
        broken directives, each with path, line and the line itself.
        """
        try:
            return self.get_template(name)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(syntax_problem(error)) from error

    def kept(self, name: str, read: Callable[[TemplateFolders], Value]) -> Value:
        """Return what `read` makes of the file `name` of these folders (`briefings/case.toml`).

        It is read again when a template would be. Raises what `read` raises.
        """
        known = self._kept.get(name)
        if known is not None and known[1]():
            return cast("Value", known[0])
        path = self._templates.find(name)
        watch = None if path is None else _watch(self._templates, name, path)
        value = read(self._templates)
        if watch is not None:
            self._kept[name] = (value, watch)
        return value

    def line(self, source: str) -> jinja2.Template:
        """Return a one-line template, compiled once. Raises `TemplateError`, whose places mean nothing."""
        known = self._lines.get(source)
        if known is not None:
            return known
        if len(self._lines) >= _KEPT_LINES:
            self._lines.clear()
        try:
            template = self._lines[source] = self.from_string(source)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(syntax_problem(error)) from error
        return template

    def written(self, template: jinja2.Template, values: dict[str, Any]) -> str:
        """Return what a template writes: `Template.render` without the copies that it makes of names and globals.

        Raises what the template raises, traced to its own lines.
        """
        context = self.context_class(self, self.globals | values, template.name, template.blocks)
        try:
            return "".join(template.root_render_func(context))
        except Exception:
            self.handle_exception()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute that a template names; one of our own values is checked once for its type and name.

        So is one of a loop or of imported macros.
        """
        if (type(obj), attribute) in self._allowed:
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass
        found = super().getattr(obj, attribute)
        if (_is_ours(type(obj)) or type(obj) in _OF_JINJA) and not isinstance(found, Undefined):
            self._allowed.add((type(obj), attribute))
        return found

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls; what Jinja looks for in a function, no method of our own values has."""
        if type(called) is MethodType and _is_ours(type(called.__self__)):
            kwargs.pop("_loop_vars", None)  # Jinja's own, for functions that ask for the context
            kwargs.pop("_block_vars", None)
            return called(*args, **kwargs)
        return super().call(context, called, *args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Keep templates from printing a number as bare text."""
        kind = type(obj)
        if kind in _TEXT_OF_NUMBERS:
            return attr not in _TEXT_OF_NUMBERS[kind] and not attr.startswith("_")
        if _is_ours(kind):  # immutable values: the long check would find nothing more
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Return an undefined that explains the refusal."""
        fix = (
            "ファクトそのものを印字してください" if type(obj) in _TEXT_OF_NUMBERS else "公開された名前を使ってください"
        )
        hint = f"{type(obj).__name__} の「{attribute}」はテンプレートからは使えません。{fix}"
        return self.undefined(hint, name=attribute, obj=obj, exc=jinja2.exceptions.UndefinedError)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        problems = check_source(self, tree, source, filename or name or "")
        if problems:
            raise TemplateError(problems)
        for literal in tree.find_all(nodes.TemplateData):
            literal.data = _with_line_marks(literal.data, literal.lineno)
        return tree


class _Loader(jinja2.BaseLoader):
    """Reads templates through `TemplateFolders`, and notices when another file should be read instead."""

    def __init__(self, templates: TemplateFolders) -> None:
        self._templates = templates

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return text, path and the check for staleness; raises `TemplateError` when there is no such template."""
        file = self._templates.read(template)
        return file.text, str(file.path), _watch(self._templates, template, file.path)

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        return list(self._templates.names(".", ".j2"))


def _watch(templates: TemplateFolders, name: str, path: Path) -> Callable[[], bool]:
    """Return a check whether `name` is still read from that file and the file is as it is now."""
    stamp = _stamp(path)
    checked = monotonic()

    def is_current() -> bool:
        nonlocal checked
        now = monotonic()
        if now - checked < CHECK_AFTER:
            return True
        checked = now
        return templates.find(name) == path and _stamp(path) == stamp

    return is_current


def environment(templates: TemplateFolders) -> SectionEnvironment:
    """Return the environment of these folders; the same one each time, with its compiled templates."""
    return _environment(templates, os.getcwd())  # noqa: PTH109 -- asked for every briefing


@lru_cache(maxsize=8)
def _environment(templates: TemplateFolders, _working_folder: str) -> SectionEnvironment:
    """Return the environment; relative folders are others when the process works in another folder."""
    return SectionEnvironment(templates)


def forget_templates() -> None:
    """Forget everything that was compiled, so that the next section is read from the disk."""
    _environment.cache_clear()


def syntax_problem(error: jinja2.TemplateSyntaxError) -> Problem:
    """Return a syntax error of Jinja as a problem with its place."""
    lines = (error.source or "").split("\n")
    unknown = _UNKNOWN_NAME.search(error.message or "")
    if unknown and unknown[1] == "filter":
        what, fix = f"フィルター「{unknown[2]}」はありません", nearest(unknown[2], FILTERS)
    elif unknown:
        what, fix = f"テスト「{unknown[2]}」はありません", "Jinja のテストの名前を確かめてください"
    else:
        what, fix = f"Jinja の書き方に誤りがあります：{error.message}", "タグの閉じ忘れや綴りを確かめてください"
    return Problem(
        f"{what}（該当行「{shown(lines, error.lineno)}」）",
        fix,
        f"{error.filename or error.name or ''}:{error.lineno}",
    )


def _is_ours(kind: type) -> bool:
    return kind.__module__.startswith("reportkit.")


def _with_line_marks(text: str, line: int) -> str:
    """Return literal text with a mark of its template line at its start and after each line break."""
    pieces = text.split("\n")
    return "\n".join(f"\ue002{line + offset}\ue003{piece}" for offset, piece in enumerate(pieces))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _names_of(owner: object) -> list[str]:
    if isinstance(owner, dict):
        return sorted(str(key) for key in owner)
    if not dataclasses.is_dataclass(owner):
        return []
    names = {field.name for field in dataclasses.fields(owner)}
    names |= {name for name, value in vars(type(owner)).items() if isinstance(value, property)}
    return sorted(name for name in names if not name.startswith("_"))
