"""Rule R10: one thing at a time. Two questions in one are found by what “and” and “or” join."""

import re
from collections.abc import Iterator

from voice.easy_words.fault import Fault
from voice.easy_words.lists import Lists
from voice.easy_words.text import Text, word_set

TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?(?:-[a-z]+)*|[0-9]+|[,;:?!]")
HELPERS = word_set(
    """
    do does did is are am was were can could will would should may might must have has had
    """
)
ASKERS = word_set("who what where when why how which whose")
SUBJECTS = word_set("you i we they he she it people anyone someone everyone nobody")
BEFORE_A_VERB = (
    SUBJECTS | frozenset(["to", "not", "ever", "also", "always", "help", "helps"]) | HELPERS
)
AFTER_A_VERB = word_set(
    """
    you your the a an my me it them us him her our their this that with to at about for on
    in what how if when who
    """
)
BEFORE_A_THING = word_set(
    """
    a an the my your his her our their more some any much good get gets getting of for with
    enough this that no all other
    """
)
SKIPPED = word_set("then also not to ever really just always still be get both")
LATER = word_set("when if because while after before that who where until whether")
FIRST = word_set("when if while after before because since as")
SHORT_SECOND = 3
TWO = "Ask each on a page of its own."


def joined_questions(text: Text, lists: Lists) -> Iterator[Fault]:
    """R10: a question asks one thing; two verbs are two questions, two nouns may be."""
    if not (text.easy and text.english) or not text.questions:
        return
    asked = [one for one in text.questions if not re.match(r"(yes or no|or not)\b", one.lower())]
    if len(asked) > 1:
        yield Fault("R10", "error", "It asks more than one question.", TWO)
        return
    for question in asked:
        joins = list(_joins(lists.patterns.one_thing.sub(_as_one, question.lower()), lists))
        if "verbs" in joins:
            yield Fault("R10", "error", "It asks two things: two verbs are joined.", TWO)
        elif joins:
            why = "“and” or “or” joins two things: an answer may fit only one."
            yield Fault("R10", "warn", why, TWO)


def _as_one(found: re.Match[str]) -> str:
    """Return a joined pair that is one thing with its “and” or “or” hidden."""
    return re.sub(r"\b(and|or)\b", "+", found[0])


def _joins(question: str, lists: Lists) -> Iterator[str]:
    """Give "verbs" or "things" for each “and” and “or” in the question that joins two."""
    tokens = TOKEN.findall(_main_part(question))
    for place, token in enumerate(tokens):
        if token in ("and", "or") and 0 < place < len(tokens) - 2 + (tokens[-1] != "?"):
            kind = _what_joins(tokens, place, lists)
            if kind:
                yield kind


def _main_part(question: str) -> str:
    """Return the question without a “when …” before it."""
    first, *_ = question.split(" ", 1)
    if first not in FIRST:
        return question
    if ", " in question:
        return question.split(", ", 1)[1]
    asks = list(
        re.finditer(r"\b(who|what|where|how|why|do|does|did|can|would|will|is|are)\b", question)
    )
    return question[asks[-1].start() :] if asks else question


def _what_joins(tokens: list[str], place: int, lists: Lists) -> str:
    """Return what the word at `place` joins: "verbs", "things", or nothing that matters."""
    after = next((n for n in range(place + 1, len(tokens)) if tokens[n] not in SKIPPED), place + 1)
    if after >= len(tokens):
        return ""
    left, right = tokens[place - 1], tokens[after]
    following = tokens[after + 1 : after + 2]
    if right in HELPERS or (right in ASKERS and place > 2) or right in ("if", "whether"):
        return "verbs"
    if (
        right in SUBJECTS
        and following
        and (following[0] in HELPERS or following[0] in lists.sets.verbs)
    ):
        return "verbs"
    if _is_verb(tokens, after, lists) and (
        _is_verb(tokens, place - 1, lists) or not _ends_clause(tokens, place)
    ):
        return "verbs"
    if _done_to(left, lists) and _done_to(right, lists):
        return "verbs"
    later = any(token in LATER for token in tokens[1:place])
    either = tokens[place] == "or" and {left, right} <= lists.sets.opposites
    return "" if later or either else "things"


def _ends_clause(tokens: list[str], place: int) -> bool:
    """Say whether what is joined stands in a clause that only says when or who."""
    return any(token in LATER for token in tokens[1:place])


def _is_verb(tokens: list[str], place: int, lists: Lists) -> bool:
    """Say whether the word at `place` is used as a verb."""
    word = tokens[place]
    if word not in lists.sets.verbs:
        return False
    if word not in lists.sets.things_too:
        return True
    before, after = tokens[place - 1], tokens[place + 1 : place + 2]
    if before in BEFORE_A_THING:
        return False
    return before in BEFORE_A_VERB or bool(after and after[0] in AFTER_A_VERB)


def _done_to(word: str, lists: Lists) -> bool:
    """Say whether a word is a participle, as in “bullied or hurt”."""
    sets = lists.sets
    regular = len(word) > 3 and word.endswith("ed") and word not in sets.not_participles
    return (regular or word in sets.participles) and word not in sets.how_one_is
