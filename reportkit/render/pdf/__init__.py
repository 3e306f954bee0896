"""Word files as PDF, by LibreOffice: many in one call, with a profile of its own, the same bytes each time.

In: documents by name. Out: PDFs by name. LibreOffice may end with success and no file, so every file is looked for.
"""

from reportkit.render.pdf.convert import convert, find_office

__all__ = ["convert", "find_office"]
