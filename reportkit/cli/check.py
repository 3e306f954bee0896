"""`reportkit check`: what is wrong or doubtful in the data, and how much of it was read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportkit.base.text import printable
from reportkit.checks.plugin_checks import known_codes
from reportkit.cli import exits
from reportkit.cli.commands import SEVERITY_WORDS, Command, OneOf, seeds_option, settings_with, severity_count
from reportkit.cli.layout import print_columns

if TYPE_CHECKING:
    from reportkit.base.finding import Evidence, Finding
    from reportkit.base.origin import Origin
    from reportkit.corpus.corpus import Corpus, SourceKind
    from reportkit.project.coverage import FileCoverage
    from reportkit.project.settings import Settings

_KINDS: Mapping[SourceKind, str] = {"case": "事例", "survey": "調査", "white-paper": "白書"}
_LOST_SHOWN = 5  # lines of one file whose words are nowhere; the rest is counted


@click.command(cls=Command)
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", help="表示の形（省くと text）")
@click.option(
    "--severity", type=OneOf([*SEVERITY_WORDS]), default="note", help="この重さ以上の指摘だけ表示します（省くと note）"
)
@click.option(
    "--explain",
    metavar="[CODE]",
    is_flag=False,
    flag_value="",
    help="指摘の種類（例：case.payback）の意味・理由・直し方を表示します。省くとすべて",
)
@click.option("--coverage", is_flag=True, help="事例の文字のうち、どれだけを読み取ったかをファイルごとに表示します")
@seeds_option
def check(form: str, severity: str, explain: str | None, coverage: bool, seeds: Path | None) -> int:
    """資料の中のおかしな点を、ファイルごとに、重いものから表示します。エラーが一つでもあれば終了コード 1。

    \b
    例：
      reportkit check
      reportkit check --severity warning
      reportkit check --format json > findings.json
      reportkit check --explain case.payback
      reportkit check --coverage
    """
    if explain is not None:
        from reportkit.cli.explain import explained

        click.echo("\n".join(explained(explain)))
        return 0
    settings = settings_with(seeds=seeds)
    if coverage:
        return _check_coverage(settings, form)
    from reportkit.project.reading import read_project

    corpus = read_project(settings)
    shown = [finding for finding in corpus.findings if _weight(finding.severity) <= _weight(severity)]
    if form == "json":
        from reportkit.project.records import finding_records

        _write_json(finding_records(shown))
    else:
        click.echo("\n".join(printable(line) for line in _report(corpus, shown)))
    return exits.FINDINGS if any(finding.severity == "error" for finding in corpus.findings) else 0


def _weight(severity: str) -> int:
    return list(SEVERITY_WORDS).index(severity)


def _write_json(records: Any) -> None:
    from reportkit.project.tables import write_json

    stdout = sys.stdout.buffer
    stdout.write(write_json(records))
    stdout.flush()


# --- findings --------------------------------------------------------------------------------------------------------


def _report(corpus: Corpus, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the findings by file, the file with the worst one first, and a summary."""
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:  # they come worst first, so the files do too
        by_file.setdefault(finding.origin.source if finding.origin else "", []).append(finding)
    for source, group in by_file.items():
        yield f"{source or '（全体）'}  {severity_count(finding.severity for finding in group)}"
        for finding in group:
            yield from finding_lines(finding, source)
        yield ""
    hidden = len(corpus.findings) - len(findings)
    rest = f"。表示していない軽い指摘 {hidden} 件" if hidden else ""
    yield f"{sources_count(corpus)}。指摘は {severity_count(finding.severity for finding in findings)}{rest}"


def finding_lines(finding: Finding, source: str) -> Iterator[str]:
    """Yield a finding as `check` prints it below the name of the file `source`."""
    info = known_codes().get(finding.code)
    title = f"（{info.title}）" if info else ""
    yield f"  {SEVERITY_WORDS[finding.severity]}  {finding.code}{title}  {_place(finding.origin, source)}".rstrip()
    yield f"    何が　{finding.message}"
    if info:
        yield f"    なぜ　{info.why}"
    for evidence in finding.evidence:
        yield f"    根拠　{_evidence(evidence, source)}"
    yield f"    直す　{finding.fix}"


