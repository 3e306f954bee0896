"""A message as bytes: headers that nothing can be smuggled into, HTML and plain text, pictures, attachments.

Written by hand rather than by `email.message`, because the same letter must give the same bytes on every Python: the
boundaries there are random, and how long Japanese headers are folded differs between versions. All of it is 7-bit.
"""

from __future__ import annotations

import datetime
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import quote

from reportkit.base.text import printable
from reportkit.delivery.addresses import Address

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".png": "image/png",
}
_WORD_BYTES = 42  # UTF-8 bytes of an encoded word: 56 in base64, 68 with its frame; 75 are allowed
_PIECE = 54  # characters of one piece of a long parameter
_PLAIN_NAME = re.compile(r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$")
_MOST_PLAIN = 60


@dataclass(frozen=True, slots=True)
class File:
    """Something that travels with a message. name: as the reader sees it; id: content id of a picture, else ""."""

    name: str
    data: bytes
    id: str = ""

    @property
    def media_type(self) -> str:
        """Return the media type that belongs to the name."""
        return MEDIA_TYPES.get(f".{self.name.rpartition('.')[2].lower()}", "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message. id, references: message ids without brackets, oldest first; unsent: to be sent from a mail program.

    note: for whom a trial was meant, "" for the real thing.
    """

    id: str
    date: datetime.datetime
    sender: Address
    to: Address
    subject: str
    html: str
    plain: str
    reply_to: Address | None = None
    pictures: tuple[File, ...] = ()
    attachments: tuple[File, ...] = ()
    references: tuple[str, ...] = ()
    unsent: bool = False
    note: str = ""


def message_bytes(letter: Letter) -> bytes:
    """Return the letter as it goes over the wire, lines ending in CR LF."""
    body = _alternative(letter)
    if letter.attachments:
        body = _multipart("mixed", letter.id, [body, *map(_attachment, letter.attachments)])
    head = "".join(f"{line}\r\n" for line in _headers(letter))
    return (head + body).encode()


def _headers(letter: Letter) -> Iterable[str]:
    yield f"Date: {format_datetime(letter.date)}"
    yield f"From: {_mailbox(letter.sender)}"
    yield f"To: {_mailbox(letter.to)}"
    if letter.reply_to is not None:
        yield f"Reply-To: {_mailbox(letter.reply_to)}"
    yield f"Subject: {_words(_one_line(letter.subject))}"
    yield f"Message-ID: <{letter.id}>"
    if letter.references:
        yield f"In-Reply-To: <{letter.references[-1]}>"
        yield "References: " + "\r\n ".join(f"<{each}>" for each in letter.references)
    yield "Auto-Submitted: auto-generated"
    yield "X-Auto-Response-Suppress: OOF, AutoReply"
    if letter.note:
        yield f"X-Reportkit-Trial-For: {_words(_one_line(letter.note))}"
    if letter.unsent:
        yield "X-Unsent: 1"
    yield "MIME-Version: 1.0"


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def _mailbox(address: Address) -> str:
    name = _one_line(address.name)
    if not name:
        return address.wire
    if _PLAIN_NAME.match(name) and "=?" not in name and len(name) <= _MOST_PLAIN:
        return f'"{name}" <{address.wire}>'
    return f"{_encoded_words(name)}\r\n <{address.wire}>"


def _words(text: str) -> str:
    if text.isascii() and "=?" not in text and len(text) <= _MOST_PLAIN:
        return text
    return _encoded_words(text)


def _encoded_words(text: str) -> str:
    """Return the text as encoded words (RFC 2047), none of which cuts a character."""
    return "\r\n ".join(f"=?utf-8?B?{b64encode(chunk).decode()}?=" for chunk in _chunks(text))


def _chunks(text: str) -> Iterable[bytes]:
    held = b""
    for char in text:
        data = char.encode("utf-8", "replace")
        if held and len(held) + len(data) > _WORD_BYTES:
            yield held
            held = b""
        held += data
    yield held


def _alternative(letter: Letter) -> str:
    html = _text("html", letter.html)
    if letter.pictures:
        html = _multipart("related", letter.id, [html, *map(_picture, letter.pictures)], more='; type="text/html"')
    return _multipart("alternative", letter.id, [_text("plain", letter.plain), html])


def _multipart(kind: str, seed: str, parts: Sequence[str], more: str = "") -> str:
    # "_" never stands in base64, and all parts are base64, so the boundary cannot occur inside of one.
    boundary = f"=_rk_{kind}_{sha256(f'{kind} {seed}'.encode()).hexdigest()[:24]}"
    inner = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"{more}\r\n\r\n{inner}--{boundary}--\r\n'


def _text(kind: str, text: str) -> str:
    data = text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + _base64(data)


def _picture(file: File) -> str:
    return (
        f"Content-Type: {file.media_type}{_name(file.name)}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-ID: <{file.id}>\r\n"
        f"Content-Disposition: inline{_file_name(file.name)}\r\n\r\n{_base64(file.data)}"
    )


def _attachment(file: File) -> str:
    return (
        f"Content-Type: {file.media_type}{_name(file.name)}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment{_file_name(file.name)}\r\n\r\n{_base64(file.data)}"
    )


def _name(name: str) -> str:
    """Return the name for old readers: encoded words in quotes, against the letter of RFC 2047 but widely read."""
    name = _one_line(name)
    if _is_plain(name):
        return f';\r\n name="{name}"'
    return f';\r\n name="{_encoded_words(name)}"'


def _file_name(name: str) -> str:
    """Return the name by RFC 2231, in pieces when it is long."""
    name = _one_line(name)
    if _is_plain(name):
        return f';\r\n filename="{name}"'
    pieces, held = [], ""
    for char in name:
        coded = quote(char.encode("utf-8", "replace"), safe="")
        if held and len(held) + len(coded) > _PIECE:
            pieces.append(held)
            held = ""
        held += coded
    pieces.append(held)
    if len(pieces) == 1:
        return f";\r\n filename*=utf-8''{pieces[0]}"
    pieces[0] = f"utf-8''{pieces[0]}"
    return "".join(f";\r\n filename*{at}*={piece}" for at, piece in enumerate(pieces))


def _is_plain(name: str) -> bool:
    """Tell whether a name may stand in quotes as it is; what looks like an encoded word would be decoded."""
    return name.isascii() and not any(mark in name for mark in ('"', "\\", "=?")) and len(name) <= _MOST_PLAIN


def _base64(data: bytes) -> str:
    text = b64encode(data).decode()
    return "\r\n".join(text[at : at + 76] for at in range(0, len(text), 76)) + "\r\n"
