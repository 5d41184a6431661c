"""What a device must know of each page to read an answer, and to find the page that comes next."""

from msgspec import Struct

from voice.surveys.questions import AnyPage, ChooseMany, ChooseOne, Comment, Scale, When


class Step(Struct, frozen=True, kw_only=True):
    """One page: its kind, when it is shown, and what can be answered.

    `labels` are the answers on offer in order, by value; `unsure` has those that mean “I don’t
    know”. `most` is how many letters a comment may have.
    """

    id: str
    kind: str
    when: When | None
    labels: dict[str, str] = {}
    unsure: list[str] = []
    most: int = 0


def step_of(page: AnyPage) -> Step:
    """Return what a device must know of a page."""
    labels: dict[str, str] = {}
    unsure: list[str] = []
    most = 0
    if isinstance(page, ChooseOne | ChooseMany):
        labels = {option.value: option.label for option in page.options}
        unsure = [option.value for option in page.options if option.dont_know]
    elif isinstance(page, Scale):
        labels = {**{str(n): str(n) for n in range(11)}, "dont_know": page.dont_know}
        unsure = ["dont_know"]
    elif isinstance(page, Comment):
        most = page.max_characters
    return Step(
        id=page.id,
        kind=str(page.__struct_config__.tag),
        when=page.when,
        labels=labels,
        unsure=unsure,
        most=most,
    )
