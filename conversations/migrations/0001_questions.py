import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("target_id", models.PositiveBigIntegerField()),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("text", models.TextField(max_length=2000, verbose_name="question")),
                ("language", models.CharField(max_length=8, verbose_name="language")),
                ("state", models.CharField(choices=[("unconfirmed", "Not confirmed"), ("waiting", "Waiting"), ("published", "Published"), ("refused", "Refused"), ("hidden", "Hidden")], max_length=12)),
                ("token_hash", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField()),
                ("waiting_since", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, max_length=2000)),
                ("answer", models.TextField(blank=True, max_length=8000, verbose_name="answer")),
                ("answer_language", models.CharField(blank=True, max_length=8)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("asked_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="questions", to=settings.AUTH_USER_MODEL)),
                ("decided_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("target_type", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype")),
            ],
            options={
                "verbose_name": "question",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["target_type", "target_id", "-created_at"], name="question_target"),
                    models.Index(fields=["state", "waiting_since"], name="question_waiting"),
                    models.Index(condition=models.Q(("email", ""), _negated=True), fields=["email", "created_at"], name="question_email"),
                ],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("token_hash", ""), _negated=True), fields=("token_hash",), name="question_token"),
                    models.CheckConstraint(condition=models.Q(models.Q(("state", "unconfirmed"), _negated=True), models.Q(("token_hash", ""), _negated=True), _connector="OR"), name="question_confirmable"),
                ],
            },
        ),
    ]
