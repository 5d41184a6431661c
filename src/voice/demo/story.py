"""What the demo's reviewer agreed to and its officer wrote, so that every page has something."""

from voice.database.pool import Connection


async def tell_story(db: Connection, family: str, people: dict[str, int]) -> None:
    """Agree to some themes and answer them, once."""
