"""Why the bytes of a file cannot be taken as a picture."""


class Unfit(ValueError):
    """A file cannot be taken. `why` and `what_to_do` are sentences."""

    def __init__(self, why: str, what_to_do: str) -> None:
        """Keep both sentences."""
        super().__init__(why)
        self.why = why
        self.what_to_do = what_to_do


MOST_BYTES = 100_000
"""The most bytes a picture may have when it is ready: a page shows up to ten, on slow lines too."""
