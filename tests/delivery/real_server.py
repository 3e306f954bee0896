"""aiosmtpd on loopback as companies run their servers: STARTTLS or TLS with a certificate, and a password."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "report", "s3cret+/="


class Inbox:
    """Keeps what arrives: recipient and bytes."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, bytes]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - their name
        content = envelope.content
        assert isinstance(content, bytes)
        self.messages.extend((to, content) for to in envelope.rcpt_tos)
        return "250 kept"


class RealServer:
    """A running server. authority: what signed its certificate; trusted: a file with that authority for clients."""

    def __init__(self, folder: Path, *, tls: bool = False, host: str = "localhost", size: int = 33_554_432) -> None:
        self.inbox = Inbox()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        authority = trustme.CA()
        self.trusted = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.trusted))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(host).configure_cert(context)
        self._controller = Controller(
            self.inbox,
            hostname="127.0.0.1",
            port=self.port,
            server_hostname="mail.example.jp",
            data_size_limit=size,
            enable_SMTPUTF8=True,
            authenticator=_check,
            auth_required=True,
            auth_require_tls=not tls,
            auth_exclude_mechanism=["LOGIN"],
            **({"ssl_context": context} if tls else {"tls_context": context, "require_starttls": True}),
        )

    def __enter__(self) -> RealServer:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


def _check(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object) -> AuthResult:
    fine = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=fine, handled=fine)
