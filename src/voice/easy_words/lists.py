"""What is known about English words and phrases: read from `nlp_models/words`, once."""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from voice import settings
from voice.easy_words.phrases import pattern_of
from voice.easy_words.verbs import Verbs, stems
from voice.easy_words.written import Written
from voice.errors import VoiceError

UNKNOWN_FREQUENCY = 2.0
"""The Zipf frequency that a word counts with when it is too rare to be listed."""

HARDEST = 6
LY_FROM = 4.6
"""From this frequency on, an easy word with -ly (“kindly”) is as easy as without."""


class WordsProblem(VoiceError):
    """The lists of words are missing, or are not those that their card describes."""

    title = "The lists of words cannot be used"


class Patterns(Struct, frozen=True):
    """The phrases of each rule, each rule's as one pattern."""

    scale: re.Pattern[str]
    vague: re.Pattern[str]
    leading: re.Pattern[str]
    sensitive: re.Pattern[str]
    idioms: re.Pattern[str]
    one_thing: re.Pattern[str]
    jargon: re.Pattern[str]


class Sets(Struct, frozen=True):
    """The words of `lists.toml` by what they are, and the participles of irregular verbs."""

    initials: frozenset[str]
    initials_known: frozenset[str]
    loaded: frozenset[str]
    praise: frozenset[str]
    opposites: frozenset[str]
    verbs: frozenset[str]
    things_too: frozenset[str]
    participles: frozenset[str]
    not_participles: frozenset[str]
    how_one_is: frozenset[str]
    states: frozenset[str]
    got_only: frozenset[str]


class Lists(Struct, frozen=True):
    """All lists, ready to be asked.

    Attributes:
        frequency: the Zipf frequency of a word, 3.0 to 8.0: 6 is once in a thousand words.
        level: the level at which learners meet a word, 1 (A1) to 6 (C2), 0 when not known.
        known: words that children know though they are rare or long.
        written: the rest, as it is written.
        patterns: the phrases in it.
        sets: the words in it.
        verb_of: the verb that an irregular past is a form of.
    """

    frequency: Mapping[str, float]
    level: Mapping[str, int]
    known: frozenset[str]
    written: Written
    patterns: Patterns
    sets: Sets
    verb_of: Mapping[str, str]

    def knows(self, word: str) -> bool:
        """Say whether children know the word, or a word that it is a form of."""
        return word in self.known or any(
            stem in self.known for stem in stems(word) if not word.endswith("ly")
        )

    def frequency_of(self, word: str) -> float:
        """Return the Zipf frequency of a word, or of the word it is a form of if that is higher."""
        forms = [self.frequency.get(stem, 0.0) for stem in self._bases(word)]
        return max(self.frequency.get(word, UNKNOWN_FREQUENCY), *forms, 0.0)

    def level_of(self, word: str) -> int:
        """Return the level of a word, or of the word it is a form of if that is easier.

        A word without a level has the hardest when it is too rare to be listed, else none (0).
        """
        found = [self.level.get(form, 0) for form in (word, *self._bases(word))]
        listed = [level for level in found if level]
        rare = word not in self.frequency and self.frequency_of(word) <= UNKNOWN_FREQUENCY
        return min(listed, default=HARDEST if rare else 0)

    def _bases(self, word: str) -> list[str]:
        least = LY_FROM if word.endswith("ly") else 0.0
        found = [*stems(word), *filter(None, [self.verb_of.get(word)])]
        return [stem for stem in found if self.frequency.get(stem, 0.0) > least]


def read_lists(folder: Path) -> Lists:
    """Return the lists in `nlp_models/words`.

    Raises:
        WordsProblem: a file is missing, differs from its card, or cannot be read.
    """
    try:
        files = msgspec.toml.decode((folder / "card.toml").read_bytes())["files"]
        held = {name: (folder / name).read_bytes() for name in files}
        for name, sha256 in files.items():
            if hashlib.sha256(held[name]).hexdigest() != sha256:
                raise WordsProblem(f"{folder / name} is not the file that its card describes.")
        written = msgspec.toml.decode(held["lists.toml"], type=Written)
        rows = [line.split("\t") for line in held["english.tsv"].decode().splitlines()]
    except (OSError, KeyError, ValueError, msgspec.MsgspecError) as error:
        raise WordsProblem(f"{folder} cannot be read: {error}. Fetch it again, whole.") from error
    verbs = Verbs(written.verbs.irregular)
    return Lists(
        frequency={word: float(zipf) for word, zipf, _ in rows},
        level={word: int(level) for word, _, level in rows},
        known=frozenset(written.known.split()),
        written=written,
        patterns=_patterns(written, verbs),
        sets=_sets(written, verbs),
        verb_of=verbs.verb_of,
    )


@cache
def shipped_lists() -> Lists:
    """Return the lists that Voice comes with."""
    return read_lists(settings.shipped_home() / "nlp_models" / "words")


def _patterns(written: Written, verbs: Verbs) -> Patterns:
    asking = written.asking
    return Patterns(
        scale=pattern_of(asking.scale, verbs),
        vague=pattern_of(asking.vague, verbs),
        leading=pattern_of(asking.leading, verbs),
        sensitive=pattern_of(asking.sensitive, verbs),
        idioms=pattern_of(written.idioms.phrases, verbs),
        one_thing=pattern_of(written.pairs.one, verbs),
        jargon=pattern_of([f"(?:{phrase})" for phrase in written.jargon], verbs),
    )


def _sets(written: Written, verbs: Verbs) -> Sets:
    parts = (written, written.asking, written.pairs, written.verbs)
    words = {
        field: frozenset(getattr(part, field).split())
        for part in parts
        for field in part.__struct_fields__
        if field in Sets.__struct_fields__ and isinstance(getattr(part, field), str)
    }
    return Sets(participles=verbs.participles, **words)
