"""Upgrades: data of the first tables comes through all steps, beside a version that runs on.

Tables up to step 0026 came before the first release. From then on a step runs while the version
before it serves people: it takes nothing away, and closes no large table for long.
"""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec import json

from tests import given
from voice.database import migrate as migrating
from voice.database.migrate import FOLDER, MigrationProblem, migrate, missing
from voice.database.pool import connect
from voice.jobs.tables import bring_up_to_date

FIRST_TABLES = 6  # One comment goes all the way: from an answer to a pledge.
BEFORE_RELEASE = 26
RESPONSE = "00000000-0000-4000-8000-00000000000{}"
WORDS = "The taxi is late – “always”"

# Rows for each of the first tables, as the first version would have written them.
ROWS = f"""
insert into people (email, roles, password_hash) values
    ('chair@example.org', '{{reviewer}}', 'x'), ('left@example.org', '{{officer}}', 'y');
update people set left_at = now() where email = 'left@example.org';
insert into responses (id, survey_id, wave, voice, route, may_quote, helped, sent_at, code_hash)
values
    ('{RESPONSE.format(1)}', 'support-parents-carers', '2026', 'parent', 'web', true, null, now(),
     'abc'),
    ('{RESPONSE.format(2)}', 'support-easy-read', '2026', 'child', 'paper', false, 'read', now(),
     null),
    ('{RESPONSE.format(3)}', 'support-easy-read', '2026', 'child', 'web', false, null, null, null);
insert into answers (response_id, question_id, state, value, free_text) values
    ('{RESPONSE.format(1)}', 'one_change', 'answered', '"{WORDS}"', true),
    ('{RESPONSE.format(1)}', 'listened', 'answered', '"no"', false),
    ('{RESPONSE.format(2)}', 'one_change', 'skipped', null, true);
insert into flags (response_id, question_id, concern, score, kinds, because) values
    ('{RESPONSE.format(1)}', 'one_change', true, .5, '{{harm}}', '{{late}}');
insert into flag_actions (response_id, question_id, action, done_by) values
    ('{RESPONSE.format(1)}', 'one_change', 'no_concern', 1);
insert into redacted_comments (response_id, question_id, words, taken_out, vector) values
    ('{RESPONSE.format(1)}', 'one_change', 'The taxi is late', '{{"PERSON": 1}}', null);
insert into theme_runs (
    asked_of, question_id, n_comments, n_empty, n_non_answers, n_not_themed, record
) values ('send-support', 'one_change', 1, 0, 0, 0, '{{}}');
insert into suggested_themes (run_id, place, name, terms) values (1, 1, 'Taxis', '{{taxi}}');
insert into suggested_members values (1, '{RESPONSE.format(1)}', 'one_change', .9, 1);
insert into suggested_areas values (1, 'england', 'transport', .8, true);
insert into agreed_themes (asked_of, question_id, name, agreed_by) values
    ('send-support', 'one_change', 'Late taxis', 1);
insert into agreed_members values (1, '{RESPONSE.format(1)}', 'one_change', .9, 1);
insert into agreed_areas values (1, 'england', 'transport');
insert into decisions (
    asked_of, question_id, kind, suggestion_ids, made_theme_ids, decided_by
) values ('send-support', 'one_change', 'agree', '{{1}}', '{{1}}', 1);
insert into pledges (
    number, version, theme_id, status, easy_said, words, easy_words, owner_role, owner_organisation,
    on_day, published, written_by
) values (
    nextval('pledge_numbers'), 1, 1, 'did', 'Taxis were late', 'We changed it', 'We did it', 'Head',
    'Council', '2026-05-01', true, 1
);
"""
# What a step changes on purpose, and what it becomes is tested where it is done.
CHANGED = {
    ("answers", "value"): "sealed",
    ("flags", "because"): "the words of an answer: gone, or sealed",
    ("pledges", "status"): "did is called done",
}


@pytest.fixture
async def first(server, tmp_path):
    """A database with the first tables, and rows in each of them."""
    for file in sorted(FOLDER.glob("*.sql"))[:FIRST_TABLES]:
        shutil.copy(file, tmp_path)
    dsn = await given.database(server, "voice_upgraded")
    await migrate(dsn, tmp_path)
    db = await connect(dsn)
    await db.execute(ROWS)
    await db.close()
    return dsn


async def contents(dsn: str) -> dict[str, list[dict[str, Any]]]:
    db = await connect(dsn)
    tables = await db.fetch("select tablename from pg_tables where schemaname = 'public'")
    found = {
        row["tablename"]: [
            json.decode(one[0])
            for one in await db.fetch(
                f"select to_jsonb(t)::text from {row['tablename']} t order by to_jsonb(t)::text"
            )
        ]
        for row in tables
        if row["tablename"] != "migrations"
    }
    await db.close()
    return found


