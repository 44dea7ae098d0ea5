"""The bare address and the API pages, through the edge."""


def test_a_browser_at_the_bare_address_is_sent_to_the_api_pages(edge):
    answer = edge.get("/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}, follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/api/docs"
    assert answer.headers["Vary"] == "Accept"
    page = edge.get("/", headers={"Accept": "text/html"}, follow_redirects=True)
    assert page.status_code == 200
    assert "<title>API Suar</title>" in page.text


def test_a_program_at_the_bare_address_gets_links_that_answer(edge):
    answer = edge.get("/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    links = answer.json()["links"]
    assert links["docs"] == "/api/docs"
    for name in ("docs", "openapi", "health", "readiness"):
        assert edge.get(links[name]).status_code == 200, name
    assert edge.get(links["sign_in"]).status_code == 401
    refused = edge.post("/", content=b"x")
    assert refused.status_code == 405
    assert refused.json()["code"] == "edge_method_refused"


def test_the_api_pages_are_compressed_and_keep_their_own_policy(edge):
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "page.js"):
        answer = edge.get(f"/api/docs/{name}", headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert answer.headers.get("Content-Encoding") == "gzip", name
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
