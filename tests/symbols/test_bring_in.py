"""Bringing in a pack: all of it or nothing, each picture with its record, twice like once."""

from datetime import date
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.drawn import drawing, photo, photo_with_a_place
from tests.symbols.conftest import GOOD
from voice.errors import BadInput
from voice.surveys.picture_check import check_pictures
from voice.surveys.pictures import load_pictures, picture_files

MULBERRY = "star.svg,star_1,a star,Garry Paxton,CC BY-SA 2.0 UK,Mulberry Symbols 3.5"


def everything(folder: Path) -> dict[str, tuple[bytes, float]]:
    """Every file below a folder, with its bytes and when it was written."""
    return {
        str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def lines(outcome) -> list[str]:
    return [bad.line for bad in outcome.bad]


@pytest.mark.parametrize("zipped", [False, True])
def test_every_picture_is_taken_with_its_record_and_the_check_finds_nothing_wrong(
    pack, bring, folder, zipped
):
    outcome = bring(pack.zipped() if zipped else pack.folder)
    assert (outcome.new, outcome.bad, outcome.done) == (["happy.svg", "hall.jpg"], [], True)
    assert set(picture_files(folder)) - {".gitignore"} == {"happy.svg", "hall.jpg"}
    happy = next(one for one in load_pictures(folder) if one.file == "happy.svg")
    assert (happy.id, happy.source, happy.author) == ("1", "Our own pictures", "Ms Green")
    assert (happy.shows, happy.licence) == ("a happy face", "own-work")
    assert happy.sha256 == sha256((folder / "happy.svg").read_bytes()).hexdigest()
    assert happy.original_sha256 == sha256(drawing()).hexdigest()
    assert check_pictures(folder, "LICENCES.toml", of_council=True) == []
    assert (folder / "licences/pack.txt").read_bytes().startswith(b"We made these")


def test_a_second_time_nothing_at_all_changes(pack, bring, folder):
    bring(pack.folder)
    before = everything(folder)
    outcome = bring(pack.folder)
    assert (outcome.new, outcome.changed, outcome.same, outcome.bad) == ([], [], 2, [])
    assert everything(folder) == before
    assert bring(pack.zipped()).same == 2
    assert everything(folder) == before


def test_a_second_pack_is_added_to_the_first(pack, bring, folder):
    bring(pack.folder)
    pack.add("star.svg", drawing("#fc0"))
    pack.list(MULBERRY)
    outcome = bring(pack.folder, prefix="mulberry-")
    assert outcome.new == ["mulberry-star.svg"]
    assert outcome.without_a_row == 2
    assert [one.file for one in load_pictures(folder)] == [
        "hall.jpg",
        "happy.svg",
        "mulberry-star.svg",
    ]


def test_drawings_are_made_safe_and_photos_lose_their_place(pack, bring, folder):
    pack.add("happy.svg", drawing(inside="<script>alert(1)</script>"))
    pack.add("hall.jpg", photo_with_a_place())
    bring(pack.folder)
    assert b"script" not in (folder / "happy.svg").read_bytes()
    assert b"Sam of Year 5" not in (folder / "hall.jpg").read_bytes()


# A row that cannot be taken, after two that can: what it says, and what to do.
BAD = [
    ("gone.svg,3,a,b,own-work,c", "There is no such file in the pack. Look how its name"),
    ("HAPPY.svg,3,a,b,own-work,c", "There is no such file in the pack. Look how its name"),
    (",3,a,b,own-work,c", "It has no “file”. Fill in the cell."),
    ("other.svg,3,,b,own-work,c", "It has no “shows”. Fill in the cell."),
    ("other.svg,3,a,,own-work,c", "It has no “author”. Fill in the cell."),
    ("other.svg,3,a,b,own-work,", "It has no “source”. Fill in the cell."),
    ("other.svg,3,a,b,,c", "It has no licence: all rights are its author’s."),
    ("other.svg,3,a,b,CC BY-NC 4.0,c", "“CC BY-NC 4.0” allows non-commercial use only."),
    ("other.svg,3,a,b,CC BY-SA 4.0,ARASAAC", "ARASAAC allows non-commercial use only."),
    ("other.svg,3,a,Sclera vzw,CC0,c", "Sclera allows non-commercial use only."),
    ("other.svg,3,a,b,from the web,c", "“from the web” is not among the licences"),
    ("other.svg,3,a,b,licensed,c", "It does not say who holds the licence until when."),
    ("other.svg,3,a,b,licensed to us until 2020-01-31,c", "The licence of us ended on 2020-01-31"),
    ("../secret.svg,3,a,b,own-work,c", "It leads out of the pack."),
    ("/etc/secret.svg,3,a,b,own-work,c", "It leads out of the pack."),
    ("x\\..\\..\\secret.svg,3,a,b,own-work,c", "It leads out of the pack."),
    ("notes.txt,3,a,b,own-work,c", "It is not a kind of picture we can show."),
    ("words.svg,3,a,b,own-work,c", "It is not a drawing that can be read."),
    ("letters.png,3,a,b,own-work,c", "It is not a picture that can be read."),
    ("huge.png,3,a,b,own-work,c", "It has more than 50 million pixels."),
    ("Happy.svg,3,a,b,own-work,c", "Row 1 (happy.svg) would be called “happy.svg” here as well."),
    ("happy.png,3,a,b,own-work,c", "Row 1 (happy.svg) would be called “happy.png” here as well."),
    ("!.svg,3,a,b,own-work,c", "Its name has no letter or figure in it."),
]


@cache
def huge() -> bytes:
    """A picture of few bytes and far too many pixels."""
    out = BytesIO()
    Image.new("1", (8000, 7000)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def spoilt(pack):
    """A pack with whatever a bad row may name, and a picture beside it that is none of it."""
    for name in ("other.svg", "Happy.svg", "!.svg"):
        pack.add(name, drawing("#00c"))
    pack.add("happy.png", photo("PNG"))
    pack.add("huge.png", huge())
    for name in ("notes.txt", "words.svg", "letters.png"):
        pack.add(name, b"just words")
    (pack.folder.parent / "secret.svg").write_bytes(drawing())
    return pack


@pytest.mark.parametrize(("row", "words"), BAD)
def test_a_row_that_cannot_be_taken_is_named_and_nothing_is_taken(
    spoilt, bring, folder, row, words
):
    spoilt.list(*GOOD, row)
    outcome = bring(spoilt.folder)
    assert len(outcome.bad) == 1
    assert outcome.bad[0].row.number == 3
    assert outcome.bad[0].line.startswith("row 3 (")
    assert words in outcome.bad[0].line
    assert not outcome.done
    assert everything(folder) == {}


@pytest.mark.parametrize(("row", "words"), BAD)
def test_with_skip_bad_the_good_ones_are_taken_and_the_bad_ones_named(
    spoilt, bring, folder, row, words
):
    spoilt.list(*GOOD, row)
    outcome = bring(spoilt.zipped(), skip_bad=True)
    assert [words in line for line in lines(outcome)] == [True]
    assert outcome.new == ["happy.svg", "hall.jpg"]
    assert [one.file for one in load_pictures(folder)] == ["hall.jpg", "happy.svg"]
    assert check_pictures(folder, "LICENCES.toml", of_council=True) == []


def test_every_bad_row_is_named_at_once(spoilt, bring):
    spoilt.list(*GOOD, *(row for row, _ in BAD))
    found = lines(bring(spoilt.folder))
    assert all(words in line for (_, words), line in zip(BAD, found, strict=True))


def test_a_picture_that_changed_is_named_and_taken_only_when_that_is_wanted(pack, bring, folder):
    bring(pack.folder)
    before = everything(folder)
    pack.add("hall.jpg", photo(colour="#0c0"))
    outcome = bring(pack.folder)
    assert lines(outcome) == [
        "row 2 (hall.jpg): It has changed since it was brought in. "
        "Bring it in with --replace if the pack’s picture is the right one."
    ]
    assert everything(folder) == before

    outcome = bring(pack.folder, replace=True)
    assert (outcome.new, outcome.changed, outcome.same) == ([], ["hall.jpg"], 1)
    assert everything(folder) != before
    assert check_pictures(folder, "LICENCES.toml", of_council=True) == []
    assert bring(pack.folder).same == 2


def test_a_picture_that_was_changed_in_the_folder_is_named(pack, bring, folder):
    bring(pack.folder)
    (folder / "happy.svg").write_bytes(drawing("#0c0"))
    outcome = bring(pack.folder)
    assert "The picture that is here is not the one that was brought in." in lines(outcome)[0]
    assert bring(pack.folder, replace=True).changed == ["happy.svg"]
    assert b"#c00" in (folder / "happy.svg").read_bytes()


def test_a_picture_that_went_missing_is_put_back(pack, bring, folder):
    bring(pack.folder)
    (folder / "hall.jpg").unlink()
    assert bring(pack.folder).bad == []
    assert check_pictures(folder, "LICENCES.toml", of_council=True) == []


def test_a_renewed_licence_is_written_down_and_the_picture_stays(pack, bring, folder):
    row = "happy.svg,1,a happy face,Widgit Software,licensed to us until {},Widgit Symbols"
    pack.list(row.format("2098-03-31"))
    bring(pack.folder)
    written = (folder / "happy.svg").stat().st_mtime_ns
    pack.list(row.format("2099-03-31"))
    outcome = bring(pack.folder)
    assert (outcome.changed, outcome.bad) == (["happy.svg"], [])
    assert load_pictures(folder)[0].until == date(2099, 3, 31)
    assert (folder / "happy.svg").stat().st_mtime_ns == written


def test_a_name_that_another_picture_has_is_not_given_twice(pack, bring, folder):
    bring(pack.folder)
    pack.list("happy.svg,42,a smile,Garry Paxton,CC BY-SA 2.0 UK,Mulberry Symbols 3.5")
    outcome = bring(pack.folder)
    assert "taken by another picture (1, Our own pictures)" in lines(outcome)[0]
    assert bring(pack.folder, prefix="mulberry ").new == ["mulberry-happy.svg"]


def test_a_file_without_a_record_is_never_written_over(pack, bring, folder):
    folder.mkdir(parents=True)
    (folder / "happy.png").write_bytes(b"somebody's")
    outcome = bring(pack.folder, replace=True)
    assert "There is another file “happy.svg”, without a record." in lines(outcome)[0]
    assert (folder / "happy.png").read_bytes() == b"somebody's"


def test_a_licensed_picture_is_taken_into_the_councils_folder_only(pack, bring, folder, tmp_path):
    pack.list("happy.svg,1,a smile,Widgit Software,licensed to us until 2099-03-31,Widgit")
    elsewhere = tmp_path / "surveys/pictures"
    outcome = bring(pack.folder, folder=elsewhere, of_council=False)
    assert "may not be passed on" in lines(outcome)[0]
    assert everything(elsewhere) == {}

    assert bring(pack.folder).new == ["happy.svg"]
    # Should the folder stand in a checkout after all, it is not published with the code.
    assert (folder / ".gitignore").read_text() == "*\n"


def test_records_written_by_hand_stay_with_what_stands_above_them(pack, bring, tmp_path):
    folder = tmp_path / "surveys/lunch/pictures"
    folder.mkdir(parents=True)
    (folder / "LICENCES.toml").write_text(
        "# Ours.\n\n[[pictures]]\n"
        'file = "zebra.svg"\nid = ""\nshows = "a \\"zebra\\""\nauthor = "Zoë \\\\ Z"\n'
        'source = "Ours"\nlicence = "own-work"\nsha256 = "0"\n'
    )
    (folder / "zebra.svg").write_bytes(drawing())
    bring(pack.folder, folder=folder, of_council=False)
    records = load_pictures(folder)
    assert [one.file for one in records] == ["hall.jpg", "happy.svg", "zebra.svg"]
    assert (records[2].shows, records[2].author) == ('a "zebra"', "Zoë \\ Z")
    assert (folder / "LICENCES.toml").read_text().startswith("# Ours.\n\n[[pictures]]")
    assert not (folder / ".gitignore").exists()


def test_whatever_stands_in_a_cell_can_be_read_again(pack, bring, folder):
    said = 'a “smile” \\ """ # [[x]] = 3'
    cell = '"' + said.replace('"', '""') + '"'
    pack.list(f"happy.svg,{cell},{cell},{cell},own-work,{cell}")
    bring(pack.folder)
    record = load_pictures(folder)[0]
    assert {record.id, record.shows, record.author, record.source} == {said}


def test_a_run_that_was_cut_short_is_finished_by_the_next(pack, bring, folder, monkeypatch):
    replace = Path.replace

    def stop_at_photos(self, target):
        if self.suffix == ".jpg":
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stop_at_photos)
    with pytest.raises(KeyboardInterrupt):
        bring(pack.folder)
    monkeypatch.undo()
    assert bring(pack.folder).bad == []
    assert check_pictures(folder, "LICENCES.toml", of_council=True) == []
    assert list(folder.glob(".incoming*")) == []


def test_a_pack_whose_list_cannot_be_read_changes_nothing(pack, bring, folder):
    pack.list(header="file,id,shows")
    with pytest.raises(BadInput, match="no column called “author”"):
        bring(pack.folder)
    assert not folder.exists()
