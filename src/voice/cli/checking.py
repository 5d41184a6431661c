"""What `voice survey check` and `voice survey publish` look for: words, pictures and videos."""

from pathlib import Path

from voice.settings import Settings
from voice.signing.check import check_videos
from voice.surveys.check import check
from voice.surveys.problem import Problem


def find_problems(path: Path, settings: Settings, *, publishing: bool = False) -> list[Problem]:
    """Return what is wrong with one survey's folder, or with a folder of surveys."""
    found = check(path, publishing=publishing, council=settings.pictures)
    return [*found, *check_videos(path)]
