"""Checking a row: what it says to each question, or all that is wrong with it and what to do.

No message holds a word of the row: a cell could be what a child wrote.
"""

import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from voice.answering import journey
from voice.answering.sending import MAY_QUOTE, how_helped
from voice.answering.store import Imported
from voice.bringing import own
from voice.bringing.days import NotADay, read_day
from voice.bringing.heading import Column
from voice.bringing.mapping import Mapping
from voice.bringing.planned import Plan, plan_of
from voice.bringing.reading import Row
from voice.bringing.spoken import agreed, speaker
from voice.bringing.values import NOT_SHOWN, Unread
from voice.surveys.questions import SKIPPED, Answer
from voice.surveys.survey import Survey, Voice

EARLIEST = date(2000, 1, 1)
Refs = Callable[[Row, str], str]
"""Gives what stands for a row, of the row and its id, which is empty where no column has one."""

TOKEN = re.compile(r"row:[0-9a-f]{32}(-\d+)?")


class Problem(Struct, frozen=True):
    """One thing that is wrong: in which row and column, what, and what to do about it."""

    row: int
    column: str
    wrong: str
    do: str

    @property
    def line(self) -> str:
        """The problem as one sentence for a person."""
        where = f"row {self.row}, column “{self.column}”" if self.column else f"row {self.row}"
        return f"{where}: {self.wrong}. {self.do}."


class Checked(Struct, frozen=True):
    """A row that was looked at: a response, or its problems, or that the person did not agree.

    `token` stands for the row wherever it is brought in again.
    """

    row: Row
    token: str
    response: Imported | None = None
    problems: tuple[Problem, ...] = ()


