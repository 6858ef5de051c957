"""The addresses of the network's pages."""

from __future__ import annotations

from django.urls import path

from treffpunkt.web.network.views import (
    actors,
    channels,
    communities,
    contacts,
    home,
    organisations,
    personal,
    plan,
    roles,
    space_lists,
    spaces,
)

app_name = "network"
urlpatterns = [
    path("", home.home, name="home"),
    path("spaces/", space_lists.spaces, name="spaces"),
    path("spaces/board/", space_lists.board, name="board"),
    path("spaces/export/", space_lists.export, name="export_spaces"),
    path("spaces/chosen/", space_lists.chosen, name="chosen_spaces"),
    path("spaces/add/", spaces.add, name="add_space"),
    path("spaces/recognised/", spaces.recognised, name="recognised"),
    path("spaces/<uuid:pk>/", spaces.space, name="space"),
    path("spaces/<uuid:pk>/edit/", spaces.edit, name="edit_space"),
    path("spaces/<uuid:pk>/state/", spaces.move, name="move_space"),
    path("spaces/<uuid:pk>/checked/", spaces.checked, name="check_space"),
    path("spaces/<uuid:pk>/succession/", spaces.succession, name="succession"),
    path("spaces/<uuid:pk>/admins/", roles.add_to_space, name="add_space_role"),
    path("roles/<uuid:pk>/end/", roles.end, name="end_role"),
    path("people/", actors.actors, name="actors"),
    path("people/next/", plan.plan, name="plan"),
    path("people/add/", actors.add, name="add_actor"),
    path("people/<uuid:pk>/", actors.actor, name="actor"),
    path("people/<uuid:pk>/edit/", actors.edit, name="edit_actor"),
    path("people/<uuid:pk>/standing/", actors.standing, name="actor_standing"),
    path("people/<uuid:pk>/channels/add/", channels.add, name="add_channel"),
    path("people/<uuid:pk>/roles/add/", roles.add_to_actor, name="add_actor_role"),
    path("people/<uuid:pk>/stored/", personal.stored, name="stored"),
    path("people/<uuid:pk>/stored/export/", personal.export, name="export_actor"),
    path("people/<uuid:pk>/erase/", personal.erase, name="erase_actor"),
    path("channels/<uuid:pk>/remove/", channels.remove, name="remove_channel"),
    path("contacts/add/", contacts.add, name="log_contact"),
    path("contacts/<uuid:pk>/edit/", contacts.edit, name="edit_contact"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/add/", organisations.add, name="add_organisation"),
    path("organisations/<uuid:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:pk>/edit/", organisations.edit, name="edit_organisation"),
    path("organisations/<uuid:pk>/people/add/", roles.add_to_organisation, name="add_organisation_role"),
    path("communities/", communities.communities, name="communities"),
    path("communities/add/", communities.add, name="add_community"),
    path("communities/<uuid:pk>/", communities.community, name="community"),
    path("communities/<uuid:pk>/edit/", communities.edit, name="edit_community"),
]
