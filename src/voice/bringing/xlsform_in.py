"""An XLSForm as a survey of ours, and line by line what could not be carried and what to do.

Nothing is dropped in silence: each row of the form is a page, or has a line that says why not.
"""

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from voice.bringing.xlsform import ASSENT, WELCOME, Cells, XlsForm, in_language
from voice.bringing.xlsform_out import FACES
from voice.bringing.xlsform_when import read_relevant

LIMIT = re.compile(r"string-length\(\s*\.\s*\)\s*<=?\s*(\d+)")
ZERO_TO_TEN = re.compile(r"\.\s*>=\s*0\s+and\s+\.\s*<=\s*10")
ENDS = re.compile(r"(?s)(?:(.*)\n)?0: ([^\n]+)\n10: ([^\n]+)")
MOST = {"choose_one": 12, "faces": 12, "choose_many": 20}
UNSURE = "dont_know"


class Carried(Struct):
    """The pages that came of a form, with what was said of it on the way.

    `names` leads from a name of the form to our id, `values` from that id and a choice's name to
    our value; `rows` has the row of the form that each page came of.
    """

    pages: list[dict[str, Any]]
    welcome: dict[str, Any]
    lines: list[str]
    names: dict[str, str]
    values: dict[tuple[str, str], str]
    rows: dict[str, Cells]


