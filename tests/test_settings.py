"""Settings: what the environment may say, and that the documentation says the same."""

import re
from pathlib import Path
from typing import get_type_hints

import pytest

from voice import settings
from voice.errors import BadInput
from voice.secret_key import secret_key
from voice.settings import Settings

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| `(\w+)` \| (?:`([^`]*)`|([^|]*)) \| (.*) \| (.*) \|$", re.MULTILINE)


def test_the_documentation_lists_every_setting_with_its_default_and_meaning():
    hints = get_type_hints(Settings, include_extras=True)
    documented = {name: (default, *told) for name, default, _, *told in ROW.findall(_page())}
    wanted = {}
    for field in Settings.__struct_fields__:
        default = "" if field == "home" else str(getattr(Settings(), field))
        about = next(meta.description for meta in hints[field].__metadata__)
        wanted[settings.variable(field)] = (default, settings.takes(field), about)
    assert documented == wanted


def _page() -> str:
    return (ROOT / "docs/settings.md").read_text(encoding="utf-8")


def test_an_empty_environment_gives_the_defaults():
    assert settings.read({}) == Settings()


def test_values_are_read_as_their_kind():
    read = settings.read({"VOICE_PORT": "9000", "VOICE_DATA_DIR": "/tmp/x", "DATABASE_URL": "pg"})
    assert (read.port, read.data_dir, read.database_url) == (9000, Path("/tmp/x"), "pg")


@pytest.mark.parametrize(
    ("name", "value"),
    [("VOICE_PORT", "many"), ("VOICE_SMALL_NUMBER", "4"), ("VOICE_SECRET_KEY", "short")],
)
def test_a_value_that_does_not_fit_is_refused_by_name(name, value):
    with pytest.raises(BadInput, match=name):
        settings.read({name: value})


def test_the_refusal_says_what_the_setting_takes():
    with pytest.raises(BadInput, match=r"a whole number from 5 to 100.*never shown in public"):
        settings.read({"VOICE_SMALL_NUMBER": "3"})
    with pytest.raises(BadInput, match="It takes required or offered"):
        settings.read({"VOICE_SECOND_FACTOR": "no"})
    with pytest.raises(BadInput, match="It takes true or false"):
        settings.read({"VOICE_OFFLINE": "perhaps"})


def test_only_settings_reads_the_environment():
    readers = [
        file.name
        for file in (ROOT / "src").rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b", file.read_text(encoding="utf-8"))
    ]
    assert readers == ["settings.py"]


def test_a_made_key_is_kept_for_its_owner_only(tmp_path):
    here = Settings(data_dir=tmp_path / "new")
    key = secret_key(here)
    assert len(key) >= 32
    assert secret_key(here) == key
    assert (tmp_path / "new/secret-key").stat().st_mode & 0o077 == 0


def test_a_key_that_was_cut_short_is_refused(tmp_path):
    (tmp_path / "secret-key").write_text("short")
    with pytest.raises(BadInput, match="cut short"):
        secret_key(Settings(data_dir=tmp_path))


def test_cookies_are_secure_where_the_address_is():
    assert Settings(public_url="https://voice.example").secure
    assert not Settings().secure
