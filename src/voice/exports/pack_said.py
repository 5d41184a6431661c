"""The sections of an evidence pack about what people said: who answered, themes, areas."""

from collections.abc import Sequence

from voice.exports import figures
from voice.exports.document import Block, Cell, Column, Points, Quote, Section, Table, Words
from voice.exports.figures import NO_THEME, Keys
from voice.exports.making import Making
from voice.report.lines import Line
from voice.report.made import Report
from voice.report.who import Who


async def who_answered(making: Making) -> Section:
    """Return who answered and who is missing: of each survey, or family of surveys, once."""
    first: dict[str, Report] = {}
    for report in making.reports:
        if report.who:
            first.setdefault(report.asked.asked_of, report)
    parts = tuple(
        _who(_of_whom(making, one), report.waves, report.who)
        for one, report in first.items()
        if report.who
    )
    none = () if parts else (Words("Nobody has been asked for words yet."),)
    return Section("Who answered, and who is missing", none, parts)


def _of_whom(making: Making, asked_of: str) -> str:
    surveys = making.catalogue.members(asked_of)
    return "; ".join(survey.title for survey in surveys)


def _who(of: str, waves: Sequence[str], who: Who) -> Section:
    keys: Keys = (("Of whom", of),)
    own = "themselves" if who.themselves else "or somebody who answered for them"
    share = who.own_share or "not shown"
    points = [f"{_capital(who.people)} sent answers."]
    points += [f"Answers of children and young people {own}, of all answers: {share}."]
    points += [f"There are {who.everybody}. Source: {who.source}"]
    if who.reach:
        points += [f"Of so many, {who.reach} answered {own}."]
    points += [
        f"Missing: “{answer}” ({one.chart.caption}), less than half as often as there are people."
        for one in who.compared
        for answer in one.missing
    ]
    points += [f"No survey here asks about: {name}." for name in who.not_asked]
    blocks: list[Block] = [Points(tuple(points))]
    blocks += [figures.shares(who.voices, keys, "who")]
    if who.by_wave:
        blocks += [figures.by_wave(who.by_wave, waves, keys)]
    blocks += [
        figures.groups(chart, "Group", keys, "manners", about="How they answered: ")
        for chart in who.manners
    ]
    blocks += [
        figures.shares(one.chart, keys, "who-compared", of_all=True)
        for one in who.compared
        if one.chart.any_shown
    ]
    return Section(of, tuple(blocks))


async def themes(making: Making) -> Section:
    """Return the agreed themes, question by question."""
    parts = tuple(_question(report) for report in making.reports if report.lines)
    none = () if parts else (Words("No theme is agreed yet."),)
    return Section("What people said: agreed themes", none, parts)


def _question(report: Report) -> Section:
    asked = report.asked
    keys: Keys = (("Question", asked.words), ("Asked of", asked.asked_of))
    blocks: list[Block] = [Words(asked.name, "Asked of:"), figures.themes(report.lines, keys)]
    if report.wrote and report.wrote.any_shown:
        blocks.append(figures.groups(report.wrote, "What they did", keys, "question"))
    return Section(asked.words, tuple(blocks), tuple(_theme(one, keys) for one in report.lines))


def _theme(line: Line, keys: Keys) -> Section:
    keys = (*keys, ("Number of the theme", line.id), ("Theme", line.name))
    blocks: list[Block] = [Words(f"{line.sentence} {_capital(line.people.words)}.".strip())]
    blocks += [
        Quote(quote.words, ". ".join(part for part in (_from(quote.voice), quote.where) if part))
        for quote in line.quotes
    ]
    if line.telling:
        blocks.append(Words(", ".join(line.telling), "Telling words:"))
    charts = [line.voices, line.waves, *([line.feelings] if line.feelings else []), *line.manners]
    shown = [chart for chart in charts if chart.any_shown]
    blocks += [figures.groups(chart, "Group", keys, "theme-groups") for chart in shown]
    hidden = [chart.caption for chart in charts if not chart.any_shown]
    if hidden:
        blocks.append(Words(f"{'; '.join(hidden)}: not shown, the groups are too small."))
    return Section(line.name, tuple(blocks))


async def areas(making: Making) -> Section:
    """Return every area of every framework with its themes; those without one too."""
    places = range(len(making.sources.frameworks))
    return Section("Area by area", (), tuple(_framework(making, place) for place in places))


def _framework(making: Making, place: int) -> Section:
    framework = making.sources.frameworks[place]
    words = Table(
        sheet="areas",
        caption=f"The areas, and where their words come from: {framework.name}",
        keys=(("Framework", framework.id),),
        columns=(Column("Area"), Column("Words"), Column("Where the words come from")),
        rows=tuple((a.name, a.official or a.plain, a.provenance) for a in framework.areas),
    )
    rows: list[tuple[Cell, ...]] = []
    for at, area in enumerate(framework.areas):
        found = [
            (area.name, line.name, report.asked.words, line.people.number)
            for report in making.reports
            for line in report.frameworks[place].areas[at].themes
        ]
        rows += found or [(area.name, NO_THEME, "", "")]
    themes = Table(
        sheet="area-themes",
        caption=f"The themes of each area: {framework.name}",
        keys=(("Framework", framework.id),),
        columns=(
            Column("Area"),
            Column("Theme"),
            Column("Question"),
            Column("People", people=True),
        ),
        rows=tuple(rows),
    )
    valid = f"Version {framework.version}, in use from {framework.valid_from.isoformat()}."
    return Section(framework.name, (Words(valid), words, themes))


def _from(voice: str) -> str:
    return f"From {voice}" if voice else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
