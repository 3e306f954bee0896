"""Ctrl-C in tests: a process started by them heeds it, however the tests themselves were started."""

import signal


def heed_interrupts() -> None:
    """Undo what a shell does that runs the tests in the background: every process below it is deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
