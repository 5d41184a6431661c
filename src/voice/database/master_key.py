"""The master key: from the environment, or from a file that only its owner may read.

Lines of the file are keys of 32 bytes in base64, the newest first. It must not lie in the database,
nor in its backups.
"""

import base64
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from voice.database.vault import KEY, Masters, Vault, name_of
from voice.errors import BadInput
from voice.settings import Settings


def vault(settings: Settings) -> Vault:
    """Return the vault of these settings; a first key is made where there is none.

    Raises:
        BadInput: what is set, or stands in the file, is no key.
    """
    masters = _from_environment(settings) if settings.master_key else _from_file(settings)
    masters()
    return Vault(masters)


def key_file(settings: Settings) -> Path:
    """Return where the key lies, if it is not set in the environment."""
    if settings.master_key_file:
        return Path(settings.master_key_file).expanduser()
    return settings.data_dir / "master-key"


def is_there(settings: Settings) -> bool:
    """Tell whether there is a master key; none is made."""
    return bool(settings.master_key) or key_file(settings).exists()


def as_file(settings: Settings) -> bytes:
    """Return the master keys as the lines of a key file, the newest first.

    Raises:
        BadInput: as `vault`.
    """
    vault(settings)
    if settings.master_key:
        return "".join(f"{one.strip()}\n" for one in settings.master_key.split(",")).encode()
    return key_file(settings).read_bytes()


def add(file: Path) -> None:
    """Make a new key and put it first; the others stay, to open what they sealed.

    Raises:
        BadInput: the file holds something else than keys.
    """
    _write(file, [secrets.token_bytes(KEY), *_read(file)])


def forget(file: Path, used: Sequence[bytes]) -> int:
    """Take out all keys but the first and those named in `used`; return how many.

    Raises:
        BadInput: the file holds something else than keys.
    """
    first, *others = _read(file)
    kept = [one for one in others if name_of(one) in used]
    _write(file, [first, *kept])
    return len(others) - len(kept)


def _from_environment(settings: Settings) -> Masters:
    keys = tuple(
        _key(part, "The setting VOICE_MASTER_KEY") for part in settings.master_key.split(",")
    )
    return lambda: keys


def _from_file(settings: Settings) -> Masters:
    file = key_file(settings)
    _make(file)
    seen: tuple[int, Sequence[bytes]] = (0, ())

    def read() -> Sequence[bytes]:
        nonlocal seen
        changed = file.stat().st_mtime_ns
        if changed != seen[0]:
            seen = (changed, _read(file))
        return seen[1]

    return read


def _make(file: Path) -> None:
    """Make a first key; of several processes that begin at once, one does."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    mine = _written(file, [secrets.token_bytes(KEY)])
    try:
        os.link(mine, file)  # Fails where another was first, and shows nobody half a file.
    except FileExistsError:
        pass
    finally:
        mine.unlink()


def _write(file: Path, keys: Sequence[bytes]) -> None:
    _written(file, keys).replace(file)


def _written(file: Path, keys: Sequence[bytes]) -> Path:
    new = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    handle = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(b"".join(base64.b64encode(key) + b"\n" for key in keys))
        opened.flush()
        os.fsync(opened.fileno())
    return new


def _read(file: Path) -> list[bytes]:
    lines = file.read_text(encoding="utf-8", errors="replace").split()
    if not lines:
        raise BadInput(f"{file} is empty. Put the master key there; without it no words open.")
    return [_key(line, str(file)) for line in lines]


def _key(written: str, where: str) -> bytes:
    try:
        key = base64.b64decode(written.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY:
        raise BadInput(
            f"{where} does not hold a key: 32 bytes in base64. `openssl rand -base64 32` makes one."
        )
    return key
