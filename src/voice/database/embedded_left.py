"""What a killed Postgres leaves behind: processes that have lost their head, and a stale pid file.

The number in `postmaster.pid` proves nothing. It may be a zombie's, or another program's by now.
"""

import os
import signal
import socket
import struct
from pathlib import Path

from voice.database.embedded_place import Place


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
    """End the processes that outlived a killed server, as a busy one never notices by itself."""
    left = servers_over(place)
    if _written_pid(place) in left:
        return
    for pid in left:
        os.kill(pid, signal.SIGQUIT)


def forget_stale_pid(place: Place) -> None:
    """Delete the pid file unless a Postgres works in the folder, as one started by hand may.

    To be asked only by the holder of the `running` lock: then none of ours is alive.
    """
    if not servers_over(place):
        (place.data / "postmaster.pid").unlink(missing_ok=True)


def listener(place: Place) -> int | None:
    """Return the process that answers at the server's socket; None when none answers.

    Linux says who listens, and says 0 of a process in another container. Elsewhere the pid file
    is right while the server answers: a server that loses its pid file ends itself.
    """
    with socket.socket(socket.AF_UNIX) as wire:
        wire.settimeout(5)
        try:
            wire.connect(str(place.sockets / ".s.PGSQL.5432"))
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
