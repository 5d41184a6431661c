"""espeak-ng: a small voice for a hundred languages, and the phonemes for the neural voice.

It is run as a program of its own and never linked: its licence is the GPL.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from msgspec import Struct

from voice.listening.clip import Source
from voice.listening.encode import NotSound, read_sound
from voice.listening.engine import EngineFailed
from voice.listening.sound import Samples

PROGRAM = "espeak-ng"
HOW_TO_GET = "Install it, for example with: apt-get install espeak-ng"
WORDS_A_MINUTE = 140  # Its own 175 is too fast for easy read.
PATIENCE = 30.0  # Seconds for one line.
LOOK_ALIKES = str.maketrans({"’": "'", "‘": "'", "–": ",", "—": ","})


class Espeak(Struct, frozen=True):
    """The program that was found, its version, and the languages it has voices for."""

    program: str
    version: str
    languages: frozenset[str]
    source: Source = "espeak"

    @classmethod
    def find(cls) -> Self | None:
        """Return the program on the path, or None when there is none that answers."""
        program = shutil.which(PROGRAM)
        if program is None:
            return None
        try:
            told = _run([program, "--version"], "").split()
            listed = _run([program, "--voices"], "").splitlines()[1:]
        except EngineFailed:
            return None
        version = next((word for word in told if word[:1].isdigit()), "unknown")
        return cls(program, version, frozenset(line.split()[1] for line in listed if line.strip()))

    @property
    def name(self) -> str:
        """The program and its version."""
        return f"espeak-ng {self.version}, {WORDS_A_MINUTE} words a minute"

    def voice_for(self, language: str) -> str:
        """Return its voice for a language: the region's, else the language's, else nothing."""
        wanted = language.lower()
        for voice in (wanted, wanted.partition("-")[0]):
            if voice in self.languages:
                return voice
        return ""

    def say(self, line: str, language: str) -> Samples:
        """Return the line as sound.

        Raises:
            EngineFailed: the program failed, took too long, or made no sound.
        """
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "line.wav"
            how = ["-v", self.voice_for(language), "-s", str(WORDS_A_MINUTE), "-w", str(file)]
            _run([self.program, *how, "--stdin"], line)
            try:
                return read_sound(file.read_bytes())
            except (OSError, NotSound):
                raise EngineFailed("espeak-ng made no sound. Run it by hand to see why.") from None

    def phonemes(self, words: str, language: str) -> str:
        """Return how words are pronounced, in the letters of the IPA; no punctuation comes back.

        Raises:
            EngineFailed: the program failed or took too long.
        """
        how = ["-q", "--ipa", "-v", self.voice_for(language), "--stdin"]
        return " ".join(_run([self.program, *how], words).split())


def _run(command: list[str], words: str) -> str:
    """Return what the program prints when it is given the words."""
    try:
        done = subprocess.run(
            command,
            input=words.translate(LOOK_ALIKES),
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
        raise EngineFailed(
            f"espeak-ng stopped with {type(error).__name__}. Run it by hand to see why."
        ) from None
    return done.stdout
