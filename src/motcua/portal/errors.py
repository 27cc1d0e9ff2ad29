"""The last word of both shells: 400, 403, 404, 413 and 500.

The 500 page touches neither database nor session.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when the input was larger than the server takes."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    sentences = [
        _("Trình duyệt đã gửi dữ liệu mà hệ thống không đọc được."),
        _("Hãy tải lại trang và thực hiện lại."),
    ]
    return _page(request, status=400, title=_("Yêu cầu không hợp lệ"), sentences=sentences)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: also the answer to a form whose protection token is missing."""
    sentences = [
        _("Bạn không có quyền xem trang này hoặc thực hiện việc này."),
        _("Nếu công việc của bạn cần trang này, hãy đề nghị quản trị hệ thống của đơn vị cấp quyền."),
    ]
    return _page(request, status=403, title=_("Không có quyền truy cập"), sentences=sentences)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that stood open too long or came from elsewhere (CSRF)."""
    sentences = [
        _("Trang đã mở quá lâu hoặc được gửi từ nơi khác nên hệ thống không nhận, để bảo vệ bạn."),
        _("Hãy quay lại, tải lại trang rồi gửi lại. Nếu trình duyệt chặn cookie, hãy cho phép cookie."),
    ]
    return _page(request, status=403, title=_("Chưa gửi được"), sentences=sentences)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: says what to check and where to go."""
    sentences = [
        _("Nếu bạn gõ địa chỉ, hãy kiểm tra lại từng ký tự. Nếu bạn dán, hãy kiểm tra đã dán đủ chưa."),
        _("Nếu bạn quét mã QR trên giấy tiếp nhận, hãy quét lại hoặc nhập mã hồ sơ tại trang tra cứu."),
    ]
    if _is_office(request):
        sentences[1] = _("Nếu bạn tìm một hồ sơ, hãy nhập mã hồ sơ vào ô tìm kiếm ở đầu trang.")
    return _page(request, status=404, title=_("Không tìm thấy trang"), sentences=sentences)


def too_large(request: HttpRequest) -> HttpResponse:
    """413 with the limit in megabytes."""
    limit = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
    sentences = [
        _("Mỗi tệp không được quá %(limit)d MB.") % {"limit": limit},
        _("Hãy quay lại, quét ở 150–200 dpi đen trắng hoặc chia thành nhiều tệp nhỏ rồi gửi lại."),
    ]
    return _page(request, status=413, title=_("Dữ liệu gửi lên quá lớn"), sentences=sentences)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with the number under which the incident stands in the log; needs no database."""
    context = {"phone": settings.CONTACT["phone"], "incident": getattr(request, "request_id", "")}
    return HttpResponse(render_to_string("portal/500.html", context), status=500)


def _is_office(request: HttpRequest) -> bool:
    return request.path.startswith("/office/")


def _page(request: HttpRequest, *, status: int, title: str, sentences: list[str]) -> HttpResponse:
    shell = "office" if _is_office(request) else "portal"
    home = {"url": "/office/" if _is_office(request) else "/", "label": _("Về trang đầu")}
    context = {"title": title, "sentences": sentences, "home": home}
    return render(request, f"{shell}/error.html", context, status=status)
