"""Words for numbers and kinds, as reviewers read them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec import Struct

from voice.review.theme import AreaKey
from voice.surveys.framework import Framework
from voice.web.forms import Form

VOICES = {
    "child": "Children",
    "young_person": "Young people",
    "parent": "Parents and carers",
    "practitioner": "Practitioners",
}
ONE_VOICE = {
    "child": "a child",
    "young_person": "a young person",
    "parent": "a parent or carer",
    "practitioner": "a practitioner",
}
LIKELY = 0.5
# Of the demo comments about a third lies above the one, and a third below the other.
CLOSE, NEAR = 0.55, 0.45


class VoiceCount(Struct, frozen=True):
    """How many comments of one voice are in a theme, of all that voice's comments."""

    voice: str
    n: int
    base: int
    percent: str


class AreaChoice(Struct, frozen=True):
    """One area to tick; `machine` is what the machine thinks of it, or nothing."""

    key: str
    name: str
    provenance: str
    machine: str
    ticked: bool


class FrameworkChoices(Struct, frozen=True):
    """The areas of one framework, to tick."""

    id: str
    name: str
    areas: list[AreaChoice]

    @property
    def likely(self) -> list[AreaChoice]:
        """The areas that the machine suggests or that are ticked."""
        return [area for area in self.areas if area.machine or area.ticked]


def percent(n: int, base: int) -> str:
    """Return n as a part of the base in whole percent; exact, so for reviewers only."""
    if base == 0:
        return "–"
    whole = (200 * n + base) // (2 * base)
    return "under 1%" if n and not whole else f"{whole}%"


def by_voice(counts: Mapping[str, int], bases: Mapping[str, int]) -> list[VoiceCount]:
    """Return a line for each voice that commented on the question, children first."""
    return [
        VoiceCount(name, counts.get(voice, 0), bases[voice], percent(counts.get(voice, 0), base))
        for voice, name in VOICES.items()
        if (base := bases.get(voice, 0))
    ]


def fit(score: float) -> str:
    """Say how well a comment fits its theme, from its cosine similarity of -1 to 1."""
    if score >= CLOSE:
        return "fits closely"
    return "fits" if score >= NEAR else "fits loosely"


def area_in_words(score: float, chosen: bool) -> str:
    """Say what the machine thinks of an area, from its share of the framework, 0 to 1."""
    if not chosen:
        return ""
    return "likely" if score >= LIKELY else "possible"


def area_choices(
    frameworks: Sequence[Framework],
    machine: Mapping[AreaKey, str],
    ticked: Collection[AreaKey],
) -> list[FrameworkChoices]:
    """Return every area of every framework, with what the machine thinks and what is ticked."""
    return [
        FrameworkChoices(
            framework.id,
            framework.name,
            [
                AreaChoice(
                    key=f"{framework.id}/{area.id}",
                    name=area.name,
                    provenance=area.provenance,
                    machine=machine.get((framework.id, area.id), ""),
                    ticked=(framework.id, area.id) in ticked,
                )
                for area in framework.areas
            ],
        )
        for framework in frameworks
    ]


def area_keys(form: Form, frameworks: Sequence[Framework]) -> set[AreaKey]:
    """Return the areas that are ticked in a form; a value that is no area is left out.

    On a page with several forms each has a name of its own for them, such as `area-12`.
    """
    offered = {f"{key[0]}/{key[1]}": key for key in all_areas(frameworks)}
    ticked = [value for name in form if name.split("-")[0] == "area" for value in form[name]]
    return {offered[value] for value in ticked if value in offered}


def all_areas(frameworks: Sequence[Framework]) -> dict[AreaKey, str]:
    """Return every area of every framework, with its name."""
    return {
        (framework.id, area.id): area.name for framework in frameworks for area in framework.areas
    }


def what_was_decided(
    kind: str, details: Mapping[str, Any], said: Mapping[str, str] | None = None
) -> str:
    """Say what a decision did, from what it kept: “agreed to “Waiting”, with 12 comments”.

    Args:
        kind: what kind of decision.
        details: the numbers and names that it kept.
        said: what a theme was described with, now and before.
    """
    if kind == "read":
        return _what_was_read(details)
    sentence = _SENTENCES[f"{kind} {details['how']}" if "how" in details else kind]
    if kind == "merge" and len(details["from"]) == 1:
        sentence = sentence.replace("together in", "into")
    if kind == "agree" and details["name"] != details["suggested"]:
        sentence += ", which the machine called “{suggested}”"
    if kind == "make" and details["source"]:
        sentence += ", out of “{source}”"
    if kind == "areas":
        named = details.get("named", {})  # Earlier decisions kept no names.
        called = {key: [named.get(one, one) for one in details[key]] for key in ("areas", "were")}
        details = {**details, **called}
    words = {name: _plain(value) for name, value in {**details, **(said or {})}.items()}
    words["counted"] = _counted(details.get("comments", 0), "comment")
    words["where"] = _counted(details.get("places", 0), "place")
    return sentence.format(**words)


def _what_was_read(details: Mapping[str, Any]) -> str:
    """Say what came of reading one comment."""
    into, out = _plain(details["into"]), _plain(details["out"])
    did = [f"put it into {into}"] if details["into"] else []
    did += [f"took it out of {out}"] if details["out"] else []
    return f"read a comment and {' and '.join(did) or 'left it where it was'}"


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _plain(value: object) -> str:
    if isinstance(value, list):
        return " and ".join(f"“{part}”" for part in value) or "none"
    return str(value)


_SENTENCES = {
    "agree": "agreed to “{name}”, with {counted}",
    "merge": "put {from} together in “{name}”, with {counted}",
    "split": "split “{was}” into {names}",
    "refuse": "refused “{suggested}”, with {counted}",
    "rename": "renamed “{was}” to “{name}”",
    "areas": "changed the areas of “{name}” from {were} to {areas}",
    "redact": "took words out of a comment, in {where}",
    "withdraw": "took back “{name}”, with {counted}",
    "describe": "described “{name}” as {description}; before, it was {before}",
    "move move": "moved {counted} from “{name}” to “{into}”",
    "move also": "put {counted} of “{name}” into “{into}” as well",
    "move out": "took {counted} out of “{name}”",
    "move in": "put {counted}, before in no theme, into “{into}”",
    "make": "made “{name}” by hand of {counted}",
    "publish mark": "chose {counted} as quotes for “{name}” that may be published",
    "publish unmark": "chose {counted} as quotes for “{name}” no longer",
    "undo": "undid the decision that {what}",
}
