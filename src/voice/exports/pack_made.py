"""The section of an evidence pack that says how it was made: versions, models and rules."""

from importlib.metadata import version

from voice.enrichment.models import Card, card
from voice.exports import pack_store
from voice.exports.document import Column, Points, Section, Table, Words
from voice.exports.making import Making
from voice.report.telling import FEWEST
from voice.small_numbers.count import SMALLEST_BASE, STEP
from voice.themes.describe import SHARES

HOW = (
    "Numbers of people are rounded to the nearest {step}. Fewer than {threshold} people are never"
    " counted out; a small group, an empty one, and one from which a small one could be worked out"
    " all say “not shown”.",
    "Percentages are whole, of rounded numbers, and from {base} people on.",
    "A theme counts when a person agreed to it. One person can have said several things, so themes"
    " do not add up. People chose to answer: the numbers do not stand for everybody.",
    "Quotes have the permission of who wrote them. Names and places that we found were taken out,"
    " and nothing that the safeguarding lead holds back is quoted.",
    "Telling words are used by {fewest} people of a theme and more, and there more than elsewhere."
    " How a theme sounds is a machine’s guess about each comment, often wrong about a single one.",
    "Answers given alone, with help, by somebody else, or observed by an adult are never put"
    " together.",
)


async def how_made(making: Making) -> Section:
    """Return how it was made. Nothing of it changes unless Voice, a model or a survey does."""
    threshold = making.sources.threshold
    rules = [
        one.format(step=STEP, threshold=threshold, base=SMALLEST_BASE, fewest=FEWEST) for one in HOW
    ]
    shares = "; ".join(
        f"{word}: {f'{round(100 * least)}% and more' if least else 'fewer'}"
        for least, word in SHARES
    )
    rules.append(f"Shares in words: {shares}.")
    made = Words(f"Voice {version('voice')}.", "Made with:")
    tables = (_surveys(making), await _runs(making), _models(making))
    return Section("How this was made", (made, Points(tuple(rules)), *tables))


async def _runs(making: Making) -> Table:
    names = ("Asked of", "Question", "Wave", "Themes found on", "By Voice", "With the large model")
    return Table(
        sheet="runs",
        caption="When themes were last looked for",
        columns=tuple(Column(name) for name in names),
        rows=tuple(await pack_store.runs(making.db)),
    )


def _surveys(making: Making) -> Table:
    return Table(
        sheet="surveys",
        caption="The surveys, and the wave each asks now",
        columns=tuple(Column(name) for name in ("Survey", "Title", "Wave", "Asked whom")),
        rows=tuple((s.id, s.title, s.wave, s.voice) for s in making.catalogue.surveys),
    )


def _models(making: Making) -> Table:
    cards = [
        (file.parent.name, card(file.parent)) for file in sorted(making.models.glob("*/card.toml"))
    ]
    return Table(
        sheet="models",
        caption="The language models that come with this version",
        columns=tuple(Column(name) for name in ("Model", "Version", "What for", "Licence")),
        rows=tuple((name, one.version, _what_for(one), one.licence) for name, one in cards),
    )


def _what_for(one: Card) -> str:
    return one.what_for or one.name
