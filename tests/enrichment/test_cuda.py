"""Reading on a graphics card: the same steps over numpy's arrays, and over CuPy's where one is."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.special import erf

from voice.cli import main
from voice.enrichment.cuda import CudaEmbedder, on_card
from voice.enrichment.embed import Embedder, Read
from voice.enrichment.graph import Arrays
from voice.errors import BadInput

MODELS = Path("nlp_models")
TEXTS = [
    "My son waited a year to be seen.",
    "ok",
    "",
    "The SENCO listened to us and wrote down what we said, and then she did it.",
    "It is too loud at lunch " * 60,
    "We waited a year to be seen by the doctors.",
]
CLOSE = 1e-3


@pytest.fixture(scope="module")
def read() -> Read:
    return Embedder.open(MODELS, threads=1).read(TEXTS)


@pytest.fixture(scope="module")
def over_numpy() -> CudaEmbedder:
    return CudaEmbedder(MODELS / "embedding", MODELS / "domain", Arrays(np, erf))


def test_the_vectors_are_those_of_the_processor(read: Read, over_numpy: CudaEmbedder) -> None:
    done: list[int] = []
    made = over_numpy.read(TEXTS, done.append)
    assert np.abs(made.vectors - read.vectors).max() < CLOSE
    assert np.abs(made.domain - read.domain).max() < CLOSE
    assert done[-1] == len(TEXTS)


def test_without_the_model_of_the_field_too(read: Read, over_numpy: CudaEmbedder) -> None:
    assert np.abs(over_numpy.embed(TEXTS) - read.vectors).max() < CLOSE


def test_a_long_text_is_cut_where_the_processor_cuts_it(
    read: Read, over_numpy: CudaEmbedder
) -> None:
    alone = over_numpy.embed([TEXTS[4] + "and so much more " * 40])
    assert np.abs(alone[0] - read.vectors[4]).max() < CLOSE


def test_the_card_itself_where_there_is_one(read: Read) -> None:
    try:
        embedder = on_card(MODELS)
    except BadInput as problem:
        pytest.skip(str(problem))
    made = embedder.read(TEXTS)
    assert np.abs(made.vectors - read.vectors).max() < CLOSE
    assert np.abs(made.domain - read.domain).max() < CLOSE


def without(package: str) -> str:
    """Return a program in which a package cannot be imported; it then asks for a card."""
    return (
        f"import sys; sys.modules[{package!r}] = None\n"
        "from voice.cli import main\n"
        "main(['themes', 'discover', 'x.csv', '--text', 'words', '--out', 'found', "
        "'--device', 'cuda'])"
    )


def test_without_cupy_it_says_what_to_install() -> None:
    program = [sys.executable, "-c", without("cupy")]
    done = subprocess.run(program, capture_output=True, text=True)
    assert done.returncode == 2
    assert "pip install 'voice[cuda]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_card_does_not_go_with_workers_elsewhere() -> None:
    asked = ["themes", "discover", "x.csv", "--text", "words", "--out", "found"]
    done = CliRunner().invoke(main, [*asked, "--device", "cuda", "--engine", "dask"])
    assert "--engine local" in f"{done.exception} {done.output}"
