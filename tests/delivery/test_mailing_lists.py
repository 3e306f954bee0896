"""Mailing lists from TOML, CSV and Excel: what is read, and that all faults are told at once with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from mailing_lists import HEAD, faults, read, resolve, write_list
from openpyxl import Workbook

from reportkit.base.errors import ProjectError
from reportkit.delivery.lists import read_mailing_list


def test_a_person_gets_what_person_groups_and_list_say_in_that_order(tmp_path: Path) -> None:
    mailing = read(
        tmp_path,
        HEAD
        + """
language = "ja"
files = ["docx", "pdf"]
reply-to = "desk@example.jp"
size-limit = "2.5MB"
signature = '''
架空総研 調査部
03-0000-0000'''

[smtp]
host = "mail.example.jp"
user = "report"

[groups."役員"]
subjects = ["overview"]
when = "毎号"
files = ["PDF"]

[[people]]
name = "山田 太郎"
address = "yamada@example.jp"
groups = ["役員"]
subjects = ["sector:医療"]

[[people]]
name = "Smith"
address = "smith@example.com"
subjects = "医療、金融・保険"
language = "英語"
edition = "確認版"
""",
    )
    yamada, smith = mailing.recipients
    assert yamada.subjects == ("sector/医療", "overview")
    assert (yamada.when, yamada.files, yamada.language, yamada.honorific) == ("always", ("pdf",), "ja", "様")
    assert smith.subjects == ("sector/医療", "sector/金融・保険")
    assert (smith.when, smith.files, smith.language, smith.honorific) == ("changed", ("docx", "pdf"), "en", "")
    assert smith.edition == "review"
    assert mailing.reply_to is not None
    assert mailing.reply_to.wire == "desk@example.jp"
    assert mailing.size_limit == 2_500_000
    assert mailing.signature == ("架空総研 調査部", "03-0000-0000")
    assert mailing.server is not None
    assert (mailing.server.port, mailing.server.security) == (587, "starttls")


def test_all_faults_come_at_once_each_with_its_line(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        """from = "report@example"
lnguage = "ja"
size-limit = "a lot"

[groups."役員"]
subjects = ["薬局"]

[[people]]
name = "山田 太郎"
address = "yamada@example.jp"
groups = ["役人"]

[[people]]
name = "山田の別名"
address = "Yamada@Example.jp"
subjects = [
  "医療",
  "保険",
]

[[people]]
name = "佐藤"
subjects = ["医療"]
files = ["docx", "odt"]

