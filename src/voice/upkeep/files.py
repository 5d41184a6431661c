"""The files of a council's own that belong to a backup: pictures, surveys, population.

Keys never belong to it: whoever holds keys and backup together reads all that was said.
"""

import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from voice.settings import Settings, shipped_home


def roots(settings: Settings) -> dict[str, Path]:
    """Return where a council's own files lie, by what they are; what we ship is left out."""
    found = {"pictures": settings.pictures}
    if settings.home != shipped_home():
        found["surveys"] = settings.surveys
    if settings.population_file:
        found["population.toml"] = settings.population
    return found


def pack(settings: Settings, out: Path) -> int:
    """Write all of them into one file; return how many they are."""
    count = 0
    with tarfile.open(out, "w") as tar:
        for root, place in roots(settings).items():
            for name, file in _below(root, place):
                tar.add(file, name, recursive=False)
                count += 1
    return count


def bring_back(settings: Settings, archive: Path) -> list[Path]:
    """Put the files back where the settings say; return those that are there and differ.

    What is there is never written over: somebody may have changed it since, on purpose.
    """
    differ = []
    places = roots(settings)
    with tarfile.open(archive) as tar:
        for member in tar:
            place = _place(places, member)
            opened = tar.extractfile(member) if place else None
            if place is None or opened is None:
                continue
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(opened.read())
            elif place.read_bytes() != opened.read():
                differ.append(place)
    return differ


def _below(root: str, place: Path) -> Iterator[tuple[str, Path]]:
    if place.is_file():
        yield root, place
    for file in sorted(place.rglob("*")) if place.is_dir() else []:
        if file.is_file() and not file.is_symlink():
            yield f"{root}/{file.relative_to(place).as_posix()}", file


def _place(places: dict[str, Path], member: tarfile.TarInfo) -> Path | None:
    """Return where a file of the archive goes; None for what is not ours to write."""
    root, *below = PurePosixPath(member.name).parts
    if not member.isfile() or root not in places or ".." in below:
        return None
    return places[root].joinpath(*below)
