"""A person’s copy of what is held: all of theirs, nothing of others, nothing of the lead’s."""

import json
import os
import subprocess
import sys

from tests import given
from voice.answering import codes
from voice.rights.copy import copy_of
from voice.settings import shipped_home
from voice.surveys.catalogue import Catalogue

KEY = b"k" * 40


async def answered(db, words):
    response_id = await given.comment(db, f"[a name] said: {words}")
    await given.answer(db, response_id, f"Tom said: {words}")
    code = codes.code_for(KEY, response_id)
    await db.execute(
        "update responses set code_hash = $2 where id = $1", response_id, codes.code_hash(KEY, code)
    )
    return response_id, code


async def test_a_copy_holds_the_answers_the_redacted_words_and_the_themes(db):
    response_id, code = await answered(db, "the taxi is late")
    await answered(db, "somebody else’s words")
    await given.agreed_theme(db, "Taxis", [response_id])
    await db.execute(
        "insert into flags (response_id, question_id, concern, score, kinds)"
        " values ($1, $2, true, 0.9, '{bullying}')",
        response_id,
        given.QUESTION,
    )

    catalogue = Catalogue.read(shipped_home() / "surveys")
    found = await copy_of(db, given.VAULT, catalogue, codes.code_hash(KEY, code))

    assert found is not None
    [answer] = found["answers"]
    assert answer["answer"] == "Tom said: the taxi is late"
    page = catalogue.find(given.SURVEY).page(given.QUESTION)
    assert page is not None
    assert answer["asked"] == page.ask
    assert found["without_names"][0]["words"] == "[a name] said: the taxi is late"
    assert found["themes"] == [{"question_id": given.QUESTION, "name": "Taxis"}]
    assert found["about"]["voice"] == "parent"
    assert "bullying" not in str(found)
    assert "somebody else" not in str(found)


async def test_nobody_has_wrong_words(db):
    catalogue = Catalogue.read(shipped_home() / "surveys")
    assert await copy_of(db, given.VAULT, catalogue, codes.code_hash(KEY, "no such words")) is None


async def test_the_command_writes_a_file_once_and_asks_for_the_words(clean, db, tmp_path):
    _, code = await answered(db, "the taxi is late")
    out = tmp_path / "copy.json"
    env = {**os.environ, "DATABASE_URL": clean, "VOICE_SECRET_KEY": KEY.decode()}

    def command():
        return subprocess.run(
            [sys.executable, "-m", "voice", "rights", "copy", "--out", str(out)],
            input=code + "\n",
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    first, second = command(), command()
    assert out.stat().st_mode & 0o777 == 0o600
    assert first.returncode == 0, first.stderr
    assert json.loads(out.read_text())["answers"][0]["answer"] == "Tom said: the taxi is late"
    assert "taxi" not in first.stdout
    assert second.returncode == 2
    assert "cannot write" in second.stderr
