"""What a test is given: plain builders, each with defaults, over a real database."""

import base64
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
from msgspec import convert, json

from voice.answering import store as answering
from voice.challenges import store as challenges
from voice.challenges.challenge import Statement, read_about
from voice.database import pool
from voice.database.pool import Connection
from voice.database.vault import Vault
from voice.enrichment.embed import Read, pack
from voice.measures import store as measures
from voice.measures.measure import Measure, Planned
from voice.safeguarding import store as safeguarding
from voice.safeguarding.detect import Concern
from voice.safeguarding.store import Flag
from voice.staff import passwords, rota_store, store
from voice.staff.people import Role
from voice.surveys.questions import Answer
from voice.you_said import store as you_said
from voice.you_said.pledge import Pledge

BEGAN = date(2025, 1, 31)
SURVEY, QUESTION, WAVE = "support-parents-carers", "one_change", "2026-autumn"
PASSWORD = "a long enough password"
HASH = passwords.hash_password(PASSWORD)
MASTER = b"m" * 32
MASTER_KEY = base64.b64encode(MASTER).decode()
VAULT = Vault(lambda: (MASTER,))


def database_address(server: str, name: str) -> str:
    """The address of another database of the same server."""
    address, question, rest = server.partition("?")
    head, slash, _ = address.rpartition("/")
    return f"{head}{slash}{name}{question}{rest}"


async def database(server: str, name: str) -> str:
    """A new, empty database; returns its address."""
    plain = await pool.connect(server)
    await plain.execute(f"drop database if exists {name} with (force)")
    await plain.execute(f"create database {name}")
    await plain.close()
    return database_address(server, name)


async def reader_on_rota(dsn: str) -> None:
    """Somebody who reads answers in words; without them, people are not asked for any."""
    db = await pool.connect(dsn)
    reader = await store.add_person(db, "reader@example.org", ["safeguarding_lead"], HASH)
    await rota_store.set_rota(db, "lead", reader, None)
    await db.close()


async def response(
    db: Connection,
    *,
    survey: str = SURVEY,
    voice: str = "parent",
    wave: str = WAVE,
    route: str = "import",
    may_quote: bool = False,
    helped: str | None = None,
) -> UUID:
    """A response that has been sent."""
    found: UUID = await db.fetchval(
        "insert into responses (survey_id, wave, voice, route, may_quote, helped, sent_at)"
        " values ($1, $2, $3, $4, $5, $6, now()) returning id",
        survey,
        wave,
        voice,
        route,
        may_quote,
        helped,
    )
    return found


async def answer(db: Connection, response_id: UUID, words: str, question: str = QUESTION) -> UUID:
    """An answer in words, sealed as the product does; returns its response's id."""
    said = Answer("answered", words)
    await answering.save_answer(db, response_id, question, said, vault=VAULT, free_text=True)
    return response_id


async def choices(
    db: Connection, option: str, n: int, *, question: str = "listened", **about: Any
) -> None:
    """So many people who chose this answer to a closed question."""
    for _ in range(n):
        response_id = await response(db, **about)
        said = Answer("answered", option)
        await answering.save_answer(db, response_id, question, said, vault=VAULT, free_text=False)


async def chose(db: Connection, response_ids: Sequence[UUID], question: str, value: str) -> None:
    """What people chose in answers that were sent: it is counted when they are."""
    await db.execute("update responses set sent_at = null where id = any($1)", response_ids)
    await db.executemany(
        "insert into answers (response_id, question_id, state, value, free_text)"
        " values ($1, $2, 'answered', $3, false)",
        [(one, question, json.encode(value).decode()) for one in response_ids],
    )
    await db.execute("update responses set sent_at = now() where id = any($1)", response_ids)


async def flag(db: Connection, response_id: UUID, question: str, concern: Concern) -> None:
    """What the machine thought of an answer."""
    await safeguarding.keep_flags(db, VAULT, [Flag(response_id, question, concern)])


async def said(db: Connection, vault: Vault = VAULT) -> list[tuple[str, str, Any]]:
    """Every answer: its question, its state, and what it says, opened; by question."""
    rows = await db.fetch(
        "select * from answers left join response_keys using (response_id)"
        " order by question_id, answered_at, response_id"
    )
    return [
        (
            row["question_id"],
            row["state"],
            vault.words_of(row) if row["sealed"] else row["value"] and json.decode(row["value"]),
        )
        for row in rows
    ]


async def comment(
    db: Connection,
    words: str,
    *,
    question: str = QUESTION,
    vector: Sequence[float] | None = None,
    **about: object,
) -> UUID:
    """A comment that has been through enrichment; returns its response's id."""
    response_id = await response(db, **about)  # type: ignore[arg-type]  # The caller names fields of a response.
    row = np.zeros(384, dtype=np.float32) if vector is None else np.asarray(vector, np.float32)
    await db.execute(
        "insert into redacted_comments (response_id, question_id, words, taken_out, vector)"
        " values ($1, $2, $3, '{}', $4)",
        response_id,
        question,
        words,
        pack(Read(row[None, :], row[None, :]))[0],
    )
    return response_id


async def suggestion(
    db: Connection,
    name: str,
    comments: Sequence[UUID],
    *,
    question: str = QUESTION,
    asked_of: str = SURVEY,
) -> int:
    """A suggested theme over these comments, the first three of them its quotes."""
    run_id = await db.fetchval(
        "insert into theme_runs (asked_of, question_id, n_comments, n_empty, n_non_answers,"
        " n_not_themed, record) values ($1, $2, $3, 0, 0, 0, '{}')"
        " on conflict (asked_of, question_id, coalesce(wave, ''))"
        " do update set n_comments = theme_runs.n_comments + excluded.n_comments returning id",
        asked_of,
        question,
        len(comments),
    )
    theme_id: int = await db.fetchval(
        "insert into suggested_themes (run_id, place, name, terms) values ($1,"
        " (select count(*) from suggested_themes where run_id = $1), $2, '{}') returning id",
        run_id,
        name,
    )
    for place, response_id in enumerate(comments):
        await db.execute(
            "insert into suggested_members values ($1, $2, $3, 0.5, $4)",
            theme_id,
            response_id,
            question,
            place + 1 if place < 3 else None,
        )
    return theme_id


