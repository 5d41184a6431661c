"""What `voice survey check` and `voice survey publish` look for: words, pictures and videos."""

from pathlib import Path

from voice.report.population import load_population
from voice.settings import Settings
from voice.signing.check import check_videos
from voice.surveys.check import check
from voice.surveys.problem import Problem
from voice.surveys.survey import BadSurvey


def find_problems(path: Path, settings: Settings, *, publishing: bool = False) -> list[Problem]:
    """Return what is wrong with one survey's folder, or with a folder of surveys."""
    found = check(path, publishing=publishing, council=settings.pictures)
    return [*found, *check_videos(path), *_check_population(path)]


def _check_population(path: Path) -> list[Problem]:
    """Return what is wrong with the figures of the area, where the folder of surveys has them."""
    if not (path / "population.toml").exists():
        return []
    try:
        load_population(path / "population.toml")
    except BadSurvey as error:
        said = str(error).removeprefix(f"{path / 'population.toml'}: ")
        return [Problem("population.toml", "the whole file", said, "Put it right.")]
    return []
