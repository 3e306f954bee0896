"""Drafts: every letter as an `.eml` file to open, read and send by hand, and a page that shows all of them.

The page needs no server and fetches nothing: each mail stands in a frame that may run no script, its pictures inside.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from html import escape
from pathlib import Path

from reportkit.base.errors import DeliveryError, Problem
from reportkit.base.files import safe_name, write_atomic
from reportkit.delivery.letters import Parcel
from reportkit.delivery.mime import Letter

INDEX = "index.html"
_CONTENTS = ".reportkit-drafts.json"  # which files are ours, so that only those are removed again
_MOST_NAME = 24
_CID = re.compile(r'src="cid:([^"]+)"')


def write_drafts(folder: Path, parcels: Sequence[Parcel], notes: Sequence[str] = ()) -> tuple[Path, ...]:
    """Write the drafts and their page into `folder`; drafts of an earlier run that are not wanted any more go.

    notes: what the page says above the mails (who gets nothing and why). Returns the paths of the drafts in order.
    Raises `RenderError` when a file cannot be written.
    """
    names = _names(parcels)
    old = _contents(folder)
    for name, parcel in zip(names, parcels, strict=True):
        write_atomic(folder / name, parcel.draft)
    write_atomic(folder / INDEX, _page(names, parcels, notes).encode())
    write_atomic(folder / _CONTENTS, (json.dumps(sorted(names), ensure_ascii=False, indent=0) + "\n").encode())
    for name in sorted(old - set(names)):
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            what = f"前の下書きを消せません（{error.strerror or error}）"
            raise DeliveryError(Problem(what, "開いているメールソフトを閉じてください", str(folder / name))) from error
    return tuple(folder / name for name in names)


def _contents(folder: Path) -> set[str]:
    try:
        names = json.loads((folder / _CONTENTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    plain = [name for name in names if isinstance(name, str) and name.endswith(".eml") and "/" not in name]
    return {name for name in plain if "\\" not in name and not name.startswith(".")}


def _names(parcels: Sequence[Parcel]) -> list[str]:
    names: list[str] = []
    taken: set[str] = set()
    for parcel in parcels:
        person = safe_name(parcel.message.name)[:_MOST_NAME].strip(" .") or "宛先"
        stem = f"{person}_{parcel.message.id[:8]}"
        number, free = 1, stem
        while free.casefold() in taken:
            number += 1
            free = f"{stem}_{number}"
        taken.add(free.casefold())
        names.append(f"{free}.eml")
    return names


_STYLE = """
body{margin:0;font-family:'Hiragino Sans','Yu Gothic UI',Meiryo,'Noto Sans CJK JP',sans-serif;color:#333}
body{background:#e9ebee}header{padding:20px 24px;background:#1F3864;color:#fff}h1{margin:0;font-size:20px}
header p{margin:6px 0 0;font-size:13px}
main{max-width:760px;margin:0 auto;padding:16px}
details{margin:0 0 12px;background:#fff;border:1px solid #c1c8d0;border-radius:4px}
summary{padding:12px 16px;cursor:pointer}summary b+span{display:block}summary span{font-size:13px;color:#595959}
dl{display:grid;grid-template-columns:7em 1fr;gap:4px 12px;margin:0;padding:0 16px 12px;font-size:13px}
dt{color:#595959}dd{margin:0;overflow-wrap:anywhere}
iframe{display:block;width:100%;height:900px;border:0;border-top:1px solid #e3e6ea}
pre{margin:0;padding:16px;border-top:1px solid #e3e6ea;font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere}
.notes{margin:0 0 12px;padding:10px 16px 10px 34px;background:#fbf2ee;border-left:4px solid #B4551F;font-size:13px}
"""


def _page(names: Sequence[str], parcels: Sequence[Parcel], notes: Sequence[str]) -> str:
    mails = "\n".join(
        _mail(name, parcel, opened=not at) for at, (name, parcel) in enumerate(zip(names, parcels, strict=True))
    )
    told = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return (
        '<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
        "style-src 'unsafe-inline'; frame-src 'self'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>メールの下書き {len(parcels)} 通</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>メールの下書き {len(parcels)} 通</h1>"
        "<p>まだ何も送っていません。.eml はメールソフトで開いて送れます。"
        "まとめて送るには reportkit mail send</p></header>\n"
        f"<main>\n{f'<ul class=notes>{told}</ul>' if told else ''}\n{mails}\n</main>\n</body>\n</html>\n"
    )


def _mail(name: str, parcel: Parcel, *, opened: bool) -> str:
    letter = parcel.letter
    files = "、".join(f"{file.name}（{_size(len(file.data))}）" for file in letter.attachments)
    rows = [("差出人", str(letter.sender)), ("宛先", str(letter.to)), ("件名", letter.subject), ("添付", files)]
    if letter.references:
        rows.append(("返信の形", "前回のメールへの続きとして届きます"))
    rows.append(("大きさ", _size(parcel.size)))
    facts = "".join(f"<dt>{label}</dt><dd>{escape(text)}</dd>" for label, text in rows)
    link = f'<dt>ファイル</dt><dd><a href="{escape(_address(name))}">{escape(name)}</a></dd>'
    frame = escape(_with_pictures(letter))
    return (
        f"<details{' open' if opened else ''}><summary><b>{escape(letter.subject)}</b>"
        f"<span>{escape(str(letter.to))}</span></summary>\n<dl>{facts}{link}</dl>\n"
        f'<iframe sandbox="" title="HTML" loading="lazy" srcdoc="{frame}"></iframe>\n'
        f"<details><summary><span>テキスト版</span></summary><pre>{escape(letter.plain)}</pre></details></details>"
    )


def _with_pictures(letter: Letter) -> str:
    data = {picture.id: b64encode(picture.data).decode() for picture in letter.pictures}
    return _CID.sub(lambda match: f'src="data:image/png;base64,{data.get(match[1], "")}"', letter.html)


def _address(name: str) -> str:
    from urllib.parse import quote

    return quote(name)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} KB"
