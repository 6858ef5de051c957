"""What one writes to somebody for the first time: the texts that are shipped, and how one is filled in.

Texts are copied by hand into a chat, never sent by us. Each one leads to the page on which anybody can check that
the profile it came from is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from treffpunkt.core.placeholders import filled, places
from treffpunkt.core.text import latin
from treffpunkt.network.models import Opening

# What a text may name: `check` is the address of the page that says whether a profile is ours.
NAMES = ("name", "group", "who", "network", "check")
NEEDED = "check"
KINDS = ("first", "again")

FIRST: Mapping[str, str] = {
    "de": """\
Guten Tag {name},

ich bin {who} von {network}, einem kostenlosen Beratungsprojekt für Menschen, die neu in Deutschland sind.
Sie leiten die Gruppe „{group}“, in der viele ihre Fragen stellen.
Wir beantworten solche Fragen verlässlich und in der Sprache, in der sie gestellt werden: zu Arbeit, Anerkennung, Aufenthalt und Familie. Fragen von Frauen haben bei uns ihren eigenen Platz. Wir werben für nichts und sammeln keine Daten Ihrer Mitglieder.

Hätten Sie Zeit für ein kurzes Gespräch, gern auch schriftlich? Mich interessiert, was in Ihrer Gruppe gefragt wird und wie wir Sie unterstützen können.

Hier können Sie prüfen, ob dieses Profil wirklich zu uns gehört: {check}

Wenn Sie das nicht möchten, genügt ein kurzes Nein, und ich schreibe nicht wieder.

Freundliche Grüße
{who}""",
    "en": """\
Hello {name},

I am {who} from {network}, a free counselling project for people who are new in Germany.
You lead the group “{group}”, where many people ask their questions.
We answer such questions reliably and in the language in which they are asked: about work, recognition of qualifications, residence and family. Women’s questions have their own place with us. We advertise nothing and collect nothing about the members of your group.

Would you have time for a short talk, in writing if you prefer? I would like to know what is asked in your group and how we can support you.

Here you can check whether this profile is really ours: {check}

If you do not want this, a short no is enough, and I will not write again.

Kind regards
{who}""",
    "ar": """\
مرحبًا {name}،

أنا {who} من {network}، وهو مشروع استشاري مجاني لمن قدموا حديثًا إلى ألمانيا.
بإدارتك مجموعة «{group}» التي يطرح فيها كثيرون أسئلتهم.
نجيب عن هذه الأسئلة بمعلومات موثوقة وباللغة التي طُرحت بها: عن العمل والاعتراف بالشهادات والإقامة والأسرة. ولأسئلة النساء عندنا مكانها الخاص. نحن لا نعلن عن شيء، ولا نجمع أي بيانات عن أعضاء مجموعتك.

هل لديك وقت لحديث قصير، ولو كتابةً؟ يهمّني أن أعرف ما الأسئلة التي تُطرح في مجموعتك وكيف يمكننا دعمك.

يمكنك هنا التحقّق مما إذا كان هذا الحساب تابعًا لنا فعلًا:
{check}

إن لم تكن لديك رغبة في ذلك فتكفي كلمة «لا»، ولن أكتب إليك مرة أخرى.

مع أطيب التحيات
{who}""",
    "fr": """\
Bonjour {name},

Je suis {who}, de {network}, un projet de conseil gratuit pour les personnes nouvellement arrivées en Allemagne.
Vous animez le groupe « {group} », où beaucoup posent leurs questions.
Nous répondons à ces questions de façon fiable et dans la langue où elles sont posées : travail, reconnaissance des diplômes, séjour, famille. Les questions des femmes y ont toute leur place. Nous ne faisons aucune publicité et ne recueillons rien sur les membres de votre groupe.

Auriez-vous un moment pour un court échange, par écrit si vous préférez ? J’aimerais savoir ce qui se demande dans votre groupe et comment nous pouvons vous aider.

Vous pouvez vérifier ici si ce profil est bien le nôtre : {check}

Si vous ne le souhaitez pas, un simple non suffit, et je ne vous écrirai plus.

Bien cordialement
{who}""",
    "sr": """\
Добар дан {name},

ја сам {who} из мреже {network}, бесплатног саветодавног пројекта за људе који су недавно дошли у Немачку.
Ви водите групу „{group}“, у којој многи постављају своја питања.
На таква питања одговарамо поуздано и на језику на ком су постављена: о раду, признавању диплома, боравку и породици. Питања жена код нас имају своје место. Ништа не рекламирамо и не прикупљамо податке о члановима Ваше групе.

Да ли бисте имали времена за кратак разговор, може и писмено? Занима ме шта се у Вашој групи пита и како можемо да Вас подржимо.

Овде можете да проверите да ли је овај профил заиста наш: {check}

Ако не желите, довољно је кратко „не“, и нећу Вам више писати.

Срдачан поздрав
{who}""",
    "es": """\
Hola {name}:

Soy {who}, de {network}, un proyecto de asesoramiento gratuito para personas recién llegadas a Alemania.
Usted lleva el grupo «{group}», donde muchas personas hacen sus preguntas.
Respondemos a esas preguntas con información fiable y en el idioma en que se hacen: trabajo, reconocimiento de títulos, residencia y familia. Las preguntas de las mujeres tienen aquí su propio lugar. No hacemos publicidad ni recogemos datos de los miembros de su grupo.

¿Tendría un momento para una conversación breve, también por escrito si lo prefiere? Me gustaría saber qué se pregunta en su grupo y cómo podemos apoyarle.

