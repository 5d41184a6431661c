"""A walk over every page that Voice has, as the browser is then given it to look at.

The real app answers, over a real database with the demo in it. Nothing is looked at here: what is
kept of each page is its address, its HTML and its headers, so that one page can be looked at by
several probes, in several looks, without walking there again.
"""

import base64
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader
from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.testing import AsyncTestClient

from tests.bringing import samples
from voice.staff import totp

EASY, PARENTS = "/surveys/support-easy-read", "/surveys/support-parents-carers"
YOUNGEST = "/surveys/support-youngest"
LANGUAGES = ("en", "pl", "ur")
STAFF = ("administrator", "reviewer", "officer", "safeguarding-lead")
ASKED = "/staff/questions/send-support/one_change"
# One page of each kind of question: to pick an answer, to tap it, to write, to read.
KINDS = (
    "easy, need_help_now",
    "easy, listened",
    "easy, going_well",
    "easy, age_band",
    "tap, listened",
    "tap, age_band",
    "parents, satisfaction",
    "parents, waiting_for",
    "youngest, listened",
    "practice",
)
TYPED = {"en": "a quiet place", "pl": "spokojne miejsce", "ur": "ایک پرسکون جگہ"}
TOO_LONG = "a" * 2500
NEW_PASSWORD = "three easy words"


class Walked(NamedTuple):
    """A page as the app sent it. `name` tells it from every other; `look` is what was chosen.

    `depth` is "whole" for the first page of its kind in its language, else "words": its structure
    has been looked at, and only its words are new.
    """

    name: str
    address: str
    html: str
    headers: Mapping[str, str]
    language: str
    depth: str = "whole"


class Walker:
    """Goes through the app as one person after another, and keeps each page it comes to."""

    def __init__(self, client: AsyncTestClient[Any], password: str) -> None:
        self.client = client
        self.password = password
        self.pages: list[Walked] = []
        self.opened: set[str] = set()
        self.language = "en"

    async def new_person(self, look: str = "language-en") -> None:
        """Begin again without cookies, with a look that was chosen."""
        self.client.cookies.clear()
        self.language = "en"
        await self.see(f"/display/{look}")
        self.language = look.rpartition("language-")[2][:2] if "language-" in look else "en"

    async def see(self, address: str, *, keep: str = "", depth: str = "whole") -> Any:
        """Open an address, and keep the page under this name; without a name only open it."""
        answer = await self.client.get(address)
        self._note(answer)
        return self._keep(answer, keep, depth)

    async def send(
        self,
        address: str,
        *,
        keep: str = "",
        depth: str = "whole",
        files: Any = None,
        **fields: Any,
    ) -> Any:
        """Send a form, with files if there are some, and keep the page that comes of it."""
        answer = await self.client.post(address, data=fields, files=files)
        self._note(answer)
        return self._keep(answer, keep, depth)

    async def fill(self, page: str, address: str, *, keep: str = "", **fields: Any) -> Any:
        """Send a form of a staff page, with the token that stands in it."""
        found = re.search(r'name="_csrf_token" value="([^"]+)"', (await self.client.get(page)).text)
        assert found, f"no form in {page}"
        return await self.send(address, keep=keep, _csrf_token=found[1], **fields)

    def hold(self, name: str, address: str, html: str) -> None:
        """Keep a page that a device shows by itself, under the address where it shows it."""
        like = next(page for page in self.pages if page.address.startswith(EASY))
        self.pages.append(
            Walked(f"{name} ({self.language})", address, html, like.headers, self.language)
        )

    def _note(self, answer: Any) -> None:
        for one in [*answer.history, answer]:
            assert one.status_code < 500, f"{one.url}: {one.status_code}"
            if one.request.method == "GET":
                self.opened.add(one.url.path)

    def _keep(self, answer: Any, name: str, depth: str) -> Any:
        if name:
            assert answer.headers["content-type"].startswith("text/html"), answer.url
            path = answer.url.raw_path.decode()
            headers = {k: v for k, v in answer.headers.items() if k.startswith(("content-", "x-"))}
            headers.pop("content-length", None)
            if headers.pop("content-disposition", ""):  # A file: it is opened away from our policy.
                headers = {"content-type": headers["content-type"]}
            name = f"{name} ({self.language})"
            assert name not in {page.name for page in self.pages}, name
            self.pages.append(Walked(name, path, answer.text, headers, self.language, depth))
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        return BeautifulSoup(answer.text if is_page else "", "html.parser")


