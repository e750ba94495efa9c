"""What is cleared away every night: log-ins that ended, sheets uploaded and never saved."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from laoqu.register.models import SheetImport

LEFT = timedelta(days=7)


def clear_residue() -> None:
    """Delete what nobody comes back to, with everything that was typed into it."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    for left in SheetImport.objects.filter(written__isnull=True, uploaded_at__lt=now - LEFT):
        left.file.delete(save=False)
        left.delete()