Aquí puede comprobar si este perfil es realmente nuestro: {check}

Si no lo desea, basta con un «no», y no volveré a escribirle.

Un saludo cordial
{who}""",
}
AGAIN: Mapping[str, str] = {
    "de": """\
Guten Tag {name},

vor einiger Zeit habe ich Ihnen für {network} geschrieben. Vielleicht ist die Nachricht untergegangen, deshalb melde ich mich noch einmal.
Es geht um die Gruppe „{group}“ und die Fragen, die dort gestellt werden.
Passt Ihnen in den nächsten Wochen ein kurzes Gespräch, oder soll ich später noch einmal fragen?

Hier können Sie prüfen, ob dieses Profil wirklich zu uns gehört: {check}

Ein kurzes Nein genügt, und ich schreibe nicht wieder.

Freundliche Grüße
{who}""",
    "en": """\
Hello {name},

some time ago I wrote to you for {network}. Perhaps the message got lost, so I am asking once more.
It is about the group “{group}” and the questions that are asked there.
Would a short talk suit you in the coming weeks, or shall I ask again later?

Here you can check whether this profile is really ours: {check}

A short no is enough, and I will not write again.

Kind regards
{who}""",
    "ar": """\
مرحبًا {name}،

كتبتُ إليك قبل مدة باسم {network}. ربما لم تصلك الرسالة، لذلك أكتب مرة أخرى.
الموضوع هو مجموعة «{group}» والأسئلة التي تُطرح فيها.
هل يناسبك حديث قصير في الأسابيع القادمة، أم أعود إلى السؤال لاحقًا؟

يمكنك هنا التحقّق مما إذا كان هذا الحساب تابعًا لنا فعلًا:
{check}

تكفي كلمة «لا»، ولن أكتب إليك مرة أخرى.

مع أطيب التحيات
{who}""",
    "fr": """\
Bonjour {name},

Je vous ai écrit il y a quelque temps pour {network}. Mon message s’est peut-être perdu, je me permets donc de revenir vers vous.
Il s’agit du groupe « {group} » et des questions qui y sont posées.
Un court échange vous conviendrait-il dans les semaines qui viennent, ou dois-je vous le redemander plus tard ?

Vous pouvez vérifier ici si ce profil est bien le nôtre : {check}

Un simple non suffit, et je ne vous écrirai plus.

Bien cordialement
{who}""",
    "sr": """\
Добар дан {name},

пре неког времена писао Вам је неко из мреже {network}. Можда се порука изгубила, па се јављам још једном.
Реч је о групи „{group}“ и о питањима која се тамо постављају.
Да ли би Вам у наредним недељама одговарао кратак разговор, или да питам касније?

Овде можете да проверите да ли је овај профил заиста наш: {check}

Довољно је кратко „не“, и нећу Вам више писати.

Срдачан поздрав
{who}""",
    "es": """\
Hola {name}:

Hace un tiempo le escribí de parte de {network}. Quizá el mensaje se perdió, por eso vuelvo a preguntarle.
Se trata del grupo «{group}» y de las preguntas que allí se hacen.
¿Le vendría bien una conversación breve en las próximas semanas, o prefiere que le pregunte más adelante?

Aquí puede comprobar si este perfil es realmente nuestro: {check}

Basta con un «no», y no volveré a escribirle.

Un saludo cordial
{who}""",
}  # fmt: skip
LANGUAGES = tuple(FIRST)


@dataclass(frozen=True)
class Texts:
    """The texts of a language, with their German beside them; whether somebody has changed them, and their version."""

    language: str
    first: str
    first_german: str
    again: str
    again_german: str
    changed: bool = False
    version: int = 0

    def of(self, kind: str) -> tuple[str, str]:
        """Give the text of a kind and its German."""
        return (self.again, self.again_german) if kind == "again" else (self.first, self.first_german)


def shipped(language: str) -> Texts:
    """Give the texts that are shipped in a language."""
    beside = language != "de"
    return Texts(
        language,
        FIRST[language],
        FIRST["de"] if beside else "",
        AGAIN[language],
        AGAIN["de"] if beside else "",
    )


def texts(language: str) -> Texts:
    """Give the texts in a language: as coordination has changed them, else as they are shipped; one query.

    `sr-latn` is written from `sr`; a language in which there are none becomes English.
    """
    base = language.split("-")[0] if language.split("-")[0] in LANGUAGES else "en"
    row = Opening.objects.filter(language=base).first()
    found = of_row(row) if row else shipped(base)
    if language == "sr-latn":
        found = Texts(
            language, _in_latin(found.first), found.first_german, _in_latin(found.again), found.again_german,
            found.changed, found.version,
        )  # fmt: skip
    return found


def of_row(row: Opening) -> Texts:
    """Give the texts that coordination has changed."""
    return Texts(
        row.language, row.first, row.first_german, row.again, row.again_german, changed=True, version=row.version
    )


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """Fill in a text; a line about a group nobody knows is left out, and so is a name nobody knows."""
    return filled(text, values, vital=("group",))


def with_check(text: str) -> str:
    """Let a text lead to the page on which anybody can check the profile, at its end where it does not yet."""
    return text if NEEDED in places(text) else f"{text}\n\n{{{NEEDED}}}"


def _in_latin(text: str) -> str:
    """Write a Serbian text in Latin letters; the places to fill in are Latin already."""
    return latin(text)
