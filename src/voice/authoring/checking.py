"""What `voice survey check` says of a draft: its files are laid beside the shipped ones."""

import tempfile
from pathlib import Path

from voice.authoring.draft import Draft
from voice.authoring.files import as_files
from voice.surveys.check import check_survey
from voice.surveys.problem import Problem


def findings(draft: Draft, home: Path, council: Path | None) -> list[Problem]:
    """Return what is wrong with a draft: what stops it first, then advice.

    It is the very check of the command line, so that nobody is told two things: the draft's files
    are written into a folder that passes, for the length of the check, for the one of surveys.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for other in home.resolve().iterdir():
            if other.name != draft.survey.id:
                (folder / other.name).symlink_to(other)
        here = folder / draft.survey.id
        for name, text in as_files(draft).items():
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            (here / name).write_text(text, encoding="utf-8")
        found = check_survey(here, council=council)
    return sorted(found, key=lambda problem: (not problem.stops, bool(problem.accepted)))
