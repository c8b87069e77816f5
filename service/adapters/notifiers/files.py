"""Delivery into a folder, as e-mail files: what happens while no mail server is set."""

import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from service.adapters.notifiers.mail import compose_mail, sender_address
from service.domain.message import Message
from service.errors import DeliveryError
from service.ports import Clock

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class FileNotifier:
    """Writes each message as `<id>.eml`, which any mail program opens. A second delivery changes nothing."""

    def __init__(self, folder: Path, *, sender: str, clock: Clock = _utc_now) -> None:
        sender_address(sender)
        self._folder = folder
        self._sender = sender
        self._clock = clock

    def send(self, message: Message) -> None:
        """The file is whole and on the disk when this returns."""
        path = self._folder / f"{_UNSAFE.sub('_', message.id)}.eml"
        mail = compose_mail(message, self._sender, self._clock())
        try:
            if not path.exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                _write_whole(path, mail.as_bytes())
        except OSError as error:
            raise DeliveryError(f"{path}: {error.strerror}") from error


def _write_whole(path: Path, content: bytes) -> None:
    """Write the file so that nobody ever sees half of it, not even after a power cut."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(path)
        except OSError:
            Path(part.name).unlink(missing_ok=True)
            raise
