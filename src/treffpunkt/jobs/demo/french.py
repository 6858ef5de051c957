"""The French-speaking community of the demo story. Everybody here is invented."""

from treffpunkt.jobs.demo.world import Group, Person, Said, World

WORLD = World(
    language="fr",
    name="Französischsprachige Community",
    countries=("CM", "SN", "CI", "TG", "FR"),
    platforms=("facebook", "whatsapp"),
    title="Rencontre des responsables de groupes francophones",
    groups=(
        Group("Femmes francophones d’Allemagne", "Frankophone Frauen", "facebook", 16_700, "cooperating", True, "Travail, enfants, démarches", "Respect, pas de publicité, pas de messages privés sans accord.", led_by=(0, 1)),
        Group("Camerounais de Berlin", "Kameruner in Berlin", "facebook", 9_900, "contacted", place="Berlin", led_by=(2,)),
        Group("Mamans de Cologne", "Mütter in Köln", "whatsapp", 430, "joined", True, place="Köln", led_by=(3,)),
        Group("Ankommen – le blog", "Blogredaktion „Ankommen“", "blog", 7_800, kind="blog", about="Arriver, apprendre, travailler", led_by=(4, 5)),
        Group("Étudier en Allemagne", "In Deutschland studieren", "facebook", 83_500, led_by=(6, 7)),
        Group("Togolais de Munich", "Togolesen in München", "facebook", 3_350, place="Munich", led_by=(8,)),
        Group("Diplômes et reconnaissance", "Abschlüsse anerkennen", "telegram", 5_900, "contacted", kind="channel", led_by=(9, 4)),
        Group("Dakar–Düsseldorf", "Dakar–Düsseldorf", "instagram", 12_100, kind="profile", place="Düsseldorf", led_by=(10,)),
        Group("Travailler sans se perdre", "Arbeiten ohne unterzugehen", "youtube", 22_400, kind="channel", led_by=(11,)),
        Group("Solidarité Côte d’Ivoire", "Solidarität Elfenbeinküste", "facebook", 6_150, led_by=(12, 13)),
        Group("Logement Hambourg", "Wohnen Hamburg", "telegram", 4_600, place="Hamburg", led_by=(14,)),
        Group("Naître et grandir ici", "Hier geboren, hier groß", "facebook", 2_900, "dormant", True, led_by=(15,)),
    ),
    people=(
        Person("Aminata Sow", "aminata.demo", "mail", "won"), Person("Claire Dubreuil", "claire.demo", "mail", "asked"),
        Person("Serge Mbarga", "serge.demo", "messenger"), Person("Fatou Ndiaye", "fatou.demo", "whatsapp", "won"),
        Person("Éloïse Kamga", "eloise.demo", "mail"), Person("Mariam Traoré", "mariam.demo"),
        Person("Hervé Tchana", "herve.demo", "messenger"), Person("Inès Belhadj", "ines.demo", "instagram"),
        Person("Koffi Agbeko", "koffi.demo"), Person("Solange Bikoko", "solange_demo", "telegram", "asked"),
        Person("Ousmane Fall", "ousmane.demo", "instagram"), Person("Nadège Essomba", "nadege.demo", "mail"),
        Person("Awa Kouassi", "awa.demo", "whatsapp"), Person("Yves Konan", "yves.demo"),
        Person("Blaise Ondoua", "blaise_demo", "telegram"), Person("Rokia Cissé", "rokia.demo", "messenger", "declined"),
        Person("Pascal Moreau", "pascal.demo", "mail"), Person("Djeneba Keïta", "djeneba.demo"),
        Person("Lucie Fonkam", "lucie.demo", "whatsapp"), Person("Moussa Diop", "moussa.demo"),
    ),
    said=(
        Said(1, "WhatsApp reste le premier réseau, mais TikTok monte très vite chez les jeunes.", "WhatsApp bleibt das wichtigste Netz, aber TikTok wächst bei den Jungen sehr schnell.", "trend"),
        Said(2, "Le blog touche aussi les familles arabophones, grâce aux traductions.", "Der Blog erreicht durch Übersetzungen auch arabischsprachige Familien.", "space"),
        Said(3, "Les femmes demandent comment garder leur titre de séjour après une séparation.", "Frauen fragen, wie sie nach einer Trennung ihren Aufenthaltstitel behalten.", "need", True),
        Said(3, "Il manque des informations simples sur le congé parental.", "Es fehlen einfache Informationen zur Elternzeit.", "need", True),
        Said(4, "Les messages vocaux marchent mieux que les textes.", "Sprachnachrichten wirken besser als Texte.", "lesson"),
        Said(5, "Dans les commentaires, on se moque de l’accent des femmes noires.", "In Kommentaren wird über den Akzent Schwarzer Frauen gespottet.", "incident", True),
        Said(6, "Nous relisons volontiers vos fiches en français.", "Wir lesen eure französischen Karten gern gegen.", "promise", task="Faktenkarten auf Französisch gegenlesen", days=12),
        Said(7, "Une rencontre par saison suffit, mais avec un compte rendu clair.", "Ein Treffen je Saison genügt, aber mit klarem Protokoll."),
    ),
    summary="Sprachnachrichten und der Blog sind die Wege mit der größten Wirkung. Aufenthalt nach Trennung und Elternzeit brauchen Antworten auf Französisch.",
    contacts=("Souhaite un exemple de réponse avant d’accepter.", "Propose un rendez-vous le samedi soir."),
)  # fmt: skip
