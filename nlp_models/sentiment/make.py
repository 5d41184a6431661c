# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "scikit-learn", "onnxruntime", "tokenizers", "msgspec"]
# ///
"""Make the model of praise and complaint: a logistic regression over vectors of comments.

    .venv/bin/python nlp_models/sentiment/make.py NHS_FFT_CSV

NHS_FFT_CSV is the labelled patient feedback of The Strategy Unit (pxtextmining, MIT): columns
comment and sentiment, 1 very positive to 5 very negative. The codebook's comments, which say how
each sounds, count as well. The same comments and versions give the same bytes.
"""

import csv
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "src"))
from voice.enrichment.embed import Embedder  # noqa: E402 - The path must be known first.

WEIGHT = 3.0
DIGITS = 3
NHS = {"1": 1, "2": 1, "4": -1, "5": -1}
CODEBOOK = {"positive": 1, "negative": -1}
HELD_BACK = 7  # This writer's comments are only judged on.

CARD = """\
# Written by make.py beside it; change it there.
name = "sentiment"
version = "1"
what_for = "Says whether a comment praises or complains, from its vector."
licence = "MIT"
how_well = [
    "NHS patients, 5-fold: praise or complaint right in {nhs:.0%} of {n_nhs:,} comments",
    "A writer it had not learnt from: right in {kept:.0%} of {n_kept} SEND comments",
]
where_it_fails = [
    "Irony, and comments that only tell what happened",
    "It is told nothing of comments that do both; those come out as whichever is stronger",
    "English only",
]

[made_from]
comments = "labelled NHS feedback (The Strategy Unit, pxtextmining, MIT); the codebook’s comments"
vectors = "the model nlp_models/embedding"
how = "Logistic regression, C = {weight:g}, both ways weighed equally; weights to {digits} places"

[files]
"""


def read_nhs(file: Path) -> tuple[list[str], NDArray[np.int8]]:
    """Return the comments that praise or complain, and which they do, 1 or -1."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["sentiment"] in NHS]
    return [row["comment"] for row in rows], np.array([NHS[row["sentiment"]] for row in rows], "i1")


def read_codebook() -> tuple[list[str], NDArray[np.int8], NDArray[np.bool_]]:
    """Return the same of the codebook, and which comments are kept back."""
    lines = (HERE.parent / "codebook/comments.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [one for line in lines if (one := json.loads(line))["polarity"] in CODEBOOK]
    rows = [one for one in rows if one["topic"] != "none"]
    feelings = np.array([CODEBOOK[one["polarity"]] for one in rows], "i1")
    return (
        [one["text"] for one in rows],
        feelings,
        np.array([one["writer"] for one in rows]) == HELD_BACK,
    )


def learner() -> LogisticRegression:
    """Return what learns."""
    return LogisticRegression(C=WEIGHT, class_weight="balanced", max_iter=10_000, tol=1e-7)


def main() -> None:
    """Write sentiment.npz and card.toml beside this script."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    embedder = Embedder.open(HERE.parent, threads=2)
    texts, nhs_feels = read_nhs(Path(sys.argv[1]))
    nhs = embedder.embed(texts).astype(np.float64)
    texts, feels, kept_back = read_codebook()
    codebook = embedder.embed(texts).astype(np.float64)
    foretold = cross_val_predict(learner(), nhs, nhs_feels, cv=5)
    model = learner().fit(
        np.vstack([nhs, codebook[~kept_back]]), np.concatenate([nhs_feels, feels[~kept_back]])
    )
    kept = model.predict(codebook[kept_back]) == feels[kept_back]
    np.savez(
        HERE / "sentiment.npz",
        allow_pickle=False,
        weights=model.coef_[0].round(DIGITS).astype(np.float32),
        bias=model.intercept_[0].round(DIGITS),
    )
    card = CARD.format(
        nhs=(foretold == nhs_feels).mean(),
        n_nhs=len(nhs_feels),
        kept=kept.mean() if len(kept) else 0,
        n_kept=len(kept),
        weight=WEIGHT,
        digits=DIGITS,
    )
    digest = hashlib.sha256((HERE / "sentiment.npz").read_bytes()).hexdigest()
    (HERE / "card.toml").write_text(card + f'"sentiment.npz" = "{digest}"\n', encoding="utf-8")


if __name__ == "__main__":
    main()
