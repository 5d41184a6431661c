"""“You said, we did”, as everybody reads it."""

from datetime import date
from typing import Any

import pytest

from tests import given
from voice.you_said import store

EASY = "?words=easy-read"


@pytest.fixture
async def theme(db):
    children = await given.comments(db, 15, "Tell me when", voice="child", may_quote=True)
    parents = await given.comments(db, 30, "Nobody said", may_quote=True)
    others = await given.comments(db, 4, "Not a word", voice="young_person")
    return await given.agreed_theme(
        db,
        "Waiting without news",
        [*children, *parents, *others],
        areas=[("hertfordshire-2023", "PA1"), ("every-area", "heard")],
    )


async def page_of(client, read_page, address):
    response = await client.get(address)
    assert response.status_code == 200, response.text
    return read_page(response.text)


async def test_with_nothing_published_the_page_says_so(client, read_page):
    for address in ("/you-said", f"/you-said{EASY}"):
        page = await page_of(client, read_page, address)
        assert "nothing here yet" in page.main.text


async def test_a_reply_has_what_was_said_what_is_done_who_and_when(client, db, read_page, theme):
    number = await given.pledge(db, theme)

    page = await page_of(client, read_page, f"/you-said/{number}")

    text = " ".join(page.main.text.split())
    assert page.h1.text == "Waiting without news"
    assert "About 50 people said this." in text
    assert "Children: about 15 people" in text
    assert "Parents and carers: about 30 people" in text
    assert "Young people" not in text
    assert "so that nobody can be picked out" in text
    assert "We are taking on six more therapists." in text
    assert "head of SEND, Hertfordshire County Council" in text
    assert "To be done by 3 May 2030" in text
    assert "Last updated on" in text
    quotes = [quote.text for quote in page.select("blockquote")]
    assert len(quotes) == 3
    assert quotes[0].startswith("Tell me when")
    assert any(words.startswith("Nobody said") for words in quotes)
    assert "From a child" in text
    assert "council’s paraphrase" in text
    assert "Questions every area is asked" in text


async def test_the_easy_page_has_easy_words_and_a_picture_for_the_status(
    client, db, read_page, theme
):
    number = await given.pledge(db, theme)

    page = await page_of(client, read_page, f"/you-said/{number}{EASY}")

    assert page.html["class"] == ["easy"]
    assert page.h1.text == "You wait a long time."
    assert "We are finding more people to help you." in page.main.text
    assert "six more therapists" not in page.main.text
    picture = page.select_one(".reply img")
    assert picture["alt"] == ""
    assert (await client.get(picture["src"])).status_code == 200


@pytest.mark.parametrize("path", ["/you-said", "/you-said/1"])
async def test_each_wording_links_to_the_other_first_of_all(client, db, read_page, theme, path):
    await given.pledge(db, theme)
    page = await page_of(client, read_page, path)
    link = page.main.a
    assert link.text == "Read this in easy words"
    easy = await page_of(client, read_page, link["href"])
    assert easy.html["class"] == ["easy"]
    assert easy.main.a["href"] == path


@pytest.mark.parametrize("place", ["", "/{number}", "/measures"])
async def test_each_page_can_be_read_in_another_language(client, db, read_page, theme, place):
    number = await given.pledge(db, theme)
    address = f"/you-said{place.format(number=number)}{EASY}"

    page = await page_of(client, read_page, address)
    polish = page.select_one('nav.languages a[lang="pl"]')
    back = await client.get(polish["href"])

    assert back.url.raw_path.decode() == address
    assert read_page(back.text).html["lang"] == "pl"


@pytest.mark.parametrize("words", ["", "words=easy-read&"])
async def test_a_filter_that_leaves_nothing_says_so_and_offers_all(
    client, db, read_page, theme, words
):
    await given.pledge(db, theme)
    page = await page_of(client, read_page, f"/you-said?{words}status=cannot_do")
    note = page.select_one(".note")
    assert "Nothing here fits what you chose." in note.text
    assert "Showing" not in page.main.text
    everything = await page_of(client, read_page, note.a["href"])
    assert note.a.text == "Show all 1"
    assert len(everything.select(".replies > li")) == 1
    assert ("easy" in everything.html["class"]) is bool(words)


