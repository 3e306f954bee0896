"""`reportkit mail` over a whole project: drafts, sending to a real server, what it refuses, what it remembers."""

from __future__ import annotations

import email
import email.policy
import re
import shutil
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from real_server import PASSWORD, USER, RealServer

from reportkit.cli.main import cli
from reportkit.delivery.journal import JournalWriter, journal_path, read_journal

CHECKOUT = Path(__file__).parents[2]
LIST = """\
from = "架空総研 調査部 <report@example.jp>"

[[people]]
name = "山田 太郎"
address = "yamada@example.jp"
subjects = ["ソニーグループ"]

[[people]]
name = "佐藤 花子"
address = "sato@example.jp"
subjects = ["case:*"]
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with two cases, built, with a mailing list; for copies only."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "seeds").mkdir()
    for name in ("sony-group.md", "jfe-steel.md"):
        shutil.copy(CHECKOUT / "seeds" / "cases" / name, folder / "seeds")
    (folder / "mail.toml").write_text(LIST, encoding="utf-8")
    built = run("build", "--seeds", str(folder / "seeds"), "--out", str(folder / "out"))
    assert built.exit_code == 0, built.output
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of that project, made the current folder."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    for name in ("REPORTKIT_SEEDS", "REPORTKIT_OUT", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def server(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealServer]:
    """Run a real server, and put it into the mailing list."""
    with RealServer(project) as real:
        use(project, real)
        monkeypatch.setenv("REPORTKIT_SMTP_PASSWORD", PASSWORD)
        yield real


def use(project: Path, real: RealServer) -> None:
    table = (
        f'\n[smtp]\nhost = "localhost"\nport = {real.port}\nuser = "{USER}"\nca-file = "authority.pem"\n'
        "per-minute = 100000\npauses = [0]\ntimeout = 10\n"
    )
    with (project / "mail.toml").open("a", encoding="utf-8") as handle:
        handle.write(table)


def edit(project: Path, old: str = "| 毎月削減時間 | 5万時間", new: str = "| 毎月削減時間 | 6万時間") -> None:
    path = project / "seeds" / "sony-group.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def mails(real: RealServer, to: str) -> list[EmailMessage]:
    found = [
        email.message_from_bytes(data, policy=email.policy.default) for box, data in real.inbox.messages if box == to
    ]
    return [message for message in found if isinstance(message, EmailMessage)]


def plain(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


# --- drafts


def test_drafts_are_files_to_open_the_same_each_time_with_a_page_that_fetches_nothing(project: Path) -> None:
    assert run("mail", "draft").exit_code == 0
    first = {path.name: path.read_bytes() for path in sorted((project / "out" / "mail").iterdir())}
    assert sum(name.endswith(".eml") for name in first) == 2
    assert run("mail", "draft").exit_code == 0
    assert {path.name: path.read_bytes() for path in sorted((project / "out" / "mail").iterdir())} == first
    for name, data in first.items():
        if name.endswith(".eml"):
            message = email.message_from_bytes(data, policy=email.policy.default)
            assert message["x-unsent"] == "1"
            attached = [part.get_filename() for part in message.iter_attachments()]
            assert "ソニーグループ AI導入事例_第1号_2026-01-08.docx" in attached
    page = first["index.html"].decode()
    assert "山田 太郎" in page
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page.replace("&quot;", '"'))
    assert not journal_path(project / ".reportkit" / "sent").exists()


def test_drafts_that_are_not_wanted_any_more_go_and_what_is_not_ours_stays(project: Path) -> None:
    run("mail", "draft")
    mine = project / "out" / "mail" / "my own.eml"
    mine.write_text("x")
    (project / "mail.toml").write_text(LIST.partition('[[people]]\nname = "佐藤')[0], encoding="utf-8")
    assert run("mail", "draft").exit_code == 0
    names = sorted(path.name for path in (project / "out" / "mail").glob("*.eml"))
    assert len(names) == 2
    assert mine.name in names


def test_only_one_person_can_be_drafted_and_a_wrong_name_is_near_a_right_one(project: Path) -> None:
    assert run("mail", "draft", "--only", "yamada@example.jp").exit_code == 0
    assert len(list((project / "out" / "mail").glob("*.eml"))) == 1
    result = run("mail", "draft", "--only", "山田")
    assert result.exit_code == 2
    assert "「山田」という人は配信リストにいません" in result.stderr


def test_a_preview_tells_where_its_page_is(project: Path) -> None:
    result = run("mail", "preview", "--no-open")
    assert result.exit_code == 0
    assert str(Path("out") / "mail" / "index.html") in result.output


# --- sending


def test_the_first_send_waits_for_yes_and_then_nothing_goes_twice(project: Path, server: RealServer) -> None:
    waiting = run("mail", "send")
    assert waiting.exit_code == 4
    assert "初めてなので、まだ送っていません。よければ --yes" in waiting.output
    assert "yamada@example.jp" in waiting.output
    assert server.inbox.messages == []
    sent = run("mail", "send", "--yes")
    assert sent.exit_code == 0, sent.output
    assert "2 通を送りました" in sent.output
    assert len(server.inbox.messages) == 2
    assert mails(server, "yamada@example.jp")[0]["x-unsent"] is None
    shutil.rmtree(project / "out")
    assert run("build").exit_code == 0
    again = run("mail", "send")
    assert again.exit_code == 0
    assert "いま送るものはありません" in again.output
    assert len(server.inbox.messages) == 2


def test_an_edited_case_goes_out_with_what_changed_as_an_answer_to_the_last_mail(
    project: Path, server: RealServer
) -> None:
    run("mail", "send", "--yes")
    edit(project)
    assert run("build", "--date", "2026-02-01").exit_code == 0
    result = run("mail", "send")
    assert result.exit_code == 0, result.output
    first, second = mails(server, "yamada@example.jp")
    assert second["in-reply-to"] == first["message-id"]
    assert "前回からの変更" in second["subject"]
    assert "5万時間 → 6万時間" in plain(second)
    sato = mails(server, "sato@example.jp")[1]
    assert [part.get_filename() for part in sato.iter_attachments()] == [
        "ソニーグループ AI導入事例_第1号_2026-02-01.docx"
    ]  # the other case did not change


def test_what_is_older_than_its_data_is_held_back_unless_it_is_allowed(project: Path, server: RealServer) -> None:
    edit(project)
    result = run("mail", "send", "--yes")
    assert result.exit_code == 4
    assert "資料が変わった後に作り直されていません" in result.stderr
    assert "--allow ソニーグループ" in result.stderr
    assert mails(server, "yamada@example.jp") == []
    assert len(mails(server, "sato@example.jp")) == 1  # the briefing that holds
    allowed = run("mail", "send", "--yes", "--allow", "ソニーグループ")
    assert allowed.exit_code == 0, allowed.output
    (message,) = mails(server, "yamada@example.jp")
    assert "6万時間" not in plain(message)  # the mail says nothing else than its attachment


def test_what_does_not_verify_is_held_back(project: Path, server: RealServer) -> None:
    import zipfile

    path = next((project / "out" / "case").glob("*ソニー*.docx"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode()
    assert "5万時間" in text
    parts["word/document.xml"] = text.replace("5万時間", "9万時間", 1).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    result = run("mail", "send", "--yes")
    assert result.exit_code == 4
    assert "照合に合いません" in result.stderr
    assert mails(server, "yamada@example.jp") == []


def test_a_trial_goes_to_one_mailbox_and_is_not_remembered(project: Path, server: RealServer) -> None:
    result = run("mail", "send", "--redirect", "me@example.jp")
    assert result.exit_code == 0, result.output
    assert [to for to, _ in server.inbox.messages] == ["me@example.jp"] * 2
    subjects = {message["subject"] for message in mails(server, "me@example.jp")}
    assert any("試送：山田 太郎 <yamada@example.jp>" in subject for subject in subjects)
    assert run("mail", "send").exit_code == 4
    assert run("mail", "send", "--redirect", "nobody").exit_code == 2


def test_a_deleted_journal_does_not_cause_a_mass_mailing(project: Path, server: RealServer) -> None:
    run("mail", "send", "--yes")
    shutil.rmtree(project / ".reportkit")
    result = run("mail", "send")
    assert result.exit_code == 4
    assert len(server.inbox.messages) == 2


def test_a_dry_run_sends_nothing(project: Path, server: RealServer) -> None:
    result = run("mail", "send", "--dry-run", "--yes")
    assert result.exit_code == 0
    assert "送るメール：2 通" in result.output
    assert server.inbox.messages == []


@pytest.mark.parametrize(
    ("password", "said"), [("", "パスワードがありません"), ("wrong", "利用者名かパスワードが違います")]
)
def test_a_missing_or_wrong_password_is_said_and_nothing_is_lost(
    project: Path, server: RealServer, monkeypatch: pytest.MonkeyPatch, password: str, said: str
) -> None:
    monkeypatch.setenv("REPORTKIT_SMTP_PASSWORD", password)
    result = run("mail", "send", "--yes")
    assert result.exit_code == 4
    assert said in result.stderr
    monkeypatch.setenv("REPORTKIT_SMTP_PASSWORD", PASSWORD)
    assert run("mail", "send", "--yes").exit_code == 0
    assert len(server.inbox.messages) == 2


def test_no_server_and_no_list_are_said(project: Path) -> None:
    result = run("mail", "send", "--yes")
    assert result.exit_code == 2
    assert "メールサーバーの設定がありません" in result.stderr
    (project / "mail.toml").unlink()
    result = run("mail", "draft")
    assert result.exit_code == 2
    assert "配信リストがありません" in result.stderr


def test_a_list_is_checked_against_the_subjects_of_the_project(project: Path) -> None:
    (project / "mail.toml").write_text(
        LIST.replace("ソニーグループ", "ソニグループ") + 'edition = "x"\n', encoding="utf-8"
    )
    result = run("mail", "draft")
    assert result.exit_code == 2
    assert "mail.toml:6: 対象「ソニグループ」" in result.stderr
    assert "ソニーグループ" in result.stderr
    assert "「edition」に「x」は使えません" in result.stderr


# --- what is remembered


def test_status_tells_who_got_what_and_who_is_due(project: Path, server: RealServer) -> None:
    before = run("mail", "status")
    assert before.exit_code == 0
    assert before.output.count("送る予定") == 3
    run("mail", "send", "--yes")
    after = run("mail", "status").output
    assert after.count("送信済み") == 3
    assert "第1号" in after
    edit(project)
    run("build")
    assert run("mail", "status").output.count("送る予定") == 2


def test_an_unknown_message_waits_for_a_decision(project: Path, server: RealServer) -> None:
    run("mail", "send", "--yes")
    folder = project / ".reportkit" / "sent"
    edit(project)
    run("build")
    run("mail", "draft")
    draft = next(path for path in (project / "out" / "mail").glob("*.eml") if "山田" in path.name)
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    old = next(each for each in read_journal(folder).messages if each.address == "yamada@example.jp")
    from dataclasses import replace

    from reportkit.project.mail import Mail
    from reportkit.project.settings import read_settings

    mail = Mail(read_settings(project), project / "mail.toml")
    person = mail.people[0]
    (claim,) = person.due
    assert claim.briefing is not None
    lost = replace(old, id=message["message-id"].strip("<>"), items=(claim.briefing.item,))
    with JournalWriter(folder, lambda: "2026-05-01T00:00:00+00:00") as journal:
        journal.message(lost)
        journal.intent(lost.id)
    sent = run("mail", "send")
    assert len(mails(server, "yamada@example.jp")) == 1
    assert len(mails(server, "sato@example.jp")) == 2
    assert sent.exit_code == 0
    status = run("mail", "status").output
    assert "届いたか不明" in status
    assert "reportkit mail resolve" in status
    assert run("mail", "resolve", "yamada@example.jp", "--as", "not-sent").exit_code == 0
    assert run("mail", "send").exit_code == 0
    assert len(mails(server, "yamada@example.jp")) == 2
    nothing = run("mail", "resolve", "yamada@example.jp", "--as", "not-sent")
    assert nothing.exit_code == 2
    assert "決めることのあるメールはありません" in nothing.stderr


def test_a_draft_that_was_sent_by_hand_can_be_noted(project: Path, server: RealServer) -> None:
    result = run("mail", "resolve", "山田 太郎", "--as", "sent")
    assert result.exit_code == 0, result.output
    assert "記録しました：山田 太郎" in result.output
    run("mail", "send", "--yes")
    assert mails(server, "yamada@example.jp") == []
    assert len(mails(server, "sato@example.jp")) == 1


def test_a_reviewer_gets_the_review_edition_and_a_reader_the_other(project: Path, server: RealServer) -> None:
    text = (project / "mail.toml").read_text(encoding="utf-8")
    reviewed = text.replace('subjects = ["ソニーグループ"]\n', 'subjects = ["ソニーグループ"]\nedition = "review"\n')
    (project / "mail.toml").write_text(reviewed, encoding="utf-8")
    run("mail", "send", "--yes")
    assert mails(server, "yamada@example.jp") == []
    assert run("build", "--edition", "review").exit_code == 0
    sent = run("mail", "send", "--yes")
    assert sent.exit_code == 0, sent.output
    (mail,) = mails(server, "yamada@example.jp")
    (attached,) = mail.iter_attachments()
    review = next((project / "out" / "case").glob("*ソニー*.review.docx"))
    assert attached.get_content() == review.read_bytes()
    assert len(mails(server, "sato@example.jp")) == 1


def test_a_new_issue_without_changes_goes_only_to_those_who_want_every_issue(project: Path, server: RealServer) -> None:
    text = (project / "mail.toml").read_text(encoding="utf-8")
    always = text.replace('subjects = ["ソニーグループ"]\n', 'subjects = ["ソニーグループ"]\nwhen = "always"\n')
    (project / "mail.toml").write_text(always, encoding="utf-8")
    run("mail", "send", "--yes")
    assert run("build", "--issue", "2").exit_code == 0
    sent = run("mail", "send")
    assert sent.exit_code == 0, sent.output
    assert len(mails(server, "sato@example.jp")) == 1
    second = mails(server, "yamada@example.jp")[1]
    assert second["subject"] == "ソニーグループ AI導入事例（第2号）：前回から変更なし"
    assert "数値に変更はありません。" in plain(second)
    edit(project)
    assert run("build", "--issue", "3").exit_code == 0
    sent = run("mail", "send")
    assert sent.exit_code == 0, sent.output
    assert "5万時間 → 6万時間" in plain(mails(server, "sato@example.jp")[1])


@pytest.mark.office
def test_a_pdf_is_attached_and_the_same_each_time(project: Path) -> None:
    from reportkit.render.pdf import find_office

    if find_office() is None:
        pytest.skip("LibreOffice is not installed")
    (project / "mail.toml").write_text(LIST + 'files = ["pdf"]\n', encoding="utf-8")
    made = []
    for _ in range(2):
        shutil.rmtree(project / ".reportkit", ignore_errors=True)
        assert run("mail", "draft", "--only", "佐藤 花子").exit_code == 0
        (path,) = (project / "out" / "mail").glob("*.eml")
        made.append(path.read_bytes())
    assert made[0] == made[1]
    message = email.message_from_bytes(made[0], policy=email.policy.default)
    files = list(message.iter_attachments())
    assert [file.get_content_type() for file in files] == ["application/pdf"] * 2
    assert all(file.get_content().startswith(b"%PDF") for file in files)


def test_without_libreoffice_a_pdf_is_refused_with_a_remedy(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "mail.toml").write_text(LIST + 'files = ["pdf"]\n', encoding="utf-8")
    monkeypatch.setenv("PATH", str(project))
    result = run("mail", "draft")
    assert result.exit_code == 4
    assert "LibreOffice が見つかりません" in result.stderr
    assert len(list((project / "out" / "mail").glob("*.eml"))) == 1  # who wants Word files gets them


def test_a_document_that_cannot_be_read_is_held_and_costs_nobody_else_anything(project: Path) -> None:
    next((project / "out" / "case").glob("*ソニー*.docx")).write_bytes(b"no document")
    result = run("mail", "draft")
    assert result.exit_code == 4
    assert "保留：" in result.stderr
    assert "ソニー" in result.stderr
    assert len(list((project / "out" / "mail").glob("*.eml"))) == 1
