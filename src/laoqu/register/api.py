"""The API: the same registers, rows, filters and forms as the pages, for programs (OpenAPI)."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Query, Router, Schema, Status
from ninja.errors import ValidationError as Misfit
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer
from pydantic import ConfigDict, Field, create_model

from laoqu.access.models import Association
from laoqu.access.rules import CHANGE, association_of, is_inside, rows
from laoqu.access.tokens import person_of
from laoqu.register.cells import label_of, raw
from laoqu.register.fields import MoneyField
from laoqu.register.figures import figures
from laoqu.register.filters import RowFilters, filterset_for
from laoqu.register.forms import NOT_YOURS, RecordForm, form_class
from laoqu.register.names import name_of
from laoqu.register.registry import Register
from laoqu.register.tables import with_relations

MOST = 500
FURTHEST = 1_000_000_000
"""No register has so many rows; a database counts no further than it must."""


ABOUT = """台账的行、查找条件和填写规则与网页相同，能看、能改什么由令牌的任职决定。

请求头写 `Authorization: Bearer 令牌`。金额以元为单位；填写时照网页的写法，如“80万元”。
修改时只写要改的项，写空（`null` 或 `""`）就是清空，并带上读到的 `version`。
没有存成时，`errors` 按项说明原因。"""


class ByToken(HttpBearer):
    """`Authorization: Bearer laoqu_…`; the request then acts as the token's one appointment."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        person = person_of(token)
        if person is not None:
            request.user = person
        return person


class Named(Schema):
    """A related row: its key and the name under which forms find it."""

    id: int
    name: str


class Typed(Schema):
    """What is sent; a name that there is not is refused, so that nothing is lost in silence."""

    model_config = ConfigDict(extra="forbid")


class Refusal(Schema):
    """Why nothing was saved: sentences by field; those of the whole row under ""."""

    errors: dict[str, list[str]]


class Readable(JSONRenderer):
    """Chinese as it is, in half the bytes of its escapes."""

    json_dumps_params: Mapping[str, Any] = MappingProxyType({"ensure_ascii": False})


def make_api() -> NinjaAPI:
    """The API of all registers, and of the figures."""
    api = NinjaAPI(
        title="老区",
        version="1",
        description=ABOUT,
        auth=ByToken(),
        docs_url=None,
        urls_namespace="api",
        renderer=Readable(),
    )

    @api.exception_handler(Misfit)
    def refuse(request: HttpRequest, error: Misfit) -> Any:
        found: dict[str, list[str]] = {}
        for one in error.errors:
            name = str(one["loc"][min(2, len(one["loc"]) - 1)])
            unknown = one["type"] == "extra_forbidden"
            sentence = "没有这一项，请照接口说明写。" if unknown else "写法不对，请照接口说明写。"
            found[name] = [sentence]
        return api.create_response(request, {"errors": found}, status=422)

    api.get("/figures/{year}", tags=["数据项"])(figures_of_year)
    for register in Register.registers.values():
        api.add_router(f"/{register.slug}", _router(register), tags=[str(register.label)])
    return api


def figures_of_year(request: HttpRequest, year: int) -> list[dict[str, Any]]:
    """Every figure of a year as this person may see it."""
    found = []
    for figure in figures():
        value = figure.value(request.user, year)
        found.append({"key": figure.key, "label": str(figure.label), "value": value})
    return found


def _router(register: Register) -> Router:
    router = Router()
    name = register.model.__name__
    shown = _shown_schema(register)
    page = create_model(f"{name}Page", __base__=Schema, count=(int, ...), rows=(list[shown], ...))  # type: ignore[valid-type]

    @router.get(
        "",
        response={200: page, 400: Refusal},
        operation_id=f"list_{register.slug}",
        exclude_unset=True,
        openapi_extra={"parameters": _conditions(register)},
    )
    def list_rows(
        request: HttpRequest,
        limit: int = Query(50, ge=1, le=MOST),  # type: ignore[type-arg]
        offset: int = Query(0, ge=0, le=FURTHEST),  # type: ignore[type-arg]
    ) -> Any:
        filters = filterset_for(register, request.user)(
            request.GET, rows(request.user, register.model), request=request
        )
        refused = _misunderstood(filters, request)
        if refused:
            return Status(400, {"errors": refused})
        found = with_relations(register, filters.qs, _fields(register))
        found = found if found.ordered else found.order_by("pk")
        part = list(found[offset : offset + limit])
        own = rows(request.user, register.model, published=False)
        inside = set(own.filter(pk__in=[row.pk for row in part]).values_list("pk", flat=True))
        seen = {told: _seen(register, _listed(register), inside=told) for told in (True, False)}
        shown = [as_data(row, seen[row.pk in inside]) for row in part]
        return {"count": found.count(), "rows": shown}

    @router.get("/{pk}", response=shown, operation_id=f"get_{register.slug}")
    def get_row(request: HttpRequest, pk: int) -> Any:
        row = get_object_or_404(rows(request.user, register.model), pk=pk)
        inside = is_inside(request.user, row)
        return as_data(row, _seen(register, _fields(register), inside=inside))

    if register.addable:
        _add_writing(router, register, shown)
    return router


