"""Comments become vectors, with the model that is shipped."""

from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest

from voice.enrichment.embed import DIMENSIONS, Embedder, pack, unpack

NLP_MODELS = Path(__file__).parents[2] / "nlp_models"
COMMENTS = [
    "We waited two years for the plan.",
    "Waited and waited for his EHCP, over two years now",
    "The taxi to school is always late",
    "My teacher listens to me",
    "my teacher listens to me!",
    "ok",
    "Nobody told us that the meeting had moved to another day, so we missed it and asked again.",
    "The taxi to school is always late",
    "Lunch is too loud " * 40,
    "🙂 café Ŵyn",
]


@pytest.fixture(scope="module")
def embedder():
    return Embedder.open(NLP_MODELS, threads=1)


@pytest.fixture(scope="module")
def vectors(embedder):
    return embedder.embed(COMMENTS)


def test_every_vector_has_384_numbers_and_length_1(vectors):
    assert vectors.shape == (len(COMMENTS), DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_comments_that_mean_the_same_are_nearer_than_others(embedder):
    late, never_on_time, plan, agreed = embedder.embed(
        [
            "The taxi to school is always late",
            "School transport never comes on time",
            "We waited two years for the plan.",
            "It was over two years before his plan was agreed",
        ]
    )
    alike = min(late @ never_on_time, plan @ agreed)
    assert (
        alike > max(late @ plan, late @ agreed, never_on_time @ plan, never_on_time @ agreed) + 0.2
    )


def test_rounding_the_weights_keeps_the_likeness_published_for_the_model(embedder):
    weather, sunny, stadium = embedder.embed(
        ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    )
    found = [weather @ sunny, weather @ stadium, sunny @ stadium]
    np.testing.assert_allclose(found, [0.6660, 0.1046, 0.1411], atol=0.01)


def test_a_vector_does_not_depend_on_the_other_comments(embedder, vectors):
    for comment, vector in zip(COMMENTS, vectors, strict=True):
        assert embedder.embed([comment])[0].tobytes() == vector.tobytes()


def test_a_vector_does_not_depend_on_how_full_its_batch_is(embedder):
    crowd = [f"The taxi was {late} minutes late" for late in range(10, 99)]
    together = embedder.embed(crowd)
    for few in (1, 2, 3, 50):
        assert embedder.embed(crowd[:few]).tobytes() == together[:few].tobytes()


def test_shuffled_comments_get_the_same_vectors(embedder, vectors):
    order = Random(3).sample(range(len(COMMENTS)), len(COMMENTS))
    shuffled = embedder.embed([COMMENTS[place] for place in order])
    assert shuffled.tobytes() == vectors[order].tobytes()


def test_the_number_of_threads_does_not_change_a_vector(vectors):
    assert Embedder.open(NLP_MODELS, threads=2).embed(COMMENTS).tobytes() == vectors.tobytes()


def test_a_comment_of_spaces_has_the_vector_of_an_empty_one(embedder):
    empty, spaces, word = embedder.embed(["", " \n ", "ok"])
    assert empty.tobytes() == spaces.tobytes()
    assert np.linalg.norm(empty) == pytest.approx(1, abs=1e-6)
    assert empty @ word < 0.9


def test_words_after_the_256th_token_do_not_count(embedder):
    start = "loud " * 300
    whole, cut = embedder.embed([start + "and the taxi was late", start])
    assert whole.tobytes() == cut.tobytes()


def test_words_between_the_128th_and_256th_token_count(embedder):
    start = "loud " * 150
    whole, cut = embedder.embed([start + "and the taxi was late", start])
    assert whole @ cut < 0.99


def test_no_comments_give_no_vectors(embedder):
    assert embedder.embed([]).shape == (0, DIMENSIONS)
    assert [half.shape for half in unpack([])] == [(0, DIMENSIONS)] * 2


def test_progress_rises_to_the_number_of_comments(embedder):
    told: list[int] = []
    embedder.embed(COMMENTS, progress=told.append)
    assert all(before < after for before, after in pairwise(told))
    assert told[-1] == len(COMMENTS)


def test_reading_gives_the_same_general_vectors_and_others_beside_them(embedder, vectors):
    read = embedder.read(COMMENTS)
    assert read.vectors.tobytes() == vectors.tobytes()
    np.testing.assert_allclose(np.linalg.norm(read.domain, axis=1), 1, atol=1e-6)
    alone = np.vstack([embedder.read([comment]).domain for comment in COMMENTS])
    assert alone.tobytes() == read.domain.tobytes()


def test_who_knows_the_field_hears_that_two_comments_are_about_one_thing(embedder):
    read = embedder.read(
        [
            "Six messages on the machine and nothing back",
            "They said somebody would ring by Friday; which Friday?",
            "The taxi left without her",
        ]
    )
    assert read.domain[0] @ read.domain[1] > 0.5 > read.domain[0] @ read.domain[2]
    assert read.vectors[0] @ read.vectors[1] < 0.5


def test_unpacked_vectors_are_close_to_those_that_were_packed(embedder):
    read = embedder.read(COMMENTS)
    kept = pack(read)
    assert {len(row) for row in kept} == {4 * DIMENSIONS}
    for before, after in zip(read, unpack(kept), strict=True):
        np.testing.assert_allclose(after, before, rtol=0.001, atol=1e-6)


def test_packing_again_changes_nothing(embedder):
    kept = pack(embedder.read(COMMENTS))
    assert pack(unpack(kept)) == kept


def test_bytes_that_are_not_a_vector_are_refused(embedder):
    with pytest.raises(ValueError, match="reshape"):
        unpack([pack(embedder.read(COMMENTS[:1]))[0][:-2]])


def test_word_vectors_are_those_that_the_model_begins_with(embedder):
    words = embedder.word_vectors()
    assert words.shape == (30_522, DIMENSIONS)
    [taxi], [bus] = (words[ids[1:-1]] for ids in embedder.tokens(["taxi", "bus"]))
    assert taxi @ bus > taxi @ words[embedder.tokens(["granite"])[0][1]]
