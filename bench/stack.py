"""The bare application: the libraries the house is built on, set the same way, and none of its rules.

Somebody signs in and saves a form with a token and a version; what was typed is kept as one JSON row.
"""

import os
from pathlib import Path

from flask import Flask, abort, flash, redirect, render_template_string, url_for
from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from flask_talisman import Talisman
from flask_wtf import CSRFProtect, FlaskForm
from sqlalchemy import JSON, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import CreateTable
from wtforms import FieldList, Form, FormField, IntegerField, StringField
from wtforms.validators import DataRequired, Length, Optional

app = Flask(__name__)
app.secret_key = "bare"
app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{Path(os.environ['DATA_DIR'], 'stack.db').absolute()}"
app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"check_same_thread": False}}


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(app, model_class=Base)
compress = Compress(app)
csrf = CSRFProtect(app)
login_manager = LoginManager(app)
babel = Babel(app, default_locale="zh")
limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
talisman = Talisman(app, force_https=False, session_cookie_secure=False)


class User(UserMixin, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Draft(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    body: Mapped[dict] = mapped_column(JSON, default=dict)

    __mapper_args__ = {"version_id_col": version}


class ModelForm(Form):
    code = StringField(validators=[Length(max=200)])
    specification = StringField(validators=[Optional(), Length(max=200)])


class DraftForm(FlaskForm):
    version = IntegerField()
    product_name = StringField(validators=[DataRequired(), Length(max=200)])
    product_name_en = StringField(validators=[Optional(), Length(max=200)])
    trademark = StringField(validators=[Optional(), Length(max=200)])
    series = StringField(validators=[Optional(), Length(max=200)])
    models = FieldList(FormField(ModelForm))


PAGE = """<!doctype html><form>{{ form.csrf_token }}{{ form.version }}{{ form.product_name }}</form>"""


@login_manager.user_loader
def load_user(user_id: str) -> User | None:
    return db.session.get(User, int(user_id))


@app.get("/")
def home() -> str:
    return "<!doctype html><title>bare</title>"


@app.post("/sign-in/<int:number>")
@csrf.exempt
def sign_in(number: int) -> str:
    user = User(id=number, name=f"applicant {number}")
    db.session.add_all([user, Draft(id=number)])
    db.session.commit()
    login_user(user)
    return ""


@app.get("/draft/<int:number>")
@login_required
def draft(number: int) -> str:
    kept = own_draft(number)
    return render_template_string(PAGE, form=DraftForm(data=kept.body | {"version": kept.version}))


@app.post("/draft/<int:number>")
@login_required
def save(number: int):
    kept, form = own_draft(number), DraftForm()
    if not form.validate() or form.version.data != kept.version:
        abort(409)
    kept.body = {name: value for name, value in form.data.items() if name != "csrf_token"}
    db.session.commit()
    flash("saved")
    return redirect(url_for("draft", number=number))


def own_draft(number: int) -> Draft:
    if current_user.id != number:
        abort(403)
    return db.get_or_404(Draft, number)


@event.listens_for(Engine, "connect")
def _prepare(connection, _record) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


with app.app_context(), db.engine.begin() as first:
    for table in db.metadata.sorted_tables:
        first.execute(CreateTable(table, if_not_exists=True))
