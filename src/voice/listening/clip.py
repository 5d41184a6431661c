"""A clip: one page read aloud, under a key that changes with all that it was made from."""

from typing import Literal

from msgspec import Struct

Source = Literal["recording", "neural", "espeak"]
"""Where a clip comes from, the best first."""

Form = Literal["opus", "mp3"]

NAMES: dict[Source, str] = {
    "recording": "a person’s recording",
    "neural": "the neural voice",
    "espeak": "espeak-ng",
}


class Clip(Struct, frozen=True, kw_only=True):
    """One page read aloud: which words, by whom, and how long it sounds.

    `key` is the SHA-256 of words, language, voice and engine; `cpu_seconds` is what it took.
    """

    key: str
    words: str
    language: str
    source: Source
    voice: str
    engine: str
    seconds: float
    cpu_seconds: float


class NewClip(Clip, frozen=True, kw_only=True):
    """A clip with its bytes, at most 40,000 in each form."""

    opus: bytes
    mp3: bytes


class Published(Clip, frozen=True, kw_only=True):
    """A clip that is heard at a place; not `whole` when its bytes are not those that were made."""

    wording: str
    place: str
    opus_bytes: int
    mp3_bytes: int
    whole: bool


class Place(Struct, frozen=True, order=True):
    """Where a clip is heard; `wording` is empty for the survey's own words."""

    survey_id: str
    wording: str
    place: str


class Listen(Struct, frozen=True):
    """What a page needs to be heard: the key of its clip, or its words where it has none.

    Words are for a voice of the person's own device: a page uses one only when the device needs
    nobody else for it. `language` is one such as "en-GB".
    """

    key: str = ""
    words: str = ""
    language: str = ""

    @property
    def opus(self) -> str:
        """The address of the clip as Opus in Ogg; empty without one."""
        return f"/listening/{self.key}.opus" if self.key else ""

    @property
    def mp3(self) -> str:
        """The address of the clip as MP3; empty without one."""
        return f"/listening/{self.key}.mp3" if self.key else ""