async def test_drafts_and_older_versions_never_show(client, db, read_page, theme):
    by = await given.person(db, "officer")
    draft = await given.pledge(db, theme, by=by, words="Secret plan", published=False)
    number = await given.pledge(db, theme, by=by, words="First words")
    [newest] = await store.versions(db, number)
    await store.save_again(
        db, newest, given.a_pledge(words="Better words"), by, theme_id=newest.theme_id
    )

    page = await page_of(client, read_page, "/you-said")

    assert len(page.select(".replies > li")) == 1
    assert "Better words" in page.main.text
    assert "First words" not in page.text
    assert "Secret plan" not in page.text
    assert "First words" not in (await client.get(f"/you-said/{number}")).text
    assert (await client.get(f"/you-said/{draft}")).status_code == 404


async def test_a_pledge_that_is_taken_down_is_gone_from_both_pages(client, db, read_page, theme):
    by = await given.person(db, "officer")
    number = await given.pledge(db, theme, by=by)
    [newest] = await store.versions(db, number)
    hidden = given.a_pledge(published=False)
    await store.save_again(db, newest, hidden, by, theme_id=newest.theme_id)

    response = await client.get(f"/you-said/{number}")

    assert response.status_code == 404
    assert read_page(response.text).main.a
    assert "therapists" not in (await client.get("/you-said")).text
    assert len(await store.versions(db, number)) == 2


async def test_a_theme_that_is_agreed_no_more_takes_its_pledge_off_the_page(client, db, theme):
    number = await given.pledge(db, theme)
    await db.execute("update agreed_themes set ended_at = now()")
    assert (await client.get(f"/you-said/{number}")).status_code == 404
    assert "therapists" not in (await client.get("/you-said")).text


async def test_a_page_that_was_taken_down_leads_to_the_others(client, read_page):
    page = read_page((await client.get("/you-said/9")).text)
    assert page.main.select_one("p.alone a")["href"] == "/you-said"


async def test_few_people_are_never_counted_or_quoted(client, db, read_page):
    few = await given.comments(db, 9, "My own words", may_quote=True)
    number = await given.pledge(db, await given.agreed_theme(db, "Lunch", few))
    for address in (f"/you-said/{number}", f"/you-said/{number}{EASY}", "/you-said"):
        page = await page_of(client, read_page, address)
        assert "Fewer than 10 people said this." in page.main.text
        assert "My own words" not in page.text
        assert "9" not in page.main.text.replace("2029", "")


async def test_words_without_permission_are_never_quoted(client, db, read_page):
    silent = await given.comments(db, 20, "Keep this to yourself")
    loud = await given.comments(db, 1, "You may say this", may_quote=True)
    number = await given.pledge(db, await given.agreed_theme(db, "Lunch", [*silent, *loud]))
    page = await page_of(client, read_page, f"/you-said/{number}")
    assert [quote.text for quote in page.select("blockquote")] == ["You may say this 0"]
    assert "yourself" not in page.text


async def test_no_name_or_address_of_staff_shows(client, db, theme):
    number = await given.pledge(db, theme)
    for address in ("/you-said", f"/you-said/{number}", f"/you-said/{number}{EASY}"):
        assert "@" not in (await client.get(address)).text


async def test_markup_in_words_is_shown_and_not_run(client, db, read_page):
    bad = "<script>alert(1)</script>"
    said = await given.comments(db, 12, bad, may_quote=True)
    fields = ("owner_role", "words", "easy_words", "easy_said", "because", "easy_because")
    theme = await given.agreed_theme(db, f"Theme {bad}", said)
    everywhere: dict[str, Any] = dict.fromkeys(fields, bad)
    number = await given.pledge(db, theme, **everywhere)
    for address in ("/you-said", f"/you-said/{number}", f"/you-said/{number}{EASY}"):
        page = await page_of(client, read_page, address)
        assert not page.select("script:not([src])")
        assert bad in page.main.text


async def test_overdue_is_said_plainly(client, db, read_page, theme):
    await given.pledge(db, theme, on_day=date(2026, 1, 2))
    for address in ("/you-said", f"/you-said{EASY}", "/you-said/1", f"/you-said/1{EASY}"):
        page = await page_of(client, read_page, address)
        assert page.select_one(".overdue").text == "This is late (overdue)."


async def test_what_could_not_be_done_says_why(client, db, read_page, theme):
    why: dict[str, Any] = {"because": "The law forbids it.", "easy_because": "The law says no."}
    number = await given.pledge(db, theme, status="cannot_do", on_day=date(2026, 1, 2), **why)
    standard = await page_of(client, read_page, f"/you-said/{number}")
    easy = await page_of(client, read_page, f"/you-said/{number}{EASY}")
    assert [heading.text for heading in standard.select(".reply h2, .reply h3")] == [
        "We cannot do this",
        "Because",
    ]
    assert "The law forbids it." in standard.text
    assert "The law says no." in easy.text
    assert "Decided on 2 January 2026" in " ".join(easy.main.text.split())


