"""Settings, all from the environment, checked at start."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from accounts.words.regions import PROVINCES
from core.columns import Line
from core.errors import Invalid
from core.mail import read_sender, read_url
from core.proxies import read_networks
from core.readers import numbers

ROOT = Path(__file__).parent

COMPRESSED = (
    "text/html", "text/css", "text/javascript", "image/svg+xml", "application/json",
    "application/problem+json", "application/feed+json", "application/jwk-set+json",
)  # fmt: skip


class Settings:
    """Read once by `create_app`; tests hand in their own values over these."""

    def __init__(self, env: Mapping[str, str] = os.environ) -> None:
        self.DATA_DIR = Path(env.get("DATA_DIR", ROOT / "var")).absolute()
        self.PRODUCTION = env.get("TANBIAO_ENV") == "production"
        self.DEMO = env.get("TANBIAO_ENV", "demo") == "demo"
        self.DEMO_CLOCK = self.DATA_DIR / "demo_clock"
        self.SECRET_KEY = env.get("SECRET_KEY", "")
        self.KEY_DIR = Path(env.get("KEY_DIR", self.DATA_DIR / "keys")).absolute()
        self.FILE_DIR = self.DATA_DIR / "files"
        self.INDEX_DIR = self.DATA_DIR / "index"
        self.PUBLIC_URL = env.get("PUBLIC_URL", f"http://127.0.0.1:{env.get('PORT', '8000')}").rstrip("/")
        self.TRUSTED_PROXIES = env.get("TRUSTED_PROXIES", "")
        self.HOSTS = hosts(env.get("TRUSTED_HOSTS", ""), self.PUBLIC_URL)
        self.SQLALCHEMY_DATABASE_URI = database_url(env.get("DATABASE_URL", ""), self.DATA_DIR)
        self.SQLALCHEMY_ENGINE_OPTIONS = engine_options(self.SQLALCHEMY_DATABASE_URI)
        self.RATELIMIT_STORAGE_URI = env.get("REDIS_URL", "memory://")
        self.MAX_FILE_BYTES = whole(env, "MAX_FILE_MB", 50) * 1024 * 1024
        self.MAX_CONTENT_LENGTH = self.MAX_FILE_BYTES + 1024 * 1024
        self.MAX_FORM_MEMORY_SIZE = 4 * 1024 * 1024
        self.MAX_FORM_PARTS = 5000
        self.MAIL_URL = env.get("MAIL_URL", "")  # unset: nothing is sent, the log of mails says so
        self.MAIL_FROM = env.get("MAIL_FROM", "")
        self.MAIL_DIGEST_HOUR = whole(env, "MAIL_DIGEST_HOUR", 8)  # in Asia/Shanghai
        self.COMMENT_DAYS = whole(env, "COMMENT_DAYS", 30)  # 征求意见 of a draft of a rule, at least
        self.NOTICE_WORKING_DAYS = whole(env, "NOTICE_WORKING_DAYS", 15)  # 公示 of a list edition
        self.CORRECTION_WORKING_DAYS = whole(env, "CORRECTION_WORKING_DAYS", 7)  # 更正 after publication
        self.OBJECTION_WORKING_DAYS = whole(env, "OBJECTION_WORKING_DAYS", 7)  # to decide either
        self.TOKEN_DAYS = whole(env, "TOKEN_DAYS", 365)  # how long a new token of the API works
        self.REGION = env.get("REGION", "32")  # GB/T 2260, two digits: whose register this is
        self.REGULATOR = env.get("REGULATOR", "江苏省市场监督管理部门")  # where objections go next
        self.OPERATOR = env.get("OPERATOR", "")
        self.OPERATOR_CONTACT = env.get("OPERATOR_CONTACT", "")
        self.OPERATOR_SUPPORT = env.get("OPERATOR_SUPPORT", "")
        self.FILING_NUMBER = env.get("FILING_NUMBER", "")
        self.COMPRESS_MIMETYPES = COMPRESSED
        self.COMPRESS_STREAMS = False  # stored files and exports leave without being gone through here
        self.SESSION_COOKIE_HTTPONLY = True
        self.SESSION_COOKIE_SAMESITE = "Lax"
        self.SESSION_COOKIE_SECURE = self.PUBLIC_URL.startswith("https://")
        self.PERMANENT_SESSION_LIFETIME = 8 * 3600
        self.WTF_CSRF_TIME_LIMIT = None  # a form left open overnight must still be accepted
        self.BABEL_DEFAULT_LOCALE = "zh"
        self.BABEL_DEFAULT_TIMEZONE = "Asia/Shanghai"
        self.BABEL_TRANSLATION_DIRECTORIES = str(ROOT / "translations")

    def check(self) -> None:
        """Refuse to start on settings that cannot be right; make a secret where none is needed."""
        check_mail(self)
        check_proxies(self)
        check_region(self)
        check_regulator(self)
        if self.SECRET_KEY:
            if self.PRODUCTION and len(self.SECRET_KEY) < 32:
                raise SystemExit("SECRET_KEY must have at least 32 characters in production")
        elif self.PRODUCTION:
            raise SystemExit("SECRET_KEY is not set; production does not start without it")
        else:
            self.SECRET_KEY = local_secret(self.DATA_DIR / "secret_key")


def whole(env: Mapping[str, str], name: str, usual: int) -> int:
    """A setting that is a whole number; the usual one where it is unset or empty."""
    try:
        found = numbers.whole(env.get(name))
    except Invalid as error:
        raise SystemExit(f"{name} is a whole number") from error
    return usual if found is None else found


def check_mail(settings: Settings) -> None:
    """Mail is sent by somebody and at an hour that is; unset, it is not sent at all."""
    if not 0 <= settings.MAIL_DIGEST_HOUR <= 23:
        raise SystemExit("MAIL_DIGEST_HOUR is an hour from 0 to 23")
    if not settings.MAIL_URL:
        return
    try:
        read_url(settings.MAIL_URL)
        read_sender(settings.MAIL_FROM)
    except ValueError as error:
        raise SystemExit(str(error)) from error


def check_proxies(settings: Settings) -> None:
    try:
        read_networks(settings.TRUSTED_PROXIES)
    except ValueError as error:
        raise SystemExit(f"TRUSTED_PROXIES are addresses or networks with commas between: {error}") from error


def check_region(settings: Settings) -> None:
    if f"{settings.REGION}0000" not in PROVINCES:
        raise SystemExit("REGION is the first two digits of a province's code in GB/T 2260, such as 32")


def check_regulator(settings: Settings) -> None:
    """Acts print it: a line as any name on paper, of letters that their font has."""
    try:
        named = Line(200, printed=True).cleaned(settings.REGULATOR)
    except Invalid as error:
        raise SystemExit(f"REGULATOR is no name that papers can print: {error.slug}") from error
    if not named:
        raise SystemExit("REGULATOR is empty: acts name who hears objections after the body")
    settings.REGULATOR = named


def hosts(named: str, public_url: str) -> tuple[str, ...]:
    """The names that are answered when some are named: those, the public one, and this machine's own."""
    names = [name.strip().lower() for name in named.split(",") if name.strip()]
    return (*names, urlsplit(public_url).hostname or "", "127.0.0.1", "localhost") if names else ()


def database_url(url: str, data_dir: Path) -> str:
    if not url:
        return f"sqlite:///{data_dir / 'tanbiao.db'}"
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def engine_options(url: str) -> dict[str, object]:
    if url.startswith("sqlite"):
        return {"connect_args": {"check_same_thread": False}}
    # Automatic prepare makes PostgreSQL choose bad generic plans for the search.
    return {"pool_pre_ping": True, "connect_args": {"prepare_threshold": None}}


def local_secret(path: Path) -> str:
    """A secret of this installation's own, made once and readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text()
