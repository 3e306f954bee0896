"""The same content by other tools, the way a careful user of theirs would write it: what speed is compared with.

In: plain content (headings, paragraphs, list items, tables of text, charts as names and numbers) taken from a composed
briefing. Out: a .docx each. The peers do less than reportkit: no ledger, no bookmarks, no native charts, no contents.
"""

from __future__ import annotations

import gc
import io
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportkit.document.block import Block, Box, Document, Heading, ItemList, KeyFigures, ListItem, Paragraph
from reportkit.document.chart import Chart
from reportkit.document.inline import plain_text
from reportkit.document.table import Table

_WIDTH_CM = 15.0
_FONT: list[str] = []  # the Japanese font, once it is known to matplotlib


@dataclass(frozen=True, slots=True)
class Content:
    """Plain content: (`h`, level, text), (`p`, text), (`li`, text), (`t`, rows), (`c`, title, names, numbers)."""

    title: str
    items: tuple[tuple[Any, ...], ...]

    def charts(self) -> list[tuple[str, list[str], list[float]]]:
        """Return the charts: title, names, numbers."""
        return [(item[1], item[2], item[3]) for item in self.items if item[0] == "c"]


def plain_content(document: Document) -> Content:
    """Return what the document says, without its machinery."""
    items: list[tuple[Any, ...]] = []
    for block in document.blocks:
        _add(block, items)
    return Content(document.title, tuple(items))


def _add(block: Block, items: list[tuple[Any, ...]]) -> None:
    match block:
        case Heading(level=level, content=content):
            items.append(("h", level, plain_text(content)))
        case Paragraph(content=content):
            items.append(("p", plain_text(content)))
        case ItemList(items=listed):
            _add_items(listed, items)
        case Box(title=title, blocks=blocks):
            items.append(("p", plain_text(title)))
            for inner in blocks:
                _add(inner, items)
        case KeyFigures(figures=figures):
            items.append(("t", [[plain_text(f.label), plain_text(f.value)] for f in figures]))
        case Table(caption=caption, header=header, body=body):
            items.append(("p", plain_text(caption)))
            rows = [[" ".join(map(plain_text, cell.lines)) for cell in row for _ in range(cell.span)] for row in
                    (*header, *body)]  # fmt: skip
            width = max(map(len, rows))
            items.append(("t", [row + [""] * (width - len(row)) for row in rows]))
        case Chart():
            facts = [fact for fact in block.facts() if fact.quantity.middle is not None]
            items.append(("p", plain_text(block.caption)))
            if facts:
                names = [fact.label[-24:] for fact in facts]
                items.append(("c", block.alt[:40], names, [float(fact.quantity.middle or 0) for fact in facts]))
        case _:
            pass


def _add_items(listed: tuple[ListItem, ...], items: list[tuple[Any, ...]]) -> None:
    for item in listed:
        items.append(("li", plain_text(item.content)))
        _add_items(item.children, items)


def draw(charts: list[tuple[str, list[str], list[float]]]) -> list[bytes]:
    """Return a picture of each chart, by pyplot with tight layout, as scripts do."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import font_manager, pyplot
    from noto_cjk_sans_jp_regular import __file__ as package

    if not _FONT:
        path = next(Path(package).parent.rglob("*.[ot]t[fc]"))
        font_manager.fontManager.addfont(str(path))
        _FONT.append(font_manager.FontProperties(fname=str(path)).get_name())
    matplotlib.rcParams["font.family"] = _FONT[0]
    pictures = []
    for title, names, numbers in charts:
        figure, axes = pyplot.subplots(figsize=(6, 3.4))
        axes.barh(names, numbers)
        axes.set_title(title)
        figure.tight_layout()
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=150)
        pyplot.close(figure)
        pictures.append(buffer.getvalue())
    return pictures


def python_docx(content: Content, pictures: list[bytes]) -> bytes:
    """Return the content by python-docx, with the cells of a row fetched once."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    document.add_heading(content.title, 0)
    waiting = iter(pictures)
    for item in content.items:
        match item:
            case ("h", level, text):
                document.add_heading(text, level)
            case ("p", text):
                document.add_paragraph(text)
            case ("li", text):
                document.add_paragraph(text, style="List Bullet")
            case ("t", rows):
                table = document.add_table(len(rows), len(rows[0]))
                for row, cells in zip(rows, table.rows, strict=True):
                    for text, cell in zip(row, cells.cells, strict=True):
                        cell.text = text
            case ("c", *_):
                document.add_picture(io.BytesIO(next(waiting)), width=Cm(_WIDTH_CM))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docxtpl_template(folder: Path) -> Path:
    """Write the template that `docxtpl` fills: a loop over the items, tables by rows and cells."""
    import docx

    document = docx.Document()
    for line in (
        "{{ title }}", "{%p for b in items %}", "{%p if b.kind == 'h' %}", "{{ b.text }}", "{%p elif b.kind == 't' %}",
    ):  # fmt: skip
        document.add_paragraph(line)
    table = document.add_table(3, 1)
    for row, line in zip(table.rows, ("{%tr for row in b.rows %}", "{{ row }}", "{%tr endfor %}"), strict=True):
        row.cells[0].text = line
    for line in ("{%p elif b.kind == 'c' %}", "{{ b.picture }}", "{%p else %}", "{{ b.text }}", "{%p endif %}",
                 "{%p endfor %}"):  # fmt: skip
        document.add_paragraph(line)
    path = folder / "template.docx"
    document.save(str(path))
    return path


