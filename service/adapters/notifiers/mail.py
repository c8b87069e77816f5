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
        mail["Message-ID"] = f"<{message.id}@{domain}>"
        mail["List-Id"] = f"Pantau <pantau.{domain}>"
        # RFC 3834: holiday notices are not to answer.
        mail["Auto-Submitted"] = "auto-generated"
        for name, value in message.headers.items():
            mail[name] = value
        mail.set_content(message.text, cte="quoted-printable")
        if message.html is not None:
            mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    except (MessageError, ValueError, IndexError) as error:
        raise DeliveryRefused(
            f"the message cannot be written as an e-mail to {message.recipient!r}: {error}"
        ) from error
    return mail
