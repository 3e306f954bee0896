"""`reportkit compare`: what changed between two folders of sources."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportkit.base.text import printable
from reportkit.cli.commands import Command, OneOf

if TYPE_CHECKING:
    from reportkit.base.origin import Origin
    from reportkit.corpus.compare import Change

_KINDS: dict[str, str] = {"changed": "変更", "appeared": "追加", "disappeared": "消失"}
_FOLDER = click.Path(path_type=Path)


@click.command(cls=Command)
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", help="表示の形（省くと text）")
def compare(old: Path, new: Path, form: str) -> None:
    """二つの資料フォルダーを比べ、変わった・増えた・消えた値を両方の場所とともに表示します。

    \b
    例：
      reportkit compare seeds-2025 seeds
      reportkit compare seeds-2025 seeds --format json > changes.json
    """
    from reportkit.corpus.compare import compare_corpora
    from reportkit.project.reading import read_corpus

    changes = compare_corpora(read_corpus(old), read_corpus(new))
    if form == "json":
        from reportkit.project.tables import write_json

        sys.stdout.buffer.write(write_json([_record(change) for change in changes]))
        sys.stdout.buffer.flush()
        return
    for change in changes:
        click.echo(printable(f"{_KINDS[change.kind]} {change.label}：{_values(change)}"))
        sides = (("旧", change.old_origin), ("新", change.new_origin))
        click.echo(printable("    " + "　".join(f"{side} {origin.place()}" for side, origin in sides if origin)))
    counts: Counter[str] = Counter(change.kind for change in changes)
    parts = "、".join(f"{word} {counts[kind]}" for kind, word in _KINDS.items() if counts[kind])
    click.echo(f"違いは {len(changes)} 件（{parts}）" if parts else "違いはありません")


def _values(change: Change) -> str:
    if change.old is not None and change.new is not None:
        return f"{change.old} → {change.new}"
    return change.new or change.old or ""


def _record(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "record": change.record,
        "key": change.key,
        "label": change.label,
        "old": change.old,
        "new": change.new,
        "old_source": _source(change.old_origin),
        "old_sheet": _sheet(change.old_origin),
        "old_line": _line(change.old_origin),
        "new_source": _source(change.new_origin),
        "new_sheet": _sheet(change.new_origin),
        "new_line": _line(change.new_origin),
    }


def _source(origin: Origin | None) -> str | None:
    return origin.source if origin else None


def _sheet(origin: Origin | None) -> str | None:
    return origin.sheet or None if origin else None


def _line(origin: Origin | None) -> int | None:
    return origin.line or None if origin else None
