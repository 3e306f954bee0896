"""One connection to a mail server, one message at a time over it; every failure is told by the step at which it came.

The order matters for the journal: whatever fails before the final dot has sent nothing; once the dot is on its way and
no answer comes, nobody knows.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, Protocol

from reportkit.base.errors import DeliveryError, Problem
from reportkit.base.text import printable
from reportkit.delivery.journal import State
from reportkit.delivery.mailing import Server

Step = Literal["connect", "mail", "rcpt", "data", "body", "size"]

_DOTS = re.compile(rb"(?m)^\.")
_TOO_LARGE = 552  # exceeds size: about this message, not about the sender


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt. reply: the server's words, or what broke. lost: the connection is of no more use."""

    state: State
    step: Step = "body"
    reply: str = ""
    lost: bool = False


class ServerError(DeliveryError):
    """The server cannot be used at all: wrong password, untrusted certificate, sender refused. Trying on is no use."""


class Unreachable(DeliveryError):  # noqa: N818 - the word says it
    """The server cannot be reached now; later it may."""


class Connection(Protocol):
    """What carries messages."""

    def send(self, sender: str, to: str, data: bytes, utf8: bool, before_body: Callable[[], None]) -> Outcome:
        """Send one message; `before_body` runs when the server has agreed to take it, before the first byte of it."""

    def close(self) -> None:
        """Say good-bye, as far as the other side still listens."""


def connect(server: Server, password: str) -> SmtpConnection:
    """Return a connection, encrypted and logged in as the settings say.

    Raises `Unreachable` for what may pass (no network, time-out, 4xx), `ServerError` for what will not.
    """
    try:
        client = _open(server)
    except ssl.SSLCertVerificationError as error:
        raise _untrusted(server, error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise _refused(server, error, password) from error
    try:
        _login(client, server, password)
    except BaseException:
        client.close()
        raise
    return SmtpConnection(client, password)


def _open(server: Server) -> smtplib.SMTP:
    name = _own_name()
    context = ssl.create_default_context()
    if server.ca_file is not None:
        context.load_verify_locations(server.ca_file)
    if server.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=name, timeout=server.timeout, context=context
        )
        client.ehlo_or_helo_if_needed()
        return client
    client = smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=server.timeout)
    try:
        client.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            _encrypt(client, server, context)
    except BaseException:
        client.close()
        raise
    return client


def _encrypt(client: smtplib.SMTP, server: Server, context: ssl.SSLContext) -> None:
    if not client.has_extn("starttls"):
        fix = 'port と security を確かめてください（465 番なら security = "tls"）。暗号化なしでは送りません'
        raise ServerError(Problem("サーバーが STARTTLS を受け付けません", fix, _place(server)))
    code, reply = client.starttls(context=context)
    if code != 220:
        raise smtplib.SMTPResponseException(code, reply)
    client.ehlo_or_helo_if_needed()


def _login(client: smtplib.SMTP, server: Server, password: str) -> None:
    if not server.user:
        return
    try:
        client.login(server.user, password)
    except smtplib.SMTPNotSupportedError as error:
        fix = "port と security を確かめるか、認証の要らないサーバーなら user の行を消してください"
        raise ServerError(
            Problem("サーバーが利用者名とパスワードによる認証を受け付けません", fix, _place(server))
        ) from error
    except smtplib.SMTPAuthenticationError as error:
        reply = _words(error.smtp_code, error.smtp_error, password)
        if error.smtp_code // 100 == 4:
            raise Unreachable(Problem(f"認証が一時的にできません（{reply}）", _LATER, _place(server))) from None
        fix = f"user と、環境変数 {server.password_env} か鍵束のパスワードを確かめてください"
        raise ServerError(Problem(f"利用者名かパスワードが違います（{reply}）", fix, _place(server))) from None
    except UnicodeEncodeError:
        fix = "利用者名とパスワードを半角の英数字と記号にしてください"
        raise ServerError(Problem("利用者名かパスワードに ASCII 以外の文字があります", fix, _place(server))) from None
    except (smtplib.SMTPException, OSError) as error:
        raise _refused(server, error, password) from None


_LATER = "しばらくしてから、もう一度 reportkit mail send を実行してください"


