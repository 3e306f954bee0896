"""Blocks as plain text for e-mail: 70 columns (35 kanji), aligned tables, addresses of links written out.

In: the blocks of `reportkit.document`. Out: lines of text that read well without any mark-up.
"""

from reportkit.render.plain.blocks import write_plain

__all__ = ["write_plain"]