async def walk_all(walker: Walker) -> None:
    """Go to every page there is, in every language it has."""
    for language in LANGUAGES:
        await _front(walker, language)
        await _you_said(walker, language)
        await _easy(walker, language)
        await _without_a_connection(walker, language)
        await _tapping(walker, language)
        await _parents(walker, language)
        await _youngest(walker, language)
    await _films(walker)
    await _every_survey(walker)
    await _files(walker)
    for role in STAFF:
        await _staff(walker, role)


async def _front(walker: Walker, language: str) -> None:
    await walker.new_person(f"language-{language}")
    for address, name in [
        ("/", "home"),
        ("/help", "help"),
        ("/withdraw", "withdraw"),
        ("/come-back", "come back"),
        ("/come-back?code=one-two-three", "come back, scanned"),
        ("/display", "how it looks"),
        (f"/display/first?back={EASY}/practice", "how it looks, first"),
        ("/credits", "credits"),
        ("/nope", "no such page"),
        ("/surveys/nope", "no such survey"),
    ]:
        await walker.see(address, keep=name)
    await walker.send("/withdraw", code="no such code", keep="withdraw, unknown words")
    await walker.see("/invited", keep="a code, to type")
    await walker.see("/invited/00000-00000", keep="a code of a card")
    await walker.send("/invited", code="00000-00000", keep="a code, unknown")
    await walker.send("/come-back", code="no such code", keep="come back, unknown words")


async def _you_said(walker: Walker, language: str) -> None:
    """Replies in both wordings: the list, one filtered, and one reply of each status."""
    await walker.new_person(f"language-{language}")
    for words in ("", "easy-read"):
        page = await walker.see(f"/you-said?words={words}", keep=f"you said {words}")
        await walker.see(f"/you-said/feed.xml?words={words}")
        await walker.see(f"/you-said/embed?words={words}", keep=f"you said, in a frame {words}")
        for place in ("status/doing", "voice/parents", "area/every-area/heard"):
            address = f"/you-said/{place}?words={words}"
            await walker.see(address, keep=f"you said, {place} {words}")
        if language != "en":
            await walker.see(f"/you-said/1?words={words}", keep=f"you said, one {words}")
            continue
        await walker.see(f"/you-said?words={words}&status=done", keep=f"you said, filtered {words}")
        for link in sorted({a["href"].split("?")[0] for a in page.select(".replies h2 a")}):
            await walker.see(f"{link}?words={words}", keep=f"you said, {link} {words}")
    await walker.see("/you-said?status=nope", keep="you said, nothing found")
    await _beside_the_replies(walker, language)
    yours = "/you-said/yours"
    await walker.see(yours, keep="what happened to what I said")
    await walker.send(yours, code="no such code", keep="what happened, unknown words")


async def _beside_the_replies(walker: Walker, language: str) -> None:
    """Public data, measures and challenges."""
    await walker.see("/data", keep="data")
    if language == "en":
        for name in (
            "themes.json",
            "themes.csv",
            "themes/1",
            "openapi.json",
            "measures.json",
            "measures.csv",
        ):
            await walker.see(f"/data/v1/{name}")
        for name in ("pledges.json", "pledges.csv", "pledges/1"):
            await walker.see(f"/data/v1/{name}")
    for words in ("", "easy-read"):
        await walker.see(f"/you-said/measures?words={words}", keep=f"measures {words}")
        area = f"/you-said/measures/every-area/heard?words={words}"
        await walker.see(area, keep=f"measures of an area {words}")
        await walker.see(f"/you-said/challenges?words={words}", keep=f"challenges {words}")
        await walker.see(f"/you-said/challenges/1?words={words}", keep=f"a challenge {words}")


