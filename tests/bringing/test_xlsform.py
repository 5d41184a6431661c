"""Surveys as XLSForms that pyxform accepts, forms as surveys, and what is said not to carry."""

import tomllib

import pytest
from click.testing import CliRunner
from pyxform.xls2xform import convert

from tests.bringing.test_tools import CATALOGUE
from voice.bringing.xlsform import XlsForm, read_form, write_form
from voice.bringing.xlsform_out import form_of
from voice.bringing.xlsform_survey import files_of
from voice.bringing.xlsform_when import read_relevant
from voice.cli import main
from voice.errors import BadInput
from voice.surveys.catalogue import Catalogue
from voice.surveys.questions import When

ABOUT = {"voice": "parent", "audience": "all of you", "wave": "", "by": "A. N."}


def exported(survey_id):
    survey = CATALOGUE.find(survey_id)
    worded = {name: CATALOGUE.find(survey_id, name) for name in CATALOGUE.words[survey_id]}
    return form_of(survey, worded, CATALOGUE.words[survey_id], {})


def form(*survey, choices=(), **settings):
    return XlsForm(list(survey), list(choices), {"form_id": "f", "form_title": "F", **settings})


def made(*survey, choices=(), **settings):
    files = files_of(form(*survey, choices=choices, **settings), **ABOUT)
    return tomllib.loads(files.files["survey.toml"])["pages"], files.lines


YES_NO = [
    {"list_name": "yn", "name": "Yes", "label": "Yes"},
    {"list_name": "yn", "name": "no", "label": "No"},
    {"list_name": "yn", "name": "dont_know", "label": "Not sure"},
]


@pytest.mark.parametrize("survey_id", CATALOGUE.by_id)
def test_every_survey_is_a_form_that_pyxform_accepts(survey_id, tmp_path):
    written = write_form(exported(survey_id)[0])
    path = tmp_path / "form.xlsx"
    path.write_bytes(written)
    result = convert(path, validate=False)
    survey = CATALOGUE.find(survey_id)
    for page in survey.pages:
        assert f'ref="/{survey_id}/{page.id}"' in result.xform or f"/data/{page.id}" in result.xform


@pytest.mark.parametrize("survey_id", CATALOGUE.by_id)
def test_a_survey_comes_back_as_it_was_but_for_what_was_said(survey_id, tmp_path):
    sent, lines = exported(survey_id)
    before = CATALOGUE.find(survey_id)
    back = files_of(
        read_form("form.xlsx", write_form(sent)),
        voice=before.voice,
        audience=before.audience,
        wave="",
        by="A. N.",
    )
    assert back.lines == [] or all("strings are missing" in line for line in back.lines)
    for name, content in back.files.items():
        file = tmp_path / back.id / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    after = Catalogue.read(tmp_path).find(survey_id)
    assert (after.id, after.title, after.wave) == (before.id, before.title, before.wave)
    assert after.welcome == before.welcome
    for one, other in zip(after.pages, before.pages, strict=True):
        for field in one.__struct_fields__:
            if field not in ("photo", "opposite_of"):
                assert getattr(one, field) == getattr(other, field), (one.id, field)
    assert any("who speaks" in line for line in lines)


def test_words_in_other_languages_come_back(tmp_path):
    back = files_of(
        read_form("f", write_form(exported("support-easy-read")[0])),
        voice="child",
        audience="children",
        wave="",
        by="A. N.",
    )
    polish = tomllib.loads(back.files["words/pl.toml"])
    assert polish["name"] == "Polski"
    assert polish["pages"]["listened"]["ask"] == "Czy ludzie cię słuchają?"
    assert polish["pages"]["listened"]["options"]["yes"]["label"] == "Tak"
    assert polish["translation"]["by"] == "A. N."
    assert "words/ur.toml" in back.files


