"""Calling LibreOffice, and making what it writes repeatable."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from reportkit.base.errors import Problem, RenderError

_PROGRAMS = ("soffice", "libreoffice")
_AT_ONCE = 50  # documents in one call
_SECONDS = 120  # for starting, and as much again for every ten documents
_DATE = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}")
_ID = re.compile(rb"(/ID\s*\[\s*<)([0-9A-F]{32})(>\s*<)([0-9A-F]{32})(>)")
_CHECKSUM = re.compile(rb"(/DocChecksum\s*/)([0-9A-F]{32})")


def find_office(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the program, or None when LibreOffice is not installed."""
    path = environment.get("PATH")
    return next((found for name in _PROGRAMS if (found := shutil.which(name, path=path))), None)


def convert(documents: Mapping[str, bytes], date: str, environment: Mapping[str, str] = os.environ) -> dict[str, bytes]:
    """Return each document as PDF, under the same name.

    documents: names (any text) with the bytes of .docx files. date: ISO date for the PDF's properties.
    Raises `RenderError` when LibreOffice is missing, or names every document of which it made nothing.
    """
    if not documents:
        return {}
    program = find_office(environment)
    if program is None:
        fix = "LibreOffice を入れるか、mail.toml の files を docx だけにしてください"
        raise RenderError(Problem("PDF を作れません：LibreOffice が見つかりません", fix))
    names = list(documents)
    found: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory(prefix="reportkit-pdf-") as folder:
        for start in range(0, len(names), _AT_ONCE):
            chosen = names[start : start + _AT_ONCE]
            found |= _convert({name: documents[name] for name in chosen}, program, Path(folder), environment)
    missing = [name for name in names if name not in found]
    if missing:
        fix = "そのファイルを Word か LibreOffice で開けるか確かめてください"
        raise RenderError([Problem("LibreOffice がこの文書の PDF を作りませんでした", fix, name) for name in missing])
    return {name: _repeatable(data, date) for name, data in found.items()}


def _convert(
    documents: Mapping[str, bytes], program: str, folder: Path, environment: Mapping[str, str]
) -> dict[str, bytes]:
    """Convert in one call; plain file names, so that no name can be taken for an option."""
    source, target = folder / "docx", folder / "pdf"
    for each in (source, target):
        shutil.rmtree(each, ignore_errors=True)
        each.mkdir()
    files = {name: source / f"{number:04d}.docx" for number, name in enumerate(documents)}
    for name, path in files.items():
        path.write_bytes(documents[name])
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "pdf", "--outdir", str(target), *map(str, files.values()),
    ]  # fmt: skip
    try:
        subprocess.run(  # noqa: S603 - the program that was found, our own file names
            command,
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS * (1 + len(files) / 10),
            env={**environment, "TZ": "UTC"},
        )
    except subprocess.TimeoutExpired as error:
        fix = "もう一度実行するか、LibreOffice が単独で動くか確かめてください"
        raise RenderError(Problem("LibreOffice が時間内に PDF を作り終えませんでした", fix)) from error
    except OSError as error:
        what = f"LibreOffice を起動できません（{error.strerror or error}）"
        raise RenderError(Problem(what, "LibreOffice を入れ直してください", program)) from error
    made = {}
    for name, path in files.items():
        pdf = target / f"{path.stem}.pdf"
        if pdf.is_file() and (data := pdf.read_bytes()).startswith(b"%PDF"):
            made[name] = data
    return made


def _repeatable(data: bytes, date: str) -> bytes:
    """Return the PDF with the given date and with ids that follow from its contents; every offset stays."""
    stamp = date.replace("-", "").encode() + b"000000"
    data = _DATE.sub(rb"\g<1>" + stamp, data)
    bare = _CHECKSUM.sub(
        rb"\g<1>" + b"0" * 32, _ID.sub(rb"\g<1>" + b"0" * 32 + rb"\g<3>" + b"0" * 32 + rb"\g<5>", data)
    )
    name = sha256(bare).hexdigest()[:32].upper().encode()
    data = _ID.sub(rb"\g<1>" + name + rb"\g<3>" + name + rb"\g<5>", data)
    return _CHECKSUM.sub(rb"\g<1>" + name, data)
