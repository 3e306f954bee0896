"""Starting a project: a folder with `seeds/`, `templates/` and `reportkit.toml`, ready to be filled."""

from __future__ import annotations

from pathlib import Path

from reportkit.base.errors import Problem, ProjectError
from reportkit.base.files import write_atomic
from reportkit.project.settings import FILE_NAME

_SETTINGS = """\
# reportkit の設定。どの項目も省けます。フォルダーはこのファイルからの相対パスで書きます。

seeds = "seeds"          # 資料（.md、.txt、.json）。下の階層も読みます。ファイル名は自由です
out = "out"              # できた文書を置く場所
templates = "templates"  # 自分用のテンプレート。同じ名前のファイルが組み込みのものに代わります
organisation = ""        # 表紙に載せる発行元
charts = "native"        # native：Word で編集できるグラフ／picture：画像
issue = 1                # 号数。2 以上なら前の号を out/issues に残し、変更点を示します
edition = "reader"       # reader：読者向け／review：点検の指摘をコメントで示す校閲版
# footnotes = true       # 本文の数値に出典の脚注を付けるか。省くと読者向けにだけ付けます
# date = 2026-04-01      # 発行日。省くと資料の中で最も新しい日付になります
"""

_TEMPLATES_NOTE = """\
# 自分用のテンプレート

ここに置いたファイルは、同じ名前の組み込みテンプレートに代わります。置かなかったものは組み込みのまま使われます。

- `sections/<sector|case|overview>/<名前>.md.j2`：本文の一節（Markdown と Jinja）
- `briefings/<sector|case|overview>.toml`：節の並びと表題
- `mail/<note|subject>.<ja|en>.md.j2`：メールの文面と件名
- `base.docx`：書式（Word で編集できます）

使われているテンプレートの一覧は `reportkit list templates`。組み込みの節を写して直すには
`reportkit show template sections/sector/summary.md.j2 > templates/sections/sector/summary.md.j2` のようにします。
"""

_IGNORE = "/out/\n/.reportkit/\n"


def start_project(folder: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Create what is missing in `folder` and touch nothing that is there.

    Returns the paths that were created and those that were kept. Raises `ProjectError` when a file is in the way of a
    folder, `RenderError` when something cannot be written.
    """
    created: list[Path] = []
    kept: list[Path] = []
    for path in (folder, folder / "seeds", folder / "templates"):
        _make_folder(path, created, kept)
    files = {FILE_NAME: _SETTINGS, "templates/README.md": _TEMPLATES_NOTE, ".gitignore": _IGNORE}
    for name, text in files.items():
        path = folder / name
        if path.exists():
            kept.append(path)
        else:
            write_atomic(path, text.encode())
            created.append(path)
    return tuple(created), tuple(kept)


def _make_folder(path: Path, created: list[Path], kept: list[Path]) -> None:
    if path.is_dir():
        kept.append(path)
        return
    try:
        path.mkdir(parents=True)
    except OSError as error:
        fix = "別の名前を指定するか、同じ名前のファイルとフォルダーの権限を確かめてください"
        raise ProjectError(Problem(f"フォルダーを作れません（{error.strerror or error}）", fix, str(path))) from error
    created.append(path)
