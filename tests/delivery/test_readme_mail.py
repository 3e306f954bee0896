"""The mailing list and the four commands of the README: from an edited case file to the mail in the box."""

from __future__ import annotations

import email
import email.policy
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from real_server import PASSWORD, RealServer

from reportkit.cli.main import cli

CHECKOUT = Path(__file__).parents[2]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
(SECTION,) = re.findall(r"## By e-mail\n(.*?)\n## ", README, re.DOTALL)
(LIST,) = re.findall(r"```toml\n(.*?)```", SECTION, re.DOTALL)
(SHELL,) = re.findall(r"```sh\n(.*?)```", SECTION, re.DOTALL)
COMMANDS = [line.partition(" #")[0].strip() for line in SHELL.splitlines()]


def test_four_commands_lead_from_an_edited_case_to_the_mail_in_the_box(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(COMMANDS) == 4
    shutil.copytree(CHECKOUT / "seeds" / "cases", tmp_path / "seeds")
    case = tmp_path / "seeds" / "sony-group.md"
    edited = case.read_text(encoding="utf-8").replace("| 毎月削減時間 | 5万時間", "| 毎月削減時間 | 6万時間")
    case.write_text(edited, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTKIT_SMTP_PASSWORD", PASSWORD)
    for name in ("REPORTKIT_SEEDS", "REPORTKIT_OUT", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    with RealServer(tmp_path) as real:
        reached = LIST.replace("mail.example.jp", "localhost").replace(
            "[smtp]\n", f'[smtp]\nport = {real.port}\nca-file = "authority.pem"\nper-minute = 100000\n'
        )
        (tmp_path / "mail.toml").write_text(reached, encoding="utf-8")
        outcomes = [CliRunner().invoke(cli, shlex.split(command)[1:]) for command in COMMANDS]
    assert [outcome.exit_code for outcome in outcomes[:2]] == [0, outcomes[1].exit_code]
    boxes = [to for to, _ in real.inbox.messages]
    assert boxes == ["watashi@example.jp", "yamada@example.jp"], [outcome.output for outcome in outcomes]
    message = email.message_from_bytes(real.inbox.messages[1][1], policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    assert "6万時間" in body.get_content()
    assert any("ソニーグループ" in (part.get_filename() or "") for part in message.iter_attachments())
