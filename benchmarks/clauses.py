"""Comments that say two things: is the second found, and how often is one found that is not there?

    python benchmarks/clauses.py [--times N]

Comments of the codebook's writer who is kept back. In each survey a tenth of the comments are two,
about different topics, put together. A theme is about the topic of most of its comments.
"""

import argparse

import numpy as np
from small_surveys import NLP_MODELS, NONE, Comments, draw, kept_back

from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder, both
from voice.themes.clauses import clauses, mentions
from voice.themes.find import find
from voice.themes.theme import Found

DRAWS = ((100, 8), (300, 28))


def joined(comments: Comments, n: int, k: int, seed: int) -> tuple[list[str], list[set[str]]]:
    """Return the comments of a survey, and the topics of each: one, or two for a tenth."""
    drawn = np.array([at for at in draw(comments, n, k, seed) if comments.topics[at] != NONE])
    mixed = np.random.default_rng([7, n, seed]).permutation(drawn)
    pairs = [(mixed[2 * one], mixed[2 * one + 1]) for one in range(len(drawn) // 10)]
    pairs = [(a, b) for a, b in pairs if comments.topics[a] != comments.topics[b]]
    used = {at for pair in pairs for at in pair}
    single = [at for at in drawn if at not in used]
    texts = [str(comments.texts[at]) for at in single]
    texts += [f"{comments.texts[a].rstrip('.')}. {comments.texts[b]}" for a, b in pairs]
    topics = [{str(comments.topics[at])} for at in single]
    return texts, topics + [{str(comments.topics[at]) for at in pair} for pair in pairs]


def about(found: Found, topics: list[set[str]]) -> list[str]:
    """Return the topic of each theme."""
    names = []
    for theme in found.themes:
        inside = [topic for member in theme.members for topic in topics[member]]
        names.append(max(sorted(set(inside)), key=inside.count))
    return names


def count(
    texts: list[str], topics: list[set[str]], embedder: Embedder, book: Codebook
) -> list[int]:
    """Return: second topics found, of how many; mentions right, of how many; and wrong on how many
    comments about one topic, of how many.
    """
    read = embedder.read(texts)
    found = find(texts, read.vectors, codebook=book, domain=read.domain)
    said = clauses(texts)
    also = mentions(found, said, both(embedder.read([one.words for one in said])), both(read))
    names = about(found, topics)
    own = {place: names[n] for n, theme in enumerate(found.themes) for place in theme.members}
    got = [{names[one.theme] for one in also if one.place == place} for place in range(len(texts))]
    second = [
        (got[place], (one - {own.get(place, "")}) & set(names))
        for place, one in enumerate(topics)
        if len(one) == 2
    ]
    single = [bool(got[place] - one) for place, one in enumerate(topics) if len(one) == 1]
    double = [(got[place], one) for place, one in enumerate(topics) if len(one) == 2]
    return [
        sum(len(mine & wanted) for mine, wanted in second),
        sum(len(wanted) for _, wanted in second),
        sum(len(mine & one) for mine, one in double),
        sum(len(mine) for mine, _ in double),
        sum(single),
        len(single),
    ]


def main() -> None:
    """Print the table: sums over the draws."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--times", type=int, default=20)
    times = asked.parse_args().times
    embedder, book = Embedder.open(NLP_MODELS, threads=2), Codebook.open(NLP_MODELS)
    comments = kept_back(embedder, None)
    print("survey | second topic found | mentions right | one topic, one mention too many")
    for n, k in DRAWS:
        rows = [count(*joined(comments, n, k, seed), embedder, book) for seed in range(times)]
        found, wanted, right, made, wrong, single = np.sum(rows, axis=0).tolist()
        print(
            f"{n} in {k} | {found}/{wanted} ({found / wanted:.0%}) | {right}/{made} "
            f"({right / max(made, 1):.0%}) | {wrong}/{single} ({wrong / single:.1%})"
        )


if __name__ == "__main__":
    main()
