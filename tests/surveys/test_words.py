"""Other words over the same ids."""

import pytest

from voice.surveys.questions import ChooseOne, Information, Option, Scale
from voice.surveys.survey import BadSurvey, Survey, Welcome
from voice.surveys.words import OptionWords, PageWords, WelcomeWords, Words, lay_over, load_words

SURVEY = Survey(
    id="lunch",
    title="School lunches",
    audience="pupils",
    voice="parent",
    wave="test",
    welcome=Welcome(text=("We are asking about lunches.",), picture="soup.svg"),
    pages=(
        Information(id="before", ask="Before you start", text=("A person will read this.",)),
        ChooseOne(
            id="food",
            ask="What is your opinion of the food?",
            hint="Think of this week.",
            options=(
                Option(value="good", label="It is good"),
                Option(value="bad", label="It is bad"),
            ),
        ),
        Scale(id="score", ask="How satisfied are you?", low="Not at all", high="Completely"),
    ),
)


def test_only_the_words_that_are_given_change():
    words = Words(
        name="Easy read",
        easy_read=True,
        title="Lunch",
        welcome=WelcomeWords(text=("This is about lunch.",)),
        pages={
            "before": PageWords(text=("We read it.",)),
            "food": PageWords(
                ask="How is the food?",
                hint="",
                options={"good": OptionWords(label="Good", picture="happy.svg")},
            ),
            "score": PageWords(low="Sad"),
        },
    )

    worded = lay_over(SURVEY, words)

    assert (worded.title, worded.audience, worded.easy_read) == ("Lunch", "pupils", True)
    assert worded.welcome.text == ("This is about lunch.",)
    assert worded.welcome.picture == "soup.svg"
    assert worded.pages == (
        Information(id="before", ask="Before you start", text=("We read it.",)),
        ChooseOne(
            id="food",
            ask="How is the food?",
            options=(
                Option(value="good", label="Good", picture="happy.svg"),
                Option(value="bad", label="It is bad"),
            ),
        ),
        Scale(id="score", ask="How satisfied are you?", low="Sad", high="Completely"),
    )


def test_the_survey_itself_keeps_its_words():
    before = SURVEY.title, SURVEY.pages

    lay_over(SURVEY, Words(name="Easy read", title="Lunch"))

    assert (SURVEY.title, SURVEY.pages) == before


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ({"drink": PageWords(ask="What?")}, "no page called “drink”"),
        ({"food": PageWords(options={"poor": OptionWords(label="Poor")})}, "no option “poor”"),
        ({"before": PageWords(options={"good": OptionWords(label="Good")})}, "this page has none"),
        ({"food": PageWords(text=("Soup.",))}, "it has no “text”"),
        ({"food": PageWords(low="Sad")}, "it has no “low”"),
    ],
)
def test_words_for_something_that_is_not_there_are_refused(pages, said):
    with pytest.raises(BadSurvey) as refused:
        lay_over(SURVEY, Words(name="Easy read", pages=pages))

    assert said in refused.value.message


def test_wordings_are_called_by_the_name_of_their_file(tmp_path):
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "easy-read.toml").write_text('name = "Easy read"\neasy_read = true\n')
    (folder / "cy.toml").write_text('name = "Cymraeg"\ntranslation.by = "Nobody"\n')

    wordings = load_words(tmp_path)

    assert [(key, words.name) for key, words in wordings.items()] == [
        ("cy", "Cymraeg"),
        ("easy-read", "Easy read"),
    ]


def test_a_survey_without_other_words_has_no_wordings(tmp_path):
    assert load_words(tmp_path) == {}


def test_words_that_try_to_change_more_than_words_are_refused(tmp_path):
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "easy-read.toml").write_text('name = "Easy read"\n[pages.food]\nkind = "faces"\n')

    with pytest.raises(BadSurvey, match=r"easy-read\.toml"):
        load_words(tmp_path)
