"""Rules that are broken for a reason: the reason is shown, and the survey is not stopped."""

from collections.abc import Iterable, Sequence

from msgspec import structs

from voice.surveys.problem import Problem
from voice.surveys.survey import Accepted


def accept(problems: Iterable[Problem], accepted: Sequence[Accepted]) -> list[Problem]:
    """Return the problems; those that a reason is written for carry it, and stop nothing."""
    reasons = {(one.rule, one.place): one.reason for one in accepted}
    return [
        structs.replace(problem, stops=False, accepted=reason)
        if problem.rule.startswith("R") and (reason := reasons.get((problem.rule, problem.id)))
        else problem
        for problem in problems
    ]


def needless(accepted: Iterable[Accepted], problems: Sequence[Problem], file: str) -> list[Problem]:
    """Return advice for each reason in `file` that no problem needs any more."""
    used = {(problem.rule, problem.id) for problem in problems if problem.accepted}
    return [
        Problem(
            file,
            one.place,
            f"A reason is written for {one.rule}, but nothing here breaks it.",
            "Take the reason out, or look whether it names the right place.",
            stops=False,
            rule="accepted",
        )
        for one in accepted
        if (one.rule, one.place) not in used
    ]
