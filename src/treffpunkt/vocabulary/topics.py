"""The topics of counselling as they are shipped: key, women-specific, names in de, en, ar, fr, sr, es."""

from __future__ import annotations

# A topic's key is its parent's key and its own, joined by a dot; * marks what concerns women especially.
TOPICS = """
work | Arbeit | Work | العمل | Travail | Рад | Trabajo
work.search | Arbeitssuche | Job search | البحث عن عمل | Recherche d’emploi | Тражење посла | Búsqueda de empleo
work.application | Bewerbung | Application | التقدم لوظيفة | Candidature | Пријава за посао | Solicitud de empleo
work.contract | Vertrag und Kündigung | Contract and dismissal | العقد والفصل من العمل | Contrat et licenciement | Уговор и отказ | Contrato y despido
work.wages | Lohn | Wages | الأجر | Salaire | Зарада | Salario
work.self-employment | Selbstständigkeit | Self-employment | العمل الحر | Travail indépendant | Самостална делатност | Trabajo por cuenta propia
work.care | Pflege und Betreuung als Arbeit | Care work | العمل في الرعاية | Travail dans les soins | Рад у нези | Trabajo de cuidados
training | Ausbildung und Anerkennung | Training and recognition | التأهيل والاعتراف بالشهادات | Formation et reconnaissance | Образовање и признавање | Formación y reconocimiento
training.recognition | Anerkennung von Abschlüssen | Recognition of qualifications | الاعتراف بالشهادات | Reconnaissance des diplômes | Признавање диплома | Reconocimiento de títulos
training.retraining | Umschulung | Retraining | إعادة التأهيل المهني | Reconversion | Преквалификација | Reconversión profesional
training.studies | Studium | Studies | الدراسة الجامعية | Études | Студије | Estudios universitarios
training.vocational | Berufsausbildung | Vocational training | التدريب المهني | Formation professionnelle | Стручно образовање | Formación profesional
german | Deutsche Sprache | German language | اللغة الألمانية | Langue allemande | Немачки језик | Lengua alemana
german.courses | Deutschkurse | German courses | دورات اللغة الألمانية | Cours d’allemand | Курсеви немачког | Cursos de alemán
german.certificates | Sprachzertifikate | Language certificates | شهادات اللغة | Certificats de langue | Потврде о знању језика | Certificados de idioma
residence | Aufenthalt | Residence | الإقامة | Séjour | Боравак | Residencia
residence.visa | Visum | Visa | التأشيرة | Visa | Виза | Visado
residence.permit | Aufenthaltstitel | Residence permit | تصريح الإقامة | Titre de séjour | Дозвола боравка | Permiso de residencia
residence.extension | Verlängerung | Extension | تمديد الإقامة | Prolongation | Продужење | Prórroga
residence.family-reunification | Familiennachzug | Family reunification | لمّ شمل العائلة | Regroupement familial | Спајање породице | Reagrupación familiar
residence.own-permit* | Eigener Aufenthalt nach Trennung | Own permit after separation | إقامة مستقلة بعد الانفصال | Titre autonome après une séparation | Самостални боравак после раздвајања | Residencia propia tras la separación
residence.naturalisation | Einbürgerung | Naturalisation | التجنّس | Naturalisation | Пријем у држављанство | Nacionalización
residence.asylum | Asyl | Asylum | اللجوء | Asile | Азил | Asilo
benefits | Soziale Leistungen | Social benefits | المساعدات الاجتماعية | Prestations sociales | Социјална давања | Prestaciones sociales
benefits.basic-income | Grundsicherung | Basic income support | الإعانة الأساسية | Minimum social | Основно социјално обезбеђење | Prestación básica
benefits.child | Kindergeld | Child benefit | إعانة الأطفال | Allocations familiales | Дечји додатак | Subsidio por hijos
benefits.parental* | Elterngeld | Parental benefit | إعانة الوالدين | Allocation parentale | Родитељски додатак | Subsidio parental
benefits.unemployment | Arbeitslosengeld | Unemployment benefit | إعانة البطالة | Allocation chômage | Накнада за незапослене | Subsidio de desempleo
family* | Familie | Family | الأسرة | Famille | Породица | Familia
family.pregnancy* | Schwangerschaft | Pregnancy | الحمل | Grossesse | Трудноћа | Embarazo
family.maternity* | Mutterschutz | Maternity protection | حماية الأمومة | Protection de la maternité | Заштита материнства | Protección de la maternidad
family.parental-leave* | Elternzeit | Parental leave | إجازة الوالدين | Congé parental | Родитељско одсуство | Permiso parental
family.childcare* | Kinderbetreuung | Childcare | رعاية الأطفال | Garde d’enfants | Чување деце | Cuidado infantil
family.part-time* | Teilzeit und Vereinbarkeit | Part-time and reconciliation | الدوام الجزئي والتوفيق بين العمل والأسرة | Temps partiel et conciliation | Рад са скраћеним временом и усклађивање | Tiempo parcial y conciliación
family.single-parents* | Alleinerziehende | Single parents | الوالد الوحيد أو الوالدة الوحيدة | Familles monoparentales | Самохрани родитељи | Familias monoparentales
family.marriage | Heirat | Marriage | الزواج | Mariage | Брак | Matrimonio
family.divorce* | Scheidung und Sorgerecht | Divorce and custody | الطلاق والحضانة | Divorce et garde des enfants | Развод и старатељство | Divorcio y custodia
violence* | Schutz vor Gewalt | Protection from violence | الحماية من العنف | Protection contre les violences | Заштита од насиља | Protección contra la violencia
violence.domestic* | Häusliche Gewalt | Domestic violence | العنف الأسري | Violences conjugales | Насиље у породици | Violencia doméstica
violence.forced-marriage* | Zwangsheirat | Forced marriage | الزواج القسري | Mariage forcé | Принудни брак | Matrimonio forzado
violence.shelter* | Frauenhaus und Schutzort | Shelter | بيت الحماية | Hébergement d’urgence | Сигурна кућа | Casa de acogida
health | Gesundheit | Health | الصحة | Santé | Здравље | Salud
health.insurance | Krankenversicherung | Health insurance | التأمين الصحي | Assurance maladie | Здравствено осигурање | Seguro médico
health.doctors | Ärztinnen und Ärzte | Doctors | الطبيبات والأطباء | Médecins | Лекари | Médicos
health.women* | Frauen- und Familiengesundheit | Women’s and family health | صحة المرأة والأسرة | Santé des femmes et de la famille | Здравље жена и породице | Salud de la mujer y la familia
health.mental | Seelische Gesundheit | Mental health | الصحة النفسية | Santé mentale | Ментално здравље | Salud mental
housing | Wohnen | Housing | السكن | Logement | Становање | Vivienda
housing.search | Wohnungssuche | Flat hunting | البحث عن سكن | Recherche de logement | Тражење стана | Búsqueda de vivienda
housing.tenancy | Mietverhältnis | Tenancy | عقد الإيجار | Location | Закуп | Alquiler
housing.loss | Wohnungsverlust | Loss of housing | فقدان السكن | Perte du logement | Губитак стана | Pérdida de la vivienda
discrimination | Diskriminierung und Hass | Discrimination and hate | التمييز والكراهية | Discrimination et haine | Дискриминација и мржња | Discriminación y odio
discrimination.work | Diskriminierung bei der Arbeit | Discrimination at work | التمييز في العمل | Discrimination au travail | Дискриминација на послу | Discriminación en el trabajo
discrimination.authorities | Diskriminierung durch Behörden | Discrimination by authorities | التمييز في الدوائر الرسمية | Discrimination par les autorités | Дискриминација у установама | Discriminación por autoridades
discrimination.housing | Diskriminierung bei der Wohnungssuche | Discrimination in housing | التمييز في السكن | Discrimination au logement | Дискриминација у становању | Discriminación en la vivienda
discrimination.online | Hass im Netz | Hate online | الكراهية على الإنترنت | Haine en ligne | Мржња на интернету | Odio en internet
school | Schule und Kinder | School and children | المدرسة والأطفال | École et enfants | Школа и деца | Escuela e infancia
school.day-care* | Kita | Day care | الحضانة ورياض الأطفال | Crèche et maternelle | Вртић | Guardería
school.school | Schule | School | المدرسة | École | Школа | Escuela
school.support | Förderung | Support | الدعم الدراسي | Soutien scolaire | Подршка у учењу | Apoyo escolar
law | Recht im Alltag | Everyday law | القانون في الحياة اليومية | Droit au quotidien | Право у свакодневици | Derecho cotidiano
law.documents | Papiere und Behörden | Documents and authorities | الأوراق والدوائر الرسمية | Papiers et administrations | Документа и установе | Documentos y trámites
law.contracts | Verträge | Contracts | العقود | Contrats | Уговори | Contratos
law.debts | Schulden | Debts | الديون | Dettes | Дугови | Deudas
law.consumer | Verbraucherrecht | Consumer rights | حقوق المستهلك | Droits des consommateurs | Права потрошача | Derechos del consumidor
other | Anderes | Other | أمور أخرى | Autre | Друго | Otros
"""  # noqa: E501
LANGUAGES = ("de", "en", "ar", "fr", "sr", "es")


def shipped() -> list[tuple[str, str, bool, dict[str, str]]]:
    """Read the shipped topics: key, the parent's key or "", women-specific, names by language."""
    topics = []
    for line in TOPICS.strip().splitlines():
        key, *names = (part.strip() for part in line.split("|"))
        women = key.endswith("*")
        key = key.rstrip("*")
        parent, _, own = key.partition(".")
        topics.append((key.replace(".", "-"), parent if own else "", women, dict(zip(LANGUAGES, names, strict=True))))
    return topics
