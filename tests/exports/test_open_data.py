"""Public data: the same numbers as on public pages, in forms that their description holds to."""

import asyncio
import csv
import io
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from tests import given
from tests.browser.kill import Server
from voice.exports import table
from voice.exports.open_data import THEME_COLUMNS, OpenPledge, OpenTheme
from voice.exports.open_measures import COLUMNS, OpenMeasure
from voice.jobs.tables import bring_up_to_date

V1 = "/data/v1"
VOICES = {
    "Children": "children_about",
    "Young people": "young_people_about",
    "Parents and carers": "parents_about",
    "People who work with families": "practitioners_about",
}


@pytest.fixture
async def published(db):
    """A large theme with two pledges and one draft, a small one, and one that nobody answers."""
    by = await given.person(db, "officer", email="writer@example.org")
    children = await given.comments(db, 23, "Tell me when", voice="child", may_quote=True)
    parents = await given.comments(db, 31, "Nobody said")
    few = await given.comments(db, 4, "Not a word", voice="young_person")
    waiting = await given.agreed_theme(
        db, "Waiting", [*children, *parents, *few], areas=[("every-area", "heard")]
    )
    lunch = await given.agreed_theme(db, "Lunch", await given.comments(db, 9, may_quote=True))
    alone = await given.comments(db, 40, "Unanswered words", may_quote=True)
    await given.agreed_theme(db, "Nobody answers this", alone)
    await given.pledge(db, waiting, by=by, words="=1+1", on_day=date(2026, 1, 2))
    await given.pledge(db, lunch, by=by, status="done", on_day=date(2026, 1, 2))
    await given.pledge(db, waiting, by=by, words="Secret plan", published=False)
    await given.pledge(db, waiting, by=by, words="A second thing")
    return {"Waiting": waiting, "Lunch": lunch}


