"""Ask the web app of this machine a question, for a container's health check: 0 is well.

    python -m voice.upkeep.ask /readyz

It is a module of its own, as it is called every few seconds: it loads nothing but the settings.
"""

import http.client
import sys

from voice import settings as all_settings

PATIENCE = 4.0  # Seconds.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def ask(host: str, port: int, path: str) -> tuple[bool, str]:
    """Return whether the answer is 200, and what was said."""
    connection = http.client.HTTPConnection(EVERYWHERE.get(host, host), port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status == 200, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException) as problem:
        return False, f"Nothing answers ({type(problem).__name__})."
    finally:
        connection.close()


if __name__ == "__main__":
    settings = all_settings.read()
    well, said = ask(settings.host, settings.port, sys.argv[1])
    sys.stdout.write(said + "\n")
    sys.exit(0 if well else 1)
