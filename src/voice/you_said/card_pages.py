"""Where staff fetch a published reply as sheets to print, one for each age."""

from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from voice.database.pool import Connection
from voice.paper.press import Press
from voice.surveys.catalogue import Catalogue
from voice.you_said import print_card, reply, store
from voice.you_said.card import HOME
from voice.you_said.pledge import PledgeNotFound
from voice.you_said.print_card import AGES
from voice.you_said.public_pages import reading

Db = NamedDependency[Connection]
SEE = {"task": "see"}


class CardsController(Controller):
    """Sheets to print: for staff, so that nobody outside can keep the typesetter busy."""

    path = "/staff/pledges"

    @get("/{number:int}/cards/{age:str}", opt=SEE)
    async def card(
        self, db: Db, state: State, number: FromPath[int], age: FromPath[str]
    ) -> Response[bytes]:
        """Answer with the sheet of a published reply for one age, such as `4-7.pdf`."""
        ages = {f"{one}.pdf": one for one in AGES}
        found = [kept for kept in await store.published(db) if kept.number == number]
        if age not in ages or not found:
            raise PledgeNotFound("Only what is published can be printed. Look at its page first.")
        [one] = await reply.with_what_was_said(db, found, reading(state))
        catalogue: Catalogue = state.catalogue
        files = print_card.bundle(
            one,
            ages[age],
            catalogue.pictures[catalogue.surveys[0].id],
            state.settings.home / "templates",
            address=f"{state.settings.address}{HOME}/{number}",
        )
        press: Press = state.press
        return Response(
            await press.typeset(files),
            media_type="application/pdf",
            headers={"content-disposition": f'attachment; filename="you-said-{number}-{age}"'},
        )
