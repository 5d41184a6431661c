"""Which machines can read aloud here, the best first, and what the others lack."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from voice.listening import espeak, neural
from voice.listening.clip import NAMES, Source
from voice.listening.engine import Engine, Missing
from voice.listening.espeak import Espeak
from voice.listening.neural import Neural


class Machines(Struct, frozen=True):
    """The machines that can be used, the best first, and those that cannot."""

    here: tuple[Engine, ...]
    missing: tuple[Missing, ...]


def find_machines(nlp_models: Path, only: Source | None = None) -> Machines:
    """Look for the neural voice and for espeak-ng; with `only`, for that one alone."""
    program = Espeak.find()
    here: list[Engine] = []
    missing: list[Missing] = []
    for source in ("neural", "espeak") if only is None else (only,):
        found = _find(source, nlp_models, program)
        if isinstance(found, Missing):
            missing.append(found)
        else:
            here.append(found)
    return Machines(tuple(here), tuple(missing))


def first_for(language: str, machines: Sequence[Engine]) -> Engine | None:
    """Return the best machine with a voice for this language, or None."""
    return next((machine for machine in machines if machine.voice_for(language)), None)


def explain(missing: Missing) -> str:
    """Return in a sentence or two what is missing and how to get it."""
    return f"Not {NAMES[missing.source]}: {missing.lacks}. {missing.how_to_get}"


def _find(source: Source, nlp_models: Path, program: Espeak | None) -> Engine | Missing:
    if source == "neural" and not neural.parts_are_here():
        return Missing("neural", "its model is not installed", neural.HOW_TO_GET)
    if program is None:
        lacks = "the program espeak-ng is not on the path"
        return Missing(source, lacks, espeak.HOW_TO_GET)
    return Neural(nlp_models / "voice", program) if source == "neural" else program
