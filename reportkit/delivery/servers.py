"""The table `[smtp]` of a mailing list: how to reach the server. A password in it is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportkit.base.errors import Problem
from reportkit.delivery.addresses import AddressFault, read_address
from reportkit.delivery.mailing import SECURITIES, Server
from reportkit.delivery.wishes import PlaceOf, near

_KEYS = (
    "host", "port", "security", "user", "password-env", "ca-file", "envelope-from", "per-minute", "pauses", "timeout",
    "channel",
)  # fmt: skip
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_HOST = re.compile(r"^[A-Za-z0-9](?:[A-Za-z0-9._:-]*[A-Za-z0-9])?$")
_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")
_CHANNEL = re.compile(r"^[^\x00-\x20\x7f]+$")
_LOCAL = ("localhost", "127.0.0.1", "::1")


def read_server(table: object, folder: Path, place: PlaceOf, problems: list[Problem]) -> Server | None:
    """Return the server, or None when none is named; adds to `problems` what cannot be used."""
    if table is None:
        return None
    if not isinstance(table, dict):
        problems.append(Problem("smtp の書き方が違います", "[smtp] の表にしてください", place("", "")))
        return None
    reader = _Reader(table, place, problems)
    reader.check_keys()
    host = reader.text("host", r"サーバーの名前", _HOST, required=True)
    security = reader.choice("security", SECURITIES, "starttls")
    user = reader.text("user", "利用者名", re.compile(r"^[^\x00-\x1f\x7f]+$"))
    channel = reader.text("channel", "送信の経路（プラグイン）の名前", _CHANNEL)
    if security == "none" and not channel and (user or (host and host not in _LOCAL)):
        fix = (
            'security = "starttls" か "tls" にしてください（"none" は同じ機械のサーバーで、認証なしのときだけ使えます）'
        )
        reader.complain("security", "暗号化なしでは送れません", fix)
    return Server(
        host=host,
        port=int(reader.number("port", _PORTS[security], 1, 65535)),
        security=security,  # type: ignore[arg-type]  # one of SECURITIES
        user=user,
        password_env=reader.text("password-env", "環境変数の名前", _NAME) or "REPORTKIT_SMTP_PASSWORD",
        ca_file=reader.file("ca-file", folder),
        envelope=reader.envelope(),
        per_minute=int(reader.number("per-minute", 60, 1, 100_000)),
        pauses=reader.pauses(),
        timeout=reader.number("timeout", 60, 1, 3600),
        channel=channel,
    )


class _Reader:
    def __init__(self, table: Mapping[str, Any], place: PlaceOf, problems: list[Problem]) -> None:
        self.table, self.place, self.problems = table, place, problems

    def complain(self, key: str, what: str, fix: str) -> None:
        self.problems.append(Problem(what, fix, self.place(key, "")))

    def check_keys(self) -> None:
        for key in self.table:
            if key.casefold() in {"password", "pass", "パスワード"}:
                fix = "この行を消し、環境変数 REPORTKIT_SMTP_PASSWORD か鍵束（keyring）に入れてください"
                self.complain(key, "パスワードは配信リストに書けません", fix)
            elif key not in _KEYS:
                self.complain(key, f"[smtp] に項目「{key[:60]}」はありません", near(key, _KEYS))

    def text(self, key: str, what: str, pattern: re.Pattern[str], *, required: bool = False) -> str:
        value = self.table.get(key, "")
        if value == "" and not required:
            return ""
        if isinstance(value, str) and pattern.match(value):
            return value
        self.complain(key, f"[smtp] の「{key}」（{what}）がないか、使えません", f'{key} = "…" の形で書いてください')
        return ""

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        value = self.table.get(key, default)
        if value in known:
            return str(value)
        self.complain(key, f"[smtp] の「{key}」の値が使えません", f"次のいずれかにしてください：{'、'.join(known)}")
        return default

    def number(self, key: str, default: float, least: float, most: float) -> float:
        value = self.table.get(key, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.complain(key, f"[smtp] の「{key}」の値が使えません", f"{least:g} から {most:g} までの数にしてください")
        return default

    def file(self, key: str, folder: Path) -> Path | None:
        value = self.table.get(key)
        if value is None:
            return None
        path = folder / Path(value).expanduser() if isinstance(value, str) and "\0" not in value else None
        if path is None or not path.is_file():
            self.complain(
                key, f"[smtp] の「{key}」の証明書が見つかりません", "PEM 形式のファイルの名前を書いてください"
            )
        return path

    def envelope(self) -> Any:
        value = self.table.get("envelope-from")
        if value is None:
            return None
        try:
            return read_address(value if isinstance(value, str) else "")
        except AddressFault as fault:
            self.complain("envelope-from", fault.what, fault.fix)
            return None

    def pauses(self) -> tuple[float, ...]:
        value = self.table.get("pauses", [15, 60, 300])
        if isinstance(value, list) and len(value) <= 20:
            seconds = [
                each for each in value if isinstance(each, int | float) and not isinstance(each, bool) and each >= 0
            ]
            if len(seconds) == len(value) and seconds == sorted(seconds) and all(each <= 86_400 for each in seconds):
                return tuple(seconds)
        self.complain(
            "pauses", "[smtp] の「pauses」の値が使えません", "[15, 60, 300] のように、だんだん長い秒数にしてください"
        )
        return (15, 60, 300)
