"""Our own export of answers: its columns, and how a row of it is written and read again unchanged.

It holds no raw word: what people wrote is there as it was redacted. `voice export answers` writes
it, so that answers can move to another Voice.
"""

from collections.abc import Mapping

from msgspec import Struct, structs

from voice.answering.store import Imported
from voice.bringing.values import NOT_SHOWN, NOT_SHOWN_WORDS
from voice.characters import harmless
from voice.surveys.questions import Answer

REF, WAVE, SPEAKS, WORDING = "voice_ref", "voice_wave", "voice_speaks", "voice_wording"
DAY, HELPED, MAY_QUOTE, OBSERVED = "voice_day", "voice_helped", "voice_may_quote", "voice_observed"
ABOUT = (REF, WAVE, SPEAKS, WORDING, DAY, HELPED, MAY_QUOTE, OBSERVED)
BETWEEN = "|"
HELPS = ("alone", "read", "said", "answered", "observed")


class OwnPlaces(Struct, frozen=True):
    """Where in a row of our own export stands what no other tool knows of."""

    wording: int
    helped: int
    may_quote: int
    observed: int


def places_of(places: Mapping[str, int]) -> OwnPlaces | None:
    """Return where they stand, None where one of them was taken out."""
    if not {WORDING, HELPED, MAY_QUOTE, OBSERVED} <= set(places):
        return None
    return OwnPlaces(places[WORDING], places[HELPED], places[MAY_QUOTE], places[OBSERVED])


def as_written(own: OwnPlaces | None, cell: str) -> Answer | None:
    """Return an answer that our own export writes in words of its own, else None."""
    return NOT_SHOWN if own and cell == NOT_SHOWN_WORDS else None


def as_exported(response: Imported, own: OwnPlaces, cells: tuple[str, ...]) -> Imported:
    """Return the response with what its row says of how it was answered."""
    observed = set(filter(None, cells[own.observed].split(BETWEEN)))
    answers = {
        question_id: structs.replace(answer, observed=question_id in observed)
        for question_id, answer in response.answers.items()
    }
    return structs.replace(
        response,
        answers=answers,
        wording=cells[own.wording],
        helped=cells[own.helped] if cells[own.helped] in HELPS else None,
        may_quote=cells[own.may_quote] == "yes",
    )


def guarded(cell: str) -> str:
    """Return a cell with an apostrophe in front where a spreadsheet could run it.

    A cell that looks as if it had one already gets one more, so that `unguarded` gives it back.
    """
    return f"'{cell}" if _could_run(cell) else cell


def unguarded(cell: str) -> str:
    """Return what `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _could_run(cell[1:]) else cell


def _could_run(cell: str) -> bool:
    without = cell.lstrip("'")
    return harmless(without) != without
