"""The forms of the pages about access."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.agreements.health.limits import LIMITS
from treffpunkt.agreements.language import agreements_of
from treffpunkt.agreements.models import Agreement
from treffpunkt.network.models import Community
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import active_staff


class ThresholdsForm(forms.Form):
    """From how many days on the radar speaks of something."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for limit in LIMITS:
            self.fields[limit.key] = forms.IntegerField(
                label=_("%(what)s … days") % {"what": limit.title}, min_value=limit.least, max_value=limit.most,
                help_text=_("Proposed: %(number)s") % {"number": limit.proposed},
            )  # fmt: skip


class NamedForm(forms.Form):
    """Whom somebody who leaves named."""

    words = forms.CharField(
        label=gettext_lazy("Whom they named, and how"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": "2", "dir": "auto"}),
        help_text=gettext_lazy("Only what they said themselves. It goes when this is settled."),
    )


class LanguageForm(forms.Form):
    """From whom to whom a language goes."""

    leaver = forms.ModelChoiceField(Staff.objects.none(), label=gettext_lazy("From"))
    to = forms.ModelChoiceField(Staff.objects.none(), label=gettext_lazy("To"))

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        working = [one.pk for one in community.counsellors.all()]
        looking = Agreement.objects.filter(pk__in=agreements_of(community).values("pk"), owner=OuterRef("pk"))
        offered = {
            "leaver": Staff.objects.filter(Q(pk__in=working) | Exists(looking)).order_by("name"),
            "to": active_staff().filter(roles__overlap=["coordinator", "counsellor"]),
        }
        for name, rows in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
