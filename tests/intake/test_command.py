"""`treffpunkt import` says the same as the pages, and its exit code is honest."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories.network import a_coordinator, a_platform
from treffpunkt.intake.models import Import
from treffpunkt.network.models import Space

pytestmark = pytest.mark.django_db

GROUPS = "Name;Link;Mitglieder\nFrauen in Köln;https://www.facebook.com/groups/abc;1200\n"


@pytest.fixture
def file(tmp_path):
    """Write a list of groups."""
    a_platform("facebook")
    path = tmp_path / "gruppen.csv"
    path.write_text(GROUPS)
    return path


def run(*arguments: object) -> str:
    """Run the command and give what it says."""
    out = StringIO()
    call_command("import_file", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_file_is_brought_in(file):
    said = run(file, "--target", "spaces", "--yes")

    assert "1 rows: 1 new, 0 changed, 0 the same, 0 doubtful, 0 wrong." in said
    assert "Would make: 1 group or channel." in said
    assert "Made: 1 group or channel." in said
    assert Space.objects.count() == 1
    assert "1 the same" in run(file, "--yes")


def test_a_dry_run_leaves_nothing_behind(file):
    run(file, "--target", "spaces", "--dry-run")

    assert (Space.objects.count(), Import.objects.count()) == (0, 0)


def test_rows_left_out_are_named_and_the_exit_code_says_so(file, tmp_path):
    file.write_text(GROUPS + "Ohne alles;;viele\n")
    errors = tmp_path / "left-out.csv"

    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_file", str(file), "--target=spaces", "--yes", f"--errors={errors}", stdout=out)

    assert ended.value.code == 3
    assert "Row 3: “viele” in “members” is not a number." in out.getvalue()
    assert "Ohne alles" in errors.read_text(encoding="utf-8-sig")
    assert Space.objects.count() == 1


def test_values_and_columns_can_be_given(file):
    file.write_text("A,B\nKatzen,5\nHunde,7\n")
    run(file, "--target", "spaces", "--set", "platform=facebook", "--map", "name=A", "--map", "members=B", "--yes")

    assert set(Space.objects.values_list("name", "members")) == {("Katzen", 5), ("Hunde", 7)}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--target", "cars"], "There is no such target: cars."),
        (["--target", "spaces", "--map", "name=Nix"], "The file has no column “Nix”."),
        (["--target", "spaces", "--set", "colour=red"], "There is no field “colour” here."),
        (["--target", "spaces", "--set", "platform"], "is not of the form field=value"),
        (["--target", "spaces"], "Nothing was written."),
    ],
)
def test_mistakes_are_told(file, arguments, said):
    with pytest.raises(CommandError, match=said):
        run(file, *arguments)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "none.csv", "--target", "spaces")


def test_it_acts_on_behalf_of_staff(file):
    coordinator = a_coordinator()
    coordinator.language = "en"
    coordinator.save()
    run(file, "--target", "spaces", "--yes", "--by", coordinator.email)

    assert Import.objects.get().by == coordinator
