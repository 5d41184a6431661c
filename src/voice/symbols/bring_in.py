"""Bring a pack into a folder: every picture made safe and small, or the reason why it is not."""

import tempfile
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath

from msgspec import Struct, structs

from voice.errors import BadInput
from voice.surveys.licences import Refusal, Terms, refusal
from voice.surveys.pictures import KINDS, Picture
from voice.surveys.sources import stem
from voice.symbols.drawing import safe_drawing
from voice.symbols.pack import CannotRead, Pack
from voice.symbols.photo import small_photo
from voice.symbols.rows import PictureRow, fault_in, name_of, read_rows, terms_of
from voice.symbols.taken import Taken, look_at, write_records
from voice.symbols.unfit import Unfit

Tell = Callable[[str, int, int], None]
"""Is told how far the work is: what is done, how many of it, of how many."""

LICENCE_FOLDER = "licences"


class Into(Struct, frozen=True, kw_only=True):
    """Where pictures go, and how.

    Attributes:
        folder: the folder; it is made when it is not there.
        of_council: whether it is the council's own, where a licensed picture may lie.
        prefix: what each name begins with here.
        skip_bad: take what fits although something does not.
        replace: take a picture that changed in place of the one that is there.
    """

    folder: Path
    of_council: bool
    prefix: str = ""
    skip_bad: bool = False
    replace: bool = False


