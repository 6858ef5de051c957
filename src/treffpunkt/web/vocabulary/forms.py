"""The form of a topic."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.text import LANGUAGES, language_direction
from treffpunkt.vocabulary.models import Topic
from treffpunkt.vocabulary.services import LONGEST_NAME


class TopicForm(forms.Form):
    """How a topic is called in each language, and whether it concerns women especially."""

    women_specific = forms.BooleanField(
        label=_("concerns women especially"),
        required=False,
        help_text=_("Questions, needs and services under this topic then start out marked; every mark can be changed."),
    )
    words = forms.CharField(
        label=_("Other German words for it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "de"}),
        help_text=_("One in each line: what people type who look for it."),
        max_length=4000,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {}
        for tag in LANGUAGES:
            attributes = {"lang": tag, "dir": language_direction(tag)}
            names[f"name_{tag}"] = forms.CharField(
                label=get_language_info(tag)["name_translated"],
                max_length=LONGEST_NAME,
                required=False,
                widget=forms.TextInput(attrs=attributes),
            )
        self.fields = {**names, **self.fields}

    @classmethod
    def of(cls, topic: Topic, data: Any = None) -> TopicForm:
        """Fill the form from a topic."""
        initial = {f"name_{tag}": topic.names.get(tag, "") for tag in LANGUAGES}
        initial |= {
            "women_specific": topic.women_specific,
            "words": "\n".join(topic.synonyms.get("de", [])),
            "version": topic.version,
        }
        return cls(data, initial=initial)

    def take_version(self, current: object) -> None:
        """Let the next try stand on what is there now, after both texts were shown."""
        self.data = dict(self.data.items()) | {"version": str(getattr(current, "version", ""))}

    @property
    def names(self) -> dict[str, str]:
        """Give the names typed, by language."""
        return {tag: self.cleaned_data[f"name_{tag}"] for tag in LANGUAGES}

    @property
    def german_words(self) -> list[str]:
        """Give the words typed, one a line."""
        return str(self.cleaned_data["words"]).splitlines()
