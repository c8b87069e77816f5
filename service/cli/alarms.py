"""What is wrong with an outlet, or with all, in a sentence for whoever keeps the machine."""

from service.domain.health import Alarm


def in_english(alarm: Alarm) -> str:
    """The alarm in words, with its numbers and when it began."""
    return f"{alarm.kind}: {_told(alarm)}, since {alarm.since:%Y-%m-%d %H:%M} UTC"


def _told(alarm: Alarm) -> str:
    match alarm.kind:
        case "unreachable":
            return f"none of its sources can be read ({alarm.reason})"
        case "blocked" if alarm.of:
            return f"{alarm.count} of the newest {alarm.of} pages stand behind a challenge, a paywall or a log-in"
        case "blocked":
            return f"the site keeps us out ({alarm.reason})"
        case "redesign":
            usual = f"{alarm.usual:.0%}"
            return (
                f"{alarm.count} of the newest {alarm.of} pages are empty, short or read unsurely; {usual} usually are"
            )
        case "silent" if alarm.count:
            return f"no page for {alarm.count} hours, where the longest pause was {alarm.usual:.0f}"
        case "silent":
            return "its sources are read, yet it never brought a page"
        case "volume":
            return f"{alarm.count} articles in 24 hours, where {alarm.usual:.0f} are usual"
        case "network":
            return (
                f"{alarm.count} of {alarm.of} outlets cannot be connected to at once ({alarm.reason}); "
                "it is probably our own network"
            )
        case "idle":
            return f"no source was asked for {alarm.count} hours; the crawler does not run"
        case "quiet":
            return (
                f"{alarm.count} of {alarm.of} outlets bring far less than usual at once: a holiday, or a fault of ours"
            )
