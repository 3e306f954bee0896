"""`reportkit trace`: where a number of a document comes from, and where a line of a source went."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportkit.base.errors import AuditError, Problem, ProjectError
from reportkit.base.text import printable
from reportkit.cli import exits
from reportkit.cli.commands import Command, OneOf, out_option, seeds_option, settings_with
from reportkit.cli.trace_records import answer_record, use_record

if TYPE_CHECKING:
    from reportkit.audit.entries import Ledger, LedgerFact, Stated
    from reportkit.audit.lines import Sources
    from reportkit.audit.trace import Answer, Hit, QuoteHit, Use

_FILE = click.Path(path_type=Path)
_SOURCE = re.compile(r"(?P<file>.+?)(?::(?P<first>[1-9]\d{0,8})(?:-(?P<last>[1-9]\d{0,8}))?)?$")
_MOST_HITS = 20
_MOST_SPOTS = 4
_MOST_MEMBERS = 8
_STATES = {
    "same": "いまも同じ",
    "moved": "行が移っています（値は同じ）",
    "changed": "値が変わっています",
    "gone": "見当たりません",
    "unread": "資料を読めません",
}


@click.command(cls=Command)
@click.argument("document", metavar="[FILE.docx", type=_FILE, required=False)
@click.argument("question", metavar="数値|ID|見出し]", required=False)
@click.option("--source", metavar="FILE:LINE", help="資料の行を使っている文書と場所を表示します")
@seeds_option
@out_option
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", help="表示の形（省くと text）")
def trace(
    document: Path | None, question: str | None, source: str | None, seeds: Path | None, out: Path | None, form: str
) -> int:
    """文書の数値の由来を、計算と資料の行までたどります。--source では逆に、資料の行の行き先を示します。

    \b
    例：
      reportkit trace out/sector/医療.docx 3,711
      reportkit trace out/sector/医療.docx 経済インパクト
      reportkit trace out/sector/医療.docx share/impact/医療 --seeds seeds
      reportkit trace --source survey/001.txt:1165
    """
    if source is not None:
        if document is not None:
            raise ProjectError(Problem("--source と文書は一緒に指定できません", "どちらか一方を指定してください"))
        return _source(source, settings_with(seeds=seeds, out=out), form)
    if document is None or not (question or "").strip():
        fix = "reportkit trace out/sector/医療.docx 3,711 のように指定してください"
        raise ProjectError(Problem("文書と、たどる数値（か ID、見出し）が必要です", fix))
    return _document(document, question or "", seeds, form)


# --- from the number to its source -----------------------------------------------------------------------------------


def _document(document: Path, question: str, seeds: Path | None, form: str) -> int:
    from reportkit.audit.ledger import ledger_of
    from reportkit.audit.lines import Sources
    from reportkit.audit.package import open_package
    from reportkit.audit.page import read_page
    from reportkit.audit.places import mended
    from reportkit.audit.trace import printed_now
    from reportkit.audit.trace import trace as find

    if seeds is not None and not seeds.is_dir():
        raise ProjectError(Problem("資料のフォルダーがありません", "--seeds の綴りを確かめてください", str(seeds)))
    package = open_package(document)
    ledger = ledger_of(package)
    answer = find(ledger, question, printed_now(mended(read_page(package), ledger)))
    texts = None if seeds is None else Sources(seeds)
    if form == "json":
        _print_json([answer_record(ledger, answer, texts)])
    else:
        for line in _answer_lines(ledger, answer, question, texts):
            click.echo(printable(line))
    return 0 if answer.hits or answer.quotes else exits.FINDINGS


def _answer_lines(ledger: Ledger, answer: Answer, question: str, texts: Sources | None) -> Iterator[str]:
    if not answer.hits and not answer.quotes:
        yield f"「{question}」はこの文書にありません"
        if answer.near:
            yield f"近いもの：{'、'.join(answer.near)}"
        return
    many = len(answer.hits) > 1
    if many:
        yield f"「{question}」に当たる数値が {len(answer.hits)} 件あります"
    for number, hit in enumerate(answer.hits[:_MOST_HITS], start=1):
        mark = f"{number}. " if many else ""
        lines = list(_hit_lines(ledger, hit, texts))
        yield mark + lines[0]
        yield from (" " * len(mark) + line for line in lines[1:])
    if len(answer.hits) > _MOST_HITS:
        yield f"ほか {len(answer.hits) - _MOST_HITS} 件（すべては --format json）"
    if answer.quotes:
        yield f"引用した資料の言葉の中に {len(answer.quotes)} か所あります"
        yield from (f"  {_quote_line(one)}" for one in answer.quotes[:_MOST_HITS])


def _hit_lines(ledger: Ledger, hit: Hit, texts: Sources | None) -> Iterator[str]:
    printed = next((spot.text for spot in hit.spots if spot.text), "")
    yield f"{printed or _amount(hit.fact)}  {hit.fact.label}"
    yield f"  ID：{hit.fact.id}"
    for spot in hit.spots[:_MOST_SPOTS]:
        where = " › ".join(part for part in (spot.section or "表紙", spot.where) if part)
        edited = f"（文書ではいま「{spot.now}」に書き換えられています）" if spot.now else ""
        yield f"  場所：{where}{f'「{spot.text}」' if spot.text else ''}{edited}"
    if len(hit.spots) > _MOST_SPOTS:
        yield f"  場所：ほか {len(hit.spots) - _MOST_SPOTS} か所"
    yield from _chain(ledger, hit.fact, texts, "  ", set())


def _chain(ledger: Ledger, fact: LedgerFact, texts: Sources | None, indent: str, seen: set[int | str]) -> Iterator[str]:
    """Yield how a fact came about, its inputs as branches; facts and titles told before (seen) are not told again."""
    for stated in fact.origins:
        yield from (indent + line for line in _stated_lines(ledger, fact, stated, texts, seen))
    derivation = fact.derivation
    if derivation is None:
        return
    yield f"{indent}計算：{derivation.formula}"
    if derivation.members:
        rest = len(derivation.members) - _MOST_MEMBERS
        more = f" ほか {rest} 件" if rest > 0 else ""
        yield f"{indent}  数えたもの：{'、'.join(derivation.members[:_MOST_MEMBERS])}{more}"
    inputs = ledger.inputs(fact)
    for position, one in enumerate(inputs):
        last = position == len(inputs) - 1
        yield f"{indent}{'└' if last else '├'} {_amount(one)}  {one.label}"
        below = f"{indent}{'  ' if last else '│ '}  "
        if one.n in seen:
            yield f"{below}（上に示したとおり）"
        else:
            seen.add(one.n)
            yield from _chain(ledger, one, texts, below, seen)


def _stated_lines(
    ledger: Ledger, fact: LedgerFact, stated: Stated, texts: Sources | None, seen: set[int | str]
) -> Iterator[str]:
    source = next((one for one in ledger.sources if one.file == stated.origin.source), None)
    title = (source.publication or source.title) if source is not None else ""
    raw = f"「{stated.raw}」" if stated.raw else ""
    yield f"資料：{stated.origin.place()} {raw}".rstrip()
    names = (("行", stated.row, stated.row_line), ("列", stated.head, stated.head_line))
    labels = [f"{name}「{label}」{f'（{line}行）' if line else ''}" for name, label, line in names if label]
    if labels:
        yield f"      {'、'.join(labels)}"
    if title and title not in seen:
        seen.add(title)
        yield f"      {title}"
    if texts is not None:
        yield from (f"      {line}" for line in _now(stated, texts, fact.unit))


def _now(stated: Stated, texts: Sources, unit: str) -> Iterator[str]:
    from reportkit.audit.lines import look_up

    now = look_up(stated, texts, unit)
    why = f"（{now.why}）" if now.why else ""
    moved = f"：{now.origin.place()}" if now.origin != stated.origin else ""
    yield f"{_STATES[now.state]}{moved}{why}"
    if now.state != "unread":
        words = texts[now.origin.source].span(now.origin).split("\n")[0].replace("\t", "｜")
        yield f"> {words}"


def _amount(fact: LedgerFact) -> str:
    from reportkit.audit.diff import amount_text

    return amount_text(fact) or next((one.raw for one in fact.origins if one.raw), "（数値なし）")


def _quote_line(one: QuoteHit) -> str:
    place = one.origin.place() if one.origin else "（複数の資料に共通）"
    return f"{one.section or '表紙'}「{one.text}」 {place}"


# --- from the source to the numbers ----------------------------------------------------------------------------------


def _source(source: str, settings: Any, form: str) -> int:
    match = _SOURCE.fullmatch(source.strip())
    if match is None:
        raise ProjectError(Problem(f"「{source}」の形が違います", "survey/001.txt:1165 のように指定してください"))
    first = int(match["first"] or 0)
    last = int(match["last"] or first)
    paths = [one for one in sorted(settings.out.rglob("*.docx")) if not one.name.startswith(("~$", "."))]
    if not paths:
        fix = "reportkit build で文書を作るか、--out で文書のフォルダーを指定してください"
        raise ProjectError(Problem("文書がありません", fix, str(settings.out)))
    found, unread, files = _search(paths, match["file"], (first, last), settings.seeds)
    if form == "json":
        _print_json([use_record(*one) for one in found])
    else:
        for line in _use_lines(source, found, files, match["file"]):
            click.echo(printable(line))
    for problem in unread:
        click.echo(printable(f"注：{problem}"), err=True)
    return 0 if found else exits.FINDINGS


_Found = tuple[Path, tuple["Use", ...], tuple["QuoteHit", ...]]


def _search(
    paths: Sequence[Path], file: str, lines: tuple[int, int], seeds: Path
) -> tuple[list[_Found], list[Problem], set[str]]:
    from reportkit.audit.ledger import read_ledger
    from reportkit.audit.trace import uses_of

    found: list[_Found] = []
    unread: list[Problem] = []
    files: set[str] = set()
    for path in paths:
        try:
            ledger = read_ledger(path)
        except AuditError as error:
            unread.extend(error.problems)
            continue
        files.update(one.file for one in ledger.sources)
        name = _file_of(ledger, file, seeds)
        uses, quotes = uses_of(ledger, name, *lines) if name else ((), ())
        if uses or quotes:
            found.append((path, uses, quotes))
    return found, unread, files


def _file_of(ledger: Ledger, file: str, seeds: Path) -> str:
    """Return the source that is meant: by its name, below the seeds folder, or by the end of its path."""
    names = [one.file for one in ledger.sources]
    wanted = file.replace("\\", "/").removeprefix("./")
    inside = wanted.removeprefix(f"{seeds.as_posix().rstrip('/')}/")
    for name in (wanted, inside):
        if name in names:
            return name
    ends = [name for name in names if name.endswith(f"/{wanted}") or wanted.endswith(f"/{name}")]
    return ends[0] if len(ends) == 1 else ""


def _use_lines(source: str, found: Sequence[_Found], files: set[str], file: str) -> Iterator[str]:
    if not found:
        import difflib

        yield f"{source} を使っている文書はありません"
        near = difflib.get_close_matches(file, sorted(files), 3, 0.4)
        if near:
            yield f"資料の名前：{'、'.join(near)}"
        return
    yield f"{source} を使っている文書が {len(found)} 件あります"
    for path, uses, quotes in found:
        yield f"{path}"
        for use in uses:
            spot = use.hit.spots[0]
            where = " › ".join(part for part in (spot.section or "表紙", spot.where) if part)
            more = f" ほか {len(use.hit.spots) - 1} か所" if len(use.hit.spots) > 1 else ""
            how = "" if use.direct else "（計算に使用）"
            yield f"  {spot.text or _amount(use.hit.fact)}  {use.hit.fact.label}{how}：{where}{more}"
        yield from (f"  引用「{one.text}」：{one.section or '表紙'}" for one in quotes)


def _print_json(records: list[dict[str, Any]]) -> None:
    from reportkit.project.tables import write_json

    sys.stdout.buffer.write(write_json(records))
    sys.stdout.buffer.flush()
