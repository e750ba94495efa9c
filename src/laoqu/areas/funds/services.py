"""What a work may be paid from, and the common policies to start with."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.areas.funds.models import FundClause, FundPolicy, Verdict


@dataclass(frozen=True)
class Finding:
    """What one policy says about a work: its verdict, and the clauses with the words they name."""

    policy: FundPolicy
    clauses: tuple[tuple[FundClause, tuple[str, ...]], ...]

    @property
    def verdict(self) -> str:
        """`forbidden` where any clause forbids it, `allowed` where one allows it, else empty."""
        said = {clause.verdict for clause, _words in self.clauses}
        return next((v for v in (Verdict.FORBIDDEN, Verdict.ALLOWED) if v in said), "")


def judge(text: str, policies: Iterable[FundPolicy]) -> list[Finding]:
    """What each policy says about a work described by `text`: allowed first, forbidden last.

    Args:
        policies: with their `clauses` prefetched.
    """
    found = [
        Finding(
            policy,
            tuple(
                (clause, tuple(words))
                for clause in policy.clauses.all()
                if (words := clause.words_in(text))
            ),
        )
        for policy in policies
    ]
    order = (Verdict.ALLOWED, "", Verdict.FORBIDDEN)
    return sorted(found, key=lambda finding: order.index(finding.verdict))


def common_policies() -> list[dict[str, Any]]:
    """The policies that the product brings along, from `data/policies.toml`."""
    text = files("laoqu.areas.funds").joinpath("data/policies.toml").read_text("utf-8")
    policies: list[dict[str, Any]] = tomllib.loads(text)["policy"]
    return policies


@transaction.atomic
def load_policies(association: Association, user: object = None) -> list[FundPolicy]:
    """Enter the common policies that the association does not have yet; those it has stay as is."""
    present = set(FundPolicy.objects.filter(association=association).values_list("name", flat=True))
    entered = user if getattr(user, "is_authenticated", False) else None
    loaded = []
    for data in common_policies():
        if data["name"] in present:
            continue
        clauses = data.pop("clause")
        policy = FundPolicy(association=association, entered_by=entered, **data)
        policy._change_reason = _("载入常见政策")
        policy.save()
        for clause in clauses:
            words = "\n".join(clause.pop("words"))
            FundClause.objects.create(
                association=association,
                year=policy.year,
                policy=policy,
                words=words,
                entered_by=entered,
                **clause,
            )
        loaded.append(policy)
    return loaded
