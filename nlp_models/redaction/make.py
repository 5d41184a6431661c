# /// script
# requires-python = ">=3.11"
# dependencies = ["Faker==40.54.0"]
# ///
"""Make the long list of names from the package Faker (MIT), and bring the card's sums up to date.

Run it with `uv run nlp_models/redaction/make.py`; it takes seconds, and the same version of Faker
gives the same bytes. The other lists are written by hand.
"""

import hashlib
import re
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
LOCALES = [
    "en",
    "en_GB",
    "en_US",
    "en_IE",
    "ga_IE",
    "en_IN",
    "en_PK",
    "en_NG",
    "yo_NG",
    "ig_NG",
    "ha_NG",
    "en_KE",
    "en_NZ",
    "tr_TR",
    "ro_RO",
    "pl_PL",
    "pt_PT",
    "pt_BR",
    "it_IT",
    "es_ES",
    "fr_FR",
    "de_DE",
    "lt_LT",
    "lv_LV",
    "et_EE",
    "sk_SK",
    "cs_CZ",
    "hu_HU",
    "hr_HR",
    "sl_SI",
    "zu_ZA",
    "tw_GH",
    "sv_SE",
    "no_NO",
    "da_DK",
    "nl_NL",
    "fi_FI",
]
LATIN = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*")
WIDTH = 100


def names() -> set[str]:
    """Return the first names of all the countries."""
    found: set[str] = set()
    for locale in LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for field in dir(provider):
            listed = getattr(provider, field)
            if field.startswith("first_name") and isinstance(listed, (tuple, list, dict)):
                found |= {name.lower() for name in listed if LATIN.fullmatch(name)}
    return found


def write(file: str, about: str, found: set[str]) -> None:
    """Write the names, as many on a line as fit."""
    lines, line = [f"# {about}, from Faker 40.54.0 (MIT). Written by make.py."], ""
    for name in sorted(found):
        if line and len(line) + len(name) >= WIDTH:
            lines.append(line)
            line = ""
        line = f"{line} {name}".strip()
    (HERE / file).write_text("\n".join([*lines, line, ""]), encoding="utf-8")


def main() -> None:
    """Write the list and the sums."""
    write("given_names.txt", "First names of many countries", names())
    card = HERE / "card.toml"
    text = card.read_text(encoding="utf-8")
    sums = (
        f'"{file}" = "{hashlib.sha256((HERE / file).read_bytes()).hexdigest()}"'
        for file in sorted(file.name for file in HERE.glob("*.txt"))
    )
    head, _, _ = text.partition("[files]\n")
    card.write_text(head + "[files]\n" + "\n".join([*sums, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