def _evidence(evidence: Evidence, source: str) -> str:
    place = _place(evidence.origin, source)
    return f"{evidence.label}：{evidence.text}" + (f"（{place}）" if place else "")


def _place(origin: Origin | None, source: str) -> str:
    """Return line and cell, or sheet and cell, for a place in the file of the group, else all of it; "" for none."""
    if origin is None:
        return ""
    if origin.source != source:
        return origin.place()
    if origin.sheet or not origin.line:
        return origin.cells() or "ファイル全体"
    lines = f"{origin.line}-{origin.end_line}" if origin.end_line > origin.line else f"{origin.line}"
    return f"{lines}行目" + (f"・列{origin.column}" if origin.column else "")


def sources_count(corpus: Corpus) -> str:
    """Return what kinds of files there were: `資料 12 件（事例 10、調査 1、白書 1）を読みました`.

    Files with several cases: `事例のファイル 10、その中の事例 33 件`.
    """
    counts = Counter(source.kind for source in corpus.sources)
    words = {kind: f"{word} {counts[kind]}" for kind, word in _KINDS.items() if counts[kind]}
    if len(corpus.cases) != counts["case"]:
        words["case"] = f"事例のファイル {counts['case']}、その中の事例 {len(corpus.cases)} 件"
    parts = "、".join(words.values())
    text = f"資料 {sum(counts[kind] for kind in _KINDS)} 件{f'（{parts}）' if parts else ''}を読みました"
    skipped = sum(finding.code == "source.not-a-case" for finding in corpus.findings)
    unread = counts["unknown"] - skipped
    others = [f"事例でないもの {skipped} 件"] if skipped else []
    others += [f"読めなかったもの {unread} 件"] if unread else []
    return f"{text}（ほかに{'、'.join(others)}）" if others else text


# --- coverage --------------------------------------------------------------------------------------------------------


def _check_coverage(settings: Settings, form: str) -> int:
    from reportkit.project.coverage import coverage_records, measure_coverage, total_coverage
    from reportkit.project.reading import read_project

    files = measure_coverage(settings.seeds, read_project(settings))
    if form == "json":
        _write_json(coverage_records(files))
    else:
        _print_coverage(files)
    return exits.FINDINGS if total_coverage(files).nowhere else 0


def _print_coverage(files: Sequence[FileCoverage]) -> None:
    from reportkit.project.coverage import total_coverage

    measured = [(file.source.path, file.coverage) for file in files if file.coverage is not None]
    total = (f"合計 {len(measured)} 件", total_coverage(files))
    rows: list[tuple[str, ...]] = [("事例のファイル", "文字", "既知の節", "その他の節", "どこにもない")]
    for name, counts in (*measured, total):
        parts = (counts.known, counts.other, counts.nowhere)
        rows.append((name, f"{counts.total:,}", *(_share(part, counts.total) for part in parts)))
    print_columns(rows, flush_right=True)
    for name, counts in measured:
        for lost in counts.lost[:_LOST_SHOWN]:
            click.echo(printable(f"どこにもない：{name}:{lost.line}：{lost.text}"))
        if len(counts.lost) > _LOST_SHOWN:
            click.echo(printable(f"どこにもない：{name}：ほか {len(counts.lost) - _LOST_SHOWN} 行"))
    for file in files:
        if file.coverage is None:
            reason = file.source.reason or "調査・白書は表と数値を読むため、測りません"
            click.echo(printable(f"測っていません：{file.source.path}：{reason}"))
    click.echo("文字は Markdown の記号と空白を除いて数えています")


def _share(part: int, whole: int) -> str:
    """Return a share in percent; what is there is never printed as nothing, and what is missing never as all."""
    if part in (0, whole):
        return f"{100 if part and whole else 0}%"
    return f"{min(max(part * 100 / whole, 0.01), 99.99):.2f}%"
