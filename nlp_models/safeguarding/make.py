# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "scikit-learn", "scipy", "onnxruntime", "tokenizers", "msgspec"]
# ///
"""Make what is learnt about worries: logistic regressions over vectors and the phrase book.

    .venv/bin/python nlp_models/safeguarding/make.py

Learns from comments.jsonl beside it, all made up, from ordinary comments of the codebook, and from
benchmarks/data/safeguarding.tune.jsonl, by another writer. Where a worry begins is set on the
latter, for recall first, each comment judged by regressions that never saw it. The other half,
safeguarding.held.jsonl, is never looked at here. The same comments and versions give the same
bytes.
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
SAFETY = 0.8  # So few worries say little about the rarest; a false alarm costs a minute.
FOLDS = 5
DIGITS = 4
OURS = {"restraint": "restraint_or_seclusion", "online": "online_contact"}
OURS["carer_strain"] = "breaking_point"
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
    """Return the log-odds from which enough of the worries are found, and some more for safety."""
    least = np.sort(odds[worries])[int((1 - RECALL) * worries.sum())]
    return float(least) - SAFETY


def learnt_from(seen: Seen, told: list[set[str]], counts: Floats, kinds: list[str]) -> Learnt:
    """Return the regressions, a worry of any kind first; where a worry begins is not set yet."""
    any_kind = np.array([bool(some) for some in told])
    both, bias = learn(hstack([seen.meaning, seen.pieces]).tocsr(), any_kind, counts)
    n_meaning = seen.meaning.shape[1]
    rows, biases = [both[:n_meaning]], [bias]
    for kind in kinds:
        row, bias = learn(seen.meaning, np.array([kind in some for some in told]), counts)
        rows.append(row)
        biases.append(bias)
    pieces = both[n_meaning:].astype(np.float16).astype(np.float64)
    return Learnt(np.stack(rows), pieces, np.array(biases), tuple(kinds))


def odds_unseen(opened: Any, seen: Seen, told: list[set[str]], counts: Floats, n: int) -> Floats:
    """Return the log-odds of the first n comments, each by regressions that never saw it."""
    odds = np.empty(n)
    texts = np.array([row["text"] for row in tune_half()], dtype=object)
    for fold in range(FOLDS):
        out = np.arange(len(told)) % FOLDS == fold
        out[n:] = False
        kept = np.flatnonzero(~out)
        part = Seen(seen.meaning[kept], seen.pieces[kept])
        model = learnt_from(part, [told[place] for place in kept], counts[kept], [])
        odds[out[:n]] = WorryFinder(*opened, model).odds(list(texts[out[:n]]))[:, 0]
    return odds


def tune_half() -> list[dict[str, Any]]:
    """Return the comments by somebody else that may be learnt from."""
    rows = lines(ROOT / "benchmarks" / "data" / "safeguarding.tune.jsonl")
    return [row | {"kinds": [OURS.get(kind, kind) for kind in row["kinds"]]} for row in rows]


def main() -> None:
    """Write learnt.npz, and the hashes in card.toml."""
    opened = Detector.open(HERE.parent), Embedder.open(HERE.parent, threads=2)
    tune = tune_half()
    written = tune + lines(HERE / "comments.jsonl")
    ordinary = [
        row
        for row in lines(HERE.parent / "codebook" / "comments.jsonl")
        if row["topic"] not in WORRYING_TOPICS
    ]
    seen = see(Senses(*opened), written + ordinary)
    told = [set(row["kinds"]) for row in written] + [set[str]()] * len(ordinary)
    counts = np.r_[np.ones(len(written)), np.full(len(ordinary), ORDINARY)]
    odds = odds_unseen(opened, seen, told, counts, len(tune))
    worries = np.array([row["concern"] for row in tune])
    model = learnt_from(seen, told, counts, sorted(set.union(*told)))
    start = begin(odds, worries)
    model.bias[0] -= start
    found = odds >= start
    right, noticed = worries[found].mean(), found[worries].mean()
    print(f"the half tune, unseen: recall {noticed:.3f}, precision {right:.3f}")
    np.savez(
        HERE / "learnt.npz",
        allow_pickle=False,
        weights=model.weights.astype(np.float32),
        pieces=model.pieces.astype(np.float16),
        bias=model.bias.round(DIGITS).astype(np.float32),
        kinds=np.array(model.kinds),
    )
    card = (HERE / "card.toml").read_text(encoding="utf-8").split("[files]\n")[0] + "[files]\n"
    for name in FILES:
        card += f'"{name}" = "{hashlib.sha256((HERE / name).read_bytes()).hexdigest()}"\n'
    (HERE / "card.toml").write_text(card, encoding="utf-8")
    print(f"{len(written)} written and {len(ordinary)} ordinary comments")


if __name__ == "__main__":
    main()
