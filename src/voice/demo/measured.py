"""What the demo's officer measures: figures that are made up, and shares of the demo's answers."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
from msgspec import Struct

from voice.database.pool import Connection
from voice.measures import run, store
from voice.measures.figures import Better
from voice.measures.measure import Asking, Found, Measure, Planned
from voice.surveys.catalogue import Catalogue

FILE = Path(__file__).parent / "measured.toml"


class FoundTold(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An outside figure, so many days from the day on which it is told."""

    days: int
    value: Decimal
    source: str
    not_comparable: str = ""
    note: str = ""

    def on(self, today: date) -> Found:
        """Return the figure as it is kept when it is told today."""
        return Found(
            value=self.value,
            on_day=today + timedelta(days=self.days),
            source=self.source,
            not_comparable=self.not_comparable,
            note=self.note,
        )


class MeasureTold(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A measure; `same_words` are the waves that were asked in the words of today."""

    area: str
    name: str
    easy_name: str
    better: Better
    unit: str = ""
    source: str = ""
    survey: str = ""
    question: str = ""
    options: tuple[str, ...] = ()
    baseline: Decimal | None = None
    baseline_days: int = 0
    target: Decimal
    target_days: int
    milestones: list[tuple[Decimal, int]] = []
    pledges: tuple[int, ...] = ()
    same_words: list[str] = []
    found: list[FoundTold] = []

    def on(self, today: date) -> Measure:
        """Return the measure as it is kept when it is told today."""

        def planned(value: Decimal, days: int) -> Planned:
            return Planned(value, today + timedelta(days=days))

        framework_id, _, area_id = self.area.partition("/")
        asking = Asking(self.survey, self.question, self.options) if self.survey else None
        began = None if self.baseline is None else planned(self.baseline, self.baseline_days)
        return Measure(
            framework_id=framework_id,
            area_id=area_id,
            name=self.name,
            easy_name=self.easy_name,
            better=self.better,
            unit=self.unit,
            source=self.source,
            asking=asking,
            baseline=began,
            target=planned(self.target, self.target_days),
            milestones=tuple(planned(*step) for step in self.milestones),
            pledges=self.pledges,
            published=True,
        )


class Measured(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    measures: list[MeasureTold]


def read() -> list[MeasureTold]:
    """Read the file."""
    return msgspec.toml.decode(FILE.read_bytes(), type=Measured).measures


async def tell_measures(db: Connection, catalogue: Catalogue, threshold: int, officer: int) -> None:
    """Keep the demo's measures, in the caller's transaction; those that are there stay."""
    there = {kept.name for kept in await store.every(db)}
    pledges = await store.pledges_now(db)
    for told in read():
        if told.name in there:
            continue
        measure = msgspec.structs.replace(
            told.on(date.today()), pledges=tuple(n for n in told.pledges if n in pledges)
        )
        number = await store.save_new(db, measure, officer, demo=True)
        await run.keep_readings_of(db, await store.one(db, number), catalogue, threshold)
        for wave in told.same_words:
            await run.say_same_words(db, number, wave, catalogue, officer)
        for found in told.found:
            await store.add_found(db, number, found.on(date.today()), officer)
