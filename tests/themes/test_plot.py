"""The map of the comments."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.themes.test_group import about
from voice.errors import BadInput
from voice.themes.find import find
from voice.themes.plot import draw


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    rng = np.random.default_rng(1)
    texts = [f"late taxi {n}" for n in range(12)] + [f"loud <hall> & lunch {n}" for n in range(12)]
    vectors = np.vstack([about(topic, 12, rng) for topic in range(2)])
    found = find(texts, vectors)
    file = tmp_path_factory.mktemp("map") / "map.svg"
    draw(found, vectors, file)
    return found, vectors, file


def test_every_comment_in_a_theme_is_a_dot_and_every_theme_is_named(drawn):
    found, _, file = drawn
    text = file.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)

    assert root.get("role") == "img"
    assert len(re.findall(r'r="4"', text)) == 24
    words = " ".join(one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text"))
    for number, theme in enumerate(found.themes, 1):
        assert f"{number}. {theme.name}" in words


def test_the_map_asks_nothing_of_the_network(drawn):
    _, _, file = drawn
    addresses = re.findall(r"https?://[^\"]+", file.read_text(encoding="utf-8"))
    assert addresses == ["http://www.w3.org/2000/svg"]


def test_a_place_that_cannot_be_written_to_is_said_in_a_sentence(drawn, tmp_path):
    found, vectors, _ = drawn
    with pytest.raises(BadInput, match="cannot write"):
        draw(found, vectors, tmp_path / "not there" / "map.svg")