def _add_writing(router: Router, register: Register, shown: type[Schema]) -> None:
    typed: Any = _typed_schema(register)

    @router.post("", response={201: shown, 400: Refusal}, operation_id=f"add_{register.slug}")
    def add_row(request: HttpRequest, data: typed) -> Any:
        association = association_of(request.user, register.model)
        if association is None:
            raise Http404
        made = form_class(register, request.user, association)
        return _save(register, made(_words(data)), 201)

    @router.patch(
        "/{pk}", response={200: shown, 400: Refusal}, operation_id=f"change_{register.slug}"
    )
    def change_row(request: HttpRequest, pk: int, data: typed) -> Any:
        row: Any = get_object_or_404(rows(request.user, register.model, CHANGE), pk=pk)
        association = getattr(row, "association", None) or association_of(request.user)
        assert association is not None
        made = form_class(register, request.user, association)
        present = {bound.name: bound.value() for bound in made(instance=row)}
        present = {name: "" if value is None else value for name, value in present.items()}
        form = made({**present, **_words(data)}, instance=row)
        return _save(register, form, 200)


def _words(data: Schema) -> dict[str, Any]:
    """What was sent, as a form takes it; what was sent empty is emptied."""
    sent = data.dict(exclude_unset=True)
    return {name: "" if value is None else value for name, value in sent.items()}


def _conditions(register: Register) -> list[dict[str, Any]]:
    """The conditions of the list page, as OpenAPI describes parameters."""
    return [
        {
            "in": "query",
            "name": name,
            "description": str(condition.label),
            "required": False,
            "schema": {"type": "string"},
        }
        for name, condition in filterset_for(register, None).base_filters.items()
    ]


def _misunderstood(filters: RowFilters, request: HttpRequest) -> dict[str, list[str]]:
    """Conditions that there are not, or whose values say nothing: rows would be too many."""
    found = {name: [str(word) for word in words] for name, words in filters.form.errors.items()}
    for name in request.GET.keys() - filters.form.fields.keys() - {"limit", "offset"}:
        found[name] = ["没有这个条件，请照接口说明写。"]
    return found


def _save(register: Register, form: RecordForm, status: int) -> Any:
    if form.is_valid():
        try:
            return Status(status, as_data(form.save_record(), _fields(register)))
        except ValidationError as error:
            form.add_error(None, error)
        except PermissionDenied:
            return Status(400, {"errors": {"": [str(NOT_YOURS)]}})
    errors = {"" if name == "__all__" else name: found for name, found in form.errors.items()}
    sentences = {name: [str(word) for word in found] for name, found in errors.items()}
    return Status(400, {"errors": sentences})


def _fields(register: Register) -> list[str]:
    named = [name for section in register.form for name in section.fields]
    own = ["code", "state", "visibility", "note", "version"] if register.is_ledger else []
    return list(dict.fromkeys([*own, *named, *register.shown]))


def _listed(register: Register) -> list[str]:
    """Without what only the page of a row shows, counted from other rows for each row anew."""
    stored = {field.name for field in register.model._meta.get_fields()}
    return [name for name in _fields(register) if name in stored or name in register.columns]


def _seen(register: Register, names: list[str], *, inside: bool) -> list[str]:
    """Those of the fields that somebody may see whom the row concerns, or else anybody."""
    return [name for name in names if register.shows(name, inside=inside)]


def as_data(row: models.Model, names: list[str]) -> dict[str, Any]:
    """A row as plain data: money in yuan, related rows as key and name."""
    data: dict[str, Any] = {"id": row.pk}
    for name in names:
        value = raw(row, name)
        if isinstance(value, list):
            value = [{"id": item.pk, "name": name_of(item)} for item in value]
        elif isinstance(value, models.Model):
            value = {"id": value.pk, "name": name_of(value)}
        elif value is not None and not isinstance(value, str | bool | int | Decimal):
            value = str(value)
        data[name] = value
    return data


def _shown_schema(register: Register) -> type[Schema]:
    fields: dict[str, Any] = {"id": (int, ...)}
    for name in _fields(register):
        fields[name] = (_type(register.model, name), Field(None, title=_title(register, name)))
    return create_model(register.model.__name__, __base__=Schema, **fields)


def _typed_schema(register: Register) -> type[Schema]:
    """What a form takes: words as on the page, booleans for ticks, keys of choices."""
    made = form_class(register, None, Association())
    fields: dict[str, Any] = {}
    for name, field in made.base_fields.items():
        kind: Any = bool | None if isinstance(field, forms.BooleanField) else str | int | None
        fields[name] = (kind, Field(None, title=str(field.label), description=_help(field)))
    return create_model(f"{register.model.__name__}Typed", __base__=Typed, **fields)


def _help(field: forms.Field) -> str | None:
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return "、".join(f"{key}（{label}）" for key, label in choices if key != "")
    return str(field.help_text) or None


def _title(register: Register, name: str) -> str:
    return str(label_of(register.model, name))


def _type(model: type[models.Model], name: str) -> Any:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return Any
    if field.many_to_many:
        return list[Named]
    if field.related_model is not None:
        return Named | None
    if isinstance(field, models.BooleanField):
        return bool | None
    if isinstance(field, MoneyField | models.DecimalField):
        return Decimal | None
    return int | None if isinstance(field, models.IntegerField) else str | None
