"""The bare peer: a Flask application that does next to nothing, and one row saved the plain way."""

import json
import os
import sqlite3
import threading
from pathlib import Path

from flask import Flask, abort, redirect, request, session

app = Flask(__name__)
app.secret_key = "bare"
DATABASE = Path(os.environ["DATA_DIR"]) / "bare.db"
_of_thread = threading.local()


def connection() -> sqlite3.Connection:
    """One connection a thread, set as ours are, so that opening one is not what is measured."""
    if not hasattr(_of_thread, "connection"):
        _of_thread.connection = sqlite3.connect(DATABASE, timeout=10, isolation_level=None)
        _of_thread.connection.execute("PRAGMA journal_mode=WAL")
        _of_thread.connection.execute("PRAGMA synchronous=NORMAL")
        _of_thread.connection.execute("CREATE TABLE IF NOT EXISTS draft (id INTEGER PRIMARY KEY, body TEXT)")
    return _of_thread.connection


@app.get("/")
def home() -> str:
    return "<!doctype html><title>bare</title><h1>bare</h1>"


@app.post("/echo")
def echo() -> dict:
    return {"rows": len(request.get_json()["rows"])}


@app.post("/sign-in/<int:number>")
def sign_in(number: int) -> str:
    session["user"] = number
    return ""


@app.get("/draft/<int:number>")
def draft(number: int) -> str:
    kept = connection().execute("SELECT body FROM draft WHERE id = ?", (number,)).fetchone()
    return f'<input name="csrf_token" value="{"-" * 91}"><input name="version" value="1">{kept}'


@app.post("/draft/<int:number>")
def save(number: int):
    """Keep what its owner typed as one JSON row, in a transaction that begins by taking the write lock."""
    if session.get("user") != number:
        abort(403)
    db = connection()
    db.execute("BEGIN IMMEDIATE")
    db.execute("REPLACE INTO draft VALUES (?, ?)", (number, json.dumps(request.form, ensure_ascii=False)))
    db.execute("COMMIT")
    return redirect(f"/draft/{number}", 303)
