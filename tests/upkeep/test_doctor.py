"""What `voice doctor` says of a machine that is well, and of each thing that is not."""

import asyncio
import contextlib
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from msgspec.structs import replace

from tests.browser.serving import free_port
from voice.database.vault import name_of
from voice.upkeep import check_database as of_database
from voice.upkeep import check_machine as of_machine
from voice.upkeep import run as running
from voice.upkeep import store


def about(findings, name: str):
    return next(one for one in findings if one.about == name)


def states(findings) -> dict[str, str]:
    return {one.about: one.state for one in findings}


def test_all_is_well_where_all_is_well(settings):
    found = of_machine.check_machine(settings)
    assert {one.about for one in found if one.state == "fail"} <= {"disk"}
    assert states(found)["models"] == "ok"
    assert states(found)["surveys"] == "ok"


def test_whatever_is_not_well_says_what_to_do(settings):
    bad = replace(settings, host="0.0.0.0", home=settings.data_dir)
    assert all(one.do for one in of_machine.check_machine(bad) if one.state != "ok")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"host": "0.0.0.0"}, "no https"),
        ({"public_url": "https://voice.example"}, "VOICE_BEHIND_PROXY"),
        ({"second_factor": "offered"}, "password alone"),
    ],
)
def test_settings_that_do_not_fit_together_are_warned_of(settings, change, words):
    sound = replace(settings, second_factor="required")
    assert about(of_machine.check_machine(sound), "settings").state == "ok"
    found = about(of_machine.check_machine(replace(sound, **change)), "settings")
    assert found.state == "warn"
    assert words in found.words


def test_keys_that_others_may_read_or_that_are_cut_short_fail(settings):
    own = replace(settings, secret_key="", master_key="")
    (own.data_dir / "secret-key").write_text("s" * 40)
    (own.data_dir / "secret-key").chmod(0o644)
    assert about(of_machine.check_machine(own), "secret key").do.startswith("chmod 600")
    (own.data_dir / "secret-key").write_text("short")
    assert "cut short" in about(of_machine.check_machine(own), "secret key").words
    assert about(of_machine.check_machine(own), "master key").state == "warn"
    (own.data_dir / "master-key").write_text("no key")
    assert about(of_machine.check_machine(own), "master key").state == "fail"


def test_a_model_that_was_changed_fails(settings, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(settings.nlp_models / "sentiment", home / "nlp_models/sentiment")
    with (home / "nlp_models/sentiment/sentiment.npz").open("ab") as file:
        file.write(b"x")
    found = [
        one
        for one in of_machine.check_machine(replace(settings, home=home))
        if one.about == "models" and one.words.startswith("sentiment")
    ]
    assert "not the one its card describes" in found[0].words


def test_a_mail_server_is_greeted_and_gets_no_mail(settings):
    assert about(of_machine.check_machine(settings), "mail").state == "warn"
    port = free_port()
    there = replace(settings, smtp_host="127.0.0.1", smtp_port=port)
    assert about(of_machine.check_machine(there), "mail").state == "fail"
    server = Controller(Sink(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        assert about(of_machine.check_machine(there), "mail").state == "ok"
        with_password = replace(there, smtp_user="me", smtp_password="hunter2")
        found = about(of_machine.check_machine(with_password), "mail")
        assert found.state == "fail"
        assert "hunter2" not in found.words
    finally:
        server.stop()


def test_a_disk_that_fills_is_told_in_time(settings, monkeypatch):
    usage = shutil.disk_usage(settings.data_dir)
    for free, state in ((100_000_000, "fail"), (1_000_000_000, "warn"), (10**10, "ok")):
        left = usage._replace(free=free)
        monkeypatch.setattr(shutil, "disk_usage", lambda _, left=left: left)
        assert about(of_machine.check_machine(settings), "disk").state == state


async def test_a_database_without_a_worker_fails_and_with_one_is_well(clean, db, settings):
    found = await of_database.check_database(db, settings, [])
    assert about(found, "worker").state == "fail"
    stop = asyncio.Event()

    async def where() -> str:
        return str(clean)

    working = asyncio.create_task(running.keep_saying_alive(where, stop))
    for _ in range(100):
        if await store.silent_for(db) is not None:
            break
        await asyncio.sleep(0.05)
    stop.set()
    await working
    found = await of_database.check_database(db, settings, [])
    assert set(states(found).values()) == {"ok"}
    await db.execute("update signs_of_life set at = now() - interval '10 minutes'")
    found = await of_database.check_database(db, settings, [])
    assert "Silent for 600 s" in about(found, "worker").words


async def test_a_worker_through_a_loss_of_the_database(monkeypatch, clean, db):
    monkeypatch.setattr(running, "EVERY", 0.01)
    asked = []

    async def where() -> str:
        asked.append(1)
        if len(asked) == 1:
            raise OSError("gone")
        return str(clean)

    working = asyncio.create_task(running.keep_saying_alive(where, asyncio.Event()))
    for _ in range(100):
        if await store.silent_for(db) is not None:
            break
        await asyncio.sleep(0.05)
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working
    assert await store.silent_for(db) is not None


async def test_tables_keys_clock_and_jobs_are_looked_at(db, settings, monkeypatch):
    left = await db.fetchrow("delete from migrations where name like '0026%' returning *")
    try:
        found = await of_database.check_database(db, settings, [])
    finally:
        await db.execute("insert into migrations values ($1, $2, $3)", *left)
    assert about(found, "tables").do == "Run: voice migrate"

    await db.execute(
        "insert into pgqueuer (priority, status, entrypoint, created, updated)"
        " values (0, 'failed', 'enrich', now(), now())"
    )

    async def late(_: object) -> datetime:
        return datetime.now(UTC) - timedelta(minutes=1)

    monkeypatch.setattr(store, "clock", late)
    found = await of_database.check_database(db, settings, [name_of(b"x" * 32)])
    assert about(found, "clock").state == "fail"
    assert "60 seconds" in about(found, "clock").words
    assert about(found, "sealed words").state == "fail"
    assert about(found, "jobs").words == "1 failed for good: enrich."
