"""Word documents: a `Document` and a base file in, the bytes of a .docx out.

    base = load_base(Path("templates/base.docx"))      # once
    data = write_word(document, base)                  # for every document

The XML is built as strings in one pass. Files: `package` packs, `base_file` reads the base .docx (`style_map`,
`colours`, `slots`), `writer` is the table of contents of a document, `blocks`, `tables`, `drawings`, `paragraphs`,
`inlines` write what stands on the page, `contents` and `properties` the rest, `charts/` native charts.
"""

from reportkit.render.word.base_file import BaseFile, load_base
from reportkit.render.word.writer import write_word

__all__ = ["BaseFile", "load_base", "write_word"]
