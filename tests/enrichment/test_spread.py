"""Reading on several machines: real Dask workers make what one machine makes, bit for bit."""

import shutil
import threading
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from tests import given
from tests.enrichment.dask_cluster import cluster
from tests.themes.comments import KIND_STAFF, NON_ANSWERS, TRANSPORT, WAITING
from voice import worker
from voice.cli import main
from voice.enrichment import spread as module
from voice.enrichment.embed import Embedder
from voice.enrichment.spread import Unread, Words, read_block, refuse_plain, spread
from voice.errors import BadInput
from voice.settings import Settings
from voice.themes.store import Question, suggestions

pytestmark = pytest.mark.slow
MODELS = Settings().nlp_models
SAID = [*WAITING, *TRANSPORT, *KIND_STAFF, *NON_ANSWERS]
MANY = [f"{words}, and that was in week {n}" for n in range(60) for words in SAID]


@pytest.fixture(scope="module")
def workers(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("dask")) as found:
        yield found


def discovered(folder: Path, name: str, *options: str) -> dict[str, bytes]:
    rows = ["comment", *(f'"{words}"' for words in SAID * 2)]
    (folder / "in.csv").write_text("\n".join(rows), encoding="utf-8")
    out = folder / name
    words = ["themes", "discover", str(folder / "in.csv"), "--text", "comment", "--clauses"]
    done = CliRunner().invoke(main, [*words, "--out", str(out), *options])
    assert done.exit_code == 0, done.output
    return {one.name: one.read_bytes() for one in out.iterdir() if one.name != "run.json"}


def test_themes_of_a_file_are_the_same_byte_for_byte(workers, tmp_path):
    here = discovered(tmp_path, "here")
    there = discovered(tmp_path, "there", "--engine", "dask", "--scheduler", workers.address)
    assert there == here
    assert b"\n" in here["mentions.csv"]


def test_vectors_are_the_same_bit_for_bit_and_every_worker_reads(workers, monkeypatch):
    monkeypatch.setattr(module, "BLOCK", 50)
    told: list[int] = []
    with spread(workers.address, MODELS) as reader:
        there = reader.read(MANY, told.append)
        alone = reader.embed(SAID)
    here = Embedder.open(MODELS).read(MANY)
    assert np.array_equal(there.vectors, here.vectors)
    assert np.array_equal(there.domain, here.domain)
    assert np.array_equal(alone, Embedder.open(MODELS).embed(SAID))
    assert told[-1] == len(MANY)
    assert len(told) == -(-len(MANY) // 50)


async def test_a_wave_in_the_database_has_the_same_themes(clean, db, workers):
    for words in SAID * 2:
        await given.comment(db, words)
    here = await found(clean, db, None)
    with spread(workers.address, MODELS) as reader:
        there = await found(clean, db, reader)
    assert there == here
    assert len(here[1]) > 1


async def found(dsn, db, reader):
    """The vectors and the suggestions that come of reading all of it anew."""
    await db.execute("update redacted_comments set vector = null")
    shop = worker.Workshop(Settings(), reader=reader)
    asked = b'{"asked_of":"%s","question_id":"%s"}'
    await worker.find_themes(shop, dsn, asked % (given.SURVEY.encode(), given.QUESTION.encode()))
    rows = await db.fetch("select vector from redacted_comments order by response_id")
    lines = await suggestions(db, Question(given.SURVEY, given.QUESTION))
    return [row["vector"] for row in rows], [(one.name, one.terms, one.size) for one in lines]


def test_a_worker_that_is_killed_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BLOCK", 20)
    with cluster(tmp_path) as found, spread(found.address, MODELS) as reader:
        some_read = threading.Event()

        def kill() -> None:
            some_read.wait()
            found.workers[0].kill()

        killer = threading.Thread(target=kill)
        killer.start()
        there = reader.embed(MANY, lambda done: some_read.set() if done > 100 else None)
        killer.join()
        assert found.workers[0].wait() != 0
    assert np.array_equal(there, Embedder.open(MODELS).embed(MANY))


def broken(home: Path) -> str:
    """A model's file is not the one of its card."""
    (home / "embedding/tokenizer.json").write_text("{}")
    return "A worker cannot read"


def another(home: Path) -> str:
    """A model is whole, and is not ours."""
    card, file = home / "embedding/card.toml", home / "embedding/tokenizer.json"
    ours = sha256(file.read_bytes()).hexdigest()
    file.write_bytes(file.read_bytes() + b"\n")
    card.write_text(card.read_text().replace(ours, sha256(file.read_bytes()).hexdigest()))
    return "other models"


@pytest.mark.parametrize("change", [broken, another])
def test_a_worker_with_other_models_is_refused_and_no_log_holds_a_word(tmp_path, change):
    home = tmp_path / "home/nlp_models"
    for name in ("embedding", "domain"):
        shutil.copytree(MODELS / name, home / name)
    with (
        cluster(tmp_path, 1, VOICE_HOME=str(home.parent)) as found,
        spread(found.address, MODELS) as reader,
        pytest.raises(BadInput, match=change(home)),
    ):
        reader.embed(["quiddlenook"])
    assert "Compute Failed" in found.said(), "Dask logs what a failed task was given"
    assert "quiddlenook" not in found.said()


def test_words_on_their_way_cannot_be_read_in_a_log():
    assert repr(Words(["quiddlenook"])) == "<1 comments>"


def test_a_reader_that_falls_over_does_not_quote(monkeypatch):
    class Broken:
        def embed(self, texts):
            raise RuntimeError(texts[0])

    monkeypatch.setattr(module, "_opened", lambda: (Broken(), {}))
    with pytest.raises(Unread) as caught:
        read_block(Words(["quiddlenook"]), {}, domain=False)
    assert "quiddlenook" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.7:8786", "10.0.0.7:8786", "tcp://example.org:1", "ws://127.0.0.1:1"]
)
def test_words_do_not_travel_readable(address):
    with pytest.raises(BadInput, match="readable"):
        refuse_plain(address)
    refuse_plain("tls://10.0.0.7:8786")
    refuse_plain("tcp://127.0.0.1:8786")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--engine", "dask"], "Say which scheduler"),
        (["--scheduler", "tls://a:1"], "goes with --engine dask"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"], "No Dask scheduler answers"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path, monkeypatch, options, words):
    monkeypatch.setattr(module, "TO_CONNECT", 1.0)
    (tmp_path / "in.csv").write_text("comment\nlate taxis\n")
    file = ["themes", "discover", str(tmp_path / "in.csv"), "--text", "comment"]
    done = CliRunner().invoke(main, [*file, "--out", str(tmp_path / "out"), *options])
    assert done.exit_code == 2
    assert words in done.output
    assert not (tmp_path / "out").exists()


def test_a_scheduler_without_a_worker_is_said(tmp_path):
    with (
        cluster(tmp_path, 0) as found,
        pytest.raises(BadInput, match="no worker"),
        spread(found.address, MODELS),
    ):
        pass
