"""Agreements: the register, composing, concluding, ending; the sentences they are made of."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.agreements.views import clauses, detail, ending, hands, lists, planning, texts

app_name = "agreements"
urlpatterns = [
    path("", lists.register, name="list"),
    path("board/", lists.board, name="board"),
    path("timeline/", lists.timeline, name="timeline"),
    path("export/", lists.export, name="export"),
    path("add/", planning.add, name="add"),
    path("from/<uuid:pk>/", planning.from_statement, name="from_statement"),
    path("sentences/", clauses.clauses, name="clauses"),
    path("sentences/add/", clauses.add, name="add_clause"),
    path("sentences/<uuid:pk>/", clauses.clause, name="clause"),
    path("sentences/<uuid:pk>/edit/", clauses.edit, name="edit_clause"),
    path("sentences/<uuid:pk>/retire/", clauses.retire, name="retire_clause"),
    path("<uuid:pk>/", detail.agreement, name="detail"),
    path("<uuid:pk>/edit/", planning.edit, name="edit"),
    path("<uuid:pk>/text/", texts.compose, name="compose"),
    path("<uuid:pk>/text/begin/", texts.begin, name="begin"),
    path("<uuid:pk>/text/drop/", texts.drop, name="drop"),
    path("<uuid:pk>/text/<int:number>/", detail.version, name="version"),
    path("<uuid:pk>/text/<int:number>.pdf", detail.as_pdf, name="pdf"),
    path("<uuid:pk>/offer/", texts.offer, name="offer"),
    path("<uuid:pk>/take-back/", texts.take_back, name="take_back"),
    path("<uuid:pk>/remind/", texts.remind, name="remind"),
    path("<uuid:pk>/pause/", ending.pause, name="pause"),
    path("<uuid:pk>/resume/", ending.resume, name="resume"),
    path("<uuid:pk>/end/", ending.end, name="end"),
    path("<uuid:pk>/replace/", ending.replace, name="replace"),
    path("<uuid:pk>/review/", ending.review, name="review"),
    path("<uuid:pk>/parties/add/", planning.add_party, name="add_party"),
    path("<uuid:pk>/rights/add/", planning.add_right, name="add_right"),
    path("<uuid:pk>/evidence/add/", hands.add_evidence, name="add_evidence"),
    path("parties/<uuid:pk>/remove/", planning.remove_party, name="remove_party"),
    path("parties/<uuid:pk>/offer/", texts.offer_to, name="offer_to"),
    path("parties/<uuid:pk>/agreed/", hands.agreed, name="agreed"),
    path("parties/<uuid:pk>/rather-not/", hands.declined, name="declined"),
    path("parties/<uuid:pk>/ended/", hands.withdrew, name="withdrew"),
    path("rights/<uuid:pk>/end/", planning.end_right, name="end_right"),
    path("evidence/<uuid:pk>/", hands.evidence, name="evidence"),
    path("remarks/<uuid:pk>/answer/", hands.answer, name="answer"),
    path("remarks/<uuid:pk>/settle/", hands.settle, name="settle"),
]
