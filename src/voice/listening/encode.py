"""Write a sound as Opus (in Ogg) and as MP3, small enough for a slow line."""

import io
from collections.abc import Callable

import numpy as np
import soundfile  # type: ignore[import-untyped]  # It ships no types.

from voice.listening.ogg import numbered
from voice.listening.sound import RATE, Samples, mixed, resampled, seconds_of

MOST_BYTES = 40_000
"""The most bytes a clip may have, in each of its two forms."""

# Bits a second, the best first. Below the last nobody could follow the words.
OPUS = (24_000, 20_000, 16_000, 12_000, 10_000, 8_000)
MP3 = (32_000, 24_000, 20_000, 16_000, 14_000, 12_000, 10_000, 9_000, 8_000)
FEW = 16_000  # Bits a second: below, an MP3 is clearer with fewer, better samples.
FEWER_SAMPLES = 16_000


class TooLong(ValueError):
    """There is too much to say for one clip. The message says how long it is."""


class NotSound(ValueError):
    """The bytes are not a sound that can be read."""


def as_opus(samples: Samples) -> bytes:
    """Return the sound as Opus in Ogg, in at most `MOST_BYTES`; the same sound, the same bytes.

    Raises:
        TooLong: it does not fit.
    """

    def write(bits: int) -> bytes:
        # libsndfile takes 256,000 bits a second for 0 and 6,000 for 1.
        level = 1 - (bits - 6_000) / 250_000
        return numbered(_written(samples, RATE, "OGG", "OPUS", compression_level=level))

    return _smallest_loss(write, OPUS, samples)


def as_mp3(samples: Samples) -> bytes:
    """Return the sound as MP3, in at most `MOST_BYTES`; the same sound, the same bytes.

    Raises:
        TooLong: it does not fit.
    """

    def write(bits: int) -> bytes:
        # At both rates libsndfile takes 160,000 bits a second for 0 and 8,000 nearly for 1.
        form = {"compression_level": 0.9999 - (bits - 8_000) / 152_000, "bitrate_mode": "AVERAGE"}
        if bits >= FEW:
            return _written(samples, RATE, "MP3", "MPEG_LAYER_III", **form)
        fewer = resampled(samples, RATE, FEWER_SAMPLES)
        return _written(fewer, FEWER_SAMPLES, "MP3", "MPEG_LAYER_III", **form)

    return _smallest_loss(write, MP3, samples)


def read_sound(written: bytes) -> Samples:
    """Return the sound in WAV, FLAC, Ogg or MP3 bytes.

    Raises:
        NotSound: they are none of these, or cut short.
    """
    try:
        samples, rate = soundfile.read(io.BytesIO(written), dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError, TypeError) as error:
        raise NotSound("It is not a sound that can be read.") from error
    return resampled(mixed(np.asarray(samples, dtype=np.float32)), int(rate), RATE)


def _smallest_loss(
    write: Callable[[int], bytes], rates: tuple[int, ...], samples: Samples
) -> bytes:
    """Return the best-sounding form that fits."""
    for bits in rates:
        # Encoders miss their mark by a little; far above it they need not be asked.
        if bits * seconds_of(samples) / 8 > MOST_BYTES * 1.3:
            continue
        written = write(bits)
        if len(written) <= MOST_BYTES:
            return written
    raise TooLong(f"It takes {seconds_of(samples):.0f} seconds to say, too long for one clip.")


def _written(samples: Samples, rate: int, kind: str, subtype: str, **form: object) -> bytes:
    file = io.BytesIO()
    with soundfile.SoundFile(file, "w", rate, 1, format=kind, subtype=subtype, **form) as out:
        out.write(samples)
    return file.getvalue()
