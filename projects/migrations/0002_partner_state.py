from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("projects", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="partner",
            name="state",
            field=models.CharField(blank=True, choices=[("", "Not asked"), ("asked", "Asked to confirm"), ("confirmed", "Confirmed"), ("declined", "Declined")], db_default="", default="", editable=False, max_length=9),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(condition=models.Q(("organisation__isnull", False), ("state", ""), _connector="OR"), name="partner_asked"),
        ),
    ]
