"""Django settings. What an office may set is in `ENVIRONMENT`; any other LAOQU_ name is refused."""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from laoqu.home import data_folder, personal_key, secret_key

ENVIRONMENT = {
    "LAOQU_HOME": "数据文件夹",
    "LAOQU_DATABASE_URL": "PostgreSQL 地址，不填用数据文件夹里的 SQLite",
    "LAOQU_ALLOWED_HOSTS": "允许访问的主机名，逗号分隔，不填只许本机",
    "LAOQU_HTTPS": "放在 HTTPS 后面时填 yes",
    "LAOQU_REQUIRE_ALL": "测试：可选部分没有运行即算失败",
}
unknown = {name for name in os.environ if name.startswith("LAOQU_")} - set(ENVIRONMENT)
if unknown:
    raise ImproperlyConfigured(
        f"不认识的设置：{'、'.join(sorted(unknown))}。可用的有：{'、'.join(ENVIRONMENT)}。"
    )

PACKAGE = Path(__file__).resolve().parent
HTTPS = os.environ.get("LAOQU_HTTPS", "")
if HTTPS not in ("", "yes"):
    raise ImproperlyConfigured("LAOQU_HTTPS 只能填 yes，或者不填。")
HOME = data_folder()
SECRET_KEY = secret_key(HOME)
PERSONAL_KEY = personal_key(HOME)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] + [
    host for host in os.environ.get("LAOQU_ALLOWED_HOSTS", "").split(",") if host
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "django_tables2",
    "simple_history",
    "csp",
    "axes",
    "laoqu.access",
    "laoqu.register",
    "laoqu.areas.places",
    "laoqu.areas.organisations",
    "laoqu.areas.contributions",
    "laoqu.areas.activities",
    "laoqu.areas.surveys",
    "laoqu.areas.publicity",
    "laoqu.areas.honours",
    "laoqu.areas.meetings",
    "laoqu.areas.people",
    "laoqu.areas.heritage",
    "laoqu.areas.rules",
    "laoqu.areas.tasks",
    "laoqu.areas.requests",
    "laoqu.areas.needs",
    "laoqu.areas.projects",
    "laoqu.areas.funds",
    "laoqu.areas.finances",
    "laoqu.areas.assessment",
    "laoqu.coordination.rounds",
    "laoqu.intake",
    "laoqu.coordination.overlaps",
    "laoqu.reporting",
    "laoqu.accounts",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "laoqu.access.idle.keep_logged_in",
    "laoqu.accounts.views.change_due_password",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "laoqu.urls"
WSGI_APPLICATION = "laoqu.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "laoqu.register.context.page",
            ],
            "builtins": ["laoqu.register.templatetags.laoqu"],
        },
    }
]
FORM_RENDERER = "laoqu.register.forms.Renderer"

DATABASE_URL = os.environ.get("LAOQU_DATABASE_URL", "")
if DATABASE_URL:
    try:
        DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60)}
    except ValueError:
        raise ImproperlyConfigured(
            "看不懂 LAOQU_DATABASE_URL。请写成 postgresql://用户:密码@主机:5432/库名。"
        ) from None
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "laoqu.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "static"]
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [
    {"NAME": "laoqu.access.passwords.ThreeKindsValidator"},
    {"NAME": "laoqu.access.passwords.NotUsedBeforeValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = ["username"]  # from however many computers somebody guesses
AXES_LOCKOUT_TEMPLATE = "locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(HTTPS)
SECURE_SSL_REDIRECT = bool(HTTPS)
SECURE_HSTS_SECONDS = 365 * 86400 if HTTPS else 0
X_FRAME_OPTIONS = "SAMEORIGIN"  # material is shown beside what was read from it
SILENCED_SYSTEM_CHECKS = [
    "axes.W006",  # counted by account from wherever, so no other computer gets more tries
    "security.W005",  # the domain's other hosts are not ours
    "security.W019",
    "security.W021",
]
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DJANGO_TABLES2_TEMPLATE = "register/table.html"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
