"""What a killed Postgres leaves behind: processes that have lost their head, and a stale pid file.

The number in `postmaster.pid` proves nothing. It may be a zombie's, or another program's by now.
"""

import os
import signal
import socket
import struct
import time
from contextlib import suppress
from pathlib import Path

from voice.database.embedded_place import Place

SOCKET = ".s.PGSQL.5432"


def servers_over(place: Place) -> set[int]:
    """Return the processes of any Postgres that works in this folder; none without `/proc`.

    Told by their titles and command lines, as containers let not even root look further.
    """
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # It has ended.
        ours = words[0].startswith(f"postgres: {place.name}: ".encode())
        if ours or (b"postgres" in words[0] and os.fsencode(place.data) in words):
            found.add(int(process.name))
    return found


def end_headless(place: Place) -> None:
    """End what holds the folder though nobody can reach it.

    That is a process that outlived its killed server, as a busy one never notices by itself; a
    server whose folder was deleted; and a server whose socket was.
    """
    left = servers_over(place)
    head = _written_pid(place)
    if head in left:
        if not (place.sockets / SOCKET).exists():
            _tell({head}, signal.SIGINT)
    else:
        _tell(left, signal.SIGQUIT)


def clear_the_way(place: Place) -> None:
    """Make sure that no earlier server works in the folder, and forget its pid file.

    To be asked only by the holder of the `running` lock, so that none of ours is alive in it. One
    whose folder was deleted may still be; when it ends it would take the new one's socket along.
    """
    end = time.monotonic() + 10
    while (left := servers_over(place)) and _written_pid(place) not in left:
        if time.monotonic() > end:
            break
        _tell(left, signal.SIGQUIT)
        time.sleep(0.05)
    # A Postgres that somebody started by hand keeps its file: the new one will refuse to start.
    if not left:
        (place.data / "postmaster.pid").unlink(missing_ok=True)


def _tell(processes: set[int], how: signal.Signals) -> None:
    for pid in processes:
        with suppress(ProcessLookupError):
            os.kill(pid, how)


def listener(place: Place) -> int | None:
    """Return the process that answers at the server's socket; None when none answers.

    Linux says who listens, and says 0 of a process in another container. Elsewhere the pid file
    is right while the server answers: a server that loses its pid file ends itself.
    """
    with socket.socket(socket.AF_UNIX) as wire:
        wire.settimeout(5)
        try:
            wire.connect(str(place.sockets / SOCKET))
        except OSError:
            return None
        if hasattr(socket, "SO_PEERCRED"):
            said = wire.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            return int(struct.unpack("3i", said)[0])
    return _written_pid(place)


def _written_pid(place: Place) -> int | None:
    try:
        return int((place.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
