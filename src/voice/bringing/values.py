"""What a cell says to a question: in any words of the survey, or as a person mapped it.

A cell that says something else is never guessed at: the row is handed back to be mended.
"""

import re
from collections.abc import Mapping, Sequence

from voice.bringing.likeness import plain
from voice.surveys.questions import (
    SKIPPED,
    Answer,
    AnswerProblem,
    AnyPage,
    ChooseMany,
    ChooseOne,
    Comment,
    Option,
    Question,
    Scale,
)

NOT_SHOWN = Answer("not_shown")
NOT_SHOWN_WORDS = "(not shown)"
UNSURE = frozenset(map(plain, ("I don’t know", "Don’t know", "Not sure", "I’m not sure", "Unsure")))
LEFT_EMPTY = frozenset(map(plain, ("N/A", "No answer", "No response", "Not answered", "Skipped")))
NOT_TICKED = frozenset(("", "0", "no", "n", "false", "not selected", "unchecked", "not ticked"))
NUMBER = re.compile(r"\s*(10|\d)(?:\.0+)?\s*(?:$|[-–—:=(].*)", re.DOTALL)
PARTS = re.compile(r"[;|\n,]")
ANY = "*"
"""Stands in a mapping for any word that is none of the answers, as people type under “Other”."""

MOST_KEPT = 10_000


class Unread(ValueError):
    """A cell is none of the answers there are; `why` says so without the cell's words."""

    def __init__(self, why: str, do: str) -> None:
        """Keep what is wrong, and what to do about it."""
        super().__init__(why)
        self.why, self.do = why, do


class Reader:
    """Reads the cells of one question; what it has read once it knows."""

    def __init__(
        self, pages: Sequence[AnyPage], mapped: Mapping[str, str], between: str = ";"
    ) -> None:
        """Take a question in all its wordings, its own words first, and what a person mapped."""
        self.page = pages[0]
        self.between = between
        self.known = {plain(written): value for written, value in _every_word(pages).items()}
        self.known |= {plain(word): value for word, value in mapped.items() if word != ANY}
        self.other = mapped.get(ANY)
        self._before: dict[str, Answer] = {}

    def read(self, cell: str) -> Answer:
        """Return what a cell says.

        Raises:
            Unread: it is none of the answers there are.
        """
        if isinstance(self.page, Comment):
            words = cell.strip()
            return Answer("answered", words) if words else SKIPPED
        if cell not in self._before:
            if len(self._before) > MOST_KEPT:
                self._before.clear()
            self._before[cell] = self._choice(cell)
        return self._before[cell]

    def tick(self, options: Sequence[str]) -> Answer:
        """Return the answer to a question whose boxes of these values are ticked.

        Raises:
            Unread: “I’m not sure” is ticked beside another answer, or two of which one is chosen.
        """
        return self._given(list(dict.fromkeys(options)))

    def unknown(self, cell: str) -> list[str]:
        """Return the parts of a cell that are none of the answers."""
        if isinstance(self.page, Comment) or self._one(cell) is not None:
            return []
        parts = self._parts(cell) if isinstance(self.page, ChooseMany) else [cell.strip()]
        return [part for part in parts if self._one(part) is None]

    def _choice(self, cell: str) -> Answer:
        whole = self._one(cell)
        if whole is not None:
            return self._given([whole] if whole else [])
        one_or_many = self._parts(cell) if isinstance(self.page, ChooseMany) else [cell]
        parts = [self._one(part) for part in one_or_many]
        parts = [self.other if part is None else part for part in parts]
        if None not in parts:
            return self._given(list(dict.fromkeys(part for part in parts if part)))
        raise Unread(self._why(), self._do())

    def _given(self, values: list[str]) -> Answer:
        assert isinstance(self.page, Question)
        try:
            return self.page.read(values)
        except AnswerProblem:
            raise Unread(
                "holds answers that cannot stand together",
                "Leave one answer, or “not sure” alone",
            ) from None

    def _one(self, part: str) -> str | None:
        """Return the value a part says, "" for no answer, None where it says something else."""
        said = plain(part)
        if not said or (said in LEFT_EMPTY and said not in self.known):
            return ""
        if said in self.known:
            return self.known[said]
        if isinstance(self.page, Scale) and (number := NUMBER.fullmatch(part)):
            return number[1]
        return self.known.get("dont know") if said in UNSURE else None

    def _parts(self, cell: str) -> list[str]:
        """Return a cell's answers: parted as the tool does it, or found one by one.

        Some answers hold a comma, as lists do: then the longest answer that fits comes first.
        """
        parts = [part.strip() for part in cell.split(self.between) if part.strip()]
        if all(self._one(part) is not None for part in parts):
            return parts
        pieces = PARTS.split(cell)
        found: list[str] = []
        while pieces:
            for n in range(len(pieces), 0, -1):
                taken = ",".join(pieces[:n]).strip()
                if n == 1 or self._one(taken) is not None:
                    break
            found.append(taken)
            pieces = pieces[n:]
        return [part for part in found if part]

    def _why(self) -> str:
        if isinstance(self.page, Scale):
            return "is no whole number from 0 to 10"
        return "is none of the answers of this question"

    def _do(self) -> str:
        if isinstance(self.page, Scale):
            return "Write a number from 0 to 10, or leave it empty"
        labels = [option.label for option in options_of(self.page)]
        return f"Write one of: {'; '.join(labels)}. Or map the word to an answer"


def options_of(page: AnyPage) -> tuple[Option, ...]:
    """Return what can be chosen; nothing where a number or words are asked for."""
    return page.options if isinstance(page, ChooseOne | ChooseMany) else ()


def _every_word(pages: Sequence[AnyPage]) -> dict[str, str]:
    """Return {words: value} of all options in all wordings; the survey's own words win."""
    words: dict[str, str] = {}
    for page in reversed(pages):
        if isinstance(page, Scale):
            words |= {page.low: "0", page.high: "10", page.dont_know: "dont_know"}
            words["dont_know"] = "dont_know"
        for option in options_of(page):
            words[option.label] = option.value
            words[option.value] = option.value
            if option.dont_know:
                words["dont_know"] = option.value
    return words