async def test_every_row_of_the_first_tables_is_there_after_all_steps(first):
    before = await contents(first)
    filled = {name for name, rows in before.items() if rows}
    assert filled >= {"answers", "flags", "decisions", "agreed_members", "pledges", "people"}
    await bring_up_to_date(first, given.VAULT)
    after = await contents(first)
    for name in sorted(filled):
        kept = [c for c in before[name][0] if (name, c) not in CHANGED]
        assert all(column in after[name][0] for column in kept), name
        was = [{column: row[column] for column in kept} for row in before[name]]
        now = [{column: row[column] for column in kept} for row in after[name]]
        assert sorted(map(str, was)) == sorted(map(str, now)), name


async def test_words_of_the_first_version_are_sealed_and_open(first):
    await bring_up_to_date(first, given.VAULT)
    db = await connect(first)
    row = await db.fetchrow(
        "select a.response_id, question_id, value, sealed, wrapped from answers a"
        " join response_keys using (response_id) where sealed is not null"
    )
    assert row is not None
    assert row["value"] is None
    assert given.VAULT.words_of(row) == WORDS
    # And what triggers count was counted for rows that were there before the triggers.
    assert await db.fetchval("select sum(n) from member_counts") == 1
    assert await db.fetchval("select sum(n) from response_counts") == 2
    await db.close()


async def test_a_second_run_changes_nothing(first):
    await bring_up_to_date(first, given.VAULT)
    before = await contents(first)
    assert await bring_up_to_date(first, given.VAULT) == []
    assert await contents(first) == before


async def test_a_step_that_must_wait_gives_up_and_leaves_nothing(first, monkeypatch):
    monkeypatch.setattr(migrating, "PATIENCE", "200ms")
    holding = await connect(first)
    async with holding.transaction():
        await holding.execute("lock table responses")
        with pytest.raises(MigrationProblem, match="Run it again"):
            await bring_up_to_date(first, given.VAULT)
    await holding.close()
    assert "0009_adult_beside.sql" in await missing(first), "it needs the table that was held"
    await bring_up_to_date(first, given.VAULT)
    assert await missing(first) == []


def dangers(text: str) -> list[str]:
    """What in a step would harm the version that runs beside it, or close a table for long."""
    plain = re.sub(r"--.*", "", text).lower()
    own = set(re.findall(r"create table (\w+)", plain))
    found = [
        what
        for what, pattern in (
            ("takes away what the running version reads", r"\bdrop (table|column|view)\b"),
            ("changes a name that the running version knows", r"\brename\b"),
            ("writes a table anew", r"\balter column \w+ (set data )?type\b"),
            ("reads a whole table while it is closed", r"\bset not null\b"),
            (
                "fails rows of the running version",
                r"\badd column \w+ [^,;]*\bnot null\b(?![^,;]*default)",
            ),
        )
        if re.search(pattern, plain)
    ]
    constraints = re.findall(r"\badd constraint[^;]*?(?=\badd constraint|;)", plain)
    if any("not valid" not in one and "unique" not in one for one in constraints):
        found.append("checks a whole table while it is closed: add it “not valid”")
    tables = re.findall(r"create (?:unique )?index \w+\s+on (\w+)", plain)
    if set(tables) - own:
        found.append("makes an index while nobody can write")
    return found


@pytest.mark.parametrize(
    "file",
    [f for f in sorted(FOLDER.glob("*.sql")) if int(f.name[:4]) > BEFORE_RELEASE],
    ids=lambda path: path.name,
)
def test_a_step_is_safe_beside_the_running_version(file: Path):
    """Where it must not be, a line says why: `-- beside the running version: …`."""
    text = file.read_text(encoding="utf-8")
    assert "beside the running version:" in text or dangers(text) == []


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("alter table answers drop column value;", 1),
        ("alter table people rename email to mail;", 1),
        ("alter table pledges alter column words type varchar;", 1),
        ("alter table pledges alter column words set not null;", 1),
        ("alter table pledges add column x text not null;", 1),
        ("alter table pledges add column x text not null default '';", 0),
        ("alter table pledges add constraint c check (words <> '');", 1),
        ("alter table pledges add constraint c check (words <> '') not valid;", 0),
        ("create index i on answers (value);", 1),
        ("create table t (x int); create index i on t (x); -- drop table t", 0),
    ],
)
def test_the_rule_finds_what_would_harm(text, many):
    assert len(dangers(text)) == many
