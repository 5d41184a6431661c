"""A first mapping of a file: by the tool's own columns, by ids and words, and by near words.

It is a suggestion. What was only near is said, so that a person looks at it first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from voice.bringing import own
from voice.bringing.days import order_of
from voice.bringing.heading import Column
from voice.bringing.likeness import nearest, plain
from voice.bringing.mapping import TICK, Mapping
from voice.bringing.planned import plan_of
from voice.bringing.reading import Row
from voice.bringing.tools import OWN, Tool, first_of, is_about, recognise
from voice.bringing.values import options_of
from voice.surveys.questions import AnyPage, ChooseMany, Question
from voice.surveys.survey import Survey

SAMPLE = 2_000
"""Rows that are looked at for a suggestion; a check looks at all."""

LONGEST_WORD = 80
"""A longer cell of a closed question is a comment that went astray, and is shown nowhere."""

AGREED = frozenset(
    map(plain, ("consent", "assent", "agreed", "do you agree to take part", "do you consent"))
)
SPEAKS = frozenset(map(plain, ("voice", "who are you", "i am", "are you a", "who is answering")))


class Suggested(Struct, frozen=True):
    """A mapping to look through: which columns were only near, and which lead nowhere."""

    tool: Tool
    mapping: Mapping
    near: tuple[str, ...]
    left_out: tuple[str, ...]


def suggest(
    wordings: Sequence[Survey], columns: Sequence[Column], rows: Sequence[Row], wave: str = ""
) -> Suggested:
    """Return the mapping that fits best.

    Args:
        wordings: the survey in all its wordings and languages, its own words first.
        columns: those of the file.
        rows: its first rows.
        wave: the wave that the answers belong to; "" for the survey's own.
    """
    names = [column.name for column in columns]
    tool = recognise(columns)
    targets, near = _targets(wordings, [c for c in columns if not is_about(tool, c)])
    day = first_of(tool.days, columns)
    free = [c for c in columns if c.name not in targets and not is_about(tool, c)]
    mapping = Mapping(
        survey=wordings[0].id,
        wave=wave,
        tool=tool.id,
        between=tool.between,
        id=_id(tool, columns, rows),
        day=day,
        day_order=order_of(_cells(rows, names.index(day))) if day else "dmy",
        agreed=_agreed(wordings, free),
        speaks=_named(free, SPEAKS),
        columns=targets,
    )
    if tool is OWN:
        mapping = _own(mapping, columns, rows, wave)
    mapping = _with_values(mapping, wordings, columns, rows)
    used = {*targets, mapping.id, mapping.day, mapping.agreed, mapping.speaks, *own.ABOUT}
    return Suggested(tool, mapping, near, tuple(name for name in names if name not in used))


def unknown_values(
    wordings: Sequence[Survey], mapping: Mapping, columns: Sequence[Column], rows: Sequence[Row]
) -> dict[str, list[str]]:
    """Return {question id: words in the file that are none of its answers}, the commonest first."""
    plan = plan_of(wordings, mapping, columns)
    found: dict[str, Counter[str]] = {}
    for place, question_id, reader in plan.whole:
        words = found.setdefault(question_id, Counter())
        for row in rows:
            if place < len(row.cells):
                words.update(reader.unknown(row.cells[place]))
    return {
        question_id: [word for word, _ in words.most_common() if len(word) <= LONGEST_WORD]
        for question_id, words in found.items()
        if words
    }


def _targets(
    wordings: Sequence[Survey], columns: Sequence[Column]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return where columns lead, and those that were led there by nearly the same words."""
    asked = _asked(wordings)
    targets: dict[str, str] = {}
    near: list[str] = []
    taken: set[str] = set()
    for exact in (True, False):
        for column in columns:
            if column.name in targets:
                continue
            question_id = _question(column, asked, exact=exact)
            target = _target(wordings, column, question_id) if question_id else ""
            if not target or target in taken or (TICK not in target and _begun(target, taken)):
                continue
            taken.add(target)
            targets[column.name] = target
            near += [] if exact else [column.name]
    order = [column.name for column in columns if column.name in targets]
    return {name: targets[name] for name in order}, tuple(near)


