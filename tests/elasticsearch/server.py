"""A real Elasticsearch for one run of the tests or of a benchmark, on a free port of 127.0.0.1."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.elasticsearch.installing import LIBRARIES, RELEASE, installed

_LOG_SETTINGS = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""
_NODE_SETTINGS = """\
cluster.name: pantau-tests
node.name: tests
network.host: 127.0.0.1
discovery.type: single-node
transport.port: 0
node.portsfile: true
bootstrap.memory_lock: false
cluster.routing.allocation.disk.threshold_enabled: false
"""
_QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
# As the server sets itself up: the memory that it counts before it takes a request is freed in time only so.
_LASTING = ("-XX:+UseG1GC", "-XX:G1ReservePercent=25", "-XX:InitiatingHeapOccupancyPercent=30")
_PATIENCE = 300.0
_ROOM = 2_000_000_000


class NotStarted(Exception):
    """The server did not come up; the message ends with its log."""


class ElasticsearchServer:
    """One node with its own data in `folder`, which it may be started in again after it was killed."""

    def __init__(self, folder: Path, tree: Path, heap_mb: int, *, quick_start: bool) -> None:
        self._folder = folder
        self._tree = tree
        self._heap_mb = heap_mb
        self._machine = _QUICK if quick_start else _LASTING
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0
        for name in ("config", "data", "logs", "tmp"):
            (folder / name).mkdir(exist_ok=True)
        (folder / "config" / "log4j2.properties").write_text(_LOG_SETTINGS, encoding="utf-8")
        (folder / "config" / "jvm.options").touch()
        _own(folder)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """The end of what it printed."""
        return (self._folder / "logs" / "printed").read_text(encoding="utf-8", errors="replace")[-6000:]

    def start(self) -> None:
        """Start it, on the port it had before, and wait until it answers; NotStarted where it does not."""
        settings = f"{_NODE_SETTINGS}http.port: {self.port}\npath.data: {self._folder / 'data'}\n"
        settings += f"path.logs: {self._folder / 'logs'}\n"
        (self._folder / "config" / "elasticsearch.yml").write_text(settings, encoding="utf-8")
        ports = self._folder / "logs" / "http.ports"
        ports.unlink(missing_ok=True)
        with (self._folder / "logs" / "printed").open("ab") as printed:
            self._process = subprocess.Popen(
                self._command(),
                cwd=self._folder,
                env={"LD_LIBRARY_PATH": str(self._tree / LIBRARIES), "HOME": str(self._folder)},
                stdout=printed,
                stderr=subprocess.STDOUT,
                user="nobody" if _is_root() else None,
                group="nogroup" if _is_root() else None,
                extra_groups=[] if _is_root() else None,
            )
        deadline = time.monotonic() + _PATIENCE
        while not self._answers(ports):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise NotStarted(f"Elasticsearch did not start:\n{self.log}")
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It takes connections and answers nothing while the block runs."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        # The signal is sent at once and obeyed when the machine comes to it.
        while " (java) T " not in Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii"):
            time.sleep(0.01)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def _answers(self, ports: Path) -> bool:
        with suppress(OSError, ValueError, HTTPException):
            self.port = int(ports.read_text(encoding="ascii").splitlines()[0].rpartition(":")[2])
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=2s")
                return connection.getresponse().status == 200
            finally:
                connection.close()
        return False

    def _command(self) -> list[str]:
        home = self._tree / RELEASE
        return [
            str(home / "jre-15" / "bin" / "java"),
            f"-Xms{self._heap_mb}m",
            f"-Xmx{self._heap_mb}m",
            *self._machine,
            "-Xshare:auto",
            "-Dlog4j2.formatMsgNoLookups=true",
            "-Dlog4j2.disable.jmx=true",
            "-Des.networkaddress.cache.ttl=60",
            "-Dio.netty.noUnsafe=true",
            "-Dio.netty.noKeySetOptimization=true",
            "-Dio.netty.recycler.maxCapacityPerThread=0",
            "-Dfile.encoding=UTF-8",
            "-Djna.nosys=true",
            f"-Djava.io.tmpdir={self._folder / 'tmp'}",
            "-Djava.locale.providers=SPI,COMPAT",
            f"-Des.path.home={home}",
            f"-Des.path.conf={self._folder / 'config'}",
            "-Des.distribution.flavor=oss",
            "-Des.distribution.type=tar",
            "-Des.bundled_jdk=true",
            "-cp",
            str(home / "lib" / "*"),
            "org.elasticsearch.bootstrap.Elasticsearch",
        ]


@contextmanager
def running(heap_mb: int = 384, *, for_speed: bool = False, kept: Path | None = None) -> Iterator[ElasticsearchServer]:
    """A fresh server, or one with the data that were kept in a folder; NotInstalled or NotStarted where there is none.

    One for measurements compiles itself fully and keeps its data on disk; one for tests starts soon.
    """
    tree = installed()
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
    folder = kept or Path(tempfile.mkdtemp(prefix="pantau-elasticsearch-", dir=None if for_speed else _memory()))
    server = ElasticsearchServer(folder, tree, heap_mb, quick_start=not for_speed)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    """A folder in memory with room for the data of the tests, None where there is none."""
    shared = Path("/dev/shm")
    return shared if shared.is_dir() and shutil.disk_usage(shared).free >= _ROOM else None


def _is_root() -> bool:
    """Whether another user has to run it: it refuses root."""
    return os.geteuid() == 0


def _own(folder: Path) -> None:
    if _is_root():
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "nobody", "nogroup")
