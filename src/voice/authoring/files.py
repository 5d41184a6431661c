"""A draft as the files of `surveys/<id>/`, and back: the same format that people write by hand."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import msgspec
import tomli_w
from msgspec import NODEFAULT, Struct, structs

from voice.authoring.draft import Draft
from voice.errors import VoiceError
from voice.surveys.survey import Survey
from voice.surveys.words import Words

SURVEY, EASY = "survey.toml", "words/easy-read.toml"
THE_DAY = (1980, 1, 1, 0, 0, 0)  # A zip's first day: one version is one file, byte for byte.


class CannotBeRead(VoiceError):
    """A draft says something that a survey file cannot say. The message names the place."""

    status = 422
    title = "This cannot be kept as it is"


def as_files(draft: Draft) -> dict[str, str]:
    """Return the text of each file, by its place in the survey's folder."""
    files = {SURVEY: tomli_w.dumps(_plain(draft.survey))}
    if draft.easy is not None:
        files[EASY] = tomli_w.dumps(_plain(draft.easy))
    return files


def read(survey_toml: str, easy_toml: str | None) -> Draft:
    """Return the draft that these files hold.

    Raises:
        CannotBeRead: they do not fit a survey.
    """
    try:
        survey = msgspec.toml.decode(survey_toml, type=Survey)
        easy = None if easy_toml is None else msgspec.toml.decode(easy_toml, type=Words)
    except msgspec.MsgspecError as error:
        raise CannotBeRead(f"{error}. Go back, put it right, and save again.") from error
    return Draft(survey, easy)


def zipped(draft: Draft) -> bytes:
    """Return a zip with the survey's folder; unpack it into `surveys/`."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in as_files(draft).items():
            place = zipfile.ZipInfo(f"{draft.survey.id}/{name}", THE_DAY)
            place.compress_type = zipfile.ZIP_DEFLATED
            place.external_attr = 0o644 << 16
            packed.writestr(place, text)
    return kept.getvalue()


def _plain(part: Any) -> Any:
    """Return a part as TOML can say it: what stands as it would anyway is left out."""
    if isinstance(part, Struct):
        tag = part.__struct_config__.tag
        kind = {part.__struct_config__.tag_field: tag} if tag else {}
        said = {
            field.name: getattr(part, field.name)
            for field in structs.fields(part)
            if not _as_ever(part, field)
        }
        return {**kind, **{name: _plain(value) for name, value in said.items()}}
    if isinstance(part, Mapping):
        return {name: _plain(value) for name, value in part.items()}
    if isinstance(part, tuple | list):
        return [_plain(one) for one in part]
    return part


def _as_ever(part: Struct, field: structs.FieldInfo) -> bool:
    value = getattr(part, field.name)
    if field.default_factory is not NODEFAULT:
        return bool(value == field.default_factory())
    return value is None or bool(value == field.default)
