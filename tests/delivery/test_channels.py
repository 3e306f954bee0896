"""A channel of another package: what it does wrong neither loses nor repeats a message."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportkit.base.errors import DeliveryError, Problem
from reportkit.delivery.channels import _Guarded, channel_of
from reportkit.delivery.mailing import Server
from reportkit.delivery.smtp import Outcome, connect

Before = Callable[[], None]


class Channel:
    """Does what it is told: `ask` says whether it asks before sending, then raises or returns."""

    def __init__(self, *, ask: bool, then: object) -> None:
        self.ask, self.then = ask, then

    def send(self, sender: str, to: str, data: bytes, utf8: bool, before_body: Before) -> Outcome:
        if self.ask:
            before_body()
        if isinstance(self.then, Exception):
            raise self.then
        return self.then  # type: ignore[return-value]

    def close(self) -> None:
        raise OSError("closed twice")


def send(channel: Channel, before: Before = lambda: None, password: str = "") -> Outcome:
    return _Guarded(channel, password).send("a@example.jp", "b@example.jp", b"x", False, before)


def test_without_a_name_it_is_smtp() -> None:
    assert channel_of(Server("mail.example.jp")) is connect


def test_a_fault_after_the_intent_leaves_the_message_unknown_and_one_before_leaves_it_waiting() -> None:
    after = send(Channel(ask=True, then=ValueError("kaku")))
    assert (after.state, after.lost, after.reply) == ("unknown", True, "ValueError：kaku")
    before = send(Channel(ask=False, then=ValueError("kaku")))
    assert (before.state, before.lost) == ("pending", True)


def test_an_answer_that_is_none_counts_as_a_fault() -> None:
    assert send(Channel(ask=True, then="sent")).state == "unknown"
    assert send(Channel(ask=False, then=None)).state == "pending"


def test_a_channel_that_sends_without_asking_is_noted_all_the_same() -> None:
    noted: list[int] = []
    assert send(Channel(ask=False, then=Outcome("sent")), lambda: noted.append(1)).state == "sent"
    assert noted == [1]
    assert send(Channel(ask=True, then=Outcome("sent")), lambda: noted.append(2)).state == "sent"
    assert noted == [1, 2]


def test_what_the_journal_says_is_not_the_fault_of_the_channel() -> None:
    def full() -> None:
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        send(Channel(ask=True, then=Outcome("sent")), full)


def test_a_delivery_error_ends_the_batch_and_a_password_is_not_repeated() -> None:
    with pytest.raises(DeliveryError):
        send(Channel(ask=True, then=DeliveryError(Problem("x", "y"))))
    assert "secret" not in send(Channel(ask=False, then=ValueError("secret wrong")), password="secret").reply


def test_a_good_bye_that_fails_changes_nothing() -> None:
    _Guarded(Channel(ask=True, then=Outcome("sent")), "").close()
