"""Translations: collect the marked texts, check that German is complete, compile.

python scripts/messages.py collect    update every django.po from the sources
python scripts/messages.py check      fail on texts that are not collected or lack a translation
python scripts/messages.py compile    write the .mo files where they are older

Needs no gettext on the machine: Django turns a template into lines that Babel's extractor for Python reads.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from treffpunkt.core.text import latin

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "treffpunkt"
LOCALE = PACKAGE / "locale"
# Dates would differ at every collecting without saying anything.
DATELESS = datetime(2026, 1, 1, tzinfo=UTC)
LANGUAGES = ("de", "ar", "fr", "sr", "es")
# What guests, partners and the public read is complete in every language; the rest in German.
OUTSIDE = (
    "agreements/templates/", "agreements/did", "agreements/holding", "agreements/pdf", "agreements/services/concluding",
    "agreements/services/remarks", "core/dates", "core/text", "links/", "meetings/calendar.py", "meetings/pdf", "meetings/services/invitations", "meetings/services/rooms", "meetings/services/phones", "meetings/services/poll_answers",
    "meetings/services/needs", "meetings/services/seats",
    "meetings/services/corrections", "meetings/revisions", "meetings/services/evaluating", "meetings/certificate",
    "meetings/templates/", "meetings/wording", "meetings/holding", "network/document", "network/templates/",
    "network/stored", "people/templates/people/messages/code", "portal/", "public/", "ui/errors", "ui/forms",
    "ui/templates/ui/_languages", "ui/templates/ui/_toasts", "ui/templates/ui/base", "ui/templates/ui/errors",
    "ui/templates/ui/forms", "ui/templates/ui/narrow", "ui/templates/ui/outside", "ui/templatetags/", "ui/widgets",
)  # fmt: skip
# Choices that a guest reads among what we keep about them: ways to be reached, roles.
OUTSIDE_CHOICES = {
    "Mail", "Phone", "Facebook Messenger", "Other chat", "Administrator", "Moderator", "Author", "Opinion leader",
    "Key actor", "Contact person", "Blogger", "Multiplier",
    "not yet contacted", "asked", "works with us", "does not want to", "no answer", "talked", "interested",
    "wants to work with us", "not now, ask again", "planned", "no answer yet", "is coming", "maybe", "is not coming",
    "waiting list", "yes", "if need be", "no", "was there", "excused", "absent", "Sent", "Waiting to be sent", "To be sent by hand",
    "Being handed over", "Unclear", "Not delivered", "Not needed any more", "Chat",
}  # fmt: skip
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip


def marked() -> Iterator[tuple[str, int, str, object, list[str], str | None]]:
    """Give every marked text of the sources: file, line, its id (or singular and plural), comments, context."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in (".py", ".html", ".txt") or "locale" in path.parts or "migrations" in path.parts:
            continue
        source = path.read_text()
        if path.suffix != ".py":
            source = templatize(source, origin=str(path))
        name = str(path.relative_to(PACKAGE))
        for line, function, texts, comments in extract_python(
            io.BytesIO(source.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"}
        ):
            wanted = KEYWORDS.get(function)
            parts = texts if isinstance(texts, tuple) else (texts,)
            context = None
            if wanted and isinstance(wanted[0], tuple):
                context, parts = parts[0], parts[1:]
            plural = function.startswith(("n", "np"))
            texts = [text for text in parts[: 2 if plural else 1] if text]
            if texts:
                yield name, line, function, tuple(texts) if plural and len(texts) == 2 else texts[0], comments, context


def template() -> Catalog:
    """Collect the marked texts into one catalogue without translations."""
    catalog = Catalog(project="Treffpunkt", charset="utf-8")
    for name, _line, _function, texts, comments, context in marked():
        catalog.add(texts, None, [(name, 0)], auto_comments=comments, context=context)
    return catalog


def path_of(language: str) -> Path:
    """Tell where a language's catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """Read a language's catalogue, or an empty one."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Treffpunkt", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def collect() -> None:
    """Update every catalogue: new texts empty, gone ones dropped, translations kept."""
    fresh = template()
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(fresh, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.header_comment = f"# Treffpunkt in {Locale.parse(language).english_name}."
        catalog.fuzzy = False
        catalog.creation_date = catalog.revision_date = DATELESS
        catalog.last_translator = catalog.language_team = ""
        catalog.msgid_bugs_address = ""
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=110, omit_header=False, sort_output=True, include_lineno=False)
        print(f"{language}: {sum(1 for _ in missing(language, catalog))} missing of {len(catalog)}")


def is_outside(message: Message) -> bool:
    """Say whether people outside read a text."""
    return message.id in OUTSIDE_CHOICES or any(name.startswith(OUTSIDE) for name, _line in message.locations)


def missing(language: str, catalog: Catalog) -> Iterator[Message]:
    """Give the texts that lack a translation they must have."""
    for message in catalog:
        if not message.id or (language != "de" and not is_outside(message)):
            continue
        texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if not all(texts) or message.fuzzy:
            yield message


def check() -> int:
    """Count what is not collected, not translated or translated with other placeholders."""
    fresh, problems = template(), 0
    for language in LANGUAGES:
        catalog = read(language)
        known = {
            (message.id if isinstance(message.id, str) else message.id[0], message.context): message
            for message in catalog
        }
        for message in fresh:
            key = (message.id if isinstance(message.id, str) else message.id[0], message.context)
            if message.id and key not in known:
                problems += 1
                print(f"{language}: not collected: {key[0]!r}")
        for message in missing(language, catalog):
            problems += 1
            print(f"{language}: not translated: {message.id!r}")
        for message in catalog:
            if message.id and message.string and not _same_placeholders(message):
                problems += 1
                print(f"{language}: other placeholders: {message.id!r}")
    return problems


def _same_placeholders(message: Message) -> bool:
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    wanted = set.union(*(_placeholders(text) for text in ids))
    return all(
        _placeholders(text) <= wanted and (len(ids) > 1 or _placeholders(text) == wanted) for text in texts if text
    )


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]", text))


def compile_all() -> None:
    """Write the .mo files that are older than their sources."""
    for language in LANGUAGES:
        path = path_of(language)
        target = path.with_suffix(".mo")
        if path.exists() and (not target.exists() or target.stat().st_mtime < path.stat().st_mtime):
            with target.open("wb") as file:
                write_mo(file, read(language))
            if language == "sr":
                write_latin(read(language))


def write_latin(catalog: Catalog) -> None:
    """Write Serbian in Latin letters from the Cyrillic catalogue."""
    for message in catalog:
        if message.id:
            texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            written = tuple(latin(text) for text in texts)
            message.string = written if isinstance(message.string, (tuple, list)) else written[0]
    target = LOCALE / "sr_Latn" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, catalog)


def main() -> int:
    """Do what the command line asks for."""
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command == "collect":
        collect()
    elif command == "compile":
        compile_all()
    elif command == "check":
        problems = check()
        print(f"{problems} problems" if problems else "Translations are complete.")
        return 1 if problems else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
