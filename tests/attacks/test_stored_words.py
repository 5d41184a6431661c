"""Words that try to be something else, in every text field, through to every page and export."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from tests import given
from tests.attacks.naughty import NAUGHTY
from voice.challenges import store as challenges
from voice.challenges.challenge import About, Statement
from voice.measures import store as measures
from voice.measures.measure import Found

EASY = "/surveys/support-easy-read"
PARENTS = "/surveys/support-parents-carers"
RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def nothing_came_alive(html: str) -> None:
    """Fail where words of an attack have become a tag, a handler, an address or a result."""
    page = BeautifulSoup(html, "html.parser")
    for script in page.select("script"):
        assert str(script.get("src", "")).startswith("/static/"), script
    assert not page.select("style, iframe, object, embed, base, meta[http-equiv]")
    for tag in page.find_all(True):
        for name, value in tag.attrs.items():
            assert not name.startswith("on"), tag
            assert name != "style", tag
            if name in ("href", "src", "action", "formaction"):
                assert not str(value).lower().startswith(("javascript:", "data:")), tag
    assert not page.select("img[src=x]")
    assert "13370000007" not in html, "a template was run"
    assert "\x00" not in html


@pytest.mark.parametrize("words", NAUGHTY.values(), ids=NAUGHTY)
async def test_an_answer_is_shown_again_as_words_only(client, db, words):
    await client.post(f"{EASY}/start", data={"assent": "yes"})
    page = f"{EASY}/pages/one_change"
    first = await client.post(page, data={"one_change": words, "go": "next"})
    assert first.status_code in (200, 422)
    nothing_came_alive(first.text)
    again = await client.get(page)
    nothing_came_alive(again.text)
    nothing_came_alive((await client.get(f"{EASY}/check")).text)
    box = BeautifulSoup(again.text, "html.parser").select_one("textarea")
    assert box is not None


@pytest.mark.parametrize("words", NAUGHTY.values(), ids=NAUGHTY)
async def test_words_stay_words_for_staff_and_in_every_export(client, db, words):
    await given.staff(client, db, "administrator", "safeguarding_lead")
    shown = words.replace("\x00", "")
    said = [await given.comment(db, shown, may_quote=True, vector=None) for _ in range(12)]
    await given.answer(db, said[0], shown)
    for _ in range(12):  # Of themes that all speak of, a report quotes nothing.
        await given.response(db)
    theme = await given.agreed_theme(db, (shown.strip() or "x")[:120], said)
    number = await given.pledge(
        db,
        theme,
        easy_said=shown,
        words=shown,
        easy_words=shown,
        owner_role=shown[:100],
        owner_organisation=shown[:100],
    )
    asked = Statement(words=shown, easy_words=shown)
    about, by = About("pledge", str(number)), await given.person(db, "reviewer")
    put = await challenges.save_new(db, about, asked, by, put_on=date(2026, 1, 2))
    name = shown.strip()[:200] or "x"
    measured = await given.measure(db, name=name, easy_name=name, unit=name, source=name)
    figure = Found(value=Decimal(1), on_day=date(2026, 1, 2), source=name, note=name)
    await measures.add_found(db, measured, figure, by)
    pages = (
        "/staff/measures",
        f"/staff/measures/{measured}",
        "/you-said/measures",
        "/you-said/measures/every-area/heard?words=easy-read",
        "/staff/challenges",
        f"/staff/challenges/{put}",
        "/you-said/challenges",
        f"/you-said/challenges/{put}?words=easy-read",
        "/staff/safeguarding",
        "/staff/questions/support-parents-carers/one_change",
        f"/staff/themes/{theme}",
        "/staff/questions/support-parents-carers/one_change/read",
        "/staff/report/support-parents-carers/one_change",
        f"/staff/pledges/{number}",
        "/staff/pledges",
        "/you-said",
        "/you-said?words=easy-read",
        f"/you-said/{number}",
        "/staff/exports/you-said.html",
    )
    for page in pages:
        answer = await client.get(page)
        assert answer.status_code == 200, page
        if not page.endswith(".html"):
            nothing_came_alive(answer.text)
        assert "<script>alert" not in answer.text
        assert "onerror=alert(1)>" not in answer.text.replace("&gt;", "")
    table = (await client.get("/staff/exports/you-said.csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert len(rows) == 2
    assert not [cell for cell in rows[1] if cell.startswith(RUNS)]


REST, READ = (f"/staff/questions/{given.SURVEY}/{given.QUESTION}/{p}" for p in ("rest", "read"))


@pytest.mark.parametrize("words", NAUGHTY.values(), ids=NAUGHTY)
async def test_every_text_field_of_staff_takes_any_words_or_says_no(client, db, words):
    await given.staff(client, db, "administrator")
    comments = await given.comments(db, 6)
    theme = await given.agreed_theme(db, "Taxis", comments)
    await given.suggestion(db, "Buses", await given.comments(db, 2))
    forms = [
        ("/staff/people", "/staff/people/invite", {"email": words, "role": "reviewer"}),
        ("/staff/people", "/staff/people/invite", {"email": "a@b.example", "role": words}),
        (
            "/staff/people",
            "/staff/people/invite",
            {"email": "a@b.example", "role": "officer", "organisation": words, "survey": words},
        ),
        (f"/staff/themes/{theme}", f"/staff/themes/{theme}/rename", {"name": words}),
        (
            f"/staff/themes/{theme}",
            f"/staff/themes/{theme}/describe",
            {"description": words, "version": "1", "seen": words, "why": words},
        ),
        (
            f"/staff/themes/{theme}",
            f"/staff/themes/{theme}/ticked",
            {"do": words, "to": words, "new": words, "comment": words, "version": "2"},
        ),
        (REST, f"{REST}/ticked", {"do": words, "to": words, "comment": words, "page": words}),
        (REST, f"{READ}/{comments[0]}", {"theme": words, "were": words, "seen": words}),
        (REST, f"{READ}/{comments[0]}", {"theme": words, "were": str(theme), "why": words}),
        (f"/staff/themes/{theme}", f"/staff/themes/{theme}/withdraw", {"reason": words}),
        (
            f"/staff/pledges/new?theme={theme}",
            "/staff/pledges/new",
            {"theme": words, "status": words, "words": words, "on_day": words},
        ),
        (
            "/staff/measures/new",
            "/staff/measures/new",
            {"what": "outside", "name": words, "target": words, "area": words, "unit": words},
        ),
        ("/staff/account", "/staff/measures/new", {"what": words, "option": words}),
        (
            "/staff/challenges/new",
            "/staff/challenges/new",
            {"about": words, "words": words, "easy_words": words, "confidential": words},
        ),
        ("/staff/account", "/staff/account/sessions", {"session": words, "which": words}),
        ("/staff/account", "/staff/account/second-step", {"password": words}),
    ]
    for page, address, fields in forms:
        token = await given.token(client, page)
        answer = await client.post(address, data={**fields, "_csrf_token": token})
        assert answer.status_code < 500, (address, answer.status_code)
        nothing_came_alive(answer.text)


@pytest.mark.parametrize("words", NAUGHTY.values(), ids=NAUGHTY)
async def test_addresses_with_any_words_in_them_are_not_found_or_harmless(client, words):
    for name in ("next", "code", "words", "saved", "wave"):
        for page in ("/staff/sign-in", "/come-back", "/you-said", "/"):
            answer = await client.get(page, params={name: words})
            assert answer.status_code < 500, (page, name)
            nothing_came_alive(answer.text)
            assert "evil" not in answer.headers.get("location", "")
