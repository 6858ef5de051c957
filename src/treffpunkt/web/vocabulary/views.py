"""The topics of counselling: how they are called, and which concern women especially."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError, Stale, require
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.vocabulary import queries, rules, services
from treffpunkt.vocabulary.models import Topic
from treffpunkt.web.vocabulary.forms import TopicForm


def topics(request: StaffRequest) -> HttpResponse:
    """List the topics on their two levels; everybody on the staff may read them."""
    context = {"topics": queries.topics(), "may_edit": rules.may_edit(request.user)}
    return page(request, "web/vocabulary/topics.html", context)


def topic(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change how a topic is called and marked."""
    require(rules.may_edit(request.user))
    found = get_object_or_404(Topic.objects.select_related("parent"), pk=pk)
    form = TopicForm.of(found, request.POST or None)
    stands = None
    if form.is_valid():
        try:
            services.change_topic(
                by=request.user,
                topic=found,
                version=form.cleaned_data["version"],
                names=form.names,
                women_specific=form.cleaned_data["women_specific"],
                synonyms=found.synonyms | {"de": form.german_words},
            )
        except Stale as error:
            stands = error.current
            form.take_version(stands)
            form.add_error(None, str(error.message))
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("The topic is changed."))
            return redirect("web:vocabulary:topics")
    return page(request, "web/vocabulary/topic.html", {"topic": found, "form": form, "stands": stands})
