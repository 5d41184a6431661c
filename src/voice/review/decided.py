"""What pages share that show what was decided, and comments."""

from voice.review.seen import Comment, Past, demo_among
from voice.review.undoing import last_of_all
from voice.staff.pages import StaffView


class Decided(StaffView, frozen=True, kw_only=True):
    """A page with what was decided, newest first; `done` is what this person decided just now."""

    past: list[Past]
    done: Past | None = None

    @property
    def undo(self) -> list[int]:
        """The decisions shown that this person can take back as they are."""
        return last_of_all(self.past) if self.person.may("review") else []


class OnComments(Decided, frozen=True, kw_only=True):
    """The same, with comments."""

    comments: list[Comment]

    @property
    def demo(self) -> str:
        """Whether all or some of the comments on the page were made up."""
        return demo_among(self.comments)
