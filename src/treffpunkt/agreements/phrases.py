"""The small words that fill the gaps of our sentences, in each language: how long, how often, which rights."""

from __future__ import annotations

from treffpunkt.agreements.models.rights import GrantedRight

K = GrantedRight.Kind

TITLES = {
    "de": "Unsere Zusammenarbeit", "en": "How we work together", "ar": "كيف نتعاون معًا", "fr": "Notre coopération",
    "sr": "Наша сарадња", "es": "Nuestra cooperación",
}  # fmt: skip
BETWEEN = {
    "de": "Zwischen {network} und allen, die {groups} leiten.",
    "en": "Between {network} and those who lead {groups}.",
    "ar": "بين {network} ومن يدير {groups}.",
    "fr": "Entre {network} et les personnes qui dirigent {groups}.",
    "sr": "Између {network} и оних који воде {groups}.",
    "es": "Entre {network} y quienes dirigen {groups}.",
}
# Where no group is named: as somebody leads it, and as something happens in it.
LED = {
    "de": "Ihre Gruppe", "en": "your group", "ar": "مجموعتك", "fr": "votre groupe", "sr": "вашу групу", "es": "su grupo",
}  # fmt: skip
WITHIN = LED | {"de": "Ihrer Gruppe", "sr": "вашој групи"}
# A profile or a blog may bear its owner's name, and no text of ours names a person.
LED_PROFILE = {
    "de": "Ihr Profil auf {platform}", "en": "your profile on {platform}", "ar": "صفحتك على {platform}",
    "fr": "votre profil sur {platform}", "sr": "ваш профил на мрежи {platform}", "es": "su perfil en {platform}",
}  # fmt: skip
WITHIN_PROFILE = LED_PROFILE | {"de": "Ihrem Profil auf {platform}", "sr": "вашем профилу на мрежи {platform}"}
LED_BLOG = {
    "de": "Ihren Blog", "en": "your blog", "ar": "مدوّنتك", "fr": "votre blog", "sr": "ваш блог", "es": "su blog",
}  # fmt: skip
WITHIN_BLOG = LED_BLOG | {"de": "Ihrem Blog", "sr": "вашем блогу"}
QUOTED = {"de": "„{}“", "en": "“{}”", "ar": "«{}»", "fr": "« {} »", "sr": "„{}“", "es": "«{}»"}
AND = {"de": " und ", "en": " and ", "ar": " و", "fr": " et ", "sr": " и ", "es": " y "}
COMMA = {"ar": "، "}

# Within one, two, few (3, 4), more working days.
ANSWERS = {
    "de": ("innerhalb eines Werktags", "innerhalb von zwei Werktagen", *["innerhalb von {} Werktagen"] * 2),
    "en": ("within one working day", "within two working days", *["within {} working days"] * 2),
    "ar": ("خلال يوم عمل واحد", "خلال يومَي عمل", "خلال {} أيام عمل", "خلال {} أيام عمل"),
    "fr": ("en un jour ouvré", "en deux jours ouvrés", *["en {} jours ouvrés"] * 2),
    "sr": ("у року од једног радног дана", "у року од два радна дана", "у року од {} радна дана",
           "у року од {} радних дана"),
    "es": ("en un día laborable", "en dos días laborables", *["en {} días laborables"] * 2),
}  # fmt: skip
MOST_DAYS = 10
# How often we ask whether it still suits, by months.
REVIEWS = {
    3: {"de": "alle drei Monate", "en": "every three months", "ar": "كل ثلاثة أشهر", "fr": "tous les trois mois",
        "sr": "свака три месеца", "es": "cada tres meses"},
    6: {"de": "zweimal im Jahr", "en": "twice a year", "ar": "مرتين في السنة", "fr": "deux fois par an",
        "sr": "двапут годишње", "es": "dos veces al año"},
    12: {"de": "einmal im Jahr", "en": "once a year", "ar": "مرة في السنة", "fr": "une fois par an",
         "sr": "једном годишње", "es": "una vez al año"},
    24: {"de": "alle zwei Jahre", "en": "every two years", "ar": "مرة كل سنتين", "fr": "tous les deux ans",
         "sr": "сваке две године", "es": "cada dos años"},
}  # fmt: skip
# After “we may”.
RIGHTS = {
    K.JOIN: {"de": "mit unserem beruflichen Profil Mitglied sein", "en": "be a member with our professional profile",
             "ar": "أن ننضم بحسابنا المهني", "fr": "être membres avec notre profil professionnel",
             "sr": "бити чланови са својим професионалним профилом", "es": "ser miembros con nuestro perfil profesional"},
    K.POST: {"de": "posten, ohne dass jemand freigeben muss", "en": "post without waiting for approval",
             "ar": "أن ننشر دون انتظار الموافقة", "fr": "publier sans attendre d’approbation",
             "sr": "објављивати без чекања на одобрење", "es": "publicar sin esperar aprobación"},
    K.LINKS: {"de": "Links posten", "en": "post links", "ar": "أن ننشر روابط", "fr": "publier des liens",
              "sr": "постављати линкове", "es": "publicar enlaces"},
    K.PIN: {"de": "Beiträge anheften lassen", "en": "have posts pinned", "ar": "أن نطلب تثبيت منشورات",
            "fr": "faire épingler des publications", "sr": "замолити да се објаве закаче",
            "es": "pedir que se fijen publicaciones"},
    K.BADGE: {"de": "als Fachleute gekennzeichnet sein", "en": "be marked as experts",
              "ar": "أن نظهر بصفة خبراء", "fr": "être signalés comme experts",
              "sr": "бити означени као стручњаци", "es": "aparecer como personas expertas"},
    K.TAGGED: {"de": "unter Fragen markiert werden", "en": "be tagged under questions",
               "ar": "أن يُشار إلينا تحت الأسئلة", "fr": "être mentionnés sous les questions",
               "sr": "бити означени испод питања", "es": "ser etiquetados en las preguntas"},
    K.LIVE: {"de": "Fragestunden live anbieten", "en": "hold live question hours", "ar": "أن نقدّم لقاءات مباشرة",
             "fr": "proposer des séances en direct", "sr": "водити разговоре уживо", "es": "ofrecer sesiones en directo"},
    K.ANNOUNCE: {"de": "Termine und Angebote ankündigen", "en": "announce dates and offers",
                 "ar": "أن نعلن عن مواعيد وعروض", "fr": "annoncer des dates et des offres",
                 "sr": "најављивати термине и понуде", "es": "anunciar fechas y ofertas"},
    K.MODERATE: {"de": "mitmoderieren", "en": "help to moderate", "ar": "أن نساعد في الإشراف",
                 "fr": "aider à modérer", "sr": "помагати у модерирању", "es": "ayudar a moderar"},
}  # fmt: skip
