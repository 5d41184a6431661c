"""A measure as lines of a table: baseline, target, milestones, and what was found since.

A decline is told as plainly as a gain: by the same rule, in as many words, in the same place.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct, structs

from voice.languages.say import later, say
from voice.measures.asked import TWICE, are_same, wave_order
from voice.measures.figures import Change, Figure, change, reaches
from voice.measures.measure import Planned, with_unit
from voice.measures.store import Actual, Kept
from voice.small_numbers.count import NOT_SHOWN
from voice.web.templates import day
from voice.you_said.said import season

CHANGES: dict[Change, str] = {
    "better": later("Better than before (%(before)s)"),
    "worse": later("Worse than before (%(before)s)"),
    "maybe_better": later("Better than before (%(before)s). The difference may be chance."),
    "maybe_worse": later("Worse than before (%(before)s). The difference may be chance."),
    "same": later("The same as before (%(before)s)"),
}


class Line(Struct, frozen=True, kw_only=True):
    """One line: what it is, its figure, when, from where, and what became of it.

    `figure` is "" where it is not shown, and `more` says how sure it is, or why not. `why` and
    `reason` say why it cannot be compared. Officers wrote `source`, `reason` and `note`.
    """

    part: str
    figure: str
    more: Sequence[str] = ()
    when: str
    source: str = ""
    change: str = ""
    why: str = ""
    reason: str = ""
    note: str = ""

    @property
    def has_words(self) -> bool:
        """Whether an officer's word stands in the figure, such as “weeks”."""
        return any(letter.isalpha() for letter in self.figure)


class Names(Struct, frozen=True):
    """What the lines are called in one wording."""

    baseline: str
    target: str
    step: str
    actual: str


def lines(kept: Kept, found: Sequence[Actual], today: date, *, easy: bool = False) -> list[Line]:
    """Return the lines of a measure: the baseline, where it is to be, then all that was found."""
    actuals = in_order(kept, found)
    first = _first_shown(kept, actuals)
    rest = [one for one in actuals if one is not first]
    named = _EASY if easy else _NAMES
    planned = [(say(named.step, n=n), step) for n, step in enumerate(kept.milestones, 1)]
    planned += [(say(named.target), kept.target)] if kept.target else []
    every = [*_baseline(kept, first, say(named.baseline))]
    every += [_planned(kept, name, step, actuals, today) for name, step in planned]
    if kept.target is None:
        nothing = say("No target has been set.")
        every.append(Line(part=say(named.target), figure="", more=[nothing], when=""))
    before = _before_all(kept, first)
    for n, one in enumerate(rest, 1):
        every.append(_actual(kept, say(named.actual, n=n), one, before))
        before = one if one.value is not None else before
    return every


def latest(kept: Kept, found: Sequence[Actual], today: date, *, easy: bool = False) -> Line | None:
    """Return the line of the last figure; None where nothing was found since the baseline."""
    actuals = in_order(kept, found)
    since = len(actuals) - (_first_shown(kept, actuals) is not None)
    return lines(kept, found, today, easy=easy)[-1] if since else None


def in_order(kept: Kept, found: Sequence[Actual]) -> list[Actual]:
    """Return what holds of all that was found: the newest of each day or wave, by time."""
    if kept.asking:
        waves = newest_by_wave(found)
        return [waves[wave] for wave in sorted(waves, key=wave_order)]
    days = {one.on_day: one for one in sorted(found, key=lambda one: one.id)}
    return [days[on_day] for on_day in sorted(days)]


def newest_by_wave(found: Iterable[Actual]) -> Mapping[str, Actual]:
    """Return what was kept last of each wave."""
    return {one.wave: one for one in sorted(found, key=lambda one: one.id) if one.wave}


def unknown_waves(found: Sequence[Actual]) -> list[str]:
    """Return the waves of which nobody has said in which words they were asked."""
    newest = {one.wave: one for one in found if one.wave}
    return [wave for wave, one in newest.items() if not one.asked]


