"""A server of one's own that can be killed, and what its database holds in the end."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import asyncpg

from tests import given
from tests.browser.serving import free_port, wait_for


class Server:
    """`voice serve` on a port that stays the same through every death."""

    def __init__(self, dsn: str, data: Path, **settings: str) -> None:
        self.dsn, self.port = dsn, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "DATABASE_URL": dsn,
            "VOICE_PORT": str(self.port),
            "VOICE_DATA_DIR": str(data),
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        if self.process and self.process.poll() is None:
            return
        self.process = await asyncio.to_thread(self._begin)
        await asyncio.to_thread(wait_for, self.port, self.process)

    def _until_nobody_listens(self) -> None:
        """Wait for its workers too, which take a moment to die."""
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) != 0:
                    return
            time.sleep(0.05)

    def _begin(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "voice", "serve"]
        return subprocess.Popen(command, env=self.environment, start_new_session=True)

    async def kill(self) -> None:
        """Kill -9 the server and its workers: nothing is tidied up."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            await asyncio.to_thread(self.process.wait, 20)
            await asyncio.to_thread(self._until_nobody_listens)

    async def answers(self) -> dict[str, dict[str, Any]]:
        """Return {response id: {question id: what was said}} of all that is in the database."""
        db = await asyncpg.connect(self.dsn)
        rows = await db.fetch(
            "select r.id::text, a.question_id, a.state, a.value #>> '{}' as value,"
            " a.sealed, k.wrapped, r.id as response_id"
            " from responses r left join answers a on a.response_id = r.id"
            " left join response_keys k on k.response_id = r.id"
            " where a.state is distinct from 'not_shown'"
        )
        await db.close()
        found: dict[str, dict[str, Any]] = {}
        for row in rows:
            here = found.setdefault(row["id"], {})
            if row["question_id"]:
                here[row["question_id"]] = row["value"] or given.VAULT.words_of(row) or row["state"]
        return found

    async def empty(self) -> None:
        db = await asyncpg.connect(self.dsn)
        await db.execute("truncate responses, device_responses cascade")
        await db.close()
