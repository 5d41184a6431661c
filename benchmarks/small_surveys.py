"""Small surveys about SEND support: themes with what Voice knows of the field, and without.

    python benchmarks/small_surveys.py [--bertopic] [--times N]

Asks about comments of the codebook's writer who is kept back: neither the sentence model nor the
codebook has learnt from them. Each survey is drawn anew `--times` times: 30, 100 or 300 comments in
topics of uneven size, and a tenth as many answers that say nothing. "topics not known" takes a
third of its topics away from the codebook before it is asked. With --bertopic, BERTopic (see
benchmarks/compare.txt) gets the same comments and vectors.
"""

import argparse
import json
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder, Read
from voice.enrichment.large import Large
from voice.settings import shipped_home
from voice.themes.find import find

NLP_MODELS = shipped_home() / "nlp_models"
NONE = "none"
# How many comments, of how many topics.
DRAWS = ((30, 3), (100, 8), (150, 14), (300, 28))


class Comments(NamedTuple):
    """Texts, their vectors, and their topics; each with n rows.

    `large` are the vectors of the large model; the domain's once more if it is not there.
    """

    texts: np.ndarray
    vectors: np.ndarray
    domain: np.ndarray
    large: np.ndarray
    topics: np.ndarray

    def at(self, places: np.ndarray) -> "Comments":
        """Return some of them."""
        return Comments(*(part[places] for part in self))


Method = Callable[[Comments, Codebook], np.ndarray]


def kept_back(embedder: Embedder, large: Large | None) -> Comments:
    """Read the comments of the writer whom nothing has learnt from: the last one."""
    lines = (NLP_MODELS / "codebook/comments.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    last = max(row["writer"] for row in rows)
    rows = [row for row in rows if row["writer"] == last]
    texts = [row["text"] for row in rows]
    topics = np.array([row["topic"] for row in rows])
    vectors, domain = embedder.read(texts)
    slow = large.read(texts) if large else domain
    return Comments(np.array(texts, dtype=object), vectors, domain, slow, topics)


def draw(comments: Comments, n: int, k: int, seed: int) -> np.ndarray:
    """Return places of about `n` comments of `k` topics, uneven in size, and of non-answers."""
    random = np.random.default_rng([n, k, seed])
    topics = sorted(set(comments.topics) - {NONE})
    drawn: list[int] = []
    chosen = random.choice(topics, k, replace=False)
    for topic, share in zip(chosen, random.dirichlet(np.full(k, 2.0)), strict=True):
        places = random.permutation(np.flatnonzero(comments.topics == topic))
        drawn += places[: max(3, round(share * n))].tolist()
    nothing = random.permutation(np.flatnonzero(comments.topics == NONE))
    return np.array([*drawn, *nothing[: max(2, n // 10)].tolist()])


def without(codebook: Codebook, gone: set[str]) -> Codebook:
    """Return a codebook that does not know some topics."""
    kept = [n for n, topic in enumerate(codebook.topics) if topic.id not in gone]
    rows = [*kept, len(codebook.topics)]
    topics = tuple(codebook.topics[n] for n in kept)
    return Codebook(topics, codebook.weights[rows], codebook.bias[rows], codebook.middles[rows])


def with_codebook(comments: Comments, codebook: Codebook) -> np.ndarray:
    """Find themes as the product does."""
    return _themes(comments, codebook)


def by_words(comments: Comments, codebook: Codebook) -> np.ndarray:
    """Find themes by the general vectors alone."""
    return _themes(comments, None)


def third_unknown(comments: Comments, codebook: Codebook) -> np.ndarray:
    """Find themes with a codebook that lacks every third of the topics asked about."""
    topics = sorted(set(comments.topics) - {NONE})
    return _themes(comments, without(codebook, set(topics[::3])))


def with_large(comments: Comments, codebook: Codebook) -> np.ndarray:
    """Find themes as the product does where the large model is there."""
    large = Large.open(NLP_MODELS)
    assert large
    return _themes(comments._replace(domain=comments.large), large.codebook(codebook))


def bertopic(comments: Comments, codebook: Codebook) -> np.ndarray:
    """Use BERTopic as it comes, its random step seeded."""
    from bertopic import BERTopic
    from umap import UMAP

    few = min(15, len(comments.texts) - 2)
    umap = UMAP(n_neighbors=few, n_components=5, min_dist=0.0, metric="cosine", random_state=1)
    model = BERTopic(umap_model=umap, min_topic_size=5)
    return np.array(model.fit_transform(comments.texts.tolist(), comments.vectors)[0])


def _themes(comments: Comments, codebook: Codebook | None) -> np.ndarray:
    read = Read(comments.vectors, comments.domain)
    found = find(comments.texts.tolist(), read.vectors, codebook=codebook, domain=read.domain)
    themes = np.full(len(comments.texts), -1)
    for number, theme in enumerate(found.themes):
        themes[list(theme.members)] = number
    return themes


def figures(comments: Comments, themes: np.ndarray) -> list[float]:
    """Return themes, NMI, ARI, share in no theme, and share of non-answers that are in one."""
    nothing = comments.topics == NONE
    truth = np.unique(comments.topics[~nothing], return_inverse=True)[1]
    found = themes[~nothing]
    return [
        len(set(themes.tolist()) - {-1}),
        normalized_mutual_info_score(truth, found),
        adjusted_rand_score(truth, found),
        float((found < 0).mean()),
        float((themes[nothing] >= 0).mean()),
    ]


def main() -> None:
    """Print the table: means over the draws."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--bertopic", action="store_true")
    asked.add_argument("--times", type=int, default=20)
    given = asked.parse_args()
    large = Large.open(NLP_MODELS)
    methods: dict[str, Method] = {
        "with the codebook": with_codebook,
        "a third of the topics not known": third_unknown,
        "by words alone": by_words,
    }
    if large:
        methods["with the large model"] = with_large
    if given.bertopic:
        methods["BERTopic"] = bertopic
    comments = kept_back(Embedder.open(NLP_MODELS, threads=2), large)
    codebook = Codebook.open(NLP_MODELS)
    print("survey | method | themes | NMI | ARI | in no theme | non-answers in a theme")
    for n, k in DRAWS:
        surveys = [comments.at(draw(comments, n, k, seed)) for seed in range(given.times)]
        for name, method in methods.items():
            rows = [figures(survey, method(survey, codebook)) for survey in surveys]
            themes, nmi, ari, alone, leaked = np.mean(rows, axis=0)
            print(
                f"{n} in {k} | {name} | {themes:.1f} | {nmi:.3f} | {ari:.3f} | {alone:.1%} | "
                f"{leaked:.1%}",
                flush=True,
            )


if __name__ == "__main__":
    main()
