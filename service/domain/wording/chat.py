"""Texts short enough for a chat, in which nothing calls anybody or looks like a link that it is not."""

import re

CUT = "… (dipotong; selengkapnya di Pantau)"

# Chats read <…> as links and mentions, and @everybody as a call; an address on the web may hold an @.
_BRACKETS = str.maketrans({"<": "‹", ">": "›"})
_CALL = re.compile(r"(?<![^\s(\[‹])@")


def chat_text(text: str, longest: int) -> str:
    """The text in at most so many characters, cut behind a whole line or at least a word where it is longer."""
    text = _CALL.sub("@\u2060", text.strip().translate(_BRACKETS))
    if len(text) <= longest:
        return text
    room = longest - len(CUT) - 1
    if room <= 0:
        return text[: max(longest - 1, 0)] + "…"
    kept = text[: room + 1]
    line, word = kept.rfind("\n"), max(kept.rfind(" "), kept.rfind("\n"))
    end = line if line >= room // 2 else word if word >= room // 2 else room
    return f"{kept[:end].rstrip()}\n{CUT}" if "\n" in text else f"{kept[:end].rstrip()} {CUT}"
