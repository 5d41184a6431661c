"""Rule R8: no passive. Found by the words around a participle, without a parser."""

import re
from collections.abc import Iterator

from voice.easy_words.fault import Fault
from voice.easy_words.lists import Lists
from voice.easy_words.text import Text, word_set

BE = word_set("am is are was were be been being 're 'm aren't isn't wasn't weren't")
GET = word_set("get gets getting got gotten")
BETWEEN = word_set(
    """
    not never always also just still already all both now then ever only being been even
    soon first
    """
)
DEGREE = word_set("so very too more most quite really pretty a the an")
PRONOUNS = word_set("i you he she we they it who that which")
OWNERS = word_set("a an the my your his her our their its no every each any some")
BREAKS = word_set(
    """
    who that which what where when how why if because but to do does did have has had
    can could will would should may might must is are was were be been am there like than as
    so of in on at for with from about it's
    """
)
STARTS = word_set("what why how when where who which and but or if then so")
NOT_AN_AGENT = word_set(
    """
    myself yourself himself herself themselves ourselves itself then now car bus train foot
    bike tuesday monday friday
    """
)
WAYS = word_set("out behind alone")
LONGEST_SUBJECT = 4
TOKEN = re.compile(r"[a-z]+(?:-[a-z]+)*(?:n't)?|'(?:re|m)|[0-9]+|[,;:?!]")


def passive(text: Text, lists: Lists) -> Iterator[Fault]:
    """R8: somebody does something; nothing is done."""
    if not (text.easy and text.english):
        return
    for sentence in text.sentences:
        found = _first_passive(TOKEN.findall(sentence.lower()), lists)
        if found:
            why = f"“{found}” is passive: it does not say who does it."
            yield Fault("R8", "error", why, "Say who does what: “The council writes your plan.”")
            return


def _first_passive(tokens: list[str], lists: Lists) -> str:
    """Return the first passive in a sentence, or nothing."""
    for place, token in enumerate(tokens):
        found = None
        if token in BE:
            found = _after_be(tokens, place, lists)
        elif token in GET and tokens[place - 1 : place] not in (
            ["have"],
            ["has"],
            ["had"],
            ["'ve"],
        ):
            found = _after_get(tokens, place, lists)
        elif token == "by":
            found = _before_by(tokens, place, lists)
        if found is not None:
            first, last = sorted((place, found))
            return " ".join(tokens[first : last + 1]).replace(" '", "'")
    return ""


def _after_be(tokens: list[str], place: int, lists: Lists) -> int | None:
    """Return the place of the participle that makes this form of “be” a passive."""
    after = _next(tokens, place)
    if after is None:
        return None
    strong = tokens[after - 1] in ("being", "been") or tokens[place] in ("being", "been")
    if _is_participle(tokens, after, lists, strong=strong):
        return after
    starts = place == 0 or tokens[place - 1] in STARTS or tokens[place - 1] in ",;:"
    return _after_subject(tokens, place, lists) if starts else None


def _after_subject(tokens: list[str], place: int, lists: Lists) -> int | None:
    """Look past the one who is asked about: “was *the plan* explained”."""
    for after in range(place + 1, min(place + LONGEST_SUBJECT + 3, len(tokens))):
        if tokens[after] in BREAKS or not tokens[after][0].isalpha():
            return None
        if tokens[after] in BETWEEN:
            continue
        owned = tokens[after - 1] in OWNERS
        if after > place + 1 and not owned and _is_participle(tokens, after, lists, strong=False):
            return after
        if after > place + 1 and tokens[after] in DEGREE - OWNERS:
            return None
    return None


def _after_get(tokens: list[str], place: int, lists: Lists) -> int | None:
    """Return the place of the participle after “get”, as in “get told off”."""
    after = _next(tokens, place)
    if after is None or tokens[after] in lists.sets.got_only:
        return None
    return after if _is_participle(tokens, after, lists, strong=False) else None


def _before_by(tokens: list[str], place: int, lists: Lists) -> int | None:
    """Return the place of the participle of “help given by the school”."""
    after = tokens[place + 1 : place + 2]
    if place < 2 or not after or after[0] in NOT_AN_AGENT or after[0].endswith("ing"):
        return None
    if not after[0][0].isalpha() or tokens[place - 2] in PRONOUNS:
        return None
    past_only = tokens[place - 2] in BREAKS - {"and", "or", "as"}
    used = not past_only and _is_participle(tokens, place - 1, lists, strong=False)
    return place - 1 if used else None


def _next(tokens: list[str], place: int) -> int | None:
    """Return the place of the next word that is not one that may stand between."""
    for after in range(place + 1, len(tokens)):
        if tokens[after] not in BETWEEN and not (
            tokens[after].endswith("ly") and len(tokens[after]) > 4
        ):
            return after if tokens[after][0].isalpha() else None
    return None


def _is_participle(tokens: list[str], place: int, lists: Lists, *, strong: bool) -> bool:
    """Say whether the word is a participle of something done; `strong` after being and been."""
    word, sets = tokens[place], lists.sets
    if "-" in word or word in sets.how_one_is or word in sets.not_participles:
        return False
    if word == "used" and tokens[place + 1 : place + 2] == ["to"]:
        return False
    if word in sets.states:
        left = word == "left" and tokens[place + 1 : place + 2] and tokens[place + 1] in WAYS
        return bool(left) or (strong and word in {"hurt", "broken", "left", "done", "set", "shut"})
    return word in sets.participles or (len(word) > 3 and word.endswith("ed"))
