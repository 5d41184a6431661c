"""What stands in the form of a page or of the survey itself, and what it says when it is read."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast, get_args

from msgspec import Struct, structs

from voice.authoring.draft import Draft, free_name
from voice.surveys.problem import choices_on, options_of
from voice.surveys.questions import AnyPage, ChooseMany, Information, Option, Scale, When
from voice.surveys.survey import Voice, Welcome
from voice.surveys.words import OptionWords, PageWords, Words

EMPTY_ROWS = 2
MOST_ROWS = 40  # Twice what a page can offer: whatever was typed is shown again.
EASY = "easy-"


class Typed(Struct, frozen=True):
    """What stands in a form, what is wrong with it, and the boxes that are ticked.

    `now` is what stands in the newest version, where somebody else has changed it meanwhile.
    """

    said: Mapping[str, str]
    problems: Mapping[str, str] = {}
    ticked: Sequence[str] = ()
    now: Mapping[str, str] = {}

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows for answers."""
        return [n for n in range(MOST_ROWS) if f"option-{n}-label" in self.said]


def page_as_typed(page: AnyPage, words: PageWords) -> Typed:
    """Return what stands in the form for a page and its easy words."""
    said: dict[str, str] = {}
    for name in texts_of(page):
        said[name] = _shown(getattr(page, name))
        said[EASY + name] = _shown(getattr(words, name, None))
    said["picture"] = page.picture
    rows = options_of(page)
    for n, option in enumerate(rows):
        said |= _row(n, option, words.options.get(option.value, OptionWords()).label or "")
    if rows:
        for n in range(len(rows), len(rows) + EMPTY_ROWS):
            said |= _row(n, None, "")
    shown_to = page.when
    ticked = [f"{shown_to.question}/{value}" for value in shown_to.is_one_of] if shown_to else []
    return Typed(said, ticked=ticked)


def texts_of(page: AnyPage) -> tuple[str, ...]:
    """Return the fields of a page that people read, its answers left out."""
    if isinstance(page, Information):
        return ("ask", "hint", "text")
    return ("ask", "hint", "low", "high") if isinstance(page, Scale) else ("ask", "hint")


def read_page(page: AnyPage, words: PageWords, typed: Typed) -> tuple[AnyPage, PageWords] | Typed:
    """Return the page and its easy words as they were typed, or the form with what is wrong."""
    problems: dict[str, str] = {}
    changed: dict[str, Any] = {"picture": typed.said.get("picture", "")}
    easy: dict[str, Any] = {}
    for name in texts_of(page):
        value, easy_value = typed.said.get(name, ""), typed.said.get(EASY + name, "")
        if not value.strip() and name != "hint":
            problems[name] = "Write something here: people would find nothing."
        changed[name] = _lines(value) if name == "text" else value
        # Easy words that are empty on purpose, such as no hint, stay so; None is “as above”.
        nothing = "" if getattr(words, name) == "" else None
        easy[name] = (_lines(easy_value) if name == "text" else easy_value) or nothing
    changed["when"] = _when(typed.ticked, problems)
    if options_of(page):
        changed["options"], easy["options"] = _options(page, words, typed, problems)
    if problems:
        return structs.replace(typed, problems=problems)
    read = structs.replace(page, **changed)
    return read, structs.replace(words, **easy)


def about_as_typed(draft: Draft) -> Typed:
    """Return what stands in the form about the whole survey."""
    survey = draft.survey
    easy = draft.easy or Words(name="")
    said = {name: getattr(survey, name) for name in ("title", "audience", "wave", "family")}
    said |= {
        "voice": survey.voice,
        "text": _shown(survey.welcome.text),
        "assent": survey.welcome.assent,
        "picture": survey.welcome.picture,
        "easy-title": easy.title or "",
        "easy-audience": easy.audience or "",
        "easy-text": _shown(easy.welcome.text),
        "easy-assent": easy.welcome.assent or "",
    }
    return Typed(said)