async def test_replies_are_filtered_by_status_and_area_without_script(client, db, read_page, theme):
    other = await given.agreed_theme(
        db, "Taxis", await given.comments(db, 15), areas=[("every-area", "right_time")]
    )
    await given.pledge(db, theme, by=(by := await given.person(db, "officer")))
    await given.pledge(db, other, by=by, status="done", on_day=date(2026, 1, 2))

    async def shown(query):
        page = await page_of(client, read_page, f"/you-said?{query}")
        return [link.text for link in page.select(".replies h2 a")]

    assert len(await shown("")) == 2
    assert await shown("status=done&area=") == ["Taxis"]
    assert await shown("status=&area=every-area/heard") == ["Waiting without news"]
    assert await shown("status=done&area=every-area/heard") == []
    assert await shown("status=nonsense") == []
    page = await page_of(client, read_page, "/you-said?status=done&area=every-area/right_time")
    assert page.form["method"] == "get"
    assert [option["value"] for option in page.select("option[selected]")] == [
        "done",
        "every-area/right_time",
    ]
    assert "status=done" in page.main.a["href"], "the other wording keeps the filter"


async def test_made_up_answers_are_marked_on_both_pages(client, db, read_page):
    demo = await given.comments(db, 12, route="demo")
    number = await given.pledge(db, await given.agreed_theme(db, "Lunch", demo))
    for address in ("/you-said", f"/you-said/{number}", f"/you-said/{number}{EASY}"):
        assert (await page_of(client, read_page, address)).select_one(".demo")


async def test_among_real_answers_the_made_up_ones_are_marked_where_they_stand(
    client, db, read_page, theme
):
    by = await given.person(db, "officer")
    demo = await given.comments(db, 12, route="demo")
    await given.pledge(db, theme, by=by)
    await given.pledge(db, await given.agreed_theme(db, "Lunch", demo), by=by)
    page = await page_of(client, read_page, "/you-said")
    assert [card.h2.text for card in page.select("li:has(.demo)")] == ["Lunch"]
    assert len(page.select(".demo")) == 1


async def test_the_easy_page_leaves_long_quotes_out(client, db, read_page):
    short = await given.comments(db, 10, "Too loud", may_quote=True)
    long = await given.comments(db, 10, "so " * 16, may_quote=True)
    said = [short[0], long[0], *short[1:], *long[1:]]
    number = await given.pledge(db, await given.agreed_theme(db, "Lunch", said))
    easy = await page_of(client, read_page, f"/you-said/{number}{EASY}")
    standard = await page_of(client, read_page, f"/you-said/{number}")
    assert len(standard.select("blockquote")) == 3
    quotes = [quote.text for quote in easy.select("blockquote")]
    assert len(quotes) == 3
    assert all(words.startswith("Too loud") for words in quotes)


async def test_the_public_reads_the_quotes_that_the_report_shows(client, db, read_page, theme):
    number = await given.pledge(db, theme)
    for voice in ("child", "parent", "young_person"):
        for _ in range(30):
            await given.response(db, voice=voice, helped="alone")
    in_part = await given.comments(db, 1, "Among other things", may_quote=True)
    await db.execute(
        "insert into agreed_members"
        " (theme_id, response_id, question_id, score, quote_place, in_part)"
        " values ($1, $2, $3, 1, 1, true)",
        theme,
        in_part[0],
        given.QUESTION,
    )
    public = await page_of(client, read_page, f"/you-said/{number}")
    await given.staff(client, db, "officer")
    report = await page_of(client, read_page, f"/staff/report/{given.SURVEY}/{given.QUESTION}")
    shown = [quote.text for quote in report.select(f"#theme-{theme} blockquote")]
    assert len(shown) == 3
    assert [quote.text for quote in public.select("blockquote")] == shown
    assert "Among other things" not in public.text
    assert "shows the same ones" in report.text


async def test_a_withdrawn_answer_leaves_the_count_and_the_quotes(client, db, read_page):
    said = await given.comments(db, 10, "My own words", may_quote=True)
    number = await given.pledge(db, await given.agreed_theme(db, "Lunch", said))
    assert "About 10 people" in (await client.get(f"/you-said/{number}")).text
    await db.execute("delete from responses where id = $1", said[0])
    page = await page_of(client, read_page, f"/you-said/{number}")
    assert "Fewer than 10" in page.main.text
    assert "My own words" not in page.text


@pytest.mark.parametrize("number", ["0", "999", "99999999999999999999999"])
async def test_a_number_that_is_none_is_not_found(client, read_page, number):
    response = await client.get(f"/you-said/{number}")
    assert response.status_code == 404
    assert read_page(response.text).h1


