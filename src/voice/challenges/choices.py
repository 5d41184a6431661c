"""What a challenge may be about: agreed themes, pledges, and the areas that are in use."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from voice.challenges import store
from voice.challenges.challenge import About
from voice.database.pool import Connection
from voice.surveys.framework import Framework


class Choice(Struct, frozen=True):
    """One thing to choose; `name` is what the form sends."""

    name: str
    words: str


async def choices(
    db: Connection, frameworks: Sequence[Framework], today: date
) -> Mapping[str, Sequence[Choice]]:
    """Return all that a challenge may be about, by the heading it stands under."""
    found: dict[str, list[Choice]] = {"Agreed themes": [], "Pledges": []}
    for about, words in await store.themes_and_pledges(db):
        if about.kind == "theme":
            found["Agreed themes"].append(Choice(about.name, words))
        else:
            found["Pledges"].append(Choice(about.name, f"Pledge {about.key}: {words}"))
    for framework in frameworks:
        if framework.holds_on(today):
            found[framework.name] = [
                Choice(About("area", f"{framework.id}/{area.id}").name, area.name)
                for area in framework.areas
            ]
    return {heading: some for heading, some in found.items() if some}
