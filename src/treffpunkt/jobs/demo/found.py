"""Groups that were found lately, with whoever leads them; nobody has talked to them yet. All of it is invented."""

from treffpunkt.jobs.demo.world import Group, Person

# By the place of the community among the worlds; `led_by` counts the people of the same list.
FOUND: dict[int, tuple[tuple[Group, ...], tuple[Person, ...]]] = {
    0: (
        (
            Group("سوريات في برلين", "Syrerinnen in Berlin", "facebook", 38_600, women=True, place="Berlin", led_by=(0, 1)),
            Group("وظائف للعرب في ألمانيا", "Stellen für Araber", "facebook", 72_300, led_by=(0, 2)),
            Group("أطباء عرب في ألمانيا", "Arabische Ärztinnen und Ärzte", "telegram", 18_900, led_by=(3,)),
            Group("عربيات في فرانكفورت", "Araberinnen in Frankfurt", "facebook", 9_700, women=True, place="Frankfurt am Main", led_by=(4, 1)),
            Group("سكن بالعربي", "Wohnungen auf Arabisch", "facebook", 26_400, led_by=(5,)),
        ),
        (
            Person("لمى الأحمد", "lama.demo", "messenger"), Person("ريم سعيد", "reem.demo", "messenger"),
            Person("عمر الشامي", "omar.demo", "mail"), Person("سارة نعمان", "sara_demo", "telegram"),
            Person("غادة منير", "ghada.demo", "messenger"), Person("حسام طه", "husam.demo", "mail"),
        ),
    ),
    1: (
        (
            Group("Nurses Moving to Germany", "Pflegekräfte auf Englisch", "facebook", 54_100, led_by=(0,)),
            Group("Au-pairs in Munich", "Au-pairs in München", "facebook", 11_200, women=True, place="München", led_by=(1,)),
            Group("Nigerians in Hamburg", "Nigerianer in Hamburg", "facebook", 8_300, place="Hamburg", led_by=(2, 0)),
        ),
        (
            Person("Blessing Adu", "blessing.demo", "mail"), Person("Sunita Rai", "sunita.demo", "messenger"),
            Person("Chidi Okeke", "chidi.demo", "messenger"),
        ),
    ),
    4: (
        (
            Group("Enfermeras en Alemania", "Pflegerinnen auf Spanisch", "facebook", 31_800, women=True, led_by=(0,)),
            Group("Mexicanas en Berlín", "Mexikanerinnen in Berlin", "facebook", 6_900, women=True, place="Berlin", led_by=(1, 0)),
        ),
        (Person("Lucía Ferrer", "lucia.demo", "mail"), Person("Ximena Duarte", "ximena.demo", "messenger")),
    ),
}  # fmt: skip
