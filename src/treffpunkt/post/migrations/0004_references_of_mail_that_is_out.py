"""Give every mail that went out its reference, so that it is known again when it comes back."""

from django.db import migrations
from django.utils.crypto import salted_hmac

PIECE = 2000


def give(apps, schema_editor):
    Message = apps.get_model("post", "Message")
    rows = Message.objects.filter(channel="mail", reference="").exclude(address="").only("id", "reference")
    while piece := list(rows.order_by("id")[:PIECE]):
        for row in piece:
            row.reference = salted_hmac("treffpunkt.post", str(row.pk), algorithm="sha256").hexdigest()[:32]
        Message.objects.bulk_update(piece, ["reference"])


class Migration(migrations.Migration):
    dependencies = [("post", "0003_reference")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
