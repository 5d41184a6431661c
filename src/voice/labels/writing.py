"""Files that are written whole or not at all."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from voice.errors import BadInput


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write these files, by name, into `folder`, which is made if missing; all of them or none.

    Raises:
        BadInput: the folder cannot be written to, or its name is that of a file.
    """
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file: give the name of a folder to write to.")
    try:
        near = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        with tempfile.TemporaryDirectory(prefix=".voice-", dir=near) as waiting:
            for name, content in files.items():
                (Path(waiting) / name).write_bytes(content)
            folder.mkdir(parents=True, exist_ok=True)
            for name in files:
                (Path(waiting) / name).replace(folder / name)
    except OSError as problem:
        raise BadInput(f"We cannot write to {folder}: {problem.strerror}.") from None


def check_writable(folder: Path) -> None:
    """Look, before long work, whether `folder` can be written to; nothing is left behind.

    Raises:
        BadInput: as `write_whole`.
    """
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file: give the name of a folder to write to.")
    near = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    try:
        with tempfile.TemporaryDirectory(prefix=".voice-", dir=near):
            pass
    except OSError as problem:
        raise BadInput(f"We cannot write to {folder}: {problem.strerror}.") from None
