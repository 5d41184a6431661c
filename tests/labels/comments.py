"""Made-up comments about waiting, staff and transport, some about two of them."""

import csv

WAIT, STAFF, BUS = "Waiting", "Kind staff", "Transport"

ONE = {
    WAIT: (
        "We waited two years for an assessment",
        "The waiting list is far too long",
        "Still waiting to hear from the paediatrician",
        "It took eleven months to get a first appointment",
        "Nobody told us how long the wait would be",
        "The delay before any help came was awful",
        "Waiting times need to be much shorter",
        "We have been on the list since last spring",
        "A year went by before the plan was written",
        "The wait for speech therapy never ends",
    ),
    STAFF: (
        "The teaching assistant was so kind to my son",
        "Lovely staff who listened to us",
        "Her key worker is patient and caring",
        "Staff were friendly and polite every time",
        "The nurse was gentle and explained everything",
        "His teacher really understands him",
        "Everyone on the team made us feel welcome",
        "The SENCO is wonderful and always smiling",
        "Caring people who treat her with respect",
        "The receptionist was helpful and kind",
    ),
    BUS: (
        "The school taxi comes late every morning",
        "The minibus is too noisy for her",
        "His driver changes every week",
        "There is no bus to the special school",
        "Transport was stopped without any warning",
        "The journey by taxi takes an hour each way",
        "We have to drive him ourselves as there is no transport",
        "The bus escort left and nobody came instead",
        "Parking near the centre is impossible so we take the bus",
        "The taxi firm forgot to pick her up",
    ),
}
TWO = (
    ("We waited months, but the staff were lovely", (WAIT, STAFF)),
    ("Kind driver and a comfortable minibus", (STAFF, BUS)),
    ("We are still waiting for a taxi place", (WAIT, BUS)),
    ("Two years on the list, however the nurse was kind", (WAIT, STAFF)),
)
LABELLED = [
    *((text, (label,)) for label, texts in ONE.items() for text in texts),
    *TWO,
]


def write(path, rows=LABELLED, columns=("comment_id", "question", "comment", "labels")):
    """Write labelled comments as a CSV file and return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(columns)
        for place, (text, labels) in enumerate(rows):
            table.writerow([f"c{place}", "What could be better?", text, "|".join(labels)])
    return path
