"""Answers that say nothing: “n/a”, “don’t know”, a full stop, an emoji alone.

A comment is one of these only if all its words are: “nothing” is, “nothing has changed” is not.
"""

import re

from voice.themes.words import normalise

LONGEST = 12  # words; more than these are never taken for a non-answer

# Each of these alone is a non-answer. They are compared as `normalise` leaves them: without
# capitals, apostrophes and accents. The misspellings are those of children and of phones.
SAYING_NOTHING = """
nothing | nothin | nuthing | nuffin | nufin | nothink | nout | nowt | zilch | nil | null | none
nothing to add | nothing to say | nothing to report | nothing to declare | nothing comes to mind
nothing springs to mind | no | nope | nah | naa | n | non | na | n a | not applicable
no answer | no comment | no comments | no response | no opinion | no view | no views
no feedback | no suggestions | no suggestion | no ideas | no idea | no clue | no thoughts
no reply | no further comment | no further comments | no additional comments | no other comments
no more comments | no more to say | no more to add | no thanks | no thank you | not really
not relevant | does not apply | doesnt apply | not at this time | not at the moment
not that i can think of | not that i know of | none that i can think of | none at present
i have no comment | i have no comments | i have nothing to add | i have nothing to say
i have no suggestions | i have no opinion | idk | idrk | idfk | ionno | iunno | dunno | dunnoo
dno | dk | dont know | dont no | dnt know | dnt no | do not know | didnt know | dont really know
dont know what to say | dont no what to say | dont know what to put | dont no what to put
dont know what to write | dont no what to write | i dont know | i dont no | i do not know
not a thing | dont think so | i dont think so | have no idea | wouldnt know | dont mind
dont care | i dont care | idc | not sure | unsure | im not sure | i am not sure | not certain
never thought about it | cant think | cannot think | cant think of anything
cannot think of anything | cant think of any | cannot think of any | cant think of nothing
cant remember | i forgot | cant say | cannot say | couldnt say | hard to say | dont understand
i dont understand | i dont understand the question | i dont understand this question | as above
as before | as previous | see above | same as above | see previous answer
see my previous answer | see previous | see previous answers | see last answer | same as before
as previously stated | already said | already answered | already mentioned | refer to above
prefer not to say | prefer not to answer | rather not say | id rather not say | private | skip
skipped | pass | blank | left blank | empty | tbc | tba | test | testing | test response | asdf
asdfg | asdfgh | asdfghjkl | sdfghjkl | asdasd | qwerty | qwertyuiop | hjkl | blah | blah blah
blah blah blah | bla | bla bla | bla bla bla | meh | whatever | cba | bruh | lol | lmao | yes
yeah | yep | yup | ye | yh | ya | y | ok | okay | k | hi | hello | hey | hmm | hm | um | umm
dim | dim byd | dim sylw | dim byd iw ddweud | ddim yn gwybod | dwi ddim yn gwybod | dwn im
nic | nie wiem | brak | nie mam | nie dotyczy | brak uwag | nie | nimic | nu stiu | nu am | nu
niciunul | nimic de spus | fara comentarii | nada | no se | ninguno | ninguna | nenhum | nao sei
nenhuma | nao | sem resposta
sin comentarios | rien | je ne sais pas | neant | aucun | aucune | sans avis | sans objet
niente | nulla | nessuno | nessuna | non so | non lo so | nichts | keine | keine ahnung
weiss nicht | weiß nicht | ich weiß nicht | nein | yok | hicbir sey | hiç | hiçbir şey
bilmiyorum | bilmem | hayır | nieko | nezinau | nera | semmi | nem tudom | nincs | asgje
nuk e di | waxba | ma garanayo | нічого | не знаю | немає | ничего | нет | ні | нищо | не знам
няма | τίποτα | δεν ξέρω | όχι | لا شيء | لا أعرف | لا اعرف | لا ادري | لا أدري | لا يوجد | لا
هیچ | نمی دانم | نمیدانم | کچھ نہیں | پتہ نہیں | معلوم نہیں | نہیں | কিছু না | জানি না | না
કંઈ નહીં | ખબર નથી | ના | ਕੁਝ ਨਹੀਂ | ਪਤਾ ਨਹੀਂ | ਨਹੀਂ | कुछ नहीं | पता नहीं | नहीं | ஒன்றுமில்லை
தெரியாது | 没有 | 没有意见 | 不知道 | 无 | 沒有 | 無 | 不清楚
"""

# These may stand around one of the above and still nothing is said.
AROUND_IT = """
i | im | really | rly | at all | sorry | thanks | thank you | thankyou | ty | please | tbh | lol
to be honest | honestly | sry | else | more | further | at this time | at present
at the moment | atm | right now | now | just now | currently | for now | yet | today | here
to me | to us | for me | that i can think of | i can think of | that i know of | i know of
comes to mind | to mind | springs to mind | off the top of my head | to add | to say | to report
other than that | and | so | just | well | oh | er | erm | um | umm | hmm | x | xx | xxx | haha
hahaha | ha | or | but | comment | comments | my | our | child | answer | question | this | the
specific | particular | specifically | in particular | as yet | with regards to this | very
much | actually | then | to my role | previously | mentioned | above
that have not been mentioned | i think | i guess | guess | maybe | absolutely | obvious | so far
in all fairness | on this occasion | will come back to it | that springs to mind | desculpe
delete | at the minute | probably | sure | afraid | am | any | anything | off hand | offhand
lots
"""


def _phrases(listed: str) -> frozenset[tuple[str, ...]]:
    lines = re.split(r"[|\n]", listed)
    return frozenset(words for line in lines if (words := tuple(normalise(line).split())))


_NOTHING = _phrases(SAYING_NOTHING)
_AROUND = _phrases(AROUND_IT)
_LONGEST_PHRASE = max(len(phrase) for phrase in _NOTHING | _AROUND)


def is_non_answer(normalised: str) -> bool:
    """Say whether a comment, as `normalise` gives it, says nothing.

    That is: it has no letter at all (dots, numbers, emoji), it is one letter over and over
    (“xxxxx”), or it can be cut wholly into phrases of the two lists, one at least saying nothing.
    """
    words = tuple(re.sub(r"([a-z])\1{2,}", r"\1", normalised).split())
    if not re.search(r"[^\W\d_]", normalised):
        return True
    if len(words) == 1 and len(set(words[0])) == 1 and words[0].isascii():
        return True
    return len(words) <= LONGEST and _cut_into_phrases(words)


def _cut_into_phrases(words: tuple[str, ...]) -> bool:
    # best[i]: None when the first i words cannot be cut; else whether one part says nothing.
    best: list[bool | None] = [False] + [None] * len(words)
    for end in range(1, len(words) + 1):
        for start in range(max(0, end - _LONGEST_PHRASE), end):
            before = best[start]
            if before is None:
                continue
            phrase = words[start:end]
            if phrase in _NOTHING:
                best[end] = True
            elif phrase in _AROUND:
                best[end] = bool(best[end]) or before
    return bool(best[-1])
