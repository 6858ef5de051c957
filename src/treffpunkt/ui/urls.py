from django.urls import path

from treffpunkt.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
