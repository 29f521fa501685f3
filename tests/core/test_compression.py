"""What is text travels small; what is small already, or comes in parts, travels as it is."""

import gzip

import pytest

GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("path", ["/sign-in", "/catalog/", "/api/v1/openapi.json", "/no-such-page"])
def test_pages_and_answers_for_programs_are_compressed_for_who_can_read_that(client, path):
    plain, packed = client.get(path), client.get(path, headers=GZIP)
    if plain.status_code == 200:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert len(packed.data) < len(plain.data) / 2
        assert int(packed.headers["Content-Length"]) == len(packed.data)
        assert len(gzip.decompress(packed.data)) == pytest.approx(len(plain.data), abs=50)
    assert "Content-Encoding" not in plain.headers
    assert {"Accept-Encoding", "Cookie"} <= set(plain.headers["Vary"].replace(" ", "").split(","))


@pytest.mark.parametrize("path", ["/healthz", "/metrics"])
def test_what_is_small_or_no_page_is_left_as_it_is(client, path):
    assert "Content-Encoding" not in client.get(path, headers=GZIP).headers


def test_an_answer_that_was_not_changed_is_not_sent_again(client):
    page = client.get("/sign-in").text
    script = page[page.index("/static/") :].split('"')[0]
    first = client.get(script, headers=GZIP)
    again = client.get(script, headers=GZIP | {"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
