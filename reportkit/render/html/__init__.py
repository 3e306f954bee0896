"""Blocks as HTML for e-mail: every style at its element, nothing fetched from anywhere, pictures by given addresses.

In: the blocks of `reportkit.document`. Out: one page as text. Mail programs ignore style sheets, grids and positions,
so tables carry the layout; the few rules in the head only help narrow screens and can be missing.
"""

from reportkit.render.html.page import charts_in, write_html

__all__ = ["charts_in", "write_html"]
