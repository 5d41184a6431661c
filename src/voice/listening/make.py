"""Make a clip: have a page read aloud by a person's recording or by a machine."""

import resource
from hashlib import sha256

import msgspec
from msgspec import Struct

from voice.listening.clip import NewClip, Source
from voice.listening.encode import as_mp3, as_opus, read_sound
from voice.listening.engine import Engine, EngineFailed
from voice.listening.recordings import Recording
from voice.listening.sound import as_loud_as_all, fault_in, joined, seconds_of
from voice.listening.spoken import Spoken

MADE = 1
"""How clips are made: pauses, loudness, bits. Raise it with any change, and all are made anew."""


class Reading(Struct, frozen=True, kw_only=True):
    """A page and what will read it aloud: a recording or a machine."""

    spoken: Spoken
    by: Recording | Engine

    @property
    def source(self) -> Source:
        """What kind of source it is."""
        return "recording" if isinstance(self.by, Recording) else self.by.source

    @property
    def voice(self) -> str:
        """Who reads: a person, or the name of a machine's voice."""
        if isinstance(self.by, Recording):
            return self.by.record.who
        return self.by.voice_for(self.spoken.language)

    @property
    def engine(self) -> str:
        """What the sound comes from: the recording of a day, or a machine with its version."""
        if isinstance(self.by, Recording):
            return f"recorded on {self.by.record.when}, {self.by.record.sha256}"
        return self.by.name

    @property
    def key(self) -> str:
        """The SHA-256 of words, language, voice and engine, as 64 hex digits."""
        made_from = (self.spoken.words, self.spoken.language, self.voice, self.engine, MADE)
        return sha256(msgspec.json.encode(made_from)).hexdigest()


def make(reading: Reading) -> NewClip:
    """Return the clip: the same reading always gives the same bytes.

    Raises:
        EngineFailed: the machine failed, or what it made cannot be heard.
        TooLong: there is too much to say for one clip.
    """
    before = _cpu()
    by, spoken = reading.by, reading.spoken
    if isinstance(by, Recording):
        lines = [read_sound(by.path.read_bytes())]
    else:
        lines = [by.say(line, spoken.language) for line in spoken.lines]
    samples = as_loud_as_all(joined(lines))
    fault = fault_in(samples)
    if fault:
        raise EngineFailed(f"{reading.engine} cannot be heard on “{spoken.place}”. {fault}")
    opus, mp3 = as_opus(samples), as_mp3(samples)
    return NewClip(
        key=reading.key,
        words=spoken.words,
        language=spoken.language,
        source=reading.source,
        voice=reading.voice,
        engine=reading.engine,
        seconds=seconds_of(samples),
        cpu_seconds=_cpu() - before,
        opus=opus,
        mp3=mp3,
    )


def _cpu() -> float:
    """Return the seconds of CPU that this program and the ones it ran have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
