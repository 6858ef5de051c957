"""Whether a statement concerns women especially is suggested from its words, in every language, and never preset."""

from __future__ import annotations

import pytest

from treffpunkt.jobs.demo import arabic, english, french, serbian, spanish
from treffpunkt.meetings.suggesting import concerns_women


@pytest.mark.parametrize(
    "text",
    [
        "Viele Frauen fragen nach dem Aufenthaltsrecht.",
        "Mutterschutz und Elternzeit sind unklar.",
        "Single mothers find no day care.",
        "تسأل نساء كثيرات عن حق الإقامة بعد الطلاق.",
        "وللأمهات صعوبة في إيجاد روضة.",
        "نحتاج إلى إجابات سريعة عن حضانة الأطفال.",
        "Les femmes enceintes ne savent pas à qui s’adresser.",
        "Жене нам пишу сваки дан.",
        "Žene nam pišu svaki dan.",
        "Las mujeres preguntan por la guardería.",
    ],
)
def test_words_suggest_it(text):
    assert concerns_women(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Viele wechseln von Facebook zu Telegram.",
        "Wir schicken bis Freitag eine Karte mit den drei wichtigsten Fristen.",
        "The administrators decide who gets in.",
        "ينتقل كثيرون من فيسبوك إلى تلغرام.",
        "لا تُقبل الروابط في المجموعات الكبيرة إلا بعد التحدث مع الإدارة.",
        "Les liens ne sont acceptés qu’après accord.",
        "Људи прелазе на Телеграм.",
        "Muchas personas buscan piso.",
    ],
)
def test_other_words_do_not(text):
    assert not concerns_women(text)


def test_topic_suggests_it_for_all_that_is_said_under_it():
    assert concerns_women("Das dauert zu lange.", ["Frauen im Beruf"])
    assert not concerns_women("Das dauert zu lange.", ["Plattformen"])


def test_most_of_what_people_marked_in_the_story_is_found():
    said = [one for world in (arabic, english, french, serbian, spanish) for one in world.WORLD.said]
    marked = [one for one in said if one.women]

    found = [one for one in marked if concerns_women(one.text) or concerns_women(one.gist)]
    wrong = [one.text for one in said if not one.women and concerns_women(one.text)]

    assert len(found) >= 0.8 * len(marked), [one.text for one in marked if one not in found]
    assert len(wrong) <= 0.15 * (len(said) - len(marked)), wrong
