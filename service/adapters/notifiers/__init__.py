"""How messages leave the house: by SMTP, as files where no mail server is set, to programs, or through Apprise."""

from service.adapters.notifiers.channels import ChannelNotifier
from service.adapters.notifiers.files import FileNotifier
from service.adapters.notifiers.smtp import SmtpNotifier
from service.adapters.notifiers.webhook import WebhookNotifier

__all__ = ["ChannelNotifier", "FileNotifier", "SmtpNotifier", "WebhookNotifier"]
