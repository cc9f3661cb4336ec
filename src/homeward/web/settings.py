"""Django's settings; what differs between installations comes from the environment (see `environment.py`)."""

from pathlib import Path

from homeward.access.second_factor import SecondFactorRule
from homeward.web import environment

HERE = Path(__file__).resolve().parent

DEBUG = environment.boolean("HOMEWARD_DEBUG")
SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = environment.words("HOMEWARD_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = environment.boolean("HOMEWARD_HTTPS")
LOG = environment.choice("HOMEWARD_LOG", ("line", "json"))

INSTALLED_APPS = [
    "homeward.journal",
    "homeward.installation",
    "homeward.access",
    "homeward.jobs",
    "homeward.record",
    "homeward.public",
    "homeward.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "homeward.web.headers.ContentSecurityPolicyMiddleware",
    "homeward.web.metrics.RequestLogMiddleware",
    "homeward.web.public_pages.PublicPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "homeward.access.sessions.SessionLimitsMiddleware",
    "homeward.access.language.ChosenLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "homeward.access.middleware.DenyByDefaultMiddleware",
]

ROOT_URLCONF = "homeward.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "homeward.access.context.permissions",
                "homeward.installation.context.installation",
                "homeward.web.context.frame",
            ],
        },
    }
]

DATABASES = {"default": environment.database(environment.database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["homeward.access.backend.MemberBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "homeward.access.adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = False  # attempts are counted in the database (access/attempts.py), for every worker alike
ACCOUNT_FORMS = {"change_password": "homeward.access.guarding.GuardedChangePasswordForm"}
ACCOUNT_SESSION_REMEMBER = False  # a closed browser is signed out: these are shared desks
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("HOMEWARD_PROXIES", 0)
MFA_ADAPTER = "homeward.access.adapter.SealedMfaAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are vouched for by who adds the person; no mail is sent
MFA_FORMS = {
    "authenticate": "homeward.access.guarding.GuardedAuthenticateForm",
    "reauthenticate": "homeward.access.guarding.GuardedReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Homeward"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "access:start"
LOGOUT_REDIRECT_URL = "/"

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # Homeward sends no mail
# In the database, for every worker alike: django-allauth keeps here which codes of a second factor were used already.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "access_cache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "homeward.web.logs.LineFormatter"},
        "json": {"()": "homeward.web.logs.JsonFormatter"},
        "whole": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "whole" if DEBUG else LOG}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "homeward": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "homeward.requests": {"level": "INFO" if environment.boolean("HOMEWARD_LOG_REQUESTS") else "WARNING"},
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("uk", "Українська"), ("ru", "Русский")]  # each by its own name, whoever reads
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
SESSION_COOKIE_HTTPONLY = True
HOMEWARD_SESSION_IDLE_MINUTES = environment.number("HOMEWARD_SESSION_IDLE_MINUTES", 30, least=1)
HOMEWARD_SESSION_HOURS = environment.number("HOMEWARD_SESSION_HOURS", 8, least=1)
SESSION_COOKIE_AGE = HOMEWARD_SESSION_HOURS * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^metrics$"]  # asked on this machine, past the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WORKER_CHORES = ["homeward.journal.actions.seal_reads"]  # what a worker calls each minute and when it ends

HOMEWARD_DEMO = environment.boolean("HOMEWARD_DEMO")
EMBEDDED_DATABASE = environment.database_file(environment.database_url())
HOMEWARD_DATA_DIR = environment.data_directory()
HOMEWARD_METRICS_TOKEN = environment.text("HOMEWARD_METRICS_TOKEN")
HOMEWARD_SECOND_FACTOR = SecondFactorRule.from_text(environment.text("HOMEWARD_SECOND_FACTOR", "personal"))
HOMEWARD_CHECKPOINT_KEY = environment.text("HOMEWARD_CHECKPOINT_KEY")
