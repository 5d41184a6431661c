"""When a question is shown: our rule “an earlier answer is one of these” as XLSForm’s `relevant`.

Only what means the same on both sides is carried. Any other condition is said, never guessed.
"""

import re
from collections.abc import Callable

from voice.surveys.questions import AnyPage, ChooseMany, When

ONE = re.compile(r"\$\{\s*([^{}]+?)\s*\}\s*=\s*(['\"])([\w-]+)\2")
MANY = re.compile(r"selected\(\s*\$\{\s*([^{}]+?)\s*\}\s*,\s*(['\"])([\w-]+)\2\s*\)")


def relevant_of(when: When, asked: AnyPage | None) -> str:
    """Return the condition as XLSForm writes it; `asked` is the question it looks at."""
    if isinstance(asked, ChooseMany):
        parts = [f"selected(${{{when.question}}}, '{value}')" for value in when.is_one_of]
    else:
        parts = [f"${{{when.question}}} = '{value}'" for value in when.is_one_of]
    return " or ".join(parts)


def read_relevant(
    relevant: str, question: Callable[[str], str], value: Callable[[str, str], str]
) -> When | None:
    """Return the condition, or None where ours cannot say the same.

    Args:
        relevant: as the form has it.
        question: gives our id for a name of the form, "" for none.
        value: gives our value for a name of the form and the name of a choice, "" for none.
    """
    text = relevant.strip()
    while text.startswith("(") and text.endswith(")") and _whole(text):
        text = text[1:-1].strip()
    found = [
        ONE.fullmatch(part.strip(" ()")) or MANY.fullmatch(part.strip())
        for part in re.split(r"\s+or\s+", text)
    ]
    met = [one for one in found if one]
    if len(met) != len(found) or len({one[1] for one in met}) != 1:
        return None
    name = met[0][1]
    values = tuple(value(name, one[3]) for one in met)
    return When(question(name), values) if question(name) and all(values) else None


def _whole(text: str) -> bool:
    """Tell whether the first bracket ends with the last."""
    depth = 0
    for place, char in enumerate(text):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth == 0:
            return place == len(text) - 1
    return False
