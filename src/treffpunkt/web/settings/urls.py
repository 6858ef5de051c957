"""One's own settings, and, for coordination and system administration, who works here."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.settings import retention
from treffpunkt.web.settings.views import calendars, own, staff

app_name = "settings"
urlpatterns = [
    path("", own.home, name="home"),
    path("access/", own.access, name="access"),
    path("access/elsewhere/", own.end_others, name="end_others"),
    path("access/<str:handle>/end/", own.end_session, name="end_session"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("days/", own.days, name="days"),
    path("days/away/", own.add_absence, name="add_absence"),
    path("days/<uuid:pk>/back/", own.end_absence, name="end_absence"),
    path("retention/", retention.retention, name="retention"),
    path("staff/", staff.staff, name="staff"),
    path("staff/add/", staff.add_staff, name="add_staff"),
    path("staff/<uuid:pk>/", staff.member, name="member"),
    path("staff/<uuid:pk>/roles/", staff.roles, name="roles"),
    path("staff/<uuid:pk>/away/", staff.add_absence, name="member_absence"),
    path("staff/<uuid:pk>/hand-over/", staff.hand_over, name="hand_over"),
    path("staff/<uuid:pk>/close/", staff.step, {"name": "close"}, name="close_staff"),
    path("staff/<uuid:pk>/open/", staff.step, {"name": "open"}, name="open_staff"),
    path("staff/<uuid:pk>/invite/", staff.step, {"name": "invite"}, name="invite_staff"),
    path("staff/<uuid:pk>/second-step/", staff.step, {"name": "forget"}, name="forget_second_step"),
]
