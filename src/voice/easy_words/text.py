"""A text to be read by somebody, and its sentences and words."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Kind = Literal["question", "text", "option"]
"""What a text is: something that is asked, something to read, or an answer to choose."""

SENTENCE_END = re.compile(r"(?<=[.!?…])[”\"')]*\s+|\n+")
ABBREVIATED = re.compile(r"\b(e\.g|i\.e|Mr|Mrs|Ms|Dr|St)\.")
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


class Explained(Struct, frozen=True, forbid_unknown_fields=True):
    """What a hard word means, in easy words, and how it is said aloud."""

    means: str
    say: str = ""


class Text(Struct, frozen=True, kw_only=True):
    """One text, and what is known about its reader.

    Attributes:
        words: as it is written; the apostrophes are made straight by `text_of`.
        kind: what it is.
        glossary: the hard words that are explained beside it.
        english: whether the rules about English words are asked of it.
        easy: whether it is meant for people who read easy words.
        young: whether a child or a young person is to answer.
    """

    words: str
    kind: Kind
    glossary: Mapping[str, Explained] = {}
    english: bool = True
    easy: bool = True
    young: bool = True

    @property
    def sentences(self) -> list[str]:
        """The sentences, without the space around them."""
        return sentences(self.words)

    @property
    def questions(self) -> list[str]:
        """The sentences that ask: those with a question mark, or all of a question without one."""
        asking = [sentence for sentence in self.sentences if "?" in sentence]
        return asking or (self.sentences if self.kind == "question" else [])


class Word(Struct, frozen=True):
    """One word of a sentence: as written, and whether its capital tells that it is a name."""

    written: str
    named: bool

    @property
    def plain(self) -> str:
        """The word in small letters, without accents and without the ’s of an owner."""
        apart = unicodedata.normalize("NFKD", self.written.lower())
        bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
        return bare.removesuffix("'s").removesuffix("'")


def text_of(words: str, kind: Kind | None = None, *, english: bool = True) -> Text:
    """Return a text for young people who read easy words; a question mark makes it a question."""
    guessed: Kind = "question" if "?" in words else "text"
    return Text(words=straight(words), kind=kind or guessed, english=english)


def straight(words: str) -> str:
    """Return the words with plain apostrophes and spaces, as the lists have them."""
    plain = words.replace("’", "'").replace("‘", "'").replace("\u00ad", "")
    return plain.replace("\u00a0", " ").replace("\u202f", " ")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the space around them."""
    whole = ABBREVIATED.sub(lambda found: found[0].replace(".", "\u2024"), text.strip())
    return [part.replace("\u2024", ".") for part in SENTENCE_END.split(whole) if part.strip()]


def count_words(sentence: str) -> int:
    """Return how many words a sentence has; a dash or a mark on its own is none."""
    return sum(any(letter.isalnum() for letter in word) for word in sentence.split())


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order; numbers are none.

    A capital tells a name, but not that of a sentence's first word.
    """
    return [
        Word(found[0], named=place > 0 and found[0][0].isupper())
        for sentence in sentences(text)
        for place, found in enumerate(WORD.finditer(sentence))
    ]


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written with space between them."""
    return frozenset(words.split())
