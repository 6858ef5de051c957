"""Bring a file in from the command line: the same dry run, the same counts, the same reasons as on the page."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from treffpunkt.core.agent import SYSTEM, Agent
from treffpunkt.core.errors import DomainError
from treffpunkt.intake import queries, running, services
from treffpunkt.intake.models import Import, Row
from treffpunkt.intake.reading import SEPARATORS
from treffpunkt.intake.targets import Target, all_targets, get_target
from treffpunkt.intake.wording import numbers, sentence
from treffpunkt.people.models import Staff

SHOWN = 20
# Something went wrong; rows were left out because they are wrong or doubtful.
FAILED, LEFT_OUT = 1, 3


class Command(BaseCommand):
    help = "Bring a CSV, TSV, XLSX or ODS file in: dry run, then apply."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what the command takes."""
        parser.add_argument("file", type=Path, help="CSV, TSV (also .gz), XLSX or ODS")
        parser.add_argument(
            "--target", default="", help="what it holds: " + ", ".join(one.key for one in all_targets())
        )
        parser.add_argument(
            "--set", action="append", default=[], metavar="FIELD=VALUE", dest="fixed", help="a value for all rows"
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            dest="mapped",
            help="which column fills a field",
        )
        parser.add_argument(
            "--encoding", default="", help="how the text is written, where it was not found out rightly"
        )
        parser.add_argument("--separator", default="", help="comma, semicolon, tab or bar")
        parser.add_argument("--sheet", default="", help="the sheet of a spreadsheet")
        parser.add_argument(
            "--header", type=int, default=None, help="the row with the names of the columns; 0 for none"
        )
        parser.add_argument("--doubtful", choices=Row.Decision.values, default="", help="what to do with doubtful rows")
        parser.add_argument("--errors", type=Path, default=None, help="write the rows left out into this file")
        parser.add_argument("--by", default="", metavar="MAIL", help="on behalf of this member of staff")
        parser.add_argument("--dry-run", action="store_true", help="only show what it would do")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring a file in."""
        by = self._agent(options["by"])
        language = by.language if isinstance(by, Staff) else translation.get_language() or "en"
        with translation.override(language):
            try:
                self._import(by, options)
            except DomainError as error:
                raise CommandError(str(error.message), returncode=FAILED) from error

    def _import(self, by: Agent, options: dict[str, Any]) -> None:
        found = services.upload(
            by=by, name=options["file"].name, pieces=_pieces(options["file"]), target=options["target"]
        )
        try:
            self._bring_in(by, found, options)
        except DomainError:
            with suppress(DomainError):  # what is written already stays, to be taken back or gone on with
                services.discard(by=by, found=found)
            raise

    def _bring_in(self, by: Agent, found: Import, options: dict[str, Any]) -> None:
        found = self._read(by, found, options)
        target = get_target(found.target)
        mapping = found.mapping | _pairs(options["mapped"])
        fixed = found.fixed | _pairs(options["fixed"])
        found = services.choose_mapping(by=by, found=found, mapping=mapping, fixed=fixed, wait=True)
        self._say(_("%(file)s: %(target)s") % {"file": found.file_name, "target": target.name})
        places = {field.key: place for place, field in enumerate(target.fields())}
        ordered = sorted(found.mapping.items(), key=lambda pair: places[pair[0]])
        self._say(", ".join(f"{column} → {key}" for key, column in ordered))
        running.check(found.pk, self._progress(_("Checked")))
        if options["dry_run"] and (failed := Import.objects.filter(pk=found.pk, state=Import.State.FAILED).first()):
            raise DomainError(failed.problem or _("It failed; the error is in the log."))
        found = self._after(found)
        self._report(found, target)
        if options["doubtful"]:
            services.decide_all(by=by, found=found, decision=options["doubtful"])
        if options["errors"]:
            self._write_errors(found, target, options["errors"])
        if options["dry_run"]:
            services.discard(by=by, found=found)
        elif self._agreed(found, options["yes"]):
            services.apply_import(by=by, found=found, wait=True)
            running.apply(found.pk, self._progress(_("Written")))
            found = self._after(found)
            self._say(_("Made: %(what)s.") % {"what": numbers(target, found.counts.get("made", {})) or "0"})
            if altered := numbers(target, found.counts.get("altered", {})):
                self._say(_("Changed: %(what)s.") % {"what": altered})
        left = found.counts.get("wrong", 0) + found.counts.get("left_out", 0)
        if left or (found.counts.get("doubtful", 0) and not options["doubtful"]):
            sys.exit(LEFT_OUT)

    def _read(self, by: Agent, found: Import, options: dict[str, Any]) -> Import:
        names = {name: sign for sign, name in SEPARATORS.items()}
        separator = options["separator"]
        changes = {
            "encoding": options["encoding"],
            "separator": names.get(separator, separator),
            "sheet": options["sheet"],
        }
        changes = {name: value for name, value in changes.items() if value}
        if options["header"] is not None:
            changes["header"] = options["header"]
        return services.change_reading(by=by, found=found, **changes) if changes else found

    def _report(self, found: Import, target: Target) -> None:
        counts = found.counts
        self._say(
            _(
                "%(rows)s rows: %(new)s new, %(changed)s changed, %(same)s the same, "
                "%(doubtful)s doubtful, %(wrong)s wrong."
            )
            % {"rows": found.rows, **{key: counts.get(key, 0) for key in Row.Verdict.values}}
        )
        if makes := numbers(target, counts.get("makes", {})):
            self._say(_("Would make: %(what)s.") % {"what": makes})
        for verdict in (Row.Verdict.WRONG, Row.Verdict.DOUBTFUL):
            for row in queries.rows(found, verdict, most=SHOWN):
                self._say(
                    "  " + _("Row %(row)s: %(reason)s") % {"row": row.number, "reason": sentence(row.reasons, target)}
                )
            if counts.get(verdict, 0) > SHOWN:
                self._say(
                    "  " + _("... and %(more)s more (--errors writes them all).") % {"more": counts[verdict] - SHOWN}
                )

    def _write_errors(self, found: Import, target: Target, path: Path) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(queries.error_lines(found, target, (_("Row"), _("Reason"))))

    def _agreed(self, found: Import, yes: bool) -> bool:
        if yes or not (found.counts.get("new") or found.counts.get("changed") or found.counts.get("doubtful")):
            return True
        if not sys.stdin.isatty():
            raise CommandError(
                _("Nothing was written. Add --yes to apply, or --dry-run to only look."), returncode=FAILED
            )
        return input(_("Apply? [y/N] ")).strip().lower() in ("y", "yes", "j", "ja")

    def _after(self, found: Import) -> Import:
        found = Import.objects.get(pk=found.pk)
        if found.state == Import.State.FAILED:
            raise CommandError(found.problem or _("It failed; the error is in the log."), returncode=FAILED)
        return found

    def _agent(self, mail: str) -> Agent:
        if not mail:
            return SYSTEM
        staff = Staff.objects.filter(email__iexact=mail, is_active=True).first()
        if staff is None:
            raise CommandError(_("There is no account with this mail address."), returncode=FAILED)
        return staff

    def _progress(self, what: str) -> Any:
        if not self.stderr.isatty():
            return None
        return lambda done, of: self.stderr.write(f"\r{what}: {done:,} / {of:,}", ending="" if done < of else "\n")

    def _say(self, text: str) -> None:
        self.stdout.write(text)


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(2**20):
                yield piece
    except OSError as error:
        raise DomainError(_("%(file)s cannot be read: %(why)s") % {"file": path, "why": error.strerror}) from error


def _pairs(given: list[str]) -> dict[str, str]:
    pairs = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals:
            raise DomainError(_("“%(text)s” is not of the form field=value.") % {"text": text})
        pairs[key.strip()] = value.strip()
    return pairs
