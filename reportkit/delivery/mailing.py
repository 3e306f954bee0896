"""Who gets what, as data: people, the server, and the rules of one mailing list."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportkit.delivery.addresses import Address

Edition = Literal["reader", "review"]
Language = Literal["ja", "en"]
FileKind = Literal["docx", "pdf"]
When = Literal["changed", "always"]
TooLarge = Literal["pdf", "split", "refuse"]
Security = Literal["starttls", "tls", "none"]

EDITIONS: tuple[Edition, ...] = ("reader", "review")
LANGUAGES: tuple[Language, ...] = ("ja", "en")
FILE_KINDS: tuple[FileKind, ...] = ("docx", "pdf")
WHENS: tuple[When, ...] = ("changed", "always")
TOO_LARGE: tuple[TooLarge, ...] = ("pdf", "split", "refuse")
SECURITIES: tuple[Security, ...] = ("starttls", "tls", "none")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person and what this person wants.

    subjects: ids of briefings (`sector/医療`, `case/863`, `overview`), each once, in the order of naming.
    when: "changed" = only when facts differ from those of the last issue; "always" = every issue.
    place: where the person stands in the lists, for messages.
    """

    address: Address
    honorific: str
    subjects: tuple[str, ...]
    edition: Edition = "reader"
    language: Language = "ja"
    files: tuple[FileKind, ...] = ("docx",)
    when: When = "changed"
    place: str = ""

    @property
    def name(self) -> str:
        """Return the person's name, or the address of somebody without one."""
        return self.address.name or f"{self.address.local}@{self.address.domain}"


@dataclass(frozen=True, slots=True)
class Server:
    """How to reach the mail server.

    password_env: name of the environment variable that holds the password; never the password itself.
    ca_file: certificates to trust besides the system's, for a server of one's own. envelope: where bounces go.
    channel: name of a plug-in that carries the messages instead of SMTP; "" for none.
    per_minute: messages at most. pauses: seconds before each further round for what failed for a time.
    """

    host: str
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password_env: str = "REPORTKIT_SMTP_PASSWORD"  # noqa: S105 - a name, not a secret
    ca_file: Path | None = None
    envelope: Address | None = None
    per_minute: int = 60
    pauses: tuple[float, ...] = (15, 60, 300)
    timeout: float = 60
    channel: str = ""


@dataclass(frozen=True, slots=True)
class MailingList:
    """A mailing list as read from `mail.toml` and the tables that it names.

    name: what the journal knows it by. size_limit: bytes of a whole message on the wire.
    signature: lines under the cover note. server: None when only drafts are wanted.
    """

    name: str
    sender: Address
    recipients: tuple[Recipient, ...]
    reply_to: Address | None = None
    server: Server | None = None
    size_limit: int = 10_000_000
    too_large: TooLarge = "pdf"
    signature: tuple[str, ...] = ()
    path: Path = Path("mail.toml")
