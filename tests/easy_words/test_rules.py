"""Each rule finds what breaks it, and leaves alone what only looks like it."""

import pytest

from voice.easy_words.check import faults
from voice.easy_words.lists import shipped_lists
from voice.easy_words.text import Explained, Text, straight, text_of

LISTS = shipped_lists()

BREAK = {
    "R1": [
        "Tell us about the people who help you when you are at school.",
        "Do you like to sit with your friends or on your own at lunch?",
        "It is OK. You can stop now and you can come back to it on some other day this week.",
    ],
    "R2": [
        "This is about lunch. You eat it at school. Do you like it?",
        "Think of your bus. Think of the driver. Is the driver kind?",
        "We want to know. It helps us. You can stop. What do you like?",
    ],
    "R3": [
        "Is the communication between different organisations satisfactory?",
        "Professionals develop educational recommendations together.",
        "What opportunities for independent activities are available?",
    ],
    "R4": [
        "Is the communication between different organisations satisfactory?",
        "Professionals develop educational recommendations together.",
        "What opportunities for independent activities are available?",
    ],
    "R5": [
        "Is the signage easy to read?",
        "Who liaises with your school?",
        "Do you have autonomy?",
        "Is your helper punctual?",
    ],
    "R6": [
        "Do you have access to a nurse?",
        "What is the outcome of your plan?",
        "Is the staff turnover a concern?",
    ],
    "R7": [
        "Is the information good?",
        "Do you have an opportunity to play?",
        "Who made the decision?",
    ],
    "R8": [
        "Your plan is written by the council.",
        "Were you told about the trip?",
        "Did you get picked last?",
        "You will not be asked for your name.",
        "Was the plan explained to you?",
        "We want to see help given by the school.",
        "Are you being hurt?",
        "Your words might be used in a book.",
        "Are you left out at break?",
    ],
    "R9": [
        "Do you not like school?",
        "Is there anything you can’t do?",
        "Have you never been on a trip?",
        "Is it unfair to wait?",
        "Are there no clubs near you?",
        "What is nobody good at?",
    ],
    "R10": [
        "Do you like your teacher and feel safe in class?",
        "Who helps you, and how do they help?",
        "Do you like school? Do you like home?",
        "Do your mum and your teacher listen to you?",
        "Do you get enough help and is it good?",
        "Are you helped or heard at school?",
    ],
    "R11": [
        "Do you have an EHCP?",
        "Did the Senco see you?",
        "Does your OT help you?",
        "Is your E.H.C. plan good?",
        "What provision do you get?",
        "Did your key worker call?",
    ],
    "R12": [
        "Do you agree that school is good?",
        "To what extent do you feel heard?",
        "How satisfied are you?",
        "Please rate the help you get.",
        "How likely are you to come back?",
        "On a scale of 1 to 5, how is lunch?",
    ],
    "R13": [
        "Do you often feel sad?",
        "Usually, I sit alone.",
        "Did you get help in the last 6 months?",
        "How are you in general?",
        "Have you seen a nurse recently?",
    ],
    "R18": [
        "Do you get on with your teacher?",
        "How do you find your new class?",
        "Do staff go the extra mile?",
        "Who has your back?",
        "He got on very well with the class.",
        "What gets on the teacher’s nerves?",
    ],
    "R19": [
        "Don’t you like school?",
        "How good is the food?",
        "You like school, don’t you?",
        "Nobody listens, do they?",
        "Surely you want more help?",
        "Is your wonderful teacher kind?",
        "Why do you love school?",
    ],
    "R20": [
        "Type your answer in the box.",
        "Write your answer below.",
        "Please type what you think.",
    ],
    "R21": [
        "Give us a mark from I to V.",
        "About 50% of children get help.",
        "Half means 50 per cent.",
        "See section IV.",
        "Read Part I first.",
        "The day is 01/02.",
        "There are 1,500 children.",
        "We asked 250 people.",
    ],
    "R23": [
        "Do you feel safe at school?",
        "Has anyone hurt you?",
        "Are you scared of going home?",
        "Does anyone hit you?",
    ],
}

