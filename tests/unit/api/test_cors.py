import pytest
from starlette.datastructures import Headers

from filmgate.api.cors import Cors

PREFLIGHT = {
    "origin": "https://app.example",
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization, x-stainless-lang",
}


@pytest.mark.parametrize("origin", ["https://app.example", "null", "capacitor://localhost", None])
def test_any_origin_may_read_unless_the_operator_narrows_it(origin: str | None) -> None:
    headers = Headers({"origin": origin} if origin else {})
    told = dict(Cors(["*"]).answer_headers(headers))
    assert told[b"access-control-allow-origin"] == b"*"
    assert b"openai-poll-after-ms" in told[b"access-control-expose-headers"]


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("https://app.example", True), ("https://App.example", True), ("https://b.example", False)],
)
def test_a_narrowed_setting_names_who_may(origin: str, allowed: bool) -> None:
    told = dict(Cors(["https://app.example/"]).answer_headers(Headers({"origin": origin})))
    assert told.get(b"access-control-allow-origin") == (origin.encode() if allowed else None)
    assert told[b"vary"] == b"Origin"


def test_a_preflight_is_told_what_it_asked() -> None:
    answer = Cors(["*"]).preflight("OPTIONS", Headers(PREFLIGHT))
    assert answer is not None
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-headers"] == "authorization, x-stainless-lang"
    assert answer.headers["access-control-max-age"] == "86400"
    methods = answer.headers["access-control-allow-methods"].split(", ")
    assert set(methods) == {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}


@pytest.mark.parametrize(("method", "headers"), [("OPTIONS", {}), ("POST", PREFLIGHT)])
def test_other_requests_are_no_preflight(method: str, headers: dict[str, str]) -> None:
    assert Cors(["*"]).preflight(method, Headers(headers)) is None
