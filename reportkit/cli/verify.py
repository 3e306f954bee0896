"""`reportkit verify`: does every number of a finished document hold?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportkit.base.errors import AuditError, Problem, ProjectError
from reportkit.base.text import printable
from reportkit.cli import exits
from reportkit.cli.commands import Command, OneOf, seeds_option, settings_with

if TYPE_CHECKING:
    from reportkit.audit.lines import Sources
    from reportkit.audit.report import Difference, Verification

_FILE = click.Path(path_type=Path)
# What both sides of a difference are called.
_SIDES = {
    "derivation": ("計算", "台帳"),
    "source": ("台帳", "資料"),
    "value": ("台帳", "印字"),
    "ledger": ("記載", "実際"),
}
_MOST = 40  # differences of one file that are printed; all are in --format json


@click.command(cls=Command)
@click.argument("files", metavar="FILE...", type=_FILE, nargs=-1)
@seeds_option
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", help="表示の形（省くと text）")
@click.option("--exceptions", is_flag=True, help="台帳になくてよい数字の一覧を表示します")
def verify(files: tuple[Path, ...], seeds: Path | None, form: str, exceptions: bool) -> int:
    """文書の数値を一つずつ、台帳・計算・資料・表・図と照合します。違いがあれば終了コードは 1 です。

    \b
    文書だけを読みます（フォルダーなら中の .docx をすべて）。資料のフォルダーがあれば、
    もとの行とも照合します。手で書き換えた数字、台帳にない数字も見つかります。

    \b
    例：
      reportkit verify out
      reportkit verify out/sector/医療.docx --seeds seeds
    """
    if exceptions:
        _print_exceptions()
        return 0
    paths = _documents(files)
    texts = _sources(seeds)
    results: list[tuple[Path, Verification | AuditError]] = []
    for path in paths:
        results.append((path, _verify(path, texts, required=seeds is not None)))
        if form == "text":
            _print(*results[-1])
    if form == "json":
        from reportkit.project.tables import write_json

        sys.stdout.buffer.write(write_json([_record(path, result) for path, result in results]))
        sys.stdout.buffer.flush()
    faulty = sum(isinstance(result, AuditError) or bool(result.faults) for _, result in results)
    if form == "text" and len(results) > 1:
        rest = f"、{faulty} 件に違いがあります" if faulty else "、違いはありません"
        click.echo(f"{len(results)} 件の文書を照合し{rest}" if faulty else f"{len(results)} 件の文書に違いはありません")
    return exits.FINDINGS if faulty else 0


def _documents(files: Sequence[Path]) -> list[Path]:
    """Return the files, folders replaced by the documents in them."""
    if not files:
        raise ProjectError(Problem("照合する文書がありません", "reportkit verify out のように指定してください"))
    found: dict[Path, None] = {}
    for path in files:
        if not path.is_dir():
            found[path] = None
            continue
        inside = [one for one in sorted(path.rglob("*.docx")) if not one.name.startswith(("~$", "."))]
        if not inside:
            fix = "reportkit build で文書を作るか、別のフォルダーを指定してください"
            raise ProjectError(Problem("フォルダーに .docx がありません", fix, str(path)))
        found.update(dict.fromkeys(inside))
    return list(found)


def _sources(seeds: Path | None) -> Sources | None:
    from reportkit.audit.lines import Sources

    folder = settings_with(seeds=seeds).seeds
    if folder.is_dir():
        return Sources(folder)
    if seeds is not None:
        raise ProjectError(Problem("資料のフォルダーがありません", "--seeds の綴りを確かめてください", str(seeds)))
    return None


def _verify(path: Path, texts: Sources | None, *, required: bool) -> Verification | AuditError:
    from reportkit.audit.ledger import ledger_of
    from reportkit.audit.package import open_package
    from reportkit.audit.verify import verify_package

    try:
        package = open_package(path)
        if texts is not None and not required:
            sources = ledger_of(package).sources
            if sources and all(texts[source.file].problem for source in sources):
                texts = None  # the default folder holds something else
        return verify_package(package, texts)
    except AuditError as error:
        return error


def _print(path: Path, result: Verification | AuditError) -> None:
    if isinstance(result, AuditError):
        for problem in result.problems:
            click.echo(printable(f"{path}：照合できません：{problem.what} → {problem.fix}"))
        return
    for line in _lines(path, result):
        click.echo(line)


def _lines(path: Path, result: Verification) -> list[str]:
    compared = f"数値 {result.places} か所、表 {result.tables}、図 {result.charts}"
    compared += "、資料とも照合" if result.with_sources else "。資料とは照合していません：--seeds DIR"
    if not result.faults:
        lines = [f"{path}：一致しました（{compared}）"]
    else:
        lines = [f"{path}：違いが {len(result.faults)} 件あります（{compared}）"]
    for number, one in enumerate(result.faults[:_MOST], start=1):
        lines += [f"  {number}. {line}" if not index else f"     {line}" for index, line in enumerate(_told(one))]
    if len(result.faults) > _MOST:
        lines.append(f"  ほか {len(result.faults) - _MOST} 件（すべては --format json）")
    moved = sum(one.kind == "source" for one in result.notes)
    if moved:
        lines.append(f"  注：資料の中で行が移った数値が {moved} 件あります（値は同じ）")
    lines += [f"  注：{one.place}：{one.what}" for one in result.notes if one.kind != "source"]
    return [printable(line) for line in lines]


def _told(one: Difference) -> list[str]:
    expected, found = _SIDES.get(one.kind, ("台帳", "文書"))
    lines = [f"{one.place}：{one.what}"]
    lines += [f"{name}：{text}" for name, text in ((expected, one.expected), (found, one.found)) if text]
    if one.fact:
        lines.append(f"（{one.fact}）")
    return lines


def _record(path: Path, result: Verification | AuditError) -> dict[str, Any]:
    if isinstance(result, AuditError):
        problems = [{"what": one.what, "fix": one.fix} for one in result.problems]
        return {"file": str(path), "ok": False, "readable": False, "problems": problems}
    return {
        "file": str(path),
        "ok": not result.faults,
        "readable": True,
        "with_sources": result.with_sources,
        "places": result.places,
        "facts": result.facts,
        "tables": result.tables,
        "charts": result.charts,
        "differences": [_difference(one) for one in result.faults],
        "notes": [_difference(one) for one in result.notes],
    }


def _difference(one: Difference) -> dict[str, str | None]:
    return {
        "kind": one.kind,
        "place": one.place,
        "what": one.what,
        "expected": one.expected or None,
        "found": one.found or None,
        "fact": one.fact or None,
    }


def _print_exceptions() -> None:
    from reportkit.audit.loose import EXCEPTIONS

    click.echo("台帳になくてよい数字（それぞれ、右の条件を満たすときだけ）")
    for name, rule in EXCEPTIONS:
        click.echo(f"  {name}：{rule}")
