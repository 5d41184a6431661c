"""What a name that no list has stands for, from the words around it: a person, school or place."""

import re

from voice.enrichment.patterns import Label

QUALITY = r"(?:deaf|autism|specialist|nurture|resource|language|asd|sen|semh|speech|new|special)"
SCHOOL_FOLLOWS = re.compile(
    rf"(?:['’]s)?,? (?:{QUALITY} )?(?:unit|base|respite|senco|sixth form|reception|provision"
    rf"|campus|staff"
    r"|teachers?|head|headteacher|pupils?|site|schools?|open day|transition|governors?"
    r"|federation)\b"
    r"| (?:was|is|were|are) (?:\w+ )?(?:full|over-?subscribed|(?:a|an|the) (?:[\w-]+ )*"
    r"(?:school|nursery|college|setting|place for))\b"
    r"| (?:has|had|have|with) (?:a|an|no) (?:[\w-]+ )?(?:unit|base|ramp|senco|places?|hub)\b"
    r"| (?:have been|have no|refused|excluded|offered|turned (?:him|her|them|us) down"
    r"|said (?:they|their|no)"
    r"|(?:can|could)(?:not|n['’]t| not) (?:meet|take))\b"
    r"|,? (?:not mainstream|before reception|from (?:year|reception|nursery)|in (?:year|reception)"
    r"|(?:until|since|in) year|for (?:year|sixth|reception|secondary|primary))\b",
    re.IGNORECASE,
)
SCHOOL_PRECEDES = re.compile(
    r"\b(?:at|attend(?:s|ed|ing)?|joined|left|leave|leaving|pass(?:ed)?|visit(?:ed)?|toured|tour of"
    r"|nam(?:ed|ing)|consulted|offered|looked (?:round|at)|applied (?:to|for)|chose|go(?:es"
    r"|ing)? to|went to|gone to|been to|transition (?:to"
    r"|from)"
    r"|start(?:s|ed|ing)?(?: at)?|mov(?:es?|ed|ing) (?:on |up )to|(?:places?|pupils?|head|senco"
    r"|staff"
    r"|tas?|governor|class|unit|base|terms?|years?|days?|teachers?|taught|work(?:s|ed)?) (?:at|of"
    r"|in"
    r"|from)|excluded from|refused by|(?:school|nursery|college|setting|academy"
    r"|pre-?school)(?: is| was| called| named|,|:)"
    r"|(?:put|placed|kept) (?:him|her|them|\w+) (?:in|at)|schools like|such as) (?:the )?$",
    re.IGNORECASE,
)
HEALTH_PRECEDES = re.compile(
    r"\b(?:gp|doctors?|surgery|clinic|consultant|nurse|appointments?|seen|physio|ward|dentist|ot"
    r"|salt"
    r"|paediatrician|shops?|church|park|station|bungalow|house|cottage|flat|home) (?:is "
    r"|was )?(?:at|in|on)"
    r" (?:the )?$",
    re.IGNORECASE,
)
PLACE_PRECEDES = re.compile(
    r"\b(?:liv(?:es?|ed|ing) (?:in|near|at|on|off|by|down|just outside)|in|near|around|outside"
    r"|between"
    r"|mov(?:es?|ed|ing)(?: \w+)? (?:to|from)|(?:bus|train|travel|drive|lift|taxi|walk) (?:to|from)"
    r"|(?:top|bottom|end|middle) of|up|down|along|village of|village called|village,|town of"
    r"|based in|across|through|via|off) (?:the )?$",
    re.IGNORECASE,
)


def label_around(text: str, start: int, end: int) -> Label | None:
    """Return what the words around say that this name is, or None where they say nothing."""
    before = text[max(0, start - 40) : start]
    if re.search(r"\blive|\bliving|\bmoved? (?:to|from)", before, re.IGNORECASE):
        return "PLACE"
    if HEALTH_PRECEDES.search(before):
        return "PLACE"
    if SCHOOL_PRECEDES.search(before) or SCHOOL_FOLLOWS.match(text, end):
        return "SCHOOL"
    return "PLACE" if PLACE_PRECEDES.search(before) else None
