"""Voice beside what an analyst would pick: BERTopic, HDBSCAN, and k-means told the true number.

    python benchmarks/compare.py [DATA] [--only NAME] [--times N]

All get the same vectors. Each run has a process of its own, so that its peak memory is its own;
with --times 3 each is run three times, with the comments in another order each time, and the
medians are shown, and how much the three runs agree. BERTopic needs benchmarks/compare.txt
installed; without it its rows are left out, and a line says so.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from themes import NLP_MODELS, Labelled, accuracy, sets

from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder, Read
from voice.themes.discover import peak_memory_mb
from voice.themes.find import find

SETS = ("nhs-fft", "banking77", "clinc150")


class Result(NamedTuple):
    """One run: the theme of each comment, -1 for none; CPU seconds; megabytes; seconds."""

    themes: np.ndarray
    seconds: float
    memory: int
    wall: float


def with_voice(labelled: Labelled, read: Read) -> np.ndarray:
    """Find themes as the product does."""
    codebook = Codebook.open(NLP_MODELS)
    found = find(labelled.texts, read.vectors, codebook=codebook, domain=read.domain)
    return _themes(len(labelled.texts), [theme.members for theme in found.themes])


def with_bertopic(labelled: Labelled, read: Read, **settings: int) -> np.ndarray:
    """Use BERTopic, its one random step seeded."""
    from bertopic import BERTopic
    from umap import UMAP

    umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=1)
    topics, _ = BERTopic(umap_model=umap, **settings).fit_transform(labelled.texts, read.vectors)
    return np.array(topics)


def with_bertopic_tuned(labelled: Labelled, read: Read) -> np.ndarray:
    """Use BERTopic with the smallest theme set to a five-hundredth of the comments."""
    return with_bertopic(labelled, read, min_topic_size=max(10, len(labelled.texts) // 500))


def with_hdbscan(labelled: Labelled, read: Read) -> np.ndarray:
    """Use scikit-learn's HDBSCAN on the vectors as they are."""
    least = max(5, len(labelled.texts) // 500)
    return np.array(HDBSCAN(min_cluster_size=least, copy=False).fit_predict(read.vectors))


def with_k_means(labelled: Labelled, read: Read) -> np.ndarray:
    """Use k-means, told the true number of topics."""
    k = len(set(labelled.topics))
    return np.array(KMeans(k, n_init=3, random_state=1).fit_predict(read.vectors))


METHODS: dict[str, Callable[[Labelled, Read], np.ndarray]] = {
    "Voice": with_voice,
    "BERTopic": with_bertopic,
    "BERTopic, tuned": with_bertopic_tuned,
    "HDBSCAN": with_hdbscan,
    "k-means, true k": with_k_means,
}


def _themes(n: int, members: list[tuple[int, ...]]) -> np.ndarray:
    themes = np.full(n, -1)
    for number, places in enumerate(members):
        themes[list(places)] = number
    return themes


def run(method: str, labelled: Labelled, read: Read, order: np.ndarray) -> Result:
    """Run a method on the comments in this order; return the themes in the old order."""
    texts, topics = ([some[place] for place in order] for some in labelled[1:])
    shuffled = Labelled(labelled.name, texts, topics)
    if "BERTopic" in method:  # What it compiles at its first use is not counted.
        few = np.random.default_rng(1).permutation(len(texts))[:300]
        METHODS[method](
            Labelled("", [texts[n] for n in few], topics), Read(read.vectors[few], read.domain[few])
        )
    start, began = time.process_time(), time.perf_counter()
    found = METHODS[method](shuffled, Read(read.vectors[order], read.domain[order]))
    seconds, wall = time.process_time() - start, time.perf_counter() - began
    themes = np.empty_like(found)
    themes[order] = found
    return Result(themes, seconds, peak_memory_mb(), wall)


def report(method: str, labelled: Labelled, results: list[Result]) -> None:
    """Print a line: medians over the runs, and how much the runs agree."""
    topics = np.unique(labelled.topics, return_inverse=True)[1]
    rows = [
        (
            float(len(set(one.themes.tolist()) - {-1})),
            float(normalized_mutual_info_score(topics, one.themes)),
            float(adjusted_rand_score(topics, one.themes)),
            accuracy(topics, one.themes),
            float((one.themes < 0).mean()),
            one.seconds,
            float(one.memory),
        )
        for one in results
    ]
    middle = np.median(np.array(rows), axis=0)
    pairs = [
        adjusted_rand_score(a.themes, b.themes)
        for n, a in enumerate(results)
        for b in results[n + 1 :]
    ]
    agree = f"{np.mean(pairs):.2f}" if pairs else "-"
    print(
        f"{labelled.name} | {method} | {middle[0]:.0f} | {middle[1]:.3f} | {middle[2]:.3f} | "
        f"{middle[3]:.3f} | {middle[4]:.1%} | {middle[5]:.1f} | {middle[6]:.0f} | {agree}",
        flush=True,
    )


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    asked.add_argument("--only", choices=SETS)
    asked.add_argument("--times", type=int, default=1)
    asked.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))
    given = asked.parse_args()
    methods = [name for name in given.methods if "BERTopic" not in name or find_spec("bertopic")]
    if len(methods) < len(given.methods):
        print("BERTopic is not installed: see benchmarks/compare.txt.")
    print("set | method | themes | NMI | ARI | accuracy | not themed | CPU s | MB | agreement")
    embedder = Embedder.open(NLP_MODELS)
    for labelled in sets(given.data):
        if labelled.name not in SETS or given.only not in (None, labelled.name):
            continue
        read = embedder.read(labelled.texts)
        n = len(labelled.texts)
        orders = [np.arange(n)] + [
            np.random.default_rng(seed).permutation(n) for seed in range(1, given.times)
        ]
        for method in methods:
            results = []
            for order in orders:
                with get_context("spawn").Pool(1) as process:
                    results.append(process.apply(run, (method, labelled, read, order)))
            report(method, labelled, results)
        sizes = Counter(labelled.topics)
        print(f"{labelled.name}: {n} comments, {len(sizes)} topics")


if __name__ == "__main__":
    main()
