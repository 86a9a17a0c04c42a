from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('digests', '0002_looking_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='subscription',
            name='frequency_before',
            field=models.CharField(blank=True, choices=[('off', 'Never'), ('daily', 'Every day'), ('weekly', 'Every week'), ('fortnightly', 'Every two weeks'), ('monthly', 'Every month')], default='', max_length=12),
        ),
    ]
