"""Python runs this first where its folder is on the path: a clock that a test can set.

The file that VOICE_TEST_CLOCK names holds by how many seconds the clock is wrong.
"""

import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import time_machine

SET = Path(os.environ["VOICE_TEST_CLOCK"])


def follow() -> None:
    """Set the clock as the file says, again and again."""
    wrong_by, travelled = 0.0, None
    while True:
        with suppress(OSError, ValueError):
            wanted = float(SET.read_text())
            if wanted != wrong_by:
                if travelled:
                    travelled.stop()
                wrong_by = wanted
                travelled = time_machine.travel(time.time() + wrong_by, tick=True)
                travelled.start()
                SET.with_suffix(".seen").write_text(str(time.time()))
        time.sleep(0.05)


threading.Thread(target=follow, daemon=True).start()
