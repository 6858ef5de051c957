"""Two people who do the same at the same moment."""

from __future__ import annotations

import pytest

from tests.factories.network import a_community, a_counsellor, a_platform, a_space, an_actor
from tests.support.at_once import at_once
from treffpunkt.core.errors import Stale
from treffpunkt.network.models import Role, Space
from treffpunkt.network.services.plan import renew_plan
from treffpunkt.network.services.roles import add_role
from treffpunkt.network.services.spaces import KnownSpace, change_space, create_space

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_two_do_at_once_is_done_once():
    a_platform()
    arabic = a_community("ar")
    counsellors = [a_counsellor(arabic) for _ in range(4)]

    entered = at_once(
        *(
            lambda by=by: create_space(by=by, name="Frauen", address="https://www.facebook.com/groups/frauen")
            for by in counsellors
        )
    )
    assert sorted(type(one) is KnownSpace for one in entered) == [False, True, True, True]

    space = Space.objects.get()
    changed = at_once(
        *(lambda by=by: change_space(by=by, space=space, version=1, name=f"Frauen {by}") for by in counsellors)
    )
    assert sorted(type(one) is Stale for one in changed) == [False, True, True, True]

    other = a_space(arabic)
    actor = an_actor(other)
    at_once(*(lambda by=by: add_role(by=by, actor=actor, space=space) for by in counsellors))
    assert Role.objects.filter(actor=actor, space=space).count() == 1

    assert at_once(renew_plan, renew_plan, renew_plan) == [2, 2, 2]
