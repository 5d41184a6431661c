"""A classifier in a folder: arrays and words, a card that says what they are, and no code.

Symmetric matrices are kept as their upper halves in 16 bits, with one scale a label.
"""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import tomli_w
from msgspec import Struct, json
from numpy.typing import NDArray

from voice.enrichment.models import Card, card
from voice.errors import BadInput
from voice.labels.classifier import Classifier
from voice.labels.judge import Judge
from voice.labels.logistic import Logistic
from voice.labels.wording import Vocabulary

ARRAYS, WORDS, REPORT, CARD = "classifier.npz", "words.json", "report.json", "card.toml"
MATRICES = ("whole", "clauses", "passages")
AGAIN = "Train it again with “voice labels train”, or fetch its folder again, whole."
YES, NO = "yes", "no"
Arrays = dict[str, NDArray[Any]]


class Words(Struct, frozen=True):
    """What words.json holds: the names of the labels, and the words and letters that are known."""

    labels: list[str]
    words: list[str]
    letters: list[str]


def to_files(classifier: Classifier, labels: list[str]) -> dict[str, bytes]:
    """Return the files of a classifier by name, but for its card and report; always the same."""
    vocabulary = classifier.vocabulary
    written = io.BytesIO()
    np.savez(written, allow_pickle=False, **_arrays(classifier))
    return {
        ARRAYS: written.getvalue(),
        WORDS: json.encode(Words(labels, vocabulary.words, vocabulary.letters)),
    }


def card_file(
    files: Mapping[str, bytes], made_from: Mapping[str, str], how_well: tuple[str, ...]
) -> bytes:
    """Return the card of these files."""
    return tomli_w.dumps(
        {
            "name": "labels",
            "version": "1",
            "what_for": "Suggests labels for comments, as people gave them to others.",
            "licence": "That of the comments it was made from",
            "how_well": list(how_well),
            "where_it_fails": ["It suggests and may not decide; see the report for each label"],
            "made_from": dict(made_from),
            "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        }
    ).encode()


def open_kept(folder: Path, nlp_models: Path) -> tuple[Classifier, list[str]]:
    """Return the classifier in `folder` and the names of its labels.

    Raises:
        BadInput: the folder has no classifier, one of its files was changed or is missing, or it
            was learnt with another language model than the one in `nlp_models`.
        ModelProblem: `nlp_models` has no language model.
    """
    described = _card(folder)
    files = {name: _checked(folder, name, described) for name in (ARRAYS, WORDS, REPORT)}
    if described.made_from.get("vectors") != vectors_from(nlp_models):
        raise BadInput(
            f"The classifier in {folder} was learnt with another language model than the one "
            "here. Train it again with “voice labels train”."
        )
    try:
        words = json.decode(files[WORDS], type=Words)
        with np.load(io.BytesIO(files[ARRAYS]), allow_pickle=False) as arrays:
            return _classifier(words, dict(arrays)), words.labels
    except (msgspec.MsgspecError, zipfile.BadZipFile, KeyError, ValueError):
        raise BadInput(f"The classifier in {folder} is of another version. {AGAIN}") from None


def learnt_how(folder: Path) -> tuple[bool | None, bool]:
    """Return whether contexts were learnt too (None: not known), and whether non-answers were.

    Raises:
        BadInput: the folder has no classifier.
    """
    made_from = _card(folder).made_from
    context = made_from.get("context")
    return None if context is None else context == YES, made_from.get("non_answers") == YES


def vectors_from(nlp_models: Path) -> str:
    """Return which language model makes the vectors, so that no other is taken for it.

    Raises:
        ModelProblem: there is none.
    """
    model = card(nlp_models / "embedding")
    of_files = json.encode(sorted(model.files.items()))
    return f"embedding {model.version}, {hashlib.sha256(of_files).hexdigest()[:16]}"


def _card(folder: Path) -> Card:
    try:
        return msgspec.toml.decode((folder / CARD).read_bytes(), type=Card)
    except OSError:
        raise BadInput(
            f"{folder} has no {CARD}: it is no folder that “voice labels train” wrote."
        ) from None
    except msgspec.MsgspecError:
        raise BadInput(f"{folder / CARD} was changed and cannot be read. {AGAIN}") from None


def _checked(folder: Path, name: str, described: Card) -> bytes:
    try:
        content = (folder / name).read_bytes()
    except OSError:
        raise BadInput(f"The file {folder / name} is missing. {AGAIN}") from None
    if hashlib.sha256(content).hexdigest() != described.files.get(name):
        raise BadInput(f"The file {folder / name} was changed since it was made. {AGAIN}")
    return content


def _arrays(classifier: Classifier) -> Arrays:
    judge = classifier.judge
    matrices = {name: _packed(getattr(classifier, name)) for name in MATRICES}
    return {
        "rarity": classifier.vocabulary.rarity,
        "words": classifier.words,
        **{name: packed for name, (packed, _) in matrices.items()},
        **{f"{name}_scale": scale for name, (_, scale) in matrices.items()},
        "usual": classifier.usual,
        "thresholds": classifier.thresholds,
        **{f"judge_{name}": getattr(judge, name) for name in _fields(Judge) if name != "pairs"},
        **{f"pairs_{name}": getattr(judge.pairs, name) for name in _fields(Logistic)},
    }


def _classifier(words: Words, kept: dict[str, Any]) -> Classifier:
    pairs = Logistic(**{name: kept[f"pairs_{name}"] for name in _fields(Logistic)})
    parts = {name: kept[f"judge_{name}"] for name in _fields(Judge) if name != "pairs"}
    return Classifier(
        vocabulary=Vocabulary(words.words, words.letters, kept["rarity"]),
        words=kept["words"],
        **{name: _unpacked(kept[name], kept[f"{name}_scale"]) for name in MATRICES},
        usual=kept["usual"],
        judge=Judge(pairs=pairs, **parts),
        thresholds=kept["thresholds"],
    )


def _fields(kind: type[Struct]) -> tuple[str, ...]:
    return kind.__struct_fields__


def _packed(matrices: NDArray[np.float32]) -> tuple[NDArray[np.float16], NDArray[np.float32]]:
    upper = matrices[:, *np.triu_indices(matrices.shape[1])]
    scale = np.maximum(np.abs(upper).max(axis=1), 1e-12).astype(np.float32)
    return (upper / scale[:, None]).astype("<f2"), scale


def _unpacked(upper: NDArray[np.float32], scale: NDArray[np.float32]) -> NDArray[np.float32]:
    size = int(np.sqrt(2 * upper.shape[1]))
    a, b = np.triu_indices(size)
    matrices = np.zeros((len(upper), size, size), dtype=np.float32)
    matrices[:, a, b] = upper.astype(np.float32) * scale[:, None]
    matrices[:, b, a] = matrices[:, a, b]
    return matrices
