"""The exit codes of all commands. 0: done."""

FINDINGS = 1  # or differences, or nothing found
USAGE = 2
FAILED = 3
DELIVERY = 4
FAULT = 70
INTERRUPTED = 130
