"""The Serbian-speaking community of the demo story. Everybody here is invented."""

from treffpunkt.jobs.demo.world import Group, Person, Said, World

WORLD = World(
    language="sr",
    name="Serbischsprachige Community",
    countries=("RS", "BA", "ME"),
    platforms=("facebook", "instagram"),
    title="Сусрет оних који воде групе на српском језику",
    groups=(
        Group("Žene u Nemačkoj", "Frauen in Deutschland", "facebook", 28_300, "cooperating", True, "Posao, deca, papiri", "Bez reklama, bez vređanja. Linkovi samo uz dogovor.", led_by=(0, 1)),
        Group("Срби у Минхену", "Serben in München", "facebook", 33_900, "contacted", place="Munich", led_by=(2, 3, 4)),
        Group("Posao u Nemačkoj – pitanja", "Arbeit in Deutschland", "facebook", 112_000, "contacted", about="Poslovi, ugovori, otkazi", led_by=(5, 6)),
        Group("Мајке у Штутгарту", "Mütter in Stuttgart", "facebook", 5_600, "joined", True, place="Stuttgart", led_by=(7,)),
        Group("Medicinske sestre DE", "Krankenschwestern DE", "facebook", 47_200, about="Priznavanje diploma", led_by=(8, 9)),
        Group("Nürnberg zajedno", "Nürnberg zusammen", "whatsapp", 720, place="Nuremberg", led_by=(10,)),
        Group("Нови почетак", "Neuer Anfang", "blog", 3_900, kind="blog", led_by=(11,)),
        Group("Vozači i logistika", "Fahrer und Logistik", "telegram", 15_100, led_by=(12, 6)),
        Group("Balkan mame", "Balkan-Mütter", "instagram", 21_700, women=True, kind="profile", led_by=(13,)),
        Group("Nemački bez muke", "Deutsch ohne Mühe", "youtube", 64_300, kind="channel", led_by=(14,)),
        Group("Frankfurt – pomoć i saveti", "Frankfurt, Hilfe und Rat", "facebook", 18_800, place="Frankfurt am Main", led_by=(15, 16)),
        Group("Samohrane majke", "Alleinerziehende", "facebook", 2_450, "dormant", True, led_by=(17,)),
    ),
    people=(
        Person("Јелена Марковић", "jelena.demo", "mail", "won"), Person("Sanja Ilić", "sanja.demo", "mail", "won"),
        Person("Марко Стојановић", "marko.demo", "messenger", "asked"), Person("Nikola Vasić", "nikola.demo"),
        Person("Душица Лазић", "dusica.demo", "mail"), Person("Goran Perić", "goran.demo", "messenger"),
        Person("Maja Kostić", "maja_demo", "telegram", "asked"), Person("Тијана Ђукић", "tijana.demo", "whatsapp", "won"),
        Person("Ivana Radić", "ivana.demo", "mail"), Person("Vesna Obradović", "vesna.demo"),
        Person("Dejan Simić", "dejan.demo", "whatsapp"), Person("Бранка Тодоровић", "branka.demo", "mail"),
        Person("Zoran Lukić", "zoran_demo", "telegram"), Person("Kristina Babić", "kristina.demo", "instagram"),
        Person("Милан Гајић", "milan.demo", "mail"), Person("Aleksandra Savić", "aleksandra.demo"),
        Person("Petar Ristić", "petar.demo"), Person("Snežana Kovač", "snezana.demo", "messenger", "declined"),
        Person("Невена Антић", "nevena.demo", "whatsapp"), Person("Bojan Mitić", "bojan.demo"),
    ),
    said=(
        Said(1, "Фејсбук је и даље главни, али млађе жене прелазе на Инстаграм.", "Facebook ist weiter am wichtigsten, aber jüngere Frauen wechseln zu Instagram.", "trend", True),
        Said(2, "U velikoj grupi za posao objave čekaju odobrenje i po dva dana.", "In der großen Arbeitsgruppe warten Beiträge bis zu zwei Tage auf Freigabe.", "space"),
        Said(3, "Медицинске сестре питају како се признаје диплома и колико то кошта.", "Krankenschwestern fragen, wie sie ihr Diplom anerkennen lassen und was das kostet.", "need"),
        Said(3, "Žene ne znaju svoja prava kad dobiju otkaz u trudnoći.", "Frauen kennen ihre Rechte nicht, wenn sie in der Schwangerschaft gekündigt werden.", "need", True),
        Said(4, "Када одговори неко ко је и сам прошао кроз то, људи верују.", "Wenn jemand antwortet, der es selbst erlebt hat, glauben es die Leute.", "lesson"),
        Said(5, "Pod objavama o Romima pojavljuju se uvrede, a mi ih ručno brišemo.", "Unter Beiträgen über Roma stehen Beleidigungen, die wir von Hand löschen.", "incident"),
        Said(6, "Можемо да најавимо ваше саветнице у обе групе.", "Wir können eure Beraterinnen in beiden Gruppen ankündigen.", "promise", task="Beraterinnen in beiden Gruppen ankündigen", days=9),
        Said(7, "Volele bismo kratak pregled jednom mesečno."),
    ),
    summary="Anerkennung in der Pflege und Kündigung in der Schwangerschaft sind die drängendsten Fragen. Zwei Gruppen kündigen die Beraterinnen an.",
    contacts=("Pita da li savetnice govore i romski.", "Ради ноћу, најбоље је писати ујутру."),
)  # fmt: skip
