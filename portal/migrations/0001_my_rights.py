import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="PersonalFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("language", models.CharField(max_length=8)),
                ("file", models.FileField(blank=True, max_length=200, upload_to=portal.models.storage_path)),
                ("size", models.PositiveBigIntegerField(default=0, help_text="bytes")),
                ("asked_at", models.DateTimeField()),
                ("ready_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("user", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="personal_file", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "copy of what is held on a member",
                "indexes": [models.Index(fields=["expires_at"], name="personal_file_expires")],
            },
        ),
        migrations.CreateModel(
            name="Farewell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("user", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="farewell", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "farewell",
                "indexes": [models.Index(fields=["due_at"], name="farewell_due")],
            },
        ),
    ]
