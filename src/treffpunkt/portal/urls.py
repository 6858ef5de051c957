"""The addresses of the portal pages: everything behind a signed link, `/l/<token>/`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from treffpunkt.portal import about, feeds, fresh, views
from treffpunkt.portal.access import succession
from treffpunkt.portal.agreements import views as agreements
from treffpunkt.portal.meetings import certificate, corrections, evaluation, phones, polls, presenting
from treffpunkt.portal.meetings import views as meetings

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:token>/", views.open_link, name="link"),
    path("<str:token>/answer/", meetings.answer, name="answer"),
    path("<str:token>/room/", meetings.room, name="room"),
    path("<str:token>/say/", phones.say, name="say"),
    path("<str:token>/dates/", polls.answer, name="poll_answer"),
    path("<str:token>/entry/", presenting.tell, name="entry"),
    path("<str:token>/fresh/", fresh.send, name="fresh"),
    path("<str:token>/show/", fresh.show, name="show"),
    path("<str:token>/calendar.ics", meetings.calendar, name="calendar"),
    path("<str:token>/feed.ics", feeds.feed, name="feed"),
    path("<str:token>/minutes.pdf", meetings.minutes_pdf, name="minutes_pdf"),
    path("<str:token>/opinion/", evaluation.answer, name="evaluate"),
    path("<str:token>/certificate/", certificate.shown, name="certificate"),
    path("<str:token>/correct/", corrections.correct, name="correct"),
    path("<str:token>/agree/", agreements.agree, name="agree"),
    path("<str:token>/ask/", agreements.ask, name="agreement_ask"),
    path("<str:token>/rather-not/", agreements.decline, name="decline"),
    path("<str:token>/end/", agreements.withdraw, name="withdraw"),
    path("<str:token>/text.pdf", agreements.agreement_pdf, name="agreement_pdf"),
    path("<str:token>/others/", succession.yes, name="succession_yes"),
    path("<str:token>/nobody/", succession.no, name="succession_no"),
    path("<str:token>/about-us/", about.about_us, name="about_us"),
    path("<str:token>/about-you/", about.about_you, name="about_you"),
    path("<str:token>/about-you/take/", about.take, name="take"),
    path("<str:token>/about-you/erase/", about.erase, name="erase"),
]
