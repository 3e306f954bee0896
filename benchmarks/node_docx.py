"""npm docx as a peer: a node process that stays warm, asked for one document after another.

It is installed apart from the project, into any folder, whose `node_modules` is then named by `--modules`:

    npm install --prefix FOLDER docx
    python -m benchmarks.speed --modules FOLDER/node_modules
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.content import Content

_SCRIPT = Path(__file__).parent / "npm_docx.js"


class NodeDocx:
    """npm docx in a process that stays warm; it measures itself, without the way of the data to it."""

    def __init__(self, modules: Path) -> None:
        """Start the process. Raises `FileNotFoundError` when node or the package is not there."""
        node = shutil.which("node")
        if node is None or not (modules / "docx").is_dir():
            raise FileNotFoundError("node" if node is None else str(modules / "docx"))
        self._process = subprocess.Popen(  # noqa: S603
            [node, "--expose-gc", str(_SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            encoding="utf-8", env={**os.environ, "NODE_PATH": str(modules.resolve())},
        )  # fmt: skip

    def seconds(self, content: Content, pictures: Sequence[bytes], path: Path) -> float:
        """Write a document and return the seconds of processors that it took."""
        items = [{"kind": one.kind, "level": one.level, "words": one.words, "rows": one.rows} for one in content.items]
        job = {"title": content.title, "items": items, "path": str(path.resolve())}
        job["pictures"] = [base64.b64encode(each).decode() for each in pictures]
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"npm docx: {self._process.wait()}")
        return float(json.loads(answer)["seconds"])

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