async def person(db: Connection, *roles: Role, email: str = "") -> int:
    """A member of staff with these roles, whose password is `PASSWORD`."""
    return await store.add_person(db, email or f"{roles[0]}@example.org", roles, HASH)


async def sign_in(client, email: str) -> None:
    """Sign this client in, by the form."""
    data = {
        "email": email,
        "password": PASSWORD,
        "_csrf_token": await token(client, "/staff/sign-in"),
    }
    response = await client.post("/staff/sign-in", data=data, follow_redirects=False)
    assert response.status_code == 303, response.text


async def token(client, address: str) -> str:
    """The token that the forms of this page carry."""
    page = (await client.get(address)).text
    found = re.search(r'name="_csrf_token" value="([^"]+)"', page)
    assert found, f"no form in {address}"
    return found[1]


async def staff(client, db: Connection, *roles: Role) -> int:
    """A signed-in member of staff with these roles; returns who."""
    person_id = await person(db, *roles)
    await sign_in(client, f"{roles[0]}@example.org")
    return person_id


async def agreed_theme(
    db: Connection,
    name: str,
    comments: Sequence[UUID],
    *,
    by: int | None = None,
    question: str = QUESTION,
    asked_of: str = SURVEY,
    areas: Sequence[tuple[str, str]] = (),
) -> int:
    """A theme that a reviewer agreed to, over these comments; the first three are its quotes."""
    by = by or await person(db, "reviewer", email=f"reviewer-of-{name[:20]}@example.org".lower())
    theme_id: int = await db.fetchval(
        "insert into agreed_themes (asked_of, question_id, name, agreed_by)"
        " values ($1, $2, $3, $4) returning id",
        asked_of,
        question,
        name,
        by,
    )
    for place, response_id in enumerate(comments):
        await db.execute(
            "insert into agreed_members values ($1, $2, $3, 0.5, $4)",
            theme_id,
            response_id,
            question,
            place + 1 if place < 3 else None,
        )
    for framework_id, area_id in areas:
        await db.execute(
            "insert into agreed_areas values ($1, $2, $3)", theme_id, framework_id, area_id
        )
    return theme_id


async def tables_with(db: Connection, word: str) -> list[str]:
    """The tables that hold a word anywhere, in text, in JSON or in bytes."""
    names = await db.fetch("select tablename from pg_tables where schemaname = 'public'")
    found = []
    for name in sorted(row["tablename"] for row in names):
        asked = f"select exists (select from {name} t where t::text ilike any($1))"
        if await db.fetchval(asked, [f"%{word}%", f"%{word.encode().hex()}%"]):
            found.append(name)
    return found


async def comments(db: Connection, n: int, words: str = "The wait is long", **about) -> list[UUID]:
    """So many comments, each of somebody else."""
    return [await comment(db, f"{words} {place}", **about) for place in range(n)]


async def pledge(db: Connection, theme_id: int, *, by: int | None = None, **said: Any) -> int:
    """A published pledge about a theme; returns its number. `said` are fields of `Pledge`."""
    by = by or await person(db, "officer", email="writer@example.org")
    return await you_said.save_new(db, theme_id, a_pledge(**said), by)


async def challenge(
    db: Connection,
    about: str,
    *,
    by: int | None = None,
    put_on: date | None = None,
    secret: str = "",
) -> int:
    """A challenge about something such as pledge-3, put today; returns its number."""
    by = by or await person(db, "reviewer", email="forum@example.org")
    found = read_about(about)
    assert found, about
    said = Statement(
        words="Which of the six posts are filled?",
        easy_words="You said six people. How many are here?",
        confidential_because=secret,
    )
    return await challenges.save_new(db, found, said, by, put_on=put_on or date.today())


async def measure(db: Connection, *, by: int | None = None, demo: bool = False, **said: Any) -> int:
    """A published measure of an outside figure; returns its number. `said` are its fields."""
    by = by or await person(db, "officer", email="measurer@example.org")
    return await measures.save_new(db, a_measure(**said), by, demo=demo)


def a_measure(**said: Any) -> Measure:
    """A measure of an outside figure, or with `asking` of answers; `said` are its fields."""
    plain: dict[str, Any] = {
        "framework_id": "every-area",
        "area_id": "heard",
        "name": "Plans finished within 20 weeks",
        "easy_name": "Plans that are ready in time.",
        "better": "higher",
        "target": Planned(Decimal(60), date(2030, 3, 31)),
        "published": True,
    }
    if "asking" not in said:
        plain |= {"unit": "%", "source": "SEN2, DfE", "baseline": Planned(Decimal(40), BEGAN)}
    return Measure(**plain | said)


def a_pledge(**said: object) -> Pledge:
    """A pledge that says something; `said` are fields of `Pledge`."""
    plain: dict[str, object] = {
        "status": "doing",
        "easy_said": "You wait a long time.",
        "words": "We are taking on six more therapists.",
        "easy_words": "We are finding more people to help you.",
        "owner_role": "head of SEND",
        "owner_organisation": "Hertfordshire County Council",
        "on_day": date(2030, 5, 3),
        "published": True,
    }
    if said.get("status") == "done":
        plain |= {"evidence": "The rota shows six names.", "evidence_on": date(2026, 1, 2)}
    return convert(plain | said, Pledge)