async def _easy(walker: Walker, language: str) -> None:
    """The easy-read survey: once to its end, once to a stop, and both ways back."""
    await walker.new_person(f"language-{language}")
    words = "" if language == "en" else language
    await walker.see(f"{EASY}?words={words}", keep="start")
    await walker.see(f"{EASY}/no-thanks", keep="no thanks")
    await walker.send(f"{EASY}/start", assent="yes", words=words)
    await walker.see(f"{EASY}?words={words}", keep="start, begun before")
    await walker.see(f"{EASY}/practice", keep="practice")
    await walker.send(f"{EASY}/practice", try_it="yes", keep="practised")
    await walker.send(f"{EASY}/practice", go="next", keep="practised, nothing chosen")
    await _pages(
        walker, EASY, "easy", whole=("need_help_now", "listened", "going_well", "age_band")
    )
    await walker.send(f"{EASY}/pages/going_well", going_well=TOO_LONG, go="next", keep="too long")
    await walker.see(f"{EASY}/pages/listened?changing=true", keep="changing an answer")
    await walker.send(f"{EASY}/pages/listened", go="stop")
    stopped = await walker.see(f"{EASY}/stopped", keep="stopped")
    code = stopped.select_one(".code").text
    await walker.see(f"{EASY}/stopped/picture.svg")
    await walker.send("/come-back", code=code)
    await walker.see(f"{EASY}/check", keep="check")
    await walker.send(f"{EASY}/send", keep="thank you")
    contact = f"{EASY}/contact"
    await walker.see(contact, keep="asking to be contacted")
    await walker.send(contact, keep="asking to be contacted, nothing said")
    await walker.send(contact, name="Sam", reach="ring my nan", keep="will be contacted")
    await walker.send("/come-back", code=code, keep="come back, sent")
    await walker.send("/withdraw", code=code, keep="withdraw, gone")


async def _pages(walker: Walker, home: str, kind: str, *, whole: tuple[str, ...] = ()) -> None:
    """Every page of a survey from its first one on, each answered by its first choice.

    Those of `whole` are the first of their kind.
    """
    page = await walker.see(f"{home}/pages/need_help_now")
    while form := page.select_one("form#answer"):
        own = form["action"].rpartition("/")[2]
        depth = "whole" if own in whole else "words"
        await walker.see(form["action"], keep=f"{kind}, {own}", depth=depth)
        page = await walker.send(form["action"], **_answered(form, walker.language))


def _answered(form: Any, language: str) -> dict[str, str]:
    box = form.select_one(".choice input, button.tap, textarea")
    if box is None:
        return {"go": "next"}
    return {"go": "next", box["name"]: box.get("value", TYPED[language])}


async def _without_a_connection(walker: Walker, language: str) -> None:
    """The pages that only a device shows; its other pages are those that the walk has met."""
    await walker.new_person(f"language-{language}")
    words = "" if language == "en" else language
    await walker.see("/worker.js")
    await walker.see(f"{EASY}/edition?words={words}")
    edition = (await walker.client.get(f"{EASY}/edition?words={words}")).json()
    for part, name in [
        ("stopped", "stopped, away"),
        ("thank_you", "thank you, away"),
        ("away", "away"),
    ]:
        walker.hold(name, f"{EASY}/kept-{part}", edition[part])


async def _tapping(walker: Walker, language: str) -> None:
    """The kinds of question that one press answers, before and after it was pressed."""
    await walker.new_person(f"answers-tap,language-{language}")
    words = "" if language == "en" else language
    await walker.send(f"{EASY}/start", assent="yes", words=words)
    await walker.see(f"{EASY}/practice", keep="tap, practice")
    await walker.send(f"{EASY}/pages/listened", listened="yes")
    for page in ("listened", "age_band"):
        await walker.see(f"{EASY}/pages/{page}", keep=f"tap, {page}")


async def _parents(walker: Walker, language: str) -> None:
    """The survey of parents: the kinds that the easy-read one lacks, and long questions."""
    await walker.new_person(f"language-{language}")
    await walker.see(PARENTS, keep="start of a plain survey")
    await walker.send(f"{PARENTS}/start", assent="yes", words="")
    for page in ("need_help_now", "satisfaction", "has_plan", "waiting"):
        await walker.see(f"{PARENTS}/pages/{page}", keep=f"parents, {page}")
    await walker.send(
        f"{PARENTS}/pages/satisfaction", satisfaction="99", go="next", keep="wrong number"
    )
    await walker.send(f"{PARENTS}/pages/waiting", waiting="yes", go="next")
    await walker.see(f"{PARENTS}/pages/waiting_for", keep="parents, waiting_for")
    await walker.see(f"{PARENTS}/check", keep="check of a plain survey")


async def _youngest(walker: Walker, language: str) -> None:
    await walker.new_person(f"language-{language}")
    await walker.see(YOUNGEST, keep="start of the youngest")
    for _ in range(50):  # Half of the people get the faces in the other order, by chance.
        await walker.new_person(f"language-{language}")
        await walker.send(f"{YOUNGEST}/start", assent="yes", words="")
        page = await walker.see(f"{YOUNGEST}/pages/listened")
        if page.select_one(".choice input")["value"] == "yes":
            break
    await walker.see(f"{YOUNGEST}/pages/listened", keep="youngest, listened")


