"""The command, as an operator calls it: in a process of its own."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests import given
from voice.cli import main
from voice.database.vault import Vault

pytestmark = pytest.mark.slow
SURVEY = ["--survey", "support-parents-carers", "--question", "one_change", "--text", "comment"]


@pytest.fixture
def voice(clean, tmp_path):
    """Run `voice` with these arguments over the test's database."""

    def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "voice", *arguments],
            env={
                **os.environ,
                "DATABASE_URL": clean,
                "VOICE_DATA_DIR": str(tmp_path / "data"),
                **environment,
            },
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def csv(tmp_path: Path, *rows: str, name: str = "comments.csv") -> str:
    file = tmp_path / name
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(file)


def every_command(group: click.Group, path: str = "voice"):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from every_command(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


@pytest.mark.parametrize(
    ("path", "command"), list(every_command(main)), ids=lambda value: str(value)[:30]
)
def test_every_help_text_has_an_example_that_names_the_command(path, command):
    assert f"Example: {path}" in re.sub(
        r"Example: (VOICE|DATABASE)_\S+ (VOICE\S+ )?", "Example: ", command.help
    )


def test_the_page_of_commands_has_every_command():
    page = (Path(__file__).parent.parent.parent / "docs/commands.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`voice ([a-z-]+(?: [a-z-]+)?)[ `]", page))
    known = {path.removeprefix("voice ") for path, _ in every_command(main)}
    assert {path for path in known if path not in named} == set()


async def test_import_keeps_every_row_once_however_often_it_is_run(voice, db, tmp_path):
    file = csv(tmp_path, "comment,ref", "late taxi,1", '"two\nlines",2', ",3", "late taxi,4")
    first = voice("import", file, *SURVEY, "--id", "ref")
    second = voice("import", file, *SURVEY, "--id", "ref")

    assert first.returncode == second.returncode == 0, first.stderr
    assert "4 rows kept, 0 were there already" in first.stdout
    assert "0 rows kept, 4 were there already" in second.stdout
    states = await db.fetch("select state, count(*) n from answers group by state order by state")
    assert [(row["state"], row["n"]) for row in states] == [("answered", 3), ("skipped", 1)]


async def test_a_row_that_came_before_with_other_words_is_left_and_told_of(voice, db, tmp_path):
    voice("import", csv(tmp_path, "comment,ref", "late taxi,1", "ok,2"), *SURVEY, "--id", "ref")
    changed = csv(tmp_path, "comment,ref", "no taxi,1", "ok,2", "new,3")
    done = voice("import", changed, *SURVEY, "--id", "ref")

    assert done.returncode == 1
    assert "1 of them are there with other words" in done.stderr
    assert "taxi" not in done.stderr
    words = [words for _, _, words in await given.said(db)]
    assert sorted(words) == ["late taxi", "new", "ok"]


async def test_rows_without_an_id_belong_to_their_own_file(voice, db, tmp_path):
    voice("import", csv(tmp_path, "comment", "one"), *SURVEY)
    done = voice("import", csv(tmp_path, "comment", "two", name="other.csv"), *SURVEY)
    assert "1 rows kept" in done.stdout
    assert await db.fetchval("select count(*) from responses") == 2


async def test_voice_and_wave_can_be_given(voice, db, tmp_path):
    file = csv(tmp_path, "comment", "one")
    voice("import", file, *SURVEY, "--voice", "practitioner", "--wave", "2024-pilot")
    row = await db.fetchrow("select voice, wave, route from responses")
    assert tuple(row) == ("practitioner", "2024-pilot", "import")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--survey", "nope", "--question", "one_change", "--text", "comment"], "survey"),
        ([*SURVEY[:2], "--question", "nope", "--text", "comment"], "one_change"),
        ([*SURVEY[:4], "--text", "nope"], "no column"),
    ],
)
async def test_a_wrong_name_is_explained_in_a_sentence(voice, db, tmp_path, arguments, words):
    done = voice("import", csv(tmp_path, "comment", "one"), *arguments)
    assert done.returncode in (2, 3)
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert await db.fetchval("select count(*) from responses") == 0


def test_survey_check_says_what_is_wrong_and_exits_with_one(voice, tmp_path):
    assert voice("survey", "check").returncode == 0
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "survey.toml").write_text('id = "bad"\n')
    done = voice("survey", "check", str(bad))
    assert done.returncode == 1
    assert "survey.toml" in done.stderr


