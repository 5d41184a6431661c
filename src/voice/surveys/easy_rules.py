"""Rules of easy words that need a page or a whole survey; those of a text are asked here too.

None of them ever says “easy read”, only what a machine found.
"""

from collections.abc import Callable, Iterator

from voice.easy_words.asking import is_sensitive
from voice.easy_words.check import ABOUT_A_WHOLE, ABOUT_WORDS, faults_of
from voice.easy_words.fault import Fault, Level, over, quoted
from voice.easy_words.hard_words import unsaid_words
from voice.easy_words.shapes import ANOTHER_WAY
from voice.surveys.problem import Around, Problem, choices_on, options_of
from voice.surveys.questions import AnyPage, ChooseMany, ChooseOne, Scale
from voice.surveys.survey import AgeGroup, Survey
from voice.surveys.texts import as_text, screens_of, texts_of

FEW_ANSWERS, MOST_ANSWERS = 4, 5
WAYS_OUT = {"dont_know", "rather_not"}
"""Values that let somebody answer who does not know or does not want to say."""

MOST_QUESTIONS: dict[AgeGroup, tuple[int, int]] = {
    "4-7": (13, 18),
    "8-11": (20, 34),
    "11-17": (25, 49),
    "severe learning disability": (6, 10),
}
"""How many questions an age group should have, and may have."""

FIRST_TO_LAST = {
    value: place
    for place, step in enumerate(
        (
            ("yes", "always", "very_good", "very_happy", "all", "a_lot", "great"),
            ("good", "happy", "mostly", "usually", "most"),
            ("ok", "sometimes", "some", "a_bit", "a_little", "maybe", "partly"),
            ("not_much", "rarely", "bad", "sad", "not_great"),
            ("no", "never", "not_at_all", "none", "very_bad", "very_sad"),
        )
    )
    for value in step
}
"""Values that make a scale, each with its step from the best to the worst."""

FEWEST_STEPS = 3


def words_are_easy(survey: Survey, around: Around) -> Iterator[Problem]:
    """R1, R5 to R13, R15, R18, R19 and R21: each text for itself."""
    for place, words, kind in texts_of(survey):
        text = as_text(words, kind, survey, around)
        for fault in faults_of(text, around.lists, ABOUT_WORDS):
            if not (fault.rule == "R11" and survey.voice == "practitioner"):
                yield around.fault(place, fault)


def screens_are_short(survey: Survey, around: Around) -> Iterator[Problem]:
    """R2, R3 and R4: all that is read before the answers."""
    for place, words, kind in screens_of(survey):
        text = as_text(words, kind, survey, around)
        for fault in faults_of(text, around.lists, ABOUT_A_WHOLE):
            yield around.fault(place, fault)


def answers_are_few(survey: Survey, around: Around) -> Iterator[Problem]:
    """R14: three or four answers, five at most, and one for who does not know."""
    should = FEW_ANSWERS if survey.easy_read else MOST_ANSWERS
    for page in survey.all_pages if survey.easy_read or _is_young(survey) else ():
        options = options_of(page)
        if level := over(len(options), should, MOST_ANSWERS):
            why = f"{len(options)} answers are many."
            do = f"Offer {FEW_ANSWERS}. {MOST_ANSWERS} is the most there may be."
            yield around.fault(page, Fault("R14", level, why, do), stops=survey.easy_read)
        if survey.easy_read and options and not WAYS_OUT & {option.value for option in options}:
            why = "No answer is for somebody who does not know."
            yield around.fault(page, Fault("R14", "error", why, "Add “I don’t know”."))


def one_scale_all_through(survey: Survey, around: Around) -> Iterator[Problem]:
    """R16: one scale in one order; for who reads harder words too, at least one order."""
    first: AnyPage | None = None
    for page in survey.all_pages:
        steps = _steps_of(page)
        if len(steps) < FEWEST_STEPS:
            continue
        if steps == sorted(steps, reverse=True):
            why = "Its answers go from the worst to the best."
            yield around.fault(page, Fault("R16", "error", why, "Begin with the best everywhere."))
        first = first or page
        if survey.easy_read and choices_on(first) != choices_on(page):
            why = f"Its answers are another scale than those of “{first.id}”."
            yield around.fault(page, Fault("R16", "error", why, "Use one scale all through."))


