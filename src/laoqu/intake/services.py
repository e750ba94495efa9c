"""Taking material in: receive a file, read it beside the page, propose the rows found in it."""

import logging
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import close_old_connections, connection, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from laoqu.access.models import Association
from laoqu.access.rules import ADD, CHANGE, may, rows
from laoqu.intake.files import Opened, Refused, fingerprint, open_file, text_fingerprint
from laoqu.intake.mapping import Proposed, Writer, guess_year, propose
from laoqu.intake.models import Decision, Proposal, Reading, Stage
from laoqu.intake.sheet_rows import propose_sheet
from laoqu.intake.words import lexicon_of
from laoqu.register.models import Source
from laoqu.register.sealed import holds_identity
from laoqu_engines.reader import Fact, read
from laoqu_engines.values import gazetteer

log = logging.getLogger(__name__)
CHUNK = 20_000
"""Characters read at a time, so that a long document shows how far it has come."""
HEAD = 400
"""Characters of the head of a document that say whose it is and of which year."""
PATIENCE_SECONDS = 3.0
"""How long the page waits for a reading before it shows the progress instead."""
ABANDONED = timedelta(seconds=60)
"""A reading without a sign of life for so long was cut off and is taken up again."""


class AlreadyHere(Exception):
    """The same document came in before, as `source`."""

    def __init__(self, source: Source) -> None:
        super().__init__(
            _("这份材料以前收过（%(title)s），没有重复收。下面就是它。") % {"title": source.title}
        )
        self.source = source


def receive(
    data: bytes, filename: str, association: Association, user: object, keep_anyway: bool = False
) -> Reading:
    """Keep a file that came in, to be read. Errors: `AlreadyHere`."""
    digest = fingerprint(data)
    known = Source.objects.filter(association=association, sha256=digest).first()
    if known is not None:
        raise AlreadyHere(known)
    reading = Reading(
        association=association,
        filename=filename[-255:],
        sha256=digest,
        keep_anyway=keep_anyway,
        received_by=user if getattr(user, "is_authenticated", False) else None,
    )
    reading.file.save(f"{digest[:16]}", ContentFile(data), save=True)
    return reading


def start(reading: Reading) -> None:
    """Read in the background; wait a moment, since most documents are done by then."""
    worker = threading.Thread(target=_in_thread, args=(reading.pk,), daemon=True)
    worker.start()
    worker.join(PATIENCE_SECONDS)


def resume() -> None:
    """Take up the readings that a stopped server left behind."""
    limit = timezone.now() - ABANDONED
    left = Q(stage=Stage.WAITING, received_at__lt=limit) | Q(
        stage=Stage.READING, heartbeat_at__lt=limit
    )
    for reading in Reading.objects.filter(left):
        threading.Thread(target=_in_thread, args=(reading.pk,), daemon=True).start()


def _in_thread(pk: int) -> None:
    close_old_connections()
    try:
        run(pk)
    except Exception:
        log.exception("reading %s was cut off and will be taken up again", pk)
    finally:
        connection.close()


def run(pk: int) -> None:
    """Read one document from its file to its proposals; what fails leaves only a sentence."""
    if not _claim(pk):
        return
    reading = Reading.objects.select_related("association").get(pk=pk)
    try:
        with reading.file.open() as file:
            data = file.read()
        _read(reading, data)
    except Refused as error:
        reading.stage, reading.error = Stage.FAILED, str(error)
        reading.may_be_kept = error.may_be_kept
        reading.save()
    except AlreadyHere as error:
        reading.stage, reading.error = Stage.FAILED, str(error)
        reading.known_source = error.source.pk
        reading.save()
    reading.file.delete(save=True)


def _claim(pk: int) -> bool:
    """Only one thread reads a document, also where several servers share a database."""
    now = timezone.now()
    free = Q(stage=Stage.WAITING) | Q(stage=Stage.READING, heartbeat_at__lt=now - ABANDONED)
    claimed = Reading.objects.filter(free, pk=pk).update(stage=Stage.READING, heartbeat_at=now)
    return claimed == 1


def _read(reading: Reading, data: bytes) -> None:
    opened = open_file(data, reading.filename)
    _refuse_identities(reading, opened.text)
    reading.text_sha256 = text_fingerprint(opened.text)
    _refuse_known_text(reading)
    _progress(reading, 0, len(opened.text))
    writer = Writer(reading.association.name)
    year: int | None = None
    if opened.sheet is not None:
        proposed = propose_sheet(opened.sheet, writer)
        years = re.search(r"(20\d\d)\s*年", opened.text)
        year = int(years[1]) if years else None
    elif opened.is_scan:
        proposed = []
    else:
        _refuse_other_county(reading, opened.text)
        facts = _facts(reading, opened.text)
        proposed, year = propose(facts, writer), guess_year(facts, _year_in(opened.text))
    if not proposed and not opened.is_scan and not reading.keep_anyway:
        raise Refused(
            _(
                "从“%(name)s”里没有读出可以入账的事，没有收下。"
                "如果要留作出处、自己登记，请勾选“仍然收下”再传一次。"
            )
            % {"name": reading.filename},
            may_be_kept=True,
        )
    _store(reading, data, opened, proposed, year)


def _refuse_known_text(reading: Reading) -> None:
    same = Reading.objects.filter(
        association=reading.association, text_sha256=reading.text_sha256, source__isnull=False
    )
    known = same.select_related("source").first()
    if known is not None and known.source is not None:
        raise AlreadyHere(known.source)