async def _films(walker: Walker) -> None:
    """Pages with a film, and the offer of it; sound on every page, and none."""
    await walker.new_person("signing-on,listening-auto")
    start = await walker.see(EASY, keep="start with a film")
    await walker.see(start.select_one("video source")["src"])
    await walker.send(f"{EASY}/start", assent="yes", words="")
    page = await walker.see(f"{EASY}/pages/listened", keep="a question with a film")
    await walker.see(page.select_one("a.listen")["href"])
    await walker.new_person("listening-off,pictures-off")
    await walker.send(f"{EASY}/start", assent="yes", words="")
    await walker.see(f"{EASY}/pages/listened", keep="a question without sound")


async def _every_survey(walker: Walker) -> None:
    """Every page of every survey in every wording: new words in pages that are known by now."""
    await walker.new_person()
    home = await walker.see("/")
    starts = sorted({a["href"].split("?")[0] for a in home.select("a[href^='/surveys/']")})
    for start in starts:
        for words in ("", "easy-read"):
            page = await walker.see(f"{start}?words={words}")
            if words and not page.select_one(f"input[name=words][value={words}]"):
                continue
            await walker.new_person()
            await walker.send(f"{start}/start", assent="yes", words=words)
            kind = f"{start.rpartition('support-')[2]} {words}".strip()
            await _pages(walker, start, f"all of {kind}")


async def _files(walker: Walker) -> None:
    """What is opened and is no page: pictures, and the doors that lead on."""
    await walker.new_person()
    await walker.see(f"{EASY}/leave")
    for place in ("/healthz", "/readyz", "/metrics"):
        await walker.see(place)
    await walker.see("/pictures/support-easy-read/happy.svg")
    await walker.see("/display/colours-dark/support-easy-read")


async def _staff(walker: Walker, role: str) -> None:
    walker.client.cookies.clear()
    walker.language = "en"
    if role == STAFF[0]:
        await walker.see("/staff/questions", keep="sign in")
        await walker.fill(
            "/staff/sign-in",
            "/staff/sign-in",
            email="a@b.example",
            password="no",
            keep="sign in, wrong",
        )
    await walker.fill(
        "/staff/sign-in", "/staff/sign-in", email=f"{role}@demo.example", password=walker.password
    )
    await walker.see("/staff", keep=f"staff home, {role}")
    await {
        "reviewer": _reviewer,
        "officer": _officer,
        "safeguarding-lead": _lead,
        "administrator": _administrator,
    }[role](walker)


async def _reviewer(walker: Walker) -> None:
    await walker.see("/staff/questions", keep="themes, all questions")
    page = await walker.see(ASKED, keep="themes of a question")
    await walker.see(f"{ASKED}/rest", keep="comments in no theme")
    await walker.see("/staff/answers/send-support", keep="how answers were given")
    for kind in ("suggestions", "themes"):
        link = page.select_one(f"a[href^='/staff/{kind}/']")["href"].split("?")[0].split("#")[0]
        await walker.see(link, keep=f"one of the {kind}")
        if kind == "suggestions":
            await walker.see(f"{link}?row=true", keep="suggestions one after another")
            await _take_out(walker, link)
            await walker.fill(link, f"{link}/agree", keep="agreeing without a name", name="")
            await walker.fill(link, f"{link}/split", keep="splitting nothing off")
        else:
            await _workbench(walker, link)
    await walker.see("/staff/listening", keep="listening")
    await walker.see("/staff/suggestions/999999", keep="no such suggestion")
    new, one = "/staff/challenges/new", "/staff/challenges/1"
    await walker.see(f"{new}?about=pledge-1", keep="a new challenge")
    await walker.fill(new, new, keep="a new challenge with problems")
    await walker.see(one, keep="a challenge, to change")
    await walker.fill(one, one, version=1, answer_version=1, keep="a challenge with problems")


