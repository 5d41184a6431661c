"""Commands that learn labels from labelled comments, and suggest them for others."""

from pathlib import Path

import click

from voice import settings as all_settings
from voice.cli.screen import bar, many


@click.group()
def labels() -> None:
    """Learn labels that people gave, and suggest them for other comments."""


text_column = click.option(
    "--text", required=True, metavar="COLUMN", help="The column with the comments."
)
context_column = click.option(
    "--context", metavar="COLUMN", help="The column with what each comment answers: the question."
)
id_column = click.option("--id", metavar="COLUMN", help="The column with an id for each row.")


@labels.command()
@click.argument("file", type=click.Path(path_type=Path))
@text_column
@context_column
@click.option(
    "--labels", "given", required=True, metavar="COLUMN", help="The column with the labels."
)
@id_column
@click.option(
    "--at-least",
    type=click.IntRange(2),
    default=5,
    show_default=True,
    metavar="N",
    help="How many comments a label needs; those with fewer are left out.",
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Where to write."
)
def train(
    file: Path,
    *,
    text: str,
    context: str | None,
    given: str,
    id: str | None,
    at_least: int,
    out: Path,
) -> None:
    """Learn from the labelled comments of the CSV file FILE, and say how well that went.

    A comment may have several labels, with | between them. Writes to the folder DIR what
    “voice labels apply” needs, and report.json. People’s words are in what is kept, where two or
    more comments share them: look after it as after the comments.

    \b
    Example: voice labels train done.csv --text comment --labels labels --out learnt
    """
    from voice.labels.labelled import Columns  # Loads the language stack: seconds.
    from voice.labels.report import for_people
    from voice.labels.train import train as learn

    columns = Columns(text, context, id, given)
    nlp_models = all_settings.read().nlp_models
    with bar() as tell:
        report = learn(
            file, columns, out=out, nlp_models=nlp_models, at_least=at_least, progress=tell
        )
    click.echo(for_people(report))


@labels.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@text_column
@context_column
@id_column
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="The table to write.",
)
def apply(
    folder: Path, file: Path, *, text: str, context: str | None, id: str | None, out: Path
) -> None:
    """Suggest labels for the comments of the CSV file FILE, with what was learnt in DIR.

    Writes a row for each comment and label: comment_id, label, probability, chosen (0 or 1), the
    likeliest label of a comment first.

    \b
    Example: voice labels apply learnt new.csv --text comment --out suggested.csv
    """
    from voice.labels.apply import apply as suggest  # Loads the language stack: seconds.
    from voice.labels.labelled import Columns

    columns = Columns(text, context, id)
    nlp_models = all_settings.read().nlp_models
    with bar() as tell:
        done = suggest(folder, file, columns, out=out, nlp_models=nlp_models, progress=tell)
    click.echo(
        f"{many(done.chosen, 'label')} chosen for {many(done.comments - done.empty, 'comment')}; "
        f"empty: {done.empty}. See {out}."
    )
