"""The figures of the area: what is blank is never guessed, and no figure has no source."""

import shutil

import pytest

from voice.cli.checking import find_problems
from voice.report.population import BLANK, load_population
from voice.settings import Settings, shipped_home
from voice.surveys.catalogue import Catalogue
from voice.surveys.survey import BadSurvey

EVERYBODY = '[everybody]\nname = "everybody"\npeople = 100\nsource = "a census"\n'


def written(folder, text):
    (folder / "population.toml").write_text(EVERYBODY + text, encoding="utf-8")
    return load_population(folder / "population.toml")


def a_group(source, people, question="age"):
    return (
        f'[[groups]]\nquestion = "{question}"\nname = "Age"\nsource = "{source}"\n'
        f"[groups.people]\n{people}\n"
    )


def test_a_share_is_known_when_every_figure_is(tmp_path):
    found = written(tmp_path, a_group("a census", "young = 30\nold = 10"))
    assert found.groups[0].share("young") == 0.75
    assert found.groups[0].share("nobody") is None


def test_one_blank_leaves_all_shares_of_the_question_open(tmp_path):
    found = written(tmp_path, a_group("a census", f'young = 30\nold = "{BLANK}"'))
    assert found.groups[0].share("young") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (a_group(BLANK, "young = 30"), "no source"),
        (a_group("a census", "young = 0"), "people"),
        (a_group("a census", 'young = "many"'), "people"),
        (a_group("x", "young = 1") + a_group("x", "young = 1"), "twice"),
        ("nonsense = 1", "nonsense"),
    ],
)
def test_a_mistake_in_the_file_is_said_by_its_place(tmp_path, text, why):
    with pytest.raises(BadSurvey, match=why):
        written(tmp_path, text)


def test_a_figure_of_everybody_without_a_source_is_refused_and_so_is_no_file(tmp_path):
    with pytest.raises(BadSurvey, match=r"population\.toml"):
        load_population(tmp_path / "population.toml")
    text = EVERYBODY.replace("a census", BLANK)
    (tmp_path / "population.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadSurvey, match="no source"):
        load_population(tmp_path / "population.toml")


def test_our_own_file_has_one_figure_only_and_names_answers_that_the_surveys_offer():
    home = shipped_home() / "surveys"
    found = load_population(home / "population.toml")
    assert found.everybody.people == 36500
    assert {people for group in found.groups for people in group.people.values()} == {BLANK}
    offered = {
        (question.id, option.value)
        for survey in Catalogue.read(home).surveys
        for question in survey.questions
        for option in getattr(question, "options", ())
    }
    named = {(group.question, option) for group in found.groups for option in group.people}
    assert named <= offered


def test_the_check_of_surveys_names_what_is_wrong_in_the_figures(tmp_path):
    shutil.copytree(Settings().surveys, tmp_path / "surveys")
    file = tmp_path / "surveys/population.toml"
    assert not [one for one in find_problems(file.parent, Settings()) if one.stops]
    file.write_text('[everybody]\nname = "x"\npeople = 5\nsource = "to fill in"\n')
    [found] = [one for one in find_problems(file.parent, Settings()) if one.stops]
    assert found.line.startswith("population.toml: the whole file: the figure of everybody has no")
