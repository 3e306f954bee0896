"""Letters: what they say, what they bring, threads, changes, and what is done about too large ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from mail_parts import briefing, fact, mailing, makers, parcels, people, recipient

from reportkit.base.errors import DeliveryError
from reportkit.delivery.briefing import Change
from reportkit.delivery.journal import JournalWriter, read_journal
from reportkit.delivery.letters import Desk, Parcel, document_path
from reportkit.document.inline import FactRef, Text

CHANGES = (
    Change("医療の効果（合計）", "3,711億円", "3,720億円"),
    Change("新しい指標", "", "5件", "new"),
    Change("古い指標", "8%", "", "gone"),
)


def record_sent(folder: Path, parcel: Parcel, at: str) -> None:
    with JournalWriter(folder, lambda: at) as journal:
        journal.message(parcel.message)
        journal.intent(parcel.message.id)
        journal.receipt(parcel.message.id, "sent")
    kept = document_path(folder, parcel.message.items[0].document)
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(parcel.letter.attachments[0].data)


def test_a_first_letter_says_who_what_and_what_is_attached(tmp_path: Path) -> None:
    (parcel,) = parcels(mailing(), tmp_path)
    letter = parcel.letter
    assert letter.subject == "医療（第1号）"
    for words in (
        "山田 太郎 様",
        "架空総研 調査部より、「医療」第1号をお送りします",
        "効果は5件である。",
        "◇ 効果：5件",
    ):
        assert words in letter.plain
    assert "前回" not in letter.plain
    assert letter.plain.rstrip().endswith("架空総研 調査部\ndesk@example.jp")
    assert [file.name for file in letter.attachments] == ["医療_第1号_2026-04-01.docx"]
    assert letter.references == ()
    for words in ("山田 太郎 様", "効果は", f'<img src="cid:{letter.pictures[0].id}"', "医療_第1号_2026-04-01.docx"):
        assert words in letter.html


def test_the_next_issue_answers_the_last_one_and_tells_what_changed(tmp_path: Path) -> None:
    (first,) = parcels(mailing(), tmp_path)
    record_sent(tmp_path, first, "2026-04-01T00:00:00+00:00")
    newer = briefing(issue=2, date="2026-05-01", digest="b" * 64)
    (second,) = parcels(mailing(), tmp_path, [newer], CHANGES)
    assert second.letter.subject == "医療（第2号）：前回からの変更3件"
    assert second.letter.references == (first.letter.id,)
    assert "【前回からの変更（第1号、2026年4月1日から）】" in second.letter.plain
    assert "・医療の効果（合計）：3,711億円 → 3,720億円" in second.letter.plain
    assert "・新しい指標：5件（新しく加わりました）" in second.letter.plain
    assert "・古い指標：8%（なくなりました）" in second.letter.plain
    record_sent(tmp_path, second, "2026-05-01T00:00:00+00:00")
    (third,) = parcels(mailing(), tmp_path, [briefing(issue=3, digest="c" * 64)])
    assert third.letter.references == (first.letter.id, second.letter.id)
    assert third.letter.subject == "医療（第3号）：前回から変更なし"


def test_a_doubtful_number_in_the_lead_is_explained(tmp_path: Path) -> None:
    explained = "※ データの点検で指摘のある値です"
    (plain,) = parcels(mailing(), tmp_path)
    assert explained not in plain.letter.plain
    (doubtful,) = parcels(mailing(), tmp_path, [briefing(lead=(FactRef(fact("5件", 5)), Text("※である。")))])
    assert explained in doubtful.letter.plain
    assert explained in doubtful.letter.html


def test_many_changes_are_cut_to_five_and_counted(tmp_path: Path) -> None:
    (first,) = parcels(mailing(), tmp_path)
    record_sent(tmp_path, first, "2026-04-01T00:00:00+00:00")
    changes = tuple(Change(f"指標その{chr(65 + number)}", "1件", "2件") for number in range(12))
    (second,) = parcels(mailing(), tmp_path, [briefing(digest="b" * 64)], changes)
    assert second.letter.plain.count("1件 → 2件") == 5
    assert "・ほか7件" in second.letter.plain
    assert "変更12件" in second.letter.subject


def test_a_document_that_is_not_kept_any_more_is_said(tmp_path: Path) -> None:
    (first,) = parcels(mailing(), tmp_path)
    record_sent(tmp_path, first, "2026-04-01T00:00:00+00:00")
    document_path(tmp_path, first.message.items[0].document).unlink()
    (second,) = parcels(mailing(), tmp_path, [briefing(digest="b" * 64)], CHANGES)
    assert "控えがないため、変更点を示せません" in second.letter.plain
    assert second.letter.subject == "医療（第1号）"


def test_several_briefings_to_one_person_are_one_mail(tmp_path: Path) -> None:
    person = recipient(subjects=("sector/医療", "overview"), files=("docx", "pdf"))
    (parcel,) = parcels(mailing(person), tmp_path, [briefing(), briefing("overview", title="医療")])
    assert parcel.letter.subject == "医療ほか、報告書2件"
    assert [file.name for file in parcel.letter.attachments] == [
        "医療_第1号_2026-04-01.docx",
        "医療_第1号_2026-04-01.pdf",
        "医療_第1号_2026-04-01 (2).docx",
        "医療_第1号_2026-04-01 (2).pdf",
    ]
    assert [item.subject for item in parcel.message.items] == ["sector/医療", "overview"]
    assert len(parcel.letter.pictures) == 2
    assert len({picture.id for picture in parcel.letter.pictures}) == 2


def test_an_english_note_is_english_around_the_japanese_facts(tmp_path: Path) -> None:
    (first,) = parcels(mailing(recipient("Smith <s@example.com>", language="en", honorific="Dr")), tmp_path)
    assert first.letter.subject == "医療 (No. 1)"
    assert "Dr Smith" in first.letter.plain
    assert "(1 April 2026)" in first.letter.plain
    assert '<html lang="en">' in first.letter.html
    assert "お送りします" not in first.letter.plain


def test_letters_are_the_same_each_time_and_dated_by_their_issue(tmp_path: Path) -> None:
    once, again = (parcels(mailing(), tmp_path)[0] for _ in range(2))
    assert once.draft == again.draft
    assert b"Date: Wed, 01 Apr 2026 09:00:00 +0900\r\n" in once.draft
    assert b"X-Unsent: 1" in once.draft
    other = parcels(mailing(recipient("Sato <sato@example.jp>")), tmp_path)[0]
    assert other.letter.id != once.letter.id
    assert once.letter.id.endswith("@example.jp")


# --- size


def large_people(files: tuple[str, ...] = ("docx", "pdf")) -> tuple[object, list[object]]:
    subjects = tuple(f"sector/業界{letter}" for letter in "ABCD")
    person = recipient(subjects=subjects, files=files)
    return person, [briefing(subject, docx=bytes(300_000)) for subject in subjects]


@pytest.mark.parametrize(
    ("rule", "limit", "kinds", "counts"),
    [
        ("pdf", 3_000_000, {"docx", "pdf"}, [4]),
        ("pdf", 1_000_000, {"pdf"}, [4]),
        ("split", 1_000_000, {"docx", "pdf"}, [2, 2]),
    ],
)
def test_what_is_too_large_follows_the_rule(
    tmp_path: Path, rule: str, limit: int, kinds: set[str], counts: list[int]
) -> None:
    person, briefings = large_people()
    found = parcels(mailing(person, size_limit=limit, too_large=rule), tmp_path, briefings)  # type: ignore[arg-type]
    assert {file.name.rpartition(".")[2] for parcel in found for file in parcel.letter.attachments} == kinds
    assert [len(parcel.message.items) for parcel in found] == counts
    assert all(parcel.size <= limit for parcel in found)
    if len(found) > 1:
        assert [parcel.letter.subject[-5:] for parcel in found] == ["（1/2）", "（2/2）"]
        assert "分けてお送りしています（2/2）" in found[1].letter.plain.replace("\n", "")
        assert len({parcel.letter.id for parcel in found}) == 2


@pytest.mark.parametrize("rule", ["refuse", "split", "pdf"])
def test_what_cannot_be_made_smaller_is_refused_with_the_sizes(tmp_path: Path, rule: str) -> None:
    person = recipient(files=("docx",) if rule != "pdf" else ("pdf",))
    team = mailing(person, size_limit=200_000, too_large=rule)
    desk = Desk(team, makers(pdf=bytes(400_000)), read_journal(tmp_path), tmp_path)
    (one,) = people(team, tmp_path, [briefing(docx=bytes(400_000))])
    with pytest.raises(DeliveryError, match=r"大きすぎます：0\.6 MB（上限 0\.2 MB）、医療_第1号") as caught:
        desk.parcels(one)
    assert caught.value.problems[0].place == "mail.toml:3"


def test_titles_that_no_file_may_have_become_names_that_every_system_takes(tmp_path: Path) -> None:
    title = "../../etc/passwd\r\nBcc: x: <b>" + "長" * 200
    (parcel,) = parcels(mailing(), tmp_path, [briefing(title=title)])
    name = parcel.letter.attachments[0].name
    assert "/" not in name
    assert "\n" not in name
    assert len(name.encode()) < 200
    assert name.endswith("_第1号_2026-04-01.docx")
    assert "\n" not in replace(parcel.letter).subject
    assert "<b>" not in parcel.letter.html
