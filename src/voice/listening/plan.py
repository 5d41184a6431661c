"""Who reads which page: the best source there is, and what stands in the way of publishing."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from voice.listening.clip import Published
from voice.listening.engine import Engine
from voice.listening.make import Reading
from voice.listening.recordings import Recordings, find_recordings
from voice.listening.sources import first_for
from voice.listening.spoken import OWN_WORDS, Spoken
from voice.surveys.problem import Problem

Where = tuple[str, str]
"""A wording, empty for the survey's own words, and a place in it."""


class Plan(Struct, frozen=True):
    """What a survey's pages will be heard from.

    Attributes:
        readings: what is to be read, and by whom; made already or not.
        kept: keys of clips that fit their words, where nothing here could make a new one.
        problems: what is wrong; nothing is published while one of them stops.
        silent: pages without any source, in no wording's clips.
    """

    readings: Mapping[Where, Reading]
    kept: Mapping[Where, str]
    problems: Sequence[Problem]
    silent: Sequence[Where]


def plan(
    folder: Path,
    wordings: Mapping[str, Sequence[Spoken]],
    machines: Sequence[Engine],
    published: Sequence[Published],
) -> Plan:
    """Return who reads each page of a survey.

    Args:
        folder: the survey's folder; recordings lie in it.
        wordings: what is said on each page, for every wording.
        machines: the machines that can be used, the best first.
        published: the clips that the survey has now.
    """
    readings: dict[Where, Reading] = {}
    kept: dict[Where, str] = {}
    problems: list[Problem] = []
    silent: list[Where] = []
    # Who takes a recording away wants it to be heard no more.
    before = {
        (clip.wording, clip.place): clip
        for clip in published
        if clip.whole and clip.source != "recording"
    }
    for wording, pages in wordings.items():
        recordings = find_recordings(folder, wording, pages)
        problems += recordings.problems
        for page in pages:
            where = (wording, page.place)
            reading = _reading(page, recordings, machines)
            if reading:
                readings[where] = reading
            elif where not in before:
                silent.append(where)
            elif _fits(before[where], page):
                kept[where] = before[where].key
            else:
                problems.append(_stale(folder.name, where))
    return Plan(readings, kept, problems, silent)


def stops(found: Sequence[Problem]) -> bool:
    """Tell whether one of the problems stands in the way."""
    return any(problem.stops for problem in found)


def in_order(source_of: Mapping[Where, str]) -> Iterator[tuple[str, str, str]]:
    """Return wording, place and key of every clip, in one order."""
    for (wording, place), key in sorted(source_of.items()):
        yield wording, place, key


def _reading(page: Spoken, recordings: Recordings, machines: Sequence[Engine]) -> Reading | None:
    by = recordings.usable.get(page.place) or first_for(page.language, machines)
    return Reading(spoken=page, by=by) if by else None


def _fits(clip: Published, page: Spoken) -> bool:
    """Tell whether a clip says what the page says."""
    return (clip.words, clip.language) == (page.words, page.language)


def _stale(survey_id: str, where: Where) -> Problem:
    wording, place = where
    return Problem(
        f"{survey_id}/survey.toml" if not wording else f"{survey_id}/words/{wording}.toml",
        f"page “{place}”",
        f"Its clip ({wording or OWN_WORDS}) is no longer what the page says, and nothing here can "
        "make a new one.",
        "Install a voice or record it, or publish with --no-audio.",
    )
