"""The platforms on which spaces are, and which kinds of space each has."""

from __future__ import annotations

# key, name, kinds of space
PLATFORMS = (
    ("facebook", "Facebook", ("group", "page", "profile")),
    ("instagram", "Instagram", ("profile", "channel")),
    ("youtube", "YouTube", ("channel",)),
    ("telegram", "Telegram", ("group", "channel")),
    ("whatsapp", "WhatsApp", ("group", "channel")),
    ("tiktok", "TikTok", ("profile",)),
    ("blog", "Blog", ("blog", "page")),
    ("forum", "Forum", ("forum", "group")),
    ("reddit", "Reddit", ("group", "forum")),
    ("other", "Other", ("group", "page", "channel", "profile", "blog", "forum")),
)
