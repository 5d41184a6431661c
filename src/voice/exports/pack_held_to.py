"""The sections of an evidence pack that hold officers to it: measures, and challenges."""

from voice.challenges import shown as challenge_shown
from voice.challenges import store as challenge_store
from voice.challenges.shown import Challenge, Clock
from voice.exports.document import Block, Cell, Column, Section, Table, Words
from voice.exports.making import Making
from voice.measures import shown as measure_shown
from voice.measures import store as measure_store
from voice.measures.lines import Line
from voice.measures.shown import Known, OfArea, Shown
from voice.web.templates import day

LINE = ("Line", "Figure", "When", "What became of it", "How sure, and from where")
CHALLENGE = ("Number", "About", "Put on", "By", "How it stands", "To be answered by")


async def measures(making: Making) -> Section:
    """Return every measure of the layer, area by area: what got worse as plainly as the rest."""
    known = Known(making.catalogue, making.sources.frameworks, making.today)
    if making.layer == "public":
        found = await measure_shown.published(making.db, known)
    else:
        kept = await measure_store.every(making.db)
        actuals = await measure_store.actuals(making.db, [one.number for one in kept])
        every = [measure_shown.shown(one, actuals[one.number], known) for one in kept]
        found = measure_shown.by_area(every, known.frameworks)
    none = () if found else (Words("Nothing is measured yet."),)
    return Section("Measures", none, tuple(_area(one) for one in found))


def _area(of: OfArea) -> Section:
    heading = f"{of.area.name} ({of.framework})"
    return Section(heading, (), tuple(_measure(one, of.key) for one in of.measures))


def _measure(one: Shown, area: str) -> Section:
    kept = one.kept
    blocks: list[Block] = [Words(f"{one.better}.")]
    if not kept.published:
        blocks.append(Words("a draft, which the public cannot see.", "Not published:"))
    if one.counting:
        answers = ", ".join(f"“{answer}”" for answer in one.counting.answers)
        asked = f"“{one.counting.asked}” ({one.counting.survey}): who answered {answers}."
        blocks.append(Words(asked, "Share of answers to:"))
    blocks.append(
        Table(
            sheet="measures",
            caption=f"Measure {kept.number}: {kept.name}",
            keys=(("Area", area), ("Number of the measure", kept.number), ("Measure", kept.name)),
            columns=tuple(Column(name) for name in LINE),
            rows=tuple(_line(line) for line in one.lines),
        )
    )
    if kept.pledges:
        blocks.append(Words(", ".join(map(str, kept.pledges)), "About the pledges:"))
    return Section(f"Measure {kept.number}: {kept.name}", tuple(blocks))


def _line(line: Line) -> tuple[Cell, ...]:
    became = " ".join(words for words in (_dot(line.change), line.why, line.reason) if words)
    more = [*line.more, line.source, line.note]
    return (line.part, line.figure, line.when, became, ". ".join(one for one in more if one))


def _dot(words: str) -> str:
    return f"{words}." if words and not words.endswith(".") else words


async def challenges(making: Making) -> Section:
    """Return every challenge of the layer with its answer."""
    clock = Clock(making.today, making.challenge_days)
    kept = await (
        challenge_store.published(making.db)
        if making.layer == "public"
        else challenge_store.every(making.db)
    )
    found = [challenge_shown.shown(one, making.sources.frameworks, clock) for one in kept]
    if not found:
        return Section("Challenges", (Words("No challenge has been put."),))
    listed = Table(
        sheet="challenges",
        caption="Every challenge, the newest first",
        columns=tuple(Column(name) for name in CHALLENGE),
        rows=tuple(_row(one) for one in found),
    )
    return Section("Challenges", (listed,), tuple(_challenge(one) for one in found))


def _row(one: Challenge) -> tuple[Cell, ...]:
    kept = one.kept
    due = one.due.isoformat()
    return (
        kept.number,
        one.about,
        kept.put_on.isoformat(),
        kept.organisation,
        one.standing_words,
        due,
    )


def _challenge(one: Challenge) -> Section:
    kept, answer = one.kept, one.kept.answer
    blocks: list[Block] = [Words(one.about, "About:"), Words(one.words, "Challenge:")]
    if kept.confidential:
        blocks.append(Words(kept.confidential_because, "Confidential, because:"))
    if answer is None:
        blocks.append(Words(f"{one.standing_words}. To be answered by {day(one.due)}."))
    elif one.answer:
        blocks.append(Words(one.answer, f"Answer of {day(answer.on)}:"))
        if answer.confidential:
            blocks.append(
                Words(answer.confidential_because, "The answer is confidential, because:")
            )
    else:
        blocks.append(Words(f"There is an answer of {day(answer.on)}. It is confidential."))
    return Section(f"Challenge {kept.number}, put on {day(kept.put_on)}", tuple(blocks))
