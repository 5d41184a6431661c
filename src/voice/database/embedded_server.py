"""Make the embedded Postgres's files and launch it, quietly: nobody's answer reaches its log."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import IO

from voice.database.embedded_left import clear_the_way
from voice.database.embedded_place import Place
from voice.database.embedded_problem import PostgresProblem, problem_from
from voice.database.embedded_user import Account

LARGEST_LOG = 10_000_000

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    # A power cut must not cost an answer.
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    # A file of the log that is done with is removed, not kept with its words to be written over.
    "wal_recycle": "off",
    # Fit for a small computer; parallel work needs more shared memory than containers give.
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    # The same answers to the same questions everywhere.
    "timezone": "UTC",
    "log_timezone": "UTC",
    # An error's own words may quote an answer, so errors of statements are not logged at all;
    # `log` lets through the server's own events, and what is fatal.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_duration": "off",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_lock_waits": "off",
    "log_temp_files": "-1",
    "log_destination": "stderr",
    "logging_collector": "off",
}
INITDB = (
    "--username=voice",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--no-instructions",
    # One call for the whole disk takes a third of the time of one call a file.
    *(["--sync-method=syncfs"] if sys.platform == "linux" else []),
)


def make_folders(place: Place) -> None:
    """Make the folder for the data, and in it the one for the locks."""
    place.folder.mkdir(parents=True, exist_ok=True)
    place.locks.mkdir(mode=0o700, exist_ok=True)


def launch(place: Place, account: Account, running: int) -> int:
    """Start the server, and make its database first if there is none.

    Args:
        running: the open file that holds the `running` lock; the server keeps it.

    Returns:
        where in the log this start begins.
    """
    log = os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    with os.fdopen(log, "ab") as file:
        if file.tell() > LARGEST_LOG:
            file.truncate(0)
        begins = os.fstat(log).st_size
        if not place.data.exists():
            _make_database(place, account, running, file)
        account.give(place.data)
        clear_the_way(place)
        _make_socket_folder(place, account)
        settings = SETTINGS | {
            "unix_socket_directories": str(place.sockets),
            "cluster_name": place.name,  # Every process of the server shows it as its title.
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        account.start("postgres", "-D", place.data, *words, log=file, keep=running)
    return begins


def _make_database(place: Place, account: Account, running: int, log: IO[bytes]) -> None:
    """Make the files under another name first: a half-made database is never taken for one."""
    shutil.rmtree(place.unfinished, ignore_errors=True)
    place.unfinished.mkdir(mode=0o700)
    account.give(place.unfinished)
    done = subprocess.run(
        account.command("initdb", ["-D", place.unfinished, *INITDB]),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        pass_fds=[running],
        **account.options(),
    )
    if done.returncode != 0:
        log.write(done.stderr.encode())
        raise problem_from(done.stderr, place.log)
    place.unfinished.rename(place.data)
    _sync(place.folder)


def _make_socket_folder(place: Place, account: Account) -> None:
    """Make the folder that only the server's account and root may enter, or check that it is."""
    place.sockets.mkdir(mode=0o700, exist_ok=True)
    check_socket_folder(place)
    place.sockets.chmod(0o700)
    # A killed server leaves its socket, and beside it a number that may now be another program's.
    for left in place.sockets.iterdir():
        left.unlink()
    account.give(place.sockets)


def check_socket_folder(place: Place) -> None:
    """Refuse a folder that another person has put in the way, to read what we send.

    Raises:
        PostgresProblem: it is a link, or belongs to neither us nor the owner of the database.
    """
    try:
        found = place.sockets.lstat()
    except FileNotFoundError:
        return
    owners = {os.geteuid()}
    if place.data.exists():
        owners.add(place.data.stat().st_uid)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        raise PostgresProblem(
            f"“{place.sockets}” belongs to another person. Delete it, or choose another folder for"
            " Voice's data."
        )


def _sync(folder: Path) -> None:
    """Make sure that a new name in the folder outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
