"""The forms of English verbs: regular ones by rule, the others from a list."""

import re
from collections.abc import Iterable, Mapping

VOWEL = "aeiou"


class Verbs:
    """Irregular verbs: a verb, its past, its participle."""

    def __init__(self, irregular: str) -> None:
        """Read lines such as “break broke broken; bring brought; cut”."""
        rows = [entry.split() for entry in re.split(r"[;\n]", irregular) if entry.strip()]
        self.pasts: Mapping[str, list[str]] = {row[0]: row[1:] or row[:1] for row in rows}
        self.verb_of = {form: row[0] for row in rows for form in row[1:]}
        self.participles = frozenset(form for row in rows for form in (row[1:] or row)[-2:][-1:])

    def forms(self, verb: str) -> list[str]:
        """Return all forms of a verb, the verb itself first."""
        if verb == "be":
            return ["be", "am", "is", "are", "was", "were", "been", "being"]
        past = self.pasts.get(verb, [with_ed(verb)])
        return list(dict.fromkeys([verb, with_s(verb), *past, with_ing(verb)]))


def with_s(word: str) -> str:
    """Return a verb for one person, or a noun for many."""
    if word == "have":
        return "has"
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in {"go", "do"}:
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in VOWEL:
        return word[:-1] + "ies"
    return word + "s"


def with_ed(verb: str) -> str:
    """Return the regular past."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in VOWEL:
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def with_ing(verb: str) -> str:
    """Return the form with -ing."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


def _doubled(verb: str) -> str:
    """Return a short verb with its last letter twice, where the spelling wants it."""
    short = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb)
    return verb + verb[-1] if short or verb in {"begin", "forget", "admit", "refer"} else verb


def stems(word: str) -> Iterable[str]:
    """Give the words that this one may be a form of: “noisier” of “noisy”, “hopes” of “hope”."""
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (1 if ending == "ying" else 2):
            stem = word[: -len(ending)]
            yield from (stem + letters for letters in instead)
            if ending not in ("s", "es", "ies") and len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]


ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ies", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ying", ("ie", "y")),
    ("ing", ("", "e")),
    ("ier", ("y",)),
    ("iest", ("y",)),
    ("er", ("", "e")),
    ("est", ("", "e")),
    ("ily", ("y",)),
    ("ly", ("",)),
)
