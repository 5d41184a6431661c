"""How people’s names stand in a text: what comes before them, and what comes after."""

import re

WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
TOKEN = re.compile(WORD)
POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
SENTENCE_START = re.compile(r"(?:^|[.!?:\n•–—-])[\s\"“‘'(]*$")
TITLE = re.compile(
    r"\b(?P<title>mrs|mr|ms|dr|prof|professor|miss|sir|cllr|councillor|auntie|aunty|uncle|nurse|rev"
    rf"|pc|aunt|nanny|grandma|granny|grandad|uncle)\.? (?P<name>(?!(?:mrs|mr|ms|dr|miss"
    rf"|sir)\b){WORD})",
    re.IGNORECASE,
)
TITLE_WORD = re.compile(r"(?:mrs|mr|ms|drs?|miss|sir)$", re.I)
KIN_TITLES = {"auntie", "aunty", "aunt", "uncle", "nanny", "grandma", "granny", "grandad"}
VOWEL = re.compile("[aeiouy]")
SURE_TITLES = {"mrs", "mr", "ms", "cllr", "councillor", "prof", "professor"}
NO_TITLE_BEFORE = re.compile(
    r"\b(?:i|we|they|you|he|she|to|will|ill|would|dont|don['’]t|did|didnt|really|rly|not|much|and"
    r"|can"
    r"|cant|could|might|must|always|never|the|a|my|his|her|your|our|see|saw|near)[ ,]+$",
    re.IGNORECASE,
)
INITIALS = re.compile(rf"\b(?:[A-Z]\. ?){{1,3}}(?P<name>[A-Z][a-z]{WORD})")
CALLED = re.compile(
    rf"\b(?:my|his|her|their|whose) (?:\w+ )?names?(?: is| was|['’]s| iz) (?P<name>{WORD})", re.I
)
PAST = re.compile(r"\w+(?:ed|ing|en|wn|lt)$")
KIN = re.compile(
    r"(?:son|daughter|boy|girl|brother|sister|twin|cousin|fr[ie]+nd|mate|husband|wife|bff)",
    re.I,
)
NAMED = re.compile(
    rf"\b(?:names?(?: is|['’]s| iz| was| are|:)?|called|named|nicknamed|known as) (?P<name>{WORD})",
    re.IGNORECASE,
)
RELATION = re.compile(
    r"\b(?P<whose>(?:my|our|his|her|their|a|the|best|little|big|older|younger|twin|step)[ -])?"
    r"(?P<who>sons?|daughters?|child|boys?|girls?|brothers?|bruther|sisters?|twin|cousin"
    r"|fr[ie]+nds?"
    r"|mate|mates|mum|dad|mother|father|nan|grandad|husband|wife|partner|ex|stepdad|boyfriend|bf"
    r"|bff"
    r"|girlfriend|ta|t\.a\.|teacher|techer|teecher|tutor|mentor|(?:case|social|key|support) ?worker"
    r"|worker|helper|senco|one to one|1:1|1-1|carer|driver|escort|therapist|salt|ot|ep|head"
    r"|headteacher|paediatrician|doctor|officer|coordinator|secretary|lsa|assistant|coach|neighbour"
    r"|bestie|besty|buddy|bro|sis|classmate|nephew|niece|grandson|granddaughter|foster (?:son"
    r"|daughter)"
    r"|keyworker|key person|health visitor|psychologist|consultant|counsellor|advocate|practitioner"
    r"|receptionist|caretaker|nurse|physio|manager|(?:lunch|dinner|bus|taxi|office) (?:lady|man"
    r"|driver)"
    r"|child minder|childminder|pupil|student|learner|babysitter|grandchild|eldest|youngest|oldest)"
    rf"s?(?:,| is| was| called| named|:)? (?P<name>{WORD})",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"\b(?:i['’]?m|i am|this is|it['’]?s me|hi|dear|thanks to|thanks|thank you to|thank you|cheers"
    r"|ask for|ask|love from|regards,?|wishes,?|sincerely,?|faithfully,?|yours,?|signed:?)"
    rf" (?P<name>{WORD})",
    re.IGNORECASE,
)
NOT_A_PERSON = re.compile(
    r"\b(?:dog|cat|hamster|rabbit|fish|pony|horse|pig|teddy|toy|app|game|book|show|thing|things"
    r"|programme"
    r"|scheme|group|club|service|school|team|system|something|it|condition|syndrome|disorder|bear"
    r"|puppy"
    r"|village|hamlet|town|estate|street|play|song|film|movie|story|character|series|charity"
    r"|project|band|kitten|parrot|tortoise"
    r"|training|tool|course|form|room|drug|medicine|website)s?"
    r"(?: (?:is|was|that|which|he|she|are|were|we|they|what))*(?: (?:my|the|our|its))? $",
    re.IGNORECASE,
)
PERSONAL = re.compile(
    r"(?: (?:always|never|just|also|still|really|often|sometimes|usually))? (?:says|said|told"
    r"|tells|hits"
    r"|pushes|pushed|helps|helped|loves|likes|cries|listens|understands|shouts|sits|lets|is (?:my"
    r"|our|his"
    r"|her|their|in year|in my|the one|kind|funny|(?:three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve)|\d))\b",
    re.IGNORECASE,
)
"""What only a person does, so that a month or a season is not taken for one."""
ACTS = re.compile(
    r",? \(?(?:aged? \d+|year \d+|\d+|mum|dad|parent|here)\b"
    r"| \((?:ta|lsa|hlta|senco|sendco|ot|ep|salt|slt|head|teacher|my|our|his|her|social worker"
    r"|caseworker"
    r"|class teacher|key ?worker)\b"
    r"|(?: (?:always|never|just|still|really|often))? (?:uses|walks|runs|talks|eats|sleeps|lives"
    r"|sees"
    r"|stays|sings|reads|draws|screams|masks|copes|feels|works|refuses|hates|enjoys|finds|learns"
    r"|looks"
    r"|drives|deserves|spends|spent|became|waits|sat|stopped|turns|has|drew|ate|slept|felt|read)\b|"
    r"(?: (?:always|never|just|also|still|really|often|sometimes|usually|even))?"
    r" (?:from|saw|is|was|has|had|says|said|sed|goes|went|helps|helped|left|likes|loves|plays"
    r"|shouts"
    r"|told"
    r"|tells|and|gets|got|comes|came|sits|hits|pushes|makes|made|lets|needs|wants|cries|struggles"
    r"|attends"
    r"|started|starts|thrives|took|takes|gave|gives|listens|understands|can|could|isn['’]t"
    r"|wasn['’]t"
    r"|doesn['’]t|\w+ed|hid|hides|bites|bit|kicks|keeps|kept|teaches|taught|knows|knew|thinks"
    r"|thought"
    r"|rang|rings|does|did|would|should|spoke|speaks|runs|ran|cant|wont|moved|works|wrote|found)\b",
    re.IGNORECASE,
)
ALSO_VERBS = re.compile(
    r"(?:will|chase|mark|hope|may|art|bill|chance|grant|rob|rich|rain|blue|star)$", re.I
)
IN_FULL = re.compile(r"(?:i|you|we|they|he|she|it|that|there|what|who|let|here)['’]\w+$", re.I)
ABOUT_PEOPLE = re.compile(
    rf"\b(?:asked|told|tell|hit|kicked|pushed|invited|punched|helped|met|rang|phoned|emailed|texted"
    r"|(?:sit|sits|sat|play|plays|played|work|works|walk|friends|lunch|partners?|paired|talk"
    r"|talked) (?:with"
    rf"|next to)|spoke to|speak to|next to|me and) (?P<name>{WORD})(?= (?:to|that|and|he|she|in"
    rf"|on|at|when|not"
    r"|because|cos|but|off|about|what|got|is|was|were|are|went|had|r|from|last|today|who|or)\b"
    r"|[.,!?]|$)"
    rf"|\b(?P<class>{WORD}) (?:in|from) (?:my|our) (?:class|year|school|table|group)\b"
    rf"|\b(?P<whose>{WORD})(?=['’]s (?:mum|dad|mother|father|sister|brother|ta|teacher|needs"
    rf"|speech|taxi"
    r"|behaviour|friends?|autism|adhd|ehcp|plan|one to one|1:1|voice|anxiety|meds|annual review"
    r"|place)\b)",
    re.IGNORECASE,
)
TWO_LETTERS = re.compile(
    r"(?<![\w.])(?!(?:P\. ?T|R\.T|O\.K|N\.I|H\.R|T\.A|P\.E|U\.K|U\.S|E\.P|O\.T|I\.T|A\.D|D\.T"
    r"|R\.E|G\.P|I\.E|E\.G|P\.S|A\.M|P\.M|S\.E|N\.H"
    r"|D\.O|L\.S|H\.L|L\.A|E\.H|P\.D|A\.S|N\.B|P\.R|V\.I|H\.I|R\.C"
    r"|C\.E)\.)(?P<name>[A-Z]\. ?[A-Z]\.)(?:[A-Z]\.)?(?!\w)"
    r"|\binitials? (?:are|is) (?P<told>[A-Z]\.?[A-Z]\.?)\b"
)
PET = (
    r"(?:dog|cat|hamster|rabbit|fish|pony|horse|guinea pig|teddy|puppy|kitten|parrot|tortoise"
    r"|snake|bear"
    r"|lizard|gecko|budgie|goldfish|bunny|rat|gerbil|doll|toy|bearded dragon|assistance dog"
    r"|therapy dog)"
)
OF_A_PET = re.compile(
    rf"\b{PET}s?(?:,| is| was| are)?(?: called| named)? (?P<name>(?!(?:is|was|and|are|called"
    rf"|named)\b)"
    rf"{WORD})(?: and (?P<other>[A-Z]{WORD}))?"
    r"|\b(?:play|song|book|film|movie|game|show|story|app|character|programme|series) (?:called"
    r"|named)"
    rf" (?P<title>{WORD})",
    re.IGNORECASE,
)
IDEAS = {"joy", "hope", "faith", "grace", "patience", "charity", "harmony", "mercy", "honey", "art"}
"""Names that are also things to have: with “is” and “was” they are rather that."""
JOINS = re.compile(r",? and |, | & | or | n | nd ")
JOINS_BEFORE = re.compile(r"(?:,? and |, | & | or | n | nd )$")
NEXT = re.compile(r"(?:,? and|,| &| or)? ")
SAYS = re.compile(
    r" (?:said|sed|says|sez|told|tells|shouts|shouted|helps|helped|gave|lets|let)\b", re.I
)
NAMED_A_SCHOOL = re.compile(
    r"\b(?:they|la|council|panel|have|has|had|plan|draft|ehcp|we|county|authority)(?: \w+)? $", re.I
)
DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)? $")
NUMBER_FOLLOWS = re.compile(r" \d")
