"""How often which address may be asked: one table for the whole house, and the door that holds to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import cached_property

from treffpunkt.people.limits import Limit, client
from treffpunkt.ui.errors import too_many

Whose = Callable[[HttpRequest], str]


def asker(request: HttpRequest) -> str:
    """Name the client: the address the connection comes from, or the one our own proxy saw."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY:
        # Only the last entry is our proxy's; those before it anybody can write.
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2] or address
    return client(address)


def _mail(request: HttpRequest) -> str:
    return request.POST.get("email", "").strip().lower()


def _reader(request: HttpRequest) -> str:
    return str(request.user.pk)


@dataclass(frozen=True)
class Rule:
    """A limit, and for whom it counts; `misses` counts only what was refused or not found."""

    limit: Limit
    whose: tuple[Whose, ...] = (asker,)
    methods: frozenset[str] = frozenset({"POST"})
    misses: bool = False


_SEARCH = Rule(Limit("search", 600, 60), (_reader,), frozenset({"GET"}))
_CODE = Rule(Limit("code", 30, 900))
# Codes go out for one address only so often to one client; another client's tries change nothing for its owner.
_RULES: Mapping[str, tuple[Rule, ...]] = {
    "account_request_login_code": (
        Rule(Limit("sign-in", 40, 900)),
        Rule(Limit("sign-in.address", 8, 900), (asker, _mail)),
    ),
    "account_confirm_login_code": (_CODE,),
    "mfa_authenticate": (_CODE,),
    "mfa_reauthenticate": (_CODE,),
    "mfa_reauthenticate_webauthn": (_CODE,),
    "mfa_login_webauthn": (Rule(Limit("passkey", 60, 900), methods=frozenset({"GET", "POST"})),),
    "openid_connect_login": (Rule(Limit("organisation", 40, 900)),),
    "openid_connect_callback": (Rule(Limit("organisation.back", 40, 900), methods=frozenset({"GET"})),),
    "invited": (Rule(Limit("links.closed", 40, 600), methods=frozenset({"GET", "HEAD", "POST"}), misses=True),),
    # Behind one address of a mobile network sit many; and what can be learnt here is public anyway.
    "public:profile": (Rule(Limit("profile", 60, 600)),),
    # A whole room writes along from behind one address.
    "portal:say": (
        Rule(Limit("links.closed", 40, 600), methods=frozenset({"GET", "HEAD", "POST"}), misses=True),
        Rule(Limit("phones", 600, 600)),
    ),
    "web:search:results": (_SEARCH,),
    "web:search:suggest": (_SEARCH,),
}
# Whoever guesses links meets closed doors; whoever has one may open it as often as they like.
_LINKS = (
    Rule(Limit("links.closed", 40, 600), methods=frozenset({"GET", "HEAD", "POST"}), misses=True),
    Rule(Limit("links.sent", 120, 600)),
)
_FACES: Mapping[str, tuple[Rule, ...]] = {"portal": _LINKS}
_MISSES = frozenset({404, 410})
# Nobody guesses a longer one, and a phone that goes on asking after its link closed must not shut out the whole house.
_GUESSABLE = 12


@dataclass
class _Asked:
    """A request with the rules that hold for it."""

    request: HttpRequest

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        match = self.request.resolver_match
        if match is None:
            return ()
        tells = len(match.kwargs.get("token", "")) <= _GUESSABLE
        named = _RULES.get(match.view_name) or _FACES.get(match.namespaces[0] if match.namespaces else "", ())
        return tuple(rule for rule in named if str(self.request.method) in rule.methods and (tells or not rule.misses))

    def wait(self) -> int:
        """Count what counts before the view; give the seconds to wait."""
        waits = [
            rule.limit.left(*self._whose(rule)) if rule.misses else rule.limit.count(*self._whose(rule))
            for rule in self.rules
        ]
        return max(waits, default=0)

    def missed(self) -> None:
        """Count what was not found."""
        for rule in self.rules:
            if rule.misses:
                rule.limit.count(*self._whose(rule))

    def _whose(self, rule: Rule) -> list[str]:
        return [whose(self.request) for whose in rule.whose]


class Door:
    """Refuse with 429 what is asked too often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count the doors that were closed."""
        response = self.get_response(request)
        if response.status_code in _MISSES:
            _Asked(request).missed()
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Ask before the view whether it was asked too often."""
        wait = _Asked(request).wait()
        if not wait:
            return None
        # The public pages speak the language of their address.
        with translation.override(kwargs.get("language") or translation.get_language()):
            return too_many(request, seconds=wait)
