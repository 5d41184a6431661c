"""The base of every error we can explain to a person."""

from voice.languages.say import later


class VoiceError(Exception):
    """Something went wrong that we can explain in plain words.

    `title` and `message` are shown on the page, or printed by the command, as they stand. Write
    them for a ten-year-old: what happened, and what to do next. Never put an answer in them.
    A page ends with a link: `way` is where it leads, `way_words` what it says.
    """

    status = 500
    title = later("Sorry, something went wrong")
    way = "/"
    way_words = later("Go to the first page")

    def __init__(self, message: str = "") -> None:
        """Keep `message`, the sentence a person will read."""
        super().__init__(message)
        self.message = message


class BadInput(VoiceError):
    """A file or a setting that a person gave us cannot be used. The command exits with 2."""

    status = 400
    title = later("We cannot use that")
