"""Whether themes stay the same: run again, shuffled, and with a tenth of the comments missing.

    python benchmarks/stability.py [DATA] [--times N]

"shuffled" compares the bytes that describe the themes; "a tenth missing" is the adjusted Rand index
of the themes found in all comments and those found in nine tenths, over these: median, mean and
least of N draws. Comments in no theme count as one group more; "where both" leaves out those that
are in no theme in either. "k-means" is given the same vectors and how many topics there are, and
begins from the same seed.
"""

import argparse
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from small_surveys import NONE, draw, kept_back
from themes import NLP_MODELS, Labelled, sets

from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder, Read
from voice.themes.files import themes_file
from voice.themes.find import find
from voice.themes.theme import Found

SETS = ("nhs-fft", "banking77", "clinc150")
SURVEYS = 6  # So many small ones are drawn: one alone may be an easy or a hard one.


def found_in(texts: list[str], read: Read, codebook: Codebook) -> Found:
    """Find themes as the product does."""
    return find(texts, read.vectors, codebook=codebook, domain=read.domain)


def themes_of(found: Found, n: int) -> np.ndarray:
    """Return the theme of each comment, -1 for none."""
    themes = np.full(n, -1)
    for number, theme in enumerate(found.themes):
        themes[list(theme.members)] = number
    return themes


class Measured(NamedTuple):
    """Whether the bytes stayed the same, run again and shuffled; and the agreements of each draw.

    agreements: shape (n_draws, 3): with themes of all, where both have a theme, and of k-means.
    """

    again: bool
    shuffled: bool
    agreements: np.ndarray


def measure(labelled: Labelled, read: Read, codebook: Codebook, times: int) -> Measured:
    """Find themes again, in a shuffled file, and in nine tenths of the comments."""
    texts, n = labelled.texts, len(labelled.texts)
    first = found_in(texts, read, codebook)
    said = themes_file(first, texts)
    order = np.random.default_rng(0).permutation(n)
    shuffled_texts = [texts[place] for place in order]
    shuffled = found_in(shuffled_texts, Read(read.vectors[order], read.domain[order]), codebook)
    again = themes_file(found_in(texts, read, codebook), texts) == said
    same = themes_file(shuffled, shuffled_texts) == said
    k = len(set(labelled.topics) - {NONE})
    everyone, means = themes_of(first, n), k_means(read, k)
    rows = []
    for seed in range(times):
        kept = np.sort(np.random.default_rng(seed).choice(n, round(0.9 * n), replace=False))
        part = Read(read.vectors[kept], read.domain[kept])
        some = themes_of(found_in([texts[place] for place in kept], part, codebook), len(kept))
        before = everyone[kept]
        both = (before >= 0) & (some >= 0)
        ours = adjusted_rand_score(before, some)
        where_both = adjusted_rand_score(before[both], some[both])
        rows.append((ours, where_both, adjusted_rand_score(means[kept], k_means(part, k))))
    return Measured(again, same, np.array(rows))


def report(name: str, n: int, measured: list[Measured]) -> None:
    """Print a line about one set, or several surveys that were drawn alike."""
    ours, both, means = np.vstack([one.agreements for one in measured]).T
    cells = (np.median(ours), ours.mean(), ours.min(), np.median(both), np.median(means))
    figures = " | ".join(f"{cell:.3f}" for cell in cells)
    again = all(one.again for one in measured)
    shuffled = all(one.shuffled for one in measured)
    print(f"{name} | {n} | {again} | {shuffled} | {figures}", flush=True)


def k_means(read: Read, k: int) -> np.ndarray:
    """Put comments in `k` groups by the general vectors: shape (n_comments,)."""
    return np.asarray(KMeans(k, n_init=1, random_state=1).fit_predict(read.vectors))


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    asked.add_argument("--times", type=int, default=5)
    given = asked.parse_args()
    embedder, codebook = Embedder.open(NLP_MODELS), Codebook.open(NLP_MODELS)
    print(
        "set | comments | same bytes again | shuffled | a tenth missing: median | mean | least"
        " | where both | k-means"
    )
    comments = kept_back(embedder, None)
    for n, k in ((100, 8), (300, 28)):
        measured, sizes = [], []
        for survey in range(SURVEYS):
            some = comments.at(draw(comments, n, k, survey))
            of_send = Labelled("SEND", some.texts.tolist(), some.topics.tolist())
            read = Read(some.vectors, some.domain)
            measured.append(measure(of_send, read, codebook, given.times))
            sizes.append(len(some.texts))
        report(f"SEND, {k} topics, {SURVEYS} surveys", round(np.mean(sizes)), measured)
    for labelled in sets(given.data):
        if labelled.name in SETS:
            read = embedder.read(labelled.texts)
            alone = measure(labelled, read, codebook, given.times)
            report(labelled.name, len(labelled.texts), [alone])


if __name__ == "__main__":
    main()