def when(one: Actual) -> str:
    """Say of when a figure is: a wave, or a day."""
    return season(one.wave) if one.wave else day(one.on_day)


def _first_shown(kept: Kept, actuals: Sequence[Actual]) -> Actual | None:
    """Return the wave that is the baseline of a share of answers."""
    shown = (one for one in actuals if one.value is not None)
    return next(shown, None) if kept.asking else None


def _before_all(kept: Kept, first: Actual | None) -> Actual | Planned | None:
    return first if kept.asking else kept.baseline


def _baseline(kept: Kept, first: Actual | None, name: str) -> list[Line]:
    if first is not None:
        return [_shown(kept, name, first)]
    if kept.baseline is not None:
        figure, on = with_unit(kept.baseline.value, kept.unit), day(kept.baseline.on)
        return [Line(part=name, figure=figure, when=on, source=kept.source)]
    return [Line(part=name, figure="", more=[say("Not known yet.")], when="")]


def _planned(kept: Kept, name: str, step: Planned, actuals: Sequence[Actual], today: date) -> Line:
    """Return the line of what is to be: reached by its day, missed, or still to come."""
    in_time = [one for one in actuals if one.value is not None and one.on_day <= step.on]
    reached = bool(in_time) and reaches(in_time[-1].value or Decimal(), step.value, kept.better)
    if reached:
        became = say("Reached")
    else:
        became = say("Missed") if step.on < today else say("Not reached yet")
    figure = with_unit(step.value, _unit(kept))
    return Line(part=name, figure=figure, when=say("by %(day)s", day=day(step.on)), change=became)


def _actual(kept: Kept, name: str, one: Actual, before: Actual | Planned | None) -> Line:
    line = _shown(kept, name, one)
    if one.value is None or before is None or before.value is None:
        return line
    then = day(before.on) if isinstance(before, Planned) else when(before)
    why = _not_comparable(one, before)
    if why or one.not_comparable:
        became = say("Not comparable with before (%(before)s)", before=then)
        return structs.replace(line, change=became, why=why, reason=one.not_comparable)
    found = change(_figure(before), _figure(one), kept.better)
    return structs.replace(line, change=say(CHANGES[found], before=then))


def _not_comparable(one: Actual, before: Actual | Planned) -> str:
    """Say why the words keep two waves from being compared; "" where they do not."""
    if one.wave is None or isinstance(before, Planned) or are_same(before.asked, one.asked):
        return ""
    if not before.asked or not one.asked:
        return say("It is not known whether the question was asked in the same words.")
    if TWICE in before.asked or TWICE in one.asked:
        return say("The words of the question changed in the middle.")
    return say("The question was asked in other words.")


def _shown(kept: Kept, name: str, one: Actual) -> Line:
    if one.value is None:
        hidden = say(NOT_SHOWN)
        return Line(part=name, figure="", more=[hidden], when=when(one), note=one.note)
    more = []
    if one.people is not None:
        more = [
            one.crowd,
            say("likely between %(low)s%% and %(high)s%%", low=one.low, high=one.high),
        ]
    return Line(
        part=name,
        figure=with_unit(one.value, _unit(kept)),
        more=more,
        when=when(one),
        source=one.source,
        note=one.note,
    )


def _figure(one: Actual | Planned) -> Figure:
    value = one.value if one.value is not None else Decimal()
    return Figure(value) if isinstance(one, Planned) else Figure(value, one.low, one.high)


def _unit(kept: Kept) -> str:
    return "%" if kept.asking else kept.unit


_NAMES = Names(
    baseline=later("Baseline"),
    target=later("Target"),
    step=later("Milestone %(n)s"),
    actual=later("Actual %(n)s"),
)
_EASY = Names(
    baseline=later("Where we began"),
    target=later("Where we want to be"),
    step=later("Step %(n)s on the way"),
    actual=later("Where we are: %(n)s"),
)
