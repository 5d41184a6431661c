"""The themes of a report: how large, who said it, how it sounds, and what stands for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from voice.report.chart import Chart, chart, said
from voice.report.counted import Member, Quotable, Said, Theme, Wrote
from voice.report.safe import Crossed, Rules, beside, by_row, crossed, in_row, within
from voice.report.spread import Quote, spread
from voice.report.telling import Vocabulary
from voice.report.who import ASKED_WHO_HELPED, MANNERS, Counted, manner_of
from voice.review.wording import ONE_VOICE, VOICES
from voice.small_numbers.count import Shown, by_voice, share
from voice.themes.describe import describe, share_in_words
from voice.themes.praise import Split

WROTE = {
    "themed": "Said something that is in an agreed theme",
    "not_themed": "Said something that is in no agreed theme",
    "nothing": "Wrote nothing here, or was not asked",
}
FEELINGS = {
    "positive": "What goes well",
    "negative": "What goes wrong",
    "mixed": "Both, or neither clearly",
    "in_part": "Not looked at: said among other things",
}


class Question(Struct, frozen=True):
    """What became of the question: `parts` are those of `WROTE`, `base` those who said something.

    `parts` is None where nothing of it may be shown. `base` is exact, for shares in words only.
    """

    parts: Mapping[str, Shown] | None
    base: int


class Line(Struct, frozen=True, kw_only=True):
    """One theme. `share` is “Many”, or "" where it may not be said; charts are empty likewise.

    `length` is that of its bar among the themes.
    """

    id: int
    name: str
    sentence: str
    share: str
    people: Shown
    said: str
    voices: Chart
    waves: Chart
    feelings: Chart | None
    manners: Sequence[Chart]
    telling: Sequence[str]
    quotes: Sequence[Quote]


class Read(Struct, frozen=True):
    """All that was read about the themes of a question."""

    themes: Sequence[Theme]
    members: Sequence[Member]
    quotable: Mapping[int, Sequence[Quotable]]
    words: Sequence[Said]


class Of(Struct, frozen=True):
    """What was read about one theme; `inside` is where its comments are among the words read."""

    theme: Theme
    members: Sequence[Member]
    quotable: Sequence[Quotable]
    inside: Sequence[int]


class Scope(Struct, frozen=True):
    """Of what the themes are told: everybody who answered, the question, and the wave ("": all)."""

    counted: Counted
    asked: Question
    rules: Rules
    wave: str


def question(wrote: Sequence[Wrote], read: Read, rules: Rules, wave: str) -> Question:
    """Return what became of the question, in a wave or in all ("").

    With one theme, those in a theme are those in this theme: then all of it is shown or nothing,
    and of all waves only.
    """
    counts = {(one.said, one.wave): one.n for one in wrote}
    made = crossed(counts, tuple(WROTE), rules)
    parts: Mapping[str, Shown] | None = made.parts(wave)
    if len(read.themes) == 1 and (wave or not _all_shown(made)):
        parts = None
    # Where the rest is hidden, the base must not tell it: then it is everybody.
    told = parts is not None and parts["nothing"].number is not None
    out = ("nothing",) if told else ()
    base = sum(n for (what, when), n in counts.items() if wave in ("", when) and what not in out)
    return Question(parts, base)


def _all_shown(made: Crossed) -> bool:
    return all(one.number is not None for one in made.rows.values())


def lines(read: Read, scope: Scope) -> list[Line]:
    """Return the themes, the largest first; those that are not shown come last, by their names."""
    vocabulary = Vocabulary.of(one.words for one in read.words)
    members: dict[int, list[Member]] = defaultdict(list)
    for one in read.members:
        members[one.theme_id].append(one)
    inside: dict[int, list[int]] = defaultdict(list)
    for place, said_here in enumerate(read.words):
        for theme_id in said_here.theme_ids:
            inside[theme_id].append(place)
    made = [
        _line(
            Of(theme, members[theme.id], read.quotable.get(theme.id, ()), inside[theme.id]),
            vocabulary,
            scope,
        )
        for theme in read.themes
    ]
    return sorted(made, key=lambda line: (-(line.people.number or 0), line.name.casefold()))


def _line(of: Of, vocabulary: Vocabulary, scope: Scope) -> Line:
    counted, rules, wave = scope.counted, scope.rules, scope.wave
    theme, exact = of.theme, _exact(of.members)
    rows = by_row(exact)
    base = by_row(counted.exact)
    shown = beside(base, rows, crossed(rows, tuple(VOICES), rules), rules)
    here = shown.people(wave)
    n = sum(k for (_, when), k in rows.items() if wave in ("", when))
    part = (
        None
        if here.number is None
        else share(n, scope.asked.base, threshold=rules.threshold).number
    )
    words_may_tell = bool(of.inside) and shown.total.number is not None
    telling = vocabulary.telling(of.inside) if words_may_tell else []
    split = _split(theme, of.members) if shown.total.number is not None else None
    named = {voice for voice, one in shown.rows.items() if one.number is not None}
    return Line(
        id=theme.id,
        name=theme.name,
        sentence=theme.description
        or describe(None if part is None else part / 100, telling, split),
        share="" if part is None else share_in_words(part / 100),
        people=here,
        said=said(here),
        voices=chart("By voice", shown.parts(wave), VOICES, about=theme.name),
        waves=chart("By wave", shown.waves, {one: one for one in rules.waves}, about=theme.name),
        feelings=_feelings(theme, split, of.members, rules),
        manners=_manners(theme, exact, shown, counted, rules),
        telling=telling,
        quotes=spread(of.quotable, named, ONE_VOICE.__getitem__)
        if shown.total.number is not None
        else [],
    )


def _exact(members: Sequence[Member]) -> dict[tuple[str, str, str], int]:
    """Return the people of a theme by (voice, manner, wave)."""
    found: dict[tuple[str, str, str], int] = {}
    for one in members:
        key = (one.voice, manner_of(one.helped), one.wave)
        found[key] = found.get(key, 0) + one.n
    return found


def _in_part(members: Sequence[Member]) -> tuple[int, int]:
    """Return how many said it among other things, and how many are in the theme."""
    return sum(one.in_part for one in members), sum(one.n for one in members)


def _split(theme: Theme, members: Sequence[Member]) -> Split | None:
    """Return praise and complaint, once all comments that are in it as a whole were heard."""
    in_part, n = _in_part(members)
    split = theme.split
    if not n or split.positive + split.negative + split.mixed != n - in_part:
        return None
    return split


def _feelings(
    theme: Theme, split: Split | None, members: Sequence[Member], rules: Rules
) -> Chart | None:
    """Return praise and complaint as parts of all that are in the theme, of all waves."""
    if split is None:
        return None
    counts = {
        "positive": split.positive,
        "negative": split.negative,
        "mixed": split.mixed,
        "in_part": _in_part(members)[0],
    }
    names = FEELINGS if counts["in_part"] else {k: v for k, v in FEELINGS.items() if k != "in_part"}
    parts = by_voice({key: counts[key] for key in names}, threshold=rules.threshold)
    return chart("How it sounds", parts, names, about=theme.name)


def _manners(
    theme: Theme,
    exact: Mapping[tuple[str, str, str], int],
    shown: Crossed,
    counted: Counted,
    rules: Rules,
) -> list[Chart]:
    """Return how each voice answered who said this, of all waves; where anything of it is shown."""
    found = []
    for voice in ASKED_WHO_HELPED:
        mine, every = in_row(exact, voice), in_row(counted.exact, voice)
        made = within(shown, voice, crossed(mine, tuple(MANNERS), rules))
        safe = None if made is None else beside(every, mine, made, rules)
        if safe and any(one.number is not None for one in safe.rows.values()):
            title = f"How they answered: {VOICES[voice].lower()}"
            found.append(chart(title, safe.rows, MANNERS, about=theme.name))
    return found
