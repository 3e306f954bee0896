"""A sender to be killed: sends what is due by the journal in a folder to a server on this machine, slowly enough.

python kill_child.py FOLDER PORT COUNT
"""

from __future__ import annotations

import datetime
import sys
import time
from functools import partial
from pathlib import Path

from mail_parts import local, many, parcels

from reportkit.delivery.journal import JournalWriter
from reportkit.delivery.sending import Clock, Sender
from reportkit.delivery.smtp import connect


def main(folder: Path, port: int, count: int) -> None:
    """Send until nothing is due; says so, to be timed."""
    server = local(port, timeout=10)
    clock = Clock(lambda: datetime.datetime.now().astimezone(), time.monotonic, time.sleep)
    with JournalWriter(folder, lambda: datetime.datetime.now(datetime.UTC).isoformat()) as journal:
        sys.stdout.write("started\n")
        sys.stdout.flush()
        sender = Sender(server, "report@example.jp", partial(connect, server, ""), journal, clock)
        for _ in sender.send(parcels(many(count), folder)):
            pass


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