async def _workbench(walker: Walker, theme: str) -> None:
    """All that can be done with ticked comments, and what is said when it cannot."""
    ticked, rest, read = f"{theme}/ticked", f"{ASKED}/rest", f"{ASKED}/read"
    page = await walker.fill(theme, ticked, keep="a theme, somebody was faster", do="out")
    shown = {name: page.select_one(f"[name={name}]")["value"] for name in ("version", "seen")}
    await walker.fill(theme, ticked, keep="a theme, nothing ticked", do="out", **shown)
    described = {"description": "Families wait for months.", **shown}
    page = await walker.fill(theme, f"{theme}/describe", keep="a theme, described", **described)
    undo = page.select_one("form[action$='/undo']")["action"]
    await walker.see(undo.removesuffix("/undo"), keep="a decision to undo")
    await walker.fill(theme, undo, keep="undone")
    await walker.see(undo.removesuffix("/undo"), keep="a decision that was undone")
    await walker.fill(rest, f"{rest}/ticked", keep="comments in no theme, nothing ticked", do="in")
    page = await walker.see(read, keep="reading comments")
    form = page.select_one("form[action*='/read/']")["action"]
    await walker.fill(read, form, keep="reading, somebody was faster", were="999999")


async def _take_out(walker: Walker, suggestion: str) -> None:
    """Look at one comment of a suggestion, to take words out of it; nothing is taken out."""
    page = await walker.see(suggestion)
    form = page.select_one("form[action*='/comments/']")
    comment = form["action"].removesuffix("/take-out")
    await walker.see(comment, keep="a comment")
    await walker.fill(comment, f"{comment}/take-out", keep="taking nothing out", words="")


async def _officer(walker: Walker) -> None:
    page = await walker.see("/staff/pledges", keep="pledges")
    new = page.select_one("a[href^='/staff/pledges/new']")["href"]
    await walker.see(new, keep="a new pledge")
    theme = new.rpartition("=")[2]
    await walker.fill(new, "/staff/pledges/new", theme=theme, keep="a new pledge with problems")
    await walker.see("/staff/pledges/1", keep="a pledge")
    await walker.see("/staff/pledges/1?saved=true", keep="a pledge, saved")
    await walker.see("/staff/pledges/1/cards/4-7.pdf")
    challenge = "/staff/challenges/1"
    await walker.see("/staff/challenges", keep="all challenges")
    await walker.see(challenge, keep="a challenge, to answer")
    await walker.fill(challenge, f"{challenge}/answer", keep="an answer with problems")
    await _measures(walker)
    await _inviting(walker)
    await _imports(walker)
    await _authoring(walker)
    await walker.see("/staff/paper", keep="paper")
    await walker.see("/staff/paper/support-parents-carers", keep="typing in a paper")
    await walker.see("/staff/paper/support-easy-read?words=ur", keep="typing in a paper in Urdu")
    form = "/staff/paper/support-easy-read"
    await walker.fill(form, form, keep="typing in a paper, no number")
    kept = await walker.fill(
        form, form, **{"paper-number": "7001", "listened": "yes"}, keep="a paper kept"
    )
    assert kept.select_one(".code"), "the paper was not kept"
    await walker.see("/staff/paper/support-easy-read/booklet.pdf")
    await walker.see("/staff/paper/support-easy-read/cards.pdf")
    await walker.see("/staff/exports/you-said.csv")
    await walker.see("/staff/exports/you-said.html", keep="export")
    await _reports(walker)
    await _packs(walker)


async def _imports(walker: Walker) -> None:
    """A file on its way in, with a bad row in it; what came of it, and undoing it."""
    home, survey = "/staff/imports", "support-parents-carers"
    await walker.see(home, keep="bringing answers in")
    await walker.fill(home, home, survey=survey, keep="bringing answers in without a file")
    rows = [[samples.LISTENED, "Your name", samples.CHANGE], ["Yes", "", "a"], ["Yep", "", "b"]]
    sent = {"file": ("answers.csv", samples.to_csv(rows))}
    page = await walker.fill(home, home, survey=survey, wave="2019", files=sent, keep="columns")
    file = page.select_one("form.wide")["action"]
    columns = {"column-0": "listened", "column-2": "one_change"}
    await walker.fill(file, file, keep="columns with problems")
    await walker.fill(file, file, **columns, keep="a file, checked")
    await walker.see(f"{file}/rejected.csv")
    await walker.fill(file, f"{file}/bring", keep="a file, brought in")
    await walker.fill(file, f"{file}/throw-away", keep="a file, thrown away")
    await walker.see(file, keep="no such file")
    page = await walker.see(home)
    undo = page.select_one("main a[href*='/done/']")["href"]
    await walker.see(undo, keep="an import to undo")
    await walker.fill(undo, f"{undo}/undo", keep="an import, undone")


