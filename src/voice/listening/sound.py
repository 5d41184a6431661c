"""Sound as numbers: one rate, one loudness, pauses between lines, and whether there is any."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

Samples = NDArray[np.float32]
"""Shape (n_samples,), from -1 to 1, one channel, `RATE` samples a second."""

RATE = 24_000
PAUSE = 0.45  # Seconds between two lines: time to look at the next answer.
SHORTEST = 0.5  # Seconds.
LOUDEST = 0.89  # One decibel below the most there can be.
QUIET = 0.02  # Of the loudest sample: below it is silence.
MARGIN = 0.03  # Seconds of silence left at both ends of a line.


def seconds_of(samples: Samples) -> float:
    """Return how long it sounds."""
    return len(samples) / RATE


def mixed(channels: NDArray[np.float32]) -> Samples:
    """Return channels, shape (n_samples, n_channels), as one."""
    return np.asarray(channels.mean(axis=1), dtype=np.float32)


def resampled(samples: NDArray[np.float32], rate: int, wanted: int) -> NDArray[np.float32]:
    """Return a sound of one rate, in samples a second, at another."""
    if rate == wanted:
        return samples
    ratio = Fraction(wanted, rate)
    changed = resample_poly(samples, ratio.numerator, ratio.denominator)
    return np.asarray(changed, dtype=np.float32)


def without_silent_ends(samples: Samples) -> Samples:
    """Return the sound from where it begins to where it ends; all of it when it is silent."""
    if not len(samples):
        return samples
    loud = np.flatnonzero(np.abs(samples) > QUIET * np.abs(samples).max())
    if not len(loud):
        return samples
    margin = int(MARGIN * RATE)
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def joined(lines: Sequence[Samples]) -> Samples:
    """Return the lines one after the other, with a pause between them."""
    pause = np.zeros(int(PAUSE * RATE), dtype=np.float32)
    parts = [part for line in lines for part in (pause, without_silent_ends(line))]
    return np.concatenate(parts[1:]) if parts else np.zeros(0, dtype=np.float32)


def as_loud_as_all(samples: Samples) -> Samples:
    """Return the sound with its loudest sample at `LOUDEST`; silence stays silence."""
    loudest = float(np.abs(samples).max(initial=0.0))
    return samples * np.float32(LOUDEST / loudest) if loudest > 0 else samples


def fault_in(samples: Samples) -> str:
    """Return why nobody could hear this, as a sentence, or nothing when it is well."""
    if seconds_of(samples) <= SHORTEST:
        return f"It is only {seconds_of(samples):.1f} seconds long."
    if not np.isfinite(samples).all():
        return "It is noise, not sound."
    if float(np.sqrt(np.mean(samples**2))) < 0.003:
        return "It is silent."
    return ""
