"""The port the web app listens on."""

import socket

from voice.errors import VoiceError
from voice.settings import Settings


class PortTaken(VoiceError):
    """Something else listens where the web app should."""

    title = "The address is taken"


def check_port(settings: Settings) -> None:
    """Look whether the web app can listen.

    Raises:
        PortTaken: another program listens there.
    """
    with socket.socket(socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise PortTaken(
                f"Nothing can listen at {settings.host}, port {settings.port}: "
                f"{error.strerror}. Set VOICE_PORT to another number."
            ) from None
