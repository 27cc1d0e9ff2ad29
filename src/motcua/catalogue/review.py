"""Reads for those who keep the catalogue: the register of procedures, what a draft lacks, which process applies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from motcua.catalogue.errors import VersionUnknown
from motcua.catalogue.models import Competence, Finding, ImportRun, ProcedureVersion
from motcua.catalogue.publishing import lacking
from motcua.catalogue.queries import CaseFacts, ComponentFacts, TariffFacts, in_force, read_version
from motcua.catalogue.rules import FeeKind
from motcua.catalogue.words import CHANNEL_WORDS, FEE_WORDS, LEVEL_WORDS, TEXT_WORDS
from motcua.processes import queries as processes

State = ProcedureVersion.State


def register() -> QuerySet[ProcedureVersion]:
    """The newest version of every procedure that was not set aside, with counts of findings and drafts."""
    newest = ProcedureVersion.objects.filter(procedure=OuterRef("procedure")).exclude(
        state=State.CLOSED, valid__isnull=True
    )
    rows = ProcedureVersion.objects.filter(pk=Subquery(newest.order_by("-number").values("pk")[:1]))
    return rows.select_related("procedure__field").annotate(remarks=Count("findings"))


@dataclass(frozen=True, slots=True)
class ProcessUse:
    """How many procedures in force follow a process of their own, and how many the default."""

    own: int
    by_default: int

    @property
    def total(self) -> int:
        return self.own + self.by_default


def process_use(on: date) -> ProcessUse:
    """Counts over the procedures in force on a day."""
    codes = set(in_force(on).values_list("procedure__code", flat=True))
    own = codes & set(processes.versions_on(on))
    return ProcessUse(len(own), len(codes) - len(own))


def without_own_process(on: date) -> QuerySet[ProcedureVersion]:
    """The versions in force whose procedures follow the default process."""
    own = [code for code in processes.versions_on(on) if code]
    return in_force(on).exclude(procedure__code__in=own).select_related("procedure__field")


def versions_with(kind: str) -> QuerySet[Finding]:
    """The numbers of the versions with a remark of this kind."""
    return Finding.objects.filter(kind=kind).values("version_id")


def draft_count() -> int:
    """How many drafts wait for publication."""
    return ProcedureVersion.objects.filter(state=State.DRAFT).count()


def of(version_id: int) -> ProcedureVersion:
    """The version with its procedure and field. Raises VersionUnknown."""
    version = ProcedureVersion.objects.select_related("procedure__field").filter(pk=version_id).first()
    if version is None:
        raise VersionUnknown
    return version


def lacks(version_id: int) -> list[str]:
    """What a draft lacks before it can be published, the decision aside."""
    return lacking(of(version_id), "sẽ nhập khi công bố")


def before(version: ProcedureVersion) -> ProcedureVersion | None:
    """The version that this one is compared with: the next older that was not set aside."""
    older = version.procedure.versions.filter(number__lt=version.number).exclude(state=State.CLOSED, valid__isnull=True)
    return older.order_by("-number").first()


def content_of(version: ProcedureVersion) -> dict[str, list[str]]:
    """Everything a version says as lines of text by part, in the words of the pages."""
    facts = read_version(version.pk)
    names = {case.id: case.name for case in facts.cases}
    texts = {str(TEXT_WORDS.get(key, key)): [text] for key, text in version.texts.items()}
    return {
        _("Tên thủ tục"): [version.name],
        _("Cấp thực hiện"): [str(LEVEL_WORDS[level]) for level in version.levels],
        _("Cách thức nộp"): [str(CHANNEL_WORDS[channel]) for channel in version.channels],
        _("Mức trực tuyến"): [version.online_level] if version.online_level else [],
        _("Quy định sau 15 giờ"): [_("Có")] if version.after_15h else [],
        _("Quyết định công bố"): [version.decision_number] if version.decision_number else [],
        _("Trường hợp"): [_case(case) for case in facts.cases],
        _("Thành phần hồ sơ"): [_paper(c, names) for c in facts.components],
        _("Phí, lệ phí"): [_fee(t, names) for t in facts.tariffs],
        _("Kết quả"): [f"{r.code} {r.name}".strip() for r in facts.results],
        _("Căn cứ pháp lý"): [f"{n} {t}".strip() for n, t in version.legal_bases.values_list("number", "title")],
        **texts,
    }


def _case(case: CaseFacts) -> str:
    term = case.term.words() if case.term else case.term_text or "–"
    return f"{case.name}: {term} ({_channels(case.channels)})"


def _channels(channels: tuple[str, ...]) -> str:
    return ", ".join(str(CHANNEL_WORDS[channel]) for channel in channels)


def _paper(paper: ComponentFacts, names: dict[int, str]) -> str:
    counts = _("%(originals)s bản chính, %(copies)s bản sao") % {"originals": paper.originals, "copies": paper.copies}
    needed = _("bắt buộc") if paper.required else _("không bắt buộc")
    case = f" [{names[paper.case_id]}]" if paper.case_id else ""
    return f"{paper.name} ({counts}, {needed}){case}"


def _fee(tariff: TariffFacts, names: dict[int, str]) -> str:
    amount = f"{tariff.amount:,} đồng".replace(",", ".") if tariff.amount is not None else _("theo quy định")
    case = f" [{names[tariff.case_id]}]" if tariff.case_id else ""
    return f"{FEE_WORDS[FeeKind(tariff.kind)]}: {tariff.name} – {amount}{case}"


@dataclass(frozen=True, slots=True)
class CompetenceFacts:
    """Who settles what at which level; `until` is the first day no longer."""

    unit_id: int
    procedure: str
    field: str
    field_name: str
    level: str
    since: date | None
    until: date | None
    decision: str


def competences(*, on: date, unit_id: int | None = None, text: str = "") -> list[CompetenceFacts]:
    """The competences in force on a day, of one unit or for what `text` names (a procedure's code or a field)."""
    rows = Competence.objects.filter(valid__contains=on).select_related("procedure", "field")
    rows = rows.filter(unit_id=unit_id) if unit_id else rows
    if text:
        rows = rows.filter(
            Q(procedure__code__startswith=text) | Q(field__name__icontains=text) | Q(field__procedures__code=text)
        ).distinct()
    return [
        CompetenceFacts(
            row.unit_id, row.procedure.code if row.procedure else "", row.field.code if row.field else "",
            row.field.name if row.field else "", row.level, row.valid.lower, row.valid.upper, row.decision,
        )
        for row in rows.order_by("unit__code", "field__name", "procedure__code")
    ]  # fmt: skip


def import_runs(limit: int = 10) -> list[ImportRun]:
    """The latest imports with their reports."""
    return list(ImportRun.objects.order_by("-pk")[:limit])


def import_run(run_id: int) -> ImportRun | None:
    """One import with its report."""
    return ImportRun.objects.filter(pk=run_id).first()
