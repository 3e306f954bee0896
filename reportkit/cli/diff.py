"""`reportkit diff`: what changed between two issues of a document."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportkit.base.errors import AuditError, Problem, ProjectError
from reportkit.base.text import printable
from reportkit.cli.commands import Command, OneOf, settings_with

if TYPE_CHECKING:
    from reportkit.audit.diff import Cause, Changes, Moved, Single
    from reportkit.audit.entries import FindingEntry, Ledger, LedgerFact, Stated

_FILE = click.Path(path_type=Path)


@click.command(cls=Command)
@click.argument("old", metavar="OLD.docx", type=_FILE)
@click.argument("new", metavar="NEW.docx", type=_FILE)
@click.option(
    "--format", "form", type=OneOf(["text", "json", "docx"]), help="表示の形（省くと text、-o が .docx なら docx）"
)
@click.option(
    "-o", "--output", type=_FILE, metavar="FILE", help="書き出すファイル（省くと画面、docx では 変更_NEW.docx）"
)
def diff(old: Path, new: Path, form: str | None, output: Path | None) -> None:
    """同じ主題の二つの号を比べ、動いた数値と理由（資料の行）、現れた・消えた節と指摘を示します。

    \b
    例：
      reportkit diff 前号/sector/医療.docx out/sector/医療.docx
      reportkit diff 前号/sector/医療.docx out/sector/医療.docx -o 変更.docx
    """
    from reportkit.audit.diff import compare_ledgers
    from reportkit.audit.ledger import read_ledger

    one, other = read_ledger(old), read_ledger(new)
    _same_subject(one, other, new)
    changes = compare_ledgers(one, other)
    form = form or (_form_of(output) if output else "text")
    if form == "docx":
        _write_report(changes, output or new.with_name(f"変更_{new.name}"))
        return
    if form == "json":
        from reportkit.project.tables import write_json

        data = write_json([_record(changes)])
    else:
        data = "".join(f"{printable(line)}\n" for line in _lines(changes)).encode()
    if output is not None:
        from reportkit.base.files import write_atomic

        write_atomic(output, data)
        click.echo(f"書き出しました：{output}")
        return
    if form == "text":
        click.echo(data.decode(), nl=False)
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _form_of(output: Path) -> str:
    return {".docx": "docx", ".json": "json"}.get(output.suffix.casefold(), "text")


def _same_subject(old: Ledger, new: Ledger, place: Path) -> None:
    if (old.kind, old.subject) != (new.kind, new.subject):
        what = f"主題が違います（{old.subject or old.title} と {new.subject or new.title}）"
        raise AuditError(Problem(what, "同じ主題の二つの号を指定してください", str(place)))


def _write_report(changes: Changes, output: Path) -> None:
    from reportkit.base.files import write_atomic
    from reportkit.project.change_report import write_change_report

    if output.suffix.casefold() != ".docx":
        raise ProjectError(
            Problem(
                "変更の報告書の名前が .docx で終わっていません", "-o 変更.docx のように指定してください", str(output)
            )
        )
    write_atomic(output, write_change_report(changes, settings_with()))
    click.echo(f"書き出しました：{output}")


# --- text ------------------------------------------------------------------------------------------------------------


def _lines(changes: Changes) -> Iterator[str]:
    yield f"{changes.new.title}：{_issue(changes.old)} → {_issue(changes.new)}"
    if changes.is_empty:
        yield "違いはありません"
        return
    yield from _moved_lines(changes)
    for name, singles in (("現れた数値", changes.appeared), ("消えた数値", changes.gone)):
        if singles:
            yield f"{name} {len(singles)} 件"
            for one in singles:
                yield f"  {one.label}：{one.text}（{one.section or '表紙'}）"
    for name, sections in (("現れた節", changes.sections_appeared), ("消えた節", changes.sections_gone)):
        if sections:
            yield f"{name} {len(sections)} 件"
            yield from (f"  {section}" for section in sections)
    for name, findings in (("新しい指摘", changes.findings_appeared), ("解消した指摘", changes.findings_settled)):
        if findings:
            yield f"{name} {len(findings)} 件"
            for finding in findings:
                place = f"（{finding.origin.place()}）" if finding.origin else ""
                yield f"  {finding.message}{place}"


def _issue(ledger: Ledger) -> str:
    return f"第{ledger.issue}号（{ledger.date}）"


def _moved_lines(changes: Changes) -> Iterator[str]:
    from reportkit.audit.diff import difference_text

    if not changes.moved:
        return
    yield f"動いた数値 {len(changes.moved)} 件"
    section = None
    for one in changes.moved:
        if one.section != section:
            section = one.section
            yield f"  {section or '表紙'}"
        by = difference_text(one)
        yield f"    {one.label}：{one.old_text} → {one.new_text}{f'（{by}）' if by else ''}"
        yield from (f"        {_cause(one, cause)}" for cause in one.causes)


def _cause(moved: Moved, cause: Cause) -> str:
    if cause.what:
        return f"{cause.what}が変わりました" if not cause.what.startswith("数えた") else cause.what
    old, new = cause.old, cause.new
    stated = new or old
    place = stated.origin.place() if stated is not None else ""
    if old is not None and new is not None and old.origin != new.origin:
        place = f"{old.origin.place()} → {new.origin.place()}"
    values = f"{old.raw if old else '（なし）'} → {new.raw if new else '（なし）'}"
    return f"{place}：{values}" if cause.label == moved.label else f"{place} {cause.label}：{values}"


# --- json ------------------------------------------------------------------------------------------------------------


def _record(changes: Changes) -> dict[str, Any]:
    return {
        "kind": changes.new.kind,
        "subject": changes.new.subject,
        "title": changes.new.title,
        "old": {"issue": changes.old.issue, "date": changes.old.date, "vintage": changes.old.vintage},
        "new": {"issue": changes.new.issue, "date": changes.new.date, "vintage": changes.new.vintage},
        "moved": [_moved_record(one) for one in changes.moved],
        "appeared": [_single_record(one) for one in changes.appeared],
        "gone": [_single_record(one) for one in changes.gone],
        "sections_appeared": list(changes.sections_appeared),
        "sections_gone": list(changes.sections_gone),
        "findings_appeared": [_finding_record(one) for one in changes.findings_appeared],
        "findings_settled": [_finding_record(one) for one in changes.findings_settled],
    }


def _moved_record(one: Moved) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": one.label,
        "section": one.section,
        "old": {"text": one.old_text, **_amount(one.old)},
        "new": {"text": one.new_text, **_amount(one.new)},
        "difference": None if one.difference is None else f"{one.difference:f}",
        "causes": [
            {"label": cause.label, "what": cause.what or None, "old": _stated(cause.old), "new": _stated(cause.new)}
            for cause in one.causes
        ],
    }


def _single_record(one: Single) -> dict[str, Any]:
    return {"id": one.id, "label": one.label, "section": one.section, "text": one.text, **_amount(one.fact)}


def _amount(fact: LedgerFact) -> dict[str, str | None]:
    numbers = (("value", fact.value), ("low", fact.low), ("high", fact.high))
    return {name: None if number is None else f"{number:f}" for name, number in numbers} | {"unit": fact.unit}


def _stated(stated: Stated | None) -> dict[str, Any] | None:
    if stated is None:
        return None
    origin = stated.origin
    return {
        "source": origin.source,
        "line": origin.line or None,
        "column": origin.column or None,
        "sheet": origin.sheet or None,
        "raw": stated.raw,
    }


def _finding_record(one: FindingEntry) -> dict[str, Any]:
    place = one.origin.place() if one.origin else None
    return {"code": one.code, "severity": one.severity, "message": one.message, "place": place}
