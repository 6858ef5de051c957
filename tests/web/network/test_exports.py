"""Counting an export: first what would be stored, then only numbers."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from tests.factories import network as make
from treffpunkt.network.models import Snapshot

CHAT = (
    "10.03.26, 12:00 - Amina Geheim: Kennwort\n17.03.26, 12:00 - Zeynep: zwei\n18.03.26, 12:00 - Amina Geheim: drei\n"
)


@pytest.fixture
def space(arabic):
    return make.a_space(arabic)


def at(space):
    return f"/network/spaces/{space.pk}/time/export/"


def sent(text, name="WhatsApp Chat mit Frauen.txt", day="2026-04-01"):
    return {"file": SimpleUploadedFile(name, text.encode()), "day": day}


def weeks(space):
    return dict(Snapshot.objects.filter(space=space).order_by("day").values_list("day", "posts"))


def test_what_will_be_stored_is_shown_first_and_holds_no_word_of_the_chat(counselling, space):
    answer = counselling.post(at(space), sent(CHAT))
    shown = answer.content.decode()

    assert answer.status_code == 200
    assert "3 posts, from" in shown
    assert "under 5 people wrote" in shown
    assert not any(word in shown for word in ("Geheim", "Kennwort", "Zeynep", "WhatsApp Chat"))
    assert weeks(space) == {}


def test_numbers_are_stored_once_somebody_says_so(counselling, space):
    form = counselling.post(at(space), sent(CHAT)).context["form"]
    answer = counselling.post(at(space), {"counted": form.initial["counted"], "order": form.initial["order"]})

    assert answer.status_code == 302
    assert weeks(space) == {date(2026, 3, 16): 2, date(2026, 3, 23): 0}
    assert set(Snapshot.objects.values_list("source", flat=True)) == {"chat"}


def test_a_large_file_lies_on_disk_only_while_it_is_counted(counselling, space, settings):
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    answer = counselling.post(at(space), sent(CHAT))

    assert answer.status_code == 200
    kept = answer.wsgi_request.FILES["file"]
    assert isinstance(kept, TemporaryUploadedFile)
    assert kept.closed


def test_the_order_of_dates_is_asked_where_the_file_does_not_tell(counselling, space):
    text = "01/02/26, 12:00 - A: x\n03/04/26, 12:00 - A: y\n"
    answer = counselling.post(at(space), sent(text, day="2026-05-01"))
    form = answer.context["form"]

    assert "Day or month?" in answer.content.decode()
    assert [key for key, _label in form.fields["order"].choices] == ["day", "month"]
    counselling.post(at(space), {"counted": form.initial["counted"], "order": "month"})
    assert weeks(space)[date(2026, 3, 2)] == 1


def test_what_cannot_be_counted_is_refused_beside_the_field(counselling, space):
    for text, word in (("Nur ein Text", "no chat export"), (CHAT[:40], "no whole week")):
        answer = counselling.post(at(space), sent(text, day="2026-03-12"))
        assert answer.status_code == 422
        assert word in answer.content.decode()
    assert counselling.post(at(space), sent(CHAT, day="2999-01-01")).status_code == 422
    assert counselling.post(at(space), {}).status_code == 422


def test_a_preview_of_another_group_or_none_of_ours_stores_nothing(counselling, arabic, space):
    form = counselling.post(at(space), sent(CHAT)).context["form"]
    other = make.a_space(arabic)
    for counted in (form.initial["counted"], "x", "\x00", "x:y:z"):
        counselling.post(at(other), {"counted": counted})
    counselling.post(at(space), {"counted": form.initial["counted"], "order": "month"})

    assert not Snapshot.objects.exists()


def test_groups_of_others_have_no_such_page(counselling, french):
    space = make.a_space(french)
    assert counselling.post(at(space), sent(CHAT)).status_code == 404
