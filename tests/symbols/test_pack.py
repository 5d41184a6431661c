"""A pack is read by the names in it and never unpacked; what is made to do harm is refused."""

import struct
import zipfile

import pytest

from tests.drawn import drawing
from voice.errors import BadInput
from voice.symbols import pack as packs
from voice.symbols.pack import CannotRead, open_pack


def parts_of(path) -> tuple[str, str]:
    """The names of a pack's list and of its licence."""
    with open_pack(path) as opened:
        return opened.list_of_pictures, opened.licence


def refused(path) -> str:
    with pytest.raises(BadInput) as caught:
        parts_of(path)
    return caught.value.message


def zip_with(tmp_path, *files: tuple[str, bytes], form: int = zipfile.ZIP_DEFLATED):
    path = tmp_path / "some.zip"
    with zipfile.ZipFile(path, "w", form) as out:
        for name, written in files:
            out.writestr(name, written)
    return path


def test_a_folder_and_the_same_folder_zipped_give_the_same_files(pack):
    with open_pack(pack.folder) as plain, open_pack(pack.zipped()) as zipped:
        assert {f"our-pictures/{name}" for name in plain.sizes} == set(zipped.sizes)
        assert zipped.list_of_pictures == "our-pictures/pictures.csv"
        assert zipped.read("our-pictures/happy.svg") == plain.read("happy.svg") == drawing()


def test_what_a_computer_left_behind_is_not_in_the_pack(pack):
    pack.add(".DS_Store", b"x")
    pack.add(".git/config", b"x")
    with open_pack(pack.folder) as opened:
        assert set(opened.sizes) == {"happy.svg", "hall.jpg", "LICENCE.txt", "pictures.csv"}


def test_the_licence_nearest_the_top_is_the_packs(pack):
    pack.add("old/LICENSE.md", b"x")
    pack.add("licences.csv.txt", b"x")
    with open_pack(pack.folder) as opened:
        assert opened.licence == "LICENCE.txt"


def test_a_pack_without_its_list_or_its_licence_is_refused(pack):
    (pack.folder / "LICENCE.txt").rename(pack.folder / "words.txt")
    assert "has no licence" in refused(pack.folder)
    pack.add("second.csv", b"x")
    assert "has 2 CSV files" in refused(pack.folder)
    for file in pack.folder.glob("*.csv"):
        file.unlink()
    assert "has no CSV file" in refused(pack.folder)


def test_what_is_no_pack_is_refused(tmp_path):
    assert "cannot be opened" in refused(tmp_path / "nowhere.zip")
    file = tmp_path / "some.zip"
    file.write_bytes(b"PK not really")
    assert "neither a folder nor a zip file" in refused(file)


@pytest.mark.parametrize(
    "name", ["../happy.svg", "a/../../happy.svg", "/etc/happy.svg", "C:/a.svg"]
)
def test_a_zip_file_that_leads_out_of_itself_is_refused(tmp_path, name):
    assert "leads out of it" in refused(zip_with(tmp_path, (name, drawing())))


def test_a_zip_file_that_would_fill_the_disk_is_refused_unread(tmp_path):
    path = zip_with(tmp_path, ("happy.svg", b"\0" * 30_000_000))
    assert path.stat().st_size < 50_000
    assert "would grow far too large" in refused(path)


def test_a_zip_file_packed_in_another_way_is_refused(tmp_path):
    path = zip_with(tmp_path, ("a.svg", b"\0" * 1000), form=zipfile.ZIP_BZIP2)
    assert "Make a plain zip file" in refused(path)


def test_a_zip_file_that_lies_about_a_size_gives_no_more_than_it_said(tmp_path):
    path = zip_with(tmp_path, ("happy.svg", b"\0" * 90_000))
    written = path.read_bytes()
    assert written.count(struct.pack("<L", 90_000)) == 2
    path.write_bytes(written.replace(struct.pack("<L", 90_000), struct.pack("<L", 10)))
    with open_pack(path) as opened, pytest.raises(CannotRead, match="damaged"):
        opened.read("happy.svg")


def test_a_zip_file_with_a_password_says_so(tmp_path):
    path = zip_with(tmp_path, ("happy.svg", drawing()))
    written = bytearray(path.read_bytes())
    written[written.index(b"PK\x01\x02") + 8] |= 1
    written[written.index(b"PK\x03\x04") + 6] |= 1
    path.write_bytes(written)
    with open_pack(path) as opened, pytest.raises(CannotRead, match="password"):
        opened.read("happy.svg")


def test_a_damaged_file_in_a_zip_file_is_named_when_it_is_read(tmp_path):
    path = zip_with(tmp_path, ("happy.svg", drawing()), form=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"circle", b"square"))
    with open_pack(path) as opened, pytest.raises(CannotRead, match="damaged"):
        opened.read("happy.svg")


@pytest.mark.parametrize(
    ("limit", "most", "words"),
    [("MOST_FILES", 3, "more than 3 files"), ("MOST_BYTES", 100, "has more than")],
)
def test_a_pack_with_too_much_in_it_is_refused(pack, monkeypatch, limit, most, words):
    monkeypatch.setattr(packs, limit, most)
    assert words in refused(pack.folder)
    assert words in refused(pack.zipped())


def test_a_file_that_is_too_large_is_not_read(pack, monkeypatch):
    monkeypatch.setattr(packs, "LARGEST", 10)
    with open_pack(pack.folder) as opened, pytest.raises(CannotRead, match="more than"):
        opened.read("happy.svg")
    with open_pack(pack.zipped()) as opened, pytest.raises(CannotRead, match="more than"):
        opened.read("our-pictures/happy.svg")


def test_a_link_out_of_the_folder_is_not_followed(pack, tmp_path):
    (tmp_path / "secret.svg").write_bytes(drawing())
    (pack.folder / "link.svg").symlink_to(tmp_path / "secret.svg")
    with open_pack(pack.folder) as opened:
        assert "link.svg" not in opened.sizes
