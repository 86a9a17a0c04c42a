import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="terms_version",
            field=models.CharField(blank=True, editable=False, max_length=40),
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.CharField(choices=[("terms", "Terms of use")], default="terms", max_length=20, verbose_name="document")),
                ("version", models.CharField(max_length=40, verbose_name="version")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="accepted")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
                "ordering": ["at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("user", "document", "version"), name="consent_once")],
            },
        ),
    ]
