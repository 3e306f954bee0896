"""What went to whom: a journal that is written before and after every message, so that nobody gets one twice.

One line of JSON for each event, flushed to the disk before anything else happens:

    message   what is to be sent to whom: the briefings with the digests of their facts
    intent    from here on the message may be on its way
    receipt   what became of it: sent, refused, pending (not sent, may be tried again), not-sent (a person said so)
    approval  a person said yes to sending to these people for the first time

An intent without a receipt is `unknown`: the program ended in between, and only a person can find out. Behind every
intent there is room for its receipt, so that a full disk cannot hide that a message was sent.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from reportkit.base.errors import DeliveryError, Problem

State = Literal["pending", "sent", "refused", "unknown", "not-sent"]

_VERSION = 1
_ROOM = 1024  # bytes kept free for a receipt, its line end included
_MOST_REPLY = 300


@dataclass(frozen=True, slots=True)
class Item:
    """A briefing in a message. digest: of its facts; document: sha256 of the .docx, the name under which it is kept."""

    subject: str
    digest: str
    issue: int
    title: str = ""
    date: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the journal knows it, with what became of it.

    to: key of the mailbox; address: as it was written; at: time of the last event, ISO; reply: the server's last words.
    step: where a refusal came: connect, mail, rcpt, data, body.
    """

    id: str
    list: str
    to: str
    address: str
    name: str
    items: tuple[Item, ...]
    state: State = "pending"
    at: str = ""
    reply: str = ""
    step: str = ""
    started: bool = False


@dataclass(frozen=True)
class Journal:
    """Everything that was recorded, messages in the order in which they were first named."""

    messages: tuple[Message, ...] = ()
    approved: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def to(self, key: str) -> tuple[Message, ...]:
        """Return the messages to a mailbox."""
        return self._by_mailbox.get(key, ())

    @property
    def _by_mailbox(self) -> dict[str, tuple[Message, ...]]:
        cached: dict[str, tuple[Message, ...]] | None = self.__dict__.get("_index")
        if cached is None:
            cached = {}
            for message in self.messages:
                cached[message.to] = (*cached.get(message.to, ()), message)
            self.__dict__["_index"] = cached
        return cached


def journal_path(folder: Path) -> Path:
    """Return the journal's file in the folder of what was sent (`.reportkit/sent`)."""
    return folder / "journal.jsonl"


def read_journal(folder: Path) -> Journal:
    """Return what the journal says; an empty one when there is none.

    Raises `DeliveryError` when it is damaged: what is unknown must not look as if it had never been sent.
    """
    path = journal_path(folder)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Journal()
    except OSError as error:
        raise _unusable(path, f"送信記録を読めません（{error.strerror or error}）") from error
    return _fold(_records(data, path), path)


def _records(data: bytes, path: Path) -> Iterable[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(data.split(b"\n")[:-1], start=1):  # what has no line end was never finished
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict) or record["v"] != _VERSION:
                raise ValueError(line[:80])
        except (ValueError, KeyError) as error:
            if line.startswith(b'{"v": 1, "record": "receipt"'):
                continue  # torn while it was written into its room: the intent before it stays without a receipt
            raise _unusable(path, f"送信記録の {number} 行目が壊れています") from error
        yield number, record


def _fold(records: Iterable[tuple[int, dict[str, Any]]], path: Path) -> Journal:
    messages: dict[str, Message] = {}
    approved: dict[str, frozenset[str]] = {}
    for number, record in records:
        try:
            match record["record"]:
                case "message":
                    message = _message(record)
                    old = messages.get(message.id)
                    messages[message.id] = message if old is None else replace(message, state=old.state, at=old.at)
                case "intent":
                    messages[record["id"]] = replace(
                        messages[record["id"]], state="unknown", at=record["at"], reply="", step="", started=True
                    )
                case "receipt":
                    messages[record["id"]] = replace(
                        messages[record["id"]],
                        state=record["outcome"],
                        at=record["at"],
                        reply=record.get("reply", ""),
                        step=record.get("step", ""),
                    )
                case "approval":
                    approved[record["list"]] = approved.get(record["list"], frozenset()) | frozenset(record["to"])
        except (KeyError, TypeError, ValueError) as error:
            raise _unusable(path, f"送信記録の {number} 行目が壊れています") from error
    return Journal(tuple(messages.values()), approved)


def _message(record: dict[str, Any]) -> Message:
    items = tuple(Item(**item) for item in record["items"])
    return Message(
        id=str(record["id"]),
        list=str(record["list"]),
        to=str(record["to"]),
        address=str(record["address"]),
        name=str(record["name"]),
        items=items,
        at=str(record["at"]),
    )


