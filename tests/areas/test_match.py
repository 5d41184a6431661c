"""Areas of themes: by likeness, and by the topics of the codebook."""

from pathlib import Path

import numpy as np
import pytest

from tests.themes.comments import TRANSPORT
from voice.areas.match import Known, chosen, scores, topic_shares
from voice.areas.run import embed_frameworks, suggest
from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder
from voice.surveys.framework import load_framework

HOME = Path(__file__).parents[2]
LATE_PLANS = (
    "It is past twenty weeks and there is still no plan",
    "They keep missing the date they gave us for the final EHCP",
    "The plan came a year after we asked for it",
    "Still a draft, and he starts school on Monday",
    "Nobody can say when the plan will be finished",
)


def test_likeness_alone_shares_a_theme_out_whole():
    likeness = np.array([[0.6, 0.2, 0.2], [0.4, 0.4, 0.1]])
    assert scores(likeness).sum(axis=1) == pytest.approx(1, abs=1e-3)
    assert chosen(likeness).tolist() == [[True, False, False], [True, True, False]]


def test_what_is_about_topics_of_no_area_is_taken_away():
    likeness = np.array([[0.5, 0.3]])
    nothing_known = Known(np.array([[0.02, 0.03]]), np.array([[0.5, 0.5]]), 1.0)
    assert chosen(likeness).tolist() == [[True, False]]
    assert not chosen(likeness, nothing_known).any()


def test_a_codebook_without_trust_changes_nothing():
    likeness = np.array([[0.5, 0.45]])
    known = Known(np.array([[0.0, 1.0]]), np.array([[0.5, 0.5]]), 0.0)
    assert (scores(likeness, known) == scores(likeness)).all()
    assert (chosen(likeness, known) == chosen(likeness)).all()


def test_topics_are_summed_over_the_comments_of_a_theme():
    likely = np.array([[0.8, 0.2], [0.4, 0.6], [0.0, 1.0]], dtype=np.float32)
    areas = np.array([[1.0, 0.0], [0.0, 0.0]])
    members = [np.array([0, 1]), np.array([2])]
    assert topic_shares(likely, members, areas) == pytest.approx(np.array([[0.6, 0], [0, 0]]))


def test_late_plans_get_the_area_for_plans_and_transport_gets_none():
    embedder = Embedder.open(HOME / "nlp_models", threads=1)
    codebook = Codebook.open(HOME / "nlp_models")
    framework = load_framework(HOME / "surveys/frameworks/hertfordshire-2023.toml")
    (known,) = embed_frameworks(embedder, [framework])
    read = embedder.read([*LATE_PLANS, *TRANSPORT])
    members = [np.arange(5), np.arange(5, len(read.vectors))]

    _, picked = suggest(read, members, known, codebook)

    assert [area.id for area, yes in zip(framework.areas, picked[0], strict=True) if yes] == ["IA2"]
    assert not picked[1].any()
