"""What was read, as data: cases, matrices, statistics, tables, the taxonomy, and the corpus that holds them.

Everything here is immutable and knows its place in the sources. Imports only `reportkit.base`.
"""
