"""The made-up responses, and how they come into the database: marked as demo, each once."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from voice.answering.run import keep_batch
from voice.answering.store import Imported
from voice.database.pool import Connection
from voice.database.vault import Vault
from voice.surveys.catalogue import Catalogue
from voice.surveys.questions import DONT_KNOW, SKIPPED, Answer
from voice.surveys.survey import Voice

FILE = Path(__file__).parent / "responses.jsonl"


class DemoResponse(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the file. An answer of None was missed."""

    id: str
    survey: str
    wave: str
    voice: Voice
    helped: str | None
    may_quote: bool
    answers: dict[str, str | None]


def read() -> Iterator[DemoResponse]:
    """Yield the responses in the order of the file."""
    decoder = msgspec.json.Decoder(DemoResponse)
    with FILE.open("rb") as lines:
        for line in lines:
            yield decoder.decode(line)


async def keep(db: Connection, vault: Vault, catalogue: Catalogue) -> int:
    """Keep the responses that are not there yet, in the caller's transaction; return how many."""
    batches: dict[tuple[str, str], list[Imported]] = {}
    for response in read():
        batches.setdefault((response.survey, response.wave), []).append(_imported(response))
    new = 0
    for (survey, wave), batch in sorted(batches.items()):
        kept = await keep_batch(
            db, catalogue.find(survey), batch, vault=vault, wave=wave, route="demo"
        )
        new += kept.new
    return new


def _imported(response: DemoResponse) -> Imported:
    return Imported(
        source_ref=f"demo:{response.id}",
        voice=response.voice,
        helped=response.helped,
        may_quote=response.may_quote,
        answers={question: _answer(value) for question, value in response.answers.items()},
    )


def _answer(value: str | None) -> Answer:
    if value is None:
        return SKIPPED
    return DONT_KNOW if value == "dont_know" else Answer("answered", value)
