"""What moves along when two records become one, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import ngettext, ngettext_lazy

from treffpunkt.ui.templatetags.ui import num

# Worked out anew, or told by another line.
_LEFT_OUT = frozenset({"journal.entry", "network.pick", "network.suspect", "network.spot", "intake.stamp"})
_WORDS = {
    "network.role": ngettext_lazy("%(count)s role", "%(count)s roles", "number"),
    "network.channel": ngettext_lazy("%(count)s channel", "%(count)s channels", "number"),
    "network.contact": ngettext_lazy("%(count)s contact", "%(count)s contacts", "number"),
    "network.snapshot": ngettext_lazy("%(count)s figure over time", "%(count)s figures over time", "number"),
    "network.tie": ngettext_lazy("%(count)s tie", "%(count)s ties", "number"),
    "network.space_communities": ngettext_lazy("%(count)s community", "%(count)s communities", "number"),
    "network.organisation_communities": ngettext_lazy("%(count)s community", "%(count)s communities", "number"),
    "meetings.invitation": ngettext_lazy("%(count)s invitation", "%(count)s invitations", "number"),
    "meetings.statement": ngettext_lazy("%(count)s statement", "%(count)s statements", "number"),
    "agreements.party": ngettext_lazy("%(count)s agreement", "%(count)s agreements", "number"),
    "agreements.grantedright": ngettext_lazy("%(count)s granted right", "%(count)s granted rights", "number"),
    "post.message": ngettext_lazy("%(count)s message", "%(count)s messages", "number"),
    "links.link": ngettext_lazy("%(count)s personal link", "%(count)s personal links", "number"),
    "tasks.task": ngettext_lazy("%(count)s task or promise", "%(count)s tasks and promises", "number"),
    "journal.touched": ngettext_lazy("%(count)s line of what happened", "%(count)s lines of what happened", "number"),
    "journal.origin": ngettext_lazy(
        "%(count)s thing that grew from it", "%(count)s things that grew from it", "number"
    ),
    "intake.row": ngettext_lazy("%(count)s row of an import", "%(count)s rows of imports", "number"),
    "intake.alias": ngettext_lazy("%(count)s decision about imports", "%(count)s decisions about imports", "number"),
}


def in_words(counts: Mapping[str, int]) -> list[str]:
    """Say what moves along; what has no word of its own is summed up at the end."""
    said = [
        str(text % {"number": counts[label], "count": num(counts[label])})
        for label, text in _WORDS.items()
        if counts.get(label)
    ]
    rest = sum(number for label, number in counts.items() if label not in _WORDS and label not in _LEFT_OUT)
    if rest:
        said.append(ngettext("%(count)s other entry", "%(count)s other entries", rest) % {"count": num(rest)})
    return said
