import common.search
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import taggit.managers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_consent'),
        ('taxonomy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('former_slugs', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=120), blank=True, default=list, editable=False, size=None)),
                ('headline', models.CharField(blank=True, max_length=160, verbose_name='headline')),
                ('about', models.TextField(blank=True, max_length=6000, verbose_name='about me')),
                ('text_language', models.CharField(blank=True, max_length=8, verbose_name='language of the text')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None, verbose_name='languages')),
                ('listed_to', models.CharField(choices=[('everybody', 'Everybody'), ('members', 'Members'), ('nobody', 'Nobody')], default='nobody', max_length=9, verbose_name='Who finds my page')),
                ('about_to', models.CharField(choices=[('everybody', 'Everybody'), ('members', 'Members'), ('nobody', 'Nobody')], default='members', max_length=9, verbose_name='About me')),
                ('photo_to', models.CharField(choices=[('everybody', 'Everybody'), ('members', 'Members'), ('nobody', 'Nobody')], default='members', max_length=9, verbose_name='Photo')),
                ('organisations_to', models.CharField(choices=[('everybody', 'Everybody'), ('members', 'Members'), ('nobody', 'Nobody')], default='members', max_length=9, verbose_name='Organisations and roles')),
                ('interests_to', models.CharField(choices=[('everybody', 'Everybody'), ('members', 'Members'), ('nobody', 'Nobody')], default='members', max_length=9, verbose_name='Themes, municipalities and tags')),
                ('languages_to', models.CharField(choices=[('everybody', 'Everybody'), ('members', 'Members'), ('nobody', 'Nobody')], default='members', max_length=9, verbose_name='Languages')),
                ('email_to', models.CharField(choices=[('everybody', 'Everybody'), ('members', 'Members'), ('nobody', 'Nobody')], default='nobody', max_length=9, verbose_name='E-mail address')),
                ('keywords', models.TextField(blank=True, editable=False)),
                ('vector', models.GeneratedField(db_persist=True, expression=common.search.TextVector({'keywords': 'A'}, ['keywords'], language='text_language'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('municipalities', models.ManyToManyField(blank=True, related_name='profiles', to='taxonomy.municipality', verbose_name='municipalities')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text='A comma-separated list of tags.', through='taxonomy.TaggedNoun', to='taxonomy.Tag', verbose_name='Tags')),
                ('themes', models.ManyToManyField(blank=True, related_name='profiles', to='taxonomy.theme', verbose_name='themes')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'profile',
                'verbose_name_plural': 'profiles',
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('profile', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='photo', to='members.profile')),
            ],
            options={
                'verbose_name': 'photo',
                'verbose_name_plural': 'photos',
            },
        ),
        migrations.AddIndex(
            model_name='profile',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vector'], name='profile_vector'),
        ),
        migrations.AddIndex(
            model_name='profile',
            index=django.contrib.postgres.indexes.GinIndex(fields=['former_slugs'], name='profile_former_slugs'),
        ),
    ]