def _unusable(path: Path, what: str) -> DeliveryError:
    fix = "二重送信を防ぐため送信しません。控えから戻すか、壊れた行を直してください（消した分は未送信になります）"
    return DeliveryError(Problem(what, fix, str(path)))


class JournalWriter:
    """The journal, open for writing by this process alone.

    now: returns the time as ISO text. Every method but `message` returns when its line is on the disk; they
    raise `DeliveryError` when it cannot be written.
    """

    def __init__(self, folder: Path, now: Callable[[], str]) -> None:
        self.folder, self._now = folder, now
        self._room = -1  # where the receipt of the last intent goes
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
            _take(self._lock, folder)
            self._file = os.open(journal_path(folder), os.O_RDWR | os.O_CREAT, 0o600)
            _sync_folder(folder)
        except OSError as error:
            raise _full(folder, error) from error
        self._cut_unfinished()

    def __enter__(self) -> JournalWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)
        os.close(self._lock)

    def read(self) -> Journal:
        """Return what stands in it now."""
        return read_journal(self.folder)

    def message(self, message: Message) -> None:
        """Record what is to be sent, before the first attempt."""
        items = [asdict(item) for item in message.items]
        keys = ("id", "list", "to", "address", "name")
        record = {"record": "message", **{key: getattr(message, key) for key in keys}, "items": items}
        self._append(record, flush=False)  # the intent behind it flushes both

    def intent(self, message_id: str) -> None:
        """Record that the message may be on its way from now on."""
        end = self._append({"record": "intent", "id": message_id}, room=_ROOM)
        self._room = end - _ROOM

    def receipt(self, message_id: str, outcome: State, reply: str = "", step: str = "") -> None:
        """Record what became of a message; takes the room behind the intent when there is some."""
        record = {"record": "receipt", "id": message_id, "outcome": outcome, "step": step}
        if reply:
            record["reply"] = reply[:_MOST_REPLY]
        if self._room < 0:
            self._append(record)
            return
        line = self._line(record)
        while len(line) > _ROOM:
            record["reply"] = record["reply"][: len(record["reply"]) // 2]
            line = self._line(record)
        try:
            os.lseek(self._file, self._room, os.SEEK_SET)
            os.write(self._file, line[:-1].ljust(_ROOM - 1) + b"\n")
            os.fsync(self._file)
        except OSError as error:
            raise _full(self.folder, error) from error
        self._room = -1

    def approval(self, mailing: str, to: Iterable[str]) -> None:
        """Record that a person agreed to send to these mailboxes of a list."""
        self._append({"record": "approval", "list": mailing, "to": sorted(to)})

    def _line(self, record: Mapping[str, Any]) -> bytes:
        whole = {"v": _VERSION, "record": record["record"], "at": self._now(), **record}
        return json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace") + b"\n"

    def _append(self, record: Mapping[str, Any], room: int = 0, *, flush: bool = True) -> int:
        data = self._line(record)
        if room:
            data += b" " * (room - 1) + b"\n"
        start = os.lseek(self._file, 0, os.SEEK_END)
        try:
            written = os.write(self._file, data)
            if written < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if flush:
                os.fsync(self._file)
        except OSError as error:
            os.ftruncate(self._file, start)  # half a line must not hide the next one
            raise _full(self.folder, error) from error
        self._room = -1
        return start + len(data)

    def _cut_unfinished(self) -> None:
        """Cut off a last line without an end: the program ended while writing it, before it acted on it."""
        os.lseek(self._file, 0, os.SEEK_SET)
        data = b"".join(iter(lambda: os.read(self._file, 1 << 20), b""))
        if data and not data.endswith(b"\n"):
            os.ftruncate(self._file, data.rfind(b"\n") + 1)
            os.fsync(self._file)


def _take(lock: int, folder: Path) -> None:
    """Take the lock, or say that another process is sending. It falls off when its process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows: a byte of the file is locked instead
        import msvcrt

        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError as error:
            raise _busy(folder) from error
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise _busy(folder) from error


def _busy(folder: Path) -> DeliveryError:
    return DeliveryError(
        Problem("別の reportkit がいま送信しています", "その送信が終わってから、もう一度実行してください", str(folder))
    )


def _full(folder: Path, error: OSError) -> DeliveryError:
    what = f"送信記録を書き込めません（{error.strerror or error}）"
    fix = "空き容量と権限を確かめて、もう一度実行してください（記録できない宛先には送っていません）"
    return DeliveryError(Problem(what, fix, str(journal_path(folder))))


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be flushed there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
