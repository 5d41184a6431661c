"""What can be changed in a draft, and that its files say the same as the draft."""

import io
import zipfile
from pathlib import Path

import pytest

from voice.authoring import draft as drafts
from voice.authoring.checking import findings
from voice.authoring.draft import KINDS, LastPage
from voice.authoring.files import EASY, SURVEY, CannotBeRead, as_files, read, zipped
from voice.authoring.typed import (
    Typed,
    about_as_typed,
    page_as_typed,
    read_about,
    read_page,
    waits_for,
)
from voice.surveys.catalogue import Catalogue
from voice.surveys.check import check_survey
from voice.surveys.words import PageWords

HOME = Path(__file__).parents[2] / "surveys"
CATALOGUE = Catalogue.read(HOME)


def copied(survey_id):
    words = CATALOGUE.words[survey_id].get("easy-read")
    return drafts.copy_of(CATALOGUE.find(survey_id), words, "a-copy", "A copy")


def with_pages(*kinds):
    draft = drafts.begin("new", "New", "parent")
    for kind in kinds:
        taken = [page.id for page in draft.survey.pages]
        page = drafts.new_page(kind, f"What of {kind}?", taken)
        draft = drafts.with_page(draft, page, PageWords())
    return draft


def typed(draft, page_id, **said):
    form = page_as_typed(*draft.part(page_id))
    ticked = said.pop("ticked", form.ticked)
    named = {name.replace("__", "-"): words for name, words in said.items()}
    return Typed({**form.said, **named}, ticked=ticked)


def changed(draft, page_id, **said):
    page, words = draft.part(page_id)
    return read_page(page, words, typed(draft, page_id, **said))


@pytest.mark.parametrize("survey_id", sorted(CATALOGUE.by_id))
def test_a_shipped_survey_copied_and_read_again_is_the_same(survey_id):
    draft = copied(survey_id)
    files = as_files(draft)
    assert read(files[SURVEY], files.get(EASY)) == draft


@pytest.mark.parametrize("survey_id", sorted(CATALOGUE.by_id))
def test_a_form_that_nobody_changed_changes_nothing(survey_id):
    draft = copied(survey_id)
    for page in draft.survey.pages:
        assert changed(draft, page.id) == draft.part(page.id)
    assert read_about(draft, about_as_typed(draft)) == draft


def test_each_kind_of_page_can_be_added_and_read_again():
    draft = with_pages(*KINDS)
    files = as_files(draft)
    assert read(files[SURVEY], files[EASY]) == draft
    assert len(draft.survey.pages) == 1 + len(KINDS)


def test_a_zip_unpacked_is_checked_as_the_page_checks_it(tmp_path):
    draft = copied("support-young-people")
    assert zipped(draft) == zipped(draft), "one version is one file, byte for byte"
    for shared in ("pictures", "help-lines.toml", *CATALOGUE.by_id):
        (tmp_path / shared).symlink_to(HOME.resolve() / shared)
    with zipfile.ZipFile(io.BytesIO(zipped(draft))) as packed:
        packed.extractall(tmp_path)
    by_hand = check_survey(tmp_path / "a-copy")
    assert sorted(by_hand) == sorted(findings(draft, HOME, None))
    assert not [problem for problem in by_hand if problem.stops and problem.rule == "file"]


def test_the_check_finds_what_is_hard_in_easy_read():
    draft = with_pages("comment")
    hard = "What would you want professionals to facilitate notwithstanding their EHCP obligations?"
    page, words = changed(draft, "what_of_comment", easy__ask=hard)
    found = findings(drafts.with_page(draft, page, words), HOME, None)
    assert [one for one in found if one.id == page.id and "easy-read" in one.file and one.stops]


def test_answers_are_emptied_added_and_put_in_order():
    draft = with_pages("choose_one")
    said = {
        "option__0__label": "",
        "option__1__at": "3",
        "option__3__label": "No, never",
        "option__3__easy": "Never",
        "option__2__at": "9",
        "option__3__at": "1",
    }
    page, words = changed(draft, "what_of_choose_one", **said)
    assert [option.value for option in page.options] == ["no_never", "no", "dont_know"]
    assert words.options["no_never"].label == "Never"
    assert page.options[-1].dont_know, "what an answer means stays with it"


def test_a_page_waits_for_answers_of_one_earlier_question():
    draft = with_pages("choose_one", "scale", "comment")
    earlier = [page.id for page in waits_for(draft, "what_of_comment")]
    assert earlier == ["what_of_choose_one", "what_of_scale"]
    page, _ = changed(draft, "what_of_comment", ticked=["what_of_choose_one/no"])
    assert (page.when.question, page.when.is_one_of) == ("what_of_choose_one", ("no",))
    two = changed(draft, "what_of_comment", ticked=["what_of_choose_one/no", "what_of_scale/1"])
    assert "one question only" in two.problems["when"]


@pytest.mark.parametrize(
    ("kind", "said", "place"),
    [
        ("comment", {"ask": ""}, "ask"),
        ("information", {"text": " \n "}, "text"),
        ("scale", {"low": ""}, "low"),
        ("choose_one", {"option__0__at": "first"}, "option-0-at"),
        ("choose_one", {"option__0__label": "", "option__1__label": ""}, "option-0-label"),
    ],
)
def test_what_cannot_be_kept_is_shown_again_with_what_to_do(kind, said, place):
    draft = with_pages(kind)
    found = changed(draft, f"what_of_{kind}", hint="Kept", **said)
    assert list(found.problems) == [place]
    assert found.said["hint"] == "Kept", "what was typed beside it stays"


def test_a_page_moves_and_at_the_end_it_stays():
    draft = with_pages("comment", "scale")
    ids = [page.id for page in draft.survey.pages]
    up = drafts.moved(draft, ids[2], -1)
    assert [page.id for page in up.survey.pages] == [ids[0], ids[2], ids[1]]
    assert drafts.moved(draft, ids[0], -1) == draft
    assert drafts.moved(draft, ids[2], 1) == draft


def test_a_page_taken_out_takes_its_easy_words_with_it_and_the_last_one_stays():
    draft = with_pages("comment")
    page, words = changed(draft, "what_of_comment", easy__ask="What else?")
    out = drafts.without_page(drafts.with_page(draft, page, words), page.id)
    assert out.easy_page(page.id) == PageWords()
    with pytest.raises(LastPage):
        drafts.without_page(out, "about")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Short breaks, 2027", "short-breaks-2027"),
        ("Été à l’école", "ete-a-lecole"),
        ("2027", "x"),
        ("Taken", "taken-2"),
        ("../../etc", "etc"),
        ("ŁÓDŹ " * 40, "odz-" * 12 + "od"),
    ],
)
def test_a_title_gives_an_id_that_nobody_has(title, expected):
    assert drafts.free_name(title, {"taken"}, "-", 50) == expected


def test_what_a_survey_file_cannot_say_is_refused_with_its_place():
    files = as_files(with_pages("comment"))
    with pytest.raises(CannotBeRead, match="pages"):
        read(files[SURVEY].replace('kind = "comment"', 'kind = "riddle"'), None)