async def _measures(walker: Walker) -> None:
    """The list, both kinds of a new measure, and one of each kind."""
    page = await walker.see("/staff/measures", keep="all measures")
    new = "/staff/measures/new"
    asked = f"{new}?what={page.select_one('#what option')['value']}"
    await walker.see(new, keep="a new measure from outside")
    await walker.see(asked, keep="a new measure of answers")
    await walker.fill(new, new, what="outside", keep="a new measure with problems")
    for link in page.select(".cards h3 a"):
        one = link["href"]
        opened = await walker.see(one, keep=f"a measure, {one}")
        if opened.select_one("form[action$='/figures']"):
            await walker.fill(one, f"{one}/figures", keep=f"a figure with problems, {one}")
        await walker.fill(one, one, version=1, keep=f"a measure with problems, {one}")


async def _inviting(walker: Walker) -> None:
    """Groups of people with codes: none, problems, two of them, and the cards of one."""
    await walker.see("/staff/inviting", keep="inviting")
    survey = "/staff/inviting/surveys/support-young-people"
    await walker.see(survey, keep="inviting to a survey, nobody yet")
    await walker.fill(survey, survey, codes="no", keep="inviting, problems")
    asked = {"kind": "Special schools", "names": "Oak House\nElm Grove", "codes": "12"}
    page = await walker.fill(survey, survey, **asked, wanted="25", keep="inviting to a survey")
    group = page.select_one("table a")["href"]
    await walker.see(group, keep="a group")
    await walker.see(f"{group}/cards", keep="cards of a group")
    await walker.see(f"{survey}/codes.csv")
    await walker.fill(group, f"{group}/end", keep="a group that was ended")


async def _authoring(walker: Walker) -> None:
    """Surveys that are written here: none, from nothing and as a copy, each form with problems."""
    home = "/staff/surveys"
    await walker.see(home, keep="surveys, no draft yet")
    await walker.fill(home, home, keep="a new survey with problems")
    copied = {"title": "Short breaks", "from": "support-young-people"}
    page = await walker.fill(home, home, **copied, keep="a draft that was copied")
    one = f"{home}/short-breaks"
    await walker.fill(one, f"{one}/pages", keep="a page with problems")
    await walker.fill(one, f"{one}/pages", ask="How was it?", kind="faces", keep="a new page")
    await walker.see(home, keep="surveys")
    await walker.see(f"{one}/about", keep="about a survey")
    await walker.fill(
        f"{one}/about", f"{one}/about", version=2, title="", keep="about it, with problems"
    )
    await walker.fill(f"{one}/about", f"{one}/about", version=9, keep="about it, no such version")
    for link in page.select("ol.cards h3 a"):
        await walker.see(link["href"], keep=f"a page of a draft, {link['href']}")
    asked = f"{one}/pages/listened"
    await walker.fill(asked, asked, version=2, ask="", keep="a page of a draft with problems")
    await walker.fill(
        asked, asked, version=2, ask="Do people listen?", keep="a page of a draft, saved"
    )
    await walker.fill(asked, asked, version=2, ask="Mine", keep="a page changed by two")
    await walker.see(f"{one}/versions/1/files.zip")


async def _reports(walker: Walker) -> None:
    """Reports of a family, of all waves and of one, and of one survey."""
    await walker.see("/staff/report", keep="reports")
    report = "/staff/report/send-support/one_change"
    await walker.see(report, keep="a report")
    await walker.see(f"{report}?wave=2026-spring", keep="a report of one wave")
    await walker.see("/staff/report/support-parents-carers/one_change", keep="a report, one survey")
    await walker.see(f"{report}?wave=nope", keep="no such wave")


async def _packs(walker: Walker) -> None:
    """Evidence packs: none yet, one frozen, its page to keep, and its content taken out."""
    home = "/staff/packs"
    await walker.see(home, keep="no evidence pack yet")
    page = await walker.fill(home, home, layer="confidential", keep="an evidence pack, new")
    pack = page.select_one("form[action$='/take-out']")["action"].removesuffix("/take-out")
    await walker.see(home, keep="evidence packs")
    await walker.see(f"{pack}/evidence-pack.html", keep="an evidence pack, whole")
    await walker.see(f"{pack}/evidence-pack.pdf")
    await walker.fill(pack, f"{pack}/take-out", keep="taking a pack out without a reason")
    gone = "A name was missed."
    await walker.fill(pack, f"{pack}/take-out", because=gone, keep="an evidence pack, taken out")


