"""The journal: what it remembers through crashes, full disks and damage, and who is due by it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from mail_parts import briefing, mailing, many, people, recipient

from reportkit.base.errors import DeliveryError
from reportkit.delivery.due import is_first_send
from reportkit.delivery.journal import Item, JournalWriter, Message, journal_path, read_journal

ITEM = briefing().item


def message(number: int = 1, to: str = "yamada@example.jp", *items: Item) -> Message:
    return Message(f"id{number}@example.jp", "月次報告", to, to, "山田 太郎", items or (ITEM,))


def clock() -> Iterator[str]:
    return (f"2026-04-01T00:00:{second:02d}+00:00" for second in count())


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[JournalWriter]:
    times = clock()
    with JournalWriter(tmp_path, lambda: next(times)) as journal:
        yield journal


def sent(writer: JournalWriter, what: Message, outcome: str = "sent", step: str = "body") -> None:
    writer.message(what)
    writer.intent(what.id)
    writer.receipt(what.id, outcome, "250 ok", step)  # type: ignore[arg-type]


def standing(folder: Path, **changes: object) -> str:
    person = recipient(**changes)
    return people(mailing(person), folder)[0].claims[0].standing


def test_a_message_is_pending_then_unknown_then_what_became_of_it(writer: JournalWriter) -> None:
    writer.message(message())
    assert writer.read().messages[0].state == "pending"
    writer.intent("id1@example.jp")
    assert writer.read().messages[0].state == "unknown"
    writer.receipt("id1@example.jp", "sent", "250 ok")
    (found,) = writer.read().messages
    assert (found.state, found.reply, found.items) == ("sent", "250 ok", (ITEM,))


def test_the_receipt_takes_the_room_behind_its_intent(writer: JournalWriter, tmp_path: Path) -> None:
    writer.message(message())
    writer.intent("id1@example.jp")
    size = journal_path(tmp_path).stat().st_size
    writer.receipt("id1@example.jp", "refused", "551 " + "長い返事" * 500, "rcpt")
    assert journal_path(tmp_path).stat().st_size == size
    assert writer.read().messages[0].state == "refused"
    writer.message(message(2))
    assert [each.id for each in writer.read().messages] == ["id1@example.jp", "id2@example.jp"]


def test_every_cut_of_the_file_leaves_a_truthful_journal(tmp_path: Path) -> None:
    """However many bytes reached the disk, a message whose intent is whole is never called pending."""
    times = clock()
    with JournalWriter(tmp_path / "whole", lambda: next(times)) as writer:
        sent(writer, message(1))
        writer.message(message(2))
        writer.intent("id2@example.jp")
    data = journal_path(tmp_path / "whole").read_bytes()
    intent_ends = [data.index(b"\n", data.index(b'"record": "intent"', start)) for start in (0, len(data) // 2)]
    cut = tmp_path / "cut"
    cut.mkdir()
    for size in [*range(0, len(data), 101), len(data)]:
        journal_path(cut).write_bytes(data[:size])
        states = {each.id: each.state for each in read_journal(cut).messages}
        for number, end in enumerate(intent_ends, start=1):
            if size > end:
                assert states[f"id{number}@example.jp"] in {"unknown", "sent"}
        with JournalWriter(cut, lambda: "2026-04-02") as again:
            assert {each.id: each.state for each in again.read().messages} == states
            again.message(message(9))
            assert again.read().messages[-1].id == "id9@example.jp"


def test_a_receipt_that_was_torn_leaves_the_message_unknown(writer: JournalWriter, tmp_path: Path) -> None:
    sent(writer, message())
    data = journal_path(tmp_path).read_bytes()
    torn = data.replace(b'"outcome": "sent"', b"                 ").replace(b'"step"', b"      ")
    journal_path(tmp_path).write_bytes(torn)
    assert read_journal(tmp_path).messages[0].state == "unknown"


@pytest.mark.parametrize(
    "line", [b"{}", b"garbage", b'{"v": 2, "record": "intent"}', b'{"v": 1, "record": "intent", "id": "x"}']
)
def test_a_damaged_journal_stops_sending_and_names_its_line(writer: JournalWriter, tmp_path: Path, line: bytes) -> None:
    sent(writer, message())
    with journal_path(tmp_path).open("ab") as handle:
        handle.write(line + b"\n")
    lines = journal_path(tmp_path).read_bytes().count(b"\n")
    with pytest.raises(DeliveryError, match=f"{lines} 行目が壊れています"):
        read_journal(tmp_path)


def test_two_senders_at_once_are_refused(writer: JournalWriter, tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="別の reportkit がいま送信しています"):
        JournalWriter(tmp_path, lambda: "")


def test_the_lock_falls_off_with_its_process(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from reportkit.delivery.journal import JournalWriter\n"
        "JournalWriter(Path(sys.argv[1]), lambda: ''); os.kill(os.getpid(), 9)"
    )
    run = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert run.returncode == -9
    with JournalWriter(tmp_path, lambda: "") as writer:
        assert writer.read().messages == ()


def test_a_full_disk_is_said_clearly_and_a_receipt_still_finds_its_room(tmp_path: Path) -> None:
    """The size that files may have is limited, as on a disk that fills up while a message is on its way."""
    resource = pytest.importorskip("resource")
    with JournalWriter(tmp_path, lambda: "2026") as writer:
        sent(writer, message(1))
        writer.message(message(2))
        writer.intent("id2@example.jp")
        size = journal_path(tmp_path).stat().st_size
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, before[1]))
        try:
            writer.receipt("id2@example.jp", "sent", "250 ok")
            with pytest.raises(DeliveryError, match=r"送信記録を書き込めません.*空き容量"):
                writer.message(message(3))
            with pytest.raises(DeliveryError, match=r"送信記録を書き込めません.*空き容量"):
                writer.intent("id3@example.jp")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert [each.state for each in writer.read().messages] == ["sent", "sent"]
        sent(writer, message(3))
        assert [each.state for each in read_journal(tmp_path).messages] == ["sent"] * 3


def test_an_unwritable_folder_is_said_clearly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeliveryError, match="送信記録を書き込めません"):
        JournalWriter(tmp_path / "file" / "sent", lambda: "")


# --- who is due


def test_everybody_is_due_at_first_and_nobody_after_it_was_sent(writer: JournalWriter, tmp_path: Path) -> None:
    assert standing(tmp_path) == "due"
    sent(writer, message())
    assert standing(tmp_path) == "sent"


def test_new_facts_are_due_and_the_same_facts_in_a_new_issue_only_for_those_who_want_every_issue(
    writer: JournalWriter, tmp_path: Path
) -> None:
    sent(writer, message(1, "yamada@example.jp", replace(ITEM, digest="b" * 64)))
    assert standing(tmp_path) == "due"
    sent(writer, message(2, "yamada@example.jp", replace(ITEM, issue=0)))
    assert standing(tmp_path) == "same"
    assert standing(tmp_path, when="always") == "due"
    sent(writer, message(3))
    assert standing(tmp_path, when="always") == "sent"


def test_facts_that_went_back_to_an_older_state_are_not_sent_twice_in_one_issue(
    writer: JournalWriter, tmp_path: Path
) -> None:
    sent(writer, message(1))
    sent(writer, message(2, "yamada@example.jp", replace(ITEM, digest="b" * 64)))
    assert standing(tmp_path) == "sent"
    person = people(mailing(), tmp_path, [briefing(issue=2)])[0]
    assert person.claims[0].standing == "due"


@pytest.mark.parametrize(
    ("outcome", "step", "expected", "next_issue"),
    [
        ("sent", "body", "sent", "due"),
        ("refused", "rcpt", "closed", "closed"),
        ("refused", "body", "refused", "due"),
        ("pending", "body", "due", "due"),
        ("not-sent", "body", "due", "due"),
        ("unknown", "", "unknown", "due"),
    ],
)
def test_what_became_of_a_message_decides_what_is_due(
    writer: JournalWriter, tmp_path: Path, outcome: str, step: str, expected: str, next_issue: str
) -> None:
    writer.message(message())
    writer.intent(message().id)
    if outcome != "unknown":
        writer.receipt(message().id, outcome, "", step)  # type: ignore[arg-type]
    assert standing(tmp_path) == expected
    newer = people(mailing(), tmp_path, [briefing(issue=2, digest="c" * 64)])[0]
    assert newer.claims[0].standing == next_issue


def test_an_unknown_message_stays_unknown_in_the_next_issue_when_the_facts_are_the_same(
    writer: JournalWriter, tmp_path: Path
) -> None:
    writer.message(message())
    writer.intent(message().id)
    person = people(mailing(), tmp_path, [briefing(issue=2)])[0]
    assert person.claims[0].standing == "unknown"


def test_nobody_gets_the_other_edition_and_what_is_not_there_is_missing(tmp_path: Path) -> None:
    assert people(mailing(), tmp_path, [briefing(edition="review")])[0].claims[0].standing == "edition"
    assert people(mailing(recipient(edition="review")), tmp_path)[0].claims[0].standing == "edition"
    assert people(mailing(), tmp_path, [])[0].claims[0].standing == "missing"


def test_a_first_send_asks_and_so_does_an_exchanged_list_or_a_deleted_journal(
    writer: JournalWriter, tmp_path: Path
) -> None:
    team = many(10)
    assert is_first_send(team, read_journal(tmp_path), people(team, tmp_path))
    keys = [person.address.key for person in team.recipients]
    writer.approval(team.name, keys[:5])
    assert not is_first_send(team, read_journal(tmp_path), people(team, tmp_path))
    other = mailing(*(recipient(f"new{number}@example.jp") for number in range(11)), *team.recipients)
    assert is_first_send(other, read_journal(tmp_path), people(other, tmp_path))
    assert is_first_send(replace(team, name="別のリスト"), read_journal(tmp_path), people(team, tmp_path))
    journal_path(tmp_path).unlink()
    assert is_first_send(team, read_journal(tmp_path), people(team, tmp_path))


def test_the_journal_is_one_line_of_json_for_each_event(writer: JournalWriter, tmp_path: Path) -> None:
    sent(writer, message())
    lines = [line for line in journal_path(tmp_path).read_text(encoding="utf-8").splitlines() if line.strip()]
    assert [json.loads(line)["record"] for line in lines] == ["message", "intent", "receipt"]
    assert json.loads(lines[0])["items"][0]["digest"] == "a" * 64
