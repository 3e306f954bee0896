"""What carries messages: SMTP, or a channel of another package that the mailing list names (`channel = "…"`).

A channel is a function `(server, password) -> Connection` (see `delivery.smtp`). It raises `Unreachable` for what may
pass and `ServerError` for what will not; whatever else it raises while a message is on its way counts as "unknown":
the journal then waits for a person's word, and the message is never sent twice.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from reportkit.base import plugins
from reportkit.base.errors import DeliveryError, Problem, ProjectError
from reportkit.base.text import printable
from reportkit.delivery.mailing import Server
from reportkit.delivery.smtp import Connection, Outcome, connect, without_password

Connect = Callable[[Server, str], Connection]


def channel_of(server: Server) -> Connect:
    """Return how to reach the server.

    Raises `ProjectError` when no package brings the channel that is asked for, or when it cannot be loaded.
    """
    if not server.channel:
        return connect
    known = plugins.loaded(plugins.CHANNELS)
    if server.channel not in known:
        there = (
            f"使えるのは次のものです：{'、'.join(known)}" if known else "送信の経路を加えるパッケージが入っていません"
        )
        fix = f"{there}。SMTP で送るなら [smtp] の channel の行を消してください"
        raise ProjectError(Problem(f"送信の経路「{server.channel}」がありません", fix))
    plugin, make = known[server.channel]

    def open_channel(server: Server, password: str) -> Connection:
        try:
            return _Guarded(make(server, password), password)
        except DeliveryError:
            raise
        except Exception as error:
            raise plugin.fault(f"つながりません（{type(error).__name__}：{error}）") from error

    return open_channel


class _Guarded:
    """A connection of another package, whose faults must not lose or repeat what the journal knows."""

    def __init__(self, connection: Connection, password: str) -> None:
        self._connection, self._password = connection, password

    def send(self, sender: str, to: str, data: bytes, utf8: bool, before_body: Callable[[], None]) -> Outcome:
        """Send one message; what the channel raises after it was allowed to send leaves the message unknown."""
        allowed: list[bool] = []
        ours: list[BaseException] = []

        def allow() -> None:
            try:
                before_body()
            except BaseException as error:
                ours.append(error)
                raise
            allowed.append(True)

        try:
            outcome = self._connection.send(sender, to, data, utf8, allow)
            if not isinstance(outcome, Outcome):
                raise TypeError(f"{type(outcome).__name__} が返りました")
        except DeliveryError:
            raise
        except Exception as error:
            if error in ours:
                raise
            why = without_password(printable(f"{type(error).__name__}：{error}"), self._password)
            return Outcome("unknown", "body", why, lost=True) if allowed else Outcome("pending", "mail", why, lost=True)
        if outcome.state in {"sent", "unknown"} and not allowed:
            before_body()  # the journal must know of it before it knows how it ended
        return outcome

    def close(self) -> None:
        """Say good-bye; that it fails changes nothing of what was noted."""
        with suppress(Exception):
            self._connection.close()