async def _lead(walker: Walker) -> None:
    await walker.see("/staff/safeguarding", keep="safeguarding")
    await walker.see("/staff/safeguarding/rota", keep="rota")
    await walker.see("/staff/safeguarding/contact", keep="who wants to be contacted")
    await walker.fill(
        "/staff/safeguarding", "/staff/safeguarding", keep="safeguarding, nothing said"
    )


async def _administrator(walker: Walker) -> None:
    await walker.see("/staff/safeguarding", keep="not for this person")
    await walker.see("/staff/people", keep="people")
    await walker.fill("/staff/people", "/staff/people/invite", keep="inviting nobody", email="x")
    page = await walker.fill(
        "/staff/people",
        "/staff/people/invite",
        keep="an invitation",
        email="newcomer@demo.example",
        role="reviewer",
    )
    link = page.select_one("code.link").text
    await _newcomer(walker, link[link.index("/staff/invited") :])


async def _newcomer(walker: Walker, invited: str) -> None:
    """Accept an invitation, set up the second step, and sign in with it."""
    walker.client.cookies.clear()
    await walker.see(invited, keep="invited")
    await walker.fill(invited, invited, keep="too short a password", password="short")
    await walker.fill(invited, invited, password=NEW_PASSWORD)
    await walker.see("/staff/invited/nonsense", keep="an invitation used up")
    who = {"email": "newcomer@demo.example", "password": NEW_PASSWORD}
    await walker.fill("/staff/sign-in", "/staff/sign-in", **who)
    await walker.see("/staff/account", keep="account")
    step = "/staff/account/second-step"
    await walker.fill("/staff/account", step, keep="account, wrong password", password="no")
    await walker.fill("/staff/account", step, password=NEW_PASSWORD)
    page = await walker.see("/staff/sign-in/set-up", keep="setting up a second step")
    letters = page.select_one("main code").text
    secret = base64.b32decode(letters + "=" * (-len(letters) % 8))
    typed = totp.code_at(secret, int(time.time()) // totp.STEP)
    set_up = "/staff/sign-in/set-up"
    await walker.fill(set_up, set_up, keep="a wrong first code", code="000000")
    await walker.fill(set_up, set_up, keep="recovery codes", code=typed)
    walker.client.cookies.clear()
    await walker.fill("/staff/sign-in", "/staff/sign-in", **who)
    await walker.see("/staff/sign-in/code", keep="the code")
    code = "/staff/sign-in/code"
    await walker.fill(code, code, keep="a wrong code", code="000000")
    # No other service is set here; tests/staff/test_oidc.py goes there and back.
    await walker.see("/staff/sign-in/away")
    await walker.see("/staff/sign-in/back")


def pages_of(app: Litestar) -> dict[str, re.Pattern[str]]:
    """Return every route that answers GET, {its path: what addresses it takes}."""
    found = {}
    for route in app.routes:
        if (
            isinstance(route, HTTPRoute)
            and "GET" in route.methods
            and route.path_format != "/static/{name}"
        ):
            form = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(route.path_format))
            found[route.path_format] = re.compile(f"{form}/?$")
    return found


def not_opened(app: Litestar, opened: set[str]) -> set[str]:
    """Return the routes that no walk has opened: an address counts for its most exact route."""
    routes = pages_of(app)
    met = set()
    for path in opened:
        fits = [route for route, form in routes.items() if form.match(path)]
        if fits:
            met.add(min(fits, key=lambda route: route.count("{")))
    return set(routes) - met


@contextmanager
def templates_used() -> Iterator[set[str]]:
    """Note the name of each template that is read, by pages and by exports alike."""
    used: set[str] = set()
    read = FileSystemLoader.get_source

    def noting(self: FileSystemLoader, environment: Environment, template: str) -> Any:
        used.add(template)
        return read(self, environment, template)

    FileSystemLoader.get_source = noting  # type: ignore[method-assign]  # Put back below.
    try:
        yield used
    finally:
        FileSystemLoader.get_source = read  # type: ignore[method-assign]


def every_template(home: Path) -> set[str]:
    """Return the names of all templates of pages."""
    templates = home / "templates"
    return {str(file.relative_to(templates)) for file in templates.rglob("*.html")}
