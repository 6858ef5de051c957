"""The seven topics of a networking meeting, with the questions that guide the talk, in six languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from treffpunkt.meetings.models import Kind


@dataclass(frozen=True)
class Topic:
    """A topic as it is shipped; `kinds` is what a statement under it often is, most likely first."""

    key: str
    minutes: int
    kinds: Sequence[Kind]
    titles: Mapping[str, str]
    questions: Mapping[str, Sequence[str]]


_ALWAYS = (Kind.TASK, Kind.PROMISE)

TOPICS = (
    Topic(
        key="platforms",
        minutes=10,
        kinds=(Kind.TREND, *_ALWAYS),
        titles={
            "de": "Plattformen",
            "en": "Platforms",
            "ar": "المنصّات",
            "fr": "Les plateformes",
            "sr": "Платформе",
            "es": "Las plataformas",
        },
        questions={
            "de": (
                "Welche Plattformen nutzt die Community zurzeit am meisten?",
                "Wohin wechseln die Menschen, und warum?",
                "Wo sind die Neuen, wo die Jungen, wo die Mütter?",
            ),
            "en": (
                "Which platforms does the community use most at present?",
                "Where are people moving to, and why?",
                "Where do newcomers meet, where do young people, where do mothers?",
            ),
            "ar": (
                "ما المنصّات الأكثر استخدامًا في الجالية حاليًا؟",
                "إلى أين ينتقل الناس، ولماذا؟",
                "أين نجد القادمين الجدد، وأين الشباب، وأين الأمهات؟",
            ),
            "fr": (
                "Quelles plateformes la communauté utilise-t-elle le plus en ce moment ?",
                "Vers lesquelles les gens se tournent-ils, et pourquoi ?",
                "Où se retrouvent les personnes nouvellement arrivées, les jeunes, les mères ?",
            ),
            "sr": (
                "Које платформе заједница тренутно највише користи?",
                "Куда људи прелазе и зашто?",
                "Где су новопридошли, где млади, а где мајке?",
            ),
            "es": (
                "¿Qué plataformas usa más la comunidad en este momento?",
                "¿Adónde se está yendo la gente y por qué?",
                "¿Dónde se reúnen quienes acaban de llegar, la gente joven y las madres?",
            ),
        },
    ),
    Topic(
        key="spaces",
        minutes=12,
        kinds=(Kind.SPACE, *_ALWAYS),
        titles={
            "de": "Gruppen, Kanäle und Zugänge",
            "en": "Groups, channels and ways in",
            "ar": "المجموعات والقنوات وسبل الوصول إليها",
            "fr": "Groupes, chaînes et accès",
            "sr": "Групе, канали и приступ",
            "es": "Grupos, canales y cómo entrar en ellos",
        },
        questions={
            "de": (
                "In welchen Gruppen und Kanälen trifft sich die Community?",
                "Wie kommt man hinein, und wer entscheidet darüber?",
                "Welche Regeln gelten dort für uns: Links, Beiträge, direkte Antworten?",
            ),
            "en": (
                "In which groups and channels does the community meet?",
                "How does one get in, and who decides?",
                "Which rules hold for us there: links, posts, direct answers?",
            ),
            "ar": (
                "في أي مجموعات وقنوات تلتقي الجالية؟",
                "كيف يمكن الانضمام إليها، ومن يقرّر ذلك؟",
                "ما القواعد التي تنطبق علينا هناك: الروابط والمنشورات والردود المباشرة؟",
            ),
            "fr": (
                "Dans quels groupes et sur quelles chaînes la communauté se retrouve-t-elle ?",
                "Comment y entre-t-on, et qui en décide ?",
                "Quelles règles y valent pour nous : liens, publications, réponses directes ?",
            ),
            "sr": (
                "У којим групама и на којим каналима се заједница окупља?",
                "Како се у њих улази и ко о томе одлучује?",
                "Која правила тамо важе за нас: линкови, објаве, директни одговори?",
            ),
            "es": (
                "¿En qué grupos y canales se reúne la comunidad?",
                "¿Cómo se entra y quién lo decide?",
                "¿Qué reglas valen allí para nuestro trabajo: enlaces, publicaciones, respuestas directas?",
            ),
        },
    ),
    Topic(
        key="needs",
        minutes=18,
        kinds=(Kind.NEED, *_ALWAYS),
        titles={
            "de": "Bedarfe und Informationsbedarfe",
            "en": "Needs and information needs",
            "ar": "الاحتياجات والحاجة إلى المعلومات",
            "fr": "Besoins et besoins d’information",
            "sr": "Потребе и потребе за информацијама",
            "es": "Necesidades y necesidades de información",
        },
        questions={
            "de": (
                "Was wird zurzeit am häufigsten gefragt, und was fragen besonders Frauen?",
                "Worauf findet niemand eine Antwort in der eigenen Sprache?",
                "Welche falschen Auskünfte machen die Runde?",
            ),
            "en": (
                "What is asked most often at present, and what do women ask in particular?",
                "To which questions does nobody find an answer in their own language?",
                "Which false information is going round?",
            ),
            "ar": (
                "ما أكثر الأسئلة تكرارًا حاليًا، وما الذي تسأل عنه النساء خصوصًا؟",
                "ما الأسئلة التي لا يجد لها أحد جوابًا بلغته؟",
                "ما المعلومات الخاطئة المتداولة؟",
            ),
            "fr": (
                "Quelles questions reviennent le plus en ce moment, et lesquelles viennent surtout de femmes ?",
                "À quelles questions personne ne trouve-t-il de réponse dans sa langue ?",
                "Quelles fausses informations circulent ?",
            ),
            "sr": (
                "Шта се тренутно најчешће пита, а шта посебно питају жене?",
                "На која питања нико не налази одговор на свом језику?",
                "Које нетачне информације круже?",
            ),
            "es": (
                "¿Qué se pregunta más en este momento y qué preguntan sobre todo las mujeres?",
                "¿Para qué preguntas nadie encuentra respuesta en su idioma?",
                "¿Qué informaciones falsas están circulando?",
            ),
        },
    ),
    Topic(
        key="challenges",
        minutes=12,
        kinds=(Kind.LESSON, *_ALWAYS),
        titles={
            "de": "Herausforderungen und Chancen",
            "en": "Challenges and chances",
            "ar": "التحدّيات والفرص",
            "fr": "Difficultés et chances",
            "sr": "Изазови и прилике",
            "es": "Dificultades y oportunidades",
        },
        questions={
            "de": (
                "Was macht es schwer, in sozialen Medien zu informieren und zu beraten?",
                "Was gelingt dort besser als in einem Büro?",
                "Was hat sich bewährt und wäre auch für andere nützlich?",
            ),
            "en": (
                "What makes it hard to inform and to counsel in social media?",
                "What works better there than in an office?",
                "What has proved its worth and would help others too?",
            ),
            "ar": (
                "ما الذي يصعّب تقديم المعلومات والمشورة في وسائل التواصل الاجتماعي؟",
                "ما الذي ينجح فيها أكثر ممّا ينجح في المكاتب؟",
                "ما الذي أثبت جدواه ويمكن أن يفيد الآخرين أيضًا؟",
            ),
            "fr": (
                "Qu’est-ce qui rend difficile l’information et le conseil sur les réseaux sociaux ?",
                "Qu’est-ce qui y réussit mieux que dans un bureau ?",
                "Qu’est-ce qui a fait ses preuves et servirait aussi à d’autres ?",
            ),
            "sr": (
                "Шта отежава информисање и саветовање на друштвеним мрежама?",
                "Шта тамо боље успева него у канцеларији?",
                "Шта се показало као добро и могло би да користи и другима?",
            ),
            "es": (
                "¿Qué hace difícil informar y asesorar en las redes sociales?",
                "¿Qué funciona allí mejor que en una oficina?",
                "¿Qué ha dado buen resultado y serviría también a otras personas?",
            ),
        },
    ),
    Topic(
        key="discrimination",
        minutes=12,
        kinds=(Kind.INCIDENT, *_ALWAYS),
        titles={
            "de": "Diskriminierung und Hassrede",
            "en": "Discrimination and hate speech",
            "ar": "التمييز وخطاب الكراهية",
            "fr": "Discrimination et discours de haine",
            "sr": "Дискриминација и говор мржње",
            "es": "Discriminación y discurso de odio",
        },
        questions={
            "de": (
                "Was kommt in den Gruppen vor, und gegen wen richtet es sich?",
                "Wie gehen die Admins damit um, und was kostet sie das?",
                "Welche Unterstützung wünschen sie sich von uns?",
            ),
            "en": (
                "What happens in the groups, and against whom is it aimed?",
                "How do administrators deal with it, and what does it cost them?",
                "Which support would they like from us?",
            ),
            "ar": (
                "ما الذي يحدث في المجموعات، وضدّ مَن يُوجَّه؟",
                "كيف تتعامل إدارة المجموعات مع ذلك، وكم يكلّفها ذلك؟",
                "ما الدعم المطلوب منّا؟",
            ),
            "fr": (
                "Que se passe-t-il dans les groupes, et contre qui cela est-il dirigé ?",
                "Comment l’administration des groupes y réagit-elle, et qu’est-ce que cela lui coûte ?",
                "Quel soutien attend-on de nous ?",
            ),
            "sr": (
                "Шта се дешава у групама и против кога је то усмерено?",
                "Како се они који воде групе носе с тим и колико их то кошта?",
                "Какву подршку очекују од нас?",
            ),
            "es": (
                "¿Qué ocurre en los grupos y contra quién se dirige?",
                "¿Cómo lo afronta quien administra un grupo y cuánto le cuesta?",
                "¿Qué apoyo se espera de nuestra parte?",
            ),
        },
    ),
    Topic(
        key="cooperation",
        minutes=14,
        kinds=(Kind.COOPERATION, *_ALWAYS),
        titles={
            "de": "Zusammenarbeit",
            "en": "Cooperation",
            "ar": "التعاون",
            "fr": "Coopération",
            "sr": "Сарадња",
            "es": "Cooperación",
        },
        questions={
            "de": (
                "Was können die Gruppen voneinander brauchen, was von uns?",
                "Was sollte fest vereinbart sein, damit es hält?",
                "Wie bleiben die Anliegen von Frauen dabei im Blick?",
            ),
            "en": (
                "What do the groups need from one another, and what from us?",
                "What should be firmly agreed so that it lasts?",
                "How do women’s concerns stay in view?",
            ),
            "ar": (
                "ما الذي تحتاج إليه المجموعات بعضها من بعض، وما الذي تحتاج إليه منّا؟",
                "ما الذي ينبغي الاتفاق عليه بوضوح ليدوم التعاون؟",
                "كيف تبقى قضايا النساء حاضرة في كل ذلك؟",
            ),
            "fr": (
                "De quoi les groupes ont-ils besoin les uns des autres, et de notre part ?",
                "Que faut-il convenir clairement pour que cela dure ?",
                "Comment garder à l’esprit les préoccupations des femmes ?",
            ),
            "sr": (
                "Шта је групама потребно једнима од других, а шта од нас?",
                "Шта треба чврсто договорити да би потрајало?",
                "Како да потребе жена при томе остану у видокругу?",
            ),
            "es": (
                "¿Qué necesitan los grupos unos de otros y qué necesitan de nuestra parte?",
                "¿Qué conviene acordar con claridad para que dure?",
                "¿Cómo mantener presentes las preocupaciones de las mujeres?",
            ),
        },
    ),
    Topic(
        key="sustainability",
        minutes=12,
        kinds=(Kind.LESSON, *_ALWAYS),
        titles={
            "de": "Wie bleiben wir dran?",
            "en": "How do we keep going?",
            "ar": "كيف نستمرّ معًا؟",
            "fr": "Comment continuer ensemble ?",
            "sr": "Како да наставимо заједно?",
            "es": "¿Cómo seguimos adelante?",
        },
        questions={
            "de": (
                "Was wollen wir voneinander lernen?",
                "Wie bleiben alle auf dem neuesten Stand, auch zwischen den Treffen?",
                "Wann sehen wir uns wieder, und wer sollte dann dabei sein?",
            ),
            "en": (
                "What do we want to learn from one another?",
                "How does everyone stay up to date, also between meetings?",
                "When do we meet again, and who should be there then?",
            ),
            "ar": (
                "ما الذي نريد أن نتعلّمه بعضنا من بعض؟",
                "كيف يبقى الجميع على اطّلاع بين لقاء وآخر؟",
                "متى نلتقي مجددًا، ومَن ينبغي أن يكون معنا حينها؟",
            ),
            "fr": (
                "Que voulons-nous apprendre des autres ?",
                "Comment rester à jour, aussi entre les rencontres ?",
                "Quand nous revoyons-nous, et qui devrait alors être présent ?",
            ),
            "sr": (
                "Шта желимо да научимо једни од других?",
                "Како да сви остану у току, и између састанака?",
                "Када се поново видимо и ко би тада требало да буде с нама?",
            ),
            "es": (
                "¿Qué queremos aprender de otras personas y de otros grupos?",
                "¿Cómo nos mantenemos al día también entre reuniones?",
                "¿Cuándo nos volvemos a ver y quién debería estar entonces?",
            ),
        },
    ),
)

# What an organisation is asked in the slot in which it explains what it does.
PRESENTING = {
    "de": ["Was machen Sie, und für wen?", "In welchen Sprachen, und wie erreicht man Sie am besten?"],
    "en": ["What do you do, and for whom?", "In which languages, and how are you best reached?"],
    "ar": ["ماذا تقدّمون، ولمن؟", "بأيّ لغات، وما أفضل طريقة للتواصل معكم؟"],
    "fr": ["Que proposez-vous, et à qui ?", "Dans quelles langues, et comment vous joindre au mieux ?"],
    "sr": ["Шта радите и за кога?", "На којим језицима и како до вас најлакше доћи?"],
    "es": ["¿Qué ofrecen y para quién?", "¿En qué idiomas y cuál es la mejor forma de contactarles?"],
}  # fmt: skip
