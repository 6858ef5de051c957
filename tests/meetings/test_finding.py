"""What was said is found in every language and script, by whoever may read it and by nobody else."""

from __future__ import annotations

import csv
import gzip

import pytest

from tests.factories.meetings import a_colleague, a_community, a_coordinator, a_meeting, a_statement, an_actor
from treffpunkt.core.subject import acting_as, subject_of
from treffpunkt.meetings import finding, overviews
from treffpunkt.meetings.models import Statement, StatementWords
from treffpunkt.meetings.services.findable import catch_up, make_findable
from treffpunkt.meetings.services.notes import change_statement, remove_statement


@pytest.fixture
def host(db):
    return a_coordinator()


@pytest.fixture
def meeting(host):
    return a_meeting(host)


def found(by, text: str) -> list[str]:
    rows = finding.find(overviews.said(by), finding.asked(text))
    return [row.text for row in rows]


@pytest.mark.parametrize(
    ("said", "language", "asked"),
    [
        ("Viele fragen nach der Kinderbetreuung.", "de", "betreuung"),
        ("Sie suchen Wohnungen in München.", "de", "wohnung munchen"),
        ("Many women were asking about divorces.", "en", "divorce"),
        ("النساء يسألن عن المدرسة والعمل", "ar", "مدرسة"),
        ("النساء يسألن عن المدرسة والعمل", "ar", "عمل"),
        ("أسئلة عن حقّ الإقامة", "ar", "اقامه"),
        ("Жене питају за вртиће и школе.", "sr", "vrtić"),
        ("Žene pitaju za vrtiće i škole.", "sr", "школа"),
        ("Пита Ђорђевић из Ниша.", "sr", "Djordjević"),
        ("Elles demandent un hébergement d’urgence.", "fr", "hebergement"),
        ("Preguntan por los permisos de residencia.", "es", "permiso residencia"),
        ("Es geht um die Straße.", "de", "STRASSE"),
    ],
)
def test_word_is_found_in_any_spelling_and_script(host, meeting, said, language, asked):
    a_statement(host, meeting, said, language=language, keep_findings=True)
    a_statement(host, meeting, "Etwas ganz anderes.", language="de")

    assert found(host, asked) == [said]


def test_gist_is_searched_as_well(host, meeting):
    a_statement(host, meeting, "سؤال عن الحضانة", language="ar", gist="Eine Frage zum Sorgerecht.")

    assert found(host, "sorgerecht") == ["سؤال عن الحضانة"]


def test_every_word_must_stand_there(host, meeting):
    a_statement(host, meeting, "Deutschkurse am Abend.", language="de")

    assert found(host, "der Deutschkurs am Abend") == ["Deutschkurse am Abend."]
    assert found(host, "Deutschkurs Vormittag") == []


def test_slip_of_the_finger_is_found_as_spelled_alike(host, meeting):
    a_statement(host, meeting, "Fragen zur Aufenthaltserlaubnis.", language="de")

    words = finding.asked("Aufenthaltserlaubniss Fargen")

    assert [row.text for row in finding.alike(overviews.said(host), words)] == ["Fragen zur Aufenthaltserlaubnis."]


def test_changed_and_removed_words_are_not_found(host, meeting):
    one = a_statement(host, meeting, "Alles über Kindergeld.", language="de")
    change_statement(by=host, statement=one, version=one.version, text="Alles über Wohngeld.")
    gone = a_statement(host, meeting, "Noch etwas zum Wohngeld.", language="de")
    remove_statement(by=host, statement=gone)

    assert found(host, "kindergeld") == []
    assert found(host, "wohngeld") == ["Alles über Wohngeld."]


def test_nobody_finds_what_they_may_not_read(host):
    colleague, stranger = a_colleague(), a_colleague()
    meeting = a_meeting(host, communities=[a_community("ar", colleague)])
    a_statement(host, meeting, "Offenes über Wohngeld.", language="de")
    a_statement(host, meeting, "Verschwiegenes über Wohngeld.", language="de", confidential=True)

    with acting_as(subject_of(colleague)):
        assert found(colleague, "wohngeld") == ["Offenes über Wohngeld."]
    with acting_as(subject_of(stranger)):
        assert found(stranger, "wohngeld") == []
    with acting_as(subject_of(host)):
        assert len(found(host, "wohngeld")) == 2


def test_index_holds_no_words(host, meeting):
    a_statement(host, meeting, "Verschwiegenes", language="de", confidential=True)

    assert {type(number) for number in StatementWords.objects.get().terms} == {int}


def test_whoever_is_named_is_found_by_name(host, meeting):
    actor = an_actor(name="Милица Јовић")
    one = a_statement(host, meeting, "Das sehe ich auch so.", language="de", said_by=actor)

    rows = finding.find(overviews.said(host), finding.asked("Milica"), [actor.pk])

    assert list(rows) == [one]


def test_round_makes_findable_what_was_written_another_way(host, meeting):
    one = a_statement(host, meeting, "Alles über Kindergeld.", language="de")
    StatementWords.objects.all().delete()
    assert found(host, "kindergeld") == []

    assert catch_up() == 1
    assert found(host, "kindergeld") == [one.text]

    Statement.objects.filter(pk=one.pk).update(text="Alles über Wohngeld.", version=one.version + 1)
    assert catch_up() == 1
    assert found(host, "kindergeld") == []
    assert catch_up() == 0


@pytest.mark.parametrize("text", ["", " ", "!?", "a", "٣", "\u0000", "%_\\", "im", "x" * 500, "🙂", "ال"])
def test_odd_searches_find_something_or_nothing(host, meeting, text):
    a_statement(host, meeting, "Im Frühling.", language="de")

    words = finding.asked(text)

    assert len(finding.find(overviews.said(host), words) if words else []) <= 1
    assert finding.marked("Im <b> Frühling", words)


def test_real_sentences_are_found_by_one_of_their_words(host, meeting, data):
    folder = data / "sib200"
    asked = []
    for code, language in (("deu_Latn", "de"), ("arb_Arab", "ar"), ("srp_Cyrl", "sr"), ("fra_Latn", "fr")):
        with gzip.open(folder / code / "dev.tsv.gz", "rt", encoding="utf-8", newline="") as lines:
            for row in list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[:25]:
                one = a_statement(host, meeting, row["text"], language=language, keep_findings=True)
                asked.append((one.text, max(one.text.split(), key=len)))

    hits = sum(text in found(host, word) for text, word in asked)

    assert hits == len(asked) == 100


def test_making_findable_twice_is_once(host, meeting):
    one = a_statement(host, meeting, "Alles über Kindergeld.", language="de")
    make_findable([one])

    assert StatementWords.objects.count() == 1
