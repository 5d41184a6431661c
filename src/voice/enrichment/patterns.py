"""Things that have a fixed form: postcodes, telephone numbers, addresses on the web, numbers."""

import re
from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct

Label = Literal[
    "PERSON",
    "SCHOOL",
    "PLACE",
    "POSTCODE",
    "PHONE",
    "EMAIL",
    "DATE_OF_BIRTH",
    "NHS_NUMBER",
    "REFERENCE",
    "ONLINE",
]


class Span(Struct, frozen=True, order=True):
    """A stretch of a text, from `start` up to but without `end`, and what it is."""

    start: int
    end: int
    label: Label


EMAIL = re.compile(
    r"\b[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w.+-]+ ?(?:\(at\)|\[at\]) ?[\w-]+(?: ?(?:\.|\(dot\)|\[dot\]| dot ) ?[\w-]+)+"
    r"|\b[\w.]+ at (?:gmail|hotmail|outlook|yahoo)\b"
    r"(?: ?(?:dot|\.) ?co(?:m|\.uk))?",
    re.IGNORECASE,
)
WEB = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"”)]*[\w/]"
    r"|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.(?:com|co\.uk|uk|blog|app|site|social|xyz|ly|eu|org"
    r"|org\.uk|net|info|io|gg|me|tv|example)\b"
    r"(?:/[^\s<>\"”)]*[\w/])?",
    re.IGNORECASE,
)
HANDLE = re.compile(
    r"(?<![\w/])[ur]/\w{3,}|(?<![\w@.])@\w[\w.]*\w|(?<![\w@./-])(?=\w*[a-zA-Z])[a-zA-Z\d]+_\w*[a-zA-Z\d](?![\w@])"
)
ACCOUNT = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|discord|xbox|roblox|gamertag|user ?name|kik"
    r"|you ?tube|twitch|reddit|twitter|facebook|steam|psn|whatsapp)"
    r"(?: name| id| account| me| tag| handle| user| channel)*(?: i['’]?m| i am| as| is| at| on|:"
    r"| =)? (?P<found>(?=[\w.]*[\d_]|[\w]+\.\w)[a-z][\w.]{2,}\w|[\w.]+#\d{4}"
    r"|(?-i:[A-Z][a-z]+[A-Z]\w+))",
    re.IGNORECASE,
)
ON_A_SITE = re.compile(
    r"\b(?:follow|find|add|im|i am|i['’]m|as|called|message|dm|look up) (?:me (?:at |as |is )?)?"
    r"(?P<found>(?=[\w.]*[\d_.]\w|(?-i:[A-Za-z][a-z]+[A-Z]))[\w.]{4,}) on (?:insta\w*|tik ?tok"
    r"|snap\w*|you ?tube"
    r"|twitch|discord|roblox|xbox|twitter|facebook|fortnite|minecraft|x|threads)\b",
    re.IGNORECASE,
)
USER_NAME = re.compile(
    r"\b(?:user ?name|gamer ?tag|(?:gamer|gaming|screen|online) name|(?:discord|roblox|xbox|insta"
    r"|snap|tiktok|minecraft"
    r"|fortnite) (?:name|user|id"
    r"|tag)|handle(?= is|:))(?: is|:| =)?"
    r" (?P<found>(?!(?:is|and|the|was|on|in|for|to|a|i)\b)[\w.#-]{3,})",
    re.IGNORECASE,
)
AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E"
    "|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL"
    "|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM"
    "|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
