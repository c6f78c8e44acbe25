import asyncio
from ipaddress import ip_network

import pytest
from tests.unit.net.origins import LOOPBACK, Script, redirects, says, serving

from filmgate.net.post import Answer, post, url_refusal

HINT = "; the operator may allow a range: webhook_networks"


async def told(url: str, *answers: list[str], timeout_s: float = 5) -> Answer:
    resolver = Script(list(answers) or [["127.0.0.1"]])
    return await post(
        url,
        b"{}",
        {"webhook-id": "evt_1"},
        timeout_s=timeout_s,
        allowed=LOOPBACK,
        resolver=resolver,
    )


async def test_2xx_is_well_and_the_headers_arrive() -> None:
    async with serving(says(status="204 No Content")) as origin:
        answer = await told(f"http://hooks.test:{origin.port}/")
    assert answer == Answer(204)
    assert answer.ok
    assert b"webhook-id: evt_1" in origin.heads[0].lower()


@pytest.mark.parametrize("status", ["300 X", "302 X", "308 X", "400 X", "404 X", "500 X", "503 X"])
async def test_anything_else_is_not(status: str) -> None:
    async with serving(says(status=status)) as origin:
        answer = await told(f"http://hooks.test:{origin.port}/")
    assert answer.status == int(status[:3])
    assert not answer.ok


async def test_a_name_that_changes_to_loopback_after_the_check_is_not_followed_there() -> None:
    """One look-up a post; what it says is checked, and the connection goes there and nowhere."""
    async with serving(says()) as origin:
        url = f"http://hooks.test:{origin.port}/"
        rebinding = Script([["127.0.0.1"], ["127.0.0.2"]])
        first = await post(url, b"", {}, timeout_s=1, resolver=rebinding, allowed=LOOPBACK)
        second = await post(url, b"", {}, timeout_s=1, resolver=rebinding, allowed=LOOPBACK)
    assert first == Answer(200)
    assert second == Answer(None, f"loopback addresses are not allowed{HINT}")
    assert rebinding.asked == ["hooks.test", "hooks.test"]
    assert len(origin.heads) == 1


async def test_one_address_inside_spoils_a_name_that_has_others() -> None:
    answer = await post(
        "http://hooks.test/", b"", {}, timeout_s=1, resolver=Script([["8.8.8.8", "10.0.0.1"]])
    )
    assert answer == Answer(None, f"private addresses are not allowed{HINT}")


async def test_a_redirect_inside_is_never_asked() -> None:
    async with serving(says()) as inside, serving(redirects(inside.url)) as origin:
        answer = await told(f"http://hooks.test:{origin.port}/")
    assert answer.problem == "answered 302; redirects are not followed"
    assert inside.heads == []


async def test_the_time_limit_spans_everything() -> None:
    async def silent(head: bytes, writer: object) -> None:
        await asyncio.sleep(60)

    async with serving(silent) as origin:
        answer = await told(f"http://hooks.test:{origin.port}/", timeout_s=0.1)
    assert answer == Answer(None, "no answer within 0.1 s")


async def test_a_receiver_that_speaks_no_http_says_so_without_its_words() -> None:
    async def gibberish(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"-ERR secret of the inside\r\n\r\n")
        await writer.drain()

    async with serving(gibberish) as origin:
        answer = await told(f"http://hooks.test:{origin.port}/")
    assert answer == Answer(None, "the connection broke before an answer")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://hooks.test/", "only http and https are allowed"),
        ("https://a:b@hooks.test/", "a user name or password in it is not allowed"),
        ("https://hooks.test:70000/", "it is not a valid http or https URL"),
        ("https:///x", "it is not a valid http or https URL"),
        ("http://10.0.0.1/", f"private addresses are not allowed{HINT}"),
        ("http://[fe80::1]/", f"link-local addresses are not allowed{HINT}"),
        ("http://[::ffff:127.0.0.1]/", f"loopback addresses are not allowed{HINT}"),
        ("https://hooks.test/", None),
        ("http://8.8.8.8:8080/x?y", None),
    ],
)
async def test_what_the_text_of_a_url_tells(url: str, reason: str | None) -> None:
    assert url_refusal(url) == reason
    if reason:
        assert (await post(url, b"", {}, timeout_s=1)).problem == reason


def test_the_operator_may_allow_a_range() -> None:
    assert url_refusal("http://10.0.0.1/", [ip_network("10.0.0.0/8")]) is None