def test_kinds_groups_and_conditions_of_a_form_become_pages():
    pages, lines = made(
        {"type": "start", "name": "start"},
        {"type": "note", "name": "hello", "label": "Hello\n\nPlease read this."},
        {
            "type": "select_one yn",
            "name": "Has Plan",
            "label": "Is there a plan?",
            "required": "yes",
        },
        {"type": "begin group", "name": "g", "label": "Plans", "relevant": "${Has Plan} = 'Yes'"},
        {"type": "select_multiple yn", "name": "two", "label": "Which?"},
        {"type": "end group"},
        {"type": "text", "name": "why", "label": "Why?", "relevant": "selected(${two}, 'no')"},
        {"type": "integer", "name": "age", "label": "How old?"},
        {
            "type": "integer",
            "name": "score",
            "label": "Out of ten?",
            "constraint": ".>=0 and .<=10",
        },
        {"type": "begin repeat", "name": "r"},
        {"type": "text", "name": "inner", "label": "Again?"},
        {"type": "end repeat"},
        {"type": "text", "name": "odd", "label": "Odd?", "relevant": "${score} > 3"},
        choices=YES_NO,
    )
    assert [(page["id"], page["kind"]) for page in pages] == [
        ("hello", "information"),
        ("has_plan", "choose_one"),
        ("two", "choose_many"),
        ("why", "comment"),
        ("score", "scale"),
        ("odd", "comment"),
    ]
    assert pages[0]["text"] == ["Please read this."]
    assert pages[1]["options"][2] == {"value": "dont_know", "label": "Not sure", "dont_know": True}
    assert pages[2]["when"] == {"question": "has_plan", "is_one_of": ["yes"]}
    assert pages[3]["when"] == {"question": "two", "is_one_of": ["no"]}
    assert "when" not in pages[5]
    assert lines == [
        "row 2, start: “start” asks nobody anything; it is left out",
        "row 4, Has Plan: it is called has_plan here",
        "row 4, Has Plan: no question of Voice must be answered",
        "row 5, g: Voice has one question a page: the group’s heading is left out",
        "row 9, age: Voice has no question of the kind “integer”; it is left out",
        "row 10, score: say what 0 and 10 mean: low and high",
        "row 11, r: Voice asks nothing several times; the repeat is left out",
        "row 12, inner: it is in a repeat, and left out",
        "row 14, odd: its condition is more than “an earlier answer is one of these”: it is shown "
        "to everybody; look at it",
    ]


@pytest.mark.parametrize(
    ("relevant", "when"),
    [
        ("${a} = 'x'", ("x",)),
        ("(${a}=\"x\") or (${a} = 'y')", ("x", "y")),
        ("selected(${a}, 'x') or selected(${a},'y')", ("x", "y")),
        ("${a} != 'x'", None),
        ("${a} = 'x' and ${b} = 'y'", None),
        ("${a} = 'x' or ${b} = 'y'", None),
        ("${a} > 3", None),
        ("not(selected(${a}, 'x'))", None),
        ("${nowhere} = 'x'", None),
    ],
)
def test_a_condition_is_carried_only_when_it_means_the_same(relevant, when):
    names = {"a": "a", "b": "b"}
    found = read_relevant(relevant, lambda name: names.get(name, ""), lambda _, value: value)
    assert found == (When("a", when) if when else None)


def test_pictures_are_named_and_recordings_are_said():
    pages, lines = made(
        {"type": "text", "name": "a", "label": "A?", "media::image": "a.png"},
        {"type": "text", "name": "b", "label": "B?", "media::audio::English (en)": "b.mp3"},
    )
    assert pages[0]["picture"] == "a.png"
    assert "the recording b.mp3 is not in the form" in lines[0]


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        ([{"type": "calculate", "name": "a"}], "makes no survey"),
        ([{"name": "a"}], "no sheet “survey” with a column “type”"),
    ],
)
def test_a_form_that_is_none_is_told_in_a_sentence(survey, words):
    with pytest.raises(BadInput, match=words):
        files_of(read_form("f", write_form(form(*survey))), **ABOUT)
    with pytest.raises(BadInput, match="no XLSX file"):
        read_form("f", b"a,b")


def test_the_commands_write_and_read_a_form(tmp_path):
    file, into = tmp_path / "form.xlsx", tmp_path / "surveys"
    runner = CliRunner()
    done = runner.invoke(main, ["survey", "to-xlsform", "support-easy-read", "--out", str(file)])
    assert done.exit_code == 0, done.output
    assert "Not carried:" in done.output
    assert "the question to try first (practice)" in done.output
    read = ["survey", "from-xlsform", str(file), "--voice", "child", "--audience", "children"]
    done = runner.invoke(main, [*read, "--into", str(into)])
    assert done.exit_code == 0, done.output
    assert (into / "support-easy-read" / "words" / "pl.toml").exists()
    again = runner.invoke(main, [*read, "--into", str(into)])
    assert "is there already" in str(again.exception) + again.output
