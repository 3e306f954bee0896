"""Sending to a server that fails: at every step in every way, and what the journal says is what the server got."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from mail_parts import NOW, briefing, local, mailing, many, parcels, recipient
from step_server import Behaviour, StepServer

from reportkit.base.errors import DeliveryError
from reportkit.delivery.journal import JournalWriter, read_journal
from reportkit.delivery.mailing import MailingList, Server
from reportkit.delivery.sending import Clock, Sender, Sent
from reportkit.delivery.smtp import ServerError, connect

CLOCK = Clock(lambda: NOW, time.monotonic, time.sleep)
STEPS = ("connect", "ehlo", "mail", "rcpt", "data", "body", "dot")


def now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat()


def send(team: MailingList, folder: Path, server: Server) -> list[Sent]:
    """Send what is due by the journal in `folder`."""
    with JournalWriter(folder, now) as journal:
        sender = Sender(server, "report@example.jp", partial(connect, server, ""), journal, CLOCK)
        return list(sender.send(parcels(team, folder)))


def check_truth(team: MailingList, folder: Path, server: StepServer) -> Counter[str]:
    """Compare the journal with what the server got; return how many are in which state."""
    got = Counter(server.recipients())
    assert all(number == 1 for number in got.values()), got
    states: Counter[str] = Counter()
    journal = read_journal(folder)
    for person in team.recipients:
        history = journal.to(person.address.key)
        state = history[-1].state if history else "pending"
        states[state] += 1
        if state == "sent":
            assert got[person.address.wire] == 1
        elif state != "unknown":
            assert got[person.address.wire] == 0
    return states


def fails(step: str, how: str, times: int) -> Behaviour:
    return lambda at, nth: how if at == step and nth < times else "ok"


def test_everything_arrives_once_and_as_it_was_drafted(tmp_path: Path) -> None:
    team = many(20)
    drafts = {parcel.letter.to.wire: parcel.dated(NOW) for parcel in parcels(team, tmp_path)}
    with StepServer() as server:
        send(team, tmp_path, local(server.port))
        assert check_truth(team, tmp_path, server) == {"sent": 20}
        assert dict(server.delivered) == drafts
        assert send(team, tmp_path, local(server.port)) == []
        assert len(server.delivered) == 20


@pytest.mark.parametrize(
    ("step", "how"),
    # No answer is given in the middle of a message.
    [(step, how) for step in STEPS for how in ("4", "5", "drop", "hang") if step != "body" or how in {"drop", "hang"}],
)
def test_a_failure_at_any_step_in_any_way_is_told_truthfully(tmp_path: Path, step: str, how: str) -> None:
    """The first attempt fails; whatever may be repeated is repeated, and nobody gets anything twice."""
    team = many(4)
    with StepServer(fails(step, how, 1)) as server:
        try:
            send(team, tmp_path, local(server.port, timeout=1 if how == "hang" else 5))
        except ServerError:
            assert how == "5"
            assert step in {"connect", "ehlo", "mail"}
            assert check_truth(team, tmp_path, server) == {"pending": 4}
        states = check_truth(team, tmp_path, server)
        if step == "body":  # a small message leaves in one piece, its dot too: nobody can know
            assert states == {"unknown": 1, "sent": 3}
        elif (how in {"4", "drop", "hang"} and step != "dot") or (step, how) == ("dot", "4"):
            assert states == {"sent": 4}
        elif step == "dot" and how in {"drop", "hang"}:
            assert states == {"unknown": 1, "sent": 3}
        elif how == "5" and step in {"rcpt", "data", "dot"}:
            assert states == {"refused": 1, "sent": 3}
        send(team, tmp_path, local(server.port))
        final = check_truth(team, tmp_path, server)
        assert final["sent"] + final["unknown"] + final["refused"] == 4


@pytest.mark.parametrize("step", STEPS)
def test_a_server_that_never_recovers_leaves_everything_pending_or_unknown(tmp_path: Path, step: str) -> None:
    team = many(3)
    with StepServer(fails(step, "drop", 10_000)) as server:
        results = send(team, tmp_path, local(server.port))
        states = check_truth(team, tmp_path, server)
        assert states == ({"unknown": 3} if step in {"body", "dot"} else {"pending": 3})
        assert all(sent.outcome.reply for sent in results)
        again = send(team, tmp_path, local(server.port))
        assert (again == []) == (step in {"body", "dot"})


def test_a_large_message_that_breaks_off_before_its_dot_is_pending_and_goes_again(tmp_path: Path) -> None:
    team = mailing(recipient(), size_limit=100_000_000)
    large = [briefing(docx=bytes(8_000_000))]
    with StepServer(fails("body", "drop", 1)) as server, JournalWriter(tmp_path, now) as journal:
        one = local(server.port, timeout=20)
        sender = Sender(one, "report@example.jp", partial(connect, one, ""), journal, CLOCK)
        results = list(sender.send(parcels(team, tmp_path, large)))
        assert [sent.outcome.state for sent in results] == ["pending", "sent"]
        assert check_truth(team, tmp_path, server) == {"sent": 1}


def test_pauses_grow_and_only_what_waits_is_tried_again(tmp_path: Path) -> None:
    waited: list[float] = []
    seconds = [0.0]

    def sleep(duration: float) -> None:
        waited.append(duration)
        seconds[0] += duration

    clock = Clock(lambda: NOW, lambda: seconds[0], sleep)
    team = many(3)
    with StepServer(fails("rcpt", "4", 4)) as stubborn, JournalWriter(tmp_path, now) as journal:
        server = local(stubborn.port, pauses=(10.0, 20.0, 40.0))
        sender = Sender(server, "report@example.jp", partial(connect, server, ""), journal, clock)
        results = list(sender.send(parcels(team, tmp_path)))
        assert [sent.outcome.state for sent in results] == ["pending"] * 4 + ["sent"] * 2 + ["sent"]
        assert [sent.final for sent in results] == [False] * 4 + [True] * 3
        assert sum(waited) == pytest.approx(30, abs=0.1)
        assert check_truth(team, tmp_path, stubborn) == {"sent": 3}


def test_the_rate_is_kept(tmp_path: Path) -> None:
    seconds = [0.0]
    times: list[float] = []

    def sleep(duration: float) -> None:
        seconds[0] += duration

    def note(step: str, _nth: int) -> str:
        if step == "mail":
            times.append(seconds[0])
        return "ok"

    clock = Clock(lambda: NOW, lambda: seconds[0], sleep)
    with StepServer(note) as server, JournalWriter(tmp_path, now) as journal:
        slow = local(server.port, per_minute=30)
        list(Sender(slow, "r@example.jp", partial(connect, slow, ""), journal, clock).send(parcels(many(4), tmp_path)))
    assert times == pytest.approx([0, 2, 4, 6], abs=0.01)


def test_a_server_that_hangs_up_after_some_messages_gets_the_rest_over_new_connections(tmp_path: Path) -> None:
    def behave(step: str, nth: int) -> str:
        return "drop" if step == "mail" and nth % 4 == 3 else "ok"

    team = many(30)
    with StepServer(behave) as server:
        send(team, tmp_path, local(server.port, pauses=()))
        assert check_truth(team, tmp_path, server) == {"sent": 30}


def test_one_bad_address_costs_nobody_else_anything(tmp_path: Path) -> None:
    def behave(step: str, nth: int) -> str:
        return "5" if step == "rcpt" and nth == 2 else "ok"

    team = many(6)
    with StepServer(behave) as server:
        send(team, tmp_path, local(server.port))
        assert check_truth(team, tmp_path, server) == {"sent": 5, "refused": 1}
        assert send(team, tmp_path, local(server.port)) == []
    (refused,) = [message for message in read_journal(tmp_path).messages if message.state == "refused"]
    assert (refused.step, refused.reply) == ("rcpt", "550 never")


def test_nobody_there_and_no_such_name_are_told_and_nothing_is_lost(tmp_path: Path) -> None:
    team = many(2)
    with StepServer() as server:
        port = server.port
    results = send(team, tmp_path, local(port, pauses=()))
    assert [sent.outcome.state for sent in results] == ["pending", "pending"]
    assert "サーバーにつながりません" in results[0].outcome.reply
    results = send(team, tmp_path, local(port, host="no-such-host.invalid", pauses=()))
    assert "名前が見つかりません" in results[0].outcome.reply
    with StepServer() as server:
        send(team, tmp_path, local(server.port))
        assert check_truth(team, tmp_path, server) == {"sent": 2}


def test_an_international_mailbox_needs_a_server_that_can(tmp_path: Path) -> None:
    team = mailing(recipient("山田@example.jp"), recipient("sato@example.jp"))
    with StepServer() as server:
        results = send(team, tmp_path, local(server.port))
        assert [sent.outcome.state for sent in results] == ["refused", "sent"]
        assert "SMTPUTF8" in results[0].outcome.reply


def test_a_journal_that_cannot_be_written_stops_before_the_message(tmp_path: Path) -> None:
    class Full(JournalWriter):
        def intent(self, message_id: str) -> None:
            if len(self.read().messages) > 2:
                raise DeliveryError(())
            super().intent(message_id)

    team = many(5)
    with StepServer() as server, Full(tmp_path, now) as journal:
        sender = Sender(local(server.port), "r@example.jp", partial(connect, local(server.port), ""), journal, CLOCK)
        with pytest.raises(DeliveryError):
            list(sender.send(parcels(team, tmp_path)))
        time.sleep(0.2)
        assert check_truth(team, tmp_path, server) == {"sent": 2, "pending": 3}


def test_stopping_ends_between_two_messages(tmp_path: Path) -> None:
    team = many(5)
    with StepServer() as server, JournalWriter(tmp_path, now) as journal:
        stop: list[bool] = []
        sender = Sender(
            local(server.port),
            "r@example.jp",
            partial(connect, local(server.port), ""),
            journal,
            CLOCK,
            lambda: bool(stop),
        )
        for sent in sender.send(parcels(team, tmp_path)):
            stop += [True] if sent.parcel.message.address == "person2@example.jp" else []
        assert check_truth(team, tmp_path, server) == {"sent": 2, "pending": 3}


def test_a_trial_goes_to_one_mailbox_and_leaves_no_trace(tmp_path: Path) -> None:
    from mail_parts import makers, people

    from reportkit.delivery.addresses import read_address
    from reportkit.delivery.letters import Desk

    team = many(3)
    desk = Desk(team, makers(), read_journal(tmp_path), tmp_path, read_address("me@example.jp"))
    trial = [parcel for person in people(team, tmp_path) for parcel in desk.parcels(person)]
    with StepServer() as server:
        one = local(server.port)
        list(Sender(one, "r@example.jp", partial(connect, one, ""), None, CLOCK).send(trial))
        assert server.recipients() == ["me@example.jp"] * 3
        for _, data in server.delivered:
            assert b"\r\nTo: me@example.jp\r\n" in data
    assert list(tmp_path.iterdir()) == []
