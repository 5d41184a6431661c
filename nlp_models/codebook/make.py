# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "scikit-learn", "onnxruntime", "tokenizers", "msgspec"]
# ///
"""Make the codebook's classifier: learn from comments.jsonl which topic a comment is about.

Run it in the project's environment, `.venv/bin/python nlp_models/codebook/make.py`: it needs
scikit-learn and the embedding model beside it, and takes a minute. The same comments and versions
give the same bytes.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "src"))
from voice.enrichment.embed import Embedder  # noqa: E402 - The path must be known first.

WEIGHT = 10.0  # How much the comments count against keeping the weights small.
NONE = "none"
DIGITS = 3  # More would differ between machines, and change nothing.

CARD = """\
# Written by make.py beside it; change it there.
name = "codebook"
version = "1"
what_for = "Says which of {topics} topics of SEND support a comment is about, from its vector."
licence = "MIT"
how_well = [
    "Learnt from the second writer, asked about the first’s comments: topic right in 36 %",
    "The other way round: 50 %",
    "333 comments of the demonstration county: first topic right in 50 %, among three in 70 %",
    "Themes in 300 comments in 22 topics, other writer: NMI 0.51, ARI 0.26; without it 0.35, 0.07",
]
where_it_fails = [
    "Half of its first guesses are wrong: it may guide, never decide",
    "All comments were made up, by two writers; the second had read the demonstration’s comments",
    "If all that people speak of is new to it, themes get worse: ARI 0.17 in place of 0.21",
    "A short true answer (“boccia”, “everything”) can look like no answer to it",
    "English only",
]

[made_from]
comments = "comments.jsonl: {comments:,} comments written for this project"
vectors = "the model nlp_models/embedding, version 1"
how = "Logistic regression, C = {weight:g}, topics weighed equally; weights to {digits} places"

[files]
"""


def read(embedder: Embedder) -> tuple[NDArray[np.float32], list[str]]:
    """Return the vectors of the comments, shape (n, 384), and the topic of each."""
    lines = (HERE / "comments.jsonl").read_text(encoding="utf-8").splitlines()
    comments: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return embedder.embed([one["text"] for one in comments]), [one["topic"] for one in comments]


def learn(
    vectors: NDArray[np.float32], topics: list[str], order: list[str]
) -> dict[str, NDArray[np.float32]]:
    """Return the classifier, and the middles of what is said about SEND support.

    `order` are the topics: rows of `weights` (n_topics, 384) and `bias` (n_topics,). `middles`
    has a row of length 1 for each but the last, which is no topic, and one for all together.
    """
    model = LogisticRegression(C=WEIGHT, class_weight="balanced", max_iter=10_000, tol=1e-7).fit(
        vectors.astype(np.float64), topics
    )
    rows = [list(model.classes_).index(topic) for topic in order]
    spoken = np.array(topics)
    about = [vectors[spoken == topic] for topic in order if topic != NONE]
    middles = np.stack(
        [some.mean(axis=0, dtype=np.float64) for some in (*about, vectors[spoken != NONE])]
    )
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    return {
        "weights": model.coef_[rows].round(DIGITS).astype(np.float32),
        "bias": model.intercept_[rows].round(DIGITS).astype(np.float32),
        "middles": middles.round(5).astype(np.float32),
    }


def main() -> None:
    """Write classifier.npz and card.toml beside this script."""
    order = [topic["id"] for topic in json.loads((HERE / "topics.json").read_text("utf-8"))]
    if order[-1] != NONE:
        raise SystemExit("The last of topics.json must be the one for what is no topic.")
    vectors, topics = read(Embedder.open(HERE.parent, threads=1))
    if set(topics) != set(order):
        raise SystemExit(f"Topics without comments or name: {set(topics) ^ set(order)}")
    learnt = learn(vectors, topics, order)
    np.savez(HERE / "classifier.npz", allow_pickle=False, **learnt)
    card = CARD.format(topics=len(order) - 1, comments=len(topics), weight=WEIGHT, digits=DIGITS)
    for name in ("classifier.npz", "comments.jsonl", "topics.json"):
        card += f'"{name}" = "{hashlib.sha256((HERE / name).read_bytes()).hexdigest()}"\n'
    (HERE / "card.toml").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
