"""What is checked in a template before it is rendered: digits in our own words, strings glued together, directives.

A number that stands in a template as text would have no origin, so it is refused; the same holds for a string with
digits that an expression would print. Digits stay allowed where they are not printed as numbers: in Jinja conditions,
in link addresses, in list markers and in directive names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from jinja2 import Environment, nodes

from reportkit.base.errors import Problem
from reportkit.sections.folders import nearest
from reportkit.sections.slots import MARK_CHARACTERS

EXHIBIT_DIRECTIVES = ("chart", "table", "figures")
BOX_DIRECTIVES = ("box", "warning")
FRAME_DIRECTIVES = ("points",)  # stand around blocks like a box, but carry no title
DIRECTIVE = re.compile(r"^\s*:::\s*([^\s:]*)[ \t]*(.*?)\s*$")

_TAG = "\ufffc"  # stands for a Jinja tag in the literal text of a line
_LIST_MARKER = re.compile(r"^\s*[0-9]+[.)](?=\s)")
_LINK_ADDRESS = re.compile(r"\]\([^)\n]*\)")


@dataclass(frozen=True, slots=True)
class ExhibitUse:
    """A directive that names a chart, a table or key figures, with its line in the template."""

    directive: str
    name: str
    line: int


def literal_lines(environment: Environment, source: str) -> dict[int, str]:
    """Return the literal text of each line; whatever stands in Jinja tags is replaced by one character."""
    lines: dict[int, str] = {}
    for number, kind, value in environment.lex(source):
        if kind == "data":
            for offset, piece in enumerate(value.split("\n")):
                lines[number + offset] = lines.get(number + offset, "") + piece
        elif kind == "variable_begin":
            lines[number] = lines.get(number, "") + _TAG
    return lines


def check_source(environment: Environment, tree: nodes.Template, source: str, path: str) -> list[Problem]:
    """Return everything that is wrong with a template that parses; `path` is what errors name."""
    written = source.split("\n")

    def at(line: int) -> str:
        return f"{path}:{line}"

    problems = [
        Problem(f"{what}（該当行「{shown(written, line)}」）", fix, at(line))
        for line, text in sorted(literal_lines(environment, source).items())
        for what, fix in _line_problems(text)
    ]
    problems.extend(
        Problem(f"{what}（該当行「{shown(written, line)}」）", fix, at(line))
        for line, what, fix in _tree_problems(tree)
    )
    return problems


def shown(lines: list[str], number: int) -> str:
    """Return a source line for an error message, cut when it is very long."""
    text = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    return text if len(text) <= 120 else f"{text[:119]}…"


def exhibit_uses(environment: Environment, source: str) -> Iterator[ExhibitUse]:
    """Yield the exhibits that the literal text of a template names."""
    for number, text in sorted(literal_lines(environment, source).items()):
        match = DIRECTIVE.match(text)
        if match and match[1] in EXHIBIT_DIRECTIVES and _TAG not in match[2]:
            yield ExhibitUse(match[1], match[2], number)


def directive_problem(keyword: str, rest: str) -> tuple[str, str] | None:
    """Return what is wrong with a directive line and how to mend it, or None; `keyword` is "" for a closing line."""
    if not keyword:
        return None if not rest else ("「:::」の後に種類がありません", "「:::table 名前」のように書いてください")
    known = EXHIBIT_DIRECTIVES + BOX_DIRECTIVES + FRAME_DIRECTIVES
    if keyword not in known:
        return (f"ディレクティブ「:::{keyword}」はありません", nearest(keyword, known))
    if keyword in FRAME_DIRECTIVES:
        return (f"「:::{keyword}」に題名は付きません", f"「:::{keyword}」だけの行にしてください") if rest else None
    if not rest:
        wanted = "題名" if keyword in BOX_DIRECTIVES else "図表の名前"
        return (f"「:::{keyword}」に{wanted}がありません", f"「:::{keyword} {wanted}」の形で書いてください")
    if keyword in EXHIBIT_DIRECTIVES and " " in rest:
        return (f"「:::{keyword}」の名前に空白があります：{rest}", "図表は一行に一つ、名前だけを書いてください")
    return None


def unknown_exhibit(name: str, known: Collection[str]) -> tuple[str, str]:
    """Return what to say about an exhibit that nobody registered."""
    return (f"図表「{name}」はありません", nearest(name, known))


def _line_problems(text: str) -> Iterator[tuple[str, str]]:
    if MARK_CHARACTERS.search(text):
        yield "テンプレートに私用領域の文字があります", "その文字を消してください"
    directive = DIRECTIVE.match(text)
    if directive:
        problem = directive_problem(directive[1], directive[2])
        if problem:
            yield problem
        text = directive[2] if directive[1] in BOX_DIRECTIVES else ""
    printed = _LINK_ADDRESS.sub("", _LIST_MARKER.sub("", text))
    digits = "".join(char for char in printed if char.isdigit())
    if digits:
        yield (
            f"テンプレートの本文に数字「{digits}」があります",
            "数字はファクトとして印字してください（例：{{ view.confidence }}）",
        )


def _tree_problems(tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
    for glued in tree.find_all(nodes.Concat):
        yield glued.lineno, "「~」で値をつないでいます", "{{ a }}{{ b }} のように並べて印字してください"
    for output in tree.find_all((nodes.Output, nodes.Assign, nodes.Call, nodes.CallBlock)):
        for constant in _printed_constants(output):
            digits = "".join(char for char in str(constant.value) if char.isdigit())
            if isinstance(constant.value, str) and digits:
                yield (
                    constant.lineno,
                    f"印字する文字列に数字「{digits}」があります",
                    "数字はファクトとして印字してください",
                )


def _printed_constants(node: nodes.Node) -> Iterator[nodes.Const]:
    """Yield the constants that this node can hand to the page; comparisons, keys and indexes are not printed."""
    if isinstance(node, nodes.Const):
        yield node
    for child in _printed_children(node):
        if child is not None:
            yield from _printed_constants(child)


def _printed_children(node: nodes.Node) -> list[nodes.Expr | None]:
    match node:
        case nodes.Output():
            return [*node.nodes]
        case nodes.Assign():
            return [node.node] if isinstance(node.node, nodes.Expr) else []
        case nodes.Call() if isinstance(node.node, nodes.Name):  # a macro prints what it is given
            return [*node.args, *(keyword.value for keyword in node.kwargs)]
        case nodes.CondExpr():
            return [node.expr1, node.expr2]
        case nodes.Or() | nodes.And():
            return [node.left, node.right]
        case nodes.List() | nodes.Tuple():
            return [*node.items]
        case nodes.Filter():
            return [node.node, *node.args]
    return []
