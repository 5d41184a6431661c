"""The script that takes pictures for the documents still finds its way through the app."""

import pytest
from PIL import Image

from tests.browser import screens

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


async def test_every_screen_can_be_taken(chromium, site, tmp_path):
    await screens.take_all(chromium, site.url, site.password, tmp_path)
    for screen in screens.every():
        with Image.open(tmp_path / f"{screen.name}.webp") as taken:
            assert taken.size == (screen.size["width"], screen.size["height"]), screen.name
            assert len(taken.getcolors(1 << 24) or []) > 50, f"{screen.name} shows nothing"
