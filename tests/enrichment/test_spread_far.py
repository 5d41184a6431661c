"""Across network namespaces: scheduler, worker and this process each on a network of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dask
import numpy as np
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.enrichment.dask_cluster import process, wait_until
from tests.themes.comments import KIND_STAFF, TRANSPORT, WAITING
from voice.enrichment.embed import Embedder
from voice.enrichment.spread import spread
from voice.settings import Settings

pytestmark = pytest.mark.slow
MODELS = Settings().nlp_models
SAID = [*WAITING, *TRANSPORT, *KIND_STAFF]
HUB, FAR = f"voice-hub-{os.getpid()}", f"voice-far-{os.getpid()}"
NET = f"10.77.{os.getpid() % 200 + 20}"


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@pytest.fixture
def networks() -> Iterator[None]:
    """Two namespaces: this one reaches the hub, the hub reaches the far one, and no more."""
    if shutil.which("ip") is None or os.geteuid() != 0:
        pytest.skip("making a network of one's own takes `ip` and root")
    near, far = f"v{os.getpid()}n", f"v{os.getpid()}f"
    try:
        ip("netns", "add", HUB)
        ip("netns", "add", FAR)
        ip("link", "add", near, "type", "veth", "peer", "name", "a", "netns", HUB)
        ip("-n", HUB, "link", "add", far, "type", "veth", "peer", "name", "b", "netns", FAR)
        ip("addr", "add", f"{NET}.1/30", "dev", near)
        ip("-n", HUB, "addr", "add", f"{NET}.2/30", "dev", "a")
        ip("-n", HUB, "addr", "add", f"{NET}.5/30", "dev", far)
        ip("-n", FAR, "addr", "add", f"{NET}.6/30", "dev", "b")
        ip("link", "set", "dev", near, "up")
        for where, name in ((HUB, "a"), (HUB, far), (FAR, "b"), (HUB, "lo"), (FAR, "lo")):
            ip("-n", where, "link", "set", "dev", name, "up")
    except subprocess.CalledProcessError as problem:
        forget()
        pytest.skip(f"no network of one's own here: {problem.stderr.decode().strip()}")
    yield
    forget()


def forget() -> None:
    for name in (HUB, FAR):
        subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


def keys(folder: Path) -> Path:
    """A key with a certificate that vouches for itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "voice test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "keys.pem"
    pem = serialization.Encoding.PEM
    file.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(pem)
    )
    return file


def test_a_worker_in_another_network_makes_the_same_over_tls(networks, tmp_path):
    file = str(keys(tmp_path))
    tls = ("--tls-ca-file", file, "--tls-cert", file, "--tls-key", file)
    dask_here = (sys.executable, "-m", "dask")
    env = {"VOICE_THREADS": "1", "PYTHONPATH": str(MODELS.parent / "src")}
    client = {role: {"cert": file, "key": file} for role in ("client", "scheduler", "worker")}
    log = tmp_path / "worker.log"
    with ExitStack() as stack:
        words = ("ip", "netns", "exec", HUB, *dask_here, "scheduler", "--no-dashboard", *tls)
        where = ("--host", "0.0.0.0", "--protocol", "tls", "--port", "8786")
        stack.enter_context(process(tmp_path / "scheduler.log", *words, *where, **env))
        words = ("ip", "netns", "exec", FAR, *dask_here, "worker", f"tls://{NET}.5:8786", *tls)
        rest = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--protocol", "tls")
        folder = ("--local-directory", str(tmp_path))
        stack.enter_context(process(log, *words, *rest, *folder, **env))
        wait_until(lambda: "Registered to:" in log.read_text())
        stack.enter_context(dask.config.set({"distributed.comm.tls": {"ca-file": file} | client}))
        reader = stack.enter_context(spread(f"tls://{NET}.2:8786", MODELS))
        there = reader.read(SAID)
    here = Embedder.open(MODELS).read(SAID)
    assert np.array_equal(there.vectors, here.vectors)
    assert np.array_equal(there.domain, here.domain)
