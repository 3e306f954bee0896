"""Start a command, wait for it, and print seconds, seconds of processors, peak memory in MB and exit status.

    python -I -S launch.py PROGRAM WORD...

Loads nothing: the system counts the memory of who starts a process as a peak of that process. Processor time and memory
cover the command and the processes that it has waited for.
"""

import os
import sys
import time

_QUIET = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1)]

if __name__ == "__main__":
    start = time.perf_counter()
    pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=_QUIET)
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - start
    print(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))  # noqa: T201
