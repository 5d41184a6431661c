"""Settings: the only place that reads the environment.

Each field is one variable: its name in capitals after `VOICE_` (but `DATABASE_URL` as it is).
`docs/settings.md` lists them, and a test compares it with this file.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from voice.errors import BadInput

COUNTS = "PROMETHEUS_MULTIPROC_DIR"


def shipped_home() -> Path:
    """Return the folder that holds surveys, templates and nlp_models: the checkout or the wheel."""
    package = Path(__file__).parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent.parent


class Settings(Struct, frozen=True, kw_only=True):
    """All that a person who runs Voice can set."""

    database_url: Annotated[
        str, Meta(description="A Postgres 15 or later. Empty: Voice starts one of its own.")
    ] = ""
    reports_database_url: Annotated[
        str,
        Meta(
            description="A copy of it (a hot standby) to read public lists and exports from. Empty:"
            " they are read from the database itself."
        ),
    ] = ""
    data_dir: Annotated[
        Path,
        Meta(description="Its own Postgres, key and logs; from the folder you run it in."),
    ] = Path(".voice")
    home: Annotated[
        Path, Meta(description="The folder that holds surveys/, templates/ and nlp_models/.")
    ] = msgspec.field(default_factory=shipped_home)
    pictures_dir: Annotated[
        str,
        Meta(description="The council’s own pictures. Empty: pictures/ in VOICE_DATA_DIR."),
    ] = ""
    population_file: Annotated[
        str,
        Meta(description="How many people there are. Empty: population.toml in surveys/."),
    ] = ""
    host: Annotated[str, Meta(description="The address the web app listens on.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65535, description="The port the web app listens on.")] = (
        8000
    )
    public_url: Annotated[
        str, Meta(description="The address people type. With https, cookies are marked secure.")
    ] = ""
    leave_to: Annotated[
        str,
        Meta(pattern="^https://", description="Where “Leave this page now” goes: a plain page."),
    ] = "https://www.bbc.co.uk/weather"
    embed_origins: Annotated[
        str,
        Meta(
            pattern=r"^(https://[a-z0-9.-]+(:[0-9]{1,5})?( +|$))*$",
            description="The sites that may show /you-said/embed in a frame: https://… with "
            "spaces between. Empty: none.",
        ),
    ] = ""
    offline: Annotated[
        bool,
        Meta(description="Whether a survey can be finished without a connection: true or false."),
    ] = True
    secret_key: Annotated[
        str,
        Meta(description="At least 32 letters, for codes and forms. Empty: one is made and kept."),
    ] = ""
    master_key: Annotated[
        str,
        Meta(
            description="Seals free text: 32 bytes in base64; several with commas, newest first. "
            "Empty: from the file."
        ),
    ] = ""
    master_key_file: Annotated[
        str,
        Meta(
            description="The file of master keys. Empty: master-key in VOICE_DATA_DIR, made once."
        ),
    ] = ""
    web_workers: Annotated[int, Meta(ge=1, le=64, description="Processes that serve pages.")] = 1
    pool_size: Annotated[
        int,
        Meta(
            ge=2,
            le=64,
            description="Database connections of each process for pages, at most; as many for "
            "reports, 4 for crowds.",
        ),
    ] = 16
    threads: Annotated[
        int, Meta(ge=0, le=64, description="Threads for the sentence model; 0 lets it choose.")
    ] = 0
    small_number: Annotated[
        int, Meta(ge=5, le=100, description="Counts below this are never shown in public.")
    ] = 10
    challenge_days: Annotated[
        int, Meta(ge=1, le=120, description="Working days in which a challenge must be answered.")
    ] = 20
    smallest_theme: Annotated[
        int, Meta(ge=2, le=100, description="Fewest comments that make a theme.")
    ] = 5
    keep_raw_months: Annotated[
        int, Meta(ge=1, le=120, description="Months that raw words are kept after the report.")
    ] = 12
    keep_raw_longest_months: Annotated[
        int, Meta(ge=1, le=120, description="Months that raw words are kept at the longest.")
    ] = 24
    keep_comments_months: Annotated[
        int, Meta(ge=1, le=240, description="Months that redacted comments are kept.")
    ] = 72
    keep_unsent_days: Annotated[
        int, Meta(ge=1, le=366, description="Days that answers which were not sent are kept.")
    ] = 30
    second_factor: Annotated[
        Literal["required", "offered"],
        Meta(description="Whether staff must set up a second factor to sign in with a password."),
    ] = "required"
    idle_minutes: Annotated[
        int,
        Meta(ge=5, le=720, description="Minutes without a page until staff must sign in again."),
    ] = 60
    behind_proxy: Annotated[
        bool,
        Meta(description="Whether a proxy of yours says, in X-Forwarded-For, who is asking."),
    ] = False
    oidc_issuer: Annotated[
        str,
        Meta(description="The sign-in service of your organisation (OpenID Connect), an address."),
    ] = ""
    oidc_client_id: Annotated[str, Meta(description="What that service knows Voice as.")] = ""
    oidc_client_secret: Annotated[str, Meta(description="The secret it gave for Voice.")] = ""
    oidc_name: Annotated[str, Meta(description="What staff call it, for the button.")] = (
        "your organisation’s account"
    )
    log: Annotated[
        Literal["plain", "json"],
        Meta(description="Faults as lines of text; or faults and requests as JSON, with ids."),
    ] = "plain"
    metrics_token: Annotated[
        str,
        Meta(
            pattern="^(.{16,})?$",
            description="Who sends this token (16 letters or more) reads /metrics. Empty: nobody.",
        ),
    ] = ""
    session_hours: Annotated[
        int, Meta(ge=1, le=72, description="Hours until a signed-in person must sign in again.")
    ] = 10

    smtp_host: Annotated[
        str, Meta(description="The mail server for alarms. Empty: no mail is sent.")
    ] = ""
    smtp_port: Annotated[
        int, Meta(ge=1, le=65535, description="Its port; 465 speaks TLS from the start.")
    ] = 587
    smtp_user: Annotated[str, Meta(description="Who signs in to it. Empty: nobody.")] = ""
    smtp_password: Annotated[
        str, Meta(description="The password of that user; sent over TLS only.")
    ] = ""
    mail_from: Annotated[
        str,
        Meta(pattern=r"^[^\s<>@,]+@[^\s<>@,]+$", description="The address that mail comes from."),
    ] = "voice@localhost"

    @property
    def address(self) -> str:
        """The address to print: what people type, or where the app listens."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether cookies may travel over https only."""
        return self.public_url.startswith("https://")

    @property
    def surveys(self) -> Path:
        """The folder of surveys."""
        return self.home / "surveys"

    @property
    def population(self) -> Path:
        """The file that says how many people there are."""
        if self.population_file:
            return Path(self.population_file).expanduser()
        return self.surveys / "population.toml"

    @property
    def pictures(self) -> Path:
        """The folder of the council's own pictures; it need not be there."""
        if self.pictures_dir:
            return Path(self.pictures_dir).expanduser()
        return self.data_dir / "pictures"

    @property
    def nlp_models(self) -> Path:
        """The folder of models."""
        return self.home / "nlp_models"


