"""The bytes of a message: what Python's parser and an independent one read out of them, and what cannot get in."""

from __future__ import annotations

import email
import email.policy
import json
import re
import shutil
import subprocess
from dataclasses import replace
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_parts import NOW, PNG, briefing, mailing, makers, parcels, recipient

from reportkit.delivery.addresses import read_address
from reportkit.delivery.mime import File, Letter, message_bytes

POSTAL = Path(__file__).parents[2] / "tools" / "postal-mime"
NAMES = (
    "医療_第1号_2026-04-01.docx",
    "㈱髙﨑・𠮷野家①✅ 生成AIの経済インパクトと導入の障壁に関する報告書、全産業の比較と事例、令和六年度版の改訂.docx",
    "plain.pdf",
    'quote"and\\slash;semi=colon.pdf',
    "カンマ,と‘引用’ 100%（案）.pdf",
    "x" * 120 + ".docx",
)
SUBJECTS = (
    "医療（第2号）：前回からの変更3件",
    "㈱①✅ " + "長い件名、" * 30,
    "=?utf-8?B?aW5qZWN0?= looks like an encoded word",
    "plain ASCII",
    "plain ASCII that is longer than one line of a header can be, and goes on for some time, until it ends here",
    "",
)


def letter(**changes: object) -> Letter:
    made = Letter(
        id="abc123@example.jp",
        date=NOW,
        sender=read_address("架空総研 調査部 <report@example.jp>"),
        to=read_address("山田 太郎 <yamada@例え.jp>"),
        subject=SUBJECTS[0],
        html='<p>本文<img src="cid:chart1.abc123@example.jp"></p>\n',
        plain="本文です。\n\n.行頭の点\nFrom 行頭\n",
        reply_to=read_address("desk@example.jp"),
        pictures=(File("chart1.png", PNG, "chart1.abc123@example.jp"),),
        attachments=tuple(File(name, f"{name}の中身".encode()) for name in NAMES),
        references=("old1@example.jp", "old2@example.jp"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.mark.parametrize("subject", SUBJECTS)
def test_pythons_parser_finds_everything_as_it_was(subject: str) -> None:
    message = read(message_bytes(letter(subject=subject)))
    assert message["subject"] == " ".join(subject.split())
    assert [(each.display_name, each.addr_spec) for each in message["from"].addresses] == [
        ("架空総研 調査部", "report@example.jp")
    ]
    assert message["to"].addresses[0].addr_spec == "yamada@xn--r8jz45g.jp"
    assert message["to"].addresses[0].display_name == "山田 太郎"
    assert message["in-reply-to"] == "<old2@example.jp>"
    assert message["references"].split() == ["<old1@example.jp>", "<old2@example.jp>"]
    assert message["auto-submitted"] == "auto-generated"
    assert message["date"].datetime == NOW
    attached = list(message.iter_attachments())
    assert [part.get_filename() for part in attached] == list(NAMES)
    assert [part.get_content() for part in attached] == [f"{name}の中身".encode() for name in NAMES]
    assert [part.get_content_type() for part in attached[:3:2]] == [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/pdf",
    ]
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == "本文です。\n\n.行頭の点\nFrom 行頭\n"
    assert "本文" in html.get_content()
    pictures = [part for part in message.walk() if part["content-id"]]
    assert [part.get_content() for part in pictures] == [PNG]
    for part in message.walk():
        assert not part.defects


def test_old_readers_find_the_name_beside_the_media_type() -> None:
    data = message_bytes(letter())
    compat = email.message_from_bytes(data, policy=email.policy.compat32)
    part = next(part for part in compat.walk() if part.get_content_type().endswith("wordprocessingml.document"))
    words = email.header.decode_header(part.get_param("name"))
    assert "".join(text.decode(code or "ascii") for text, code in words) == NAMES[0]


def test_every_line_is_short_seven_bit_and_ends_in_cr_lf() -> None:
    data = message_bytes(letter(subject=SUBJECTS[1]))
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 200
    body = data.partition(b"\r\n\r\n")[2]
    assert max(len(line) for line in body.split(b"\r\n") if re.fullmatch(rb"[A-Za-z0-9+/=]*", line)) == 76


def test_only_a_draft_asks_to_be_sent_and_only_a_trial_says_for_whom() -> None:
    assert read(message_bytes(letter(unsent=True)))["x-unsent"] == "1"
    assert read(message_bytes(letter()))["x-unsent"] is None
    assert read(message_bytes(letter(note="山田 <a@b.jp>")))["x-reportkit-trial-for"] == "山田 <a@b.jp>"


HOSTILE = (
    "a\r\nBcc: all@example.jp",
    "a\nBcc: all@example.jp",
    "a\rBcc: all@example.jp",
    "a\u2028Bcc: all@example.jp",
    "a\x0bBcc: x\x85Bcc: y\x00",
    'a" <evil@example.com>, "b',
    "a, evil@example.com;",
    "=?utf-8?Q?a=0D=0ABcc:_all@example.jp?=",
    "\ud800 lone surrogate",
    "（\u202e gpj.exe",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_gets_into_the_headers_through_names_and_titles(words: str) -> None:
    address = read_address("yamada@example.jp").named(words)
    data = message_bytes(
        letter(subject=words, to=address, sender=address, note=words, attachments=(File(f"{words}.pdf", b"x"),))
    )
    message = read(data)
    assert message["bcc"] is None
    assert message["cc"] is None
    assert len(message["to"].addresses) == 1
    assert message["to"].addresses[0].addr_spec == "yamada@example.jp"
    head = data.partition(b"\r\n\r\n")[0]
    assert {line.partition(b":")[0] for line in head.split(b"\r\n") if not line.startswith(b" ")} == {
        b"Date", b"From", b"To", b"Reply-To", b"Subject", b"Message-ID", b"In-Reply-To", b"References",
        b"Auto-Submitted",
        b"X-Auto-Response-Suppress", b"X-Reportkit-Trial-For", b"MIME-Version", b"Content-Type",
    }  # fmt: skip
    (attached,) = message.iter_attachments()
    assert "\n" not in (attached.get_filename() or "")
    assert "\u202e" not in (attached.get_filename() or "")


@settings(max_examples=150)
@given(st.text(max_size=120), st.text(max_size=60), st.text(min_size=1, max_size=90))
def test_any_text_makes_a_message_that_is_read_back(subject: str, name: str, file_name: str) -> None:
    to = read_address("yamada@example.jp").named(name)
    message = read(message_bytes(letter(subject=subject, to=to, attachments=(File(f"{file_name}.pdf", b"%PDF"),))))
    assert message["bcc"] is None
    assert message["to"].addresses[0].addr_spec == "yamada@example.jp"
    (attached,) = message.iter_attachments()
    assert attached.get_content() == b"%PDF"


@pytest.mark.node
def test_an_independent_parser_reads_the_same_as_pythons(tmp_path: Path) -> None:
    if shutil.which("node") is None or not (POSTAL / "node_modules").is_dir():
        pytest.skip("postal-mime is not installed (npm install --prefix tools/postal-mime)")
    hostile = [letter(subject=words, attachments=(File(f"{words}.pdf", b"x"),)) for words in HOSTILE[:5]]
    whole = [
        parcel.letter
        for parcel in parcels(
            mailing(recipient(files=("docx", "pdf")), recipient("Smith <smith@example.com>", language="en")), tmp_path
        )
    ]
    letters = [*(letter(subject=subject) for subject in SUBJECTS), *hostile, *whole]
    files = []
    for number, each in enumerate(letters):
        path = tmp_path / f"{number}.eml"
        path.write_bytes(message_bytes(each))
        files.append(str(path))
    run = subprocess.run(["node", str(POSTAL / "parse.mjs"), *files], capture_output=True, check=True)
    theirs = [json.loads(line) for line in run.stdout.decode().splitlines()]
    assert len(theirs) == len(letters)
    for each, path, other in zip(letters, files, theirs, strict=True):
        ours = read(Path(path).read_bytes())
        assert other.get("subject", "") == ours["subject"]
        assert other["messageId"] == ours["message-id"]
        assert other["from"]["name"] == ours["from"].addresses[0].display_name
        assert [to["address"] for to in other["to"]] == [to.addr_spec for to in ours["to"].addresses]
        plain, html = ours.get_body(("plain",)), ours.get_body(("html",))
        assert plain is not None
        assert html is not None
        assert other["text"].replace("\r\n", "\n") == plain.get_content().replace("\r\n", "\n") == each.plain
        assert other["html"].replace("\r\n", "\n") == html.get_content().replace("\r\n", "\n") == each.html
        mine = [part for part in ours.walk() if part.get_filename()]
        assert [(part["name"], part["type"], part["sha256"]) for part in other["attachments"]] == [
            (part.get_filename(), part.get_content_type(), sha256(part.get_content()).hexdigest()) for part in mine
        ]
        assert {part["id"] for part in other["attachments"] if part["id"]} == {
            f"<{picture.id}>" for picture in each.pictures
        }


def test_the_makers_of_the_tests_are_those_of_the_product() -> None:
    assert makers().html.__module__.startswith("reportkit.render.html")
    assert briefing().item.document == sha256(briefing().docx).hexdigest()