[smtp]
host = "mail.example.jp"
password = "secret"
security = "none"
""",
    )
    said = "\n".join(found)
    for expected in (
        "mail.toml:1: 「report@example」の @ の後ろ",
        "mail.toml:2: 項目「lnguage」はありません → 「language」",
        "mail.toml:3: 「size-limit」",
        "mail.toml:11: グループ「役人」はありません → 「役員」",
        "mail.toml:10: 「山田 太郎」の対象（subjects）がありません",
        "mail.toml:6: 対象「薬局」は見つかりません",
        "mail.toml:15: アドレス「Yamada@example.jp」が二度書かれています（先のものは",
        "mail.toml:18: 対象「保険」は見つかりません → もしかして：医療",
        "mail.toml:21: 「佐藤」にアドレス（address）がありません",
        "mail.toml:24: 「files」に「odt」は使えません",
        "mail.toml:28: パスワードは配信リストに書けません",
        "mail.toml:29: 暗号化なしでは送れません",
    ):
        assert expected in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from = ", "TOML として読めません"),
        (HEAD + "[groups.役員]\n", '[groups."役員"] と書いて'),
        ("x = " + "[" * 5000, "TOML として読めません"),
        (HEAD, "配信先が一人もいません"),
        (HEAD + "people = 3\n", "people の書き方"),
        (HEAD + 'people = ["a@example.jp"]\n', "people の書き方"),
        (HEAD + "groups = 1\n[[people]]\naddress = 'a@example.jp'\nsubjects = ['医療']\n", "groups の書き方"),
        (HEAD + "[[people]]\naddress = 3\nsubjects = ['医療']\n", "「address」は文字列に"),
        (HEAD + "[[people]]\naddress = 'a@example.jp'\nsubjects = [1]\n", "文字列の一覧"),
        (HEAD + '[[people]]\nname = "a\\nBcc: b@example.jp"\naddress = "a@example.jp"\nsubjects = ["医療"]', "改行"),
        (HEAD + '[[people]]\naddress = "a@example.jp"\nsubjects = ["医療"]\nhonorific = "様\\nX"', "敬称"),
        ('name = "a\\nb"\n' + HEAD + '[[people]]\naddress = "a@example.jp"\nsubjects = ["医療"]', "一つの文字列"),
        (HEAD + "tables = ['none.csv']\n", "配信先の表を読めません"),
        (HEAD + 'tables = ["a\\u0000b"]\n', "表の名前が使えません"),
    ],
)
def test_a_hostile_or_broken_list_is_refused_with_a_reason(tmp_path: Path, text: str, said: str) -> None:
    assert said in "\n".join(faults(tmp_path, text))


def test_a_missing_or_unreadable_list_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"配信リストがありません.*docs/mail.md"):
        read_mailing_list(tmp_path / "mail.toml", resolve)
    (tmp_path / "mail.toml").write_bytes(b"from = '\xff'")
    with pytest.raises(ProjectError, match="UTF-8"):
        read_mailing_list(tmp_path / "mail.toml", resolve)


def test_a_csv_as_excel_saves_it_in_japan_is_a_list(tmp_path: Path) -> None:
    text = (
        "配信先一覧\r\n\r\n氏名,部署,メールアドレス,対象,送信条件\r\n髙橋,営業,t@example.jp,医療；金融・保険,毎号\r\n"
    )
    (tmp_path / "people.csv").write_bytes(text.encode("cp932"))
    (person,) = read(tmp_path, HEAD + 'tables = ["people.csv"]\n').recipients
    assert person.address.name == "髙橋"
    assert person.subjects == ("sector/医療", "sector/金融・保険")
    assert person.when == "always"
    assert person.place == f"{tmp_path / 'people.csv'}:4 (列3)"


def test_a_workbook_is_a_list_and_its_faults_have_cells(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("名前", "メール", "対象", "言語"),
        ("山田", "yamada@example.jp", "医療", None),
        ("佐藤", "sato@example", "医療", "仏語"),
    ):
        sheet.append(row)
    book.save(tmp_path / "people.xlsx")
    found = "\n".join(faults(tmp_path, HEAD + 'tables = ["people.xlsx"]\n'))
    assert "people.xlsx:Sheet!B3: 「sato@example」" in found
    assert "people.xlsx:Sheet!D3: 「language」に「仏語」は使えません" in found
    sheet.delete_rows(3)
    book.save(tmp_path / "people.xlsx")
    assert [person.address.wire for person in read(tmp_path, HEAD + 'tables = ["people.xlsx"]\n').recipients] == [
        "yamada@example.jp"
    ]


def test_a_table_alone_takes_sender_and_groups_of_the_list_beside_it(tmp_path: Path) -> None:
    write_list(
        tmp_path, HEAD + '[groups.a]\nsubjects = ["医療"]\n[[people]]\naddress = "x@example.jp"\ngroups = ["a"]\n'
    )
    (tmp_path / "press.csv").write_text("address,groups\np@example.jp,a\n", encoding="utf-8")
    mailing = read_mailing_list(tmp_path / "press.csv", resolve)
    assert mailing.name == "press"
    assert [person.address.wire for person in mailing.recipients] == ["p@example.jp"]
    assert mailing.recipients[0].subjects == ("sector/医療",)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空の"),
        (b"\x00\x01\x02\x03" * 50, ""),
        ("名前,住所\n山田,東京\n".encode(), "アドレスの列"),
        ("address,subjectz\na@example.jp,医療\n".encode(), "「subject」ではありませんか"),
        ("address,mail,subjects\na@example.jp,b@example.jp,医療\n".encode(), "列が二つ"),
        ('address,subjects\n"a@example.jp,医療\n'.encode(), "引用符"),
        ("address,subjects\n=cmd|' /C calc'!A0,医療\n".encode(), "形ではありません"),
        ('address,subjects\n"a@example.jp\nBcc: b@example.jp",医療\n'.encode(), "形ではありません"),
    ],
)
def test_a_hostile_table_is_refused_with_a_reason(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "people.csv").write_bytes(data)
    found = faults(tmp_path, HEAD + 'tables = ["people.csv"]\n')
    assert found
    assert said in "\n".join(found)


def test_people_of_list_and_table_are_told_apart_by_their_mailbox(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("address,subjects\nA@example.jp,医療\n", encoding="utf-8")
    text = HEAD + 'tables = ["people.csv"]\n[[people]]\naddress = "a@example.jp"\nsubjects = ["医療"]\n'
    (found,) = faults(tmp_path, text)
    assert "people.csv:2 (列1): アドレス「A@example.jp」が二度書かれています（先のものは" in found
    assert "mail.toml:4" in found
