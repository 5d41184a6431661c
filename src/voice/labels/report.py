"""What is said about how well labels are suggested: for people, and as JSON."""

import numpy as np
from msgspec import Struct, json
from numpy.typing import NDArray

from voice.labels.labelled import Labelled
from voice.labels.measure import Figure, Measured, by_label, measured


class LabelReport(Struct, frozen=True):
    """One label: how many comments have it, and how well it is suggested (F1, 0 to 1)."""

    label: str
    comments: int
    f1: float


class Report(Struct, frozen=True):
    """How well a comment's labels are suggested by what the other comments teach."""

    comments: int
    rows: int
    empty: int
    unlabelled: int
    folds: int
    f1: Measured
    labels: list[LabelReport]
    left_out: dict[str, int]


def report_of(labelled: Labelled, chosen: NDArray[np.bool_], folds: int) -> Report:
    """Return the report on what was chosen, shape (n, n_labels), without sight of the labels."""
    truth = labelled.truth
    each = zip(labelled.labels, truth.sum(axis=0), by_label(truth, chosen), strict=True)
    return Report(
        comments=len(truth),
        rows=labelled.rows,
        empty=labelled.empty,
        unlabelled=labelled.unlabelled,
        folds=folds,
        f1=measured(truth, chosen),
        labels=[LabelReport(name, int(n), round(float(f1), 4)) for name, n, f1 in each],
        left_out=labelled.left_out,
    )


def as_json(report: Report) -> bytes:
    """Return the report as JSON that people can read too."""
    return json.format(json.encode(report), indent=1) + b"\n"


def for_people(report: Report) -> str:
    """Return the report in sentences and tables."""
    figures = (
        ("over all choices (micro)", report.f1.micro),
        ("over labels (macro)", report.f1.macro),
        ("over labels, by their comments (weighted)", report.f1.weighted),
        ("over comments (per sample)", report.f1.samples),
    )
    lines = [
        f"Learnt {len(report.labels)} labels from {report.comments} comments; "
        f"{report.empty} rows are empty, {report.unlabelled} have no label that was learnt.",
        f"How well, F1, each comment judged by what the others teach ({report.folds} folds):",
        *(f"  {name:<42} {_figure(figure)}" for name, figure in figures),
        "Label by label: F1, comments, name",
        *(f"  {one.f1:.2f} {one.comments:6}  {one.label}" for one in report.labels),
    ]
    if report.left_out:
        names = ", ".join(f"{name} ({count})" for name, count in report.left_out.items())
        lines.append(f"Left out, with too few comments to learn: {names}.")
    return "\n".join(lines)


def _figure(figure: Figure) -> str:
    return f"{figure.value:.3f}, 95 % of chance between {figure.low:.3f} and {figure.high:.3f}"
