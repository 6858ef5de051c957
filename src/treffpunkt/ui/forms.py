"""Django's own `{{ form }}` and `as_field_group`, drawn with the kit."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_noop

# What Django says of an empty field, in our words: the catalogue of the project comes before Django's own.
gettext_noop("This field is required.")


class Renderer(TemplatesSetting):
    """Draw forms and fields with the kit's templates."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
