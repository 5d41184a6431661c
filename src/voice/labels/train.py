"""Learn labels from a CSV file of labelled comments: read, learn, judge, keep."""

from pathlib import Path

import numpy as np

from voice.enrichment.embed import Embedder
from voice.labels.choosing import choose
from voice.labels.classifier import FOLDS, judged_apart, learn, meanings_alike, to_keep
from voice.labels.kept import CARD, NO, REPORT, YES, card_file, to_files, vectors_from
from voice.labels.labelled import Columns, read_labelled
from voice.labels.reading import read
from voice.labels.report import Report, as_json, report_of
from voice.labels.writing import check_writable, write_whole
from voice.themes.discover import Progress
from voice.themes.non_answers import is_non_answer
from voice.themes.words import normalise

AT_LEAST = 5  # With four comments a label, one fold's luck is all that could be reported.


def train(
    file: Path,
    columns: Columns,
    *,
    out: Path,
    nlp_models: Path,
    at_least: int = AT_LEAST,
    progress: Progress | None = None,
) -> Report:
    """Learn the labels in one column of a CSV file and keep them in the folder `out`.

    The same file gives the same classifier. Nothing is written unless all is.

    Args:
        file: the comments, as `voice.csv_file.read_comments` reads them.
        columns: where the comments, their contexts and labels are; labels have | between them.
        out: the folder for the classifier and its report; made if missing.
        nlp_models: the folder of the models.
        at_least: how many comments a label needs to be learnt.
        progress: is told the step, and how much of how much is done.

    Raises:
        BadInput: the file or the folder cannot be used; the message is for the person.
        ModelProblem: the language model is missing or was changed.
    """
    check_writable(out)
    labelled = read_labelled(file, columns, at_least)
    embedder = Embedder.open(nlp_models)
    reading = read(labelled.comments, labelled.contexts, embedder, progress)
    names = embedder.embed([label.replace("&", "and") for label in labelled.labels])
    alike = meanings_alike(reading)
    chosen = choose(*judged_apart(reading, labelled.truth, names, alike))
    report = report_of(labelled, chosen, FOLDS)
    classifier = to_keep(learn(reading, labelled.truth, names, alike), reading)
    files = {**to_files(classifier, labelled.labels), REPORT: as_json(report)}
    made_from = {
        "comments": f"{report.comments} labelled comments of {file.name}",
        "labels": f"{len(report.labels)}, each with {at_least} comments or more",
        "vectors": vectors_from(nlp_models),
        "context": YES if columns.context else NO,
        "non_answers": YES if _n_non_answers(labelled.comments) >= AT_LEAST else NO,
    }
    write_whole(out, {**files, CARD: card_file(files, made_from, _how_well(report))})
    return report


def _n_non_answers(comments: list[str]) -> int:
    """Return how many comments say nothing (“n/a”) and had a label all the same."""
    return sum(is_non_answer(normalise(comment)) for comment in comments)


def _how_well(report: Report) -> tuple[str, ...]:
    named = (("micro", report.f1.micro), ("macro", report.f1.macro), ("sample", report.f1.samples))
    return tuple(
        f"{name} F1 {np.round(one.value, 3)} ({np.round(one.low, 3)} to {np.round(one.high, 3)}), "
        f"{report.folds}-fold"
        for name, one in named
    )