def questions_are_few(survey: Survey, around: Around) -> Iterator[Problem]:
    """R17: as many questions as the age group can bear."""
    group = survey.age_group or _usual_group(survey)
    if group is None:
        return
    should, may = MOST_QUESTIONS[group]
    count = len(survey.questions)
    if level := over(count, should, may):
        why = f"{count} questions are many for {group}."
        yield around.fault("survey", Fault("R17", level, why, f"Ask {should} at most."))


def typing_is_not_all(survey: Survey, around: Around) -> Iterator[Problem]:
    """R20: every question can be missed, so this is advice: say that there is another way."""
    asked = survey.comments if survey.easy_read and around.english else ()
    for page in asked:
        if not ANOTHER_WAY.search(f"{page.ask} {page.hint}"):
            why = "It does not tell of another way than typing."
            do = "Say in the hint that they can draw, speak or ask someone to write."
            yield around.fault(page, Fault("R20", "warn", why, do))


def questions_can_be_seen_and_heard(survey: Survey, around: Around) -> Iterator[Problem]:
    """R22: a question has a picture, and hard words in it tell how they are said."""
    for page in survey.questions if survey.easy_read else ():
        text = as_text(f"{page.ask}\n{page.hint}", "question", survey, around)
        level: Level = "error" if around.publishing else "warn"
        if not page.picture:
            yield around.fault(
                page, Fault("R22", level, "The question has no picture.", "Give it one.")
            )
        if unsaid := unsaid_words(text):
            why = f"Nothing tells how to say {quoted(unsaid)}."
            yield around.fault(page, Fault("R22", level, why, "Add `say` in the glossary."))


def sensitive_questions_have_help(survey: Survey, around: Around) -> Iterator[Problem]:
    """R23: beside a question about danger or fear is a number to call; all can be missed."""
    for page in survey.questions:
        text = as_text(page.ask, "question", survey, around)
        if (found := is_sensitive(text, around.lists)) and not around.help_lines:
            why = f"It asks about something that can upset: {quoted(found)}."
            do = "Put a number to call into help-lines.toml: it is shown on every page."
            yield around.fault(page, Fault("R23", "error", why, do))


def people_have_checked_it(survey: Survey, around: Around) -> Iterator[Problem]:
    """Whether words are easy, people say: who was asked, how many, when."""
    if not survey.checked_with:
        yield around.problem(
            "survey",
            "No record says that people have checked these words.",
            "Ask some, then add [[checked_with]]: who, how_many, when, what_changed.",
            stops=False,
        )


def _steps_of(page: AnyPage) -> list[int]:
    """Return the steps of a page's scale as it is shown; empty when it is none."""
    if isinstance(page, Scale):
        return list(range(11))
    if not isinstance(page, ChooseOne) or isinstance(page, ChooseMany):
        return []
    values = [option.value for option in page.options if not option.dont_know]
    return [FIRST_TO_LAST[v] for v in values] if set(values) <= set(FIRST_TO_LAST) else []


def _is_young(survey: Survey) -> bool:
    return survey.voice in ("child", "young_person")


def _usual_group(survey: Survey) -> AgeGroup | None:
    """Return the age group of a survey that names none, or None for adults."""
    if survey.voice == "child":
        return "8-11"
    return "11-17" if survey.voice == "young_person" else None


EASY_RULES: tuple[Callable[[Survey, Around], Iterator[Problem]], ...] = (
    words_are_easy,
    screens_are_short,
    answers_are_few,
    one_scale_all_through,
    questions_are_few,
    typing_is_not_all,
    questions_can_be_seen_and_heard,
    sensitive_questions_have_help,
    people_have_checked_it,
)
