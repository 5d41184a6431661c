"""What a voice is: a person's recording, or a machine that reads a line aloud."""

from typing import Protocol

from msgspec import Struct

from voice.errors import VoiceError
from voice.listening.clip import Source
from voice.listening.sound import Samples


class EngineFailed(VoiceError):
    """A machine that should read aloud did not. The message names it and what to do."""

    title = "The words could not be read aloud"


class Engine(Protocol):
    """A machine that reads aloud. Its `name` and `voice` go into the key of each of its clips."""

    @property
    def source(self) -> Source:
        """What kind of machine it is."""

    @property
    def name(self) -> str:
        """The program or model with its version: another version, other clips."""

    def voice_for(self, language: str) -> str:
        """Return the name of its voice for a language such as "en-GB"; empty when it has none."""

    def say(self, line: str, language: str) -> Samples:
        """Return the line as sound.

        Raises:
            EngineFailed: the machine let us down.
        """


class Missing(Struct, frozen=True):
    """A source of clips that cannot be used here: what it lacks, and how to get it."""

    source: Source
    lacks: str
    how_to_get: str
