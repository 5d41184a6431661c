"""An edition: all pages of one survey as one person reads them, for a device to show by itself.

The pages come from the same templates as ever, with marks where the device puts in what it knows.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable
from typing import ClassVar

from msgspec import Struct, json, structs

from voice.answering.journey import Line, Progress
from voice.answering.pages import CheckPage, QuestionPage, SurveyView, question_page, titled
from voice.answering.practice_pages import practice_page, practised_page
from voice.answering.start_pages import NoThanksPage
from voice.answering.steps import Step, step_of
from voice.answering.visit import Visit
from voice.languages.language import language_of
from voice.languages.say import say
from voice.listening.clip import Listen
from voice.surveys.order import SWAPPED, swapped_page
from voice.surveys.questions import AnyPage, ChooseMany, ChooseOne, Comment, Faces, Scale
from voice.surveys.survey import Survey
from voice.web.views import View

PLACE = Progress(7_700_001, 7_700_002)
"""Stands for the number of a question and how many there are, until the device counts them."""

BACK = "/the-page-before"
ASSET = re.compile(r'(?:src|href)="(/(?:static|pictures)/[^"]+)"')
SOUND = re.compile(r'href="(/listening/[0-9a-f]{64})\.mp3"')

Render = Callable[[View], str]
Hear = Callable[[str], Awaitable[Listen | None]]


class ThankYouHerePage(SurveyView, frozen=True):
    """The answers are on this device and wait to be sent."""

    template: ClassVar[str] = "answering/thank_you_here.html"


class StoppedHerePage(SurveyView, frozen=True):
    """The answers are on this device; three words come once it is online."""

    template: ClassVar[str] = "answering/stopped_here.html"


class AwayPage(SurveyView, frozen=True):
    """The page that was asked for needs a connection, and there is none."""

    template: ClassVar[str] = "answering/away.html"


class Words(Struct, frozen=True):
    """What the device says itself: an answer that was missed, joined answers, the chosen one."""

    missed: str
    comma: str
    chosen: str


class Edition(Struct, frozen=True, kw_only=True):
    """Every page of a survey as HTML, by the id of its page, and how to go through them.

    `swapped` has the pages with their faces in the other order, `problems` those of an answer
    that cannot be kept as given. `practised` is what follows the question to try, by the answer.
    `mark` changes when the questions do. `assets` and `sounds` are what the pages show and say.
    """

    survey: str
    wording: str
    mark: str
    begins: str
    start: str
    started: str
    no_thanks: str
    practice: str
    practised: dict[str, str]
    pages: dict[str, str]
    swapped: dict[str, str]
    problems: dict[str, str]
    check: str
    stopped: str
    thank_you: str
    away: str
    steps: list[Step]
    words: Words
    assets: list[str] = []
    sounds: list[str] = []


def mark_of(survey: Survey) -> str:
    """Return what names the questions of a survey in its words: it changes when they do."""
    return hashlib.sha256(json.encode(survey, enc_hook=str)).hexdigest()[:16]


async def bind(visit: Visit, start: Callable[[bool], View], render: Render, hear: Hear) -> Edition:
    """Return the edition of a survey.

    Args:
        visit: one with no answers, in the order of the survey.
        start: gives the start page, for somebody who has started already or has not.
        render: turns a view into HTML for this person.
        hear: gives the clip of a page, by its id.
    """
    every = _all_shown(visit)
    survey = visit.survey
    pages = {page.id: await _page(every, page, render, hear) for page in survey.pages}
    edition = Edition(
        survey=survey.id,
        wording=visit.response.wording,
        mark=mark_of(survey),
        begins=f"{visit.home}/practice" if survey.practice else f"{visit.home}/carry-on",
        start=render(start(False)),
        started=render(start(True)),
        no_thanks=render(NoThanksPage(title=say("That is OK"), survey=survey)),
        practice=await _practice(visit, render, hear),
        practised=_practised(visit, render),
        pages=pages,
        swapped=await _swapped(every, render, hear) if survey.swap_order else {},
        problems={p.id: _problem(every, p, render) for p in survey.pages if _problem_of(p)},
        check=render(_check(visit)),
        stopped=render(
            StoppedHerePage(title=_titled(visit, say("You have stopped")), survey=survey)
        ),
        thank_you=render(ThankYouHerePage(title=_titled(visit, say("Thank you")), survey=survey)),
        away=render(AwayPage(title=_titled(visit, say("You are not online")), survey=survey)),
        steps=[step_of(page) for page in survey.pages],
        words=Words(say("You missed this question"), say(", "), say("(your answer now)")),
    )
    read = json.encode(edition, enc_hook=str).decode().replace('\\"', '"')
    return structs.replace(
        edition,
        assets=sorted(set(ASSET.findall(read))),
        sounds=sorted(set(SOUND.findall(read))),
    )


def _all_shown(visit: Visit) -> Visit:
    """Return the visit with no page left out: which are shown, the device works out."""
    pages = tuple(structs.replace(page, when=None) for page in visit.survey.pages)
    return structs.replace(visit, survey=structs.replace(visit.survey, pages=pages))


def _view(every: Visit, page: AnyPage, problem: str = "") -> QuestionPage:
    view = question_page(every, page, [], checking=False, problem=problem)
    place = PLACE if view.progress else None
    title = titled(every.survey, page, place, problem=bool(problem))
    return structs.replace(view, title=title, progress=place, back=BACK)


async def _page(every: Visit, page: AnyPage, render: Render, hear: Hear) -> str:
    return render(structs.replace(_view(every, page), listen=await hear(page.id)))


async def _swapped(every: Visit, render: Render, hear: Hear) -> dict[str, str]:
    return {
        page.id: render(
            structs.replace(_view(every, swapped_page(page)), listen=await hear(page.id + SWAPPED))
        )
        for page in every.survey.all_pages
        if isinstance(page, Faces) and page != every.survey.practice
    }


def _problem(every: Visit, page: AnyPage, render: Render) -> str:
    return render(_view(every, page, _problem_of(page)))


def _problem_of(page: AnyPage) -> str:
    """Return what is wrong with the one answer that this kind of page cannot keep."""
    if isinstance(page, Comment):
        return say("That is too long. Take some words out. All your words are still here.")
    unsure = [o.label for o in page.options if o.dont_know] if isinstance(page, ChooseMany) else []
    return say("Tick “%(answer)s” on its own, or untick it.", answer=unsure[0]) if unsure else ""


async def _practice(visit: Visit, render: Render, hear: Hear) -> str:
    page = visit.survey.practice
    if page is None:
        return ""
    return render(practice_page(visit, page, await hear(page.id)))


def _practised(visit: Visit, render: Render) -> dict[str, str]:
    page = visit.survey.practice
    if page is None:
        return {}
    labels = {"": "", **{option.value: option.label for option in page.options}}
    return {value: render(practised_page(visit, page, label)) for value, label in labels.items()}


def _check(visit: Visit) -> CheckPage:
    """Return the check with every question in it, each with a mark for what was said."""
    lines = [
        Line(
            page.id,
            page.ask,
            f"[[{page.id}]]",
            True,
            language_of(page.ask) if isinstance(page, ChooseOne | ChooseMany | Scale) else None,
        )
        for page in visit.survey.questions
    ]
    title = _titled(visit, say("Check your answers"))
    return CheckPage(title=title, survey=visit.survey, lines=lines, back=BACK)


def _titled(visit: Visit, words: str) -> str:
    return f"{words} – {visit.survey.title}"
