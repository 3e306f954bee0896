"""E-mail addresses: what people type in, a checked `Address` out, internationalised ones included.

>>> read_address("山田 太郎 <taro@例え.jp>").wire
'taro@xn--r8jz45g.jp'
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from reportkit.base.text import printable, to_half_width

_ANGLED = re.compile(r"^(?P<name>.*?)\s*<(?P<spec>[^<>]*)>$")
_ATOM = re.compile(r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$")
_ASCII_LABEL = re.compile(r"^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$")
_MOST = 254  # octets of an address in an envelope (RFC 5321)
_MOST_LOCAL = 64
_MOST_LABEL = 63
_MOST_NAME = 200


class AddressFault(ValueError):  # noqa: N818 - it is a fault of the address, worded for the user
    """Why an address cannot be used, and how to mend it, in Japanese."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox. name: for display, may be empty; local and domain: as typed, the domain in lower case."""

    local: str
    domain: str
    name: str = ""

    @property
    def ascii_domain(self) -> str:
        """Return the domain as the wire has it (`xn--…`)."""
        return self.domain if self.domain.isascii() else self.domain.encode("idna").decode("ascii")

    @property
    def wire(self) -> str:
        """Return the address for the envelope."""
        return f"{self.local}@{self.ascii_domain}"

    @property
    def key(self) -> str:
        """Return what two spellings of one mailbox have in common; the journal knows people by it."""
        return f"{unicodedata.normalize('NFKC', self.local).casefold()}@{self.ascii_domain}"

    @property
    def needs_utf8(self) -> bool:
        """Tell whether only servers with SMTPUTF8 can take it."""
        return not self.local.isascii()

    def named(self, name: str) -> Address:
        """Return the address with another name for display."""
        return replace(self, name=name)

    def __str__(self) -> str:
        return f"{self.name} <{self.local}@{self.domain}>" if self.name else f"{self.local}@{self.domain}"


def read_address(text: str, name: str = "") -> Address:
    """Return the address that a text names: `taro@example.jp` or `山田 太郎 <taro@example.jp>`.

    name: goes before the one in the text. Raises `AddressFault`.
    """
    line = text.strip()
    _refuse_controls(line, "アドレス")
    _refuse_controls(name, "名前")
    angled = _ANGLED.match(line)
    spec = angled["spec"].strip() if angled else line
    shown = name.strip() or (angled["name"].strip().strip('"').strip() if angled else "")
    if len(shown) > _MOST_NAME:
        raise AddressFault(f"名前が長すぎます（{len(shown)} 文字）", f"{_MOST_NAME} 文字までにしてください")
    if not spec:
        raise AddressFault("アドレスが空です", "taro@example.jp の形で書いてください")
    if "," in spec or ";" in spec:
        raise AddressFault(f"「{_cut(spec)}」は一つのアドレスではありません", "一人に一つのアドレスを書いてください")
    half = to_half_width(spec)
    if half != spec:
        raise AddressFault(f"「{_cut(spec)}」に全角の文字があります", f"半角で「{_cut(half)}」と書いてください")
    local, at, domain = spec.rpartition("@")
    if not at or not local or not domain or "@" in local:
        raise AddressFault(
            f"「{_cut(spec)}」はメールアドレスの形ではありません", "taro@example.jp の形で書いてください"
        )
    address = Address(_local(local, spec), _domain(domain, spec), shown)
    if len(address.wire.encode()) > _MOST:
        raise AddressFault(f"「{_cut(spec)}」は長すぎます", f"アドレスは {_MOST} 文字までです")
    return address


def _local(local: str, spec: str) -> str:
    local = unicodedata.normalize("NFC", local)
    if len(local.encode()) > _MOST_LOCAL:
        raise AddressFault(f"「{_cut(spec)}」の @ の前が長すぎます", f"{_MOST_LOCAL} 文字までです")
    for atom in local.split("."):
        if not atom:
            fix = "点（.）は先頭、末尾、連続では使えません"
            raise AddressFault(f"「{_cut(spec)}」の @ の前の点の位置が正しくありません", fix)
        rest = "".join(char for char in atom if char.isascii())
        if (rest and not _ATOM.match(rest)) or printable(atom) != atom or any(char.isspace() for char in atom):
            fix = "空白、括弧、引用符などを除いてください"
            raise AddressFault(f"「{_cut(spec)}」の @ の前に使えない文字があります", fix)
    return local


def _domain(domain: str, spec: str) -> str:
    domain = unicodedata.normalize("NFC", domain).lower()
    try:
        wire = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        wire = ""
    labels = wire.split(".")
    if len(labels) < 2:
        raise AddressFault(
            f"「{_cut(spec)}」の @ の後ろがドメイン名ではありません", "example.jp のように書いてください"
        )
    if any(len(label) > _MOST_LABEL or not _ASCII_LABEL.match(label) for label in labels) or labels[-1].isdigit():
        fix = "@ の後ろを確かめてください（IP アドレスは使えません）"
        raise AddressFault(f"「{_cut(spec)}」の @ の後ろはドメイン名として使えません", fix)
    return domain


def _refuse_controls(text: str, what: str) -> None:
    if any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in text):
        raise AddressFault(
            f"{what}「{_cut(printable(text))}」に改行か制御文字があります", "一行の普通の文字だけにしてください"
        )
    if printable(text) != text:
        raise AddressFault(f"{what}「{_cut(printable(text))}」に見えない文字があります", "入力し直してください")


def _cut(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
