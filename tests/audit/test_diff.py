"""What changed between two issues: on ledgers written by hand, and against brute force on real briefings."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hand_docx import docx, ledger_xml, sealed

from reportkit.audit.diff import Changes, compare_ledgers, difference_text
from reportkit.audit.ledger import read_ledger
from reportkit.cli.main import cli

CHECKOUT = Path(__file__).parents[2]


def changes(*edits: tuple[str, str]) -> Changes:
    """What changed after these edits of the ledger's text."""
    return compare_ledgers(read_ledger(docx()), read_ledger(docx(ledger=edited(*edits))))


def edited(*edits: tuple[str, str]) -> str:
    text = ledger_xml()
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return sealed(ElementTree.fromstring(text))


def test_the_same_ledger_has_no_changes_in_whatever_order_its_sections_stand():
    assert changes().is_empty
    first = '<heading level="1" bookmark="_Toc000000001">経済インパクト</heading>'
    assert changes((first, ""), ("</places>", f"{first}</places>")).moved == ()


def test_a_moved_fact_tells_from_what_to_what_by_how_much_and_because_of_which_line():
    found = changes(
        ('value="120000000000"', 'value="126000000000"'),
        (">1,200</origin>", ">1,260</origin>"),
        (">1,200</place>", ">1,260</place>"),
        ('value="80"', 'value="84"'),
        (">80.0%</place>", ">84.0%</place>"),
    )
    share, cell = found.moved
    assert (share.id, share.old_text, share.new_text) == ("share/impact/医療/営業", "80.0%", "84.0%")
    assert (share.difference, difference_text(share)) == (Decimal(4), "+4ポイント")
    assert share.section == "経済インパクト"
    assert (cell.old_text, cell.new_text, difference_text(cell)) == ("1,200億円", "1,260億円", "+60億円")
    assert cell.section == "経済インパクト › 内訳"
    for one in (share, cell):
        (cause,) = one.causes
        assert cause.old is not None
        assert cause.new is not None
        assert (cause.label, cause.old.raw, cause.new.raw) == ("医療×営業の効果", "1,200", "1,260")
        assert cause.new.origin.place() == "survey/001.txt:4 (列2)"


def test_facts_sections_and_findings_that_appeared_or_went_are_told_once():
    found = changes(
        (">内訳</heading>", ">構成</heading>"),
        ("matrix/impact/医療/調達", "matrix/impact/医療/物流"),
        ("積と合いません", "合計と合いません"),
    )
    assert (found.sections_appeared, found.sections_gone) == (("経済インパクト › 構成",), ("経済インパクト › 内訳",))
    assert [one.id for one in found.appeared] == ["matrix/impact/医療/物流"]
    assert [(one.id, one.text) for one in found.gone] == [("matrix/impact/医療/調達", "300")]
    assert (found.findings_appeared, found.findings_settled) == ((), ())  # the same code about the same fact
    other = changes(("積と合いません", "合計と合いません"), ('code="matrix.identity"', 'code="matrix.row-total"'))
    assert [one.message for one in other.findings_appeared] == ["合計と合いません"]
    assert [one.message for one in other.findings_settled] == ["積と合いません"]


def test_what_the_change_box_tells_of_an_earlier_issue_is_no_change():
    earlier = (
        '<fact id="earlier/x" label="前号の値" value="7" unit="件">'
        '<derivation operation="earlier" issue="1" id="x"/></fact></facts>'
    )
    place = '<place fact="8">7件</place><table'
    assert changes(("</facts>", earlier), ("<table", place)).is_empty


def test_a_count_tells_what_it_counts_more_and_less():
    def counted(*members: str) -> list[tuple[str, str]]:
        listed = "".join(f"<member>{member}</member>" for member in members)
        fact = (
            f'<fact id="count/cases" label="事例数" value="{len(members)}" unit="件">'
            f'<derivation operation="count" formula="件数を数えた">{listed}</derivation></fact></facts>'
        )
        return [("</facts>", fact), ("<table", f'<place fact="8">{len(members)}件</place><table')]

    one, other = (read_ledger(docx(ledger=edited(*counted(*names)))) for names in (("863", "911"), ("863", "A", "B")))
    (moved,) = compare_ledgers(one, other).moved
    assert (moved.old_text, moved.new_text, difference_text(moved)) == ("2件", "3件", "+1件")
    assert [cause.what for cause in moved.causes] == ["数えたもの：＋A、＋B、−911"]


