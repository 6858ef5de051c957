"""Django's own `{{ form }}` and `as_field_group`, drawn with the kit."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draw forms and fields with the kit's templates."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
