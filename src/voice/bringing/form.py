"""The form on which a person says what each column is, and what each word means."""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence

from msgspec import Struct, structs

from voice.answering.journey import in_words
from voice.bringing.heading import Column
from voice.bringing.likeness import plain
from voice.bringing.mapping import TICK, Mapping
from voice.bringing.reading import Row
from voice.bringing.suggest import unknown_values
from voice.bringing.tools import PERSONAL
from voice.bringing.values import ANY, options_of
from voice.errors import BadInput
from voice.surveys.questions import Answer, AnyPage, ChooseMany, Comment
from voice.surveys.survey import Survey
from voice.web.forms import Form, one

MOST_WORDS = 40
"""Words of one question that can be mapped on the page; the others are told of row by row."""

ABOUT = {
    "@id": "An id that no two rows share",
    "@day": "The day it was answered",
    "@agreed": "Whether the person agreed to take part",
    "@speaks": "Who speaks: child, young person, parent or practitioner",
}
ORDERS = {"dmy": "20/11/2026: the day first", "mdy": "11/20/2026: the month first"}


class ColumnField(Struct, frozen=True):
    """One column: its field in the form, its name, where it leads, and what to say beside it."""

    field: str
    name: str
    target: str
    hint: str


class WordField(Struct, frozen=True):
    """One word that is no answer of its question, and what it was said to mean; "?" for nothing."""

    field: str
    word: str
    value: str


class WordsOf(Struct, frozen=True):
    """The words of one question that are none of its answers, and what they could mean.

    `other` is for whatever word is none of these.
    """

    question_id: str
    ask: str
    words: list[WordField]
    choices: dict[str, str]
    other: WordField


def column_fields(
    columns: Sequence[Column], mapping: Mapping, near: Sequence[str]
) -> list[ColumnField]:
    """Return a field for each column, with where it leads so far."""
    about = {
        mapping.id: "@id",
        mapping.day: "@day",
        mapping.agreed: "@agreed",
        mapping.speaks: "@speaks",
    }
    return [
        ColumnField(
            f"column-{place}",
            column.name,
            about.get(column.name) or mapping.columns.get(column.name, ""),
            _hint(column, near),
        )
        for place, column in enumerate(columns)
    ]


def _hint(column: Column, near: Sequence[str]) -> str:
    if column.name in near:
        return "The words are not quite the same: please look."
    if {plain(column.called), plain(column.asked)} & PERSONAL:
        return "It may say who somebody is. Leave it out."
    return ""


def targets(survey: Survey) -> dict[str, dict[str, str]]:
    """Return where a column can lead, in groups: {group: {target: words}}."""
    ticks = {
        f"{page.id}{TICK}{option.value}": f"{page.ask} {option.label}"
        for page in survey.questions
        if isinstance(page, ChooseMany)
        for option in options_of(page)
    }
    found = {
        "Questions of the survey": {page.id: page.ask for page in survey.questions},
        "One tick box of a question": ticks,
        "About the row": ABOUT,
    }
    return {group: some for group, some in found.items() if some}


def words_of(
    wordings: Sequence[Survey], mapping: Mapping, columns: Sequence[Column], rows: Sequence[Row]
) -> list[WordsOf]:
    """Return the words in these rows that no wording of the survey has, question by question."""
    if not mapping.columns:
        return []
    bare = structs.replace(mapping, values={})
    return [
        _words_of(wordings[0], question_id, words, mapping.values.get(question_id, {}))
        for question_id, words in unknown_values(wordings, bare, columns, rows).items()
        if words
    ]


def _words_of(
    survey: Survey, question_id: str, words: Sequence[str], meant: AnyMapping[str, str]
) -> WordsOf:
    page = survey.page(question_id)
    assert page is not None
    labels = {option.value: option.label for option in options_of(page)}
    if not labels:
        labels = {str(number): str(number) for number in range(11)}
    fields = [
        WordField(f"word-{question_id}-{place}", word, meant.get(word, "?"))
        for place, word in enumerate(words[:MOST_WORDS])
    ]
    other = WordField(f"word-{question_id}-any", ANY, meant.get(ANY, "?"))
    return WordsOf(question_id, page.ask, fields, {**labels, "": "No answer"}, other)


def read_mapping_form(
    form: Form, mapping: Mapping, columns: Sequence[Column], asked: Sequence[WordsOf]
) -> Mapping:
    """Return the mapping that a form says.

    Args:
        form: as it was sent.
        mapping: what was said before; what the form does not ask for stays.
        columns: those of the file.
        asked: the words that the form showed.

    Raises:
        BadInput: two columns are said to be the same thing about the row.
    """
    said = {column.name: one(form, f"column-{n}") for n, column in enumerate(columns)}
    about = {key: [name for name, target in said.items() if target == key] for key in ABOUT}
    twice = next((key for key, names in about.items() if len(names) > 1), None)
    if twice:
        raise BadInput(f"Two columns are said to be “{ABOUT[twice]}”: choose one of them.")
    single = {key.removeprefix("@"): "".join(names) for key, names in about.items()}
    values = {
        some.question_id: {
            field.word: one(form, field.field)
            for field in (*some.words, some.other)
            if field.field in form and one(form, field.field) != "?"
        }
        for some in asked
    }
    order = one(form, "day_order")
    return structs.replace(
        mapping,
        day_order="mdy" if order == "mdy" else "dmy",
        between=(form.get("between") or [mapping.between])[0] or mapping.between,
        columns={name: to for name, to in said.items() if to and not to.startswith("@")},
        values={question_id: words for question_id, words in values.items() if words},
        **single,
    )


class Said(Struct, frozen=True):
    """One answer as the preview shows it; of words only how many there are."""

    ask: str
    words: str


def preview(survey: Survey, answers: AnyMapping[str, Answer]) -> list[Said]:
    """Return what a row says, in the survey's words; nobody reads a comment here."""
    return [
        Said(page.ask, _in_short(page, answers[page.id]))
        for page in survey.questions
        if page.id in answers
    ]


def _in_short(page: AnyPage, answer: Answer) -> str:
    if answer.state == "not_shown":
        return "Not shown"
    if answer.state == "skipped":
        return "No answer"
    if isinstance(page, Comment):
        n = len(str(answer.value).split())
        return f"{n} {'word' if n == 1 else 'words'}"
    return str(in_words(page, answer))
