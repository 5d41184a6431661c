"""Which improvement areas comments belong to, without any labels of the place's own.

    python benchmarks/areas.py [--errors]

benchmarks/data/areas.jsonl holds 256 made-up comments, written for this by somebody who had not
seen the codebook, and the areas that two readers gave each, apart from each other. Half of them
("tune") were looked at when the method was settled, the other half ("report") were kept back. Each
half is judged by either reader; and the readers by each other, which is as good as anybody can be.
"""

import argparse
import json

import numpy as np

from voice.areas.map_file import map_comments
from voice.areas.match import chosen, theme_similarities
from voice.areas.run import embed_frameworks
from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder
from voice.settings import shipped_home
from voice.surveys.framework import load_framework

HERE = shipped_home()
FRAMEWORK = "hertfordshire-2023"


def f1(found: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return the F1 of each area: shape (n_areas,)."""
    both = (found & truth).sum(axis=0)
    return np.asarray(2 * both / np.maximum(found.sum(axis=0) + truth.sum(axis=0), 1))


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--errors", action="store_true", help="show comments of the half to tune on")
    given = asked.parse_args()
    lines = (HERE / "benchmarks/data/areas.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    framework = load_framework(HERE / f"surveys/frameworks/{FRAMEWORK}.toml")
    ids = [area.id for area in framework.areas]
    readers = [
        np.array([[area in row[reader] for area in ids] for row in rows])
        for reader in ("first", "second")
    ]
    report = np.array([row["half"] == "report" for row in rows])
    embedder = Embedder.open(HERE / "nlp_models", threads=2)
    read = embedder.read([row["text"] for row in rows])
    [words] = embed_frameworks(embedder, [framework])
    members = [np.array([place]) for place in range(len(rows))]
    near = theme_similarities(read.vectors, members, [area.vectors for area in words.areas])
    codebook = Codebook.open(HERE / "nlp_models")
    ways = {
        "with the codebook": map_comments(read, framework, embedder, codebook).chosen,
        "likeness alone": chosen(near),
        "the other reader": readers[1],
    }
    print(f"half | judged by | method | macro F1 | {' | '.join(ids)}")
    for half, some in (("tune", ~report), ("report", report)):
        for name, reader in zip(("first", "second"), readers, strict=True):
            for method, found in ways.items():
                told = readers[0] if method == "the other reader" and name == "second" else found
                each = f1(told[some], reader[some])
                by_area = " | ".join(f"{value:.2f}" for value in each)
                print(f"{half} | {name} | {method} | {each.mean():.3f} | {by_area}")
    if given.errors:
        for place in np.flatnonzero(~report):
            said = [
                "+".join(np.array(ids)[some[place]]) or "-"
                for some in (ways["with the codebook"], *readers)
            ]
            if said[0] not in said[1:]:
                print(" ".join(said), rows[place]["text"])


if __name__ == "__main__":
    main()
