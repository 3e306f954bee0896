"""The command line: one module per group of commands; what they need is imported when they run.

In: arguments, `reportkit.toml`, REPORTKIT_SEEDS and REPORTKIT_OUT. Out: files, text, and an exit code:
0 done, 1 findings of severity error (check), 2 usage or settings, 3 some documents failed, 70 a fault in reportkit.
"""
