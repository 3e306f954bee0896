"""What a finished briefing can answer by itself: where its numbers come from, whether they hold, what changed.

In: the bytes of a .docx (as written, or as LibreOffice or Word saved it again), and the source files when they are at
hand. Nothing here is shared with the code that writes documents, reads corpora or makes views: `ledger` and `page` read
the file, `numerals` the printed numbers, `arithmetic` computes anew, `lines` reads the sources, `verify`, `trace` and
`diff` join them.
"""
