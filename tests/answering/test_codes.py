"""The three words of a response."""

from uuid import UUID

from voice.answering.codes import code_for


def test_no_word_comes_twice_in_a_code():
    codes = [code_for(b"k" * 40, UUID(int=number)).split() for number in range(3000)]

    assert all(len(set(words)) == 3 for words in codes)
