"""The table of codes and the source tree name the same codes."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TypeGuard

from reportkit.checks.codes import CODES, explain

_PACKAGE = Path(__file__).parents[2] / "reportkit"
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")
_FILES = (".toml", ".md", ".txt", ".json", ".css", ".docx", ".html", ".py")
_ROOMS = ("sources", "checks")


def used_codes() -> set[str]:
    """Return every constant in a call of a reading or checking room that looks like a code."""
    found: set[str] = set()
    for room in _ROOMS:
        for path in (_PACKAGE / room).rglob("*.py"):
            if path.name == "codes.py":
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Tuple):  # a finding on its way to the function that makes it
                    found.update(each.value for each in node.elts if _is_code_of_a_known_kind(each))
                if not isinstance(node, ast.Call):
                    continue
                for given in (*node.args[:2], *(word.value for word in node.keywords if word.arg == "code")):
                    for part in (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,):
                        if isinstance(part, ast.Constant) and isinstance(part.value, str):
                            found.add(part.value)
    return {code for code in found if _CODE.fullmatch(code) and not code.endswith(_FILES)}


def _is_code_of_a_known_kind(node: ast.expr) -> TypeGuard[ast.Constant]:
    kinds = {code.partition(".")[0] for code in CODES}
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.partition(".")[0] in kinds


def test_every_code_that_is_used_is_in_the_table_and_every_code_of_the_table_is_used() -> None:
    used = used_codes()
    assert sorted(used - set(CODES)) == []
    assert sorted(set(CODES) - used) == []
    assert len(used) > 70


def test_no_other_room_makes_findings() -> None:
    for path in _PACKAGE.rglob("*.py"):
        if path.parts[len(_PACKAGE.parts)] in {*_ROOMS, "base"}:
            continue
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        assert not any(isinstance(call.func, ast.Name) and call.func.id == "Finding" for call in calls), path


def test_every_code_says_in_japanese_what_it_is_why_and_what_to_do() -> None:
    for code, info in CODES.items():
        assert info.code == code
        assert not info.title.endswith("。")
        for text in (info.meaning, info.why, info.fix):
            assert text.endswith("。"), code
            assert re.search("[ぁ-ん]", text), code
    assert len({info.title for info in CODES.values()}) == len(CODES)


def test_an_unknown_code_has_no_explanation() -> None:
    assert explain("case.nothing") is None
    assert explain("case.payback") is CODES["case.payback"]
