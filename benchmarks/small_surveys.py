"""What knowledge of SEND support does for small surveys, on comments it was not learnt from.

    python benchmarks/small_surveys.py

The codebook is learnt anew for each row, without the comments that are asked about: "other writer"
learns from the second writer of the codebook and asks about the first; "new topics" leaves whole
topics out, all of them or a third; "demonstration" asks about the answers to “one change” of the
made-up county, the topics of which were given by one reader (benchmarks/data/demo_topics.csv).
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from voice.enrichment.codebook import Codebook, Topic
from voice.enrichment.embed import Embedder
from voice.settings import shipped_home
from voice.themes.find import find

HERE = shipped_home()
sys.path.insert(0, str(HERE / "nlp_models/codebook"))
from make import NONE, learn  # noqa: E402 - The path must be known first.

# How many comments, of how many topics, drawn how often.
DRAWS = ((30, 3, 10), (100, 8, 10), (150, 14, 10), (300, 22, 5))


class Comments(NamedTuple):
    """Texts, their vectors (n, 384), their topics (n,) and, in the codebook, their writers (n,)."""

    texts: np.ndarray
    vectors: np.ndarray
    topics: np.ndarray
    writers: np.ndarray

    def at(self, places: np.ndarray) -> "Comments":
        """Return some of them."""
        return Comments(*(part[places] for part in self))


class Survey(NamedTuple):
    """Comments to find themes in, and those that the codebook may learn from."""

    name: str
    asked: Comments
    learnt: Comments


def codebook_of(learnt: Comments) -> Codebook:
    """Return a codebook that has seen these comments only."""
    order = [*sorted(set(learnt.topics) - {NONE}), NONE]
    return Codebook(
        tuple(Topic(topic, topic, {}) for topic in order[:-1]),
        **learn(learnt.vectors, learnt.topics.tolist(), order),
    )


def draw(comments: Comments, topics: list[str], n: int, k: int, seed: int) -> np.ndarray:
    """Return the places of about `n` comments of `k` topics, uneven in size, 5 at least of each."""
    random = np.random.default_rng([n, k, seed])
    drawn: list[int] = []
    chosen = random.choice(topics, k, replace=False)
    for topic, share in zip(chosen, random.dirichlet(np.full(k, 2.0)), strict=True):
        places = random.permutation(np.flatnonzero(comments.topics == topic))
        drawn += places[: max(5, round(share * n))].tolist()
    return np.array(drawn)


def surveys(codebook: Comments, demo: Comments) -> Iterator[Survey]:
    """Yield all surveys, each several times."""
    topics = sorted(set(codebook.topics) - {NONE})
    first, second = (codebook.at(codebook.writers == writer) for writer in (1, 2))
    for n, k, times in DRAWS:
        for seed in range(times):
            asked = first.at(draw(first, topics, n, k, seed))
            yield Survey(f"other writer, {n} in {k} topics", asked, second)
    for seed in range(10):
        left_out = np.random.default_rng(seed).choice(topics, len(topics) // 3, replace=False)
        asked = first.at(draw(first, topics, 150, 14, seed))
        learnt = second.at(~np.isin(second.topics, left_out))
        yield Survey("the same, a third of the topics new", asked, learnt)
    for n, k, times in ((30, 3, 5), (100, 8, 5), (200, 13, 5)):
        for seed in range(times):
            new = np.random.default_rng(0).permutation(topics)[seed::5].tolist()
            asked = codebook.at(draw(codebook, new, n, k, seed))
            learnt = codebook.at(~np.isin(codebook.topics, new))
            yield Survey(f"all topics new, {n} in {k}", asked, learnt)
    for seed in range(10):
        places = np.random.default_rng(seed).permutation(len(demo.texts))[:100]
        yield Survey("demonstration, 100 of 333", demo.at(places), codebook)
    yield Survey("demonstration, all 333", demo, codebook)


def measure(survey: Survey, codebooks: dict[tuple[str, ...], Codebook]) -> list[list[float]]:
    """Return NMI, ARI, number of themes and share without theme: without, and with a codebook.

    `codebooks` keeps those already learnt, by their comments.
    """
    learnt = tuple(survey.learnt.texts)
    if learnt not in codebooks:
        codebooks[learnt] = codebook_of(survey.learnt)
    truth = np.unique(survey.asked.topics, return_inverse=True)[1]
    rows = []
    for codebook in (None, codebooks[learnt]):
        found = find(survey.asked.texts.tolist(), survey.asked.vectors, codebook=codebook)
        themes = np.full(len(truth), -1)
        for number, theme in enumerate(found.themes):
            themes[list(theme.members)] = number
        rows.append(
            [
                normalized_mutual_info_score(truth, themes),
                adjusted_rand_score(truth, themes),
                len(found.themes),
                float((themes < 0).mean()),
            ]
        )
    return rows


def read_codebook(embedder: Embedder) -> Comments:
    """Read the comments of the codebook."""
    lines = (HERE / "nlp_models/codebook/comments.jsonl").read_text(encoding="utf-8").splitlines()
    said = [json.loads(line) for line in lines]
    texts = [one["text"] for one in said]
    return Comments(
        np.array(texts, dtype=object),
        embedder.embed(texts),
        np.array([one["topic"] for one in said]),
        np.array([one["writer"] for one in said]),
    )


def read_demo(embedder: Embedder) -> Comments:
    """Read the demonstration's comments that a reader gave a topic."""
    with (HERE / "benchmarks/data/demo_topics.csv").open(encoding="utf-8", newline="") as lines:
        topics = {row["response_id"]: row["topic"] for row in csv.DictReader(lines)}
    answers = (HERE / "src/voice/demo/responses.jsonl").read_text(encoding="utf-8").splitlines()
    said = [one for line in answers if topics.get((one := json.loads(line))["id"])]
    texts = [one["answers"]["one_change"] for one in said]
    return Comments(
        np.array(texts, dtype=object),
        embedder.embed(texts),
        np.array([topics[one["id"]] for one in said]),
        np.zeros(len(said)),
    )


def main() -> None:
    """Print the table: means over the draws, without the codebook / with it."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    embedder = Embedder.open(HERE / "nlp_models", threads=1)
    codebooks: dict[tuple[str, ...], Codebook] = {}
    figures: dict[str, list[list[list[float]]]] = {}
    for survey in surveys(read_codebook(embedder), read_demo(embedder)):
        figures.setdefault(survey.name, []).append(measure(survey, codebooks))
    print("survey | NMI | ARI | themes | in no theme: without the codebook / with it")
    for name, rows in figures.items():
        without, having = np.array(rows).mean(axis=0)
        pairs = (
            f"{a:.3g} / {b:.3g}" for a, b in zip(without.round(3), having.round(3), strict=True)
        )
        print(" | ".join((name, *pairs)))


if __name__ == "__main__":
    main()
