"""The password of the mail server: from the environment, else from the key ring. Never from a file or an option.

The key ring is that of the system (extra `[keyring]`): service `reportkit:<host>`, user as in `[smtp]`.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportkit.base.errors import DeliveryError, Problem
from reportkit.delivery.mailing import Server


def find_password(server: Server, environment: Mapping[str, str]) -> str:
    """Return the password, "" when the server wants no user. Raises `DeliveryError` that says where to put it."""
    if not server.user:
        return ""
    password = environment.get(server.password_env) or _from_key_ring(server)
    if not password:
        fix = (
            f"環境変数 {server.password_env} に入れるか、鍵束に入れてください"
            f"（pip install 'reportkit-briefings[keyring]' のあと keyring set reportkit:{server.host} {server.user}）"
        )
        raise DeliveryError(Problem(f"{server.host} の利用者 {server.user} のパスワードがありません", fix))
    return password


def _from_key_ring(server: Server) -> str:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(f"reportkit:{server.host}", server.user) or ""
    except KeyringError:  # a machine without a desktop has none
        return ""
