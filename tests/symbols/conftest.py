"""A pack of pictures that a test can spoil, and a folder to bring it into."""

import zipfile
from pathlib import Path

import pytest
from msgspec import Struct, convert

from tests.drawn import drawing, photo
from voice.symbols.bring_in import Into, Outcome, bring_in
from voice.symbols.pack import open_pack

HEADER = "file,id,shows,author,licence,source"
GOOD = (
    "happy.svg,1,a happy face,Ms Green,own-work,Our own pictures",
    "hall.jpg,2,the dinner hall,Sam of Year 5,own-work,Our own pictures",
)


class Packed(Struct, frozen=True):
    """A folder that is a pack."""

    folder: Path

    def list(self, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> None:
        """Write the list of pictures."""
        text = "\n".join([header, *rows]) + "\n"
        (self.folder / "pictures.csv").write_bytes(text.encode(encoding))

    def add(self, name: str, written: bytes) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(written)

    def zipped(self) -> Path:
        """The same pack as a zip file, in a folder of its own, as people make them."""
        path = self.folder.with_suffix(".zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for file in sorted(self.folder.rglob("*")):
                out.write(file, f"our-pictures/{file.relative_to(self.folder)}")
            out.writestr("__MACOSX/our-pictures/._pictures.csv", b"left behind by a computer")
        return path


@pytest.fixture
def pack(tmp_path: Path) -> Packed:
    """A pack with two pictures that fit."""
    made = Packed(tmp_path / "pack")
    made.folder.mkdir()
    made.add("happy.svg", drawing())
    made.add("hall.jpg", photo())
    made.add("LICENCE.txt", b"We made these pictures. You may use them for this survey.")
    made.list(*GOOD)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The council's own folder, which is not there yet."""
    return tmp_path / "data" / "pictures"


@pytest.fixture
def bring(folder: Path):
    """Bring a pack into the council's folder; `how` are fields of `Into`."""

    def run(path: Path, **how: object) -> Outcome:
        into = convert({"folder": folder, "of_council": True, **how}, Into)
        with open_pack(path) as opened:
            return bring_in(opened, into, lambda *_: None)

    return run