class Reading:
    """Goes through the rows of a form, one after another."""

    def __init__(self, form: XlsForm, language: str) -> None:
        """Begin; `language` is the one whose labels become the survey's own words."""
        self.form = form
        self.language = language
        self.found = Carried([], {}, [], {}, {}, {})
        self._groups: list[str] = []
        self._repeats = 0

    def read(self) -> Carried:
        """Return what came of the form."""
        for number, row in enumerate(self.form.survey, 2):
            self._read(number, row)
        return self.found

    def text(self, row: Cells, column: str) -> str:
        """Return a label or a hint in the survey's own words."""
        return row.get(in_language(column, self.language), "") or row.get(column, "")

    def say(self, number: int, name: str, why: str) -> None:
        """Note what was not carried of a row."""
        self.found.lines.append(f"row {number}{f', {name}' if name else ''}: {why}")

    def _read(self, number: int, row: Cells) -> None:
        kind = " ".join(row.get("type", "").split())
        name = row.get("name", "")
        if kind.replace("_", " ") in ("begin repeat", "end repeat"):
            self._repeats += 1 if kind.startswith("begin") else -1
            if kind.startswith("begin"):
                self.say(number, name, "Voice asks nothing several times; the repeat is left out")
        elif self._repeats:
            self.say(number, name, "it is in a repeat, and left out")
        elif kind.replace("_", " ") == "begin group":
            self._begin_group(number, name, row)
        elif kind.replace("_", " ") == "end group":
            self._groups.pop() if self._groups else None
        elif name in (WELCOME, ASSENT):
            self._start(name, row)
        elif kind:
            self._page(number, kind, name, row)

    def _begin_group(self, number: int, name: str, row: Cells) -> None:
        self._groups.append(row.get("relevant", ""))
        if self.text(row, "label"):
            self.say(number, name, "Voice has one question a page: the group’s heading is left out")

    def _start(self, name: str, row: Cells) -> None:
        label = self.text(row, "label")
        if name == ASSENT:
            self.found.welcome["assent"] = label
            return
        self.found.welcome["text"] = _paragraphs(label)
        if row.get("media::image"):
            self.found.welcome["picture"] = row["media::image"]

    def _page(self, number: int, kind: str, name: str, row: Cells) -> None:
        label = self.text(row, "label")
        page = self._of_kind(number, kind, name, row) if label else None
        if not label:
            self.say(number, name, f"“{kind}” asks nobody anything; it is left out")
        if page is None:
            return
        page_id = self._named(number, name, "page", set(self.found.rows))
        whole = {"kind": page.pop("kind"), "id": page_id, "ask": label, **page}
        if "hint" not in whole and self.text(row, "hint"):
            whole["hint"] = self.text(row, "hint")
        if row.get("media::image"):
            whole["picture"] = row["media::image"]
        self.found.names[name] = page_id
        self.found.rows[page_id] = row
        self._values(page_id, whole)
        self._when(number, name, row, whole)
        self._beside(number, name, row)
        self.found.pages.append({key: value for key, value in whole.items() if value != ""})

    def _of_kind(self, number: int, kind: str, name: str, row: Cells) -> dict[str, Any] | None:
        base, _, listed = kind.partition(" ")
        if base in ("select_one", "select_multiple") and listed:
            return self._choice(number, base, listed, name, row)
        if kind in ("note", "acknowledge"):
            return self._note(row)
        if kind == "text":
            limit = LIMIT.search(row.get("constraint", ""))
            most = min(max(int(limit[1]), 1), 5000) if limit else 2000
            return {"kind": "comment"} | ({"max_characters": most} if most != 2000 else {})
        if (kind == "integer" and ZERO_TO_TEN.search(row.get("constraint", ""))) or (
            kind == "range" and _is_zero_to_ten(row.get("parameters", ""))
        ):
            return self._scale(number, name, row)
        self.say(number, name, f"Voice has no question of the kind “{kind}”; it is left out")
        return None

    def _note(self, row: Cells) -> dict[str, Any]:
        first, *rest = _paragraphs(self.text(row, "label"))
        return {"kind": "information", "ask": first, "text": rest or [first]}

    def _scale(self, number: int, name: str, row: Cells) -> dict[str, Any]:
        hint = self.text(row, "hint")
        ends = ENDS.fullmatch(hint)
        if ends:
            return {"kind": "scale", "hint": ends[1] or "", "low": ends[2], "high": ends[3]}
        self.say(number, name, "say what 0 and 10 mean: low and high")
        return {"kind": "scale", "hint": hint, "low": "0", "high": "10"}

    def _choice(
        self, number: int, base: str, listed: str, name: str, row: Cells
    ) -> dict[str, Any] | None:
        list_name, _, extra = listed.partition(" ")
        kind = "choose_many" if base == "select_multiple" else "choose_one"
        if kind == "choose_one" and row.get("appearance", "") == FACES:
            kind = "faces"
        if extra:
            self.say(
                number, name, f"“{extra}” is left out: add an answer in its place if it is needed"
            )
        rows = [one for one in self.form.choices if one.get("list_name") == list_name]
        if not 2 <= len(rows) <= MOST[kind]:
            why = f"it has {len(rows)} answers, and Voice shows 2 to {MOST[kind]}; it is left out"
            self.say(number, name, why)
            return None
        options, taken = [], set[str]()
        for choice in rows:
            value = _as_id(choice.get("name", ""), "answer", taken)
            taken.add(value)
            option = {"value": value, "label": self.text(choice, "label") or value}
            option |= {"picture": choice["media::image"]} if choice.get("media::image") else {}
            options.append(option | ({"dont_know": True} if value == UNSURE else {}))
        return {"kind": kind, "options": options}

    def _values(self, page_id: str, page: dict[str, Any]) -> None:
        listed = self.found.rows[page_id].get("type", "").split()
        names = [
            one.get("name", "")
            for one in self.form.choices
            if len(listed) > 1 and one.get("list_name") == listed[1]
        ]
        for name, option in zip(names, page.get("options", []), strict=False):
            self.found.values[page_id, name] = option["value"]

    def _when(self, number: int, name: str, row: Cells, page: dict[str, Any]) -> None:
        own = row.get("relevant", "")
        all_of = [one for one in [*self._groups, own] if one]
        if not all_of:
            return
        if len(all_of) > 1:
            why = "Voice looks at one earlier answer, but the group has a condition, too"
            self.say(number, name, f"{why}: it is shown to everybody; look at it")
            return
        names = self.found.names
        when = read_relevant(
            all_of[0],
            lambda asked: names.get(asked, ""),
            lambda asked, choice: self.found.values.get((names.get(asked, ""), choice), ""),
        )
        if when is None:
            why = "its condition is more than “an earlier answer is one of these”"
            self.say(number, name, f"{why}: it is shown to everybody; look at it")
        else:
            page["when"] = {"question": when.question, "is_one_of": list(when.is_one_of)}

    def _beside(self, number: int, name: str, row: Cells) -> None:
        """Say what else a row holds that Voice has no place for."""
        if row.get("required", "").lower() in ("yes", "true", "true()", "1"):
            self.say(number, name, "no question of Voice must be answered")
        for column in ("default", "calculation", "choice_filter", "read_only", "trigger"):
            if row.get(column):
                self.say(number, name, f"“{column}” is left out")
        sound = [cell for column, cell in row.items() if column.startswith("media::audio")]
        if sound:
            why = "put it into recordings/ with its record; docs/listening.md"
            self.say(number, name, f"the recording {sound[0]} is not in the form: {why}")

    def _named(self, number: int, name: str, instead: str, taken: set[str]) -> str:
        page_id = _as_id(name, instead, taken)
        if page_id != name:
            self.say(number, name, f"it is called {page_id} here")
        return page_id


def _is_zero_to_ten(parameters: str) -> bool:
    said = dict(
        part.split("=", 1) for part in re.split(r"[\s,;]+", parameters.lower()) if "=" in part
    )
    return (said.get("start"), said.get("end"), said.get("step", "1")) == ("0", "10", "1")


def _paragraphs(label: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", label) if part.strip()] or [""]


def _as_id(name: str, instead: str, taken: Sequence[str] | set[str]) -> str:
    """Return an id that Voice can use: small letters, digits and low lines, none twice."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    plain = plain if plain[:1].isalpha() else f"{instead}_{plain}".rstrip("_")
    plain = plain[:36].rstrip("_")
    made, number = plain, 1
    while made in taken:
        number += 1
        made = f"{plain}_{number}"
    return made
