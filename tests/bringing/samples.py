"""Two parents' answers to support-parents-carers, as each tool would export them.

Written to the tools' own documents, not taken from a real export: docs/bringing-data.md.
"""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook

SATISFIED = "How satisfied are you with SEND services in Hertfordshire?"
LISTENED = "Do people listen to you about the support your child needs?"
WAITING = "Is your child waiting for support now?"
WAITING_FOR = "What is your child waiting for?"
WELL = "What is going well?"
CHANGE = "What is the one thing you would change?"
HELPED = "Did someone help you answer?"
QUOTE = "May we share some of your words?"
ASSESSMENT, THERAPY = (
    "An autism or ADHD assessment",
    "Speech and language, occupational or physical therapy",
)

# What every sample says, once it is brought in.
FIRST = {
    "satisfaction": 3,
    "listened": "sometimes",
    "waiting": "yes",
    "waiting_for": ["assessment", "therapy"],
    "going_well": "The nursery; it is kind",
    "one_change": "=Shorter waits, please",
    "helped": "alone",
    "may_quote": "yes",
}
SECOND = {
    "satisfaction": None,
    "listened": None,
    "waiting": "no",
    "waiting_for": None,
    "going_well": None,
    "one_change": "Answer “letters”\nand calls",
    "helped": "read",
    "may_quote": "no",
}
STATES = {"satisfaction": "skipped", "listened": "dont_know", "waiting_for": "not_shown"}


def to_csv(
    rows: Sequence[Sequence[object]], encoding: str = "utf-8-sig", between: str = ","
) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=between, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def to_xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.value = value  # type: ignore[assignment]  # A day, a number or a text.
            if isinstance(value, str):
                cell.data_type = "s"  # Words that begin with “=” are words.
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def answers(several: str, *, unsure: str = "I’m not sure") -> list[list[object]]:
    """The cells of both parents, from satisfaction to may_quote."""
    return [
        [
            *("3", "Sometimes", "Yes", several, "The nursery; it is kind"),
            *("=Shorter waits, please", "No", "Yes, you may"),
        ],
        [
            "",
            unsure,
            "No",
            "",
            "",
            "Answer “letters”\nand calls",
            "They read it to me",
            "No, please don’t",
        ],
    ]


ASKED = [SATISFIED, LISTENED, WAITING, WAITING_FOR, WELL, CHANGE, HELPED, QUOTE]


def microsoft_forms() -> bytes:
    """XLSX; several answers in one cell, each with a semicolon behind it."""
    about = [
        [1, datetime(2026, 11, 20, 14, 3), datetime(2026, 11, 20, 14, 9), "anonymous", ""],
        [2, datetime(2026, 11, 21, 9, 30), datetime(2026, 11, 21, 9, 41), "anonymous", ""],
    ]
    said = answers(f"{ASSESSMENT};{THERAPY};", unsure="I'm not sure")
    rows = [[*one, *two] for one, two in zip(about, said, strict=True)]
    return to_xlsx([["ID", "Start time", "Completion time", "Email", "Name", *ASKED], *rows])


def google_forms() -> bytes:
    """CSV; several answers in one cell with a comma between, which some answers hold as well."""
    said = answers(f"{ASSESSMENT}, {THERAPY}")
    days = ["2026/11/20 2:09:33 PM GMT", "2026/11/21 9:41:07 AM GMT"]
    rows = [[day, *one] for day, one in zip(days, said, strict=True)]
    return to_csv([["Timestamp", *ASKED], *rows], "utf-8")


def smartsurvey() -> bytes:
    """CSV with two rows of headings; each tick box is a column, under its question."""
    about = ["UserID", "Unique ID", "Name", "Email", "IP Address", "Started", "Ended"]
    boxes = ["An autism or ADHD assessment", "Support with mental health", THERAPY]
    above = [*about, SATISFIED, LISTENED, WAITING, WAITING_FOR, "", "", WELL, CHANGE, HELPED, QUOTE]
    below = [*[""] * 10, *boxes, *[""] * 4]
    rows = []
    for number, said in enumerate(answers(""), 1):
        ticks = [boxes[0], "", boxes[2]] if number == 1 else ["", "", ""]
        came = ["20/11/2026 14:03:00", "20/11/2026 14:09:33"]
        about_one = [f"10{number}", "", "", "", "", *came]
        rows.append([*about_one, *said[:3], *ticks, *said[4:]])
    return to_csv([above, below, *rows], "cp1252")


def limesurvey(kind: str = "code") -> bytes:
    """CSV; headings are codes, or the whole questions; tick boxes are columns with Y or Yes."""
    about = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"]
    codes = ["satisfaction", "listened", "waiting"]
    boxes = ["waiting_for[assessment]", "waiting_for[mental_health]", "waiting_for[therapy]"]
    rest = ["going_well", "one_change", "helped", "may_quote"]
    yes, no = "Y", ""
    if kind == "full":
        about = ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]
        about += ["Date started", "Date last action"]
        codes, rest = [SATISFIED, LISTENED, WAITING], [WELL, CHANGE, HELPED, QUOTE]
        labels = [ASSESSMENT, "Support with mental health", THERAPY]
        boxes = [f"{WAITING_FOR} [{label}]" for label in labels]
        yes, no = "Yes", "No"
    rows = []
    for number, said in enumerate(answers(""), 1):
        ticks = [yes, no, yes] if number == 1 else [no, no, no]
        came = [str(number), "1980-01-01 00:00:00", "3", "en", "84", "1980-01-01 00:00:00", ""]
        rows.append([*came, *said[:3], *ticks, *said[4:]])
    return to_csv([[*about, *codes, *boxes, *rest], *rows], "utf-8")


def snap() -> bytes:
    """CSV with codes above and words below, parted by semicolons, in UTF-16."""
    codes = ["ID.name", "ID.start", "ID.end", *(f"Q{n}" for n in range(1, 9))]
    words = ["Name", "Start", "End", *ASKED]
    rows = []
    for number, said in enumerate(answers(f"{ASSESSMENT}, {THERAPY}"), 1):
        rows.append([f"r{number}", "20/11/2026", "20/11/2026", *said])
    return to_csv([codes, words, *rows], "utf-16", ";")


EVERY = {
    "microsoft-forms": microsoft_forms,
    "google-forms": google_forms,
    "smartsurvey": smartsurvey,
    "limesurvey": limesurvey,
    "snap": snap,
}
