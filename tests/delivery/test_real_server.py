"""Against a real server with STARTTLS or TLS and a password: what arrives, and what is said when something is wrong."""

from __future__ import annotations

import email
import email.policy
import logging
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from mail_parts import NOW, local, mailing, many, parcels, recipient
from real_server import PASSWORD, USER, RealServer
from test_sending import now

from reportkit.base.errors import DeliveryError
from reportkit.delivery.journal import JournalWriter, read_journal
from reportkit.delivery.mailing import MailingList, Server
from reportkit.delivery.passwords import find_password
from reportkit.delivery.sending import Clock, Sender, Sent
from reportkit.delivery.smtp import ServerError, connect

CLOCK = Clock(lambda: NOW, time.monotonic, time.sleep)


def server_of(real: RealServer, **changes: object) -> Server:
    return local(
        real.port,
        **{"host": "localhost", "security": "starttls", "user": USER, "ca_file": real.trusted, "timeout": 10} | changes,
    )  # type: ignore[arg-type]


def send(team: MailingList, folder: Path, server: Server, password: str = PASSWORD) -> list[Sent]:
    with JournalWriter(folder, now) as journal:
        sender = Sender(server, "report@example.jp", partial(connect, server, password), journal, CLOCK)
        return list(sender.send(parcels(team, folder)))


@contextmanager
def quick_folder(folder: Path) -> Iterator[Path]:
    """Give a folder in memory where there is one: a thousand flushes take a minute on a busy disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else folder) as made:
        yield Path(made)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # TLS from the first byte does not count
@pytest.mark.parametrize("tls", [False, True])
def test_500_messages_arrive_exactly_once_with_their_attachments(tmp_path: Path, tls: bool) -> None:
    team = many(500 if not tls else 60)
    with RealServer(tmp_path, tls=tls) as real, quick_folder(tmp_path) as folder:
        server = server_of(real, security="tls" if tls else "starttls")
        send(team, folder, server)
        assert send(team, folder, server) == []
        assert {message.state for message in read_journal(folder).messages} == {"sent"}
    got = Counter(to for to, _ in real.inbox.messages)
    assert got == dict.fromkeys((person.address.wire for person in team.recipients), 1)
    seen = set()
    for to, data in real.inbox.messages:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert [each.addr_spec for each in message["to"].addresses] == [to]
        assert sum(data.count(other.address.wire.encode()) for other in team.recipients[:5]) <= 1
        (attached,) = message.iter_attachments()
        assert attached.get_filename() == "医療_第1号_2026-04-01.docx"
        seen.add((message["message-id"], attached.get_content()))
    assert len({each for each, _ in seen}) == len(team.recipients)
    assert len({content for _, content in seen}) == 1


def test_an_international_mailbox_is_reached(tmp_path: Path) -> None:
    with RealServer(tmp_path) as real:
        (result,) = send(mailing(recipient("山田 <山田@例え.jp>")), tmp_path / "sent", server_of(real))
    assert result.outcome.state == "sent", result.outcome
    ((to, data),) = real.inbox.messages
    assert to == "山田@xn--r8jz45g.jp"
    assert "山田@xn--r8jz45g.jp".encode() in data


def test_a_message_that_is_too_large_for_the_server_is_refused_and_kept(tmp_path: Path) -> None:
    with RealServer(tmp_path, size=2_000) as real:
        (result,) = send(mailing(), tmp_path / "sent", server_of(real))
    assert (result.outcome.state, result.outcome.step) == ("refused", "size")
    assert "サーバーの上限 2,000 バイト" in result.outcome.reply


@pytest.mark.parametrize(
    ("changes", "password", "said"),
    [
        ({}, "wrong", "利用者名かパスワードが違います"),
        ({"user": "nobody"}, PASSWORD, "利用者名かパスワードが違います"),
        ({}, "日本語", "ASCII 以外の文字"),
        ({"ca_file": None}, PASSWORD, "証明書を信用できません"),
        ({"host": "127.0.0.1"}, PASSWORD, "証明書を信用できません"),
        ({"security": "tls"}, PASSWORD, "暗号化した接続を始められません"),
        ({"security": "none"}, PASSWORD, "認証を受け付けません"),
    ],
)
def test_what_is_wrong_with_the_server_is_said_and_nothing_is_lost(
    tmp_path: Path, changes: dict[str, object], password: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "reportkit")
    with RealServer(tmp_path) as real:
        with pytest.raises(ServerError) as caught:
            send(many(2), tmp_path / "sent", server_of(real, **changes), password)
        problem = caught.value.problems[0]
        assert said in problem.what
        assert problem.fix
        assert password not in str(caught.value)
        assert all(password not in record.getMessage() for record in caplog.records)
        assert real.inbox.messages == []
        send(many(2), tmp_path / "sent", server_of(real))
        assert len(real.inbox.messages) == 2


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    with (
        RealServer(tmp_path, host="other.example.jp") as real,
        pytest.raises(ServerError, match="証明書を信用できません"),
    ):
        send(mailing(), tmp_path / "sent", server_of(real))


def test_a_server_without_encryption_gets_nothing(tmp_path: Path) -> None:
    from step_server import StepServer

    with StepServer() as plain:
        with pytest.raises(ServerError, match="STARTTLS を受け付けません"):
            send(mailing(), tmp_path, local(plain.port, security="starttls"))
        assert plain.delivered == []


def test_the_password_comes_from_the_environment_or_the_key_ring_and_nowhere_else() -> None:
    server = Server("mail.example.jp", user="report", password_env="OUR_PASSWORD")
    assert find_password(server, {"OUR_PASSWORD": "x"}) == "x"
    assert find_password(Server("mail.example.jp"), {}) == ""
    with pytest.raises(
        DeliveryError, match=r"環境変数 OUR_PASSWORD に入れるか.*keyring set reportkit:mail\.example\.jp report"
    ):
        find_password(server, {})


def test_the_key_ring_is_asked_when_the_environment_has_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring")
    from keyring.backend import KeyringBackend

    class Ring(KeyringBackend):
        priority = 1  # type: ignore[assignment]

        def get_password(self, service: str, username: str) -> str | None:
            return "from the ring" if (service, username) == ("reportkit:mail.example.jp", "report") else None

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

        def delete_password(self, service: str, username: str) -> None:
            raise NotImplementedError

    old = keyring.get_keyring()
    keyring.set_keyring(Ring())
    try:
        assert find_password(Server("mail.example.jp", user="report"), {}) == "from the ring"
        assert find_password(Server("mail.example.jp", user="report"), {"REPORTKIT_SMTP_PASSWORD": "x"}) == "x"
    finally:
        keyring.set_keyring(old)
