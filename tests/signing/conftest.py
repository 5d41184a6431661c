"""A house of its own whose words can change, and videos with their records."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec import Struct, structs

from tests.filmed import film
from voice.listening.spoken import OWN_WORDS, said_at
from voice.settings import Settings, shipped_home
from voice.signing.records import Found, find_videos
from voice.signing.videos import Videos
from voice.surveys.catalogue import Catalogue

EASY = "support-easy-read"


class House(Struct, frozen=True):
    """A folder of surveys in which a test may change words and add videos."""

    settings: Settings

    @property
    def folder(self) -> Path:
        return self.settings.surveys / EASY

    @property
    def catalogue(self) -> Catalogue:
        return Catalogue.read(self.settings.surveys)

    @property
    def videos(self) -> Videos:
        return Videos.read(self.settings.surveys, self.catalogue)

    def reword(self, before: str, after: str) -> None:
        """Change words of the easy-read survey."""
        file = self.folder / "survey.toml"
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after), encoding="utf-8")

    def let_people_be_contacted(self) -> None:
        """Let who has sent the easy-read survey ask to be contacted."""
        file = self.folder / "survey.toml"
        text = file.read_text(encoding="utf-8")
        file.write_text(f"contact = true\n{text}", encoding="utf-8")

    def sign(
        self,
        place: str,
        written: bytes = b"",
        *,
        survey: str = EASY,
        wording: str = "",
        suffix: str = ".webm",
        poster: bytes = b"",
    ) -> Path:
        """Put a video of a page beside the survey, with its record."""
        folder = self.settings.surveys / survey / "signing" / (wording or OWN_WORDS)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{place}{suffix}"
        file.write_bytes(written or film())
        spoken = said_at(self.catalogue.find(survey, wording), place, wording)
        lines = [
            "[[videos]]",
            f'file = "{file.name}"',
            'who = "Sam, Deaf young people’s group"',
            "when = 2026-11-02",
            f'words_sha256 = "{spoken.fingerprint if spoken else ""}"',
            f'sha256 = "{sha256(file.read_bytes()).hexdigest()}"',
        ]
        if poster:
            (folder / f"{place}.jpg").write_bytes(poster)
            lines += [f'poster = "{place}.jpg"']
            lines += [f'poster_sha256 = "{sha256(poster).hexdigest()}"']
        with (folder / "VIDEOS.toml").open("a", encoding="utf-8") as records:
            records.write("\n".join(lines) + "\n\n")
        return file

    def found(self) -> Found:
        """The videos of the easy-read survey's own words."""
        pages = [said_at(self.catalogue.find(EASY), page) for page in ("start-page", "listened")]
        return find_videos(self.folder, "", [page for page in pages if page])


@pytest.fixture
def house(settings: Settings, tmp_path: Path) -> House:
    """A house of its own."""
    return build_house(tmp_path / "home", settings)


def build_house(home: Path, settings: Settings) -> House:
    """Copy the surveys into a new home; the rest stays as it is."""
    shipped = shipped_home()
    shutil.copytree(shipped / "surveys", home / "surveys")
    for name in ("templates", "nlp_models"):
        (home / name).symlink_to(shipped / name)
    return House(structs.replace(settings, home=home))
