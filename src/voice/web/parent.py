"""End a process when the one that started it is gone, also when that one was killed.

Without this a web worker whose master was killed would keep the port, and the next start would
find it taken.
"""

import os
import signal
import threading
import time

EVERY = 0.5  # Seconds.


def end_with_parent() -> None:
    """Watch, in a thread, that the parent stays the same; ask ourselves to end when it does not."""
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
    os.kill(os.getpid(), signal.SIGKILL)
