"""What a row may say about the person: who they are among the voices, and that they agree."""

from collections.abc import Mapping

from voice.bringing.likeness import plain
from voice.surveys.survey import Voice

VOICES: dict[str, Voice] = {
    **dict.fromkeys(("child", "a child", "children", "pupil", "i am a child"), "child"),
    **dict.fromkeys(
        ("young person", "young people", "a young person", "student", "i am a young person"),
        "young_person",
    ),
    **dict.fromkeys(
        (
            *("parent", "carer", "parent carer", "parent or carer", "parent and carer", "a parent"),
            *("parents and carers", "parent or carer of a child", "family", "foster carer"),
        ),
        "parent",
    ),
    **dict.fromkeys(
        ("practitioner", "professional", "a professional", "staff", "teacher", "senco", "school"),
        "practitioner",
    ),
}
YES = ("yes", "i agree", "agree", "ok", "y", "true", "1", "i consent", "consent", "i do")
NO = ("no", "i do not", "i dont", "disagree", "n", "false", "0", "i disagree")


def speaker(written: str, mapped: Mapping[str, Voice]) -> Voice | None:
    """Return who speaks, None where the words are not known; a person's mapping comes first."""
    said = plain(written)
    own = {plain(words): voice for words, voice in mapped.items()}
    return own.get(said) or VOICES.get(said)


def agreed(written: str) -> bool | None:
    """Tell whether these words agree to take part; None where they say neither."""
    said = plain(written)
    if _begins(said, NO):
        return False
    return True if _begins(said, YES) else None


def _begins(said: str, words: tuple[str, ...]) -> bool:
    return any(said == one or said.startswith(f"{one} ") for one in words)
