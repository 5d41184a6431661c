"""What has been published of the same people: one grouping of one thing, one attribute a quote.

Whoever has a table by “8 to 11” and “12 to 16”, and another by “8 to 12” and “13 to 16”,
subtracts, and has the people of 12. So each thing that people are grouped by has one grouping, for
good.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from voice.small_numbers.count import THRESHOLD, people


class OtherGrouping(ValueError):
    """The same people were published in other groups already; the message names them."""


class Published(Struct, frozen=True):
    """The groupings in which the answers of a survey have been published: {by what: the groups}."""

    groupings: Mapping[str, tuple[str, ...]] = {}

    def with_grouping(self, by: str, groups: Sequence[str]) -> "Published":
        """Return what is published once a table by this grouping is, too.

        Raises:
            OtherGrouping: something else was published by it.
        """
        known = self.groupings.get(by)
        if known is not None and known != tuple(groups):
            raise OtherGrouping(
                f"“{by}” was published in these groups: {', '.join(known)}. Other groups of the "
                "same people would show, by subtraction, who is in the one and not in the other."
            )
        return Published({**self.groupings, by: tuple(groups)})


def one_attribute(
    attributes: Mapping[str, str], sizes: Mapping[str, int], *, threshold: int = THRESHOLD
) -> str | None:
    """Return what may be said of the person who is quoted: one thing at most, of many people.

    Args:
        attributes: what is known of the person, the most wanted first: {"voice": "a parent"}.
        sizes: how many people answered of whom the same is true, by the same names.
        threshold: from 5.
    """
    for name, words in attributes.items():
        if people(sizes.get(name, 0), threshold=threshold).number is not None:
            return words
    return None
