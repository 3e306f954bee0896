"""reportkit.toml: defaults, every fault at once, places."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from reportkit.base.errors import ProjectError
from reportkit.project.settings import Settings, read_date, read_settings


def faults(folder: Path, text: str) -> list[str]:
    (folder / "reportkit.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        read_settings(folder)
    return [str(problem).removeprefix(f"{folder / 'reportkit.toml'}") for problem in caught.value.problems]


def test_without_a_file_the_folders_are_those_beside_it(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == Settings(tmp_path / "seeds", tmp_path / "out", tmp_path / "templates")


def test_the_file_says_where_things_are_and_how_documents_look(tmp_path: Path) -> None:
    text = '\ufeffseeds="資料"\nout="/tmp/報告"\ndate=2026-04-01\norganisation="架空総研"\ncharts="picture"\nissue=3\n'
    (tmp_path / "reportkit.toml").write_text(text, encoding="utf-8")
    assert read_settings(tmp_path) == Settings(
        tmp_path / "資料", Path("/tmp/報告"), tmp_path / "templates", "架空総研", "picture", "2026-04-01", 3
    )


def test_every_fault_is_reported_with_its_line_and_a_remedy(tmp_path: Path) -> None:
    found = faults(tmp_path, 'seed = "x"\ncharts = "png"\nissue = 0\n\ndate = "四月"\n[mail]\nto = 1\n')
    assert found == [
        ":1: 「seed」という設定はありません → 「seeds」ではありませんか",
        (
            ":2: 「charts」の値 「png」 は使えません → "
            '"native"（Word で編集できるグラフ）か "picture"（画像）を指定してください'
        ),
        ":3: 「issue」の値 「0」 は使えません → 1 以上の整数を書いてください",
        ':5: 「date」の値 「四月」 は使えません → 2026-04-01 の形で書いてください（"today" は実行した日）',
        (
            ":6: 「mail」という設定はありません → "
            "使える設定：seeds、out、templates、organisation、charts、date、issue、footnotes、edition"
        ),
    ]


@pytest.mark.parametrize("value", ["true", "1.5", '"1"', "-1"])
def test_an_issue_number_is_a_whole_number(tmp_path: Path, value: str) -> None:
    assert len(faults(tmp_path, f"issue = {value}")) == 1


@pytest.mark.parametrize("value", ['""', "1", "[]", '"a\\u0000b"', '"  "'])
def test_a_folder_is_a_name(tmp_path: Path, value: str) -> None:
    assert len(faults(tmp_path, f"seeds = {value}")) == 1


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    (message,) = faults(tmp_path, 'seeds = "a"\nout = = "b"\n')
    assert message.startswith(":2: TOML として読めません")


def test_a_file_that_is_no_text_is_refused_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "reportkit.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProjectError, match="設定ファイルを読めません"):
        read_settings(tmp_path)


def test_a_switch_is_true_or_false(tmp_path: Path) -> None:
    assert faults(tmp_path, 'footnotes = "no"\n') == [
        ":1: 「footnotes」の値 「no」 は使えません → true か false を引用符なしで書いてください"
    ]


def test_options_go_before_the_file() -> None:
    settings = Settings(Path("s"), Path("o"), Path("t"), "file")
    assert settings.with_options(out=Path("x"), organisation="option") == Settings(
        Path("s"), Path("x"), Path("t"), "option"
    )


def test_the_clock_is_read_only_when_asked_for() -> None:
    def today() -> datetime.date:
        return datetime.date(2030, 1, 2)

    assert read_date("today", today) == "2030-01-02"
    assert read_date("2026-04-01", today) == "2026-04-01"
    with pytest.raises(ValueError, match="month"):
        read_date("2026-13-01", today)
