"""What the system lets a process hold open."""

import resource

BESIDE = 500  # Files that are no connection of a visitor: the database, static files, logs.


def allow_open_files(n: int) -> None:
    """Let this process and those it starts hold so many connections open, as far as they may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = n + BESIDE
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
