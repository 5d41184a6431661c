"""How often the machine's first area for a topic is one that people gave it.

    python benchmarks/areas.py [--data ../shared/data]

Compares the areas suggested for each topic of the SEND codebook, taken as a theme, with those
that the codebook gives it; once with all its comments, once comment by comment.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from voice.areas.match import chosen, comment_similarities, theme_similarities
from voice.enrichment.embed import Embedder
from voice.settings import shipped_home
from voice.surveys.framework import load_framework

HERE = shipped_home()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=HERE.parent / "shared" / "data")
    folder = parser.parse_args().data / "send-codebook"
    topics = {t["id"]: t["areas"] for t in json.loads((folder / "topics.json").read_text())}
    comments = [json.loads(line) for line in (folder / "comments.jsonl").open()]
    comments = [comment for comment in comments if topics.get(comment["topic"])]
    framework = load_framework(HERE / "surveys/frameworks/hertfordshire-2023.toml")
    embedder = Embedder.open(HERE / "nlp_models")
    areas = [embedder.embed([*area.examples, area.plain]) for area in framework.areas]
    ids = [area.id for area in framework.areas]
    vectors = embedder.embed([comment["text"] for comment in comments])
    named = sorted({comment["topic"] for comment in comments})
    members = [
        np.flatnonzero([comment["topic"] == topic for comment in comments]) for topic in named
    ]
    _report(
        "topics as themes",
        theme_similarities(vectors, members, areas),
        ids,
        [topics[topic] for topic in named],
    )
    _report(
        "single comments",
        comment_similarities(vectors, areas),
        ids,
        [topics[comment["topic"]] for comment in comments],
    )


def _report(name: str, near: np.ndarray, ids: list[str], truth: list[list[str]]) -> None:
    first = [ids[place] for place in near.argmax(axis=1)]
    right = np.mean([area in given for area, given in zip(first, truth, strict=True)])
    picks = chosen(near)
    f1s = []
    for place, area in enumerate(ids):
        said = picks[:, place]
        true = np.array([area in given for given in truth])
        f1s.append(2 * (said & true).sum() / max(said.sum() + true.sum(), 1))
    print(
        f"{name}: {len(truth)}, first area right {right:.2f}, macro F1 {np.mean(f1s):.2f}, "
        f"areas suggested each {picks.sum(axis=1).mean():.2f}, "
        f"none {(~picks.any(axis=1)).mean():.2f}"
    )


if __name__ == "__main__":
    main()
