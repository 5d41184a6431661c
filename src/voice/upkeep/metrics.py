"""Figures for Prometheus: requests by route, jobs, the worker's last sign of life.

No label holds what a person typed, said or is: routes are templates, jobs are named by their kind.
Several processes count in files of a folder that they share, which `voice serve` makes.
"""

from collections.abc import Iterable
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from voice.upkeep.store import Seen

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Counts:
    """Requests of this process, and of the others that share its folder."""

    def __init__(self) -> None:
        """Begin to count."""
        # A registry of its own: the app may be made twice in a process, as tests do.
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "voice_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "voice_request_seconds",
            "How long requests took.",
            ("route",),
            buckets=SECONDS,
            registry=self._registry,
        )

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def page(self, folder: str, seen: Seen | None) -> bytes:
        """Return all figures as Prometheus reads them; `folder` is where processes count."""
        registry = self._registry
        if folder:
            registry = CollectorRegistry()
            MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
        now = CollectorRegistry()
        now.register(Now(seen))
        return generate_latest(registry) + generate_latest(now)


class Now(Collector):
    """What holds at this moment, asked of the database."""

    def __init__(self, seen: Seen | None) -> None:
        """Keep what the database said."""
        self._seen = seen

    def collect(self) -> Iterable[Metric]:
        """Return the figures; of a database that is away, only that."""
        info = GaugeMetricFamily("voice_info", "Which Voice this is.", labels=["version"])
        info.add_metric([version("voice")], 1)
        yield info
        up = 0 if self._seen is None else 1
        yield GaugeMetricFamily("voice_database_up", "Whether the database answers.", value=up)
        if self._seen is None:
            return
        jobs = GaugeMetricFamily(
            "voice_jobs",
            "Jobs by kind and state; failed ones are parked for a person.",
            labels=["job", "state"],
        )
        for one in self._seen.jobs:
            jobs.add_metric([one.name, one.status], one.jobs)
        yield jobs
        if self._seen.silent_for is not None:
            yield GaugeMetricFamily(
                "voice_worker_silent_seconds",
                "Seconds since a worker last said that it lives.",
                value=self._seen.silent_for,
            )
