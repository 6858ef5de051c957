"""The Spanish-speaking community of the demo story. Everybody here is invented."""

from treffpunkt.jobs.demo.world import Group, Person, Said, World

WORLD = World(
    language="es",
    name="Spanischsprachige Community",
    countries=("ES", "CO", "PE", "VE"),
    platforms=("facebook", "instagram"),
    title="Encuentro de quienes administran grupos en español",
    groups=(
        Group("Mujeres en Alemania", "Frauen in Deutschland", "facebook", 41_800, "cooperating", True, "Trabajo, trámites, crianza", "Sin publicidad. Preguntas con respeto. Enlaces solo del equipo.", led_by=(0, 1, 2)),
        Group("Españoles en Berlín", "Spanier in Berlin", "facebook", 56_400, "contacted", place="Berlin", led_by=(3, 4)),
        Group("Colombianas en NRW", "Kolumbianerinnen in NRW", "facebook", 7_900, "joined", True, place="Köln", led_by=(5,)),
        Group("Latinos Múnich", "Latinos München", "facebook", 24_600, place="Munich", led_by=(6, 7)),
        Group("Trámites sin llorar", "Behörden ohne Tränen", "instagram", 38_200, kind="profile", led_by=(8,)),
        Group("Crianza bilingüe", "Zweisprachig großziehen", "whatsapp", 380, women=True, led_by=(9,)),
        Group("Homologación y empleo", "Anerkennung und Arbeit", "telegram", 10_700, kind="channel", led_by=(10, 1)),
        Group("Venezolanos en Alemania", "Venezolaner in Deutschland", "facebook", 29_300, led_by=(11, 12)),
        Group("Hamburgo en español", "Hamburg auf Spanisch", "facebook", 13_450, "contacted", place="Hamburg", led_by=(13,)),
        Group("Alemán paso a paso", "Deutsch Schritt für Schritt", "youtube", 75_900, kind="channel", led_by=(14,)),
        Group("Cuidadoras unidas", "Pflegerinnen gemeinsam", "facebook", 3_800, "cooperating", True, "Cuidado en casas particulares", led_by=(15,)),
        Group("Peruanos Frankfurt", "Peruaner Frankfurt", "facebook", 4_150, "dormant", place="Frankfurt am Main", led_by=(16,)),
    ),
    people=(
        Person("Lucía Ferrer", "lucia.demo", "mail", "won"), Person("Carmen Roldán", "carmen.demo", "mail", "won"),
        Person("Paula Acosta", "paula.demo", "messenger"), Person("Javier Molina", "javier.demo", "mail", "asked"),
        Person("Andrés Rivas", "andres.demo"), Person("Daniela Cárdenas", "daniela.demo", "whatsapp", "won"),
        Person("Miguel Paredes", "miguel.demo", "messenger"), Person("Rosa Quispe", "rosa.demo"),
        Person("Elena Prieto", "elena.demo", "instagram"), Person("Natalia Gómez", "natalia.demo", "whatsapp"),
        Person("Iván Cordero", "ivan_demo", "telegram", "asked"), Person("Gabriela Rangel", "gabriela.demo", "mail"),
        Person("Luis Salcedo", "luis.demo"), Person("Marta Ibarra", "marta.demo", "mail"),
        Person("Sergio Lozano", "sergio.demo", "mail"), Person("Beatriz Campos", "beatriz.demo", "messenger", "won"),
        Person("Óscar Huamán", "oscar.demo", "messenger", "declined"), Person("Camila Duarte", "camila.demo"),
        Person("Silvia Nieto", "silvia.demo", "whatsapp"), Person("Raúl Espinoza", "raul.demo"),
    ),
    said=(
        Said(1, "Instagram crece mucho; en Facebook quedan las preguntas largas.", "Instagram wächst stark; auf Facebook bleiben die langen Fragen.", "trend"),
        Said(2, "Para entrar en el grupo de cuidadoras hay que hablar antes con su fundadora.", "In die Gruppe der Pflegerinnen kommt man nur über ihre Gründerin.", "space"),
        Said(3, "Las cuidadoras internas no saben cuántas horas pueden trabajar.", "Pflegerinnen, die im Haushalt wohnen, wissen nicht, wie viele Stunden sie arbeiten dürfen.", "need", True),
        Said(3, "Hay muchas dudas sobre la homologación de títulos de maestra.", "Es gibt viele Fragen zur Anerkennung von Abschlüssen als Lehrerin.", "need"),
        Said(4, "Funciona cuando la respuesta llega en el mismo hilo.", "Es wirkt, wenn die Antwort direkt unter der Frage steht.", "lesson"),
        Said(5, "Nos llegan ofertas falsas de trabajo como cuidadora.", "Uns erreichen falsche Stellenangebote für Pflegerinnen.", "incident", True),
        Said(6, "Fijamos vuestra ficha durante todo el mes.", "Wir heften eure Karte den ganzen Monat an.", "promise", task="Karte den ganzen Monat anheften", days=15),
        Said(7, "Queremos saber qué pasó con las preguntas derivadas.", "Wir möchten wissen, was aus den weitergeleiteten Fragen wurde."),
    ),
    summary="Arbeitszeit in der häuslichen Pflege und falsche Stellenangebote beschäftigen die Gruppen. Die Karte bleibt einen Monat angeheftet.",
    contacts=("Pide ejemplos de otras comunidades.", "Le interesa, prefiere hablar por mensaje de voz."),
)  # fmt: skip
