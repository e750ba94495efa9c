"""How soon each department responds: the median, for the office alone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import QuerySet

from laoqu.areas.organisations.models import Organisation
from laoqu.areas.requests.models import Request, Satisfaction


@dataclass(frozen=True)
class Response:
    """One department: its requests, how many it responded to, the median time, the satisfied."""

    organisation: Organisation
    requests: int
    responded: int
    median: timedelta | None
    rated: int
    satisfied: int


def response_by_department(found: QuerySet[Request]) -> list[Response]:
    """The departments of the requests given, those that respond slowest first."""
    by_department: dict[Organisation, list[Request]] = defaultdict(list)
    for request in found.exclude(addressee=None).select_related("addressee"):
        by_department[request.addressee].append(request)
    table = [_response(body, requests) for body, requests in by_department.items()]
    longest = timedelta.max
    return sorted(table, key=lambda row: (row.median or longest, row.requests), reverse=True)


def _response(body: Organisation, requests: list[Request]) -> Response:
    times = [time for request in requests if (time := request.response_time()) is not None]
    rated = [request.satisfaction for request in requests if request.satisfaction]
    return Response(
        body,
        len(requests),
        len(times),
        median(times) if times else None,
        len(rated),
        sum(one != Satisfaction.NOT for one in rated),
    )
