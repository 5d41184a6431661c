"""The secret key, for codes and forms: set, or made once and kept for its owner only."""

import os
import secrets
from pathlib import Path

from voice.errors import BadInput
from voice.settings import Settings


def secret_key(settings: Settings) -> bytes:
    """Return the secret key; make and keep one when none is set, readable by its owner only.

    Raises:
        BadInput: the one that was kept is cut short.
    """
    if settings.secret_key:
        return settings.secret_key.encode()
    file = secret_file(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _kept(file)
    with os.fdopen(handle, "w") as new:
        new.write(secrets.token_urlsafe(48))
    return file.read_bytes()


def secret_file(settings: Settings) -> Path:
    """Return where the secret key lies, if it is not set in the environment."""
    return settings.data_dir / "secret-key"


def _kept(file: Path) -> bytes:
    key = file.read_bytes()
    if len(key) < 32:
        raise BadInput(f"The key in {file} is cut short. Put a longer one there, or delete it.")
    return key
