"""What `reportkit check --explain` prints about the codes of findings; and the page docs/findings.md."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from reportkit.base.errors import Problem, ProjectError
from reportkit.checks.codes import CODES, CodeInfo
from reportkit.checks.plugin_checks import known_codes

_PARTS = (("何が", "meaning"), ("なぜ", "why"), ("直す", "fix"))
_PAGE = """# Codes of findings

Every finding carries one of these codes. `reportkit check` prints the findings of your sources,
`reportkit check --explain CODE` what is said here, in Japanese as the findings are. The page is made from
`reportkit/checks/codes.py` by `python tools/make_findings_page.py`.

Severity is a matter of the finding, not of the code: an **error** (エラー) must not be used as it stands, a **warning**
(警告) is a contradiction, a **note** (注記) cannot be decided or was read with an assumption.
"""
_GROUPS = {
    "source": "Files",
    "matrix": "Matrices",
    "statistic": "Figures in the text of a report",
    "prose": "Text of a report against its tables",
    "use-case": "Use cases",
    "case": "Cases",
}


def explained(code: str) -> Iterator[str]:
    """Yield the lines about one code, or about all codes for "".

    Raises `ProjectError` with the nearest codes when there is none of that name.
    """
    if not code:
        for info in known_codes().values():
            yield from _lines(info)
            yield ""
        yield f"{len(known_codes())} 種類"
        return
    known = known_codes().get(code.strip().casefold())
    if known is None:
        raise ProjectError(Problem(f"指摘の種類「{code}」はありません", f"もしかして：{'、'.join(_near(code))}"))
    yield from _lines(known)


def _lines(info: CodeInfo) -> Iterator[str]:
    yield f"{info.code}  {info.title}"
    for word, part in _PARTS:
        yield f"  {word}　{getattr(info, part)}"


def _near(code: str) -> list[str]:
    """Return the nearest codes: those that hold the word, else those that look alike, best first; never none."""
    word = code.strip().casefold()
    holding = [known for known in known_codes() if word and word in known]
    like = difflib.get_close_matches(word, known_codes(), 5, 0.4)
    return (holding or like or _one_of_each_kind())[:5]


def _one_of_each_kind() -> list[str]:
    """Return the first code of every kind, for a word that is like none."""
    kinds = {code.partition(".")[0]: code for code in reversed(tuple(CODES))}
    return list(reversed(kinds.values()))


def findings_page() -> str:
    """Return docs/findings.md: all codes by what they are about, in the order of the table."""
    groups: dict[str, list[CodeInfo]] = {}
    for info in CODES.values():
        groups.setdefault(info.code.partition(".")[0], []).append(info)
    parts = [_PAGE]
    for group, infos in groups.items():
        rows = "\n".join(
            f"| `{i.code}` | {_cell(i.title)} | {_cell(i.meaning)} | {_cell(i.why)} | {_cell(i.fix)} |" for i in infos
        )
        parts.append(
            f"## {_GROUPS.get(group, group)}\n\n| code | 名前 | 何が | なぜ | 直す |\n|---|---|---|---|---|\n{rows}\n"
        )
    return "\n".join(parts)


def _cell(text: str) -> str:
    """Return text for a cell of a Markdown table."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("[[", "\\[\\[")
