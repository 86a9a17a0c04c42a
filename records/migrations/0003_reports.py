import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("records", "0002_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("target_id", models.PositiveBigIntegerField()),
                ("reason", models.CharField(choices=[("wrong", "It is wrong or misleading"), ("offensive", "It is offensive or against the law"), ("personal", "It tells what is personal"), ("rights", "It uses work of others without permission"), ("spam", "It is advertising or spam"), ("other", "Something else")], max_length=10, verbose_name="reason")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="what is wrong")),
                ("outcome", models.CharField(choices=[("open", "Waiting"), ("dismissed", "Nothing done"), ("settled", "Settled otherwise"), ("hidden", "Hidden"), ("suspended", "Member suspended")], default="open", max_length=10)),
                ("note", models.TextField(blank=True, help_text="what the moderator wrote to the reporter", max_length=2000)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="reports", to=settings.AUTH_USER_MODEL)),
                ("closed_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("target_type", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype")),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(condition=models.Q(("outcome", "open")), fields=["created_at"], name="report_waiting")],
                "constraints": [models.UniqueConstraint(condition=models.Q(("outcome", "open")), fields=("target_type", "target_id", "by"), name="report_once_while_open")],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("target_id", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("moderator", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to=settings.AUTH_USER_MODEL)),
                ("target_type", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("target_type", "target_id"), name="assigned_once")],
            },
        ),
    ]
