"""What `nlp_models/words/lists.toml` holds, as it is written by hand."""

from collections.abc import Mapping

from msgspec import Struct

Words = str
"""Words with space between them."""


class Asking(Struct, frozen=True):
    """Phrases and words that questions should do without, as `lists.toml` has them."""

    scale: list[str]
    vague: list[str]
    leading: list[str]
    loaded: Words
    praise: Words
    sensitive: list[str]


class Pairs(Struct, frozen=True):
    """What is one thing though two words are joined, and which words are verbs."""

    one: list[str]
    opposites: Words
    verbs: Words
    things_too: Words


class VerbLists(Struct, frozen=True):
    """Verbs that are not regular, and participles that make no passive."""

    irregular: str
    not_participles: Words
    how_one_is: Words
    states: Words
    got_only: Words


class Idioms(Struct, frozen=True):
    """Phrases that mean something else than their words."""

    phrases: list[str]


class Written(Struct, frozen=True):
    """What `lists.toml` holds."""

    known: Words
    plainer: Mapping[str, str]
    initials_known: Words
    initials: Words
    jargon: Mapping[str, str]
    asking: Asking
    pairs: Pairs
    verbs: VerbLists
    idioms: Idioms
