"""The sentences that the house comes with: plain words that somebody understands at eleven at night on a phone.

Each says one thing. The gaps in braces are filled when an agreement is composed (see `composing.GAPS`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from treffpunkt.agreements.models.clauses import Section as S


@dataclass(frozen=True)
class Seed:
    """A clause as it is shipped."""

    key: str
    section: S
    name_de: str
    name_en: str
    texts: Mapping[str, str]
    standard: bool = False
    expected: bool = False
    fixed: bool = False


SEEDS = (
    Seed(
        "answer", S.OURS, "Wir beantworten Fragen", "We answer questions",
        {
            "de": "Wir beantworten Fragen aus Ihrer Gruppe {answer}, in Ihrer Sprache und kostenlos.",
            "en": "We answer questions from your group {answer}, in your language and free of charge.",
            "ar": "نجيب عن أسئلة مجموعتك {answer}، بلغتك ومجانًا.",
            "fr": "Nous répondons aux questions de votre groupe {answer}, dans votre langue et gratuitement.",
            "sr": "На питања из ваше групе одговарамо {answer}, на вашем језику и бесплатно.",
            "es": "Respondemos a las preguntas de su grupo {answer}, en su idioma y gratis.",
        },
        standard=True,
    ),
    Seed(
        "openly", S.OURS, "Offen und ohne Werbung", "Openly, no advertising",
        {
            "de": "Wir schreiben immer offen als {network}, machen keine Werbung und halten uns an die Regeln Ihrer Gruppe.",
            "en": "We always write openly as {network}, never advertise, and keep to the rules of your group.",
            "ar": "نكتب دائمًا باسم {network} بشكل واضح، ولا ننشر إعلانات، ونلتزم بقواعد مجموعتك.",
            "fr": "Nous écrivons toujours ouvertement au nom de {network}, sans publicité, et respectons les règles de votre groupe.",
            "sr": "Увек пишемо отворено као {network}, не рекламирамо ништа и поштујемо правила ваше групе.",
            "es": "Siempre escribimos abiertamente como {network}, no hacemos publicidad y respetamos las normas de su grupo.",
        },
        standard=True,
    ),
    Seed(
        "privacy", S.OURS, "Nichts über Mitglieder", "Nothing about members",
        {
            "de": "Über die Mitglieder Ihrer Gruppe speichern wir nichts, und niemandem schreiben wir ungefragt.",
            "en": "We store nothing about the members of your group, and we write to nobody unasked.",
            "ar": "لا نحفظ أي شيء عن عضوات وأعضاء مجموعتك، ولا نراسل أحدًا دون طلب.",
            "fr": "Nous n’enregistrons rien sur les membres de votre groupe et n’écrivons à personne sans y être invités.",
            "sr": "О члановима ваше групе не чувамо ништа и никоме не пишемо ако нас није питао.",
            "es": "No guardamos nada sobre los miembros de su grupo y no escribimos a nadie que no lo haya pedido.",
        },
    ),
    Seed(
        "facts", S.OURS, "Kurze Fakten zum Anheften", "Short facts to pin",
        {
            "de": "Wir schicken Ihnen kurze, geprüfte Fakten in Ihrer Sprache, die Sie anheften können.",
            "en": "We send you short, checked facts in your language that you can pin.",
            "ar": "نرسل إليك معلومات قصيرة ومدقّقة بلغتك يمكنك تثبيتها.",
            "fr": "Nous vous envoyons de courtes informations vérifiées, dans votre langue, que vous pouvez épingler.",
            "sr": "Шаљемо вам кратке, проверене чињенице на вашем језику које можете да закачите.",
            "es": "Le enviamos datos breves y comprobados en su idioma que puede fijar.",
        },
    ),
    Seed(
        "report", S.OURS, "Was Ihre Gruppe gefragt hat", "What your group asked",
        {
            "de": "Wir erzählen Ihnen regelmäßig, was Ihre Gruppe gefragt hat, ohne zu sagen, wer.",
            "en": "We tell you regularly what your group asked, without saying who.",
            "ar": "نخبرك بانتظام بما سألت عنه مجموعتك، دون أن نذكر من سأل.",
            "fr": "Nous vous disons régulièrement ce que votre groupe a demandé, sans dire qui.",
            "sr": "Редовно вам јављамо шта је ваша група питала, а не и ко је питао.",
            "es": "Le contamos con regularidad qué ha preguntado su grupo, sin decir quién.",
        },
    ),
    Seed(
        "training", S.OURS, "Wissen für die Leitung", "Knowledge for those who lead",
        {
            "de": "Auf Wunsch erklären wir Ihnen und Ihrem Team, was bei häufigen Fragen gilt.",
            "en": "If you wish, we explain to you and your team what holds for common questions.",
            "ar": "إذا رغبت، نشرح لك ولفريقك ما هو صحيح في الأسئلة المتكررة.",
            "fr": "Si vous le souhaitez, nous vous expliquons, à vous et à votre équipe, ce qui vaut pour les questions fréquentes.",
            "sr": "Ако желите, вама и вашем тиму објашњавамо шта важи за честа питања.",
            "es": "Si lo desea, le explicamos a usted y a su equipo qué vale en las preguntas frecuentes.",
        },
    ),
    Seed(
        "granted", S.RIGHTS, "Was wir dürfen", "What we may do",
        {
            "de": "In {groups} dürfen wir: {rights}.",
            "en": "In {groups} we may: {rights}.",
            "ar": "في {groups} يمكننا: {rights}.",
            "fr": "Dans {groups}, nous pouvons : {rights}.",
            "sr": "У {groups} смемо: {rights}.",
            "es": "En {groups} podemos: {rights}.",
        },
        standard=True,
    ),
    Seed(
        "tell", S.THEIRS, "Sie sagen uns, wenn sich etwas ändert", "You tell us when something changes",
        {
            "de": "Sie sagen uns kurz Bescheid, wenn sich Regeln oder die Leitung der Gruppe ändern.",
            "en": "You tell us briefly when the rules or the people who lead the group change.",
            "ar": "تخبرنا إدارة المجموعة باختصار إذا تغيّرت القواعد أو تغيّر من يديرها.",
            "fr": "Vous nous prévenez brièvement si les règles ou les responsables du groupe changent.",
            "sr": "Кратко нам јавите ако се промене правила или они који воде групу.",
            "es": "Nos avisa brevemente si cambian las normas o quienes dirigen el grupo.",
        },
        standard=True,
    ),
    Seed(
        "false", S.THEIRS, "Falsches gemeinsam richtigstellen", "Putting false claims right together",
        {
            "de": "Wenn in der Gruppe etwas Falsches über Rechte oder Fristen steht, dürfen Sie uns rufen, und wir stellen es richtig.",
            "en": "If something false about rights or deadlines is posted, you can call us and we put it right.",
            "ar": "إذا انتشرت معلومة خاطئة عن الحقوق أو المواعيد، يمكنك مناداتنا فنصحّحها.",
            "fr": "Si une fausse information sur des droits ou des délais circule, appelez-nous et nous la corrigeons.",
            "sr": "Ако се појави нетачна информација о правима или роковима, позовите нас и ми ћемо је исправити.",
            "es": "Si aparece algo falso sobre derechos o plazos, puede llamarnos y lo corregimos.",
        },
    ),
    Seed(
        "women", S.WOMEN, "Fragen von Frauen", "Women's questions",
        {
            "de": "Fragen von Frauen gehen nicht unter: Wir achten besonders auf sie und antworten auf Wunsch privat.",
            "en": "Women’s questions do not get lost: we watch for them especially and answer in private if she wishes.",
            "ar": "أسئلة النساء لا تضيع: ننتبه إليها بشكل خاص ونجيب على انفراد لمن ترغب.",
            "fr": "Les questions des femmes ne se perdent pas : nous y sommes particulièrement attentifs et répondons en privé si elles le souhaitent.",
            "sr": "Питања жена се не губе: на њих посебно пазимо и одговарамо приватно ако то желе.",
            "es": "Las preguntas de las mujeres no se pierden: les prestamos especial atención y respondemos en privado si lo desean.",
        },
        standard=True, expected=True,
    ),
    Seed(
        "women-topics", S.WOMEN, "Themen, die Frauen betreffen", "Topics that concern women",
        {
            "de": "Zu diesen Themen bringen wir Antworten mit, auch wenn niemand laut fragt: {topics}.",
            "en": "On these topics we bring answers even if nobody asks aloud: {topics}.",
            "ar": "نقدّم معلومات عن هذه المواضيع حتى إن لم يسأل عنها أحد علنًا: {topics}.",
            "fr": "Sur ces sujets, nous apportons des réponses même si personne ne pose la question tout haut : {topics}.",
            "sr": "О овим темама доносимо одговоре и кад нико гласно не пита: {topics}.",
            "es": "Sobre estos temas traemos respuestas aunque nadie pregunte en voz alta: {topics}.",
        },
        standard=True, expected=True,
    ),
    Seed(
        "women-safe", S.WOMEN, "Schutz, wenn jemand in Not ist", "Safety when somebody is in need",
        {
            "de": "Schreibt jemand aus einer Notlage, antworten wir nie mit Einzelheiten vor allen, sondern zeigen einen sicheren Weg zu Hilfe.",
            "en": "If somebody writes in distress, we never answer with details in front of everybody but show a safe way to help.",
            "ar": "إذا كتب شخص وهو في محنة، لا نجيب بالتفاصيل أمام الجميع، بل ندلّه على طريق آمن إلى المساعدة.",
            "fr": "Si quelqu’un écrit dans la détresse, nous ne répondons jamais en détail devant tous, mais montrons un chemin sûr vers l’aide.",
            "sr": "Ако неко пише у невољи, никад не одговарамо пред свима до детаља, већ показујемо сигуран пут до помоћи.",
            "es": "Si alguien escribe en apuros, nunca respondemos con detalles delante de todos, sino que mostramos un camino seguro hacia la ayuda.",
        },
        expected=True,
    ),
    Seed(
        "women-space", S.WOMEN, "Ein Raum nur für Frauen", "A space for women only",
        {
            "de": "Gibt es einen Raum nur für Frauen, antworten dort nur Frauen.",
            "en": "Where there is a space for women only, only women answer there.",
            "ar": "إذا وُجدت مساحة للنساء فقط، فلا تجيب فيها إلا نساء.",
            "fr": "S’il existe un espace réservé aux femmes, seules des femmes y répondent.",
            "sr": "Ако постоји простор само за жене, тамо одговарају само жене.",
            "es": "Si hay un espacio solo para mujeres, allí solo responden mujeres.",
        },
    ),
    Seed(
        "organisation", S.FRAME, "Organisation dahinter", "Organisation behind it",
        {
            "de": "Hinter dieser Vereinbarung steht auf Ihrer Seite auch: {organisation}.",
            "en": "On your side this is also backed by: {organisation}.",
            "ar": "تقف إلى جانبك في هذا الاتفاق أيضًا: {organisation}.",
            "fr": "De votre côté, cet accord est aussi soutenu par : {organisation}.",
            "sr": "На вашој страни иза овог договора стоји и: {organisation}.",
            "es": "Por su parte, este acuerdo lo respalda también: {organisation}.",
        },
        standard=True,
    ),
    Seed(
        "review", S.FRAME, "Passt es noch?", "Does it still suit?",
        {
            "de": "{review} fragen wir Sie, ob alles noch passt; Änderungen gelten erst, wenn Sie zustimmen.",
            "en": "{review} we ask you whether everything still suits; changes hold only once you agree.",
            "ar": "{review} نسألك إن كان كل شيء ما زال مناسبًا، ولا يسري أي تغيير إلا بموافقتك.",
            "fr": "{review}, nous vous demandons si tout convient encore ; un changement ne vaut que si vous l’acceptez.",
            "sr": "{review} питамо вас да ли све и даље одговара; измене важе тек кад се сложите.",
            "es": "{review} le preguntamos si todo sigue bien; los cambios solo valen si usted está de acuerdo.",
        },
    ),
    Seed(
        "end", S.FRAME, "Jederzeit beenden", "End it at any time",
        {
            "de": "Sie können die Zusammenarbeit jederzeit beenden, sofort, mit einem Tippen und ohne Grund.",
            "en": "You can end this at any time, at once, with one tap and without a reason.",
            "ar": "يمكنك إنهاء التعاون في أي وقت، فورًا وبلمسة واحدة ودون ذكر السبب.",
            "fr": "Vous pouvez y mettre fin à tout moment, tout de suite, d’un simple geste et sans donner de raison.",
            "sr": "Сарадњу можете да прекинете у сваком тренутку, одмах, једним додиром и без разлога.",
            "es": "Puede terminar la cooperación en cualquier momento, al instante, con un toque y sin dar motivos.",
        },
        standard=True, fixed=True,
    ),
)  # fmt: skip
