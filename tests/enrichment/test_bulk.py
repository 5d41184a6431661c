"""Vectors for very many comments, of which the model reads a sample."""

import numpy as np
import pytest

from tests.themes.comments import KIND_STAFF, TRANSPORT, WAITING
from voice.enrichment.bulk import bulk_read, features
from voice.enrichment.embed import Embedder
from voice.settings import shipped_home

TEXTS = [*WAITING, *TRANSPORT, *KIND_STAFF]


@pytest.fixture(scope="module")
def embedder():
    return Embedder.open(shipped_home() / "nlp_models", threads=1)


def test_few_comments_are_all_read_by_the_model(embedder):
    vectors, domain = bulk_read(TEXTS, embedder, sample=30)

    assert (vectors == embedder.embed(TEXTS)).all()
    assert domain is not None
    assert (domain == embedder.read(TEXTS).domain).all()


def test_those_that_are_not_read_come_out_near_to_what_the_model_would_say(embedder):
    full = embedder.embed(TEXTS)
    vectors, domain = bulk_read(TEXTS, embedder, domain=False, sample=20)

    assert domain is None
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    read = (vectors == full).all(axis=1)
    assert read.sum() == 20
    own = np.einsum("ij,ij->i", vectors, full)[~read].mean()
    others = (vectors[~read] @ full[read].T).mean()
    assert own > others + 0.2


def test_the_same_comments_give_the_same_vectors(embedder):
    ways = [bulk_read(TEXTS, embedder, sample=20)[0] for _ in range(2)]
    assert ways[0].tobytes() == ways[1].tobytes()


def test_progress_is_told_of_the_sample(embedder):
    told: list[int] = []
    bulk_read(TEXTS, embedder, sample=20, progress=told.append)
    assert told[-1] == 20


def test_pieces_that_only_one_comment_holds_are_left_out():
    words = np.eye(6, dtype=np.float32)
    seen = features([np.array([0, 1, 2]), np.array([0, 1, 3]), np.array([4, 5])], words)

    # 0, 1 and the pair of them.
    assert seen.pieces.shape == (3, 3)
    assert seen.pieces[[0], :].toarray()[0] == pytest.approx(seen.pieces[[1], :].toarray()[0])
    assert seen.pieces[[2], :].nnz == 0
    assert seen.words.shape == (3, 6)
