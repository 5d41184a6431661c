import pytest

from voice.enrichment.take_out import TAKEN_OUT, Phrases


@pytest.mark.parametrize(
    ("said", "typed", "read"),
    [
        ("Tilly and tilly's mum", "TILLY", "# and #'s mum"),
        ("Tom will not come tomorrow", "tom", "# will not come tomorrow"),
        ("the  blue\nchair", "blue chair", "the  #"),
        ("Ann O’Hara rang", "o'hara", "Ann # rang"),
        ("[a name] Smith is a name", "name", "[a name] Smith is a #"),
        ("[a name] Smith rang", "[a name] Smith", "[a name] # rang"),
        ("a.b (c) costs £5", "(c)", "a.b # costs £5"),
        ("first and second", "first\nsecond", "# and #"),
    ],
)
def test_words_go_wherever_they_stand_whole(said, typed, read):
    phrases = Phrases.of(typed.splitlines())
    assert not phrases.missing_from(said)
    assert phrases.take_out(said) == (read.replace("#", TAKEN_OUT), read.count("#"))


@pytest.mark.parametrize("typed", ["", " ", "…", "zz", "art", "blue\nzz", "a name"])
def test_it_is_said_when_a_phrase_is_not_there(typed):
    assert Phrases.of(typed.splitlines()).missing_from("[a name] has a blue cart")
