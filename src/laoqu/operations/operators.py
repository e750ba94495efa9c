"""The operator account: made on the first start with a random password that is shown once."""

from axes.utils import reset
from django.contrib.auth import get_user_model
from django.db import transaction

from laoqu.access.audit import write_entry
from laoqu.access.models import Appointment, Association, Role
from laoqu.access.passwords import random_password, set_password
from laoqu.operations.refusal import Refusal

USERNAME = "operator"
COMMAND = "（本机命令）"
"""Who acted, in the audit trail, where somebody used the command line."""


@transaction.atomic
def ensure_operator() -> str | None:
    """Make the operator where there is none, and appoint it at every association without an office.

    Returns: the new password, or None when the account was there already.
    """
    user, created = get_user_model().objects.get_or_create(username=USERNAME)
    password = random_password() if created else None
    if password:
        set_password(user, password)
        write_entry(COMMAND, "开账号", subject=USERNAME)
    for association in Association.objects.exclude(appointments__role=Role.OFFICE):
        Appointment.objects.create(user=user, association=association, role=Role.OFFICE)
    return password


def set_new_password() -> str:
    """Give the operator another random password, and let it in again after too many wrong ones."""
    user = get_user_model().objects.filter(username=USERNAME).first()
    if user is None:
        raise Refusal("还没有操作员账号，请先运行 laoqu serve。")
    password = random_password()
    set_password(user, password)
    reset(username=USERNAME)
    write_entry(COMMAND, "重设密码", subject=USERNAME)
    return password


def announcement(password: str | None) -> str:
    """What a command says about the account; a password is shown this one time only."""
    if password is None:
        return f"操作员账号：{USERNAME}。忘了密码可运行 laoqu operator --new-password。"
    return f"操作员账号：{USERNAME}  密码：{password}\n密码只显示这一次，请抄下来。"