POSTCODE = re.compile(
    rf"\b(?:{AREAS})\d[\dA-Z]? ?\d[ABD-HJLNP-UW-Z]{{2}}\b|\bpost ?code(?: is| was"
    rf"|:)? (?P<found>(?:{AREAS})\d{{1,2}}[A-Z]?)\b|\b(?:SG|AL|WD|HP|EN|CM|HA"
    rf"|LU)\d{{1,2}}\b(?!\s?\d)",
    re.IGNORECASE,
)
# Lines that anyone may ring (0800, 0808, 0300, 0845) point at nobody.
PHONE = re.compile(
    r"(?<![\d/.-])(?:(?:\+|00)44 ?\(?0?\)?|\(?[0oO]\)?(?!800|808|3\d\d"
    r"|845))(?:[ .-]?\(?\d\)?){9,11}(?![\d/])"
)
LOCAL_PHONE = re.compile(
    r"\b(?:call|ring|text|phone|tel|mobile|mob|landline|whatsapp)(?: (?:me|us|him|her))?(?: on"
    r"| at| is|:)?"
    r" (?P<found>\d{3}[ -]?\d{3,4})(?![\d/-]| \d)",
    re.IGNORECASE,
)
TEN_DIGITS = re.compile(r"(?<![\d/.+-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d/-])")
NAMED_NHS = re.compile(
    r"\bNHS (?:no\.?|number)[ :]*(?:is )?(?P<found>\d[\d -]{6,}\d)", re.IGNORECASE
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:\d{{1,2}}[/.\- ]\d{{1,2}}[/.\- ]\d{{2,4}}|\d{{4}}[-./]\d{{2}}[-./]\d{{2}}"
    rf"|(?:christmas|boxing|new year['’]?s) (?:eve|day),? \d{{4}}"
    rf"|{DAY}(?: of)? {MONTH}(?:,? \d{{2,4}})?|{MONTH} (?:the )?{DAY}\b(?:,? \d{{4}})?)"
)
BORN = (
    r"(?:\bborn|\bb\.|\bd\.?o\.?b\b\.?|date of birth|\bbirth ?day|\bpassport(?: says)?"
    r"|birth certificate|\bbirth ?date|\bbday)"
)
BIRTH = re.compile(
    rf"{BORN}[^.!?\n\d]{{0,20}}?(?P<found>{DATE})"
    rf"|\bborn[^.!?\n]{{0,40}}? on (?:the )?(?P<found6>{DATE})"
    rf"|\bborn in (?P<found4>{MONTH},? \d{{4}})"
    rf"|(?:\b(?:is|be|turns?|hes|shes|he['’]s|she['’]s|i['’]?m) \d{{1,2}} on (?:the )?)"
    rf"(?P<found5>{DATE})"
    rf"|(?:\bborn|\bturn(?:s|ed)? \d+ on)[^.!?\n]{{0,40}}?"
    rf"(?P<found3>{DAY}(?: of)? {MONTH},? \d{{4}})"
    rf"|(?P<found2>{DATE})[^.!?\n\d]{{0,8}}{BORN}",
    re.IGNORECASE,
)
CODE = re.compile(
    r"\b(?=[A-Z\d/-]*\d{3})[A-Z]{2,6}\d*(?:[-/][A-Z\d]+)+\b"  # HCC/EHC/20443
    r"|\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"  # A National Insurance number.
    r"|\b[A-Z]{2,5}\d{5,}\b"
    r"|\b[A-Z]\d{11}[A-Z\d]\b"  # A pupil number.
)
NAMED_CODE = re.compile(
    r"\b(?:ref(?:erence)?|id|college|student|account|application|membership|candidate|case"
    r"|ehcp?(?: plan)?|plan|file|claim|complaint|incident|crime|pupil|upn"
    r"|appeal|tribunal)(?: (?:no\b\.?|number|num|ref(?:erence)?|id|code)\.?)*"
    r" ?(?:is |was |[:#=] ?)?"
    r"(?P<found>(?=[\w/-]*\d[\w/-]*\d[\w/-]*\d)[A-Z\d][\w/-]*\w|[A-Z]{2,5} \d{3,}(?: \d{3,})*)",
    re.IGNORECASE,
)


def is_nhs_number(digits: str) -> bool:
    """Return whether ten digits are an NHS number: the last one is a check of the others."""
    weighed = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return (11 - weighed % 11) % 11 == int(digits[9])


def _nhs_numbers(text: str) -> Iterator[Span]:
    for match in TEN_DIGITS.finditer(text):
        if is_nhs_number(re.sub(r"\D", "", match[0])):
            yield Span(*match.span(), "NHS_NUMBER")
    yield from _all(NAMED_NHS, "NHS_NUMBER")(text)


def _references(text: str) -> Iterator[Span]:
    yield from _all(CODE, "REFERENCE")(text)
    for span in _all(NAMED_CODE, "REFERENCE")(text):
        if not re.fullmatch(r"(?:19|20)\d\d(?:[-/](?:20)?\d\d)?", text[span.start : span.end]):
            yield span  # “EHCP 2021” is a year.


def _all(pattern: re.Pattern[str], label: Label) -> Callable[[str], Iterator[Span]]:
    def find(text: str) -> Iterator[Span]:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            name = next((name for name in groups if groups[name]), None)
            yield Span(*(match.span(name) if name else match.span()), label)

    return find


# The earlier one wins where two overlap.
FINDERS: tuple[Callable[[str], Iterator[Span]], ...] = (
    _all(EMAIL, "EMAIL"),
    _all(WEB, "ONLINE"),
    _all(HANDLE, "ONLINE"),
    _all(ACCOUNT, "ONLINE"),
    _all(USER_NAME, "ONLINE"),
    _all(ON_A_SITE, "ONLINE"),
    _nhs_numbers,
    _all(BIRTH, "DATE_OF_BIRTH"),
    _all(PHONE, "PHONE"),
    _all(LOCAL_PHONE, "PHONE"),
    _all(POSTCODE, "POSTCODE"),
    _references,
)


def find_fixed_forms(text: str) -> list[Span]:
    """Return what has a fixed form in the text; spans may overlap, and an earlier one wins."""
    return [span for find in FINDERS for span in find(text)]
