# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "onnxruntime", "tokenizers", "msgspec"]
# ///
"""Make the codebook's classifier: what tells the topics apart, and the middle of each.

Run it in the project's environment, `.venv/bin/python nlp_models/codebook/make.py`: it needs the
models beside it, and takes a minute. The same comments and versions give the same bytes. The
classifier was learnt together with nlp_models/domain; this only puts it beside the topics' names.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "src"))
from voice.enrichment.embed import Embedder  # noqa: E402 - The path must be known first.
from voice.enrichment.models import open_model  # noqa: E402 - The path must be known first.

NONE = "none"
KEPT_BACK = 7  # The writer whose comments nothing was learnt from.
DIGITS = 4  # More would differ between machines, and change nothing.

Vectors = NDArray[np.float32]

CARD = """\
# Written by make.py beside it; change it there.
name = "codebook"
version = "2"
what_for = "Says which of {topics} topics of SEND support a comment may be about."
licence = "MIT"
how_well = [
    "A writer whom nothing was learnt from, {kept} comments: first topic right in {right:.1%}",
    "Themes of small surveys by that writer, with it and without: docs/themes.md",
]
where_it_fails = [
    "A quarter of its first guesses are wrong: it may guide, never decide",
    "All comments were made up, by seven writers; real people may word things otherwise",
    "A short true answer (“boccia”, “everything”) can look like no answer to it",
    "English only",
]

[made_from]
comments = "comments.jsonl: {comments:,} comments written for this project, some kept back"
vectors = "the models nlp_models/embedding and nlp_models/domain"
how = "Learnt with nlp_models/domain, as cosines; weights to {digits} places"

[files]
"""


def middles_of(vectors: NDArray[np.float32], topics: list[str], order: list[str]) -> Vectors:
    """Return the mean direction of comments about each topic, and about any.

    `order` are the topics. The result has a row of length 1 for each but the last, which is no
    topic, and one for all together: shape (n_topics + 1, 384).
    """
    spoken = np.array(topics)
    about = [vectors[spoken == topic] for topic in order if topic != NONE]
    rows = np.stack(
        [some.mean(axis=0, dtype=np.float64) for some in (*about, vectors[spoken != NONE])]
    )
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows.round(5), dtype=np.float32)


def main() -> None:
    """Write classifier.npz and card.toml beside this script."""
    order = [topic["id"] for topic in json.loads((HERE / "topics.json").read_text("utf-8"))]
    if order[-1] != NONE:
        raise SystemExit("The last of topics.json must be the one for what is no topic.")
    lines = (HERE / "comments.jsonl").read_text(encoding="utf-8").splitlines()
    comments: list[dict[str, Any]] = [json.loads(line) for line in lines]
    topics = [one["topic"] for one in comments]
    if set(topics) != set(order):
        raise SystemExit(f"Topics without comments or name: {set(topics) ^ set(order)}")
    read = Embedder.open(HERE.parent, threads=1).read([one["text"] for one in comments])
    with np.load(open_model(HERE.parent, "domain") / "topics.npz", allow_pickle=False) as tuned:
        weights, bias = tuned["weight"].round(DIGITS), tuned["bias"].round(DIGITS)
    if len(weights) != len(order):
        raise SystemExit("The topics have changed: run nlp_models/domain/tune.py first.")
    kept_back = np.array([one["writer"] == KEPT_BACK for one in comments])
    learnt = [topic for topic, kept in zip(topics, kept_back, strict=True) if not kept]
    np.savez(
        HERE / "classifier.npz",
        allow_pickle=False,
        weights=weights,
        bias=bias,
        middles=middles_of(read.vectors[~kept_back], learnt, order),
    )
    best = (read.domain[kept_back] @ weights.T + bias).argmax(axis=1)
    truth = np.array([order.index(topic) for topic in topics])[kept_back]
    card = CARD.format(
        topics=len(order) - 1,
        comments=len(topics),
        kept=len(truth),
        right=(best == truth).mean(),
        digits=DIGITS,
    )
    for name in ("classifier.npz", "comments.jsonl", "topics.json"):
        card += f'"{name}" = "{hashlib.sha256((HERE / name).read_bytes()).hexdigest()}"\n'
    (HERE / "card.toml").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
