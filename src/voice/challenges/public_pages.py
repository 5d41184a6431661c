"""Challenges for everybody: all of them, and one, in standard and in easy words."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from voice.challenges.challenge import ChallengeNotFound
from voice.challenges.shown import HOME, Challenge, Clock, published
from voice.database.pool import Connection
from voice.languages.say import later, say
from voice.web.views import View, show
from voice.you_said.card import HOME as YOU_SAID
from voice.you_said.card import address
from voice.you_said.public_pages import Wording
from voice.you_said.said import EASY_WORDING

Db = NamedDependency[Connection]
Words = FromQuery[str]


class AllChallengesPage(View, frozen=True):
    """Every challenge that all may read, the newest first; `days` are those to answer in."""

    template: ClassVar[str] = "challenges/all.html"
    wording: Wording
    challenges: Sequence[Challenge]
    days: int
    back: str


class OneChallengePage(View, frozen=True):
    """One challenge and its answer."""

    template: ClassVar[str] = "challenges/one.html"
    wording: Wording
    challenge: Challenge
    back: str


class AllChallengesController(Controller):
    """What was asked of the officers and what they answered; nobody needs to sign in."""

    path = HOME

    @get("/")
    async def all_challenges(self, db: Db, state: State, words: Words = "") -> Template:
        """Show every public challenge."""
        easy = words == EASY_WORDING
        name = say("Questions that were put to us") if easy else say("Challenges")
        page = AllChallengesPage(
            title=f"{name} – {say('You said, we did')}",
            wording=Wording(easy, address(HOME, easy=not easy)),
            challenges=await published(db, state.frameworks, clock(state), easy=easy),
            days=state.settings.challenge_days,
            back=address(YOU_SAID, easy=easy),
        )
        return show(page)

    @get("/{number:int}")
    async def one_challenge(
        self, db: Db, state: State, number: FromPath[int], words: Words = ""
    ) -> Template:
        """Show one public challenge with its answer."""
        easy = words == EASY_WORDING
        every = await published(db, state.frameworks, clock(state), easy=easy)
        found = [one for one in every if one.kept.number == number]
        if not found:
            raise ChallengeNotFound(later("Look at the others instead."))
        page = OneChallengePage(
            title=f"{found[0].about} – {say('Challenges')}",
            wording=Wording(easy, address(f"{HOME}/{number}", easy=not easy)),
            challenge=found[0],
            back=address(HOME, easy=easy),
        )
        return show(page)


def clock(state: State) -> Clock:
    """Return what tells how challenges stand today."""
    return Clock(date.today(), state.settings.challenge_days)
