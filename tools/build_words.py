"""Bring the English catalogue in step with the texts of the pages, compile it, list what it lacks.

python tools/build_words.py

Needs GNU gettext. Write the English into `msgstr` of the entries it lists, and run it again.
"""

import os
import sys
import tempfile
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[1] / "src" / "laoqu"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
OF_THE_MOMENT = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator")


def collect() -> None:
    """Let gettext read the modules and templates."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"LAOQU_HOME": home, "DJANGO_SETTINGS_MODULE": "laoqu.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        os.chdir(SOURCE)
        call_command("makemessages", locale=["en"], no_location=True, no_wrap=True, verbosity=0)


def tidy() -> list[str]:
    """Drop texts that are gone and guesses, compile, and return the texts without English."""
    catalogue = polib.pofile(str(CATALOGUE))
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    for entry in catalogue.fuzzy_entries():
        entry.flags.remove("fuzzy")
        entry.msgstr, entry.previous_msgid = "", None
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    catalogue.metadata |= dict.fromkeys(OF_THE_MOMENT, "")
    catalogue.metadata_is_fuzzy = False
    catalogue.save()
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    return [entry.msgid for entry in catalogue.untranslated_entries()]


if __name__ == "__main__":
    collect()
    if missing := tidy():
        print(f"{CATALOGUE}: write the English of these into msgstr, then run this again:")
        sys.exit("\n".join(missing))