class Bad(Struct, frozen=True):
    """A row that cannot be taken: why, and what to do."""

    row: PictureRow
    refusal: Refusal

    @property
    def line(self) -> str:
        """All of it in one line."""
        name = self.row.file or "no file named"
        return f"row {self.row.number} ({name}): {self.refusal.why} {self.refusal.what_to_do}"


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of a pack.

    `new` and `changed` are names here; `same` is how many were there already; `without_a_row` is
    how many pictures of the pack the list leaves out. Without `done` the folder is as it was.
    """

    new: Sequence[str]
    changed: Sequence[str]
    same: int
    bad: Sequence[Bad]
    without_a_row: int
    done: bool


def bring_in(pack: Pack, into: Into, tell: Tell) -> Outcome:
    """Take every picture that the pack's list names; a second time nothing changes.

    While one row is bad nothing is taken, unless `into.skip_bad`.

    Raises:
        BadInput: the pack lacks its list or its licence, or the list cannot be read.
        BadSurvey: the records of the folder cannot be read.
    """
    rows = read_rows(pack.list_of_pictures, _read(pack, pack.list_of_pictures))
    licence = _read(pack, pack.licence)
    into.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.folder, prefix=".incoming-") as waiting:
        desk = _Desk(pack, into, look_at(into.folder), Path(waiting))
        for place, row in enumerate(rows, 1):
            desk.judge(row)
            tell("Looking at pictures", place, len(rows))
        if not desk.bad or into.skip_bad:
            desk.put_away(licence)
    return desk.outcome


def _read(pack: Pack, name: str) -> bytes:
    try:
        return pack.read(name)
    except CannotRead as error:
        raise BadInput(f"{name}: {error}") from None


class _Desk:
    """Where the rows of one pack are judged; what fits waits in a folder until all are."""

    def __init__(self, pack: Pack, into: Into, taken: Taken, waiting: Path) -> None:
        self.pack, self.into, self.taken, self.waiting = pack, into, taken, waiting
        self.home = PurePosixPath(pack.list_of_pictures).parent
        self.records: dict[str, Picture] = dict(taken.records)
        self.rows: dict[str, PictureRow] = {}
        self.new: list[str] = []
        self.changed: list[str] = []
        self.same = 0
        self.bad: list[Bad] = []
        self.done = False

    @property
    def outcome(self) -> Outcome:
        """What became of the rows that were judged."""
        named = {self._in_pack(row) for row in (*self.rows.values(), *(b.row for b in self.bad))}
        pictures = {one for one in self.pack.sizes if PurePosixPath(one).suffix.lower() in KINDS}
        return Outcome(
            new=self.new,
            changed=self.changed,
            same=self.same,
            bad=self.bad,
            without_a_row=len(pictures - named),
            done=self.done,
        )

    def judge(self, row: PictureRow) -> None:
        """Keep the picture of a row for later, or say why not."""
        terms = self._terms(row)
        if isinstance(terms, Terms):
            name = name_of(row.file, self.into.prefix)
            terms = self._name_is_free(row, name) or terms
            self.rows.setdefault(stem(name), row)
        if isinstance(terms, Refusal):
            self.bad.append(Bad(row, terms))
            return
        try:
            self._prepare(row, terms, name)
        except Unfit as unfit:
            self.bad.append(Bad(row, Refusal(unfit.why, unfit.what_to_do)))
        except CannotRead as error:
            self.bad.append(Bad(row, Refusal(str(error), "")))

    def put_away(self, licence: bytes) -> None:
        """Say in the records what will be there, then put what waits in its place.

        In this order, because a record without its picture is mended by the next run.
        """
        if self.new or self.changed:
            write_records(self.into.folder, self.records)
            licences = self.into.folder / LICENCE_FOLDER
            licences.mkdir(exist_ok=True)
            suffix = PurePosixPath(self.pack.licence).suffix
            (licences / f"{Path(self.pack.name).stem}{suffix}").write_bytes(licence)
        if self.into.of_council and self.new:
            # What is licensed to a council must not be published with the code by mistake.
            (self.into.folder / ".gitignore").write_text("*\n", encoding="utf-8")
        for made in sorted(self.waiting.iterdir()):
            made.replace(self.into.folder / made.name)
        self.done = True

    def _in_pack(self, row: PictureRow) -> str:
        """Return where the file of a row is in the pack: it is named from where the list lies."""
        return (self.home / row.file).as_posix()

    def _terms(self, row: PictureRow) -> Terms | Refusal:
        """Return the terms of a picture that is there and may be shown."""
        fault = fault_in(row, self._in_pack(row), self.pack.sizes)
        if fault:
            return fault
        terms = terms_of(row)
        if isinstance(terms, Refusal):
            return terms
        return refusal(terms, of_council=self.into.of_council) or terms

    def _name_is_free(self, row: PictureRow, name: str) -> Refusal | None:
        """Return why the picture cannot have its name here, or None."""
        rename = "Rename the file, or bring the pack in with another --prefix."
        earlier = self.rows.get(stem(name))
        if not name:
            return Refusal("Its name has no letter or figure in it.", "Rename the file.")
        if earlier is not None:
            why = f"Row {earlier.number} ({earlier.file}) would be called “{name}” here as well."
            return Refusal(why, rename)
        here = self.taken.records.get(stem(name))
        if here is None and stem(name) in self.taken.files:
            return Refusal(f"There is another file “{name}”, without a record.", "Delete it first.")
        same = here is None or (here.file, here.id, here.source) == (name, row.known_as, row.source)
        if here is not None and not same:
            why = f"The name “{here.file}” is taken by another picture ({here.id}, {here.source})."
            return Refusal(why, rename)
        return None

    def _prepare(self, row: PictureRow, terms: Terms, name: str) -> None:
        """Make the picture ready.

        Raises:
            Unfit: it cannot be taken, or is another one than was taken under this name.
            CannotRead: the pack cannot give it.
        """
        written = self.pack.read(self._in_pack(row))
        record = _record(row, terms, name, sha256(written).hexdigest())
        here = self.taken.records.get(stem(name))
        if here is not None and self.taken.as_recorded(name):
            if here.original_sha256 == record.original_sha256:
                self._note(structs.replace(record, sha256=here.sha256), here)
                return
            self._must_be_wanted("It has changed since it was brought in.")
        elif here is not None and stem(name) in self.taken.files:
            self._must_be_wanted("The picture that is here is not the one that was brought in.")
        made = _made(written, PurePosixPath(name).suffix)
        (self.waiting / name).write_bytes(made)
        self._note(structs.replace(record, sha256=sha256(made).hexdigest()), here)

    def _must_be_wanted(self, why: str) -> None:
        if not self.into.replace:
            raise Unfit(why, "Bring it in with --replace if the pack’s picture is the right one.")

    def _note(self, record: Picture, here: Picture | None) -> None:
        waits = (self.waiting / record.file).exists()
        if here == record and not waits:
            self.same += 1
            return
        (self.changed if here else self.new).append(record.file)
        self.records[stem(record.file)] = record


def _record(row: PictureRow, terms: Terms, name: str, original_sha256: str) -> Picture:
    return Picture(
        file=name,
        id=row.known_as,
        shows=row.shows,
        author=row.author,
        source=row.source,
        licence=terms.licence,
        sha256="",
        held_by=terms.held_by,
        until=terms.until,
        original_sha256=original_sha256,
    )


def _made(written: bytes, suffix: str) -> bytes:
    return safe_drawing(written) if suffix == ".svg" else small_photo(written, suffix)
