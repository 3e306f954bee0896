"""What people decide about mail: an unknown message arrived, a refused one may go again, a draft went by hand."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Sequence
from typing import Literal

from reportkit.base.errors import Problem, ProjectError
from reportkit.delivery.due import Person
from reportkit.delivery.journal import Journal, JournalWriter, Message
from reportkit.project.mail import Mail

BY_HAND = "手で送信"


def decide(mail: Mail, who: Sequence[str], outcome: Literal["sent", "not-sent"]) -> tuple[Message, ...]:
    """Record what became of the messages to these people, and return them.

    who: addresses, names, or beginnings of message ids. Those whose fate is unknown or that were refused are meant; for
    people without any, "sent" means that the drafts that are due were sent by hand.
    Raises `ProjectError` naming everybody for whom there is nothing to decide.
    """
    with JournalWriter(mail.sent_folder, _now) as writer:
        journal = writer.read()
        decided: list[Message] = []
        problems: list[Problem] = []
        for word in who:
            found = _open_messages(journal, word)
            if not found and outcome == "sent":
                found = _by_hand(mail, word, writer)
            if not found:
                problems.append(_nothing(journal, word))
            decided.extend(found)
        if problems:
            raise ProjectError(problems)
        for message in dict.fromkeys(decided):
            writer.receipt(message.id, outcome, BY_HAND if message.state == "pending" else "人の判断", message.step)
    return tuple(dict.fromkeys(decided))


def find_people(people: Sequence[Person], who: Sequence[str]) -> tuple[Person, ...]:
    """Return the people who are meant by addresses or names. Raises `ProjectError` with the nearest names."""
    found: list[Person] = []
    problems: list[Problem] = []
    for word in who:
        meant = [person for person in people if _is(word, person.recipient.address.key, person.recipient.name)]
        if not meant:
            known = [each for person in people for each in (person.recipient.name, person.recipient.address.wire)]
            near = difflib.get_close_matches(word, known, 3, 0.5)
            fix = f"もしかして：{'、'.join(near)}" if near else "配信リストの名前かアドレスを指定してください"
            problems.append(Problem(f"「{word}」という人は配信リストにいません", fix))
        found.extend(person for person in meant if person not in found)
    if problems:
        raise ProjectError(problems)
    return tuple(found)


def _is(word: str, key: str, name: str) -> bool:
    return word.strip().casefold() == key or word.strip() == name


def _open_messages(journal: Journal, word: str) -> list[Message]:
    return [
        message
        for message in journal.messages
        if message.state in {"unknown", "refused"}
        and (_is(word, message.to, message.name) or (len(word) >= 8 and message.id.startswith(word)))
    ]


def _by_hand(mail: Mail, word: str, writer: JournalWriter) -> list[Message]:
    people = [person for person in mail.people if _is(word, person.recipient.address.key, person.recipient.name)]
    messages = []
    for person in people:
        for parcel in mail.desk().parcels(person):
            mail.keep_documents(parcel.message.items)
            writer.message(parcel.message)
            messages.append(parcel.message)
    return messages


def _nothing(journal: Journal, word: str) -> Problem:
    names = {name for message in journal.messages for name in (message.name, message.address)}
    near = difflib.get_close_matches(word, sorted(names), 3, 0.5)
    hint = f"もしかして：{'、'.join(near)}" if near else "reportkit mail status で宛先を確かめてください"
    return Problem(f"「{word}」宛てに、決めることのあるメールはありません", hint)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
