"""Commands that find themes: for a question in the database, or for a plain CSV file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec import json

from voice import settings as all_settings
from voice.cli.screen import bar, database, find_survey, many, run
from voice.database.pool import connect
from voice.errors import BadInput
from voice.settings import Settings
from voice.surveys.catalogue import Catalogue

if TYPE_CHECKING:
    from voice.enrichment.embed import Embedder

Command = TypeVar("Command", bound=Callable[..., Any])


def engine_options(command: Command) -> Command:
    """Give a command the options that say where comments are read."""
    where = click.option(
        "--engine",
        type=click.Choice(["local", "dask"]),
        default="local",
        help="Where comments are read: on this machine, or by the workers of a Dask scheduler.",
    )
    which = click.option(
        "--scheduler", metavar="ADDRESS", help="That scheduler: tls://HOST:PORT (dask only)."
    )
    device = click.option(
        "--device",
        type=click.Choice(["cpu", "cuda"]),
        default="cpu",
        help="What reads comments here: the processor, or a graphics card.",
    )
    return where(which(device(command)))


@contextmanager
def reader(
    nlp_models: Path, *, engine: str, scheduler: str | None, device: str
) -> "Iterator[Embedder | None]":
    """Give what reads comments; None for the processor of this machine.

    Raises:
        BadInput: the scheduler is missing, or given for nothing, or cannot be used; or the
            graphics card cannot.
    """
    if device == "cuda":
        if engine != "local":
            raise BadInput("--device cuda goes with --engine local.")
        from voice.enrichment.cuda import on_card  # Loads the language stack: seconds.

        yield on_card(nlp_models)
        return
    if engine == "local":
        if scheduler:
            raise BadInput("--scheduler goes with --engine dask.")
        yield None
        return
    if not scheduler:
        raise BadInput("Say which scheduler: --engine dask --scheduler tls://HOST:8786.")
    from voice.enrichment.spread import spread  # Loads the language stack: seconds.

    with spread(scheduler, nlp_models) as embedder:
        yield embedder


@click.group()
def themes() -> None:
    """Find what people say."""


@themes.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--text", required=True, metavar="COLUMN", help="The column with the comments.")
@click.option("--id", metavar="COLUMN", help="The column with an id for each row.")
@click.option("--themes", "wanted", type=click.IntRange(1), metavar="N", help="How many themes.")
@click.option(
    "--levels",
    type=click.IntRange(1, 2),
    default=1,
    help="2 looks for sub-themes too; themes.json and assignments.csv then name them.",
)
@click.option(
    "--vectors",
    type=click.Choice(["auto", "full", "ridge"]),
    default="auto",
    help="Whether the model reads all comments, or a sample of them; auto settles it by size.",
)
@click.option(
    "--plot",
    type=click.Path(path_type=Path),
    metavar="PATH.svg",
    help="Draw a map of the comments.",
)
@click.option(
    "--clauses", is_flag=True, help="Write mentions.csv: other themes that a comment speaks of."
)
@engine_options
@click.option("--json", "as_json", is_flag=True, help="Print the record of the run as JSON.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Where to write."
)
def discover(
    file: Path,
    *,
    text: str,
    id: str | None,
    wanted: int | None,
    levels: int,
    vectors: str,
    plot: Path | None,
    clauses: bool,
    engine: str,
    scheduler: str | None,
    device: str,
    as_json: bool,
    out: Path,
) -> None:
    """Find the themes in the comments of the CSV file FILE; no database is needed.

    Writes themes.json, assignments.csv and run.json to the folder DIR.

    \b
    Example: voice themes discover comments.csv --text comment --out found
    """
    from voice.themes.discover import How, Parameters  # Loads the language stack: seconds.
    from voice.themes.discover import discover as find

    if plot is not None and plot.suffix.lower() != ".svg":
        raise BadInput(f"The map is drawn as SVG, so {plot.name} must end in .svg.")
    asked = Parameters(
        text,
        id,
        wanted,
        levels=levels,
        vectors=How(vectors),
        clauses=clauses,
        engine=engine,
        device=device,
    )
    nlp_models = all_settings.read().nlp_models
    source = reader(nlp_models, engine=engine, scheduler=scheduler, device=device)
    with source as embedder, bar() as tell:
        done = find(
            file,
            asked,
            out=out,
            nlp_models=nlp_models,
            map_file=plot,
            progress=tell,
            embedder=embedder,
        )
    counts = done.counts
    if wanted and counts.themes < wanted:
        made = many(counts.themes, "theme")
        click.echo(f"Only {made} could be made of these comments.", err=True)
    if as_json:
        click.echo(json.format(json.encode(done), indent=1).decode())
        return
    no_theme = "No theme: these comments have too little in common. " if not counts.themes else ""
    click.echo(
        f"{no_theme}{many(counts.themes, 'theme')} in {many(counts.comments, 'comment')}, in "
        f"{sum(done.seconds.values()):.1f} seconds. In no theme: {counts.not_themed}. "
        f"Saying nothing: {counts.non_answers}. Empty: {counts.empty}. See {out}."
    )


@themes.command("find")
@click.option("--survey", "asked_of", required=True, help="A survey, or a family of surveys.")
@click.option("--question", "question_id", required=True, help="Its question; it asks for words.")
@click.option("--wave", metavar="NAME", help="One wave only; all if not given.")
@engine_options
def find_themes(
    asked_of: str,
    question_id: str,
    wave: str | None,
    engine: str,
    scheduler: str | None,
    device: str,
) -> None:
    """Suggest themes for one question, in place of the last suggestions.

    Comments that have not been redacted yet are redacted first.

    \b
    Example: voice themes find --survey send-support --question one_change
    """
    settings = all_settings.read()
    catalogue = Catalogue.read(settings.surveys)
    families = {survey.family for survey in catalogue.surveys if survey.family}
    if asked_of not in families:
        find_survey(catalogue, asked_of)
    members = catalogue.members(asked_of)
    if not any(question_id in {q.id for q in member.comments} for member in members):
        known = ", ".join(dict.fromkeys(q.id for member in members for q in member.comments))
        raise BadInput(f"{asked_of} has no question “{question_id}” in words. It has: {known}.")
    asked = {"asked_of": asked_of, "question_id": question_id, "wave": wave}
    source = reader(settings.nlp_models, engine=engine, scheduler=scheduler, device=device)
    with source as embedder:
        lines = run(_find(settings, asked, embedder))
    for size, name in lines:
        click.echo(f"{size:6}  {name}")


async def _find(
    settings: Settings, asked: dict[str, str | None], embedder: "Embedder | None"
) -> list[tuple[int, str]]:
    from voice import worker  # Loads the language stack: seconds.
    from voice.enrichment.store import how_many_not_enriched
    from voice.themes.store import Question, suggestions

    dsn = await database(settings)
    shop = worker.Workshop(settings, reader=embedder)
    db = await connect(dsn)
    try:
        waiting = await how_many_not_enriched(db)
        with bar() as tell:
            await worker.enrich_all(shop, dsn, lambda done: tell("Redacting", done, waiting))
        await worker.find_themes(shop, dsn, json.encode(asked))
        found = await suggestions(
            db, Question(str(asked["asked_of"]), str(asked["question_id"]), asked["wave"])
        )
    finally:
        await db.close()
    return [(line.size, line.name) for line in found]
