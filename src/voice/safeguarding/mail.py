"""Send a mail by SMTP."""

import smtplib
import ssl
from email.message import EmailMessage

from voice.errors import VoiceError
from voice.settings import Settings

PATIENCE = 20.0  # Seconds.
TLS_FROM_THE_START = 465


class MailProblem(VoiceError):
    """A mail cannot be sent as the settings say."""

    title = "The mail was not sent"


def send(message: EmailMessage, settings: Settings) -> None:
    """Send a mail; it travels encrypted wherever the server can.

    Raises:
        MailProblem: a password is set, but the server offers no encryption.
        OSError: the server cannot be reached, or does not take the mail.
    """
    context = ssl.create_default_context()
    where = (settings.smtp_host, settings.smtp_port)
    if settings.smtp_port == TLS_FROM_THE_START:
        server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(*where, timeout=PATIENCE)
    with server:
        encrypted = settings.smtp_port == TLS_FROM_THE_START
        server.ehlo()
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=context)
            encrypted = True
        if settings.smtp_user:
            if not encrypted:
                raise MailProblem("The server offers no encryption, so no password is sent to it.")
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(message)
