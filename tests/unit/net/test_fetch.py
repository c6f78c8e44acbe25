import asyncio
import ssl
import time
from pathlib import Path

import pytest
from tests.unit.net.origins import (
    LOOPBACK,
    LOOPBACK_V6,
    Answer,
    Script,
    redirects,
    says,
    serving,
    trickles,
)

from filmgate.errors import ImageFetchFailed
from filmgate.net.fetch import FetchLimits, fetch

PEM = Path(__file__).with_name("pictures.test.pem")


async def refused(url: str, **options: object) -> str:
    with pytest.raises(ImageFetchFailed) as caught:
        await fetch(url, **options)  # type: ignore[arg-type]
    return caught.value.message.removeprefix("The image could not be fetched from its URL: ")


async def test_an_allowed_address_gives_its_bytes() -> None:
    async with serving(says(b"picture")) as origin:
        assert await fetch(origin.url + "a.png?b=c", allowed=LOOPBACK) == b"picture"
    head = origin.heads[0].decode()
    assert head.startswith("GET /a.png?b=c HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{origin.port}\r\n" in head
    assert "Accept-Encoding: identity\r\n" in head


@pytest.mark.parametrize(
    ("host", "rule"),
    [
        ("127.0.0.1", "loopback"),
        ("localhost", "loopback"),
        ("LOCALHOST", "loopback"),
        ("2130706433", "loopback"),
        ("0x7f.1", "loopback"),
        ("0x7f000001", "loopback"),
        ("017700000001", "loopback"),
        ("127.1", "loopback"),
        ("0", "unspecified"),
        ("[::1]", "loopback"),
        ("[::]", "unspecified"),
        ("[::ffff:127.0.0.1]", "loopback"),
        ("[64:ff9b::7f00:1]", "loopback"),
        ("[fe80::1]", "link-local"),
        ("169.254.169.254", "link-local"),
        ("10.0.0.1", "private"),
    ],
)
async def test_every_spelling_of_a_forbidden_address_is_refused(host: str, rule: str) -> None:
    async with serving(says(b"secret")) as origin:
        message = await refused(f"http://{host}:{origin.port}/")
    assert message == f"{rule} addresses are not allowed"
    assert origin.heads == []


async def test_a_trailing_dot_opens_no_door() -> None:
    async with serving(says(b"secret")) as origin:
        for host in ("localhost.", "127.0.0.1.", "127.1."):
            await refused(f"http://{host}:{origin.port}/")
    assert origin.heads == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a/b", "gopher://a/", "ws://a/"])
async def test_other_schemes_are_refused(url: str) -> None:
    assert await refused(url) == "only http and https are allowed"


@pytest.mark.parametrize("url", ["http://a:b@127.0.0.1/", "http://a@127.0.0.1/"])
async def test_credentials_are_refused(url: str) -> None:
    assert "user name or password" in await refused(url, allowed=LOOPBACK)


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:///a",
        "http://[::1",
        "http://1.2.3.999/",
        "http://a:99999/",
        "http://a:0/",
        "http://a:x/",
        "http://a\n/",
        "http://" + "a" * 70000,
        "http://\u2603\u200d.com/",
    ],
)
async def test_nonsense_is_refused(url: str) -> None:
    assert await refused(url) == "it is not a valid http or https URL"


@pytest.mark.parametrize("host", ["a..b", "a" * 64 + ".test"])
async def test_a_name_that_cannot_be_looked_up_is_refused(host: str) -> None:
    assert await refused(f"http://{host}/") == "it could not be reached"


async def test_a_name_that_leads_to_loopback_is_refused() -> None:
    async with serving(says(b"secret")) as origin:
        message = await refused(
            f"http://pictures.test:{origin.port}/", resolver=Script([["127.0.0.1"]])
        )
    assert message == "loopback addresses are not allowed"
    assert origin.heads == []


async def test_one_forbidden_address_among_many_refuses_the_name() -> None:
    resolver = Script([["127.0.0.1", "127.0.0.2"]])
    async with serving(says(b"secret")) as origin:
        message = await refused(
            f"http://pictures.test:{origin.port}/", resolver=resolver, allowed=LOOPBACK
        )
    assert message == "loopback addresses are not allowed"
    assert origin.heads == []


async def test_the_name_is_looked_up_once_and_the_checked_address_is_used() -> None:
    resolver = Script([["127.0.0.1"], ["127.0.0.2"]])
    async with serving(says(b"picture")) as origin:
        url = f"http://pictures.test:{origin.port}/"
        assert await fetch(url, allowed=LOOPBACK, resolver=resolver) == b"picture"
    assert resolver.asked == ["pictures.test"]
    assert b"Host: pictures.test:%d\r\n" % origin.port in origin.heads[0]


async def test_a_name_that_turns_to_loopback_after_a_redirect_is_refused() -> None:
    resolver = Script([["127.0.0.1"], ["127.0.0.2"]])
    async with serving(redirects("/again")) as origin:
        url = f"http://pictures.test:{origin.port}/"
        message = await refused(url, allowed=LOOPBACK, resolver=resolver)
    assert message == "loopback addresses are not allowed"
    assert len(origin.heads) == 1


