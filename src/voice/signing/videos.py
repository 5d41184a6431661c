"""All videos that pages show, read once when the program starts, and the addresses they have."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

from msgspec import Struct, structs

from voice.listening.spoken import START, all_said
from voice.signing.film import KINDS, POSTERS
from voice.signing.records import FOLDER, Video, find_videos
from voice.surveys.catalogue import Catalogue

Where = tuple[str, str, str]
"""A survey's id, a wording (empty for its own words), and a page's id or `START`."""


class Signed(Struct, frozen=True):
    """What a page needs to show its video: [(address, kind)], and the picture before it plays.

    Only a start page has an `offer`: the address to come back to with videos on. It may be all
    that it has, where other pages have videos and the start has none.
    """

    sources: tuple[tuple[str, str], ...] = ()
    poster: str = ""
    offer: str = ""


class Kept(Struct, frozen=True):
    """A file as it was when it was judged; `changed_at` is in nanoseconds."""

    path: Path
    sha256: str
    kind: str
    size: int
    changed_at: int

    @property
    def as_judged(self) -> bool:
        """Tell whether the file is still there and was not written since."""
        try:
            now = self.path.stat()
        except OSError:
            return False
        return (now.st_size, now.st_mtime_ns) == (self.size, self.changed_at)


class Videos(Struct, frozen=True):
    """The videos that fit their pages: by place for pages, and by name in addresses."""

    by_place: Mapping[Where, Signed]
    by_name: Mapping[str, Kept]

    @classmethod
    def read(cls, home: Path, catalogue: Catalogue) -> Self:
        """Return all videos in `home` that say what their pages say; others are for the check."""
        found = list(_usable(home, catalogue))
        signed = {where: _signed(videos) for where, videos in found}
        return cls(
            by_place=signed | dict(_offers(signed)),
            by_name=dict(_kept(video) for _, videos in found for video in videos)
            | dict(poster for _, videos in found for video in videos for poster in _poster(video)),
        )

    def at(self, survey_id: str, wording: str, place: str) -> Signed | None:
        """Return the video of a page in a wording, or None when nobody signed these words."""
        return self.by_place.get((survey_id, wording, place))


def _usable(home: Path, catalogue: Catalogue) -> Iterator[tuple[Where, list[Video]]]:
    for survey in catalogue.surveys:
        if not (home / survey.id / FOLDER).is_dir():
            continue
        for wording, pages in all_said(catalogue, survey.id).items():
            usable = find_videos(home / survey.id, wording, pages).usable
            yield from (((survey.id, wording, at), list(these)) for at, these in usable.items())


def _signed(videos: list[Video]) -> Signed:
    """Return what a page needs of its videos, MP4 first: every browser has tried that longest."""
    posters = [name for video in videos for name, _ in _poster(video)]
    return Signed(
        tuple((f"/signing/{_kept(video)[0]}", KINDS[video.path.suffix]) for video in videos),
        f"/signing/{posters[0]}" if posters else "",
    )


def _offers(signed: Mapping[Where, Signed]) -> Iterator[tuple[Where, Signed]]:
    """Yield the start page of each wording that has a video, with the offer to switch them on."""
    for survey_id, wording, _ in signed:
        start = (survey_id, wording, START)
        back = f"/surveys/{survey_id}" + (f"?words={wording}" if wording else "")
        yield start, structs.replace(signed.get(start, Signed()), offer=back)


def _kept(video: Video) -> tuple[str, Kept]:
    suffix = video.path.suffix
    return _named(video.path, video.record.sha256, suffix, KINDS[suffix])


def _poster(video: Video) -> Iterator[tuple[str, Kept]]:
    if video.poster:
        suffix = video.poster.suffix
        yield _named(video.poster, video.record.poster_sha256, suffix, POSTERS[suffix])


def _named(path: Path, sha256: str, suffix: str, kind: str) -> tuple[str, Kept]:
    """Return a file under the name it has in addresses: another file, another name."""
    stat = path.stat()
    return f"{sha256}{suffix}", Kept(path, sha256, kind, stat.st_size, stat.st_mtime_ns)
