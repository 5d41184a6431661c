"""How many syllables an English word has, counted by rules from its letters."""

import re
from functools import cache

VOWELS = re.compile(r"[aeiouy]+")
# Two vowels beside each other that are said apart.
APART = re.compile(
    r"ia(?!l$|ls$|lly$|n[st]?$|g)|(?<=[bdfhlmnprv])ia(?=l$|n$|lly$)|(?<![tscgx])io(?!n)|io$|"
    r"[^tscgx]ion(?=al)|eo(?!u|n$|p)|(?<!q)ua|(?<!g)uou|iu|(?<=[aeiou])ing$|ei(?=ng|ty)|"
    r"ie(?=t|rs?$|st$|ty)|(?<![ct])ie(?=nce|nt)|(?<=[aeou])y(?=[aeiou])|y(?=ing)|ya(?=n)|"
    r"[^aeiouq]ue(?=l|nt)|(?<=cr)ea(?=t)|(?<=r)ea(?=ct)|ea(?=li[sz])|oe(?=m|t)|oi(?=ng)|ui(?=ty)"
)
SILENT_E = re.compile(r"(?<=[^aeiouy])e$|(?<=[uv])e$|(?<=[aeiouy]y)e$")
TALE = re.compile(r"[^aeiouyl]le(s|d)?$|[^aeiou]re$")
MUTE_ED = re.compile(r"(?<![td])ed$")
MUTE_ES = re.compile(r"(?<![sxzcg])(?<!sh)(?<!ch)es$")
SILENT_INSIDE = re.compile(
    r"(?<![^aeiouyl]l)(?<=[^aeiouy])e(?=(?:ly|ful|less|ness|ment|some|body|thing|where|times?|one|"
    r"fully|lessly|work|line|man|men)s?$)"
)
EXCEPTIONS = {
    word: count
    for count, words in {
        1: """
            fire hour hours our real
        """,
        2: """
            being business centre client create cruel dial diet doing duel evening every fuel
            giant going household iron jewel lion maybe million ok onion people poem poet quiet
            really region science seeing senior social someone something sometimes somewhere
            special trial tv union via wednesday
        """,
        3: """
            actual anyone anywhere area areas beautiful behaviour cereal chocolate companion
            created creative diary different element elements everyone everything everywhere
            familiar favourite hospital idea ideal ideas interest museum museums opinion
            opinions parliament period previous radio recipe religion sciences serious suicide
            theatre usual video
        """,
        4: """
            actually beautifully comfortable everybody experience interested interesting
            kilometre kilometres reality repeatedly usually vegetable vegetables
        """,
        5: """
            experiences
        """,
    }.items()
    for word in words.split()
}

SAID_WITH_NOT = ("did", "is", "ha", "does", "would", "could", "should", "was", "need")


@cache
def syllables(word: str) -> int:
    """Return how many syllables a word has, at least one; parts joined by a hyphen are added.

    A rule for each habit of English spelling and a list of common exceptions: no dictionary.
    """
    parts = re.findall(r"[a-z']+", word.lower())
    return sum(_in_one(part.replace("'s", "").strip("'") or "a") for part in parts) or 1


def _in_one(word: str) -> int:
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    if word.endswith("n't"):
        return _in_one(word[:-3]) + word.startswith(SAID_WITH_NOT)
    word = word.replace("'", "")
    said = SILENT_INSIDE.sub("", word)
    if not TALE.search(said):
        said = SILENT_E.sub("", MUTE_ES.sub("s", MUTE_ED.sub("d", said)))
    count = len(VOWELS.findall(said)) + len(APART.findall(said)) - said.endswith("ically")
    return max(1, count + bool(re.search(r"[^aeiouy]s[mn]$|thm$", said)))
