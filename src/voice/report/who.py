"""Who answered, how, and who is missing: voices apart, and answers for somebody else apart."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from voice.answering.background_store import Chosen
from voice.report.chart import Chart, chart, said
from voice.report.counted import Answered
from voice.report.population import Group, Population
from voice.report.safe import Crossed, Rules, by_row, crossed, in_row, within
from voice.review.wording import VOICES
from voice.small_numbers.count import Shown, share
from voice.surveys.questions import ChooseOne
from voice.surveys.survey import Survey

MANNERS = {
    "alone": "On their own",
    "with_help": "With help to read it or to say it",
    "answered": "Somebody else answered for them",
    "observed": "An adult wrote down what they saw",
    "not_said": "Not said",
}
WITH_HELP = {"read": "with_help", "said": "with_help", None: "not_said"}
ASKED_WHO_HELPED = ("child", "young_person", "parent")
NO_ANSWER = "no_answer"
NO_GROUP = "no such group"
HALF = 0.5  # Of the share among all people: below it a group is called missing.


class Counted(Struct, frozen=True):
    """Exact counts by (voice, manner, wave), and what may be shown of them by voice and wave."""

    exact: Mapping[tuple[str, str, str], int]
    voices: Crossed

    def manner(self, voice: str, rules: Rules) -> Crossed | None:
        """Return how one voice answered; None where the voice itself is not shown."""
        parts = crossed(in_row(self.exact, voice), tuple(MANNERS), rules)
        return within(self.voices, voice, parts)


class Compared(Struct, frozen=True):
    """The answers of one voice to one question about themselves, beside the population.

    `filled` tells whether the area has filled in how many there are; `missing` are the answers
    that are given less than half as often as there are people.
    """

    chart: Chart
    filled: bool
    source: str
    missing: Sequence[str]


class Who(Struct, frozen=True, kw_only=True):
    """The part of a report that says who answered.

    `own_share` is that of children and young people: of those who answered themselves, alone or
    with help, or (not `themselves`) of all, where the others are hidden. `reach` is how many they
    are of all there are, where known.
    """

    people: str
    voices: Chart
    by_wave: Sequence[tuple[str, Sequence[str]]]
    own_share: str
    themselves: bool
    reach: str
    everybody: str
    source: str
    manners: Sequence[Chart]
    manners_of_all_waves: bool
    compared: Sequence[Compared]
    not_asked: Sequence[str]


def manner_of(helped: str | None) -> str:
    """Return under which manner an answer is counted: who answers for somebody is never pooled."""
    return WITH_HELP.get(helped, helped or "not_said")


def count(answered: Iterable[Answered], rules: Rules) -> Counted:
    """Return the counts of everybody who sent answers."""
    exact: dict[tuple[str, str, str], int] = {}
    for one in answered:
        key = (one.voice, manner_of(one.helped), one.wave)
        exact[key] = exact.get(key, 0) + one.n
    return Counted(exact, crossed(by_row(exact), tuple(VOICES), rules))


def who(
    counted: Counted,
    chosen: Sequence[Chosen],
    surveys: Sequence[Survey],
    population: Population,
    rules: Rules,
    wave: str,
) -> Who:
    """Return who answered in a wave, or in all (""), and who is missing."""
    voices, whole = counted.voices.parts(wave), counted.voices.people(wave)
    of = _exact(counted, wave)
    everybody = population.everybody
    once = bool(wave) or len(rules.waves) == 1  # Who answers in two waves would count twice.
    manners, manners_of_all = _manners(counted, rules, wave)
    themselves = None if wave and manners_of_all else _themselves(manners)
    own = _own(voices) if themselves is None else themselves
    n_people = everybody.people if isinstance(everybody.people, int) else 0

    def part(n: int | None, base: int) -> str:
        known = n is not None and whole.number is not None
        return share(n or 0, base, threshold=rules.threshold).words if known else ""

    return Who(
        people=whole.words,
        voices=chart(
            "Who answered",
            voices,
            VOICES,
            shares={v: part(of[v], sum(of.values())) for v, n in voices.items() if n.number},
        ),
        by_wave=[] if wave else _by_wave(counted.voices, rules),
        own_share=part(own, sum(of.values())),
        themselves=themselves is not None,
        reach=part(own, n_people) if n_people and once else "",
        everybody=f"{n_people:,} {everybody.name}" if n_people else everybody.name,
        source=everybody.source,
        manners=[chart(VOICES[voice], parts, MANNERS) for voice, parts in manners.items()],
        manners_of_all_waves=manners_of_all,
        compared=_compared(counted, chosen, surveys, population.groups, rules),
        not_asked=[g.name for g in population.groups if not _asking(surveys, g.question)],
    )


def _manners(
    counted: Counted, rules: Rules, wave: str
) -> tuple[dict[str, Mapping[str, Shown]], bool]:
    """Return how each voice answered, and whether that is of all waves: one may show nothing."""
    found = {voice: counted.manner(voice, rules) for voice in ASKED_WHO_HELPED}
    told = {voice: parts for voice, parts in found.items() if parts is not None}
    of_all = not wave or not all(_any(parts.parts(wave)) for parts in told.values())
    return {voice: parts.parts("" if of_all else wave) for voice, parts in told.items()}, of_all


def _exact(counted: Counted, wave: str) -> dict[str, int]:
    found = dict.fromkeys(VOICES, 0)
    for (voice, _, when), n in counted.exact.items():
        found[voice] += n if wave in ("", when) else 0
    return found


def _own(voices: Mapping[str, Shown]) -> int | None:
    """Return children and young people together, from what is shown of each; else None."""
    own = [voices[voice].number for voice in ("child", "young_person")]
    return sum(n for n in own if n is not None) if None not in own else None


def _themselves(manners: Mapping[str, Mapping[str, Shown]]) -> int | None:
    """Return children and young people who answered themselves, from what is shown; else None."""
    own = [
        manners[voice][manner].number if voice in manners else None
        for voice in ("child", "young_person")
        for manner in ("alone", "with_help")
    ]
    return sum(n for n in own if n is not None) if None not in own else None


def _any(parts: Mapping[str, Shown]) -> bool:
    return any(one.number is not None for one in parts.values())


def _by_wave(voices: Crossed, rules: Rules) -> list[tuple[str, list[str]]]:
    """Return a line for each voice with its number in each wave, and one for everybody."""
    if len(rules.waves) < 2:
        return []
    lines = [
        (name, [said(voices.cells[wave][voice]) for wave in rules.waves])
        for voice, name in VOICES.items()
    ]
    return [*lines, ("Everybody", [said(voices.waves[wave]) for wave in rules.waves])]


def _asking(surveys: Sequence[Survey], question: str) -> dict[str, ChooseOne]:
    """Return {voice: the question as it is first put to them}."""
    found: dict[str, ChooseOne] = {}
    for survey in surveys:
        page = survey.page(question)
        if isinstance(page, ChooseOne):
            found.setdefault(survey.voice, page)
    return found


def _compared(
    counted: Counted,
    chosen: Sequence[Chosen],
    surveys: Sequence[Survey],
    groups: Sequence[Group],
    rules: Rules,
) -> list[Compared]:
    """Return a table for each question about people and each voice that was asked; all waves."""
    found = []
    for group in groups:
        for voice, question in _asking(surveys, group.question).items():
            counts = {
                (one.option, one.wave): one.n
                for one in chosen
                if (one.voice, one.question_id) == (voice, group.question)
            }
            line = _one_compared(counted, counts, voice, group, question, rules)
            if line is not None:
                found.append(line)
    return found


def _one_compared(
    counted: Counted,
    counts: Mapping[tuple[str, str], int],
    voice: str,
    group: Group,
    question: ChooseOne,
    rules: Rules,
) -> Compared | None:
    names = {option.value: option.label for option in question.options if not option.dont_know}
    names[NO_ANSWER] = "Missed it, was not sure, or was not asked"
    every = in_row(counted.exact, voice)
    n = sum(every.values())
    parts = {
        (option, ""): sum(k for (o, _), k in counts.items() if o == option) for option in names
    }
    parts[NO_ANSWER, ""] = max(0, n - sum(parts.values()))
    safe = crossed(parts, tuple(names), Rules([""], rules.threshold))
    shown = within(counted.voices, voice, safe.without_waves())
    if shown is None:
        return None
    shares, more, missing = {}, {}, []
    for option, one in shown.rows.items():
        part = share(parts[option, ""], n, threshold=rules.threshold)
        expected = group.share(option)
        shares[option] = part.words if one.number is not None else ""
        blank = "" if option in group.people else NO_GROUP
        more[option] = blank if expected is None else f"about {round(100 * expected)}%"
        if expected is not None and one.number is not None and part.number is not None:
            missing += [names[option]] if part.number < 100 * HALF * expected else []
    filled = any(group.share(option) is not None for option in names)
    title = f"{group.name}: {VOICES[voice].lower()}"
    table = chart(title, shown.rows, names, shares=shares, more=more)
    return Compared(table, filled, group.source, missing)
