"""What tests of listening may ask for: a house of its own whose words can change, and readers."""

import shutil
import wave
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from msgspec import Struct

from voice.listening import run
from voice.listening.clip import Source
from voice.listening.engine import Engine
from voice.listening.espeak import Espeak
from voice.listening.run import Outcome
from voice.listening.sound import RATE, Samples
from voice.listening.spoken import OWN_WORDS, all_said, said_at
from voice.settings import Settings, shipped_home
from voice.surveys.catalogue import Catalogue

EASY = "support-easy-read"
FEW = ("need_help_now", "listened", "going_well", "age_band")  # And the start page.
NO_ESPEAK = "espeak-ng is not on the path: apt-get install espeak-ng"


def tone(seconds: float = 1.0, pitch: float = 220.0) -> Samples:
    """A sound that anybody can hear, loud and soft in turn as speech is."""
    at = np.arange(int(seconds * RATE)) / RATE
    loudness = 0.3 + 0.2 * np.sin(2 * np.pi * 3 * at)
    return (loudness * np.sin(2 * np.pi * pitch * at)).astype(np.float32)


class Hummer(Struct, frozen=True):
    """A machine that hums every line: it needs no program, and no test listens to its words."""

    source: Source = "espeak"
    name: str = "hummer 1"
    pitch: float = 220.0

    def voice_for(self, language: str) -> str:
        return "hum" if language == "en-GB" else ""

    def say(self, line: str, language: str) -> Samples:
        return tone(0.15 + len(line) / 400, self.pitch)


class House(Struct, frozen=True):
    """A folder of surveys in which a test may change words and add recordings."""

    settings: Settings

    @property
    def folder(self) -> Path:
        return self.settings.surveys / EASY

    @property
    def catalogue(self) -> Catalogue:
        return Catalogue.read(self.settings.surveys)

    def reword(self, before: str, after: str) -> None:
        """Change words of the easy-read survey."""
        file = self.folder / "survey.toml"
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after), encoding="utf-8")

    def record(self, place: str, samples: Samples | None = None) -> Path:
        """Put a person's recording of a page beside the survey, with its record."""
        folder = self.folder / "recordings" / OWN_WORDS
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{place}.wav"
        with wave.open(str(file), "wb") as out:
            out.setparams((1, 2, RATE, 0, "NONE", ""))
            sound = tone() if samples is None else samples
            out.writeframes((sound * 32767).astype("<i2").tobytes())
        spoken = said_at(self.catalogue.find(EASY), place)
        (folder / "RECORDINGS.toml").write_text(
            "[[recordings]]\n"
            f'file = "{file.name}"\n'
            'who = "Amina, youth board"\n'
            "when = 2026-11-02\n"
            f'words_sha256 = "{spoken.fingerprint if spoken else ""}"\n'
            f'sha256 = "{sha256(file.read_bytes()).hexdigest()}"\n',
            encoding="utf-8",
        )
        return file

    async def publish(self, db, *machines: Engine) -> Outcome:
        """Publish the easy-read survey with these machines."""
        said = all_said(self.catalogue, EASY)
        return await run.publish(db, self.folder, said, machines, lambda *_: None)


@pytest.fixture
def house(settings: Settings, tmp_path: Path) -> House:
    """A house of its own: surveys copied; the easy-read one in English, with few pages."""
    home = tmp_path / "home"
    shipped = shipped_home()
    shutil.copytree(shipped / "surveys", home / "surveys")
    easy = home / "surveys" / EASY / "survey.toml"
    head, *pages = easy.read_text(encoding="utf-8").split("[[pages]]\n")
    few = [page for page in pages if any(f'id = "{place}"' in page for place in FEW)]
    head, _ = head.split("[practice]\n")
    easy.write_text("[[pages]]\n".join([head, *few]), encoding="utf-8")
    shutil.rmtree(home / "surveys" / EASY / "words")  # They translate the pages that were cut.
    for name in ("templates", "nlp_models"):
        (home / name).symlink_to(shipped / name)
    fields = {field: getattr(settings, field) for field in Settings.__struct_fields__}
    return House(Settings(**{**fields, "home": home}))


@pytest.fixture
def espeak() -> Espeak:
    """The espeak-ng of this machine."""
    found = Espeak.find()
    if found is None:
        pytest.skip(NO_ESPEAK)
    return found


def places(outcome: Outcome) -> Sequence[str]:
    return [clip.place for clip in outcome.clips]