def _refuse_identities(reading: Reading, text: str) -> None:
    """The text of a document lies open to all who may read it."""
    if holds_identity(text):
        raise Refused(
            _(
                "“%(name)s”里有身份证号，没有收下。请把身份证号删去再传一次；"
                "发放要用的号码，填在慰问花名册里，那里加密保存。"
            )
            % {"name": reading.filename}
        )


def _refuse_other_county(reading: Reading, text: str) -> None:
    """A report of another county is not taken in unless the person insists."""
    own = reading.association.area_code
    meant = gazetteer.county_in_text(text)
    if meant is None or reading.keep_anyway or meant.code.startswith(own[:6]):
        return
    raise Refused(
        _(
            "“%(name)s”讲的好像是%(county)s，不是本会所在的地方，没有收下。"
            "请核对是不是选错了文件；确实要收，请勾选“仍然收下”再传一次。"
        )
        % {"name": reading.filename, "county": meant.full_name},
        may_be_kept=True,
    )


def _year_in(text: str) -> int | None:
    found = re.search(r"(20\d\d)年", text)
    return int(found[1]) if found else None


def _progress(reading: Reading, done: int, total: int) -> None:
    reading.done, reading.total, reading.heartbeat_at = done, total, timezone.now()
    reading.save(update_fields=["done", "total", "heartbeat_at"])


def _facts(reading: Reading, text: str) -> list[Fact]:
    """The facts of a text, read part by part where it is long."""
    facts: list[Fact] = []
    lexicon = lexicon_of(reading.association)
    for part in parts(text):
        facts += read_part(text, part, lambda piece: read(piece, lexicon=lexicon).facts)
        _progress(reading, part[1], len(text))
    return facts


def parts(text: str, size: int = CHUNK) -> Iterator[tuple[int, int]]:
    """Spans of about `size` characters that end at line breaks and cover the text."""
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > size * 3 // 2:
            end = text.find("\n", start + size) + 1 or len(text)
        yield start, end
        start = end


def read_part(
    text: str, part: tuple[int, int], reader: Callable[[str], tuple[Fact, ...]]
) -> list[Fact]:
    """The facts of one part, in characters of the whole text.

    The head of the document goes before each later part, since it says who speaks and of when.
    """
    start, end = part
    head = text[: text.rfind("\n", 0, HEAD) + 1] if start else ""
    shift = start - len(head)
    return [
        moved(fact, shift, f"{start}-") if start else fact
        for fact in reader(head + text[start:end])
        if fact.span[0] >= len(head)
    ]


def moved(fact: Fact, shift: int, mark: str) -> Fact:
    """The fact with its spans moved and its name made unique."""

    def move(span: tuple[int, int] | None) -> tuple[int, int] | None:
        return (span[0] + shift, span[1] + shift) if span else None

    places = tuple(replace(place, span=move(place.span)) for place in fact.places)
    return replace(
        fact,
        id=mark + fact.id,
        part_of=mark + fact.part_of if fact.part_of else None,
        span=move(fact.span),
        actor_span=move(fact.actor_span),
        amount_span=move(fact.amount_span),
        places=places,
    )


def _store(
    reading: Reading, data: bytes, opened: Opened, proposed: list[Proposed], year: int | None
) -> None:
    """Source and proposals appear together or not at all."""
    source = Source(
        association=reading.association,
        title=opened.title[:200] or reading.filename[:200],
        year=year if year and 1921 <= year <= 2100 else None,
        filename=reading.filename,
        sha256=reading.sha256,
        text=opened.text,
        received_by=reading.received_by,
    )
    try:
        with transaction.atomic():
            source.file.save(reading.filename[-100:], ContentFile(data), save=False)
            source.save()
            user = reading.received_by or reading.association
            if not may(user, ADD, source):
                raise PermissionDenied
            _store_proposals(source, proposed)
            reading.source, reading.stage = source, Stage.DONE
            reading.remarks = opened.sheet.remarks if opened.sheet else []
            reading.save()
    except BaseException:
        source.file.storage.delete(source.file.name)
        raise


def _store_proposals(source: Source, proposed: list[Proposed]) -> None:
    made = [
        Proposal(
            source=source,
            position=position,
            register=row.register,
            data=row.data,
            reading=row.reading,
            start=row.span[0],
            end=row.span[1],
        )
        for position, row in enumerate(proposed, 1)
    ]
    Proposal.objects.bulk_create(made, batch_size=500)
    by_key = {row.key: proposal for row, proposal in zip(proposed, made, strict=True)}
    for row, proposal in zip(proposed, made, strict=True):
        total = by_key.get(row.belongs_to) if row.belongs_to else None
        proposal.belongs_to = total if total is not proposal else None
    inner = [proposal for proposal in made if proposal.belongs_to_id]
    Proposal.objects.bulk_update(inner, ["belongs_to"], batch_size=500)


def sources(user: object) -> QuerySet[Source]:
    """The documents of this person's office, each with how many of its rows wait for a decision."""
    pending = Count("proposals", filter=Q(proposals__decision=Decision.PENDING))
    return rows(user, Source, CHANGE).annotate(waiting=pending)


def pending_count(user: object) -> int:
    """How many proposed rows wait for this person's decision."""
    return rows(user, Proposal, CHANGE).filter(decision=Decision.PENDING).count()
