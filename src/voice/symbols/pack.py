"""A pack: a folder or a zip file with pictures, one list of them (CSV) and a licence.

Nothing is ever unpacked to the disk: a file is read by its name, or it is not there.
"""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from msgspec import Struct

from voice.errors import BadInput

MOST_FILES = 20_000
MOST_BYTES = 1_000_000_000  # Of all files together.
LARGEST = 20_000_000  # Bytes of one file.
MOST_SHRUNK = 200  # Times: above it a zip file is made to fill a disk, not to carry pictures.
PIECE = 65_536  # Bytes read at once.
SMALL = 100_000  # Bytes: a file so small may be shrunk as much as it likes.

LICENCE_NAMES = ("licence", "license", "copying")


class CannotRead(ValueError):
    """One file of a pack cannot be read. The message says why, as a sentence."""


class Pack(Struct, frozen=True):
    """An open pack: what it is called, the size of each of its files, and how to read one.

    `read` raises `CannotRead`.
    """

    name: str
    sizes: Mapping[str, int]
    read: Callable[[str], bytes]

    @property
    def list_of_pictures(self) -> str:
        """The name of the one CSV file.

        Raises:
            BadInput: there is none, or there are several.
        """
        found = sorted(name for name in self.sizes if name.lower().endswith(".csv"))
        if len(found) == 1:
            return found[0]
        if not found:
            raise BadInput(f"{self.name} has no CSV file: it needs a list of its pictures.")
        raise BadInput(f"{self.name} has {len(found)} CSV files: leave one, the list of pictures.")

    @property
    def licence(self) -> str:
        """The name of the file with the licence, the one that stands highest.

        Raises:
            BadInput: there is none.
        """
        found = [
            name
            for name in self.sizes
            if PurePosixPath(name).name.lower().startswith(LICENCE_NAMES)
            and not name.lower().endswith(".csv")
        ]
        if not found:
            raise BadInput(
                f"{self.name} has no licence: put a text called LICENCE.txt into it that says who "
                "made the pictures and what may be done with them."
            )
        return min(found, key=lambda name: (name.count("/"), name))


@contextmanager
def open_pack(path: Path) -> Iterator[Pack]:
    """Open a folder or a zip file.

    Raises:
        BadInput: it is neither, it holds too much, or it is made to do harm.
    """
    if path.is_dir():
        yield _folder(path)
        return
    try:
        opened = zipfile.ZipFile(path)
    except OSError as problem:
        raise BadInput(f"{path} cannot be opened: {problem.strerror}.") from None
    except zipfile.BadZipFile:
        raise BadInput(f"{path.name} is neither a folder nor a zip file.") from None
    with opened:
        yield _zip(path.name, opened)


def is_safe(name: str) -> bool:
    """Tell whether a name of a file leads nowhere but into its pack."""
    path = PurePosixPath(name)
    drive = name[1:2] == ":"
    return not (path.is_absolute() or drive or ".." in path.parts or set("\\\0") & set(name))


def _hidden(name: str) -> bool:
    """Tell whether a file is what a computer left behind, not what a person put there."""
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)


def _folder(root: Path) -> Pack:
    sizes: dict[str, int] = {}
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for file in files:
            path = Path(folder) / file
            name = path.relative_to(root).as_posix()
            # A link could lead out of the folder.
            if not _hidden(name) and path.is_file() and not path.is_symlink():
                sizes[name] = path.stat().st_size
        _must_be_few(root.name, sizes)

    def read(name: str) -> bytes:
        if sizes[name] > LARGEST:
            raise CannotRead(f"It has more than {LARGEST // 1_000_000} MB.")
        try:
            return (root / name).read_bytes()
        except OSError as problem:
            raise CannotRead(f"It cannot be read: {problem.strerror}.") from None

    return Pack(root.name or str(root), sizes, read)


def _zip(name: str, opened: zipfile.ZipFile) -> Pack:
    _must_be_harmless(name, opened)
    sizes = {
        one.filename: one.file_size
        for one in opened.infolist()
        if not one.is_dir() and not _hidden(one.filename)
    }
    _must_be_few(name, sizes)

    def read(file: str) -> bytes:
        if sizes[file] > LARGEST:
            raise CannotRead(f"It has more than {LARGEST // 1_000_000} MB.")
        try:
            # Piece by piece: a size that lies is found before the memory is full.
            with opened.open(file) as stream:
                return b"".join(iter(lambda: stream.read(PIECE), b""))
        except RuntimeError:
            raise CannotRead("It is locked with a password. Make a zip file without one.") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
            raise CannotRead("It is damaged in the zip file. Make the zip file again.") from None

    return Pack(name, sizes, read)


def _must_be_harmless(name: str, opened: zipfile.ZipFile) -> None:
    for one in opened.infolist():
        if not is_safe(one.filename):
            raise BadInput(f"{name} has a file that leads out of it. Do not use this zip file.")
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadInput(f"{name} is packed in an unusual way. Make a plain zip file.")
        if one.file_size > SMALL and one.file_size > MOST_SHRUNK * max(one.compress_size, 1):
            raise BadInput(f"{name} would grow far too large. Do not use this zip file.")


def _must_be_few(name: str, sizes: Mapping[str, int]) -> None:
    if len(sizes) > MOST_FILES:
        raise BadInput(f"{name} has more than {MOST_FILES:,} files. Bring in a part of it.")
    if sum(sizes.values()) > MOST_BYTES:
        raise BadInput(f"{name} has more than {MOST_BYTES // 10**9} GB. Bring in a part of it.")
