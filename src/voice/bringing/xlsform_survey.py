"""The files of a survey that came as an XLSForm: `survey.toml`, and one for each other wording."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import msgspec
import tomli_w
from msgspec import Struct

from voice.bringing.xlsform import (
    ASSENT,
    WELCOME,
    Cells,
    XlsForm,
    code_of,
    in_language,
    languages,
)
from voice.bringing.xlsform_in import ENDS, Carried, Reading
from voice.errors import BadInput
from voice.languages.language import ENGLISH, KNOWN, Language
from voice.surveys.survey import Survey
from voice.surveys.translated import strings_of
from voice.surveys.translation import fingerprint
from voice.surveys.translation_table import Line, to_toml

ENGLISH_WORDING = re.compile(r"en-([a-z][a-z0-9-]*)")


class Files(Struct, frozen=True):
    """A survey's id, its files by their path in its folder, and what was not carried."""

    id: str
    files: Mapping[str, str]
    lines: list[str]


def files_of(form: XlsForm, *, voice: str, audience: str, wave: str, by: str) -> Files:
    """Return the files of the survey that a form asks.

    Args:
        form: the form.
        voice: who speaks, which no form says.
        audience: whom it is for, in words.
        wave: the wave; "" takes the form's version.
        by: who translated, where the form has several languages.

    Raises:
        BadInput: nothing in the form can be asked, or it makes no survey.
    """
    spoken = languages(form.survey)
    own = _own(form, spoken)
    found = Reading(form, own).read()
    survey_id = _survey_id(form.settings)
    title = form.settings.get("form_title") or survey_id
    made = {
        "id": survey_id,
        "title": title,
        "audience": audience,
        "voice": voice,
        "wave": wave or form.settings.get("version") or "1",
        "welcome": {"text": [title], **found.welcome},
        "pages": found.pages,
    }
    try:
        survey = msgspec.convert(made, Survey)
    except msgspec.ValidationError as problem:
        raise BadInput(f"The form makes no survey: {problem}.") from None
    files = {"survey.toml": tomli_w.dumps(made)}
    lines = list(found.lines)
    for language in spoken:
        if language != own:
            _add_wording(form, found, survey, language, by=by, files=files, lines=lines)
    return Files(survey_id, files, lines)


def _own(form: XlsForm, spoken: list[str]) -> str:
    """Return the language of the survey's own words: English, else the form's own."""
    english = [language for language in spoken if code_of(language) == "en"]
    default = form.settings.get("default_language", "")
    return next((one for one in (*english, default) if one in spoken), spoken[0] if spoken else "")


def _survey_id(settings: Cells) -> str:
    name = settings.get("form_id") or settings.get("form_title") or "survey"
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return (plain if plain[:1].isalpha() else f"survey-{plain}")[:60].rstrip("-")


def _add_wording(
    form: XlsForm,
    found: Carried,
    survey: Survey,
    language: str,
    *,
    by: str,
    files: dict[str, str],
    lines: list[str],
) -> None:
    """Add the file of another wording, and what it lacks."""
    code = code_of(language)
    english = ENGLISH_WORDING.fullmatch(code)
    spoken: Language | None = ENGLISH if english else KNOWN.get(code)
    if spoken is None or (spoken == ENGLISH and not english):
        lines.append(f"language “{language}”: Voice knows no language “{code}”; it is left out")
        return
    said = _said(form, found, language)
    name = language.rpartition("(")[0].strip() or spoken.name
    written = [
        Line(place, text, said[place], "draft", by, fingerprint(text))
        for place, text in strings_of(survey).items()
        if said.get(place) and (not english or said[place] != text)
    ]
    before: dict[str, Any] = {}
    if english:
        before = {"easy_read": english[1] == "easy-read"}
    toml = to_toml(written, name, before)
    if english:
        toml = _without_translation(toml)
    files[f"words/{english[1] if english else code}.toml"] = toml
    missing = len(strings_of(survey)) - len(written)
    if missing and not english:
        lines.append(f"language “{language}”: {missing} strings are missing, as title or audience")


def _without_translation(toml: str) -> str:
    made = tomllib.loads(toml)
    made.pop("translation", None)
    return tomli_w.dumps(made)


def _said(form: XlsForm, found: Carried, language: str) -> dict[str, str]:
    """Return {place: words} of a language, by the places that our translations have."""
    said: dict[str, str] = {}
    for row in form.survey:
        label = row.get(in_language("label", language), "")
        if row.get("name") == WELCOME:
            said["welcome.text"] = _lines(label)
        elif row.get("name") == ASSENT:
            said["welcome.assent"] = label
    kinds = {page["id"]: page["kind"] for page in found.pages}
    for page_id, row in found.rows.items():
        said |= _said_of_page(page_id, kinds[page_id], row, language)
    for (page_id, name), value in found.values.items():
        list_name = found.rows[page_id]["type"].split()[1]
        for choice in form.choices:
            if (choice.get("list_name"), choice.get("name")) == (list_name, name):
                label = choice.get(in_language("label", language), "")
                said[f"{page_id}.options.{value}"] = label
    return said


def _said_of_page(page_id: str, kind: str, row: Cells, language: str) -> dict[str, str]:
    label = row.get(in_language("label", language), "")
    hint = row.get(in_language("hint", language), "")
    said = {f"{page_id}.ask": label, f"{page_id}.hint": hint}
    if kind == "information":
        ask, _, text = label.partition("\n\n")
        said = {f"{page_id}.ask": ask, f"{page_id}.text": _lines(text or ask)}
    ends = ENDS.fullmatch(hint) if kind == "scale" else None
    if ends:
        said |= {f"{page_id}.hint": ends[1] or "", f"{page_id}.low": ends[2]}
        said[f"{page_id}.high"] = ends[3]
    return said


def _lines(label: str) -> str:
    return "\n".join(part for part in re.split(r"\n\s*\n", label) if part)