def _begun(question_id: str, taken: Iterable[str]) -> bool:
    return any(target.startswith(f"{question_id}{TICK}") for target in taken)


def _asked(wordings: Sequence[Survey]) -> dict[str, str]:
    """Return {what is asked, in any words: question id}; ids too. The survey's own words win."""
    asked: dict[str, str] = {}
    for worded in reversed(wordings):
        asked |= {plain(page.ask): page.id for page in worded.questions}
    return asked | {plain(page.id): page.id for page in wordings[0].questions}


def _question(column: Column, asked: dict[str, str], *, exact: bool) -> str | None:
    code = column.name.split(". ")[0].split("[")[0]
    for words in (column.name, column.asked, code):
        if plain(words) in asked:
            return asked[plain(words)]
    found = None if exact else nearest(column.asked, asked)
    return asked[found] if found else None


def _target(wordings: Sequence[Survey], column: Column, question_id: str) -> str:
    page = wordings[0].page(question_id)
    if not column.part or not isinstance(page, ChooseMany):
        return "" if column.part else question_id
    words = {
        plain(written): option.value
        for worded in reversed(wordings)
        for option in options_of(worded.page(question_id) or page)
        for written in (option.label, option.value)
    }
    found = plain(column.part) if plain(column.part) in words else nearest(column.part, words)
    return f"{question_id}{TICK}{words[found]}" if found else ""


def _id(tool: Tool, columns: Sequence[Column], rows: Sequence[Row]) -> str:
    """Return a column that tells rows apart, if one does in every row that was looked at."""
    name = first_of((*tool.ids, "comment_id", "response_id", "respondent id", "ref"), columns)
    if not name:
        return ""
    cells = _cells(rows, [column.name for column in columns].index(name), empty=True)
    return name if all(cells) and len(set(cells)) == len(cells) else ""


def _agreed(wordings: Sequence[Survey], columns: Sequence[Column]) -> str:
    asked = AGREED | {plain(worded.welcome.assent) for worded in wordings}
    exact = _named(columns, asked)
    if exact:
        return exact
    return next((c.name for c in columns if nearest(c.asked, asked)), "")


def _named(columns: Sequence[Column], words: Iterable[str]) -> str:
    return next((c.name for c in columns if plain(c.asked) in set(words)), "")


def _cells(rows: Sequence[Row], place: int, *, empty: bool = False) -> list[str]:
    cells = [row.cells[place].strip() if place < len(row.cells) else "" for row in rows]
    return [cell for cell in cells if cell or empty]


def _own(mapping: Mapping, columns: Sequence[Column], rows: Sequence[Row], wave: str) -> Mapping:
    """Return the mapping of our own export, which says itself which wave it is of."""
    names = [column.name for column in columns]
    waves = _cells(rows, names.index(own.WAVE)) if own.WAVE in names else []
    return Mapping(
        survey=mapping.survey,
        wave=wave or next(iter(waves), ""),
        tool=OWN.id,
        between=OWN.between,
        id=first_of(OWN.ids, columns),
        day=first_of(OWN.days, columns),
        speaks=own.SPEAKS if own.SPEAKS in names else "",
        columns=mapping.columns,
    )


def _with_values(
    mapping: Mapping, wordings: Sequence[Survey], columns: Sequence[Column], rows: Sequence[Row]
) -> Mapping:
    """Return the mapping with a meaning for words that are nearly one of the answers."""
    if not mapping.columns:
        return mapping
    values: dict[str, dict[str, str]] = {}
    for question_id, words in unknown_values(wordings, mapping, columns, rows).items():
        pages = [page for worded in wordings if (page := worded.page(question_id))]
        known = _labels(pages)
        for word in words:
            found = nearest(word, known)
            if found:
                values.setdefault(question_id, {})[word] = known[found]
    return structs.replace(mapping, values=values)


def _labels(pages: Sequence[AnyPage]) -> dict[str, str]:
    return {
        plain(option.label): option.value
        for page in reversed(pages)
        if isinstance(page, Question)
        for option in options_of(page)
    }
