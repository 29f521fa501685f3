"""The bare peer: a Flask application that does next to nothing, and one row saved the plain way."""

import json
import os
import sqlite3
from pathlib import Path

from flask import Flask, request

app = Flask(__name__)
DATABASE = Path(os.environ["DATA_DIR"]) / "bare.db"


def connect() -> sqlite3.Connection:
    connection = sqlite3.connect(DATABASE, timeout=10, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    return connection


@app.get("/")
def home() -> str:
    return "<!doctype html><title>bare</title><h1>bare</h1>"


@app.post("/echo")
def echo() -> dict:
    return {"rows": len(request.get_json()["rows"])}


@app.post("/draft/<int:number>")
def draft(number: int) -> tuple[str, int]:
    """Save a draft as one JSON row, in a transaction that begins by taking the write lock."""
    connection = connect()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE IF NOT EXISTS draft (id INTEGER PRIMARY KEY, body TEXT)")
    connection.execute("REPLACE INTO draft VALUES (?, ?)", (number, json.dumps(request.form)))
    connection.execute("COMMIT")
    connection.close()
    return "", 303
