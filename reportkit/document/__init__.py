"""A briefing as data: blocks and inlines, tables and charts. Knows no Word, no HTML, no pixels, no corpus."""
