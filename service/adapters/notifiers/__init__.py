"""How messages leave the house: by SMTP, as files where no mail server is set, or through any service of Apprise."""

from service.adapters.notifiers.files import FileNotifier
from service.adapters.notifiers.smtp import SmtpNotifier

__all__ = ["FileNotifier", "SmtpNotifier"]
