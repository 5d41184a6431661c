"""What a watcher is told: alive as long as the process is, ready while it can serve."""

from msgspec.structs import replace

from voice.upkeep import ready


async def test_a_process_is_alive_whatever_the_database_does(client, monkeypatch):
    monkeypatch.setattr(client.app.state, "pool", None)
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


async def test_it_is_ready_when_all_is_there(client):
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "reasons": []})
    assert answer.headers["cache-control"] == "no-store"


async def test_tables_that_are_not_up_to_date_are_a_reason(client, db):
    left = await db.fetchrow("delete from migrations where name like '0026%' returning *")
    try:
        answer = await client.get("/readyz")
    finally:
        await db.execute("insert into migrations values ($1, $2, $3)", *left)
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "reasons": [ready.OLD]})


async def test_tables_of_a_newer_version_are_none_so_that_an_upgrade_stops_nobody(client, db):
    await db.execute("insert into migrations (name, sha256) values ('9999_later.sql', 'x')")
    try:
        assert (await client.get("/readyz")).status_code == 200
    finally:
        await db.execute("delete from migrations where name = '9999_later.sql'")


async def test_models_that_are_missing_are_a_reason(client, tmp_path, monkeypatch):
    settings = client.app.state.settings
    assert ready.missing_models(settings.nlp_models) == []
    monkeypatch.setattr(client.app.state, "settings", replace(settings, home=tmp_path))
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["reasons"]) == (503, [ready.NO_MODELS])


class Nobody:
    """A pool whose database does not answer; what it says of it would be nobody's business."""

    async def acquire(self, **_: object) -> None:
        raise OSError("no route to postgresql://voice:hunter2@db.internal/voice")


async def test_a_database_that_is_away_is_a_reason_and_tells_nothing_else(client, monkeypatch):
    monkeypatch.setattr(client.app.state, "pool", Nobody())
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "reasons": [ready.AWAY]})
    assert "hunter2" not in answer.text
