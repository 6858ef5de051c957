"""The topics of counselling, on two levels, in six languages."""

from __future__ import annotations

from dataclasses import dataclass, field

LANGUAGES = ("de", "en", "fr", "es", "ar", "sr")


@dataclass(frozen=True)
class Shipped:
    """A topic as the house comes with it; `women` marks what concerns women especially."""

    key: str
    names: tuple[str, str, str, str, str, str]  # in the order of LANGUAGES
    women: bool = False
    synonyms: tuple[str, ...] = ()  # German words people use for it
    below: tuple[Shipped, ...] = field(default=())


T = Shipped

TOPICS = (
    T(
        "work",
        ("Arbeit", "Work", "Travail", "Trabajo", "العمل", "Рад"),
        synonyms=("Beruf", "Job", "Beschäftigung"),
        below=(
            T(
                "work-job-search",
                (
                    "Arbeitssuche",
                    "Looking for work",
                    "Recherche d’emploi",
                    "Búsqueda de empleo",
                    "البحث عن عمل",
                    "Тражење посла",
                ),
                synonyms=("Jobsuche", "Stellensuche", "Arbeitsvermittlung", "Minijob"),
            ),
            T(
                "work-application",
                (
                    "Bewerbung",
                    "Applying for a job",
                    "Candidature",
                    "Solicitud de empleo",
                    "التقدّم إلى وظيفة",
                    "Пријава за посао",
                ),
                synonyms=("Lebenslauf", "Anschreiben", "Vorstellungsgespräch", "Zeugnis"),
            ),
            T(
                "work-contract-dismissal",
                (
                    "Arbeitsvertrag und Kündigung",
                    "Employment contract and dismissal",
                    "Contrat de travail et licenciement",
                    "Contrato de trabajo y despido",
                    "عقد العمل وإنهاؤه",
                    "Уговор о раду и отказ",
                ),
                synonyms=("Kündigungsschutz", "Probezeit", "Befristung", "Abmahnung", "Urlaub"),
            ),
            T(
                "work-wages",
                (
                    "Lohn",
                    "Wages",
                    "Salaire",
                    "Salario",
                    "الأجور",
                    "Зарада",
                ),
                synonyms=("Gehalt", "Mindestlohn", "Lohnabrechnung", "Überstunden", "ausstehender Lohn"),
            ),
            T(
                "work-self-employment",
                (
                    "Selbstständigkeit",
                    "Self-employment",
                    "Travail indépendant",
                    "Trabajo por cuenta propia",
                    "العمل الحر",
                    "Самостална делатност",
                ),
                synonyms=("Gewerbe", "Gründung", "Freiberuflich", "Gewerbeanmeldung"),
            ),
            T(
                "work-care-work",
                (
                    "Arbeit in Haushalt und Pflege",
                    "Domestic and care work",
                    "Travail domestique et de soins",
                    "Trabajo doméstico y de cuidados",
                    "العمل المنزلي وأعمال الرعاية",
                    "Рад у домаћинству и нези",
                ),
                synonyms=("24-Stunden-Pflege", "Live-in", "Haushaltshilfe", "Au-pair", "Betreuungskraft"),
            ),
        ),
    ),
    T(
        "training",
        (
            "Ausbildung und Anerkennung",
            "Training and recognition",
            "Formation et reconnaissance",
            "Formación y reconocimiento",
            "التأهيل المهني والاعتراف بالمؤهلات",
            "Образовање и признавање диплома",
        ),
        synonyms=("Qualifizierung", "Weiterbildung"),
        below=(
            T(
                "training-recognition",
                (
                    "Anerkennung von Abschlüssen",
                    "Recognition of qualifications",
                    "Reconnaissance des diplômes",
                    "Reconocimiento de títulos",
                    "الاعتراف بالشهادات",
                    "Признавање диплома",
                ),
                synonyms=("Berufsanerkennung", "Zeugnisbewertung", "Gleichwertigkeit", "Approbation"),
            ),
            T(
                "training-retraining",
                (
                    "Umschulung und Weiterbildung",
                    "Retraining and further training",
                    "Reconversion et formation continue",
                    "Reconversión y formación continua",
                    "إعادة التأهيل والتدريب المستمر",
                    "Преквалификација и усавршавање",
                ),
                synonyms=("Bildungsgutschein", "Fortbildung", "Quereinstieg"),
            ),
            T(
                "training-studies",
                (
                    "Studium",
                    "Studies",
                    "Études supérieures",
                    "Estudios universitarios",
                    "الدراسة الجامعية",
                    "Студије",
                ),
                synonyms=("Universität", "Hochschule", "BAföG", "Studienplatz"),
            ),
            T(
                "training-vocational",
                (
                    "Berufsausbildung",
                    "Vocational training",
                    "Formation professionnelle",
                    "Formación profesional",
                    "التدريب المهني",
                    "Стручно образовање",
                ),
                synonyms=("Lehre", "Ausbildungsplatz", "duale Ausbildung", "Praktikum"),
            ),
        ),
    ),
    T(
        "german",
        (
            "Deutsch lernen",
            "Learning German",
            "Apprendre l’allemand",
            "Aprender alemán",
            "تعلّم اللغة الألمانية",
            "Учење немачког",
        ),
        synonyms=("Sprache", "Deutsch"),
        below=(
            T(
                "german-courses",
                (
                    "Deutschkurse",
                    "German courses",
                    "Cours d’allemand",
                    "Cursos de alemán",
                    "دورات اللغة الألمانية",
                    "Курсеви немачког",
                ),
                synonyms=("Integrationskurs", "Sprachkurs", "Berufssprachkurs", "BAMF-Kurs", "Elternkurs"),
            ),
            T(
                "german-certificates",
                (
                    "Sprachzertifikate",
                    "Language certificates",
                    "Certificats de langue",
                    "Certificados de idioma",
                    "شهادات اللغة",
                    "Језички сертификати",
                ),
                synonyms=("Sprachprüfung", "B1", "B2", "telc", "Goethe-Zertifikat", "Leben in Deutschland"),
            ),
        ),
    ),
    T(
        "residence",
        ("Aufenthalt", "Residence", "Séjour", "Residencia", "الإقامة", "Боравак"),
        synonyms=("Aufenthaltsrecht", "Ausländerbehörde", "Papiere"),
        below=(
            T(
                "residence-visa",
                ("Visum", "Visa", "Visa", "Visado", "التأشيرة", "Виза"),
                synonyms=("Einreise", "Botschaft", "nationales Visum"),
            ),
            T(
                "residence-permit",
                (
                    "Aufenthaltstitel",
                    "Residence permit",
                    "Titre de séjour",
                    "Permiso de residencia",
                    "تصريح الإقامة",
                    "Боравишна дозвола",
                ),
                synonyms=("Aufenthaltserlaubnis", "Niederlassungserlaubnis", "Blaue Karte", "eAT"),
            ),
            T(
                "residence-extension",
                (
                    "Verlängerung des Aufenthalts",
                    "Extending a residence permit",
                    "Prolongation du titre de séjour",
                    "Renovación del permiso de residencia",
                    "تمديد الإقامة",
                    "Продужење боравка",
                ),
                synonyms=("Fiktionsbescheinigung", "Termin Ausländerbehörde"),
            ),
            T(
                "residence-family-reunification",
                (
                    "Familiennachzug",
                    "Family reunification",
                    "Regroupement familial",
                    "Reagrupación familiar",
                    "لمّ شمل الأسرة",
                    "Спајање породице",
                ),
                synonyms=("Familienzusammenführung", "Ehegattennachzug", "Kindernachzug"),
            ),
            T(
                "residence-own-permit",
                (
                    "Eigenständiger Aufenthalt nach Trennung",
                    "Own permit after separation",
                    "Titre de séjour autonome après une séparation",
                    "Residencia independiente tras la separación",
                    "إقامة مستقلة بعد الانفصال",
                    "Самосталан боравак после раставе",
                ),
                women=True,
                synonyms=("eigenständiges Aufenthaltsrecht", "§ 31 AufenthG", "Härtefall", "Ehebestandszeit"),
            ),
            T(
                "residence-naturalisation",
                (
                    "Einbürgerung",
                    "Naturalisation",
                    "Naturalisation",
                    "Naturalización",
                    "التجنيس",
                    "Стицање држављанства",
                ),
                synonyms=("Staatsangehörigkeit", "deutscher Pass", "Einbürgerungstest", "Doppelpass"),
            ),
            T(
                "residence-asylum",
                ("Asyl", "Asylum", "Asile", "Asilo", "اللجوء", "Азил"),
                synonyms=("Flucht", "Duldung", "subsidiärer Schutz", "BAMF-Anhörung", "Dublin"),
            ),
        ),
    ),
    T(
        "benefits",
        (
            "Sozialleistungen",
            "Social benefits",
            "Prestations sociales",
            "Prestaciones sociales",
            "الإعانات الاجتماعية",
            "Социјална давања",
        ),
        synonyms=("Sozialamt", "Leistungen", "Geld vom Staat"),
        below=(
            T(
                "benefits-basic-income",
                (
                    "Grundsicherung",
                    "Basic income support",
                    "Minimum social",
                    "Prestación básica de subsistencia",
                    "إعانة الضمان الأساسي",
                    "Основна социјална помоћ",
                ),
                synonyms=("Bürgergeld", "Jobcenter", "Hartz IV", "ALG II", "Sozialhilfe"),
            ),
            T(
                "benefits-child",
                (
                    "Kindergeld",
                    "Child benefit",
                    "Allocations familiales",
                    "Prestación por hijo",
                    "إعانة الأطفال",
                    "Дечји додатак",
                ),
                synonyms=("Familienkasse", "Kinderzuschlag", "Bildung und Teilhabe"),
            ),
            T(
                "benefits-parental",
                (
                    "Elterngeld",
                    "Parental benefit",
                    "Allocation parentale",
                    "Subsidio parental",
                    "إعانة الوالدين",
                    "Родитељски додатак",
                ),
                women=True,
                synonyms=("Basiselterngeld", "ElterngeldPlus", "Elterngeldstelle"),
            ),
            T(
                "benefits-unemployment",
                (
                    "Arbeitslosengeld",
                    "Unemployment benefit",
                    "Allocation de chômage",
                    "Prestación por desempleo",
                    "إعانة البطالة",
                    "Накнада за незапослене",
                ),
                synonyms=("ALG I", "Arbeitslosigkeit", "Arbeitsagentur", "Sperrzeit"),
            ),
        ),
    ),
    T(
        "family",
        ("Familie", "Family", "Famille", "Familia", "الأسرة", "Породица"),
        women=True,
        synonyms=("Eltern", "Kinder"),
        below=(
            T(
                "family-pregnancy",
                ("Schwangerschaft", "Pregnancy", "Grossesse", "Embarazo", "الحمل", "Трудноћа"),
                women=True,
                synonyms=("schwanger", "Geburt", "Hebamme", "Schwangerschaftsberatung", "Schwangerschaftsabbruch"),
            ),
            T(
                "family-maternity-protection",
                (
                    "Mutterschutz",
                    "Maternity protection",
                    "Protection de la maternité",
                    "Protección de la maternidad",
                    "حماية الأمومة",
                    "Заштита мајки",
                ),
                women=True,
                synonyms=("Mutterschaftsgeld", "Beschäftigungsverbot", "Stillzeit"),
            ),
            T(
                "family-parental-leave",
                (
                    "Elternzeit",
                    "Parental leave",
                    "Congé parental",
                    "Permiso parental",
                    "إجازة الوالدين",
                    "Родитељско одсуство",
                ),
                women=True,
                synonyms=("Erziehungsurlaub", "Babypause"),
            ),
            T(
                "family-childcare",
                (
                    "Kinderbetreuung",
                    "Childcare",
                    "Garde d’enfants",
                    "Cuidado de los niños",
                    "رعاية الأطفال",
                    "Чување деце",
                ),
                women=True,
                synonyms=("Tagesmutter", "Kindertagespflege", "Betreuungsplatz", "Babysitter"),
            ),
            T(
                "family-part-time",
                (
                    "Teilzeit und Vereinbarkeit",
                    "Part-time work and reconciling it with family",
                    "Temps partiel et conciliation avec la famille",
                    "Trabajo a tiempo parcial y conciliación",
                    "الدوام الجزئي والتوفيق بين العمل والأسرة",
                    "Скраћено радно време и усклађивање са породицом",
                ),
                women=True,
                synonyms=("Vereinbarkeit von Familie und Beruf", "Wiedereinstieg", "Teilzeitausbildung"),
            ),
            T(
                "family-single-parents",
                (
                    "Alleinerziehende",
                    "Single parents",
                    "Familles monoparentales",
                    "Familias monoparentales",
                    "الآباء والأمهات المنفردون بالتربية",
                    "Самохрани родитељи",
                ),
                women=True,
                synonyms=("alleinerziehend", "Unterhaltsvorschuss", "Kindesunterhalt"),
            ),
            T(
                "family-marriage",
                ("Heirat und Ehe", "Marriage", "Mariage", "Matrimonio", "الزواج", "Брак"),
                synonyms=("Eheschließung", "Standesamt", "Ehefähigkeitszeugnis", "Hochzeit"),
            ),
            T(
                "family-divorce-custody",
                (
                    "Scheidung und Sorgerecht",
                    "Divorce and custody",
                    "Divorce et garde des enfants",
                    "Divorcio y custodia",
                    "الطلاق وحضانة الأطفال",
                    "Развод и старатељство",
                ),
                women=True,
                synonyms=("Trennung", "Unterhalt", "Umgangsrecht", "Jugendamt"),
            ),
        ),
    ),
    T(
        "violence",
        (
            "Schutz vor Gewalt",
            "Protection from violence",
            "Protection contre la violence",
            "Protección frente a la violencia",
            "الحماية من العنف",
            "Заштита од насиља",
        ),
        women=True,
        synonyms=("Gewaltschutz", "Hilfetelefon", "Bedrohung"),
        below=(
            T(
                "violence-domestic",
                (
                    "Häusliche Gewalt",
                    "Domestic violence",
                    "Violence domestique",
                    "Violencia doméstica",
                    "العنف الأسري",
                    "Насиље у породици",
                ),
                women=True,
                synonyms=("Partnerschaftsgewalt", "Gewalt in der Ehe", "Stalking", "Wegweisung"),
            ),
            T(
                "violence-forced-marriage",
                (
                    "Zwangsheirat",
                    "Forced marriage",
                    "Mariage forcé",
                    "Matrimonio forzado",
                    "الزواج القسري",
                    "Присилни брак",
                ),
                women=True,
                synonyms=("Zwangsverheiratung", "Frühehe", "Kinderehe", "Gewalt im Namen der Ehre"),
            ),
            T(
                "violence-shelter",
                (
                    "Frauenhaus und Zuflucht",
                    "Shelter",
                    "Foyer d’accueil pour femmes",
                    "Casa de acogida para mujeres",
                    "دور إيواء النساء",
                    "Сигурна кућа",
                ),
                women=True,
                synonyms=("Frauenhaus", "Schutzwohnung", "Zufluchtswohnung", "Notunterkunft"),
            ),
        ),
    ),
    T(
        "health",
        ("Gesundheit", "Health", "Santé", "Salud", "الصحة", "Здравље"),
        synonyms=("Medizin", "krank"),
        below=(
            T(
                "health-insurance",
                (
                    "Krankenversicherung",
                    "Health insurance",
                    "Assurance maladie",
                    "Seguro médico",
                    "التأمين الصحي",
                    "Здравствено осигурање",
                ),
                synonyms=("Krankenkasse", "Familienversicherung", "Gesundheitskarte", "ohne Versicherung"),
            ),
            T(
                "health-doctors",
                (
                    "Ärztinnen und Ärzte",
                    "Doctors",
                    "Médecins",
                    "Médicos y médicas",
                    "الأطباء والطبيبات",
                    "Лекари и лекарке",
                ),
                synonyms=("Arztsuche", "Facharzt", "Krankenhaus", "Notdienst", "Dolmetschen beim Arzt"),
            ),
            T(
                "health-women",
                (
                    "Frauen- und Familiengesundheit",
                    "Women’s and family health",
                    "Santé des femmes et de la famille",
                    "Salud de la mujer y de la familia",
                    "صحة المرأة والأسرة",
                    "Здравље жена и породице",
                ),
                women=True,
                synonyms=("Gynäkologie", "Frauenärztin", "Verhütung", "FGM", "Kinderwunsch", "Wechseljahre"),
            ),
            T(
                "health-mental",
                (
                    "Seelische Gesundheit",
                    "Mental health",
                    "Santé mentale",
                    "Salud mental",
                    "الصحة النفسية",
                    "Ментално здравље",
                ),
                synonyms=("Psychotherapie", "Trauma", "Depression", "psychische Gesundheit", "Krise"),
            ),
        ),
    ),
    T(
        "housing",
        ("Wohnen", "Housing", "Logement", "Vivienda", "السكن", "Становање"),
        synonyms=("Wohnung", "Unterkunft"),
        below=(
            T(
                "housing-search",
                (
                    "Wohnungssuche",
                    "Looking for housing",
                    "Recherche de logement",
                    "Búsqueda de vivienda",
                    "البحث عن سكن",
                    "Тражење стана",
                ),
                synonyms=("Wohnberechtigungsschein", "WBS", "Sozialwohnung", "Schufa"),
            ),
            T(
                "housing-tenancy",
                (
                    "Mietvertrag und Mietrecht",
                    "Tenancy",
                    "Location et bail",
                    "Alquiler y contrato",
                    "عقد الإيجار وحقوق المستأجر",
                    "Закуп стана",
                ),
                synonyms=("Miete", "Nebenkosten", "Kaution", "Vermieter", "Mieterverein", "Wohngeld"),
            ),
            T(
                "housing-loss",
                (
                    "Wohnungsverlust",
                    "Loss of housing",
                    "Perte du logement",
                    "Pérdida de la vivienda",
                    "فقدان السكن",
                    "Губитак стана",
                ),
                synonyms=("Kündigung der Wohnung", "Räumung", "Obdachlosigkeit", "Wohnungslosigkeit", "Mietschulden"),
            ),
        ),
    ),
    T(
        "discrimination",
        (
            "Diskriminierung und Hass",
            "Discrimination and hate",
            "Discrimination et haine",
            "Discriminación y odio",
            "التمييز والكراهية",
            "Дискриминација и мржња",
        ),
        synonyms=("Rassismus", "Benachteiligung", "Beleidigung", "AGG"),
        below=(
            T(
                "discrimination-work",
                (
                    "Diskriminierung bei der Arbeit",
                    "Discrimination at work",
                    "Discrimination au travail",
                    "Discriminación en el trabajo",
                    "التمييز في العمل",
                    "Дискриминација на послу",
                ),
                synonyms=("Mobbing", "sexuelle Belästigung am Arbeitsplatz", "Kopftuch im Beruf"),
            ),
            T(
                "discrimination-authorities",
                (
                    "Diskriminierung bei Behörden",
                    "Discrimination by authorities",
                    "Discrimination par les administrations",
                    "Discriminación por parte de las autoridades",
                    "التمييز في الدوائر الرسمية",
                    "Дискриминација у институцијама",
                ),
                synonyms=("Amt", "Polizei", "Racial Profiling", "Dienstaufsichtsbeschwerde"),
            ),
            T(
                "discrimination-housing",
                (
                    "Diskriminierung beim Wohnen",
                    "Discrimination in housing",
                    "Discrimination au logement",
                    "Discriminación en la vivienda",
                    "التمييز في السكن",
                    "Дискриминација у становању",
                ),
                synonyms=("Wohnungsmarkt", "Nachbarschaft", "Vermieter lehnt ab"),
            ),
            T(
                "discrimination-online",
                (
                    "Hass im Netz",
                    "Hate online",
                    "Haine en ligne",
                    "Odio en internet",
                    "الكراهية على الإنترنت",
                    "Мржња на интернету",
                ),
                synonyms=("Hassrede", "Hatespeech", "digitale Gewalt", "Cybermobbing", "Deepfake"),
            ),
        ),
    ),
    T(
        "school",
        (
            "Schule und Kinder",
            "School and children",
            "École et enfants",
            "Escuela e infancia",
            "المدرسة والأطفال",
            "Школа и деца",
        ),
        synonyms=("Bildung", "Jugendliche"),
        below=(
            T(
                "school-day-care",
                (
                    "Kita",
                    "Day care",
                    "Crèche et jardin d’enfants",
                    "Guardería",
                    "الحضانة وروضة الأطفال",
                    "Вртић",
                ),
                women=True,
                synonyms=("Kindergarten", "Krippe", "Kita-Platz", "Kita-Gutschein", "Eingewöhnung"),
            ),
            T(
                "school-school",
                ("Schule", "School", "École", "Escuela", "المدرسة", "Школа"),
                synonyms=("Einschulung", "Schulpflicht", "Willkommensklasse", "Elternabend", "Schulwechsel"),
            ),
            T(
                "school-support",
                (
                    "Förderung und Unterstützung",
                    "Support for children",
                    "Soutien aux enfants",
                    "Apoyo a los niños",
                    "دعم الأطفال",
                    "Подршка деци",
                ),
                synonyms=("Nachhilfe", "Frühförderung", "Logopädie", "Behinderung", "Schulsozialarbeit"),
            ),
        ),
    ),
    T(
        "law",
        (
            "Recht im Alltag",
            "Everyday law",
            "Droit au quotidien",
            "Derecho cotidiano",
            "القانون في الحياة اليومية",
            "Право у свакодневици",
        ),
        synonyms=("Rechtsberatung", "Alltag"),
        below=(
            T(
                "law-documents",
                (
                    "Dokumente und Behörden",
                    "Documents and authorities",
                    "Documents et administrations",
                    "Documentos y autoridades",
                    "الوثائق والدوائر الرسمية",
                    "Документи и надлежни органи",
                ),
                synonyms=("Anmeldung", "Übersetzung", "Beglaubigung", "Geburtsurkunde", "Führerschein", "Steuer-ID"),
            ),
            T(
                "law-contracts",
                ("Verträge", "Contracts", "Contrats", "Contratos", "العقود", "Уговори"),
                synonyms=("Handyvertrag", "Internetvertrag", "Strom", "Abo kündigen", "Versicherungen"),
            ),
            T(
                "law-debts",
                ("Schulden", "Debts", "Dettes", "Deudas", "الديون", "Дугови"),
                synonyms=("Schuldnerberatung", "Inkasso", "Mahnung", "Pfändung", "Insolvenz"),
            ),
            T(
                "law-consumer",
                (
                    "Verbraucherschutz",
                    "Consumer protection",
                    "Protection des consommateurs",
                    "Protección del consumidor",
                    "حماية المستهلك",
                    "Заштита потрошача",
                ),
                synonyms=("Betrug", "Fake-Shop", "Reklamation", "Widerruf", "Abzocke"),
            ),
        ),
    ),
    T(
        "other",
        ("Sonstiges", "Other", "Autre", "Otros temas", "مواضيع أخرى", "Остало"),
        synonyms=("Anderes", "Verschiedenes"),
    ),
)
