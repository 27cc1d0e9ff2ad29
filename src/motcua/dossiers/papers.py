"""What stands on each paper of a dossier: units as they were that day, the facts of the slip, the address to look up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.base.errors import NotFound
from motcua.base.time import local_date
from motcua.dossiers import services, words
from motcua.dossiers.page_queries import Papers
from motcua.dossiers.rules.lateness import timing
from motcua.dossiers.rules.refusals import HandledElsewhere
from motcua.dossiers.rules.state import Dossier, SlipRecord
from motcua.organisation import queries as organisation
from motcua.organisation.queries import UnitFacts
from motcua.people.rules import ROLE_NAMES, Role
from motcua.slips import content
from motcua.slips import services as slips
from motcua.slips.rules import Purpose

NUMBER_MARKS = {
    Purpose.RECEIPT: "TNHS",
    Purpose.SUPPLEMENT: "BSHS",
    Purpose.REFUSAL: "TCHS",
    Purpose.APOLOGY: "XLHL",
    Purpose.STOP: "TBD",
    Purpose.WITHDRAWAL: "RHS",
    Purpose.RETURN: "TKQ",
    Purpose.CONTROL: "KSQT",
}


@override(settings.LANGUAGE_CODE)  # a statutory paper is Vietnamese whatever language its officer reads
def pdf(papers: Papers, purpose: Purpose, number: int | None, *, now: datetime) -> bytes:
    """The paper as PDF/A. Raises NotFound for a slip the dossier does not have, HandledElsewhere for a followed one."""
    dossier = papers.dossier
    if dossier.is_mirrored:
        raise HandledElsewhere(source=dossier.source, external_code=dossier.external_code)
    slip = _slip(papers.dossier, purpose, number)
    form_set = (slip.form_set if slip else "") or services.clock_of(papers.dossier).rules.form_set
    return slips.render(purpose, form_set, _BUILDERS[purpose](papers, slip, now))


@override(settings.LANGUAGE_CODE)
def draft(papers: Papers, purpose: Purpose, facts: dict[str, Any], *, officer: str, now: datetime) -> bytes:
    """The paper an act would issue with `facts`, marked as a draft: to be read before the act is approved."""
    number = 1 + sum(slip.purpose == purpose for slip in papers.dossier.slips)
    form_set = services.clock_of(papers.dossier).rules.form_set
    slip = SlipRecord(purpose.value, form_set, number, facts, now, officer)
    return slips.render(purpose, form_set, _BUILDERS[purpose](papers, slip, now), draft=True)


def _slip(dossier: Dossier, purpose: Purpose, number: int | None) -> SlipRecord | None:
    if purpose in (Purpose.ACKNOWLEDGEMENT, Purpose.RECEIPT, Purpose.CONTROL):
        if purpose is not Purpose.ACKNOWLEDGEMENT and dossier.accepted_at is None:
            raise NotFound(what=_("phiếu này: hồ sơ chưa được tiếp nhận"))
        return None
    wanted = number or 1
    found = next((s for s in dossier.slips if s.purpose == purpose and s.number == wanted), None)
    if found is None:
        raise NotFound(what=_("phiếu này trong hồ sơ"))
    return found


def _head(papers: Papers, purpose: Purpose, slip: SlipRecord | None, at: datetime) -> dict[str, Any]:
    dossier = papers.dossier
    url = f"{settings.PUBLIC_URL.rstrip('/')}/tra-cuu/{dossier.code or dossier.provisional_code}"
    return {
        "issuer": _issuer(papers, purpose, at),
        "issued_at": at,
        "number": _number(dossier, purpose, slip),
        "code": dossier.code or "",
        "qr_payload": url,
        "lookup_url": url,
    }


def _issuer(papers: Papers, purpose: Purpose, at: datetime) -> content.Issuer:
    """Papers of the desk go out in the desk's name, decisions in the competent unit's; both as they were that day."""
    by_unit = purpose in (Purpose.APOLOGY, Purpose.STOP)
    unit = _unit(papers.dossier.unit_id if by_unit else papers.dossier.intake_unit_id, at)
    superior = _unit(unit.parent_id, at).name if unit.parent_id else ""
    return content.Issuer(
        superior=superior,
        name=unit.name,
        place=unit.place or settings.PROVINCE_NAME,
        address=unit.address,
        phone=unit.phone,
    )


def _unit(number: int, at: datetime) -> UnitFacts:
    return organisation.as_on([number], on=local_date(at))[number]


def _number(dossier: Dossier, purpose: Purpose, slip: SlipRecord | None) -> str:
    mark = NUMBER_MARKS.get(purpose)
    if mark is None:
        return ""
    sequence = (dossier.code or dossier.provisional_code).rpartition("-")[2]
    return f"{sequence}-{slip.number}/{mark}" if slip and slip.number > 1 else f"{sequence}/{mark}"


def _owner(papers: Papers) -> content.Party:
    a = papers.applicant
    return content.Party(name=a.name, identity=a.number, address=a.address, phone=a.phone, email=a.email)


def _by(papers: Papers) -> content.Party:
    a = papers.applicant
    if not a.submitter_name:
        return _owner(papers)
    return content.Party(name=a.submitter_name, identity=a.submitter_number, phone=a.submitter_phone)


def _papers_in(papers: Papers) -> tuple[content.ComponentLine, ...]:
    return tuple(
        content.ComponentLine(name=c.name, originals=c.originals, copies=c.copies)
        for c in papers.components
        if c.received
    )


def _fees(papers: Papers) -> tuple[content.FeeLine, ...]:
    return tuple(
        content.FeeLine(name=f.name, amount=f.amount, payer=f.payer, paid=f.paid) for f in papers.fees
    )


def _officer(label: str) -> str:
    """ "Nguyễn Thị Mẫu" of "Nguyễn Thị Mẫu (Công chức một cửa)"."""
    return label.partition(" (")[0]


def _actor_of(papers: Papers, event: str) -> str:
    return next((_officer(e.actor_label) for e in papers.events if e.name == event), "")


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _acknowledgement(papers: Papers, slip: SlipRecord | None, now: datetime) -> content.Slip:
    dossier = papers.dossier
    return content.AcknowledgementContent(
        **_head(papers, Purpose.ACKNOWLEDGEMENT, None, dossier.submitted_at),
        provisional_code=dossier.provisional_code,
        submitted_by=_by(papers),
        owner=_owner(papers),
        channel=str(words.CHANNELS[dossier.channel]),
        procedure_name=papers.version.name,
        procedure_code=dossier.procedure_code,
        components=_papers_in(papers),
        submitted_at=dossier.submitted_at,
        secret=dossier.secret,
    )


def _receipt(papers: Papers, slip: SlipRecord | None, now: datetime) -> content.Slip:
    dossier = papers.dossier
    assert dossier.accepted_at is not None
    starts = dossier.received_at or dossier.forward_by
    return content.ReceiptContent(
        **_head(papers, Purpose.RECEIPT, None, dossier.accepted_at),
        secret=dossier.secret,
        submitted_by=_by(papers),
        owner=_owner(papers),
        channel=str(words.CHANNELS[dossier.channel]),
        procedure_name=papers.version.name,
        procedure_code=dossier.procedure_code,
        components=_papers_in(papers),
        fees=_fees(papers),
        term_words=dossier.term.words() if dossier.term else _("không quy định"),
        received_at=dossier.accepted_at,
        clock_start_at=None if dossier.own_counter else starts,
        due_at=dossier.promised_at,
        return_place=papers.unit_name(dossier.intake_unit_id),
        officer_name=_actor_of(papers, "dossier.accepted"),
    )


def _supplement(papers: Papers, slip: SlipRecord | None, now: datetime) -> content.Slip:
    assert slip is not None
    unit = _unit(papers.dossier.intake_unit_id, slip.issued_at)
    return content.SupplementContent(
        **_head(papers, Purpose.SUPPLEMENT, slip, slip.issued_at),
        party=_owner(papers),
        procedure_name=papers.version.name,
        requirements=tuple(
            content.Requirement(content=i["name"], note=i.get("note", "")) for i in slip.facts["items"]
        ),
        reason=_reason(slip),
        submitted_at=papers.dossier.submitted_at,
        supply_by=_moment(slip.facts.get("reply_by")),
        contact=unit.name,
        contact_phone=unit.phone,
        officer_name=_officer(slip.officer),
    )


def _reason(slip: SlipRecord) -> str:
    ground = slip.facts.get("ground", "")
    return (
        f"{slip.facts['reason'].rstrip('. ')}. {_('Căn cứ')}: {ground}"
        if ground.strip()
        else slip.facts["reason"]
    )


def _refusal(papers: Papers, slip: SlipRecord | None, now: datetime) -> content.Slip:
    assert slip is not None
    unit = _unit(papers.dossier.intake_unit_id, slip.issued_at)
    return content.RefusalContent(
        **_head(papers, Purpose.REFUSAL, slip, slip.issued_at),
        party=_owner(papers),
        procedure_name=papers.version.name,
        reason=slip.facts["reason"],
        legal_ground=slip.facts["ground"],
        submitted_at=papers.dossier.submitted_at,
        contact=unit.name,
        contact_phone=unit.phone,
        officer_name=_officer(slip.officer),
    )


def _apology(papers: Papers, slip: SlipRecord | None, now: datetime) -> content.Slip:
    assert slip is not None
    dossier = papers.dossier
    old = _moment(slip.facts.get("old_date")) or slip.issued_at
    return content.ApologyContent(
        **_head(papers, Purpose.APOLOGY, slip, slip.issued_at),
        party=_owner(papers),
        procedure_name=papers.version.name,
        handling_office=_unit(dossier.unit_id, slip.issued_at).name,
        received_at=dossier.accepted_at or dossier.submitted_at,
        due_at=old,
        reason=slip.facts["reason"],
        new_due_at=_moment(slip.facts.get("new_date")) or old,
        extension_words=_extension(papers, slip, old),
        signatory=_leader(slip),
    )


def _extension(papers: Papers, slip: SlipRecord, old: datetime) -> str:
    new = _moment(slip.facts.get("new_date"))
    if new is None:
        return _("không hẹn lại")
    calendar = services.clock_of(papers.dossier).calendar
    return _("%(days)s ngày làm việc") % {
        "days": calendar.working_days_between(local_date(old), local_date(new))
    }


def _leader(slip: SlipRecord) -> content.Signatory:
    """Who signs; for another "KT. GIÁM ĐỐC" above "PHÓ GIÁM ĐỐC" as the delegation says (NĐ 30/2020 Phụ lục I II.7)."""
    lines = slip.facts.get("signature")
    if lines:
        return content.Signatory(authority="\n".join(lines[:-1]), position=lines[-1], name=_officer(slip.officer))
    return content.Signatory(position=ROLE_NAMES[Role.LEADER], name=_officer(slip.officer))


def _stop(papers: Papers, slip: SlipRecord | None, now: datetime) -> content.Slip:
    assert slip is not None
    return content.StopContent(
        **_head(papers, Purpose.STOP, slip, slip.issued_at),
        party=_owner(papers),
        procedure_name=papers.version.name,
        received_at=papers.dossier.accepted_at or papers.dossier.submitted_at,
        stopped_at=slip.issued_at,
        reason=slip.facts["reason"],
        legal_ground=slip.facts["ground"],
        papers_return=_("Trả lại giấy tờ đã nhận tại nơi tiếp nhận."),
        signatory=_leader(slip),
    )


def _withdrawal(papers: Papers, slip: SlipRecord | None, now: datetime) -> content.Slip:
    assert slip is not None
    reason = slip.facts["reason"] or _("Theo đề nghị của chủ hồ sơ")
    return content.WithdrawalContent(
        **_head(papers, Purpose.WITHDRAWAL, slip, slip.issued_at),
        party=_owner(papers),
        procedure_name=papers.version.name,
        received_at=papers.dossier.accepted_at,
        withdrawn_at=slip.issued_at,
        reason=f"{reason.rstrip('. ')} ({slip.facts['evidence']}).",
        papers=_papers_in(papers),
        officer_name=_officer(slip.officer),
    )


def _return(papers: Papers, slip: SlipRecord | None, now: datetime) -> content.Slip:
    assert slip is not None
    result = next(iter(reversed(papers.dossier.valid_results)), None)
    facts, owner = slip.facts, _owner(papers)
    number = facts.get("receiver_number", "")
    same = number == owner.identity or facts["receiver"] == owner.name
    kinds = papers.version.results
    return content.ReturnContent(
        **_head(papers, Purpose.RETURN, slip, slip.issued_at),
        owner=owner,
        receiver=content.Party(name=facts["receiver"], identity=number, phone=owner.phone if same else ""),
        receiver_role=_("Chủ hồ sơ") if same else _("Người nhận thay"),
        procedure_name=papers.version.name,
        result_kind=(result.title if result else "") or (kinds[0].name if kinds else _("Kết quả giải quyết")),
        result_number=result.number if result else "",
        result_date=local_date(result.at) if result else None,
        returned_at=slip.issued_at,
        method=facts["method"],
        officer_name=_officer(slip.officer),
    )


def _control(papers: Papers, slip: SlipRecord | None, now: datetime) -> content.Slip:
    dossier = papers.dossier
    assert dossier.accepted_at is not None
    code = dossier.code or ""
    return content.ControlContent(
        **_head(papers, Purpose.CONTROL, None, now),
        entry=code.rpartition("-")[2],
        owner_name=papers.applicant.name,
        procedure_name=papers.version.name,
        received_at=dossier.accepted_at,
        due_at=dossier.promised_at,
        lead_office=papers.unit_name(dossier.unit_id),
        handlings=_handlings(papers),
    )


def _handlings(papers: Papers) -> tuple[content.Handling, ...]:
    steps = papers.dossier.steps
    return tuple(
        content.Handling(
            giver_office=papers.unit_name(step.unit_id),
            giver_name=_officer(step.left_by),
            receiver_office=papers.unit_name(
                following.unit_id if following else papers.dossier.intake_unit_id
            ),
            receiver_name=_officer(following.left_by) if following else "",
            handed_at=step.left_at,
            result=_step_result(step.left_at, step.due_at),
            note=step.note or step.name,
        )
        for step, following in zip(steps, [*steps[1:], None], strict=True)
    )


def _step_result(left: datetime | None, due: datetime | None) -> str:
    return str(words.TIMINGS[timing(left, due)]) if left and due else ""


_BUILDERS: dict[Purpose, Callable[[Papers, SlipRecord | None, datetime], content.Slip]] = {
    Purpose.ACKNOWLEDGEMENT: _acknowledgement,
    Purpose.RECEIPT: _receipt,
    Purpose.SUPPLEMENT: _supplement,
    Purpose.REFUSAL: _refusal,
    Purpose.APOLOGY: _apology,
    Purpose.STOP: _stop,
    Purpose.WITHDRAWAL: _withdrawal,
    Purpose.RETURN: _return,
    Purpose.CONTROL: _control,
}