def test_the_command_prints_text_and_json_and_refuses_another_subject(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("old.docx").write_bytes(docx())
    Path("new.docx").write_bytes(
        docx(ledger=edited(('value="30"', 'value="40"'), ("約3割<", "約4割<"), ('issue="2"', 'issue="3"')))
    )
    told = CliRunner().invoke(cli, ["diff", "old.docx", "new.docx"])
    assert told.exit_code == 0
    assert told.output == (
        "医療 業界報告：第2号（2026-11-22） → 第3号（2026-11-22）\n動いた数値 1 件\n  経済インパクト\n"
        "    利用している割合：約3割 → 約4割（+10ポイント）\n        survey/001.txt:7：約3割 → 約4割\n"
    )
    (record,) = json.loads(CliRunner().invoke(cli, ["diff", "old.docx", "new.docx", "--format", "json"]).stdout)
    assert [one["id"] for one in record["moved"]] == ["statistic/use"]
    assert record["moved"][0]["causes"][0]["new"]["raw"] == "約4割"
    same = CliRunner().invoke(cli, ["diff", "old.docx", "old.docx"])
    assert same.output.splitlines()[1:] == ["違いはありません"]
    Path("other.docx").write_bytes(docx(ledger=edited(('subject="医療"', 'subject="金融"'))))
    refused = CliRunner().invoke(cli, ["diff", "old.docx", "other.docx"])
    assert (refused.exit_code, "主題が違います（医療 と 金融）" in refused.stderr) == (2, True)


# --- real briefings --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def edited_seeds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, tuple[str, str]]]:
    """The project's seeds, and a copy in which three cells of the impact matrix are changed."""
    from reportkit.project.reading import read_corpus

    folder = tmp_path_factory.mktemp("seeds")
    shutil.copytree(CHECKOUT / "seeds", folder / "seeds")
    matrix = read_corpus(CHECKOUT / "seeds").matrix("impact")
    edits: dict[str, tuple[str, str]] = {}
    for row, column in (("医療", 0), ("金融・保険", 4), ("建設", 7)):
        cell = matrix.cell(row, matrix.columns.labels[column])
        assert cell is not None
        assert cell.value is not None
        path = folder / "seeds" / cell.origin.source
        lines = path.read_text(encoding="utf-8").split("\n")
        parts = lines[cell.origin.line - 1].split("\t")
        new = cell.raw.replace(f"{cell.value:,}", f"{cell.value + 13:,}")
        assert new != cell.raw
        assert parts[cell.origin.column - 1].strip() == cell.raw
        parts[cell.origin.column - 1] = new
        lines[cell.origin.line - 1] = "\t".join(parts)
        path.write_text("\n".join(lines), encoding="utf-8")
        edits[f"matrix/impact/{row}/{matrix.columns.labels[column]}"] = (cell.raw, new)
    return CHECKOUT / "seeds", folder / "seeds", edits


@pytest.mark.parametrize("subject", ["医療", "金融・保険", "教育", "overview"])
def test_three_changed_cells_move_exactly_the_facts_that_brute_force_finds(subject, edited_seeds, tmp_path):
    from reportkit.project.documents import Press, Subject
    from reportkit.project.reading import read_corpus
    from reportkit.project.settings import Settings

    old_seeds, new_seeds, edits = edited_seeds
    about = Subject("overview") if subject == "overview" else Subject("sector", subject)
    ledgers, amounts = [], []
    for seeds in (old_seeds, new_seeds):
        press = Press(read_corpus(seeds), Settings(seeds=seeds, out=tmp_path, templates=CHECKOUT / "templates"), {})
        document = press.compose(about)
        amounts.append({fact.id: fact.quantity for fact in document.facts()})
        ledgers.append(read_ledger(press.make(about).data))
    found = compare_ledgers(*ledgers)
    before, after = amounts
    expected = {
        name
        for name in before.keys() & after.keys()
        if (before[name].value, before[name].low, before[name].high)
        != (after[name].value, after[name].low, after[name].high)
    }
    assert {one.id for one in found.moved} == expected
    assert {one.id for one in found.appeared} == after.keys() - before.keys()
    assert {one.id for one in found.gone} == before.keys() - after.keys()
    assert expected or subject == "教育"
    for one in found.moved:
        for cause in one.causes:
            if not cause.what:
                assert cause.old is not None
                assert cause.new is not None
                assert (cause.old.raw, cause.new.raw) in edits.values(), (one.id, cause)


def test_the_change_report_verifies_itself_and_names_the_changed_lines(edited_seeds, tmp_path, validate_docx):
    from reportkit.audit.verify import verify
    from reportkit.project.change_report import write_change_report
    from reportkit.project.documents import Press, Subject
    from reportkit.project.reading import read_corpus
    from reportkit.project.settings import Settings

    ledgers = []
    for seeds in edited_seeds[:2]:
        settings = Settings(seeds=seeds, out=tmp_path, templates=CHECKOUT / "templates")
        ledgers.append(read_ledger(Press(read_corpus(seeds), settings, {}).make(Subject("sector", "医療")).data))
    data = write_change_report(compare_ledgers(*ledgers), settings)
    assert data == write_change_report(compare_ledgers(*ledgers), settings)
    path = tmp_path / "変更.docx"
    path.write_bytes(data)
    validate_docx(path)
    assert verify(path, edited_seeds[1]).faults == ()
    report = read_ledger(path)
    assert (report.kind, report.subject, report.title) == ("changes", "医療", f"{ledgers[1].title}：変更点")
    before, after = edited_seeds[2]["matrix/impact/医療/R&D"]
    printed = {fact.id: [place.text for place in report.printed(fact.n)] for fact in report.facts}
    assert printed["matrix/impact/医療/R&D"] == [f"{after}億円"]
    assert printed["earlier/1/matrix/impact/医療/R&D"] == [f"{before}億円"]


def test_the_report_of_no_change_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("old.docx").write_bytes(docx())
    told = CliRunner().invoke(cli, ["diff", "old.docx", "old.docx", "--format", "docx"])
    assert (told.exit_code, told.output) == (0, "書き出しました：変更_old.docx\n")
    assert CliRunner().invoke(cli, ["verify", "変更_old.docx"]).exit_code == 0