class Checker:
    """Checks the rows of one file, in order."""

    def __init__(
        self,
        wordings: Sequence[Survey],
        mapping: Mapping,
        columns: Sequence[Column],
        *,
        key: bytes,
        today: date,
        refs: Refs | None = None,
    ) -> None:
        """Take the survey in all its wordings, its own words first.

        Args:
            wordings: the survey, first in its own words.
            mapping: which column is what.
            columns: those of the file.
            key: what the tokens of rows are made with, so that nobody can guess a row by its token.
            today: no answer was given later.
            refs: what stands for a row, in place of a token.

        Raises:
            BadInput: the mapping does not fit the file or the survey.
        """
        self.survey = wordings[0]
        self.mapping = mapping
        self.columns = columns
        self.plan: Plan = plan_of(wordings, mapping, columns)
        self._key, self._today, self._refs = key, today, refs
        self._seen: Counter[str] = Counter()
        self._ids: dict[str, int] = {}
        about = f"{self.survey.id}\x1e{mapping.wave or self.survey.wave}\x1e"
        self._about = about.encode()

    def check_all(self, rows: Iterator[Row]) -> Iterator[Checked]:
        """Yield what each row says, or what is wrong with it."""
        return map(self.check, rows)

    def check(self, row: Row) -> Checked:
        """Return what a row says, or what is wrong with it."""
        row = self._squared(row)
        token, problems = self._token(row)
        if any(row.cells[len(self.columns) :]):
            problems.append(
                Problem(
                    row.number,
                    "",
                    "it has more cells than there are columns",
                    "If a cell holds the separator, put the cell in quotation marks",
                )
            )
        answers = self._answers(row, problems)
        voice = self._speaker(row, problems)
        day = self._day(row, problems)
        if not self._agrees(row, problems) and not problems:
            return Checked(row, token)
        if problems:
            return Checked(row, token, problems=tuple(problems))
        response = Imported(
            source_ref=token,
            voice=voice or self.survey.voice,
            answers=answers,
            helped=how_helped(answers),
            may_quote=answers.get(MAY_QUOTE, SKIPPED).value == "yes",
            day=day,
        )
        if self.plan.own:
            response = own.as_exported(response, self.plan.own, row.cells)
        return Checked(row, token, response)

    def _squared(self, row: Row) -> Row:
        """Return the row with a cell for each column, and as it was before we made it harmless."""
        cells = [*row.cells, *[""] * (len(self.columns) - len(row.cells))]
        if self.plan.ours:
            cells = [own.unguarded(cell) for cell in cells]
        return Row(row.number, tuple(cells))

    def _token(self, row: Row) -> tuple[str, list[Problem]]:
        """Return what stands for the row: made of its id, else of all it says."""
        plan = self.plan
        if plan.id is not None:
            written = row.cells[plan.id].strip()
            token = f"id:{self._keyed(written)}" if not plan.own else f"voice:{written}"
            token = self._refs(row, written) if self._refs else token
            if not written:
                do = "Give it an id that no other row has"
                return "", [Problem(row.number, self.columns[plan.id].name, "it has no id", do)]
            if (first := self._ids.setdefault(token, row.number)) != row.number:
                wrong = f"it has the same id as row {first}"
                do = "Leave it out if it is the same answer, else give it an id of its own"
                return token, [Problem(row.number, self.columns[plan.id].name, wrong, do)]
            return token, []
        if self._refs:
            return self._refs(row, ""), []
        if plan.row is not None and TOKEN.fullmatch(row.cells[plan.row]):
            return row.cells[plan.row], []
        said = self._keyed("\x1f".join(row.cells))
        self._seen[said] += 1
        again = f"-{self._seen[said]}" if self._seen[said] > 1 else ""
        return f"row:{said}{again}", []

    def _keyed(self, written: str) -> str:
        about = self._about + written.encode("utf-8", "surrogatepass")
        return hmac.new(self._key, about, hashlib.sha256).hexdigest()[:32]

    def _answers(self, row: Row, problems: list[Problem]) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        for place, question_id, reader in self.plan.whole:
            try:
                answers[question_id] = own.as_written(self.plan.own, row.cells[place]) or (
                    reader.read(row.cells[place])
                )
            except Unread as wrong:
                problems.append(self._problem(row, place, wrong))
        for question_id, (reader, boxes) in self.plan.ticks.items():
            try:
                answers[question_id] = reader.tick(
                    [option for place, option in boxes if self.plan.ticked(row.cells[place])]
                )
            except Unread as wrong:
                problems.append(self._problem(row, boxes[0][0], wrong))
        if self.plan.routed and not self.plan.own:
            route = {page.id for page in journey.pages_for(self.survey, answers)}
            for question_id in self.plan.routed - route:
                if answers[question_id] == SKIPPED:
                    answers[question_id] = NOT_SHOWN
        return answers

    def _problem(self, row: Row, place: int, wrong: Unread) -> Problem:
        return Problem(row.number, self.columns[place].name, f"the cell {wrong.why}", wrong.do)

    def _day(self, row: Row, problems: list[Problem]) -> date | None:
        place = self.plan.day
        if place is None:
            return None
        try:
            day = read_day(row.cells[place], self.mapping.day_order)
            if day and not EARLIEST <= day <= self._today:
                raise NotADay
        except NotADay:
            name, do = self.columns[place].name, "Write it like 20/11/2026 or 2026-11-20"
            if self.mapping.day_order == "mdy":
                do = "Write it like 11/20/2026 or 2026-11-20"
            problems.append(Problem(row.number, name, "the cell is no day up to today", do))
            return None
        return day

    def _speaker(self, row: Row, problems: list[Problem]) -> Voice | None:
        place = self.plan.speaks
        if place is None:
            return None
        found = speaker(row.cells[place], self.mapping.voices)
        if found is None:
            do = "Write child, young person, parent or practitioner, or map the word to one of them"
            wrong = "the cell does not say who speaks"
            problems.append(Problem(row.number, self.columns[place].name, wrong, do))
        return found

    def _agrees(self, row: Row, problems: list[Problem]) -> bool:
        place = self.plan.agreed
        if place is None:
            return True
        found = agreed(row.cells[place])
        if found is None:
            do = "Write yes or no. Without a yes the row may not be brought in"
            wrong = "the cell does not say whether the person agreed"
            problems.append(Problem(row.number, self.columns[place].name, wrong, do))
        return found is not False
