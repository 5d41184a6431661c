"""Build the site of the documents: `python -m docs.site.build [FOLDER]`; fails on any warning.

Pages stay where they are read on a code host, and are copied here with links that fit the site.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import tomli_w

from docs.site import cards, pages

MADE = pages.ROOT / "dist/docs"
LOOK = {
    "language": "en",
    "font": False,  # No letters from elsewhere: the site asks no other site for anything.
    "features": ["navigation.top", "navigation.footer", "content.code.copy", "toc.follow"],
    "palette": [
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "toggle": {"icon": "lucide/sun", "name": "Dark colours"},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "toggle": {"icon": "lucide/moon", "name": "Light colours"},
        },
    ],
}


class NotBuilt(Exception):
    """The site could not be built without a warning."""


def stage(folder: Path) -> None:
    """Write the pages and the settings of the site to a folder."""
    known = pages.places()
    made = {
        f"nlp_models/{name}/card.toml": page
        for name, page in cards.pages(pages.ROOT / "nlp_models").items()
    }
    for source, place in known.items():
        target = folder / "docs" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix != ".md":
            shutil.copyfile(pages.ROOT / source, target)
            continue
        if source in made:
            text = made[source]
        else:
            text = (pages.ROOT / source).read_text(encoding="utf-8")
            text = pages.for_the_site(source, text, known)
        if source == "nlp_models/README.md":
            text += _list_of_cards(made)
        target.write_text(text, encoding="utf-8")
    (folder / "zensical.toml").write_text(tomli_w.dumps({"project": _settings()}))


def _settings() -> dict[str, object]:
    return {
        "site_name": "Voice",
        "site_description": "Surveys that children and young people with SEND can answer.",
        "docs_dir": "docs",
        "site_dir": "site",
        # It opens from a folder. The builder’s own way to search there as well asks another site.
        "use_directory_urls": False,
        "nav": pages.navigation(),
        "theme": LOOK,
    }


def _list_of_cards(made: dict[str, str]) -> str:
    names = [Path(source).parent.name for source in made]
    return "\n## Model cards\n\n" + "\n".join(f"- [{name}]({name}.md)" for name in names) + "\n"


def build(into: Path) -> Path:
    """Build the site anew in a folder, and return where its pages are.

    Raises:
        NotBuilt: the builder had something to say.
    """
    if into.exists():
        shutil.rmtree(into)
    stage(into / "source")
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"],
        cwd=into / "source",
        capture_output=True,
        text=True,
        env=os.environ | {"NO_COLOR": "1"},
    )
    if done.returncode or "arning" in done.stdout + done.stderr:
        raise NotBuilt(done.stdout + done.stderr)
    return (into / "source/site").rename(into / "site")


if __name__ == "__main__":
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else MADE
    made = build(where)
    print(f"Open {made / 'index.html'}")  # noqa: T201  What this command says.
    print(f"To search in it: python -m http.server -d {made}")  # noqa: T201
