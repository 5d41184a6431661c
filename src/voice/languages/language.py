"""The languages that a survey can be written in, and the words that carry theirs with them."""

from typing import Any, Literal, Self

from msgspec import Struct

Direction = Literal["ltr", "rtl"]


class Language(Struct, frozen=True):
    """One language: its ISO 639 code, its name in itself and in English, and how it runs."""

    code: str
    name: str
    english: str
    direction: Direction = "ltr"

    @property
    def tag(self) -> str:
        """The language as HTML, sound and paper name it: English is British English here."""
        return "en-GB" if self.code == "en" else self.code


ENGLISH = Language("en", "English", "English")

_FROM_LEFT = """
bg Български Bulgarian | bn বাংলা Bengali | cs Čeština Czech
cy Cymraeg Welsh | de Deutsch German | es Español Spanish
fr Français French | ga Gaeilge Irish | gd Gàidhlig Gaelic
gu ગુજરાતી Gujarati | hi हिन्दी Hindi | hu Magyar Hungarian
it Italiano Italian | ku Kurdî Kurdish | lt Lietuvių Lithuanian
lv Latviešu Latvian | ne नेपाली Nepali | pa ਪੰਜਾਬੀ Panjabi
pl Polski Polish | pt Português Portuguese | ro Română Romanian
ru Русский Russian | si සිංහල Sinhala | sk Slovenčina Slovak
so Soomaali Somali | sq Shqip Albanian | sv Svenska Swedish
ta தமிழ் Tamil | te తెలుగు Telugu | ti ትግርኛ Tigrinya
tr Türkçe Turkish | uk Українська Ukrainian | vi Tiếng-Việt Vietnamese
yue 粵語 Cantonese | zh 中文 Chinese | am አማርኛ Amharic
"""
_FROM_RIGHT = "ar العربية Arabic | fa فارسی Persian | ps پښتو Pashto | ur اردو Urdu"


def _read(table: str, direction: Direction) -> dict[str, Language]:
    rows = (row.split() for row in table.replace("\n", "|").split("|") if row.strip())
    return {
        code: Language(code, name.replace("-", " "), english, direction)
        for code, name, english in rows
    }


KNOWN: dict[str, Language] = {
    "en": ENGLISH,
    **_read(_FROM_LEFT, "ltr"),
    **_read(_FROM_RIGHT, "rtl"),
}
"""Every language that a wording can be in, by its code."""


class Foreign(str):
    """Words in another language than English; a plain `str` wherever that does not matter."""

    language: Language

    def __new__(cls, words: str, language: Language) -> Self:
        """Return the words with their language."""
        made = super().__new__(cls, words)
        made.language = language
        return made

    def __reduce__(self) -> Any:
        """Keep the language when the words are copied."""
        return Foreign, (str(self), self.language)


def language_of(words: str) -> Language:
    """Return the language that a text is in: its own where it carries one, else English."""
    return words.language if isinstance(words, Foreign) else ENGLISH


def language_of_wording(wording: str) -> Language:
    """Return the language of a wording: `pl` and `pl-easy-read` are Polish, the rest is English."""
    return KNOWN.get(wording.partition("-")[0], ENGLISH)


def translated_wording(wording: str) -> str:
    """Return the wording that this one translates: `pl-easy-read` says what `easy-read` says.

    Empty for a survey's own words, which `pl` translates. A wording in English translates none.
    """
    code, _, rest = wording.partition("-")
    return rest if code in KNOWN else wording
