"""A mail server on loopback that fails at a chosen step in a chosen way, and remembers what it really got."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import BinaryIO

# step: connect, ehlo, mail, rcpt, data, body, dot; nth: how often this step was reached before.
# Returns "ok", "4" or "5" (refuse for a time, for good), "drop" (hang up), "hang" (say nothing any more).
Behaviour = Callable[[str, int], str]


class StepServer:
    """Speaks just enough SMTP. delivered: (recipient, message) of all whose final dot came and that were not refused.

    A message of which only the answer got lost counts as delivered: the server has it.
    """

    def __init__(self, behave: Behaviour = lambda _step, _nth: "ok") -> None:
        self.delivered: list[tuple[str, bytes]] = []
        self._behave = behave
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._open: list[socket.socket] = []
        self._closing = False
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> StepServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        # Wakes the thread that waits for a caller.
        socket.create_connection(("127.0.0.1", self.port)).close()
        for thread in self._threads[:1]:
            thread.join(5)
        for connection in self._open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        for thread in self._threads[1:]:
            thread.join(5)
        self._socket.close()

    def recipients(self) -> list[str]:
        """Return who got something, once for every message."""
        return [to for to, _ in self.delivered]

    def step(self, name: str) -> str:
        """Return what is to happen at a step that is reached now."""
        with self._lock:
            nth = self._counts.get(name, 0)
            self._counts[name] = nth + 1
        return self._behave(name, nth)

    def _accept(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            if self._closing:
                connection.close()
                return
            self._open.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            try:
                _Talk(self, connection, lines).run()
            except (OSError, _HungUpError):
                return

    def got(self, to: str, data: bytes, add: bool) -> None:
        """Note a message, or take it back when it was refused in words."""
        with self._lock:
            (self.delivered.append if add else self.delivered.remove)((to, data))


class _HungUpError(Exception):
    """The conversation is over."""


class _Talk:
    """One conversation."""

    def __init__(self, server: StepServer, connection: socket.socket, lines: BinaryIO) -> None:
        self.server, self.connection, self.lines = server, connection, lines
        self.to = ""

    def run(self) -> None:
        self.passes("connect", "220 step server")
        words = {b"EHLO": "ehlo", b"MAIL": "mail", b"RCPT": "rcpt"}
        while line := self.lines.readline():
            word = line[:4].upper()
            if word == b"RCPT":
                self.to = line.decode().partition("<")[2].partition(">")[0]
            if word in words:
                self.passes(words[word], "250 ok")
            elif word == b"DATA":
                if self.passes("data", "354 go on"):
                    self.message()
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, text: str) -> None:
        self.connection.sendall(text.encode() + b"\r\n")

    def passes(self, step: str, fine: str) -> bool:
        """Answer a step; tells whether it was accepted."""
        how = self.server.step(step)
        self.fail(how)
        self.say({"4": "451 try later", "5": "550 never"}.get(how, fine))
        return how == "ok"

    def fail(self, how: str) -> None:
        if how == "hang":
            self.lines.read()  # until the other side gives up
        if how in {"hang", "drop"}:
            raise _HungUpError

    def message(self) -> None:
        """Read a message up to its final dot."""
        got: list[bytes] = []
        how = self.server.step("body")
        while (line := self.lines.readline()) != b".\r\n":
            if not line:
                raise _HungUpError  # before the dot: there is nothing to deliver
            got.append(line[1:] if line.startswith(b"..") else line)
            if len(got) > 5:
                self.fail(how)
        data = b"".join(got)
        self.server.got(self.to, data, add=True)
        if not self.passes("dot", "250 queued"):
            self.server.got(self.to, data, add=False)
