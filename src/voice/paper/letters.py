"""Which characters the fonts of our PDFs have, and what stands for those they lack.

A PDF that everybody can read may hold no character without a shape: a smiling face in one quote
would stop the whole file. So its name stands there: “[grinning face]”.
"""

import unicodedata
from itertools import groupby
from typing import Any

# Of Atkinson Hyperlegible Next and Noto Nastaliq Urdu, as they lie in voice/paper/fonts; a test
# holds this against them.
RANGES = (
    "20-7e a0-ac ae-b4 b6-107 10a-113 116-11b 11e-123 126-127 12a-12b 12e-133 136-137 139-13e"
    " 141-148 150-155 158-15b 15e-165 16a-16b 16e-17e 192 218-21b 237 2c6-2c7 2c9 2d8-2dd 300-304"
    " 306-308 30a-30c 312 326-328 394 3a9 3bc 3c0 60c 61b 61f 621-63a 640-658 660-66d 670 679 67e"
    " 686 688 691 698 6a9 6af 6ba 6be 6c0-6c3 6cc 6d2-6d4 6f0-6f9 1e80-1e85 1e9e 1ef2-1ef3 2009"
    " 200c-200e 2013-2014 2018-201a 201c-201e 2020-2022 2026 2030 2039-203a 2044 20ac 20b9 2113"
    " 2122 212e 2202 220f 2211-2212 2215 2219-221a 221e 222b 2248 2260 2264-2265 25ca 266a"
)
OTHER_LETTERS = "[words in letters that this file does not have]"


def _read(ranges: str) -> frozenset[str]:
    found: set[str] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found |= {chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)}
    return frozenset(found)


HAVE = _read(RANGES) | {"\n", "\t"}


def printable(text: str) -> str:
    """Return the text with a name in brackets for each sign that our fonts lack.

    Marks that only change the look of the one before go; letters of another alphabet are told of
    once, not spelt out.
    """
    parts = []
    signs = (_instead(sign) for sign in unicodedata.normalize("NFC", text))
    for words, run in groupby(signs):
        parts.append(words if words == OTHER_LETTERS else "".join(run))
    return "".join(parts)


def all_printable(value: Any) -> Any:
    """Return every text within lists and dictionaries as `printable` does."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: all_printable(one) for key, one in value.items()}
    return [all_printable(one) for one in value] if isinstance(value, list | tuple) else value


def _instead(sign: str) -> str:
    if sign in HAVE:
        return sign
    plainer = unicodedata.normalize("NFKD", sign)
    if plainer != sign and all(one in HAVE for one in plainer):
        return plainer
    kind = unicodedata.category(sign)
    if kind.startswith("L"):
        return OTHER_LETTERS
    if kind.startswith(("M", "C")):
        return ""
    return f"[{unicodedata.name(sign, 'a sign').lower()}]" if kind[0] != "Z" else " "