async def fetched(client, name):
    answer = await client.get(f"{V1}/{name}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "max-age=300, public"
    return answer


async def rows_of(client, name):
    text = (await fetched(client, name)).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def test_the_numbers_are_those_of_the_public_pages_or_hidden(client, published, read_page):
    themes = (await fetched(client, "themes.json")).json()
    assert themes["not_shown_under"] == 10
    assert [one["theme"] for one in themes["themes"]] == ["Waiting", "Lunch"]
    for one in themes["themes"]:
        for number in one["pledges"]:
            page = read_page((await client.get(f"/you-said/{number}")).text)
            text = " ".join(page.main.text.split())
            words = one["people_words"]
            assert f"{words[0].upper()}{words[1:]} said this." in text
            shown = {
                li.text.split(":")[0].strip(): int(re.findall(r"\d+", li.text)[0])
                for li in page.select(".voices li")
            }
            in_data = {name: one[field] for name, field in VOICES.items() if one[field]}
            assert in_data == shown
            quotes = [quote.text for quote in page.select("blockquote")]
            assert [quote["words"] for quote in one["quotes"]] == quotes
    waiting, lunch = themes["themes"]
    assert (waiting["people_about"], waiting["children_about"]) == (60, 25)
    assert waiting["young_people_about"] is None
    assert (lunch["people_about"], lunch["quotes"], lunch["waves"]) == (None, [], [])
    assert lunch["people_words"] == "fewer than 10 people"


async def test_json_and_csv_say_the_same(client, published):
    themes = (await fetched(client, "themes.json")).json()["themes"]
    for one, row in zip(themes, await rows_of(client, "themes.csv"), strict=True):
        assert row["id"] == str(one["id"])
        assert row["people_about"] == (
            "" if one["people_about"] is None else str(one["people_about"])
        )
        for field in VOICES.values():
            assert row[field] == ("" if one[field] is None else str(one[field]))
        assert row["pledges"] == "; ".join(map(str, one["pledges"]))
        assert row["areas"] == "; ".join(area["id"] for area in one["areas"])
        quotes = [row[f"quote_{place}"] for place in (1, 2, 3) if row[f"quote_{place}"]]
        assert quotes == [quote["words"] for quote in one["quotes"]]
    pledges = (await fetched(client, "pledges.json")).json()["pledges"]
    rows = await rows_of(client, "pledges.csv")
    assert [p["number"] for p in pledges] == [1, 2, 4]
    for one, row in zip(pledges, rows, strict=True):
        said = {
            name: {True: "yes", False: "no", None: ""}.get(value, str(value))
            if isinstance(value, bool) or value is None
            else str(value)
            for name, value in one.items()
        }
        for name in set(said) & set(row):
            assert row[name].removeprefix("'") == said[name], name
        assert len(set(said) & set(row)) == len(said) - 1, "all but the address"


async def test_what_nobody_published_is_not_in_the_data(client, published):
    for name in ("themes.json", "themes.csv", "pledges.json", "pledges.csv"):
        text = (await fetched(client, name)).text
        for words in ("Secret plan", "Nobody answers this", "Unanswered words", "@example.org"):
            assert words not in text, name
        assert "The wait is long" not in text, "nine people are not quoted"


async def test_one_thing_is_found_by_an_id_that_stays(client, published, db):
    one = await client.get(f"{V1}/themes/{published['Waiting']}")
    assert one.json() in (await fetched(client, "themes.json")).json()["themes"]
    pledge = await client.get(f"{V1}/pledges/2")
    assert pledge.json() in (await fetched(client, "pledges.json")).json()["pledges"]
    await db.execute(
        "update agreed_themes set name = 'Renamed' where id = $1", published["Waiting"]
    )
    assert (await client.get(f"{V1}/themes/{published['Waiting']}")).json()["theme"] == "Renamed"


@pytest.mark.parametrize(
    "place", ["themes/999", "pledges/3", "pledges/0", "themes/99999999999", "themes/x"]
)
async def test_what_is_not_there_is_told_to_a_program(client, published, place):
    answer = await client.get(f"{V1}/{place}")
    assert answer.status_code in (400, 404)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    assert answer.headers["cache-control"] == "no-store"


async def test_measures_say_what_their_page_says_and_drafts_are_not_in_it(client, db, read_page):
    by = await given.person(db, "officer", email="writer@example.org")
    await given.measure(db, by=by)
    await given.measure(db, by=by, name="A draft of ours", published=False)
    [one] = (await fetched(client, "measures.json")).json()["measures"]
    assert one["area"] == "every-area/heard"
    page = read_page((await client.get("/you-said/measures/every-area/heard")).text)
    text = " ".join(page.main.text.split())
    assert [line["figure"] for line in one["lines"]] == ["40%", "60%"]
    for line in one["lines"]:
        for words in (one["name"], line["part"], line["figure"], line["when"], line["change"]):
            assert words in text
    rows = await rows_of(client, "measures.csv")
    assert [(row["number"], row["part"], row["figure"], row["when"]) for row in rows] == [
        (str(one["number"]), line["part"], line["figure"], line["when"]) for line in one["lines"]
    ]


async def test_a_cell_that_could_run_gets_an_apostrophe(client, published):
    rows = {row["number"]: row for row in await rows_of(client, "pledges.csv")}
    assert rows["1"]["words"] == "'=1+1"
    pledge = (await client.get(f"{V1}/pledges/1")).json()
    assert pledge["words"] == "=1+1", "JSON runs nowhere"


async def test_it_is_in_english_whatever_the_reader_speaks(client, published):
    before = [(await fetched(client, f"{kind}.json")).json() for kind in ("pledges", "themes")]
    await client.get("/display/language-pl")
    assert "Co powiedzieli" in (await client.get("/data")).text
    after = [(await fetched(client, f"{kind}.json")).json() for kind in ("pledges", "themes")]
    assert after == before
    assert "fewer than 10 people" in (await fetched(client, "themes.csv")).text


async def test_the_data_is_as_its_description_says(client, published):
    description = (await client.get(f"{V1}/openapi.json")).json()
    assert description["openapi"].startswith("3.1")
    assert set(description["paths"]) == {
        f"{V1}/{name}"
        for name in (
            *("themes.json", "themes.csv", "themes/{number}"),
            *("pledges.json", "pledges.csv", "pledges/{number}"),
            *("measures.json", "measures.csv"),
        )
    }
    for path, kinds in description["paths"].items():
        assert set(kinds) == {"get"}, "read only"
        content = kinds["get"]["responses"]["200"]["content"]
        address = path.replace("{number}", "1")
        answer = await client.get(address)
        [kind] = content
        assert answer.headers["content-type"].partition(";")[0] == kind
        if kind == "application/json":
            schema = content[kind]["schema"] | {"components": description["components"]}
            jsonschema.validate(answer.json(), schema, jsonschema.Draft202012Validator)


async def test_no_address_of_the_data_takes_anything(client):
    for method in ("post", "put", "delete", "patch"):
        answer = await getattr(client, method)(f"{V1}/themes.json")
        assert answer.status_code == 405


async def test_the_page_about_the_data_leads_to_all_of_it(client, published, read_page):
    page = read_page((await client.get("/data")).text)
    links = [a["href"] for a in page.select("main a") if a["href"].startswith(V1)]
    assert len(links) == 7
    for link in links:
        assert (await client.get(link)).status_code == 200
    assert "/data" in [
        a["href"] for a in read_page((await client.get("/you-said")).text).select("a")
    ]


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("you-said.csv", table.NAMES),
        ("themes.csv", THEME_COLUMNS),
        ("themes.json", OpenTheme.__struct_fields__),
        ("pledges.json", OpenPledge.__struct_fields__),
        ("measures.csv", COLUMNS),
        ("measures.json", OpenMeasure.__struct_fields__),
    ],
)
def test_the_data_dictionary_names_every_field_in_order(section, names):
    words = Path("docs/data-dictionary.md").read_text(encoding="utf-8")
    part = words.split(f"## {section}")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)) == tuple(names)


@pytest.mark.slow
async def test_no_generated_request_gets_what_the_description_does_not_say(
    server, tmp_path, capsys
):
    """Schemathesis by our own description, against a real server with a theme and a pledge."""
    dsn = await given.database(server, "voice_open_data")
    await bring_up_to_date(dsn, given.VAULT)
    from voice.database.pool import transaction

    async with transaction(dsn) as db:
        theme = await given.agreed_theme(db, "Waiting", await given.comments(db, 30))
        await given.pledge(db, theme)
    here = Server(dsn, tmp_path / "data")
    await here.start()
    try:
        done = await asyncio.to_thread(_schemathesis, f"{here.url}{V1}/openapi.json")
    finally:
        await here.kill()
    told = re.findall(r"\d+ generated.*", done.stdout)
    with capsys.disabled():
        sys.stdout.write(f"\n  open data: {' '.join(told)}\n")
    assert told
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]


def _schemathesis(address: str) -> "subprocess.CompletedProcess[str]":
    checks = "not_a_server_error,status_code_conformance,content_type_conformance"
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", address, "--no-color", "--seed", "1"),
        *("--checks", f"{checks},response_schema_conformance", "--max-examples", "25"),
        *("--suppress-health-check", "all", "--request-timeout", "20"),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