async def test_the_next_address_is_tried_when_the_first_is_silent() -> None:
    resolver = Script([["::1", "127.0.0.1"]])
    async with serving(says(b"picture")) as origin:
        url = f"http://pictures.test:{origin.port}/"
        allowed = (*LOOPBACK, *LOOPBACK_V6)
        assert await fetch(url, allowed=allowed, resolver=resolver) == b"picture"


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
async def test_redirects_are_followed(status: str) -> None:
    async with (
        serving(says(b"picture")) as target,
        serving(redirects(target.url, status)) as origin,
    ):
        assert await fetch(origin.url, allowed=LOOPBACK) == b"picture"


async def test_at_most_three_redirects_are_followed() -> None:
    async with serving(redirects("/on")) as origin:
        assert await refused(origin.url, allowed=LOOPBACK) == "more than 3 redirects"
    assert len(origin.heads) == 4


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.2/", "loopback addresses are not allowed"),
        ("http://[::1]/", "loopback addresses are not allowed"),
        ("//169.254.169.254/latest/meta-data", "link-local addresses are not allowed"),
        ("file:///etc/passwd", "only http and https are allowed"),
        ("http://a:b@127.0.0.1/", "a user name or password in it is not allowed"),
        ("http://[", "it could not be reached"),
    ],
)
async def test_each_redirect_is_checked_anew(location: str, reason: str) -> None:
    async with serving(redirects(location)) as origin:
        assert await refused(origin.url, allowed=LOOPBACK) == reason


async def test_an_endless_body_is_cut_off() -> None:
    async with serving(trickles(b"x" * 65536, 0)) as origin:
        message = await refused(origin.url, allowed=LOOPBACK, limits=FetchLimits(max_bytes=10**6))
    assert message == "it is larger than 1000000 bytes"


async def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    async with serving(says(content_length="21000000")) as origin:
        assert "larger than" in await refused(origin.url, allowed=LOOPBACK)


async def test_the_limit_itself_is_allowed() -> None:
    async with serving(says(b"x" * 1000)) as origin:
        body = await fetch(origin.url, allowed=LOOPBACK, limits=FetchLimits(max_bytes=1000))
    assert len(body) == 1000


async def test_a_trickle_runs_out_of_time() -> None:
    start = time.monotonic()
    async with serving(trickles(b"x", 0.02)) as origin:
        message = await refused(origin.url, allowed=LOOPBACK, limits=FetchLimits(timeout_s=0.2))
    assert message == "it took longer than 0.2 s"
    assert time.monotonic() - start < 2


async def test_silence_runs_out_of_time() -> None:
    async def silent(head: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    async with serving(silent) as origin:
        message = await refused(origin.url, allowed=LOOPBACK, limits=FetchLimits(timeout_s=0.2))
    assert message == "it took longer than 0.2 s"


async def test_a_slow_look_up_runs_out_of_time() -> None:
    async def slow(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    message = await refused("http://a.test/", resolver=slow, limits=FetchLimits(timeout_s=0.1))
    assert message == "it took longer than 0.1 s"


async def test_nothing_listening_says_only_that() -> None:
    async with serving(says()) as origin:
        pass
    assert await refused(origin.url, allowed=LOOPBACK) == "it could not be reached"


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "204 No Content", "206 Partial"])
async def test_other_answers_are_refused_without_their_content(status: str) -> None:
    async with serving(says(b"" if "204" in status else b"secret", status=status)) as origin:
        assert await refused(origin.url, allowed=LOOPBACK) == "it gave no image"


async def test_an_empty_answer_is_refused() -> None:
    async with serving(says(b"")) as origin:
        assert await refused(origin.url, allowed=LOOPBACK) == "it gave no image"


async def test_a_compressed_answer_is_refused() -> None:
    async with serving(says(b"\x1f\x8b", content_encoding="gzip")) as origin:
        message = await refused(origin.url, allowed=LOOPBACK)
    assert message == "a compressed answer is not allowed"


@pytest.mark.parametrize("answer", [says(b"half", content_length="100"), says(status="\0")])
async def test_a_broken_answer_is_refused(answer: Answer) -> None:
    async with serving(answer) as origin:
        assert await refused(origin.url, allowed=LOOPBACK) == "it could not be reached"


async def test_proxies_and_passwords_of_the_environment_are_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with serving(says(b"picture")) as origin:
        assert await fetch(origin.url, allowed=LOOPBACK) == b"picture"


async def test_the_cause_is_kept() -> None:
    with pytest.raises(ImageFetchFailed) as caught:
        await fetch("http://127.0.0.1/")
    assert caught.value.__cause__ is not None


async def test_tls_is_for_the_name_though_the_connection_is_to_the_address() -> None:
    trusting = ssl.create_default_context(cafile=PEM)
    async with serving(says(b"picture"), serving_tls()) as origin:
        url = f"https://pictures.test:{origin.port}/"
        body = await fetch(url, allowed=LOOPBACK, resolver=Script([["127.0.0.1"]]), tls=trusting)
    assert body == b"picture"


async def test_a_certificate_for_another_name_is_refused() -> None:
    trusting = ssl.create_default_context(cafile=PEM)
    async with serving(says(b"picture"), serving_tls()) as origin:
        url = f"https://other.test:{origin.port}/"
        message = await refused(
            url, allowed=LOOPBACK, resolver=Script([["127.0.0.1"]]), tls=trusting
        )
    assert message == "it could not be reached"
    assert origin.heads == []


async def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    async with serving(says(b"picture"), serving_tls()) as origin:
        url = f"https://pictures.test:{origin.port}/"
        resolver = Script([["127.0.0.1"]])
        assert await refused(url, allowed=LOOPBACK, resolver=resolver) == "it could not be reached"


def serving_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    return context
