"""The organisations of the demo story. All of them are invented."""

# name, kind, what it does (German, English), town
ORGANISATIONS = (
    ("Beratungshaus Lindenhof", "Migrationsberatung (MBE)", "Berät Erwachsene in den ersten Jahren zu Aufenthalt, Arbeit und Familie.", "Advises adults on residence, work and family in their first years.", "Berlin"),
    ("Frauenzentrum Morgenrot", "Frauenberatung", "Berät Frauen zu Trennung, Sorgerecht und Schutz vor Gewalt.", "Advises women on separation, custody and protection from violence.", "Hamburg"),
    ("Anerkennungsstelle Brückenschlag", "Anerkennungsberatung", "Hilft, ausländische Abschlüsse anerkennen zu lassen.", "Helps people have foreign qualifications recognised.", "Köln"),
    ("Jugendmigrationsdienst Kompass", "Jugendmigrationsdienst (JMD)", "Begleitet junge Menschen bis 27 in Schule und Ausbildung.", "Accompanies young people up to 27 in school and training.", "Leipzig"),
    ("Sprachschule Wortwerk", "Bildungsträger", "Bietet Deutschkurse mit Kinderbetreuung an.", "Offers German courses with child care.", "München"),
    ("Antidiskriminierungsbüro Nordlicht", "Antidiskriminierungsberatung", "Berät Menschen, die bei Arbeit, Wohnung oder Amt benachteiligt werden.", "Advises people who are treated worse at work, in housing or by authorities.", "Hamburg"),
    ("Mieterladen Südstadt", "Wohnungsberatung", "Berät zu Mietvertrag, Nebenkosten und Kündigung.", "Advises on leases, service charges and notice.", "Köln"),
    ("Gesundheitstreff Wegweiser", "Gesundheitsberatung", "Vermittelt Ärztinnen und Ärzte und berät Menschen ohne Versicherung.", "Finds doctors and advises people without insurance.", "Berlin"),
    ("Arbeitsrecht konkret", "Arbeitsrechtsberatung", "Berät zu Lohn, Arbeitszeit und Kündigung, auch in der häuslichen Pflege.", "Advises on wages, hours and dismissal, also in home care.", "Frankfurt am Main"),
    ("Familienhafen", "Familienberatung", "Berät Familien und Alleinerziehende.", "Advises families and single parents.", "Stuttgart"),
    ("Meldestelle Klartext", "Meldestelle", "Nimmt Meldungen über Hassrede entgegen und prüft sie.", "Takes and examines reports of hate speech.", "Berlin"),
    ("Gründerinnenwerkstatt Eigenwind", "Gründungsberatung", "Begleitet Frauen auf dem Weg in die Selbstständigkeit.", "Accompanies women on their way to self-employment.", "München"),
)  # fmt: skip
