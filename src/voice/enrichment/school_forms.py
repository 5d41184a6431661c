"""How the names of schools and settings stand in a text."""

import re

CAP = r"[A-ZÀ-Þ][\w'’-]*"
STREET_END = r"(?:Street|Road|Lane|Close|Avenue|Drive|Crescent|Way|Library|Station)"
KIND = (
    r"(?:(?:Roman |C of E |CofE |CE |RC )?(?:Catholic |Church of England |Community |Special "
    r"|Girls['’]? |Boys['’]? |Free |High |Grammar |Infants?['’]? |Junior |Primary |Secondary "
    r"|Nursery |First |Middle |Upper |Lower |Preparatory |Prep |Federation )*"
    r"(?:and )?(?:School|College|Academy|Nursery|Pre-?[Ss]chool|Playgroup|Kindergarten|Sixth Form"
    r"|Primary|Juniors?|Infants?|JMI|PRU|Upper|Lower|Middle|UTC|High(?! (?:Street|Road|Needs|Rate"
    r"|Court|Level))|Children['’]s Centre"
    r"|Education Support Centre|Montessori))"
)
NAMED_SCHOOL = re.compile(
    rf"\b(?P<name>{CAP}(?: (?:of|the|and|&|upon|on)(?= [A-Z])| {CAP}){{0,4}}?) {KIND}\b"
)
FEW_CAPITALS = re.compile(
    r"\b(?:at|to|in|from|go|goes|went|attends?|joined|left|near|called|outside|is|iz)"
    r" (?P<name>\w[\w'’-]+(?: \w[\w'’-]+)?)"
    r" (?:(?:infants?|junior|primary|secondary|high|special|nursery) )?"
    r"(?:school|college|academy|nursery|primary|juniors|infants|preschool|pre-school|pru"
    r"|playgroup)\b",
    re.IGNORECASE,
)
KIND_FOLLOWS = re.compile(
    r"(?: (?:infants?['’]?|juniors?|primary|secondary|jmi|special|lower|middle|upper|nursery"
    r"|pre-?school"
    r"|academy|school|college|girls|boys|community))+\b",
    re.IGNORECASE,
)
SMALL_LETTERS = re.compile(
    r"\b(?:(?:go|goes|going|went|been|move|moved|moving|transferred) to|attends?|(?:am|is|was|are"
    r"|i['’]?m"
    r"|he['’]?s|she['’]?s|place|pupil|pupils|teacher|work|works|start|started|starts|starting) at"
    r"|(?:my|our|his|her) (?:new |old )?(?:school|skool|scool|nursery|college) (?:is|iz|was|called"
    r"|is called)) (?P<name>[a-z][a-z'’]{3,})\b(?! (?:road|street|lane|way|hospital|clinic|park))"
)
SMALL_KIND = re.compile(
    r"(?<![\w'’])(?P<name>[a-z]{4,}) (?:primary|juniors?|infants?|academy|high|secondary|nursery"
    r"|college"
    r"|school|pre-?school)\b"
)
SAINT = re.compile(
    r"\b(?:Our Lady(?:['’]s)?(?: (?:of|and)(?: the)? [A-Z]\w+)*|Sacred Heart|Holy (?:Cross"
    r"|Trinity|Family|Rood)"
    r"|Christ Church|All Saints['’]?)(?: [A-Z][\w ]*?(?:School|Primary|Infants?|Juniors?|Academy"
    r"|College))?\b|\b(?:St\.?|Saint) [A-Z][\w'’-]+(?: (?:and|&) (?:St\.? )?[A-Z][\w'’-]+)?"
    rf"(?: {KIND})?|\bst\.? (?:\w+s|\w+['’]s)"
    r"(?: (?:primary|nursery|infants?|juniors?|school|academy|college))*",
)
NOT_A_SCHOOL = re.compile(
    r" ?(?:street|road|lane|avenue|close|hospital|hospice|church|cathedral|ambulance|parish)\b",
    re.IGNORECASE,
)
SETTING = re.compile(
    r"(?i:\b(?:senco|sendco|teachers?|head|headteacher|deputy|governor|placement|trial|taster|ta"
    r"|nursery|school|class"
    r"|pupils?|place|staff"
    r"|dsl|goes|go|went|started|starts|start|moved|move|attends|is|was|now|up|lessons|days?|happy"
    r"|thrives"
    r"|thriving|settled|reception|year \d+|sixth form|unit|base|provision|him|her|them)) "
    rf"(?i:at|of|to|in at) (?P<name>(?:The )?{CAP}(?: (?:de |of )?{CAP}){{0,3}})"
    rf"|(?i:\b(?:attends|attended|attending|joined|left|(?:put|placed|kept) (?:him|her|them) in) )"
    rf"(?P<direct>(?:The )?{CAP}(?: {CAP}){{0,3}})"
)
BUILT = re.compile(
    r"Lodge|House|Court|Park|View|Bank|Manor|Grange|Farm|Woods?|Trees?|Hill|Lea|Meadows?|Fields?"
    r"|Acorns|Days|Stars|Steps|Oaks|Willows|Brook|Green|Gate|Cross|Springs?|Rise|Bridge|Mead"
)
SLOT = re.compile(
    r"(?i:\b(?:at|attends?|attended|attending|toured|looked (?:round|at)|chose|applied (?:to|for)"
    r"|visited|named|consulted|turned (?:away"
    r"|down) by"
    r"|refused by|excluded from|place at|(?:school|college|nursery|setting|academy)"
    r"(?: is| was| called| named| is called|,)|put in|moved (?:from|out of)|(?:go|goes|going|went"
    r"|been) to|left|joined|(?:option|choice|offer) (?:is|was)|start(?:s|ed|ing)?)) "
    rf"(?P<name>{CAP}(?: (?:de |of )?{CAP}){{1,3}})"
)
PROPER = re.compile(
    rf"\b(?P<name>{CAP} (?:Lodge|House|Park|View|Bank|Manor|Grange|Farm|Woods?|Trees?|Hill|Lea"
    rf"|Meadows?"
    r"|Fields?|Acorns|Oaks|Willows|Brook|Gate|Cross|Springs?|Rise|Bridge|Mead|Ridge|Valley"
    r"|Heath))\b"
    rf"(?! (?:Hospital|Surgery|Clinic|{STREET_END}))"
)
NO_SCHOOL = re.compile(
    r"(?:Reviews?|Evening|Day|Time|Assembly|Plan|Team|Services?|Programme|Reports?|Meeting|Writing"
    r"|Group|Clubs?|Class|Office|Centre|Clinic|Hospital|Trust|Council|Department|Hall|Panel|Board"
    r"|Christmas|Stage|Level|Year|Week|Support|Needs|Authority|Therapy|Assessment|Court|Tribunal"
    r"|Hub|Network|Surgery|Station|Library|Church|World|Show|Party|Trip|Test|Lessons?|Studies|Care"
    r"|Zoo|Museum|Castle|Cinema|Beach|Theatre|Gym|Pool|Arena|Stadium|Airport|Street|Road"
    r"|Psychology|Psychologist|Worker|Officer|Manager|Coordinator|Lead|Director|Parliament)$"
)
A_THING = re.compile(r"\b(?:an?|some|any|these|those|more|no|every|each) $", re.IGNORECASE)
ADJECTIVE = re.compile(r"(?:Little|Big|First|New|Tiny|Bright|Happy|Small) [A-Z]")
LOWER_KIND = re.compile(
    rf"\b(?P<name>{CAP}(?: {CAP}){{0,3}}) (?:nursery|primary|infants?|juniors?|school|academy"
    rf"|college"
    r"|pre-?school|playgroup|sixth form|high school)\b"
)
NAMED_THE = re.compile(rf"\bThe (?:{CAP} )?[A-Z][\w'’-]+s\b")
SCHOOL_WORDS = re.compile(
    r"(?:best|worst|only|lovely|great|amazing|brilliant|nice|kind|awful|perfect|proper|special"
    r"|mainstream|primary|secondary|junior|infant|nursery|local|new|old|different"
    r"|same|big|small|little|state|private|first|middle|high|grammar|village|our|my|his"
    r"|her|their|your|this|that|any|every|each|another|other|next|good|outstanding"
    r"|independent|boarding|faith|catholic|the|a|an|no|some|both|all|one|two|three"
    r"|specialist|maintained|day|residential|sen|send|current|previous|proper|normal|real"
    r"|regular|free|public|forest|sunday|summer|upper|lower|sixth|home|after|before"
    r"|breakfast|which|what|whole|nearest|right|wrong|suitable|academy|college|school"
    r"|community|online|flexi|part-time|full-time|to|at|in|from|of|for|and|or|with|about)$",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"(?:placement|hub|unit|pupils?|senco|sendco|head|headteacher|deputy|governor) ", re.I
)