def docxtpl(template: Path, content: Content, pictures: list[bytes]) -> bytes:
    """Return the content by docxtpl; a table row is one cell with tabs, which is kinder to it than cells."""
    from docx.shared import Cm
    from docxtpl import DocxTemplate, InlineImage

    document = DocxTemplate(str(template))
    waiting = iter(pictures)
    items: list[dict[str, Any]] = []
    for item in content.items:
        match item:
            case ("h", _, text):
                items.append({"kind": "h", "text": text})
            case ("t", rows):
                items.append({"kind": "t", "rows": ["\t".join(row) for row in rows]})
            case ("c", *_):
                picture = InlineImage(document, io.BytesIO(next(waiting)), width=Cm(_WIDTH_CM))
                items.append({"kind": "c", "picture": picture})
            case (kind, text):
                items.append({"kind": kind, "text": text})
    document.render({"title": content.title, "items": items}, autoescape=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pandoc_program() -> str | None:
    """Return pandoc: the one on the path, or that of the package `pypandoc_binary`."""
    if found := shutil.which("pandoc"):
        return found
    try:
        import pypandoc  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        return None
    return str(pypandoc.get_pandoc_path())


def pandoc(program: str, folder: Path, content: Content, pictures: list[bytes]) -> bytes:
    """Return the content by a pandoc process that reads Markdown."""
    lines = [f"# {content.title}"]
    number = 0
    for item in content.items:
        match item:
            case ("h", level, text):
                lines.append(f"{'#' * level} {text}")
            case ("li", text):
                lines.append(f"- {text}")
            case ("p", text):
                lines.append(text)
            case ("t", rows):
                cells = ["| " + " | ".join(text.replace("|", "/") for text in row) + " |" for row in rows]
                lines.append("\n".join([cells[0], "|" + "---|" * len(rows[0]), *cells[1:]]))
            case ("c", *_):
                (folder / f"{number}.png").write_bytes(pictures[number])
                lines.append(f"![]({number}.png)")
                number += 1
    (folder / "in.md").write_text("\n\n".join(lines), encoding="utf-8")
    subprocess.run([program, "in.md", "-o", "out.docx"], cwd=folder, check=True, capture_output=True)  # noqa: S603
    return (folder / "out.docx").read_bytes()


_NODE = """
const {Document, Packer, Paragraph, HeadingLevel, Table, TableRow, TableCell, ImageRun} = require("docx");
const fs = require("fs");
const levels = [0, HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3];
function make(content, pictures) {
  let n = 0;
  const children = content.items.map(i => {
    if (i[0] === "h") return new Paragraph({text: i[2], heading: levels[i[1]]});
    if (i[0] === "li") return new Paragraph({text: i[1], bullet: {level: 0}});
    if (i[0] === "t") return new Table({rows: i[1].map(r => new TableRow({children: r.map(t =>
      new TableCell({children: [new Paragraph(t)]}))}))});
    if (i[0] === "c") return new Paragraph({children: [new ImageRun({type: "png", data: pictures[n++],
      transformation: {width: 560, height: 320}})]});
    return new Paragraph(i[1]);
  });
  return Packer.toBuffer(new Document({sections: [{children: [new Paragraph(content.title), ...children]}]}));
}
require("readline").createInterface({input: process.stdin}).on("line", async line => {
  const job = JSON.parse(line);
  const pictures = job.pictures.map(p => Buffer.from(p, "base64"));
  const start = process.cpuUsage();
  const data = await make(job.content, pictures);
  const used = process.cpuUsage(start);
  const ms = (used.user + used.system) / 1000;
  console.log(JSON.stringify({ms: ms, size: data.length}));
});
"""


class NodeDocx:
    """npm docx in a process that stays warm; it measures itself, without the way of the data to it."""

    def __init__(self, modules: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            ["node", "-e", _NODE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,  # noqa: S607
            env={"NODE_PATH": str(modules), "PATH": "/usr/local/bin:/usr/bin:/bin"},
        )  # fmt: skip

    def seconds(self, content: Content, pictures: list[bytes]) -> float:
        """Return how long one document took."""
        import base64

        job = {"content": {"title": content.title, "items": content.items}}
        job["pictures"] = [base64.b64encode(each).decode() for each in pictures]  # type: ignore[assignment]
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return float(json.loads(self._process.stdout.readline())["ms"]) / 1000

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def timed(call: Callable[[], object]) -> float:
    """Return the seconds of processors that one call takes, its processes included: another load disturbs them less.

    Garbage of the call before is collected first, and billed to nobody.
    """
    gc.collect()
    start = _busy()
    call()
    return _busy() - start


def _busy() -> float:
    used = os.times()
    return time.process_time() + used.children_user + used.children_system
