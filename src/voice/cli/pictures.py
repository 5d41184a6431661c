"""The command that brings in pictures: a council's own symbols and photos."""

from pathlib import Path

import click

from voice import settings as all_settings
from voice.cli.screen import bar, tell_problem
from voice.settings import Settings
from voice.surveys.pictures import picture_files
from voice.surveys.sources import stem

NAMED_AT_MOST = 20


@click.group()
def pictures() -> None:
    """Look after the pictures beside the words."""


@pictures.command("import")
@click.argument("pack", type=click.Path(path_type=Path))
@click.option("--into", type=click.Path(path_type=Path), metavar="DIR", help="Another folder.")
@click.option("--prefix", default="", help="What every name begins with here, such as mulberry-.")
@click.option("--skip-bad", is_flag=True, help="Take what fits although something does not.")
@click.option("--replace", is_flag=True, help="Take pictures that changed since last time, too.")
def bring_in(pack: Path, *, into: Path | None, prefix: str, skip_bad: bool, replace: bool) -> None:
    """Bring in the pictures of PACK, a folder or zip file with pictures, their list and a licence.

    The list is a CSV file with the columns file, id, shows, author, licence, source; see
    docs/pictures.md. Pictures go to the council's own folder, VOICE_PICTURES_DIR. While one row
    does not fit nothing is taken; every such row is named, and the exit code is 1. A second time
    nothing changes.

    \b
    Example: voice pictures import mulberry.zip --prefix mulberry-
    """
    from voice.symbols.bring_in import Into, bring_in  # Loads what reads photos.
    from voice.symbols.pack import open_pack

    settings = all_settings.read()
    folder = into or settings.pictures
    target = Into(
        folder=folder,
        of_council=_is_of_council(folder, settings),
        prefix=prefix,
        skip_bad=skip_bad,
        replace=replace,
    )
    with open_pack(pack) as opened, bar() as tell:
        outcome = bring_in(opened, target, tell)
    for bad in outcome.bad:
        tell_problem(bad.line)
    if not outcome.done:
        tell_problem("Nothing is taken. Put the rows right, or take the others with --skip-bad.")
        raise SystemExit(1)
    click.echo(_said(len(outcome.new), len(outcome.changed), outcome.same, folder))
    _tell_of_the_rest(outcome.without_a_row, [*outcome.new, *outcome.changed], settings)
    raise SystemExit(1 if outcome.bad else 0)


def _is_of_council(folder: Path, settings: Settings) -> bool:
    """Tell whether a folder is the council's own: anywhere beside the surveys is passed on."""
    here = folder.resolve()
    return here == settings.pictures.resolve() and not here.is_relative_to(
        settings.surveys.resolve()
    )


def _said(new: int, changed: int, same: int, folder: Path) -> str:
    taken = f"{new} picture{'' if new == 1 else 's'} taken"
    again = f", {changed} changed" if changed else ""
    return f"{taken}{again}, {same} {'was' if same == 1 else 'were'} there already, in {folder}."


def _tell_of_the_rest(without_a_row: int, names: list[str], settings: Settings) -> None:
    if without_a_row:
        click.echo(f"Not in the list of the pack, and left where they are: {without_a_row}.")
    shipped = {stem(name) for name in picture_files(settings.surveys / "pictures")}
    stand_in = [name for name in names if stem(name) in shipped]
    if stand_in:
        more = f" and {len(stand_in) - NAMED_AT_MOST} more" * (len(stand_in) > NAMED_AT_MOST)
        click.echo(
            "In place of the shipped pictures of the same name: "
            f"{', '.join(stand_in[:NAMED_AT_MOST])}{more}."
        )
    if names:
        click.echo("Start Voice again to see them. Then: voice survey check")
