"""A mapping held against a file and a survey: which cell goes where, worked out once."""

from collections.abc import Collection, Sequence
from collections.abc import Mapping as AnyMapping

from msgspec import Struct

from voice.bringing import own
from voice.bringing.heading import Column
from voice.bringing.likeness import plain
from voice.bringing.mapping import TICK, Mapping, question_of
from voice.bringing.own import OwnPlaces
from voice.bringing.tools import OWN, ROW
from voice.bringing.values import NOT_TICKED, Reader, options_of
from voice.errors import BadInput
from voice.surveys.survey import Survey

Ticks = dict[str, tuple[Reader, list[tuple[int, str]]]]


class Plan(Struct, frozen=True):
    """Where in a row stands what, by place from 0; None where no column says it.

    `whole` has the questions answered in one cell, `ticks` those with a column for each answer.
    `routed` are the questions of which the file tells whether they were shown: the earlier answers
    that lead to them are in it. `ours`: we wrote the file, so cells may be harmless.
    """

    whole: list[tuple[int, str, Reader]]
    ticks: Ticks
    id: int | None
    row: int | None
    day: int | None
    agreed: int | None
    speaks: int | None
    routed: frozenset[str]
    ours: bool
    own: OwnPlaces | None

    @staticmethod
    def ticked(cell: str) -> bool:
        """Tell whether a tick box is ticked; tools write yes, a 1, a cross or the answer itself."""
        return plain(cell) not in NOT_TICKED


def plan_of(wordings: Sequence[Survey], mapping: Mapping, columns: Sequence[Column]) -> Plan:
    """Return where everything stands.

    Raises:
        BadInput: the mapping names a column, a question or an answer that is not there, leads two
            columns to one question, or leads none to any.
    """
    places = {column.name: place for place, column in enumerate(columns)}
    survey = wordings[0]
    whole: list[tuple[int, str, Reader]] = []
    ticks: Ticks = {}
    readers = {
        question.id: Reader(
            [page for worded in wordings if (page := worded.page(question.id))],
            _values(survey, mapping, question.id),
            mapping.between,
        )
        for question in survey.questions
    }
    for name, target in mapping.columns.items():
        place = _place(places, name)
        question_id, option = question_of(target)
        reader = _reader(readers, question_id, survey)
        if option:
            if option not in {one.value for one in options_of(reader.page)}:
                raise BadInput(f"{question_id} has no answer “{option}”: see the column “{name}”.")
            ticks.setdefault(question_id, (reader, []))[1].append((place, option))
        else:
            whole.append((place, question_id, reader))
    _each_once(whole, ticks)
    asked = {question_id for _, question_id, _ in whole} | set(ticks)
    about = {name: _place(places, name) for name in _about(mapping)}
    row = next((place for name, place in places.items() if plain(name) == plain(ROW)), None)
    return Plan(
        whole,
        ticks,
        id=about.get(mapping.id),
        row=row,
        day=about.get(mapping.day),
        agreed=about.get(mapping.agreed),
        speaks=about.get(mapping.speaks),
        routed=_routed(survey, asked),
        ours=row is not None or mapping.tool == OWN.id,
        own=own.places_of(places) if mapping.tool == OWN.id else None,
    )


def _routed(survey: Survey, asked: Collection[str]) -> frozenset[str]:
    """Return the questions that earlier answers lead to, where all of these are asked."""
    known: set[str] = {page.id for page in survey.pages if page.when is None and page.id in asked}
    led: set[str] = set()
    for page in survey.pages:
        if page.when and page.when.question in known and page.id in asked:
            known.add(page.id)
            led.add(page.id)
    return frozenset(led)


def _about(mapping: Mapping) -> list[str]:
    named = (mapping.id, mapping.day, mapping.agreed, mapping.speaks)
    return [name for name in named if name]


def _place(places: AnyMapping[str, int], name: str) -> int:
    if name not in places:
        raise BadInput(f"The file has no column “{name}”, but the mapping does: look at both.")
    return places[name]


def _reader(readers: AnyMapping[str, Reader], question_id: str, survey: Survey) -> Reader:
    if question_id not in readers:
        known = ", ".join(readers)
        raise BadInput(f"{survey.id} has no question “{question_id}”. It has: {known}.")
    return readers[question_id]


def _values(survey: Survey, mapping: Mapping, question_id: str) -> dict[str, str]:
    page = survey.page(question_id)
    assert page is not None
    values = mapping.values.get(question_id, {})
    known = {option.value for option in options_of(page)} | {""}
    if not options_of(page):
        known |= {str(number) for number in range(11)} | {"dont_know"}
    wrong = sorted(set(values.values()) - known)
    if wrong:
        raise BadInput(f"{question_id} has no answer “{wrong[0]}”, but the mapping’s values do.")
    return values


def _each_once(whole: Sequence[tuple[int, str, Reader]], ticks: Ticks) -> None:
    asked = [question_id for _, question_id, _ in whole]
    twice = sorted({one for one in asked if asked.count(one) > 1 or one in ticks})
    if twice:
        raise BadInput(f"Two columns lead to “{twice[0]}”: keep the one that holds the answer.")
    if not asked and not ticks:
        raise BadInput(
            f"No column leads to a question. Say which does, as “column” to “question”, or to "
            f"“question{TICK}answer” for one tick box."
        )
