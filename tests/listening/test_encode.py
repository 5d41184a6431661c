"""Clips are small, can be heard, and are the same every time."""

import io

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]  # It ships no types.

from tests.listening.conftest import tone
from voice.listening.encode import MOST_BYTES, NotSound, TooLong, as_mp3, as_opus, read_sound
from voice.listening.ogg import numbered
from voice.listening.sound import RATE, fault_in, joined, resampled, seconds_of

FORMS = [pytest.param(as_opus, id="opus"), pytest.param(as_mp3, id="mp3")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seconds", [0.6, 5.0, 20.0, 36.0])
def test_a_clip_is_small_and_sounds_as_long_as_what_went_in(form, seconds):
    written = form(tone(seconds))
    again = read_sound(written)
    assert len(written) <= MOST_BYTES
    assert seconds_of(again) == pytest.approx(seconds, abs=0.2)
    assert fault_in(again) == ""


@pytest.mark.parametrize("form", FORMS)
def test_what_goes_in_comes_out_at_the_same_pitch(form):
    heard = read_sound(form(tone(2.0, pitch=440)))
    loudest = np.abs(np.fft.rfft(heard)).argmax() * RATE / len(heard)
    assert loudest == pytest.approx(440, abs=5)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_sound_gives_the_same_bytes(form):
    assert form(tone(1.5)) == form(tone(1.5))


@pytest.mark.parametrize("form", FORMS)
def test_what_is_too_long_for_one_clip_is_refused_with_its_length(form):
    with pytest.raises(TooLong, match="90 seconds"):
        form(tone(90.0))


def test_an_ogg_stream_keeps_its_sound_under_another_number():
    file = io.BytesIO()
    soundfile.write(file, tone(), RATE, format="OGG", subtype="OPUS")
    changed = numbered(file.getvalue(), 7)
    assert changed != file.getvalue()
    assert np.array_equal(read_sound(changed), read_sound(file.getvalue()))


def test_what_is_no_ogg_stream_is_refused():
    with pytest.raises(ValueError, match="not an Ogg"):
        numbered(b"ID3 something else")


@pytest.mark.parametrize("written", [b"", b"not a sound", b"RIFF\0\0\0\0WAVE"])
def test_what_is_no_sound_is_refused(written):
    with pytest.raises(NotSound):
        read_sound(written)


def test_between_two_lines_is_time_to_look():
    one = tone(0.5)
    assert seconds_of(joined([one, one])) == pytest.approx(1.45, abs=0.1)
    assert seconds_of(joined([])) == 0


def test_silence_and_what_is_too_short_are_found():
    assert fault_in(np.zeros(RATE, dtype=np.float32)) == "It is silent."
    assert fault_in(tone(0.3)).startswith("It is only 0.3 seconds")
    assert fault_in(tone(1.0)) == ""


def test_another_rate_is_the_same_sound():
    slow = resampled(tone(1.0), RATE, 16_000)
    assert len(slow) == 16_000
    assert fault_in(resampled(slow, 16_000, RATE)) == ""
