"""A tiny provider of identities on 127.0.0.1. It signs whatever a test wants it to claim."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.service.builders import NOW

CLIENT, SECRET = "pantau", "rahasia klien"
KEY = RSAKey.generate_key(2048, {"kid": "1"})


@dataclass
class Provider:
    """`claims` go over the honest ones into the next ID token; `key` signs it, `userinfo` is told where it is asked.

    `key_set` is published in the place of the honest one.
    """

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: KEY)
    algorithm: str = "RS256"
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    key_set: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    tokens_given: int = 0

    def __post_init__(self) -> None:
        self.published = self.key

    def authorize(self, address: str) -> str:
        """Somebody signs in at this address of ours: the query with which their browser comes back."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return f"code=kode&state={self.asked['state']}"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/.well-known/openid-configuration":
            places = {
                "authorization_endpoint": "auth",
                "token_endpoint": "token",
                "jwks_uri": "keys",
                "userinfo_endpoint": "me",
            }
            known = {name: f"{self.issuer}/{place}" for name, place in places.items()}
            return 200, {"issuer": self.issuer} | known | self.metadata
        if path == "/keys":
            return 200, self.key_set or {"keys": [self.published.as_dict(private=False)]}
        if path == "/me":
            return 200, self.userinfo
        if path == "/token" and create_s256_code_challenge(form["code_verifier"]) == self.asked["code_challenge"]:
            self.tokens_given += 1
            return 200, {"access_token": "kunci", "token_type": "Bearer", "id_token": self._signed()}
        return 400, {"error": "invalid_grant"}

    def _signed(self) -> str:
        now = int(NOW.timestamp())
        honest = {
            "iss": self.issuer,
            "sub": "7",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.asked["nonce"],
            "email": "rani@agency.example",
            "email_verified": True,
            "name": "Rani Saputri",
        }
        claims = {name: value for name, value in (honest | self.claims).items() if value is not None}
        return jwt.encode({"alg": self.algorithm, "kid": "1"}, claims, self.key, algorithms=[self.algorithm])


@contextmanager
def provider() -> Iterator[Provider]:
    """The provider, while it is served."""
    served = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, form: dict[str, str]) -> None:
            status, told = served.answer(urlsplit(self.path).path, form)
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served.issuer = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield served
        server.shutdown()
        thread.join()
