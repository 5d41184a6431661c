"""Words are sealed with a key for each response, and the key with a master key."""

import base64
import secrets
import stat
from uuid import uuid4

import pytest

from tests import given
from voice.database import master_key
from voice.database.vault import CannotOpen, Vault, name_of
from voice.errors import BadInput
from voice.settings import Settings

OLD, NEW = b"o" * 32, b"n" * 32


def test_what_was_sealed_opens_again_and_looks_different_each_time():
    vault, person = Vault(lambda: (NEW,)), uuid4()
    key = vault.new_key(person)
    sealed = vault.seal(key, "help ✓".encode(), person, "q")
    assert vault.open(key, sealed, person, "q").decode() == "help ✓"
    assert b"help" not in sealed
    assert vault.seal(key, "help ✓".encode(), person, "q") != sealed


@pytest.mark.parametrize("what", ["person", "place", "key", "byte", "cut"])
def test_words_open_for_their_own_person_place_and_key_only(what):
    vault, person = Vault(lambda: (NEW,)), uuid4()
    key = vault.new_key(person)
    sealed = vault.seal(key, b"words", person, "q")
    other, place = person, "q"
    if what == "person":
        other = uuid4()
    elif what == "place":
        place = "r"
    elif what == "key":
        key = vault.new_key(person)
    elif what == "byte":
        sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    else:
        sealed = sealed[:5]
    with pytest.raises(CannotOpen):
        vault.open(key, sealed, other, place)


def test_a_key_wrapped_by_an_older_master_key_opens_and_can_be_wrapped_anew():
    person = uuid4()
    key = Vault(lambda: (OLD,)).new_key(person)
    sealed = Vault(lambda: (OLD,)).seal(key, b"words", person, "q")
    again = Vault(lambda: (NEW, OLD)).wrapped_anew(key, person)
    assert Vault(lambda: (NEW,)).open(again, sealed, person, "q") == b"words"
    with pytest.raises(CannotOpen, match=name_of(OLD).hex()):
        Vault(lambda: (NEW,)).open(key, sealed, person, "q")


def test_the_first_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    settings = Settings(data_dir=tmp_path / "data")
    first = master_key.vault(settings).current
    assert master_key.vault(settings).current == first
    file = master_key.key_file(settings)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["master-key"]


def test_a_running_vault_uses_a_key_that_was_added_and_still_opens_what_the_old_one_sealed(
    tmp_path,
):
    settings = Settings(data_dir=tmp_path)
    vault, person = master_key.vault(settings), uuid4()
    key, before = vault.new_key(person), vault.current
    master_key.add(master_key.key_file(settings))
    assert vault.current != before
    assert vault.open(key, vault.seal(key, b"x", person, "q"), person, "q") == b"x"
    assert master_key.forget(master_key.key_file(settings), [before]) == 0
    assert master_key.forget(master_key.key_file(settings), []) == 1
    with pytest.raises(CannotOpen):
        vault.wrapped_anew(key, person)


@pytest.mark.parametrize("written", ["short", base64.b64encode(b"x" * 31).decode(), "ü" * 44])
def test_what_is_no_key_is_refused_and_never_printed(written):
    with pytest.raises(BadInput, match="VOICE_MASTER_KEY") as told:
        master_key.vault(Settings(master_key=written))
    assert written not in told.value.message


def test_an_empty_file_is_told_of_and_not_written_over(tmp_path):
    (tmp_path / "master-key").write_text("")
    with pytest.raises(BadInput, match="empty"):
        master_key.vault(Settings(data_dir=tmp_path))
    assert (tmp_path / "master-key").read_text() == ""


async def test_free_text_lies_sealed_in_the_database_and_other_answers_do_not(db):
    response_id = await given.response(db)
    canary = secrets.token_hex(8)
    await given.answer(db, response_id, canary)
    row = await db.fetchrow("select * from answers join response_keys using (response_id)")
    assert row["value"] is None
    assert canary not in str(dict(row))
    assert given.VAULT.words_of(row) == canary


async def test_no_free_text_can_be_written_in_the_clear(db):
    response_id = await given.response(db)
    with pytest.raises(Exception, match="answers_free_text_is_sealed"):
        await db.execute(
            "insert into answers (response_id, question_id, state, value, free_text)"
            " values ($1, 'q', 'answered', '\"x\"', true)",
            response_id,
        )


async def test_when_the_key_is_gone_the_words_are_gone(db):
    response_id = await given.response(db)
    await given.answer(db, response_id, "secret")
    await db.execute("delete from response_keys")
    assert await given.said(db) == [(given.QUESTION, "answered", "")]
