"""Meetings: planning, inviting, holding, closing."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.meetings.views import (
    agenda,
    closing,
    inviting,
    lists,
    live,
    planning,
    replies,
    rooms,
    series,
    statements,
)

app_name = "meetings"
urlpatterns = [
    path("", lists.meetings, name="list"),
    path("add/", planning.add, name="add"),
    path("series/", series.series_list, name="series"),
    path("series/add/", series.add, name="add_series"),
    path("series/<uuid:pk>/", series.detail, name="one_series"),
    path("series/<uuid:pk>/edit/", series.edit, name="edit_series"),
    path("<uuid:pk>/", planning.detail, name="detail"),
    path("<uuid:pk>/edit/", planning.edit, name="edit"),
    path("<uuid:pk>/cancel/", planning.cancel, name="cancel"),
    path("<uuid:pk>/postpone/", planning.postpone, name="postpone"),
    path("<uuid:pk>/agenda/", agenda.edit, name="agenda"),
    path("<uuid:pk>/invite/", inviting.invite, name="invite"),
    path("<uuid:pk>/invite/send/", inviting.send, name="send"),
    path("<uuid:pk>/remind/", inviting.remind, name="remind"),
    path("<uuid:pk>/attendance/", inviting.attendance, name="attendance"),
    path("<uuid:pk>/answer/", inviting.answer, name="answer"),
    path("invitations/<uuid:pk>/drop/", inviting.drop, name="drop"),
    path("replies/<uuid:pk>/settled/", replies.settle, name="settle_reply"),
    path("<uuid:pk>/room/", rooms.room, name="room"),
    path("<uuid:pk>/start/", live.start, name="start"),
    path("<uuid:pk>/live/", live.live, name="live"),
    path("<uuid:pk>/live/since/", live.since, name="since"),
    path("<uuid:pk>/live/note/", live.note, name="note"),
    path("<uuid:pk>/live/open/", live.open_topic, name="open_topic"),
    path("<uuid:pk>/end/", live.end, name="end"),
    path("statements/<uuid:pk>/", statements.edit, name="statement"),
    path("statements/<uuid:pk>/gist/", statements.gist, name="gist"),
    path("statements/<uuid:pk>/task/", statements.task, name="statement_task"),
    path("statements/<uuid:pk>/promise/", statements.promise, name="statement_promise"),
    path("statements/<uuid:pk>/remove/", statements.remove, name="remove_statement"),
    path("statements/<uuid:pk>/restore/", statements.restore, name="restore_statement"),
    path("<uuid:pk>/close/", closing.close, name="close"),
    path("<uuid:pk>/minutes/<str:language>.pdf", closing.pdf, name="pdf"),
]
