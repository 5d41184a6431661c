"""One sentence that says what a theme is about: its share in words, its phrases, its feeling."""

from collections.abc import Sequence

from voice.themes.praise import Split

# What the words for a share mean: at least so much of the comments that say something.
SHARES = ((0.5, "Most"), (0.25, "Many"), (0.1, "Some"), (0.0, "A few"))
MOST_PHRASES = 3


def share_in_words(share: float) -> str:
    """Return “Most” (half and more), “Many” (a quarter), “Some” (a tenth) or “A few”."""
    return next(word for least, word in SHARES if share >= least)


def describe(share: float | None, terms: Sequence[str], split: Split | None) -> str:
    """Return one plain sentence about a theme.

    Args:
        share: of the comments that say something, those in the theme, from 0 to 1; None where it
            may not be said.
        terms: its telling phrases, the most telling first.
        split: praise and complaint in it, or None if nobody looked.
    """
    phrases = [f"“{term}”" for term in _apart(terms)]
    about = " and ".join([", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases)
    said = "People" if share is None else f"{share_in_words(share)} people"
    said += " wrote about this"
    if about:
        said += f", with words like {about}"
    return f"{said}: {split.in_words}." if split else f"{said}."


def _apart(terms: Sequence[str]) -> list[str]:
    """Take the first phrases that share no word with one before them."""
    chosen: list[str] = []
    used: set[str] = set()
    for term in terms:
        words = set(term.lower().split())
        if not words & used:
            chosen.append(term)
            used |= words
        if len(chosen) == MOST_PHRASES:
            break
    return chosen
