"""The association's own word list: names the reader did not know, learned from a person."""

from collections import defaultdict

from django.db import transaction

from laoqu.access.models import Association
from laoqu.areas.organisations.models import Organisation
from laoqu.areas.places.models import Place
from laoqu.intake.models import Proposal, ReaderWord, WordKind
from laoqu.register.forms import RecordForm
from laoqu.register.models import Source
from laoqu.register.names import NameField, split_names
from laoqu_engines.reader import Lexicon, default_lexicon, knows

LISTS = {WordKind.BODY: "bodies.names", WordKind.PLACE: "places.names"}
"""The reader's list that each kind of word goes into."""
KINDS = {Organisation: WordKind.BODY, Place: WordKind.PLACE}


def lexicon_of(association: Association) -> Lexicon:
    """The reader's words together with those that the association taught it."""
    own: dict[str, list[str]] = defaultdict(list)
    taught = ReaderWord.objects.filter(association=association)
    for kind, word in taught.values_list("kind", "word"):
        own[LISTS[WordKind(kind)]].append(word)
    return default_lexicon().extended(own)


@transaction.atomic
def learn(kind: WordKind, word: str, source: Source) -> None:
    """Teach the reader a name; one that it finds by itself is left out."""
    longest = ReaderWord._meta.get_field("word").max_length or 0
    if not 2 <= len(word) <= longest or knows(word, LISTS[kind], default_lexicon()):
        return
    ReaderWord.objects.get_or_create(
        association=source.association, kind=kind, word=word, defaults={"learned_from": source}
    )


def learn_from_edit(proposal: Proposal, form: RecordForm) -> None:
    """Learn the names that a person typed over a proposal and that its document uses."""
    for name, field in form.fields.items():
        if not isinstance(field, NameField) or field.model not in KINDS:
            continue
        read = split_names(str(proposal.data.get(name, "")))[0]
        typed = split_names(str(form.data.get(name, "")))[0]
        new = [written for written in typed if written not in read]
        for written, answer in zip(new, field.answers(new), strict=True):
            spellings = [written]
            if isinstance(answer.row, (Organisation, Place)):
                spellings += [answer.row.name, *answer.row.aliases.values_list("name", flat=True)]
            used = next((one for one in spellings if one in proposal.source.text), None)
            if used:
                learn(KINDS[field.model], used, proposal.source)