def test_themes_discover_needs_no_database(voice, tmp_path):
    rows = [f"the taxi was late on day {n}" for n in range(8)]
    rows += [f"nobody answered my letter number {n}" for n in range(8)]
    file = csv(tmp_path, "comment", *rows)
    out = tmp_path / "found"
    done = voice(
        "themes", "discover", file, "--text", "comment", "--out", str(out),
        DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {file.name for file in out.iterdir()} == {"themes.json", "assignments.csv", "run.json"}
    assert sum(theme["size"] for theme in json.loads((out / "themes.json").read_text())) == 16


def test_themes_discover_refuses_a_wrong_column_in_a_sentence_with_exit_code_two(voice, tmp_path):
    out = tmp_path / "found"
    done = voice(
        "themes", "discover", csv(tmp_path, "comment", "x"), "--text", "nope", "--out", str(out)
    )
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert not out.exists()


async def test_themes_find_enriches_what_waits_and_prints_the_themes(voice, db, tmp_path):
    rows = [f"the school taxi was late again on day {n}" for n in range(8)]
    voice("import", csv(tmp_path, "comment", *rows), *SURVEY)
    done = voice("themes", "find", *SURVEY[:4])
    assert done.returncode == 0, done.stderr
    assert re.match(r"\s+8  \S", done.stdout)
    assert await db.fetchval("select count(*) from redacted_comments") == 8


async def test_work_once_does_what_waits_and_ends(voice, db, tmp_path):
    voice("import", csv(tmp_path, "comment", "my name is Tom Baker", "more clubs"), *SURVEY)
    done = voice("work", "--once")
    assert done.returncode == 0, done.stderr
    words = await db.fetch("select words from redacted_comments")
    assert {"more clubs"} < {row["words"] for row in words}
    assert "Tom" not in str(words)
    assert "0 parked" in voice("work", "--parked").stdout


async def test_staff_add_lets_a_person_sign_in(voice, db):
    add = ["staff", "add", "Chair@example.org", "--role", "reviewer", "--role", "officer"]
    short = voice(*add, "--password", "short")
    done = voice(*add, VOICE_NEW_PASSWORD="long enough to be one")
    assert short.returncode == 2
    assert done.returncode == 0, done.stderr
    row = await db.fetchrow("select email, roles from people")
    assert tuple(row) == ("chair@example.org", ["reviewer", "officer"])


def test_migrate_again_does_nothing(voice):
    done = voice("migrate")
    assert done.returncode == 0
    assert "Nothing to do" in done.stdout


@pytest.mark.parametrize("command", ["serve", "work"])
async def test_a_database_without_tables_is_said_in_a_sentence(voice, server, command):
    bare = await given.database(server, "voice_bare")
    done = voice(command, DATABASE_URL=bare)
    assert done.returncode == 3
    assert "voice migrate" in done.stderr


def test_a_database_that_is_away_is_said_in_a_sentence_with_exit_code_three(voice):
    done = voice("migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert done.returncode == 3
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_setting_that_does_not_fit_is_said_in_a_sentence(voice):
    done = voice("migrate", VOICE_PORT="many")
    assert done.returncode == 2
    assert "VOICE_PORT" in done.stderr


@pytest.mark.parametrize("kind", ["html", "csv", "pdf", "docx", "xlsx"])
def test_export_you_said_writes_a_file(voice, tmp_path, kind):
    out = tmp_path / f"you-said.{kind}"
    done = voice("export", "you-said", "--format", kind, "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert out.stat().st_size > 100


async def test_export_training_writes_rows_for_its_owner_only_or_says_why_not(voice, db, tmp_path):
    out = tmp_path / "read.csv"
    command = ["export", "training", given.SURVEY, given.QUESTION, "--out", str(out)]
    done = voice(*command)
    assert done.returncode == 2
    assert "No comment is in an agreed theme" in done.stderr
    assert not out.exists()
    await given.agreed_theme(db, "Waiting", await given.comments(db, 2))
    done = voice(*command)
    assert done.returncode == 0, done.stderr
    assert "2 comments" in done.stdout
    assert out.stat().st_mode & 0o777 == 0o600
    assert out.read_text(encoding="utf-8-sig").startswith("row,question,comment,themes,areas\n")


def test_a_command_in_the_wrong_folder_makes_no_new_database(voice, tmp_path):
    file = csv(tmp_path, "comment", "one")
    elsewhere = tmp_path / "elsewhere"
    for command in (
        ["import", file, *SURVEY],
        ["export", "you-said", "--out", str(tmp_path / "x")],
    ):
        done = voice(*command, DATABASE_URL="", VOICE_DATA_DIR=str(elsewhere))
        assert done.returncode == 2
        assert str(elsewhere) in done.stderr
    assert not elsewhere.exists()


def test_a_command_leaves_no_postgres_of_its_own_running(voice, tmp_path):
    here = tmp_path / "own"
    done = voice("migrate", DATABASE_URL="", VOICE_DATA_DIR=str(here))
    assert done.returncode == 0, done.stderr
    assert not (here / "postgres" / "postmaster.pid").exists()


def test_a_survey_that_is_not_there_is_answered_with_those_that_are(voice, tmp_path):
    asked = ["--survey", "nope", "--question", "one_change"]
    for command in (
        ["import", csv(tmp_path, "comment", "x"), *asked, "--text", "comment"],
        ["themes", "find", *asked],
    ):
        done = voice(*command)
        assert done.returncode == 2
        assert "support-easy-read" in done.stderr


async def test_a_new_master_key_is_made_and_the_old_one_forgotten(voice, db, tmp_path):
    about = {"VOICE_MASTER_KEY": "", "VOICE_DATA_DIR": str(tmp_path)}
    voice("import", csv(tmp_path, "comment,ref", "late taxi,1"), *SURVEY, "--id", "ref", **about)
    first = (tmp_path / "master-key").read_text().split()

    rotated = voice("keys", "rotate", **about)
    assert rotated.returncode == 0, rotated.stderr
    assert "The keys of 1 responses" in rotated.stdout
    forgotten = voice("keys", "forget", **about)
    assert "1 old master key is gone" in forgotten.stdout

    [left] = (tmp_path / "master-key").read_text().split()
    assert [left] != first
    new = Vault(lambda: (base64.b64decode(left),))
    assert [words for _, _, words in await given.said(db, new)] == ["late taxi"]


async def test_keys_of_the_environment_are_for_the_environment_to_forget(voice):
    done = voice("keys", "forget")
    assert done.returncode == 2
    assert "VOICE_MASTER_KEY" in done.stderr


async def test_retention_is_run_held_and_lifted(voice):
    held = voice("retention", "hold", "--survey", "support-easy-read", "--reason", "Tribunal")
    assert held.returncode == 0, held.stderr
    told = voice("retention", "run", "--dry-run")
    assert "Would go: raw words of 0 responses" in told.stdout
    assert "Hold 1: support-easy-read is kept since" in told.stdout
    assert voice("retention", "lift", "1").returncode == 0
    assert voice("retention", "lift", "1").returncode == 2
    assert "Gone: raw words of 0" in voice("retention", "run").stdout


async def test_a_hold_on_a_wave_that_is_not_there_is_refused(voice, db, tmp_path):
    assert voice("import", csv(tmp_path, "comment", "late taxi"), *SURVEY).returncode == 0
    hold = ("retention", "hold", "--survey", SURVEY[1], "--reason", "Tribunal", "--wave")
    wrong = voice(*hold, "2099 sprng")
    assert wrong.returncode == 2
    wave = await db.fetchval("select wave from responses")
    assert wave in wrong.stderr
    assert await db.fetchval("select count(*) from legal_holds") == 0
    assert voice(*hold, wave).returncode == 0


async def test_what_commands_do_is_in_the_record(voice, db, tmp_path):
    out = tmp_path / "out.html"
    assert voice("import", csv(tmp_path, "comment", "late taxi"), *SURVEY).returncode == 0
    assert voice("export", "you-said", "--out", str(out)).returncode == 0
    reason = ("--reason", "Tribunal")
    assert voice("retention", "hold", "--survey", SURVEY[1], *reason).returncode == 0
    assert voice("retention", "lift", "1").returncode == 0
    assert voice("retention", "run").returncode == 0
    assert voice("retention", "run", "--dry-run").returncode == 0
    assert voice("keys", "rotate").returncode == 0
    rows = await db.fetch("select who, did, about from audit order by id")
    assert [row["did"] for row in rows] == [
        "imported",
        "exported",
        "began a hold",
        "lifted a hold",
        "removed words whose time had come",
        "changed the master key",
    ]
    assert all(row["who"].endswith(", at the command line") for row in rows)
    assert "taxi" not in str([dict(row) for row in rows])
    assert voice("audit", "verify").returncode == 0


async def test_packs_are_held_against_their_hashes(voice, db):
    by = await given.person(db, "officer")
    content = b'{"a": 1}'
    digest = hashlib.sha256(content).hexdigest()
    await db.execute(
        "insert into evidence_packs (layer, day, content, sha256, content_sha256, made_by)"
        " values ('public', '2026-10-02', $1, $2, $2, $3)",
        content,
        digest,
        by,
    )
    well = voice("export", "check-packs")
    assert well.returncode == 0, well.stderr
    assert f"pack 1, 2026-10-02, public, {digest}: as it was frozen" in well.stdout
    await db.execute("set session_replication_role = replica")
    await db.execute("alter table evidence_packs drop constraint evidence_packs_check")
    try:
        await db.execute("update evidence_packs set content = content || ' '")
        bad = voice("export", "check-packs")
        assert bad.returncode == 1
        assert "CHANGED" in bad.stdout
        assert "1 of 1 packs are not as they were frozen" in bad.stderr
    finally:
        await db.execute("truncate evidence_packs")
        await db.execute(
            "alter table evidence_packs add constraint evidence_packs_check"
            " check (content is null or encode(sha256(content), 'hex') = content_sha256)"
        )
