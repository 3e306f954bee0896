"""The words every room shares: where a value was written, how much it is, and what is wrong with it.

In: nothing. Out: `Origin`, `Quote`, `Quantity`, `Period`, `Fact`, `Finding`, the error tree, atomic file writing.
Imports nothing from the other rooms.
"""
