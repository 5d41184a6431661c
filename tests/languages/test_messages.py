"""Our own words in other languages: all there, with the same gaps to fill, said in time."""

import asyncio
import re
from pathlib import Path

import pytest

from voice.languages.gather import gathered, with_new_words
from voice.languages.language import ENGLISH, KNOWN
from voice.languages.messages import FOLDER, catalog, is_draft, offered
from voice.languages.say import say, say_many, speak, spoken

FOREIGN = [language.code for language in offered()[1:]]
GAP = re.compile(r"%\(\w+\)s|%%|</?\w+>")


def gaps(words: str) -> list[str]:
    return sorted(GAP.findall(words))


def test_pages_can_be_read_in_english_polish_and_urdu():
    assert {language.code for language in offered()} >= {"en", "pl", "ur"}
    assert offered()[0] == ENGLISH


@pytest.mark.parametrize("code", FOREIGN)
def test_every_word_of_ours_is_translated(code):
    kept = catalog(code)
    missing = [
        message.id for message in gathered() if message.id and not all(_forms(kept.get(message.id)))
    ]
    assert missing == [], "run `make words`, then translate what is empty"


def _forms(message) -> list[str]:
    if message is None:
        return [""]
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.mark.parametrize("code", FOREIGN)
def test_a_file_is_what_collecting_our_words_makes_of_it(code):
    file = FOLDER / f"{code}.po"
    assert with_new_words(file) == file.read_bytes(), "run `make words`"


@pytest.mark.parametrize("code", FOREIGN)
def test_a_translation_has_the_gaps_and_tags_of_its_english(code):
    wrong = [
        (message.id, form)
        for message in catalog(code)
        if message.id
        for form in _forms(message)
        if gaps(form) != gaps(message.id if isinstance(message.id, str) else message.id[1])
    ]
    assert wrong == []


@pytest.mark.parametrize("code", FOREIGN)
def test_what_no_native_speaker_has_read_says_so(code):
    said = f'"X-Voice-Status: {"draft" if is_draft(code) else "checked"}\\n"'
    assert said in (FOLDER / f"{code}.po").read_text(encoding="utf-8")
    assert not is_draft("en")


async def test_each_request_speaks_its_own_language():
    async def one(code: str) -> tuple[str, str]:
        speak(KNOWN[code])
        await asyncio.sleep(0)
        return spoken().code, say("Next")

    found = await asyncio.gather(*(one(code) for code in ("pl", "en", "ur", "pl")))
    assert [code for code, _ in found] == ["pl", "en", "ur", "pl"]
    assert found[1][1] == "Next"
    assert len({words for _, words in found}) == 3
    assert spoken() == ENGLISH


def test_a_number_takes_the_form_that_the_language_has_for_it():
    words = ("That is %(n)s letter too long. Take some words out, then press Next. "
        "All your words are still here.")  # fmt: skip

    def too_long(n: int) -> str:
        said = say_many(words, words.replace("letter ", "letters "), n)
        return said.replace(str(n), "N")

    assert too_long(1) != too_long(2) == too_long(5)
    speak(KNOWN["pl"])
    assert len({too_long(1), too_long(2), too_long(5)}) == 3


def test_nothing_to_say_says_nothing_in_any_language():
    speak(KNOWN["pl"])
    assert say("") == ""


def test_another_language_begins_with_an_empty_file_and_keeps_what_is_translated(tmp_path):
    file = tmp_path / "cy.po"
    file.write_bytes(with_new_words(file))
    text = file.read_text(encoding="utf-8")
    assert 'msgid "Next"\nmsgstr ""' in text
    file.write_text(text.replace('msgid "Next"\nmsgstr ""', 'msgid "Next"\nmsgstr "Nesaf"'))
    assert 'msgstr "Nesaf"' in with_new_words(file).decode()


def test_templates_say_nothing_in_english_alone():
    """What stands between tags on public pages goes through the translators’ file."""
    templates = Path(__file__).parents[2] / "templates"
    public = [*templates.glob("answering/*"), *templates.glob("questions/*")]
    public += [templates / "layout/public.html", templates / "layout/respondent.html"]
    public += [templates / "display/choose.html", templates / "problem.html"]
    public += [templates / f"you_said/{name}.html" for name in ("all", "one")]
    found = []
    for file in public:
        text = re.sub(r"{%-? *trans.*?endtrans.*?%}", "", file.read_text("utf-8"), flags=re.S)
        text = re.sub(r"{[{%#].*?[}%#]}", "", text, flags=re.S)
        texts = re.findall(r">([^<>]*[A-Za-z]{2}[^<>]*)<", text)
        texts += re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*[A-Za-z][^"]*)"', text)
        found += [(file.name, one.strip()) for one in texts if one.strip() != "Voice"]
    assert found == []
