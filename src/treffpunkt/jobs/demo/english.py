"""The English-speaking community of the demo story. Everybody here is invented."""

from treffpunkt.jobs.demo.world import Group, Person, Said, World

WORLD = World(
    language="en",
    name="Englischsprachige Community",
    countries=("NG", "GH", "KE", "IN"),
    platforms=("facebook", "instagram"),
    title="Meeting of the people who lead English-speaking groups",
    groups=(
        Group("African Women in Germany", "Afrikanische Frauen", "facebook", 38_900, "cooperating", True, "Work, school, housing, everyday life", "Be kind. No selling. Links only from the team.", led_by=(0, 1)),
        Group("Nigerians in NRW", "Nigerianer in NRW", "facebook", 14_200, "contacted", place="Essen", led_by=(2, 3)),
        Group("Ghana Mums Hamburg", "Ghanaische Mütter Hamburg", "whatsapp", 610, "joined", True, place="Hamburg", led_by=(4,)),
        Group("Nurses on the Way", "Pflegekräfte unterwegs", "telegram", 11_800, about="Recognition of nursing qualifications", kind="channel", led_by=(5, 6)),
        Group("Indian Students Germany", "Indische Studierende", "facebook", 127_000, about="Studying, visa, jobs", led_by=(7, 8, 9)),
        Group("Expats Ask Berlin", "Zugezogene fragen, Berlin", "facebook", 71_500, "contacted", place="Berlin", led_by=(10, 11)),
        Group("Kenyan Voices", "Kenianische Stimmen", "instagram", 6_300, kind="profile", led_by=(12,)),
        Group("Life in Germany, Plainly", "Leben in Deutschland, einfach gesagt", "youtube", 58_400, kind="channel", led_by=(13,)),
        Group("Single and Strong", "Alleinerziehend und stark", "facebook", 4_750, "cooperating", True, "Single parents help one another", led_by=(1, 14)),
        Group("Refugee Rights Reading Room", "Leseraum Asylrecht", "blog", 2_100, kind="blog", led_by=(15,)),
        Group("Job Leads Frankfurt", "Stellen in Frankfurt", "telegram", 19_600, place="Frankfurt am Main", led_by=(16, 9)),
        Group("Cameroon and Friends Stuttgart", "Kamerun und Freunde", "facebook", 5_420, "dormant", place="Stuttgart", led_by=(17,)),
    ),
    people=(
        Person("Grace Adomako", "grace.demo", "mail", "won"), Person("Ifeoma Nwosu", "ifeoma.demo", "mail", "won"),
        Person("Chidi Okonjo", "chidi.demo", "messenger", "asked"), Person("Blessing Eze", "blessing.demo"),
        Person("Akua Sarpong", "akua.demo", "whatsapp", "won"), Person("Ruth Mwangi", "ruth_demo", "telegram"),
        Person("Daniel Otieno", "daniel_demo", "telegram"), Person("Priya Raman", "priya.demo", "mail", "asked"),
        Person("Arjun Menon", "arjun.demo"), Person("Neha Kulkarni", "neha.demo", "telegram"),
        Person("Tom Hartley", "tom.demo", "mail"), Person("Sofia Lindgren", "sofia.demo"),
        Person("Wanjiru Kamau", "wanjiru.demo", "instagram"), Person("Samuel Boateng", "samuel.demo", "mail"),
        Person("Mercy Abebe", "mercy.demo", "whatsapp"), Person("Joy Tembo", "joy.demo", "mail"),
        Person("Emeka Obi", "emeka_demo", "telegram"), Person("Clarisse Ngono", "clarisse.demo", "messenger", "declined"),
        Person("Faith Njoroge", "faith.demo"), Person("Rahul Nair", "rahul.demo"),
    ),
    said=(
        Said(1, "WhatsApp is where mothers talk; Facebook is where they search.", "Auf WhatsApp wird geredet, auf Facebook wird gesucht.", "trend", True),
        Said(2, "New members must answer three questions, so ask us before your colleagues join.", "Neue Mitglieder müssen drei Fragen beantworten; sprecht uns an, bevor Kolleginnen beitreten.", "space"),
        Said(3, "Nurses do not understand why recognition takes so long and what they may do meanwhile.", "Pflegekräfte verstehen nicht, warum die Anerkennung so lange dauert und was sie solange dürfen.", "need"),
        Said(3, "Women ask for child care during German courses, in every single thread.", "Frauen fragen unter jedem Beitrag nach Kinderbetreuung während der Deutschkurse.", "need", True),
        Said(4, "An answer within a day is worth more than a perfect one after a week.", "Eine Antwort am selben Tag ist mehr wert als eine perfekte nach einer Woche.", "lesson"),
        Said(5, "Landlords write that they do not rent to Africans. People screenshot it and then nothing happens.", "Vermieter schreiben, dass sie nicht an Afrikaner vermieten. Die Leute machen Screenshots davon, und dann geschieht nichts.", "incident"),
        Said(6, "We can give your counsellors a badge so that people know they are real.", "Wir können euren Beraterinnen ein Abzeichen geben, damit man weiß, dass sie echt sind.", "promise", task="Gruppenabzeichen für die Beraterinnen einrichten", days=10),
        Said(7, "Tell us afterwards what came of it. Nobody ever does.", "Sagt uns hinterher, was daraus wurde. Das tut sonst niemand."),
    ),
    summary="Schnelle Antworten zählen mehr als vollständige. Anerkennung in der Pflege und Kinderbetreuung sind die großen Themen.",
    contacts=("Wants a short voice message instead of long texts.", "Asked for a certificate for the moderators."),
)  # fmt: skip
