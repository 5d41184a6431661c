"""Opening what is in `nlp_models/`: a file that is not the one its card names is refused."""

import hashlib
from functools import cache
from pathlib import Path

import msgspec

from voice.errors import VoiceError


class ModelProblem(VoiceError):
    """A model is missing, or is not the one that its card describes."""

    title = "A language model cannot be used"


class Card(msgspec.Struct, frozen=True):
    """What is known about one model: where it comes from, how well it does, where it fails.

    `made_from` is free: the names of its keys say what each line is. `files` gives the SHA-256
    of every file, in hexadecimal, by the file's name; each lies in the card's own folder.
    """

    name: str
    version: str
    licence: str
    made_from: dict[str, str]
    how_well: tuple[str, ...]
    where_it_fails: tuple[str, ...]
    files: dict[str, str]
    what_for: str = ""


def card(folder: Path) -> Card:
    """Read the card.toml of one model's folder.

    Raises:
        ModelProblem: there is no card, or it lacks a line or has one that does not belong.
    """
    path = folder / "card.toml"
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Card)
    except OSError as missing:
        raise ModelProblem(
            f"There is no {path}. Fetch the folder nlp_models again, whole."
        ) from missing
    except msgspec.DecodeError as unclear:
        raise ModelProblem(
            f"{path} cannot be read: {unclear}. Correct it or fetch it again."
        ) from unclear


@cache
def open_model(home: Path, name: str) -> Path:
    """Return the folder of the model `name` in `home`, every file of which matches its card.

    The files are read through once in the life of the program; a change made after that is not
    noticed before the next start.

    Raises:
        ModelProblem: a file is missing or differs; the message names it and says what to do.
    """
    folder = home / name
    for file_name, sha256 in card(folder).files.items():
        if Path(file_name).name != file_name:
            raise ModelProblem(
                f"The card of {folder} names {file_name}, which is outside its folder."
            )
        _check(folder / file_name, sha256)
    return folder


def _check(path: Path, sha256: str) -> None:
    """Refuse a file whose SHA-256 is another one."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as missing:
        raise ModelProblem(
            f"The file {path} is missing. Fetch it again, or make it with the make.py beside it."
        ) from missing
    if found != sha256:
        raise ModelProblem(
            f"The file {path} is not the one its card describes: it was changed, or only partly "
            "fetched. Fetch it again, or make it with the make.py beside it."
        )
