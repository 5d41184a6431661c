"""How often the machine's first area is one that people gave, without labels of the place's own.

    python benchmarks/areas.py

Asks about the comments of the codebook's first writer, each topic taken as a theme, then comment by
comment; the codebook has learnt from the second writer only. Then about the themes of every third
topic, with a codebook that has not met any of these; each by likeness alone, and with the codebook.
"""

import json

import numpy as np
from small_surveys import NONE, Comments, codebook_of, read_codebook

from voice.areas.match import chosen, scores, theme_similarities
from voice.areas.run import known_of
from voice.enrichment.codebook import Codebook, Topic
from voice.enrichment.embed import Embedder
from voice.settings import shipped_home
from voice.surveys.framework import Framework, load_framework

HERE = shipped_home()
FRAMEWORK = "hertfordshire-2023"


def main() -> None:
    """Print the tables."""
    lines = (HERE / "nlp_models/codebook/topics.json").read_text(encoding="utf-8")
    areas_of = {one["id"]: one["areas"].get(FRAMEWORK, []) for one in json.loads(lines)}
    framework = load_framework(HERE / f"surveys/frameworks/{FRAMEWORK}.toml")
    embedder = Embedder.open(HERE / "nlp_models", threads=1)
    examples = [embedder.embed([*area.examples, area.plain]) for area in framework.areas]
    comments = read_codebook(embedder)
    first, second = (comments.at(comments.writers == writer) for writer in (1, 2))
    first = first.at(first.topics != NONE)
    every_third = sorted(set(first.topics))[::3]
    cases = (
        ("topics as themes", first, second, True),
        ("single comments", first, second, False),
        (
            "themes on topics not learnt",
            comments.at(np.isin(comments.topics, every_third)),
            comments.at(~np.isin(comments.topics, every_third)),
            True,
        ),
    )
    print("what is asked: how many, first area right, macro F1, suggested each, none where none is")
    for name, asked, learnt, as_themes in cases:
        codebook = _with_areas(codebook_of(learnt), areas_of)
        _report(name, asked, codebook, framework, examples, areas_of, as_themes)


def _with_areas(codebook: Codebook, areas_of: dict[str, list[str]]) -> Codebook:
    topics = (Topic(t.id, t.name, {FRAMEWORK: tuple(areas_of[t.id])}) for t in codebook.topics)
    return Codebook(tuple(topics), codebook.weights, codebook.bias, codebook.middles)


def _report(
    name: str,
    asked: Comments,
    codebook: Codebook,
    framework: Framework,
    examples: list[np.ndarray],
    areas_of: dict[str, list[str]],
    as_themes: bool,
) -> None:
    members = (
        [np.flatnonzero(asked.topics == topic) for topic in sorted(set(asked.topics))]
        if as_themes
        else [np.array([place]) for place in range(len(asked.texts))]
    )
    given = [areas_of[asked.topics[places[0]]] for places in members]
    near = theme_similarities(asked.vectors, members, examples)
    known = known_of(codebook, framework, asked.vectors, members)
    for way, knowledge in (("likeness", None), ("with codebook", known)):
        _print(f"{name}, {way}", scores(near, knowledge), chosen(near, knowledge), given, framework)


def _print(
    name: str,
    shares: np.ndarray,
    picks: np.ndarray,
    given: list[list[str]],
    framework: Framework,
) -> None:
    ids = [area.id for area in framework.areas]
    truth = np.array([[area in some for area in ids] for some in given])
    inside = truth.any(axis=1)
    right = truth[np.arange(len(truth)), shares.argmax(axis=1)][inside].mean()
    both = (truth & picks).sum(axis=0)
    f1 = 2 * both / np.maximum(truth.sum(axis=0) + picks.sum(axis=0), 1)
    none = (~picks[~inside].any(axis=1)).mean()
    print(
        f"{name}: {len(given)}, {right:.2f}, {f1.mean():.2f}, "
        f"{picks.sum(axis=1).mean():.2f}, {none:.2f}"
    )


if __name__ == "__main__":
    main()
