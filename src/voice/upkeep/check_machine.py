"""What `voice doctor` sees of this machine: settings, keys, surveys, models, mail, disk."""

import shutil
import smtplib
import ssl
from pathlib import Path

from voice.database.master_key import is_there, key_file, vault
from voice.enrichment.models import ModelProblem, open_model
from voice.errors import VoiceError
from voice.safeguarding.mail import TLS_FROM_THE_START
from voice.secret_key import secret_file, secret_key
from voice.settings import Settings
from voice.surveys.catalogue import Catalogue
from voice.upkeep.finding import Finding, fail, ok, warn
from voice.upkeep.ready import MODELS

PATIENCE = 5.0  # Seconds that a mail server has to greet us.
GIGABYTE = 1_000_000_000
LEAST, LITTLE = GIGABYTE // 2, 5 * GIGABYTE
OPEN_TO_ALL = {"0.0.0.0", "::"}
HERE = {"127.0.0.1", "::1", "localhost"}


def check_machine(settings: Settings) -> list[Finding]:
    """Look at everything that needs no database."""
    return [
        *_settings(settings),
        _secret_key(settings),
        _master_key(settings),
        _surveys(settings),
        *_models(settings.nlp_models),
        _mail(settings),
        _disk(settings.data_dir),
    ]


def _settings(settings: Settings) -> list[Finding]:
    found = []
    if settings.host in OPEN_TO_ALL and not settings.secure:
        found.append(
            warn(
                "settings",
                "Voice listens to the network, and people’s address has no https.",
                "Put a proxy with https in front, and set VOICE_PUBLIC_URL=https://…",
            )
        )
    if settings.secure and settings.host in HERE and not settings.behind_proxy:
        found.append(
            warn(
                "settings",
                "With https a proxy is in front, but VOICE_BEHIND_PROXY is not set: all people "
                "count as one place, and a few wrong tries stop everybody.",
                "Set VOICE_BEHIND_PROXY=true, where the proxy sets X-Forwarded-For itself.",
            )
        )
    if settings.second_factor == "offered":
        found.append(
            warn(
                "settings",
                "Staff may sign in with a password alone.",
                "Leave VOICE_SECOND_FACTOR out: required is the default.",
            )
        )
    return found or [ok("settings", "They can be read, and fit together.")]


def _secret_key(settings: Settings) -> Finding:
    try:
        secret_key(settings)
    except VoiceError as problem:
        return fail("secret key", problem.message, "Put your copy of it back.")
    except OSError as problem:
        return fail("secret key", _cannot(problem), "Let this user write to VOICE_DATA_DIR.")
    if settings.secret_key:
        return ok("secret key", "It is set in VOICE_SECRET_KEY.")
    return _of_owner_only("secret key", secret_file(settings))


def _master_key(settings: Settings) -> Finding:
    if not is_there(settings):
        return warn("master key", "There is none yet.", "It is made by: voice migrate")
    try:
        count = len(vault(settings).names)
    except VoiceError as problem:
        return fail("master key", problem.message, "Put your copy of it back.")
    except OSError as problem:
        return fail("master key", _cannot(problem), "Let this user read it.")
    if not settings.master_key:
        seen = _of_owner_only("master key", key_file(settings))
        if seen.state != "ok":
            return seen
    if count > 1:
        return warn("master key", f"There are {count}: the old ones open old backups.", FORGET)
    return ok("master key", "There is one.")


FORGET = "Once all processes have been started again: voice keys forget"


def _of_owner_only(about: str, file: Path) -> Finding:
    if file.stat().st_mode & 0o077:
        return fail(about, f"Others may read {file}.", f"chmod 600 {file}")
    return ok(about, f"{file}, for its owner only. Keep a copy elsewhere: voice keys save DIR")


def _surveys(settings: Settings) -> Finding:
    try:
        found = Catalogue.read(settings.surveys, settings.pictures)
    except (VoiceError, OSError) as problem:
        return fail("surveys", _words(problem), "Run: voice survey check")
    if not found.by_id:
        return fail("surveys", f"There are none in {settings.surveys}.", "Look at VOICE_HOME.")
    return ok("surveys", f"{len(found.by_id)} can be read.")


def _models(folder: Path) -> list[Finding]:
    bad = []
    for name in MODELS:
        try:
            open_model(folder, name)
        except ModelProblem as problem:
            bad.append(fail("models", f"{name}: {problem.message}", "Install Voice again."))
    return bad or [ok("models", f"{len(MODELS)} are there, each file as its card says.")]


def _mail(settings: Settings) -> Finding:
    """Greet the mail server and say goodbye; no mail is sent."""
    if not settings.smtp_host:
        return warn(
            "mail",
            "None is sent: nobody hears by mail that a worrying answer waits.",
            "Set VOICE_SMTP_HOST, or look at the list every day.",
        )
    where = (settings.smtp_host, settings.smtp_port)
    try:
        if settings.smtp_port == TLS_FROM_THE_START:
            trusted = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=PATIENCE, context=trusted)
        else:
            server = smtplib.SMTP(*where, timeout=PATIENCE)
        with server:
            server.ehlo()
            encrypted = settings.smtp_port == TLS_FROM_THE_START or server.has_extn("starttls")
    except (OSError, smtplib.SMTPException) as problem:
        return fail(
            "mail", f"The server does not answer: {_cannot(problem)}", "Look at VOICE_SMTP_*."
        )
    if settings.smtp_user and not encrypted:
        return fail("mail", "The server offers no encryption.", "Use port 465, or one with TLS.")
    return ok("mail", "The server answers; nothing was sent.")


def _disk(folder: Path) -> Finding:
    there = folder.absolute()
    while not there.exists():
        there = there.parent
    free = shutil.disk_usage(there).free
    words = f"{free / GIGABYTE:.1f} GB are free at {there}."
    if free < LEAST:
        return fail("disk", words, "Make room now: with a full disk no answer can be kept.")
    if free < LITTLE:
        return warn("disk", words, "Make room before it is full.")
    return ok("disk", words)


def _words(problem: VoiceError | OSError) -> str:
    return problem.message if isinstance(problem, VoiceError) else _cannot(problem)


def _cannot(problem: Exception) -> str:
    """Return the kind of an error: its own words could hold a name or a password."""
    return getattr(problem, "strerror", None) or type(problem).__name__
