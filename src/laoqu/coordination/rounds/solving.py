"""Solving beside the request: the question is kept, then its answer; neither is lost."""

import hashlib
import json
import logging
import threading
from collections.abc import Sequence
from datetime import timedelta
from importlib.metadata import version
from typing import Any

from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from laoqu.coordination.rounds.models import Progress, Round, Rule, Solution
from laoqu.coordination.rounds.problem import Material
from laoqu_engines import allocation
from laoqu_engines.allocation import Problem, ProblemError

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 2.0
"""How long the page waits for an answer before it shows the progress instead."""
ABANDONED = timedelta(seconds=90)
"""An answer without a sign of life for so long was cut off and is worked out again."""


def ask(found: Round, user: object, rules: Sequence[Rule]) -> list[Solution]:
    """Keep the question of a round for each rule; the same question is the same row.

    Errors: `ValidationError` with a sentence where there is nothing to solve.
    """
    material = Material(found)
    if not material.needs or not material.channels:
        raise ValidationError(_("请先选好需求和资金，再测算。"))
    problem = material.to_json()
    try:
        Problem.from_json(problem)
    except ProblemError as error:
        raise ValidationError(str(error)) from None
    return [_kept(found, user, rule, problem) for rule in rules]


def _kept(found: Round, user: object, rule: Rule, problem: dict[str, Any]) -> Solution:
    engine = version("laoqu")
    text = json.dumps([engine, rule, problem], ensure_ascii=False, sort_keys=True)
    solution, _created = Solution.objects.get_or_create(
        round=found,
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
        defaults={
            "rule": rule,
            "problem": problem,
            "engine": engine,
            "asked_at": timezone.now(),
        },
    )
    solution.asked_at = timezone.now()
    solution.asked_by = user if getattr(user, "is_authenticated", False) else None  # type: ignore[assignment]
    if solution.progress == Progress.FAILED:
        solution.progress, solution.error = Progress.WAITING, ""
    solution.save()
    return solution


def start(solutions: Sequence[Solution]) -> None:
    """Solve in the background; wait a moment, since most answers are there by then."""
    keys = [solution.pk for solution in solutions if solution.progress == Progress.WAITING]
    if keys:
        worker = threading.Thread(target=_in_thread, args=(keys,), daemon=True)
        worker.start()
        worker.join(PATIENCE_SECONDS)


def resume(found: Round) -> None:
    """Take up the questions of a round that a stopped server left behind."""
    limit = timezone.now() - ABANDONED
    left = Q(progress=Progress.WAITING, asked_at__lt=limit) | Q(
        progress=Progress.SOLVING, heartbeat_at__lt=limit
    )
    keys = list(found.solutions.filter(left).values_list("pk", flat=True))
    if keys:
        threading.Thread(target=_in_thread, args=(keys,), daemon=True).start()


def _in_thread(keys: Sequence[int]) -> None:
    close_old_connections()
    try:
        for key in keys:
            run(key)
    finally:
        connection.close()


def run(key: int) -> None:
    """Work out one answer; what fails leaves a sentence."""
    now = timezone.now()
    free = Q(progress=Progress.WAITING) | Q(
        progress=Progress.SOLVING, heartbeat_at__lt=now - ABANDONED
    )
    claimed = Solution.objects.filter(free, pk=key).update(
        progress=Progress.SOLVING, heartbeat_at=now
    )
    if not claimed:
        return
    solution = Solution.objects.get(pk=key)
    try:
        solution.plan = answer(solution.problem, solution.rule)
        solution.progress = Progress.DONE
    except ProblemError as error:
        solution.progress, solution.error = Progress.FAILED, str(error)
    except Exception:
        log.exception("solution %s failed", key)
        solution.progress = Progress.FAILED
        solution.error = _("测算时出了错，没有算成。请换一个算法，或把这一页拍下来告诉技术人员。")
    solution.save(update_fields=["plan", "progress", "error"])


def answer(problem: dict[str, Any], rule: str) -> dict[str, Any]:
    """The plan of the engine, and for 总得分最高 the others that come within 2 % of it."""
    asked = Problem.from_json(problem)
    plan = allocation.solve(asked, rule=rule)
    near = allocation.alternatives(asked, plan) if rule == Rule.MOST_BENEFIT else ()
    return {**plan.to_json(), "alternatives": [other.to_json() for other in near]}
