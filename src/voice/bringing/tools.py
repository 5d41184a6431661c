"""The tools whose exports we know, each told by its columns.

`docs/bringing-data.md` says from what each was written, and which were never held against a real
export. Columns with a person's name or address are never brought in.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from voice.bringing.heading import Column
from voice.bringing.likeness import plain


class Tool(Struct, frozen=True, kw_only=True):
    """One tool: what it is called, and the columns that it adds of itself.

    `marks` are columns of which `enough` must be there; `ids` and `days` are, in order of
    preference, the columns that tell rows apart and say when they were given; `about` are others
    to leave out. `between` parts several answers in one cell.
    """

    id: str
    name: str
    marks: frozenset[str]
    enough: int
    ids: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    between: str = ";"


PERSONAL = frozenset(
    map(
        plain,
        (
            *("name", "your name", "first name", "last name", "surname", "full name", "username"),
            *("email", "e-mail", "email address", "e-mail address", "your email", "phone"),
            *("telephone", "phone number", "ip address", "ipaddr", "ip", "token", "user name"),
            *("address", "postcode", "your postcode", "date of birth", "dob", "nhs number"),
        ),
    )
)
"""Columns that say who somebody is: Voice asks nobody for it, so it takes none of it in."""

OWN = Tool(
    id="voice",
    name="Voice",
    marks=frozenset({"voice ref", "voice wave", "voice speaks"}),
    enough=3,
    ids=("voice_ref",),
    days=("voice_day",),
    between="|",
)
MICROSOFT = Tool(
    id="microsoft-forms",
    name="Microsoft Forms",
    marks=frozenset({"id", "start time", "completion time", "email", "name"}),
    enough=3,
    ids=("ID",),
    days=("Completion time", "Start time"),
    about=("Last modified time", "Total points", "Quiz feedback", "Language"),
    between=";",
)
GOOGLE = Tool(
    id="google-forms",
    name="Google Forms",
    marks=frozenset({"timestamp"}),
    enough=1,
    days=("Timestamp",),
    about=("Score",),
    between=", ",
)
SMARTSURVEY = Tool(
    id="smartsurvey",
    name="SmartSurvey",
    marks=frozenset(
        {"userid", "userno", "unique id", "started", "ended", "tracking link", "ip address"}
    ),
    enough=3,
    ids=("UserID", "UserNo"),
    days=("Ended", "Started"),
    about=("Unique ID", "UserNo", "Tracking Link", "Status", "Language", "Time taken", "Seconds"),
    between=",",
)
LIMESURVEY = Tool(
    id="limesurvey",
    name="LimeSurvey",
    marks=frozenset(
        map(
            plain,
            (
                *("submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"),
                *("Response ID", "Date submitted", "Last page", "Start language"),
                *("Date started", "Date last action"),
            ),
        )
    ),
    enough=3,
    ids=("id", "Response ID"),
    days=("submitdate", "Date submitted", "datestamp", "Date last action"),
    about=(
        *("lastpage", "Last page", "startlanguage", "Start language", "seed", "startdate"),
        *("Date started", "refurl", "Referrer URL", "datestamp", "Date last action"),
    ),
    between="|",
)
SNAP = Tool(
    id="snap",
    name="Snap",
    marks=frozenset(
        map(
            plain,
            (
                *("ID.name", "ID.start", "ID.end", "ID.date", "ID.time", "ID.completed"),
                *("ID.format", "ID.startdate", "ID.enddate", "ID.site", "ID.lang", "ID.case"),
            ),
        )
    ),
    enough=2,
    ids=("ID.case", "Case", "ID.name"),
    days=("ID.enddate", "ID.date", "ID.end", "ID.startdate", "ID.start"),
    about=("ID.time", "ID.completed", "ID.format", "ID.site", "ID.lang"),
    between=",",
)
OTHER = Tool(id="other", name="another tool", marks=frozenset(), enough=0, between=";")

# Google's one mark is a word that others use too, so it comes last.
KNOWN = (OWN, MICROSOFT, LIMESURVEY, SNAP, SMARTSURVEY, GOOGLE)
BY_ID = {tool.id: tool for tool in (*KNOWN, OTHER)}
ROW, PROBLEM = "voice_row", "voice_problem"
REJECTED = frozenset(map(plain, (ROW, PROBLEM)))
"""The columns that a file of rejected rows has beside those it came with."""


def recognise(columns: Iterable[Column]) -> Tool:
    """Return the tool whose columns these are, or `OTHER`."""
    there = {plain(column.called) for column in columns}
    found = (tool for tool in KNOWN if len(tool.marks & there) >= tool.enough)
    return next(found, OTHER)


def first_of(wanted: Sequence[str], columns: Iterable[Column]) -> str:
    """Return the first of the wanted columns that is there, as the file names it, or nothing."""
    spelt = {plain(column.called): column.name for column in columns}
    return next((spelt[plain(one)] for one in wanted if plain(one) in spelt), "")


def is_about(tool: Tool, column: Column) -> bool:
    """Tell whether a column is one that the tool adds of itself, or says who somebody is."""
    said = plain(column.called)
    own = (*tool.ids, *tool.days, *tool.about)
    if said in PERSONAL or plain(column.asked) in PERSONAL or said in REJECTED:
        return True
    return said in map(plain, own)