TEMPT = {
    "R1": [
        "You can stop. You can come back. It is OK to say no.",
        "Well – what do you – and your friends – like to eat?",
        "Mr. Green will read this to you at 9 a.m. today.",
    ],
    "R2": [
        "Think of your bus. Is the driver kind?",
        "You can stop. You can come back. Nobody minds. It is OK.",
        "What do you like?",
    ],
    "R3": ["Do you like school?", "Education.", "Who do you live with at home?"],
    "R4": ["Do you like school?", "Education.", "Who do you live with at home?"],
    "R5": [
        "Is your wheelchair easy to use?",
        "Is the playground noisy?",
        "She listens and helps.",
        "Do you live in Hertfordshire?",
        "Is it noisier than your sister’s room?",
        "Do grown-ups speak kindly to you?",
    ],
    "R6": [
        "Do you feel unsafe on the bus to school?",
        "Does Sarah live in London?",
        "Who knows what this means?",
        "Is it Christmas yet?",
    ],
    "R7": [
        "Can everybody hear you?",
        "Is Saturday your favourite day?",
        "Do you eat a banana each day?",
        "Is your family different from others?",
        "Do you live in Hertfordshire?",
    ],
    "R8": [
        "Are you tired after school?",
        "Were you excited about the trip?",
        "Is this what you wanted?",
        "Do you get dressed on your own?",
        "Are people who helped you kind?",
        "She helped me by listening.",
        "Has your school changed?",
        "When you are done, press Next.",
        "Is your old red bed big?",
        "Are you used to the noise?",
        "We need it by Monday.",
    ],
    "R9": [
        "Which uncle came to see you?",
        "Do you wear a uniform?",
        "Are you happy or not?",
        "Yes or no?",
        "You do not have to answer.",
        "Do you know what to do until Mum comes?",
        "Who helps you undress?",
    ],
    "R10": [
        "Do you feel happy or sad at home?",
        "Do your mum and dad help you?",
        "Do you want to go and play outside?",
        "Who helps you when you are sad and alone?",
        "When you come in and sit down, who helps you?",
        "Do you like it or not?",
        "You can stop and go home.",
    ],
    "R11": [
        "Do you put salt on your chips?",
        "Do you watch TV?",
        "STOP HERE",
        "Are you OK?",
        "Is it a hot day, or a cold one?",
        "I like PE.",
    ],
    "R12": [
        "Do you agree to take part?",
        "We agree on what to do.",
        "What do you eat out of five fruits?",
        "Did your heart beat fast?",
    ],
    "R13": [
        "Did you have fun this week?",
        "Do you see a nurse every day?",
        "Who came last Monday?",
        "Did the general come?",
    ],
    "R18": [
        "Do you get on the bus at school?",
        "How do you find your way to school?",
        "Did you hit the ball?",
        "Do you have a back pack?",
        "Who sits in the back of the bus?",
    ],
    "R19": [
        "How old are you?",
        "How long do you wait?",
        "Would you like to say more?",
        "Do you have a good friend?",
        "Why don’t we stop here?",
    ],
    "R20": [
        "Write or draw what you like.",
        "Do you like to write stories?",
        "Type your answer, or ask someone to write it.",
    ],
    "R21": [
        "Call Childline on 0800 1111.",
        "There are 30 children in the class.",
        "I like it. I do.",
        "The bus comes at 8.30 am.",
        "It was in 2026.",
        "Call 999 if you are not safe.",
    ],
    "R23": [
        "We keep your answers safe.",
        "Did you hit the ball?",
        "Are you sad today?",
        "Do you feel safe? You can skip this.",
    ],
}

OPTIONS_BREAK = ["I have to think about it", "Yes, most of the time", "Someone in my big family"]
OPTIONS_TEMPT = ["Yes", "I don’t know", "Not very much"]


def found_in(words, kind=None, **known):
    return {fault.rule for fault in faults(text_of(words, kind, **known), LISTS)}


def each(sentences):
    return [
        pytest.param(rule, words, id=f"{rule} {words}") for rule in sentences
        for words in sentences[rule]
    ]  # fmt: skip


@pytest.mark.parametrize(("rule", "words"), each(BREAK))
def test_a_text_that_breaks_a_rule_is_found(rule, words):
    assert rule in found_in(words)


