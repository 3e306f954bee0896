"""Against Postfix with STARTTLS, when it is installed and we may start it: every message in its box, once, unharmed."""

from __future__ import annotations

import email
import email.policy
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from mail_parts import briefing, local, many, parcels
from test_real_server import send

from reportkit.delivery.mailing import Server

pytestmark = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0 or shutil.which("postfix") is None,
    reason="Postfix is not installed, or we are not root (see .ci/run)",
)

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.jp
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
virtual_mailbox_domains = example.jp, xn--r8jz45g.jp
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = {folder}/chain.pem
smtpd_client_connection_rate_limit = 0
smtpd_relay_restrictions = permit_mynetworks, reject
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@pytest.fixture
def postfix() -> Iterator[tuple[Server, Path]]:
    """Start an instance of its own; yields how to reach it and the folder with the box."""
    folder = Path(tempfile.mkdtemp(prefix="reportkit-postfix-"))
    folder.chmod(0o755)
    user = pwd.getpwnam("postfix")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    (folder / "chain.pem").write_bytes(authority.issue_cert("localhost").private_key_and_cert_chain_pem.bytes())
    for name in ("queue", "data", "boxes"):
        (folder / name).mkdir()
    for name in ("data", "boxes"):
        os.chown(folder / name, user.pw_uid, user.pw_gid)
    settings = folder / "etc"
    settings.mkdir()
    (settings / "main.cf").write_text(MAIN.format(folder=folder, uid=user.pw_uid, gid=user.pw_gid))
    (settings / "master.cf").write_text(MASTER.format(port=port))
    started = subprocess.run(["postfix", "-c", str(settings), "start"], capture_output=True, text=True, check=False)
    try:
        if started.returncode != 0:
            pytest.skip(f"Postfix does not start here: {started.stderr[-300:]}")
        yield local(port, host="localhost", security="starttls", ca_file=folder / "authority.pem", timeout=30), folder
    finally:
        subprocess.run(["postfix", "-c", str(settings), "stop"], capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def test_postfix_delivers_500_messages_exactly_once(postfix: tuple[Server, Path], tmp_path: Path) -> None:
    server, folder = postfix
    team = many(500)
    drafts = {parcel.letter.to.wire: parcel for parcel in parcels(team, tmp_path / "sent")}
    results = send(team, tmp_path / "sent", server, "")
    assert Counter(sent.outcome.state for sent in results) == {"sent": 500}
    box = folder / "boxes" / "all" / "new"
    until = time.monotonic() + 120
    while time.monotonic() < until and (not box.is_dir() or len(list(box.iterdir())) < 500):
        time.sleep(0.5)
    assert send(team, tmp_path / "sent", server, "") == []
    arrived = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in box.iterdir()]
    assert Counter(message["x-original-to"] for message in arrived) == dict.fromkeys(drafts, 1)
    for message in arrived:
        letter = drafts[message["x-original-to"]].letter
        assert message["subject"] == letter.subject
        assert message["message-id"] == f"<{letter.id}>"
        (attached,) = message.iter_attachments()
        assert (attached.get_filename(), attached.get_content()) == (letter.attachments[0].name, briefing().docx)
        plain = message.get_body(("plain",))
        assert plain is not None
        assert plain.get_content().replace("\r\n", "\n") == letter.plain
