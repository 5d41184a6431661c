"""What is set aside because it says nothing, and what never is."""

import pytest

from voice.themes.non_answers import is_non_answer
from voice.themes.prepare import WhyNone, prepare
from voice.themes.words import normalise

SAYING_NOTHING = """
nothing | Nothing! | N/A | n/a. | Don’t know | don't no | idk | idk lol | none | Nooooo | asdfghjkl
None that I can think of | . | ... | - | ? | 6 | 🙂 | 👍👍👍 | xxxxx | :) | no comment | as above
No further comments at this time. | nic | nie wiem | nada | dim byd | nu știu | لا أعرف | ਪਤਾ ਨਹੀਂ
不知道 | not sure sorry | nothing really tbh | See previous answer | prefer not to say
I honestly can't think of anything. | Nothing, thank you | absolutely nothing
"""

SAYING_SOMETHING = """
nothing has changed | Nothing works at our school | no one to talk to | no help at all | good | kind
not sure who to ask for help | I don't know who my child's SENCO is | none of the staff listen
no problems | thank you | the wait | school | he is never asked | więcej pomocy | 学校不听
not enough time to say what I need | No transport, no respite, no answers | nothing but waiting
Test results took months | please listen to us more | yes she gets the help she needs
hello is not enough, talk to me | nothing, everything was perfect
"""


def listed(comments: str) -> list[str]:
    return [
        comment.strip() for line in comments.split("\n") for comment in line.split(" | ") if line
    ]


@pytest.mark.parametrize("text", listed(SAYING_NOTHING))
def test_an_answer_that_says_nothing_is_a_non_answer(text):
    assert is_non_answer(normalise(text))


@pytest.mark.parametrize("text", listed(SAYING_SOMETHING))
def test_a_sentence_that_says_something_never_is(text):
    assert not is_non_answer(normalise(text))


def test_every_comment_is_ready_or_set_aside_with_its_reason():
    ready = prepare(["", " \u200b\n", "idk", "Too slow", "too  slow!!", "🙂", "Kind"])

    assert ready.set_aside == {
        0: WhyNone.EMPTY,
        1: WhyNone.EMPTY,
        2: WhyNone.NON_ANSWER,
        5: WhyNone.NON_ANSWER,
    }
    assert [places.tolist() for places in ready.said] == [[6], [3, 4]]
    assert ready.counts.tolist() == [1, 2]


def test_the_order_of_comments_does_not_change_what_stands_for_them():
    texts = ["Too slow", "too slow!", "Kind", "TOO SLOW"]

    def standing(given):
        return [given[place] for place in prepare(given).first]

    assert standing(texts) == standing(texts[::-1]) == ["Kind", "TOO SLOW"]