class SmtpConnection:
    """An open connection."""

    def __init__(self, client: smtplib.SMTP, password: str) -> None:
        self._client, self._password = client, password
        if client.sock is not None:  # the final dot is a small packet: it must not wait for an acknowledgement
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._listening = True  # False in the middle of a message, and when the line is dead

    def send(self, sender: str, to: str, data: bytes, utf8: bool, before_body: Callable[[], None]) -> Outcome:
        """Send one message and return what became of it; nothing but an error of `before_body` is raised."""
        client = self._client
        if utf8 and not client.has_extn("smtputf8"):
            return Outcome("refused", "rcpt", "サーバーが国際化されたアドレス（SMTPUTF8）を扱えません")
        limit = _size_limit(client)
        if limit and len(data) > limit:
            return Outcome("refused", "size", f"サーバーの上限 {limit:,} バイトを超えます（{len(data):,} バイト）")
        step: Step = "mail"
        try:
            options = ["SMTPUTF8", "BODY=8BITMIME"] if utf8 else []
            code, reply = client.mail(sender, [*options, *([f"SIZE={len(data)}"] if limit is not None else [])])
            if code == 250:
                step = "rcpt"
                code, reply = client.rcpt(to)
            if code in {250, 251}:
                step = "data"
                code, reply = client.docmd("DATA")
                if code == 354:
                    self._listening = False
                    before_body()
                    return self._body(data)
            return self._refusal(step, code, reply)
        except (smtplib.SMTPException, OSError) as error:
            self._listening = False
            return Outcome("pending", step, self._broken(error), lost=True)

    def close(self) -> None:
        """Say good-bye, as far as the other side still listens; in the middle of a message, hang up."""
        if self._listening:
            with suppress(smtplib.SMTPException, OSError):
                self._client.quit()
        self._client.close()

    def _body(self, data: bytes) -> Outcome:
        quoted = _DOTS.sub(b"..", data)
        if not quoted.endswith(b"\r\n"):
            quoted += b"\r\n"
        try:
            self._client.send(quoted)
        except (smtplib.SMTPException, OSError) as error:
            # The message has no end without the dot: the server must throw away what it got.
            return Outcome("pending", "body", self._broken(error), lost=True)
        try:
            self._client.send(b".\r\n")
            code, reply = self._client.getreply()
        except (smtplib.SMTPException, OSError) as error:
            return Outcome("unknown", "body", self._broken(error), lost=True)
        self._listening = True
        if code == 250:
            return Outcome("sent", "body", self._words(code, reply))
        if code // 100 not in {2, 4, 5}:
            return Outcome("unknown", "body", self._words(code, reply), lost=True)
        return self._refusal("body", code, reply)

    def _refusal(self, step: Step, code: int, reply: bytes) -> Outcome:
        words = self._words(code, reply)
        if code // 100 == 5:
            if step == "mail" and code != _TOO_LARGE:
                fix = "from（または envelope-from）のアドレスで送れるか、認証の設定を確かめてください"
                raise ServerError(Problem(f"サーバーが差出人を受け付けません（{words}）", fix))
            self._reset()
            return Outcome("refused", "size" if code == _TOO_LARGE else step, words)
        lost = code == 421 or code // 100 != 4
        if not lost:
            self._reset()
        return Outcome("pending", step, words, lost=lost)

    def _reset(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._client.rset()

    def _words(self, code: int, reply: bytes) -> str:
        return _words(code, reply, self._password)

    def _broken(self, error: Exception) -> str:
        return without_password(printable(_reason(error)), self._password)


def _size_limit(client: smtplib.SMTP) -> int | None:
    """Return the largest message that the server takes; 0 when it does not say how large, None without SIZE."""
    if not client.has_extn("size"):
        return None
    value = client.esmtp_features["size"]
    return int(value) if value.isdigit() else 0


def _own_name() -> str:
    """Return what to call ourselves; `smtplib` would ask the name server, which may take long."""
    name = socket.gethostname()
    return name if name.isascii() and "." in name else "[127.0.0.1]"


def _refused(server: Server, error: Exception, password: str) -> DeliveryError:
    match error:
        case DeliveryError():
            return error
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=reply):
            words = _words(code, reply, password)
            if code // 100 == 5:
                fix = "host、port、security を確かめるか、サーバーの管理者に尋ねてください"
                return ServerError(Problem(f"サーバーが接続を断りました（{words}）", fix, _place(server)))
            return Unreachable(Problem(f"サーバーがいま受け付けません（{words}）", _LATER, _place(server)))
        case socket.gaierror():
            fix = "host の綴りとネットワークの接続を確かめてください"
            return Unreachable(Problem(f"サーバー「{server.host}」の名前が見つかりません", fix, _place(server)))
        case ssl.SSLError():
            fix = 'port と security の組（587 なら "starttls"、465 なら "tls"）を確かめてください'
            return ServerError(Problem(f"暗号化した接続を始められません（{_reason(error)}）", fix, _place(server)))
        case _:
            fix = "ネットワークの接続と、host、port を確かめてください"
            return Unreachable(Problem(f"サーバーにつながりません（{_reason(error)}）", fix, _place(server)))


def _untrusted(server: Server, error: ssl.SSLCertVerificationError) -> ServerError:
    what = f"サーバーの証明書を信用できません（{error.verify_message}）"
    fix = "host の名前を確かめてください。組織内の認証局なら、その証明書を ca-file で指定してください"
    return ServerError(Problem(what, fix, _place(server)))


def _place(server: Server) -> str:
    return f"{server.host}:{server.port}"


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "時間切れ"
    if isinstance(error, OSError) and error.strerror and not isinstance(error, smtplib.SMTPException):
        return error.strerror
    text = str(error) or type(error).__name__
    return text.replace("Connection unexpectedly closed", "接続が切れました").replace("timed out", "時間切れ")


def _words(code: int, reply: bytes | str, password: str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return without_password(" ".join(printable(f"{code} {text}").split()), password)


def without_password(text: str, password: str) -> str:
    """Return a server's words without the password, should it echo it, as it is or in base64."""
    if password:
        for secret in (password, base64.b64encode(password.encode()).decode()):
            text = text.replace(secret, "●●●")
    return text
