"""The words of a comment: what makes two comments the same, and which words carry no meaning."""

import re
import unicodedata

_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_ACCENTS = re.compile("[\u0300-\u036f]")
_NO_WORD = re.compile(r"[\W_]+")

# No phrase begins or ends with one of these. Apostrophes are left out of them.
STOP_WORDS = frozenset(
    """
    a abit about above actually after again against ago aint all almost alone along alot
    already also although always am among an and another any anybody anyone anything anyway
    anyways are arent around as ask asked asking at away back bc bcos be became because
    become becos becoz been before being below between bit bits both but by came can cannot
    cant cause come comes coming cos could couldnt coz did didnt do does doesnt doing done
    dont down due dunno during each either else especially etc even ever every everybody
    everyone everything far feel feels felt few five for four from fully further gave get
    gets getting give given gives giving go goes going gone gonna got gotta had hadnt happen
    happened happens has hasnt have havent having he hell hence her here heres hers herself
    hes him himself his how however i id if ill im in innit instead into is isnt it itd itll
    its itself ive just keep keeps kept kind know known knows least left less let lets
    letting like lol look looked looking lot lots made make makes making many may maybe me
    mean means might mine miss more most mr mrs ms much must my myself near neither never no
    nobody none nor not nothing now of off often oh ok okay on once one ones only onto or
    other others otherwise our ours ourselves out over own per perhaps please possible ppl
    put quite rather really said same saw say saying says sed see seem seemed seems seen
    several sez shall shant she shed shell shes should shouldnt since six so some somebody
    somehow someone something sometimes somewhere soon sort sorts still stuff such sum
    sumone sure take taken takes taking tbh tell than thank thanks that thatd thats the
    their theirs them themselves then there theres these they theyd theyll theyre theyve
    thing things think this tho those though three through thru thus to together told too
    took toward towards tried try trying two under unless until up upon us use used using
    usually various very via wanna want wanted wants was wasnt way we wed well went were
    werent weve what whatever whats when whenever where wheres whether which while who
    whoever whole whom whos whose why will with within without wiv wont would wouldnt yes
    yet you youd youll your youre yours yourself youve
    """.split()  # noqa: SIM905 - Two hundred quotation marks would be hard to read.
)
# These may begin or end a phrase (“waiting times”, “special needs”) but tell nothing alone.
WEAK_WORDS = frozenset(
    """
    able absolutely add always amazing bad best better big bigger brilliant completely day
    days different end enough everyone excellent extremely fantastic first generally good
    great half hour hours improve last little long longer lovely mins minute minutes moment
    month months need needed needs new next nice overall part particularly people person
    second time times today week weekly weeks worse worst year years
    """.split()  # noqa: SIM905 - As above.
)

# Of the words that are always written with a capital, those that many comments hold.
PROPER = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february april june july
    august september october november december easter christmas english welsh polish british
    """.split()  # noqa: SIM905 - As above.
)


def normalise(text: str) -> str:
    """Return the words of a comment alone: no capitals, accents, apostrophes, punctuation, emoji.

    Two comments that come out the same are taken for the same comment.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = _ACCENTS.sub("", _APOSTROPHES.sub("", plain))
    return _NO_WORD.sub(" ", unicodedata.normalize("NFKC", plain)).strip()
