"""The same content by other tools, the way a careful user of theirs would write it: what speed is compared with.

In: plain content, pictures of its charts, a path. Out: a .docx there that holds every heading, paragraph, list item,
cell, link and picture (a test counts them). The peers do less than reportkit: they read and check nothing, and write no
ledger, no bookmarks, no footnotes, no native charts, no contents.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.content import Content, Item, Words, text_of

_WIDTH_CM = 15.0
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#$@~^|!'\"-])")
_NUMBERED = re.compile(r"^(\(?\w+)([.)])")


def python_docx(content: Content, pictures: Sequence[bytes], path: Path, *, each: bool = False) -> None:
    """Write the content by python-docx; cells are fetched row by row, or with `each` one by one by `table.cell`."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    document.add_paragraph(content.title, style="Title")
    waiting = iter(pictures)
    for item in content.items:
        match item.kind:
            case "h":
                _write(document.add_paragraph(style=f"Heading {item.level}"), item.words)
            case "p":
                _write(document.add_paragraph(), item.words)
            case "li":
                style = "List Bullet" if item.level == 1 else f"List Bullet {item.level}"
                _write(document.add_paragraph(style=style), item.words)
            case "t":
                _fill(document.add_table(len(item.rows), len(item.rows[0])), item, each=each)
            case _:
                document.add_picture(io.BytesIO(next(waiting)), width=Cm(_WIDTH_CM))
    document.save(str(path))


def _fill(table: Any, item: Item, *, each: bool) -> None:
    if each:
        for number, row in enumerate(item.rows):
            for column, words in enumerate(row):
                _write(table.cell(number, column).paragraphs[0], words)
        return
    for row, written in zip(item.rows, table.rows, strict=True):
        for words, cell in zip(row, written.cells, strict=True):
            _write(cell.paragraphs[0], words)


def _write(paragraph: Any, words: Words) -> None:
    """Write words into a paragraph of python-docx; links by the recipe that its users share, there is no call."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for text, url in words:
        if not url:
            paragraph.add_run(text)
            continue
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        run = OxmlElement("w:r")
        run.text = text
        link.append(run)
        paragraph._p.append(link)  # noqa: SLF001 - as the recipe does


_KINDS = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "li1": "List Bullet", "li2": "List Bullet 2",
          "li3": "List Bullet 3", "p": "Normal"}  # fmt: skip


def docxtpl_template(folder: Path) -> Path:
    """Write the template that `docxtpl` fills: a loop over the items, tables by loops over rows and cells."""
    import docx

    document = docx.Document()
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{%p for b in items %}")
    for number, (kind, style) in enumerate(_KINDS.items()):
        document.add_paragraph(f"{{%p {'elif' if number else 'if'} b.kind == '{kind}' %}}")
        document.add_paragraph("{{ b.text }}", style=style)
        document.add_paragraph(f"{{%p elif b.kind == '{kind} with links' %}}")
        document.add_paragraph("{{r b.text }}", style=style)
    document.add_paragraph("{%p elif b.kind == 't' %}")
    table = document.add_table(3, 3)
    table.cell(0, 0).text = "{%tr for row in b.rows %}"
    first, cell, last = table.rows[1].cells
    first.text = "{%tc for cell in row %}"
    cell.text = "{%p if cell.linked %}"
    for line in ("{{r cell.text }}", "{%p else %}", "{{ cell.text }}", "{%p endif %}"):
        cell.add_paragraph(line)
    last.text = "{%tc endfor %}"
    table.cell(2, 0).text = "{%tr endfor %}"
    for line in ("{%p else %}", "{{ b.picture }}", "{%p endif %}", "{%p endfor %}"):
        document.add_paragraph(line)
    path = folder / "template.docx"
    document.save(str(path))
    return path


def docxtpl(template: Path, content: Content, pictures: Sequence[bytes], path: Path) -> None:
    """Write the content by docxtpl."""
    from docx.shared import Cm
    from docxtpl import DocxTemplate, InlineImage

    document = DocxTemplate(str(template))
    waiting = iter(pictures)
    items: list[dict[str, Any]] = []
    for item in content.items:
        match item.kind:
            case "t":
                items.append({"kind": "t", "rows": [[_cell(document, words) for words in row] for row in item.rows]})
            case "c":
                picture = InlineImage(document, io.BytesIO(next(waiting)), width=Cm(_WIDTH_CM))
                items.append({"kind": "c", "picture": picture})
            case kind:
                cell = _cell(document, item.words)
                name = f"{kind}{item.level}" if item.level else kind
                items.append({"kind": f"{name} with links" if cell["linked"] else name, "text": cell["text"]})
    document.render({"title": content.title, "items": items}, autoescape=True)
    document.save(str(path))


def _cell(document: Any, words: Words) -> dict[str, Any]:
    """Return words for the template: a text, or where there are links a `RichText`."""
    from docxtpl import RichText

    if not any(url for _, url in words):
        return {"linked": False, "text": text_of(words)}
    rich = RichText()
    for text, url in words:
        if url:
            rich.add(text, url_id=document.build_url_id(url))
        else:
            rich.add(text)
    return {"linked": True, "text": rich}


def pandoc_program() -> str | None:
    """Return pandoc: the one on the path, or that of the package `pypandoc_binary`."""
    if found := shutil.which("pandoc"):
        return found
    try:
        import pypandoc  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        return None
    return str(pypandoc.get_pandoc_path())


def pandoc(program: str, content: Content, pictures: Sequence[bytes], path: Path) -> None:
    """Write the content by a pandoc process that reads Markdown; the files between go beside the document."""
    blocks: list[str] = []
    number = 0
    for item in content.items:
        match item.kind:
            case "h":
                blocks.append(f"{'#' * item.level} {_markdown(item.words)}")
            case "p":
                blocks.append(_markdown(item.words))
            case "li":
                line = f"{'    ' * (item.level - 1)}- {_markdown(item.words)}"
                if blocks and blocks[-1].lstrip(" ").startswith("- "):
                    blocks[-1] += f"\n{line}"
                else:
                    blocks.append(line)
            case "t":
                rows = [f"| {' | '.join(map(_markdown, row))} |" for row in item.rows]
                blocks.append("\n".join([rows[0], "|" + "---|" * len(item.rows[0]), *rows[1:]]))
            case _:
                (path.parent / f"{number}.png").write_bytes(pictures[number])
                blocks.append(f"![]({number}.png){{width={_WIDTH_CM}cm}}")
                number += 1
    source = path.with_suffix(".md")
    source.write_text("\n\n".join((f"---\ntitle: '{content.title}'\n---", *blocks)), encoding="utf-8")
    command = [program, source.name, "-o", path.name]
    subprocess.run(command, cwd=path.parent, check=True, capture_output=True)  # noqa: S603


def _markdown(words: Words) -> str:
    pieces = []
    for text, url in words:
        plain = _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))
        pieces.append(f"[{plain}](<{url}>)" if url else plain)
    return "".join(pieces)


def peers(template: Path, program: str | None) -> dict[str, Callable[[Content, Sequence[bytes], Path], None]]:
    """Return the peers that are given their pictures, by name; pandoc only where there is one."""
    found: dict[str, Callable[[Content, Sequence[bytes], Path], None]] = {
        "docxtpl, pictures given": lambda content, pictures, path: docxtpl(template, content, pictures, path),
        "python-docx, table.cell(r, c), pictures given": lambda *given: python_docx(*given, each=True),
        "python-docx, cells fetched once, pictures given": python_docx,
    }
    if program is not None:
        found["pandoc process, pictures given"] = lambda *given: pandoc(program, *given)
    return found
