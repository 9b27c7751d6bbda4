"""Find a surname also when it was typed with one letter wrong: its words, each also without one of its letters."""

import django.contrib.postgres.indexes
from django.db import migrations

import authorizations.models.spellings

# Accents count as no mistake. A short word is only itself, and beside a longer one ("de", "van der") it says nothing.
NEAR_SPELLINGS = """
CREATE FUNCTION near_spellings(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    WITH words AS (
        SELECT word, length(word) AS letters, max(length(word)) OVER () AS longest
        FROM regexp_split_to_table(
            translate(upper(name), 'ÁÀÂÄÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜÝŠŽ', 'AAAAAACEEEEIIIINOOOOOOUUUUYSZ'), '[[:space:]''’.,-]+'
        ) AS word
    )
    SELECT coalesce(array_agg(DISTINCT spelling), '{}') FROM (
        SELECT word AS spelling FROM words WHERE letters > 3 OR letters = longest AND letters > 0
        UNION ALL
        SELECT overlay(word PLACING '' FROM place FOR 1) FROM words, generate_series(1, letters) AS place WHERE letters > 3
    ) AS near
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0008_saved_views'),
    ]

    operations = [
        migrations.RunSQL(NEAR_SPELLINGS, "DROP FUNCTION near_spellings(text)"),
        migrations.AddIndex(
            model_name='insured',
            index=django.contrib.postgres.indexes.GinIndex(authorizations.models.spellings.NearSpellings('surname'), name='insured_surname_alike'),
        ),
    ]
