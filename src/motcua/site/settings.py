"""Settings. Everything that differs between installations comes from the environment; `docs/deploy.md` lists it."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from motcua.site.secret import secret_key

REPO = Path(__file__).resolve().parents[3]
STATE = Path(os.environ.get("MOTCUA_STATE_DIR", REPO / ".motcua"))
ASSETS = Path(os.environ.get("MOTCUA_ASSETS_DIR", STATE / "assets"))


def _flag(name: str, *, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in ("1", "true", "yes")


def _list(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def _database(url: str) -> dict[str, object]:
    """A PostgreSQL address, also with the socket folder as `?host=/folder`."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": query.pop("port", None) or parts.port or "",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
        "TEST": {"NAME": os.environ.get("MOTCUA_TEST_DB", "test_motcua")},
    }


DEBUG = _flag("MOTCUA_DEBUG", default=False)
SECRET_KEY = secret_key(STATE)
ALLOWED_HOSTS = _list("MOTCUA_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = _list("MOTCUA_TRUSTED_ORIGINS", "")
PUBLIC_URL = os.environ.get("MOTCUA_PUBLIC_URL", "http://127.0.0.1:8000")
PROVINCE_CODE = os.environ.get("MOTCUA_PROVINCE", "H99")
PROVINCE_NAME = os.environ.get("MOTCUA_PROVINCE_NAME", "Tỉnh Ví Dụ")
CONTACT = {
    "address": os.environ.get("MOTCUA_CONTACT_ADDRESS", ""),
    "phone": os.environ.get("MOTCUA_CONTACT_PHONE", ""),
    "email": os.environ.get("MOTCUA_CONTACT_EMAIL", ""),
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "axes",
    "csp",
    "motcua.kit",
    "motcua.journal",
    "motcua.jobs",
    "motcua.deadlines",
    "motcua.organisation",
    "motcua.people",
    "motcua.documents",
    "motcua.processes",
    "motcua.catalogue",
    "motcua.dossiers",
    "motcua.slips",
    "motcua.notifications",
    "motcua.proposals",
    "motcua.transfers",
    "motcua.groups",
    "motcua.alerts",
    "motcua.worklists",
    "motcua.indicators",
    "motcua.reports",
    "motcua.onboarding",
    "motcua.demo",
    "motcua.portal",
    "motcua.office",
    "motcua.api",
    "motcua.site",
]
MIDDLEWARE = [
    "motcua.site.logging.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.site.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "motcua.people.arrival.Arrival",
    "motcua.kit.access.RefuseByDefault",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "motcua.kit.refusals.Refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "motcua.site.urls"
WSGI_APPLICATION = "motcua.site.wsgi.application"
FORM_RENDERER = "motcua.kit.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.office.navigation.context",
            ],
        },
    }
]

DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql://motcua@/motcua"))}
AUTH_USER_MODEL = "people.Officer"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "office:login"
LOGIN_REDIRECT_URL = "office:home"
LOGOUT_REDIRECT_URL = "office:login"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "office/locked.html"
CSRF_FAILURE_VIEW = "motcua.portal.errors.stale_form"

ADMIN_MODE_MINUTES = int(os.environ.get("MOTCUA_ADMIN_MODE_MINUTES", "30"))

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [STATE / "locale"]  # compiled at set-up by kit.catalogues
LANGUAGE_COOKIE_AGE = 365 * 86400
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
STATICFILES_DIRS = [ASSETS] if ASSETS.exists() else []
MEDIA_ROOT = Path(os.environ.get("MOTCUA_FILES_DIR", STATE / "files"))
MAX_UPLOAD_BYTES = int(os.environ.get("MOTCUA_MAX_UPLOAD_MB", "20")) * 1024 * 1024
IMPORT_MAX_ROWS = int(os.environ.get("MOTCUA_IMPORT_MAX_ROWS", "20000"))
IMPORT_MEMORY_MB = int(os.environ.get("MOTCUA_IMPORT_MEMORY_MB", "1024"))
IMPORT_SECONDS = int(os.environ.get("MOTCUA_IMPORT_SECONDS", "60"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000  # a bulk act names up to 1,000 dossiers
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_HOST = os.environ.get("MOTCUA_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = int(os.environ.get("MOTCUA_SMTP_PORT", "1025"))
EMAIL_HOST_USER = os.environ.get("MOTCUA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MOTCUA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = _flag("MOTCUA_SMTP_TLS", default=False)
EMAIL_TIMEOUT = 20
if os.environ.get("MOTCUA_MAIL_FOLDER"):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = os.environ["MOTCUA_MAIL_FOLDER"]
DEFAULT_FROM_EMAIL = os.environ.get("MOTCUA_MAIL_FROM", "motcua@example.vn")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("MOTCUA_BEHIND_PROXY", default=False) else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
}
LOGGING_CONFIG = "motcua.site.logging.configure"
LOGGING: dict[str, object] = {"version": 1}  # Django skips LOGGING_CONFIG when this is empty
METRICS_TOKEN = os.environ.get("MOTCUA_METRICS_TOKEN", "")
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True