def read_about(draft: Draft, typed: Typed) -> Draft | Typed:
    """Return the draft with what was typed about the whole survey, or the form with its faults."""
    said = {name: typed.said.get(name, "") for name in about_as_typed(draft).said}
    needed = ("title", "audience", "wave", "text", "assent")
    problems = {name: "Write something here." for name in needed if not said[name]}
    if said["voice"] not in get_args(Voice):
        problems["voice"] = "Choose who speaks."
    if problems:
        return structs.replace(typed, said=said, problems=problems)
    survey = structs.replace(
        draft.survey,
        title=said["title"],
        audience=said["audience"],
        wave=said["wave"],
        family=said["family"],
        voice=cast(Voice, said["voice"]),
        welcome=Welcome(text=_lines(said["text"]), assent=said["assent"], picture=said["picture"]),
    )
    return Draft(survey, _easy_about(draft.easy, said))


def waits_for(draft: Draft, page_id: str) -> list[AnyPage]:
    """Return the earlier pages whose answers can lead to this one."""
    earlier: list[AnyPage] = []
    for page in draft.survey.pages:
        if page.id == page_id:
            break
        if choices_on(page):
            earlier.append(page)
    return earlier


def _easy_about(easy: Words | None, said: Mapping[str, str]) -> Words | None:
    if easy is None:
        return None
    welcome = structs.replace(
        easy.welcome, text=_lines(said["easy-text"]) or None, assent=said["easy-assent"] or None
    )
    title, audience = said["easy-title"] or None, said["easy-audience"] or None
    return structs.replace(easy, title=title, audience=audience, welcome=welcome)


def _options(
    page: AnyPage, words: PageWords, typed: Typed, problems: dict[str, str]
) -> tuple[tuple[Option, ...], dict[str, OptionWords]]:
    """Return the answers by the numbers of their places; an emptied one is left out."""
    old = {option.value: option for option in options_of(page)}
    found: list[tuple[str, Option]] = []
    easy: dict[str, OptionWords] = {}
    for n in typed.rows:
        label = typed.said[f"option-{n}-label"]
        if not label:
            continue
        at, value, picture, easy_label = (
            typed.said.get(f"option-{n}-{name}", "") for name in ("at", "value", "picture", "easy")
        )
        if not re.fullmatch(r"[0-9]{1,3}", at):
            problems[f"option-{n}-at"] = "Write a whole number: 1 is the first answer."
        taken = {*old, *(option.value for _, option in found)}
        before = old.get(value) or Option(value=free_name(label, taken, "_", 36), label=label)
        found.append((at, structs.replace(before, label=label, picture=picture)))
        kept = words.options.get(before.value, OptionWords())
        if easy_label or kept.picture:
            easy[before.value] = structs.replace(kept, label=easy_label or None)
    most = 20 if isinstance(page, ChooseMany) else 12
    if not 2 <= len(found) <= most:
        problems["option-0-label"] = f"Write at least 2 answers, and {most} at most."
    if problems:
        return (), {}
    return tuple(option for _, option in sorted(found, key=lambda row: int(row[0]))), easy


def _when(ticked: Sequence[str], problems: dict[str, str]) -> When | None:
    if not ticked:
        return None
    asked = {one.partition("/")[0] for one in ticked}
    if len(asked) > 1:
        problems["when"] = "Tick answers of one question only: a page waits for one."
        return None
    return When(asked.pop(), tuple(one.partition("/")[2] for one in ticked))


def _row(n: int, option: Option | None, easy: str) -> dict[str, str]:
    return {
        f"option-{n}-value": option.value if option else "",
        f"option-{n}-at": str(n + 1),
        f"option-{n}-label": option.label if option else "",
        f"option-{n}-easy": easy,
        f"option-{n}-picture": option.picture if option else "",
    }


def _shown(value: str | tuple[str, ...] | None) -> str:
    return "\n".join(value) if isinstance(value, tuple) else value or ""


def _lines(value: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in value.splitlines() if line.strip())