def unless_set(**fields: str) -> dict[str, str]:
    """Return the environment for a process of ours, with these settings where none is set."""
    return {variable(field): value for field, value in fields.items()} | dict(os.environ)


def variable(field: str) -> str:
    """Return the name of the environment variable of a field."""
    return "DATABASE_URL" if field == "database_url" else f"VOICE_{field.upper()}"


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment gives.

    Raises:
        BadInput: a variable has a value that does not fit. The message names it.
    """
    environ = os.environ if environ is None else environ
    given = {
        field: environ[variable(field)]
        for field in Settings.__struct_fields__
        if environ.get(variable(field))
    }
    for field, value in given.items():
        try:
            msgspec.convert({field: value}, Settings, strict=False, dec_hook=_to_path)
        except msgspec.ValidationError:
            raise BadInput(
                f"The setting {variable(field)} does not fit. It takes {takes(field)}. "
                f"What it is for: {_hint(field).__metadata__[0].description}"
            ) from None
    settings = msgspec.convert(given, Settings, strict=False, dec_hook=_to_path)
    if 0 < len(settings.secret_key) < 32:
        raise BadInput("The setting VOICE_SECRET_KEY must have at least 32 letters.")
    return settings


def takes(field: str) -> str:
    """Return in words what may stand in the variable of this field: “true or false”."""
    kind, (meta, *_) = _hint(field).__origin__, _hint(field).__metadata__
    if kind is int:
        return f"a whole number from {meta.ge} to {meta.le}"
    if kind is bool:
        return "true or false"
    if get_origin(kind) is Literal:
        return " or ".join(get_args(kind))
    if kind is Path:
        return "a folder"
    if meta.pattern and field != "metrics_token":
        return "addresses with https://" if "https" in meta.pattern else "an e-mail address"
    return "text"


def _hint(field: str) -> Any:
    return get_type_hints(Settings, include_extras=True)[field]


def share_counts(folder: Path) -> None:
    """Let the web app's processes count together, in files of this folder.

    What counts looks for its folder in the environment, when it is first imported.
    """
    os.environ[COUNTS] = str(folder)


def shared_counts() -> str:
    """Return the folder that processes count in; nothing where each counts alone."""
    return os.environ.get(COUNTS, "")


def ease_for_a_look() -> None:
    """Ask nobody to set up a phone to look at made-up answers, here and in what is started here."""
    os.environ.setdefault(variable("second_factor"), "offered")


def _to_path(kind: type, value: object) -> object:
    if kind is Path:
        return Path(str(value)).expanduser()
    raise NotImplementedError(kind)
