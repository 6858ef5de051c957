"""The fields that columns can fill, and the names columns go by in six languages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from treffpunkt.intake.targets import Choices, Field
from treffpunkt.network.models import Actor, Community, Role, Space
from treffpunkt.vocabulary.models import Platform

NAME = (
    "name",
    "names",
    "title",
    "titel",
    "titre",
    "nom",
    "nombre",
    "naziv",
    "ime",
    "назив",
    "име",
    "اسم",
    "الاسم",
    "bezeichnung",
    "group",
    "gruppe",
)
URL = (
    "url",
    "html url",
    "link",
    "links",
    "adresse",
    "address",
    "adress",
    "lien",
    "enlace",
    "adresa",
    "адреса",
    "линк",
    "رابط",
    "الرابط",
    "webadresse",
    "homepage",
    "website",
    "webseite",
    "web",
    "site",
    "sitio",
    "www",
)
POSTAL = (
    "postal address", "postadresse", "anschrift", "straße", "strasse", "street", "street address", "address", "adresse",
    "adress", "rue", "dirección", "calle", "adresa", "адреса", "ulica", "улица", "العنوان", "عنوان",
)  # fmt: skip
MEMBERS = (
    "members", "member count", "n members", "size", "mitglieder", "mitgliederzahl", "anzahl mitglieder", "followers",
    "follower", "subscribers", "abonnenten", "abonnements", "größe", "membres", "nombre de membres", "taille", "abonnés",
    "miembros", "seguidores", "tamaño", "članovi", "broj članova", "чланови", "број чланова", "الأعضاء",
    "عدد الأعضاء", "reichweite", "reach",
)  # fmt: skip
LANGUAGE = (
    "language",
    "lang",
    "sprache",
    "langue",
    "idioma",
    "lengua",
    "jezik",
    "језик",
    "اللغة",
    "لغة",
    "sprachen",
    "languages",
)
PLATFORM = (
    "platform",
    "plattform",
    "plateforme",
    "réseau",
    "plataforma",
    "red",
    "platforma",
    "платформа",
    "المنصة",
    "منصة",
    "netzwerk",
    "network",
)
FEED = (
    "xml url",
    "feed",
    "feed url",
    "rss",
    "rss url",
    "rss feed",
    "atom",
    "newsfeed",
    "flux",
    "flux rss",
    "canal rss",
)
COMMUNITY = ("community", "sprachcommunity", "communauté", "comunidad", "zajednica", "заједница", "الجالية", "المجتمع")
SPACE = (
    "space", "group", "gruppe", "gruppen", "gruppenname", "group name", "subreddit", "forum", "channel", "kanal", "page",
    "seite", "groupe", "grupo", "grupa", "група", "المجموعة", "مجموعة", "wo",
)  # fmt: skip
PERSON = (
    "person", "person id", "moderator", "moderator id", "mod", "admin", "admin id", "user", "user id", "username",
    "nutzer", "administrator", "administrateur", "administrador", "modérateur", "moderador", "osoba", "корисник", "الشخص",
    "المشرف",
)  # fmt: skip
ROLE = ("role", "rolle", "funktion", "rôle", "fonction", "rol", "función", "uloga", "улога", "الدور", "position")
MAIL = (
    "mail",
    "e mail",
    "email",
    "e-mail",
    "mailadresse",
    "courriel",
    "correo",
    "correo electrónico",
    "i mejl",
    "имејл",
    "البريد",
    "البريد الإلكتروني",
)
PHONE = (
    "phone",
    "telefon",
    "tel",
    "telefonnummer",
    "mobil",
    "handy",
    "téléphone",
    "teléfono",
    "móvil",
    "телефон",
    "الهاتف",
    "هاتف",
    "رقم الهاتف",
)
KEY = ("id", "key", "source id", "kennung", "nummer", "nr", "identifiant", "identificador", "шифра", "المعرف")
NOTE = (
    "note",
    "notes",
    "notiz",
    "notizen",
    "bemerkung",
    "bemerkungen",
    "kommentar",
    "remarque",
    "nota",
    "notas",
    "napomena",
    "напомена",
    "ملاحظات",
    "ملاحظة",
)
CONTENT = (
    "content",
    "description",
    "about",
    "beschreibung",
    "inhalt",
    "worum es geht",
    "contenu",
    "contenido",
    "descripción",
    "opis",
    "опис",
    "الوصف",
)


def platforms() -> Choices:
    """List the platforms."""
    return list(Platform.objects.values_list("key", "name"))


def communities() -> Choices:
    """List the communities."""
    return [(str(pk), name) for pk, name in Community.objects.values_list("pk", "name")]


def source() -> Field:
    """Name the source, so that its own ids are told from those of others."""
    return Field(
        "source", _("name of the source"), for_all=True, only_for_all=True, most=40,
        help=_("Ids of a file count within its source. Without a name it is the platform."),
    )  # fmt: skip


def community() -> Field:
    """Put what is new into a community."""
    return Field("community", _("community"), "choice", COMMUNITY, choices=communities, for_all=True)


def platform() -> Field:
    """Say on which platform the groups are."""
    return Field("platform", _("platform"), "choice", PLATFORM, choices=platforms, for_all=True)


def space_fields() -> list[Field]:
    """List the fields of spaces."""
    return [
        Field("name", _("name"), "text", (*NAME, *SPACE), required=True),
        Field("address", _("address"), "text", URL, most=500),
        platform(),
        Field("space_kind", _("kind"), "choice", ("kind", "type", "art", "typ", "tipo", "vrsta", "врста", "النوع"), choices=lambda: Space.Kind.choices, for_all=True),
        Field("members", _("members"), "number", MEMBERS),
        Field("feed", _("feed"), "url", FEED, most=500, help=_("The dates of posts are read from it, nothing else.")),
        Field("language", _("language"), "language", LANGUAGE, for_all=True),
        community(),
        Field("short_name", _("German short name"), "text", ("short name", "kurzname", "deutscher name"), most=120),
        Field("audience", _("who meets here"), "text", ("audience", "zielgruppe", "wer", "public", "público", "publika", "الجمهور")),
        Field("content", _("what it is about"), "long", CONTENT, most=5000),
        Field("visibility", _("visibility"), "choice", ("visibility", "sichtbarkeit", "zugang", "visibilité", "visibilidad"), choices=lambda: [one for one in Space.Visibility.choices if one[0]], for_all=True),
        Field("women_only", _("women only"), "flag", ("women only", "nur frauen", "frauen", "femmes", "mujeres", "žene", "жене", "للنساء", "نساء"), for_all=True),
        Field("rules", _("rules of the group, in short"), "long", ("rules", "regeln", "gruppenregeln", "règles", "reglas", "pravila", "правила", "القواعد"), most=5000),
        Field("key", _("id in the source"), "text", KEY, most=60),
        source(),
    ]  # fmt: skip


def organisation_fields() -> list[Field]:
    """List the fields of organisations."""
    return [
        Field("name", _("name"), "text", (*NAME, "organisation", "organization", "träger", "verein", "einrichtung", "association", "organización", "organizacija", "организација", "المنظمة"), required=True),
        reading(300),
        Field("website", _("website"), "url", tuple(one for one in URL if one not in POSTAL), most=500),
        Field("postal_address", _("postal address"), "text", POSTAL),
        Field("phone", _("phone"), "text", PHONE, most=200),
        Field("organisation_kind", _("kind"), "text", ("kind", "type", "art", "typ", "tipo", "vrsta", "врста", "النوع"), most=120, for_all=True),
        Field("purpose", _("what it does"), "long", (*CONTENT, "desc", "purpose", "angebot", "was sie macht"), most=2000),
        Field("purpose_language", _("language of what it does"), "language", (), for_all=True, only_for_all=True, initial="de"),
        Field("latitude", _("latitude"), "decimal", ("lat", "latitude", "breite", "breitengrad", "latitud", "širina", "خط العرض")),
        Field("longitude", _("longitude"), "decimal", ("long", "lon", "lng", "longitude", "länge", "längengrad", "longitud", "dužina", "خط الطول")),
        Field("radius", _("works within (metres)"), "number", ("radius", "umkreis", "rayon", "radio", "полупречник")),
        community(),
        Field("note", _("note"), "long", NOTE, most=5000),
        Field("key", _("id in the source"), "text", KEY, most=60),
        source(),
    ]  # fmt: skip


def reading(most: int) -> Field:
    """Make the field for how a name is read by those who do not read its script."""
    titles = (
        "reading",
        "in latin letters",
        "latin name",
        "name latin",
        "transliteration",
        "umschrift",
        "lateinschrift",
        "lesung",
    )
    return Field("reading", _("in Latin letters"), "text", titles, most=most)


def people_fields() -> list[Field]:
    """List the fields of people and their roles."""
    # In a list of people, a column "group" names what they lead.
    name = [one for one in NAME if one not in SPACE]
    return [
        Field("name", _("name"), "text", (*name, "vorname nachname", "full name", "kontakt", "contact", *PERSON), most=200),
        reading(200),
        Field("handle", _("handle"), "text", ("handle", "username", "user name", "nickname", "nutzername", "benutzername", "profil", "profile", "pseudo", "usuario", "korisnik", "اسم المستخدم"), most=120),
        Field("space", _("group or channel"), "text", SPACE),
        Field("role", _("role"), "choice", ROLE, choices=lambda: [one for one in Role.Kind.choices if one[0] != "contact"], for_all=True, initial="administrator"),
        platform(),
        Field("space_address", _("address of the group"), "text", URL, most=500),
        Field("space_members", _("members of the group"), "number", MEMBERS),
        Field("mail", _("Mail"), "mail", MAIL),
        Field("phone", _("Phone"), "phone", PHONE, most=60),
        Field("whatsapp", "WhatsApp", "phone", ("whatsapp", "واتساب"), most=60),
        Field("telegram", "Telegram", "text", ("telegram", "تلغرام"), most=120),
        Field("instagram", "Instagram", "text", ("instagram", "insta"), most=120),
        Field("facebook", "Facebook", "text", ("facebook", "fb", "messenger"), most=120),
        Field("languages", _("languages"), "languages", LANGUAGE, for_all=True),
        Field("organisation", _("contact person of the organisation"), "text", ("organisation", "organization", "träger", "verein", "association", "organización", "organizacija")),
        Field("actor_kind", _("kind"), "choice", ("kind", "art", "typ", "type"), choices=lambda: Actor.Kind.choices, for_all=True),
        Field("note", _("note"), "long", NOTE, most=5000),
        community(),
        Field("key", _("id in the source"), "text", KEY, most=60),
        source(),
    ]  # fmt: skip


def role_fields() -> list[Field]:
    """List the fields of bare links between persons and groups."""
    return [
        Field("key", _("person (id or handle)"), "text", (*PERSON, *KEY), required=True, most=60),
        Field("space", _("group or channel"), "text", SPACE, required=True),
        Field("role", _("role"), "choice", ROLE, choices=lambda: [one for one in Role.Kind.choices if one[0] != "contact"], for_all=True, initial="administrator"),
        platform(),
        community(),
        source(),
    ]  # fmt: skip


def activity_fields() -> list[Field]:
    """List the fields of figures: of which group, of which day, how many."""
    day = (
        "date",
        "day",
        "datum",
        "tag",
        "woche",
        "week",
        "week of",
        "stichtag",
        "stand",
        "fecha",
        "semana",
        "semaine",
        "jour",
        "датум",
        "недеља",
        "datum",
        "التاريخ",
        "تاريخ",
        "الأسبوع",
    )
    posts = (
        "posts",
        "post count",
        "posts a week",
        "posts per week",
        "number of posts",
        "beiträge",
        "anzahl beiträge",
        "beiträge pro woche",
        "messages",
        "nachrichten",
        "publications",
        "publicaciones",
        "mensajes",
        "objave",
        "објаве",
        "المنشورات",
        "عدد المنشورات",
    )
    return [
        Field("space", _("group or channel"), "text", (*SPACE, *NAME)),
        Field("address", _("address"), "text", URL, most=500),
        Field("day", _("day"), "date", day, required=True, for_all=True, help=_("Of posts counted by the week any day of it.")),
        Field("members", _("members"), "number", MEMBERS),
        Field("posts", _("posts a week"), "number", posts),
        platform(),
    ]  # fmt: skip
