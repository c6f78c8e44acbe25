"""The document holds together by itself; `tests/contract` holds the answers against it."""

import re
import subprocess
import sys

from filmgate.api.openapi import document, document_text


def test_every_reference_resolves() -> None:
    found = document()
    names = set(re.findall(r'"\$ref": "([^"]+)"', document_text().decode()))
    assert names
    known = {f"#/components/schemas/{name}" for name in found["components"]["schemas"]}
    assert names <= known


def test_it_is_the_same_twice() -> None:
    assert document() == document()


def test_no_two_models_of_a_generated_client_have_one_name() -> None:
    schemas = document()["components"]["schemas"]
    titles = [schema.get("title") for schema in schemas.values()]
    assert titles == list(schemas)
    assert {"CreateVideo", "CreateVideoForm", "VideoObjectPage"} <= set(titles)


def test_what_is_unsaid_is_required_of_nobody() -> None:
    schemas = document()["components"]["schemas"]
    assert set(schemas["NewEndpoint"]["required"]) == {"name", "url", "event_types"}
    assert "required" not in schemas["EndpointChange"]


def test_every_keyed_route_may_find_the_database_away() -> None:
    for path, item in document()["paths"].items():
        for operation in item.values():
            keyed = bool(operation["security"]) or path == "/readyz"
            assert ("503" in operation["responses"]) == keyed, path


def test_the_server_loads_no_web_framework_but_starlette() -> None:
    program = (
        "import sys, filmgate.api.app, filmgate.web.pages\n"
        "from filmgate.web.assets import asset\n"
        "assert asset('swagger-ui.js')\n"
        "assert 'fastapi' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
