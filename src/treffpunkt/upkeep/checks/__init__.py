"""Whether an installation is well, subject by subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import InterfaceError, OperationalError, connection
from django.utils import translation
from django.utils.translation import gettext as _

from treffpunkt.upkeep.checks.backups import check_backup, check_erasures
from treffpunkt.upkeep.checks.configuration import check_configuration
from treffpunkt.upkeep.checks.database import check_clock, check_database
from treffpunkt.upkeep.checks.disk import check_disk
from treffpunkt.upkeep.checks.network import check_certificate, check_mail
from treffpunkt.upkeep.checks.work import check_jobs, check_messages
from treffpunkt.upkeep.findings import BROKEN, Finding

Check = Callable[[], Iterable[Finding]]

# The slow ones ask other machines and never the database, so they run beside the rest.
ELSEWHERE: dict[str, Check] = {"mail": check_mail, "certificate": check_certificate}
HERE: dict[str, Check] = {
    "database": check_database,
    "configuration": check_configuration,
    "messages": check_messages,
    "jobs": check_jobs,
    "backup": check_backup,
    "erasures": check_erasures,
    "disk": check_disk,
    "clock": check_clock,
}
WITHOUT_DATABASE = ("configuration", "disk")


def examine(*, only: Sequence[str] = ()) -> list[Finding]:
    """Look at every subject, or at some, and give the findings in the reader's language, the worst first."""
    language = translation.get_language()
    with ThreadPoolExecutor(len(ELSEWHERE)) as threads:
        asked = [
            threads.submit(_in_language, language, name, check)
            for name, check in ELSEWHERE.items()
            if not only or name in only
        ]
        found: list[Finding] = []
        for name, check in HERE.items():
            if (not only or name in only) and (name in WITHOUT_DATABASE or name == "database" or not _away(found)):
                found += _checked(name, check)
        for answer in asked:
            found += answer.result()
    order = ("broken", "attention", "good")
    return sorted(found, key=lambda one: order.index(one.level))


def _away(found: list[Finding]) -> bool:
    return any(one.subject == "database" and one.level == BROKEN for one in found) and not connection.is_usable()


def _in_language(language: str | None, name: str, check: Check) -> list[Finding]:
    with translation.override(language):
        return _checked(name, check)


def _checked(name: str, check: Check) -> list[Finding]:
    """A check that breaks is itself a finding; what broke it may name people, so only its kind is told."""
    try:
        return list(check())
    except (InterfaceError, OperationalError) as error:
        said = _("The database does not answer (%(error)s).") % {"error": type(error).__name__}
        return [Finding(name, BROKEN, said, _("Start it, and look into its log for the reason."))]
    except Exception as error:
        said = _("This could not be checked (%(error)s).") % {"error": type(error).__name__}
        return [Finding(name, BROKEN, said, _("Please report it as a mistake of the program."))]
