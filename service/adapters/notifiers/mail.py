"""A message as an e-mail (RFC 5322)."""

from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from service.domain.message import Message
from service.errors import ConfigError, DeliveryRefused


def sender_address(sender: str) -> tuple[str, str]:
    """The address and its domain of a sender like `Pantau <pantau@agency.go.id>`; ConfigError where it has none."""
    _, address = parseaddr(sender)
    _, at, domain = address.rpartition("@")
    if not at or not domain:
        raise ConfigError(f"mail.sender: {sender!r} holds no e-mail address")
    return address, domain


def compose_mail(message: Message, sender: str, now: datetime) -> EmailMessage:
    """The e-mail with a plain-text part and, where the message has one, an HTML part.

    Its Message-ID follows from the message's id: a mail that leaves twice is recognised as the same. DeliveryRefused
    where the message cannot be an e-mail.
    """
    _, domain = sender_address(sender)
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = sender
        mail["To"] = Address(addr_spec=message.recipient)
        mail["Subject"] = message.subject
        mail["Date"] = format_datetime(now)
        for name, value in _headers(message, domain).items():
            mail[name] = value
        _fill(mail, message)
    except (MessageError, ValueError, IndexError) as error:
        raise DeliveryRefused(
            f"the message cannot be written as an e-mail to {message.recipient!r}: {error}"
        ) from error
    return mail


def _headers(message: Message, domain: str) -> dict[str, str]:
    """Headers by name; what the message brings along wins."""
    headers = {
        "Message-ID": f"<{message.id}@{domain}>",
        "List-Id": f"Pantau <pantau.{domain}>",
        # RFC 3834: holiday notices are not to answer.
        "Auto-Submitted": "auto-generated",
    }
    if message.thread is not None and message.thread != message.id:
        headers["In-Reply-To"] = headers["References"] = f"<{message.thread}@{domain}>"
    return {**headers, **message.headers}


def _fill(mail: EmailMessage, message: Message) -> None:
    """The parts in the order in which mail programs prefer the later: text, HTML with its images, files."""
    mail.set_content(message.text, cte="quoted-printable")
    if message.html is not None:
        mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
        _, page = mail.iter_parts()
        for image in message.images:
            main, _, sub = image.media_type.partition("/")
            page.add_related(image.content, main, sub, cid=f"<{image.name}>", disposition="inline")
    for file in message.attachments:
        main, _, sub = file.media_type.partition("/")
        mail.add_attachment(file.content, main, sub, filename=file.name)
