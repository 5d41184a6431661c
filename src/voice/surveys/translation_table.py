"""A survey's strings as a table to hand to a translator, and back into a wording's file.

A translator works in a spreadsheet and never sees TOML: the English, the translation, how far it
is, and who did it. Which English a translation says travels in the table, so that what changed
meanwhile shows as stale.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

import msgspec
import tomli_w
from msgspec import Struct

from voice.errors import BadInput
from voice.languages.language import Foreign
from voice.surveys.survey import Survey
from voice.surveys.translated import strings_of
from voice.surveys.translation import Status, fingerprint
from voice.surveys.words import Words

COLUMNS = ("place", "english", "words", "status", "by", "english_id")


class Line(Struct, frozen=True):
    """One string: where it stands, its English, its translation, and what is recorded about it.

    `words` is empty when it is not translated yet; `english_id` is the fingerprint of the English
    that the translation says, which is another one when the English has changed since.
    """

    place: str
    english: str
    words: str
    status: str
    by: str
    english_id: str


def table_of(english: Survey, worded: Survey | None, words: Words | None) -> list[Line]:
    """Return a line for every string, in the order a person reads them.

    Args:
        english: the survey in the English that is translated.
        worded: the survey with the translation that there is, or None.
        words: that translation, or None.
    """
    translated = strings_of(worded) if worded else {}
    lines: list[Line] = []
    for place, text in strings_of(english).items():
        said = translated.get(place, "")
        record = words.translation.record(place) if words and words.translation else None
        if not isinstance(said, Foreign) or record is None:
            lines.append(Line(place, text, said if isinstance(said, Foreign) else "", "", "", ""))
        else:
            status, by = record.status or "", record.by or ""
            lines.append(Line(place, text, str(said), status, by, record.english))
    return lines


def read_lines(rows: Iterable[Mapping[str, str]], before: Sequence[Line], by: str) -> list[Line]:
    """Return the lines of a table that came back, in the order of `before`.

    A translation that is not as it was `before`, or that has no `english_id`, says the English
    that stands beside it. A status that is left out is "draft"; `by` is who translated where the
    table does not say.

    Raises:
        BadInput: a line is about no string of the survey, comes twice, or has another status.
    """
    known = {line.place: line for line in before}
    found: dict[str, Line] = {}
    for number, row in enumerate(rows, 1):
        line = msgspec.convert({**dict.fromkeys(COLUMNS, ""), **row}, Line)
        if line.place not in known or line.place in found:
            why = "comes twice" if line.place in found else "is no string of this survey"
            raise BadInput(f"Row {number}: “{line.place}” {why}. Nothing was changed.")
        if (line.status or "draft") not in get_args(Status):
            raise BadInput(
                f"Row {number}: “{line.status}” is no status. Write draft, checked or recorded."
            )
        if line.words.strip():
            found[line.place] = _as_recorded(line, known[line.place], by)
    return [found[place] for place in known if place in found]


def to_toml(lines: Sequence[Line], name: str, before: Mapping[str, Any]) -> str:
    """Return the wording's file with these strings; what else stood in it `before` stays.

    Args:
        lines: the translated strings.
        name: what people pick the wording by, in its own language.
        before: the file as it was, as TOML reads it; empty for a new one.
    """
    made: dict[str, Any] = {"name": name, **before}
    for line in lines:
        _put(made, line.place, line.words)
    made.pop("translation", None)
    by, status = _most(line.by for line in lines), _most(line.status for line in lines)
    made["translation"] = {
        "by": by,
        "status": status,
        "of": {line.place: _record(line, by, status) for line in lines},
    }
    return tomli_w.dumps(made, multiline_strings=False)


def _as_recorded(line: Line, before: Line, by: str) -> Line:
    words, english = _plain(line.words), _plain(line.english)
    as_it_was = words == before.words and line.english_id
    return msgspec.structs.replace(
        line,
        words=words,
        status=line.status or "draft",
        by=line.by or by,
        english_id=line.english_id if as_it_was else fingerprint(english),
    )


def _plain(text: str) -> str:
    """Return a text with line ends as they are here, whatever a spreadsheet made of them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _put(made: dict[str, Any], place: str, words: str) -> None:
    """Put a string where a wording's file has it."""
    *above, last = place.split(".")
    if above and above[0] != "welcome":
        above = ["pages", *above]
    for part in above:
        made = made.setdefault(part, {})
    if len(above) == 3:  # An option, by its value.
        made.setdefault(last, {})["label"] = words
    else:
        made[last] = words.split("\n") if last == "text" else words


def _record(line: Line, by: str, status: str) -> str | dict[str, str]:
    if (line.by, line.status) == (by, status):
        return line.english_id
    return {"english": line.english_id, "by": line.by, "status": line.status}


def _most(values: Iterable[str]) -> str:
    """Return the commonest value, the first of equals."""
    every = list(values)
    return max(every, key=every.count) if every else ""
