# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "scikit-learn", "scipy", "onnxruntime", "tokenizers", "msgspec"]
# ///
"""Make what is learnt about worries: logistic regressions over vectors and the phrase book.

    .venv/bin/python nlp_models/safeguarding/make.py

Learns from comments.jsonl beside it, all made up, and from ordinary comments of the codebook. Where
a worry begins is set on the half “tune” of benchmarks/data/safeguarding.tune.jsonl, for recall
first; the other half is never looked at here. The same comments and versions give the same bytes.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import hstack
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "src"))
from voice.enrichment.embed import Embedder  # noqa: E402 - The path must be known first.
from voice.enrichment.worry import Learnt, Seen, Senses, WorryFinder  # noqa: E402 - The path must be known first.
from voice.safeguarding.detect import Detector  # noqa: E402 - The path must be known first.

WEIGHT = 5.0  # The regressions' C.
ORDINARY = 0.1  # How much an ordinary comment of the codebook counts beside one written for this.
WORRYING_TOPICS = {"bullying", "feeling_safe"}  # Some of these comments are worries themselves.
RECALL = 0.97  # Of the half “tune”.
DIGITS = 4
FILES = ("comments.jsonl", "learnt.npz", "phrases.toml")

Floats = NDArray[np.float64]


def lines(file: Path) -> list[dict[str, Any]]:
    """Return a JSONL file, a dict a line."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def see(sense: Senses, rows: list[dict[str, Any]]) -> Seen:
    """Return what the regressions look at."""
    texts = [row["text"] for row in rows]
    return sense.see(texts, [sense.detector.concern(text) for text in texts])


def learn(features: Any, truth: NDArray[np.bool_], counts: Floats) -> tuple[Floats, float]:
    """Return the weights and the bias of one regression."""
    model = LogisticRegression(C=WEIGHT, max_iter=10_000, tol=1e-7)
    model.fit(features, truth, sample_weight=counts)
    return model.coef_[0].round(DIGITS), float(model.intercept_[0].round(DIGITS))


def begin(odds: Floats, worries: NDArray[np.bool_]) -> float:
    """Return the log-odds from which enough of the worries are found."""
    least = np.sort(odds[worries])[int((1 - RECALL) * worries.sum())]
    return float(least) - 0.01  # So that no rounding loses it.


def main() -> None:
    """Write learnt.npz, and the hashes in card.toml."""
    opened = Detector.open(HERE.parent), Embedder.open(HERE.parent, threads=2)
    sense = Senses(*opened)
    written = lines(HERE / "comments.jsonl")
    ordinary = [
        row
        for row in lines(HERE.parent / "codebook" / "comments.jsonl")
        if row["topic"] not in WORRYING_TOPICS
    ]
    seen = see(sense, written + ordinary)
    told = [set(row["kinds"]) for row in written] + [set[str]()] * len(ordinary)
    kinds = sorted(set.union(*told))
    counts = np.r_[np.ones(len(written)), np.full(len(ordinary), ORDINARY)]
    any_kind = np.array([bool(some) for some in told])
    both, bias = learn(hstack([seen.meaning, seen.pieces]).tocsr(), any_kind, counts)
    n_meaning = seen.meaning.shape[1]
    learnt = [(both[:n_meaning], bias)]
    for kind in kinds:
        learnt.append(learn(seen.meaning, np.array([kind in some for some in told]), counts))
    weights = np.stack([row for row, _ in learnt]).astype(np.float32)
    pieces = both[n_meaning:].astype(np.float16)
    biases = np.array([alone for _, alone in learnt])
    tune = lines(ROOT / "benchmarks" / "data" / "safeguarding.tune.jsonl")
    model = Learnt(weights.astype(float), pieces.astype(float), biases, tuple(kinds))
    odds = WorryFinder(*opened, model).odds([row["text"] for row in tune])[:, 0]
    biases[0] -= begin(odds, np.array([row["concern"] for row in tune]))
    np.savez(
        HERE / "learnt.npz",
        allow_pickle=False,
        weights=weights,
        pieces=pieces,
        bias=biases.round(DIGITS).astype(np.float32),
        kinds=np.array(kinds),
    )
    card = (HERE / "card.toml").read_text(encoding="utf-8").split("[files]\n")[0] + "[files]\n"
    for name in FILES:
        card += f'"{name}" = "{hashlib.sha256((HERE / name).read_bytes()).hexdigest()}"\n'
    (HERE / "card.toml").write_text(card, encoding="utf-8")
    print(f"{len(written)} written and {len(ordinary)} ordinary comments; {len(kinds)} kinds")


if __name__ == "__main__":
    main()