@pytest.mark.parametrize(("rule", "words"), each(TEMPT))
def test_a_text_that_only_looks_like_it_is_left_alone(rule, words):
    assert rule not in found_in(words)


def test_every_rule_has_three_sentences_either_way():
    assert min(map(len, [*BREAK.values(), *TEMPT.values()])) >= 3
    assert set(BREAK) == set(TEMPT)


@pytest.mark.parametrize("words", OPTIONS_BREAK)
def test_a_long_answer_is_found(words):
    assert "R15" in found_in(words, "option")


@pytest.mark.parametrize("words", OPTIONS_TEMPT)
def test_a_short_answer_is_left_alone(words):
    assert found_in(words, "option") == set()


@pytest.mark.parametrize("words", ["You can tell us a lot more about it", "Do you like it here?"])
def test_what_is_no_answer_may_have_more_than_three_words(words):
    assert "R15" not in found_in(words)


@pytest.mark.parametrize(
    ("rule", "warned", "stopped"),
    [
        ("R1", "one two three four five six seven eight nine ten eleven", "word " * 16),
        ("R2", "One. Two. Three?", "One. Two. Three. Four?"),
        ("R5", "Did you adopt it?", "Is it arduous?"),
        ("R6", "Do you have access?", "Do you have access to a tray?"),
        ("R7", "Who made the decision?", "Is the information here?"),
        ("R10", "Do you like cake and tea?", "Do you like cake and want more?"),
    ],
)
def test_a_rule_warns_first_and_stops_when_it_is_worse(rule, warned, stopped):
    levels = [
        {fault.level for fault in faults(text_of(words), LISTS) if fault.rule == rule}
        for words in (warned, stopped)
    ]

    assert levels == [{"warn"}, {"error"}]


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Your answers help other children.", "warn"),
        ("Your answers help other children. Your answers help other families.", "error"),
    ],
)
def test_a_formula_never_stops_one_short_sentence(words, level):
    found = faults(text_of(words), LISTS)

    assert {fault.level for fault in found if fault.rule in {"R3", "R4"}} == {level}


@pytest.mark.parametrize(
    ("words", "level"), [("four words are here", "warn"), ("six words of an answer here", "error")]
)
def test_an_answer_of_four_words_is_warned_of_and_one_of_six_stopped(words, level):
    found = faults(text_of(words, "option"), LISTS)

    assert [fault.level for fault in found if fault.rule == "R15"] == [level]


def test_a_word_of_the_glossary_is_spared():
    explained = {"provision": Explained(means="Help.", say="pro-vi-zhun")}
    text = Text(words="Is provision good?", kind="question", glossary=explained)

    assert faults(text, LISTS) == []


def test_a_word_of_the_glossary_without_say_is_not_spared_by_the_rule_of_jargon():
    text = Text(
        words="Is provision good?",
        kind="question",
        glossary={"provision": Explained(means="Help.")},
    )

    assert [fault.rule for fault in faults(text, LISTS)] == ["R11"]


def test_another_language_is_spared_the_rules_of_english():
    words = "Czy nauczyciel nigdy cię nie słucha? " + "słowo " * 16

    assert found_in(words, english=False) == {"R1"}


def test_a_fault_says_why_and_what_to_do():
    (fault,) = faults(text_of("Do you have an EHCP?"), LISTS)

    assert (fault.rule, fault.level) == ("R11", "error")
    assert "EHCP" in fault.why
    assert fault.what_to_do


def test_faults_come_by_number_and_the_same_each_time():
    text = text_of("Don’t you often agree that provision is given by the council and us?")
    found = faults(text, LISTS)

    assert [int(fault.rule[1:]) for fault in found] == sorted(int(f.rule[1:]) for f in found)
    assert found == faults(text, LISTS)


@pytest.mark.parametrize(
    "words", ["", " \n ", "?", "…", "’", "123", "🙂", "a" * 5000, "1" * 5000, "café naïve", "- - -"]
)
def test_any_text_can_be_checked(words):
    faults(text_of(words), LISTS)
    faults(text_of(words, "option"), LISTS)


def test_curly_and_straight_apostrophes_are_the_same():
    assert straight("don’t") == "don't"
    assert found_in("Don’t you like it?") == found_in("Don't you like it?")
