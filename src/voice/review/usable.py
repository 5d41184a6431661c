"""What a person typed, as far as it can be used: a name, a sentence, a reason."""

from collections.abc import Iterable

from voice.errors import VoiceError

LONGEST_NAME = 150
LONGEST_DESCRIPTION = 300
LONGEST_REASON = 2000


class CannotDecide(VoiceError):
    """What was asked for cannot be kept; `field` is where on the page it can be mended."""

    status = 422
    title = "Please look at this"

    def __init__(self, message: str, field: str) -> None:
        """Keep the sentence a person will read, and where it belongs."""
        super().__init__(message)
        self.field = field


def usable_name(name: str, taken: Iterable[str], field: str) -> str:
    """Return the name of a theme, tidied.

    Args:
        name: what was typed.
        taken: the names of the question's other agreed themes.
        field: where on the page it was typed.

    Raises:
        CannotDecide: there is no name, it is too long, or another theme has it.
    """
    name = " ".join(name.split())
    if not name:
        raise CannotDecide("Type a name for the theme.", field)
    if len(name) > LONGEST_NAME:
        raise CannotDecide(f"Use at most {LONGEST_NAME} letters for the name.", field)
    if name.casefold() in {other.casefold() for other in taken}:
        raise CannotDecide(f"There is already an agreed theme called “{name}”.", field)
    return name


def usable_description(description: str) -> str:
    """Return a sentence about a theme, tidied; it may be empty.

    Raises:
        CannotDecide: it is too long.
    """
    description = " ".join(description.split())
    if len(description) > LONGEST_DESCRIPTION:
        most = f"Use at most {LONGEST_DESCRIPTION} letters: one sentence is enough."
        raise CannotDecide(most, "description")
    return description


def usable_reason(reason: str, field: str = "reason") -> str:
    """Return a reason, tidied.

    Raises:
        CannotDecide: no reason is given, or it is too long.
    """
    reason = reason.strip()
    if not reason:
        raise CannotDecide("Write why, in a few words. Others will read it later.", field)
    if len(reason) > LONGEST_REASON:
        raise CannotDecide(f"Use at most {LONGEST_REASON} letters for the reason.", field)
    return reason
