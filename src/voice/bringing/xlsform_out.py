"""A survey as an XLSForm, and line by line what an XLSForm has no place for."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from voice.bringing.values import options_of
from voice.bringing.xlsform import ASSENT, WELCOME, Cells, XlsForm, in_language
from voice.bringing.xlsform_when import relevant_of
from voice.languages.language import ENGLISH, language_of_wording
from voice.surveys.questions import (
    AnyPage,
    ChooseMany,
    ChooseOne,
    Faces,
    Information,
    Scale,
)
from voice.surveys.survey import Survey
from voice.surveys.words import Words

OWN = "English (en)"
FACES = "likert"
"""The appearance of a question with faces: a row of pictures, in the tools that know it."""

Worded = Mapping[str, Survey]
SAID_NOWHERE = {
    "practice": "the question to try first",
    "glossary": "the explanations of hard words",
    "accepted": "the reasons why rules of easy words are broken",
    "checked_with": "who checked the words",
    "adult_beside": "that an adult is beside the child, and “I write what I saw”",
    "swap_order": "that half of the people see the faces in the other order",
    "contact": "that people can ask to be contacted",
    "age_group": "the age group",
    "easy_read": "that it is held to the rules of easy read",
}


def form_of(
    survey: Survey, worded: Worded, words: Mapping[str, Words], audio: Mapping[str, Path]
) -> tuple[XlsForm, list[str]]:
    """Return the form, and what it does not carry.

    Args:
        survey: in its own words.
        worded: the survey in its other wordings, by name.
        words: these wordings.
        audio: recordings in its own words, by page.
    """
    languages = {OWN: survey} | {
        _language(name, words[name]): other for name, other in worded.items()
    }
    rows = [*_start(languages), *(_row(survey, page, languages, audio) for page in survey.pages)]
    choices = [
        {
            "list_name": page.id,
            "name": option.value,
            **_texts("label", f"{page.id}.{option.value}", languages),
            "media::image": option.picture,
        }
        for page in survey.questions
        for option in options_of(page)
    ]
    settings = {
        "form_title": survey.title,
        "form_id": survey.id,
        "version": survey.wave,
        "default_language": OWN,
    }
    return XlsForm(rows, choices, settings), [*_not_carried(survey), *_pictures(survey, worded)]


def _language(name: str, words: Words) -> str:
    language = language_of_wording(name)
    code = f"en-{name}" if language == ENGLISH else name
    return f"{words.name} ({code})"


def _start(languages: Mapping[str, Survey]) -> list[Cells]:
    return [
        {
            "type": "note",
            "name": WELCOME,
            **{
                in_language("label", language): "\n\n".join(survey.welcome.text)
                for language, survey in languages.items()
            },
            "media::image": languages[OWN].welcome.picture,
        },
        {
            "type": "acknowledge",
            "name": ASSENT,
            **{
                in_language("label", language): survey.welcome.assent
                for language, survey in languages.items()
            },
        },
    ]


def _row(
    survey: Survey, page: AnyPage, languages: Mapping[str, Survey], audio: Mapping[str, Path]
) -> Cells:
    kind, more = _kind(page)
    earlier = survey.page(page.when.question) if page.when else None
    sound = audio[page.id].name if page.id in audio else ""
    return {
        "type": kind,
        "name": page.id,
        **_texts("label", page.id, languages),
        **_texts("hint", page.id, languages),
        "relevant": relevant_of(page.when, earlier) if page.when else "",
        "constraint": more.get("constraint", ""),
        "appearance": more.get("appearance", ""),
        "media::image": page.picture,
        in_language("media::audio", OWN): sound,
    }


def _kind(page: AnyPage) -> tuple[str, Cells]:
    if isinstance(page, Information):
        return "note", {}
    if isinstance(page, ChooseMany):
        return f"select_multiple {page.id}", {}
    if isinstance(page, ChooseOne):
        return f"select_one {page.id}", {"appearance": FACES} if isinstance(page, Faces) else {}
    if isinstance(page, Scale):
        return "integer", {"constraint": ". >= 0 and . <= 10"}
    limit = f"string-length(.) <= {page.max_characters}"
    return "text", {"constraint": limit, "appearance": "multiline"}


def _texts(column: str, place: str, languages: Mapping[str, Survey]) -> Cells:
    """Return a text in every language; what is not translated stands in the survey's own words."""
    page_id, _, value = place.partition(".")
    texts = {}
    for language, survey in languages.items():
        page = survey.page(page_id)
        assert page is not None
        if value:
            text = next(one.label for one in options_of(page) if one.value == value)
        else:
            text = _label(page) if column == "label" else _hint(page)
        texts[in_language(column, language)] = str(text)
    return texts


def _label(page: AnyPage) -> str:
    if isinstance(page, Information):
        return "\n\n".join([page.ask, *page.text])
    return page.ask


def _hint(page: AnyPage) -> str:
    if isinstance(page, Scale):
        return "\n".join(
            [*([page.hint] if page.hint else []), f"0: {page.low}", f"10: {page.high}"]
        )
    return page.hint


def _not_carried(survey: Survey) -> list[str]:
    lines = [f"{what} ({field})" for field, what in SAID_NOWHERE.items() if getattr(survey, field)]
    lines += [
        f"{survey.voice} as who speaks (voice), the audience, and the family"
        if survey.family
        else f"{survey.voice} as who speaks (voice), and the audience"
    ]
    for page in survey.pages:
        if page.photo:
            lines.append(f"{page.id}: the place for a photo of one’s own (photo)")
        if isinstance(page, ChooseOne) and page.opposite_of:
            lines.append(f"{page.id}: that it means the opposite of {page.opposite_of}")
        if isinstance(page, Scale):
            lines.append(f"{page.id}: “{page.dont_know}”, since a number has no such answer")
    return lines


def _pictures(survey: Survey, worded: Worded) -> list[str]:
    """Say where a wording shows another picture: a form has one for all languages."""
    return [
        f"{page.id}: the other picture of the wording “{name}”"
        for name, other in worded.items()
        for page, own in zip(other.pages, survey.pages, strict=True)
        if _shown(page) != _shown(own)
    ]


def _shown(page: AnyPage) -> Sequence[str]:
    return [page.picture, *(option.picture for option in options_of(page))]