async def test_the_whole_record_stands_on_the_page(client, db, read_page, theme):
    whole: dict[str, Any] = {
        "status": "partly_done",
        "on_day": date(2026, 1, 2),
        "because": "There is no money for more.",
        "easy_because": "We have no money for more.",
        "instead": "A drop-in each week.",
        "easy_instead": "You can drop in.",
        "measure": "Weeks of waiting",
        "measure_before": "30 weeks",
        "measure_after": "20 weeks",
        "measured_on": date(2026, 1, 3),
        "evidence": "The waiting list of January.",
        "evidence_on": date(2026, 1, 4),
        "next_update_on": date(2026, 1, 5),
        "board": "SEND board",
        "board_on": date(2026, 1, 6),
        "checked": "no",
        "checked_note": "Too little.",
    }
    number = await given.pledge(db, theme, **whole)
    standard = " ".join((await page_of(client, read_page, f"/you-said/{number}")).main.text.split())
    easy = " ".join(
        (await page_of(client, read_page, f"/you-said/{number}{EASY}")).main.text.split()
    )
    said = {name: value for name, value in whole.items() if isinstance(value, str)}
    for name in set(said) - {"status", "checked", "easy_because", "easy_instead"}:
        assert said[name] in standard, name
    for day in range(2, 7):
        assert f"{day} January 2026" in standard
    assert "No, they did not agree" in standard
    assert "We will say more by 5 January 2026. This is late (overdue)." in standard
    assert "You can drop in." in easy
    assert "A drop-in each week." not in easy
    assert "We did some of it" in easy


async def test_a_deed_older_than_evidence_is_shown_without(client, db, read_page, theme):
    number = await given.pledge(db, theme, status="done", on_day=date(2026, 1, 2))
    await db.execute("update pledges set evidence_owed = true, evidence = '', evidence_on = null")
    page = await page_of(client, read_page, f"/you-said/{number}")
    assert "How we know" not in page.text


async def test_each_status_voice_and_area_has_a_page_of_its_own(client, db, read_page, theme):
    by = await given.person(db, "officer")
    young = await given.comments(db, 30, voice="young_person")
    some = await given.comments(db, 20, voice="practitioner")
    few = await given.comments(db, 4, voice="child")
    said = [*young, *some, *few]
    other = await given.agreed_theme(db, "Taxis", said, areas=[("every-area", "right_time")])
    await given.pledge(db, theme, by=by)
    await given.pledge(db, other, by=by, status="done", on_day=date(2026, 1, 2))

    for words in ("", EASY):
        for place, shown in {
            "status/done": [2],
            "status/doing": [1],
            "status/cannot_do": [],
            "voice/children": [1],
            "voice/parents": [1],
            "voice/young-people": [2],
            "area/every-area/heard": [1],
            "area/hertfordshire-2023/PA1": [1],
            "area/every-area/right_time": [2],
        }.items():
            page = await page_of(client, read_page, f"/you-said/{place}{words}")
            links = [a["href"].split("?")[0] for a in page.select(".replies h2 a")]
            assert links == [f"/you-said/{number}" for number in shown], place
            ways = {a["href"] for a in page.select("nav .ways a")}
            assert (f"/you-said/{place}{words}" in ways) == bool(shown)
            others = {True: f"/you-said/{place}", False: f"/you-said/{place}{EASY}"}
            assert page.main.a["href"] == others[bool(words)]


@pytest.mark.parametrize(
    "place", ["status/did", "voice/child", "area/every-area/nope", "area/nope/heard"]
)
async def test_a_list_that_is_none_is_not_found(client, place):
    assert (await client.get(f"/you-said/{place}")).status_code == 404


async def test_no_list_says_another_number_or_names_a_hidden_group(client, db, read_page, theme):
    """Four young people are in the theme: no page about young people may show that they are."""
    await given.pledge(db, theme)
    full = await page_of(client, read_page, "/you-said/1")
    assert "Young people" not in full.main.text
    hidden = await page_of(client, read_page, "/you-said/voice/young-people")
    assert not hidden.select(".replies > li")
    assert "/you-said/voice/young-people" not in (await client.get("/you-said")).text
    for place in ("voice/children", "voice/parents", "status/doing", "area/every-area/heard"):
        page = await page_of(client, read_page, f"/you-said/{place}")
        [card] = page.select(".replies > li")
        assert "About 50 people said this." in card.text
        assert "15" not in card.text
        assert "30" not in card.text.replace("2030", "")
