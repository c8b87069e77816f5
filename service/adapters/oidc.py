"""The agency's own provider of identities, by OpenID Connect: authorization code with PKCE, state and nonce.

Loaded only where a provider is configured.
"""

import hmac
import logging
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from service.domain.wording.language import say
from service.errors import SignInRefused
from service.ports import Clock, SingleSignOnRequest
from service.settings import is_loopback

logger = logging.getLogger(__name__)

SECONDS = 10
LEEWAY = 60
"""Seconds by which the provider's clock may differ from ours."""

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
"""Signatures by a key that only the provider has; never "none", never by a shared secret."""

_FAILED = "Masuk dengan akun instansi gagal. Ulangi, atau masuk dengan kata sandi."


class OpenIdProvider:
    """Sends browsers to the provider and believes what it signs for us, of an address that it has verified."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, clock: Clock) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._clock = clock

    def begin(self, back: str) -> SingleSignOnRequest:
        """Where to send the browser, which comes back to `back`; SignInRefused where the provider does not answer."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        try:
            known = self._metadata()
            address, _ = self._client(known, back).create_authorization_url(
                _safe(known, "authorization_endpoint"), state=state, nonce=nonce, code_verifier=verifier
            )
        except (RequestException, AuthlibBaseError, ValueError) as error:
            raise self._refused(error) from error
        return SingleSignOnRequest(address, state, nonce, verifier)

    def finish(self, begun: SingleSignOnRequest, answer: str, back: str) -> tuple[str, str]:
        """The verified e-mail and the name of who came back to the address `answer`; SignInRefused otherwise."""
        try:
            told = self._told(begun, answer, back)
        except (RequestException, AuthlibBaseError, JoseError, ValueError) as error:
            raise self._refused(error) from error
        email = told.get("email")
        if not isinstance(email, str) or told.get("email_verified") not in (True, "true"):
            raise SignInRefused(say("Akun instansi Anda tidak menyebut surel yang terverifikasi."))
        return email, str(told.get("name") or "")

    def _told(self, begun: SingleSignOnRequest, answer: str, back: str) -> Mapping[str, Any]:
        """What the provider says of the person; ValueError and the libraries' errors where it cannot be believed."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(answer).query).items()}
        if not hmac.compare_digest(asked.get("state", "").encode(), begun.state.encode()):
            raise ValueError("the answer has another state")
        if asked.get("iss", self._issuer) != self._issuer:
            raise ValueError("the answer is of another issuer")
        if "code" not in asked:
            raise ValueError(f"the provider refused: {asked.get('error', 'no code')}")
        known = self._metadata()
        with self._client(known, back) as client:
            token = client.fetch_token(
                _safe(known, "token_endpoint"), code=asked["code"], code_verifier=begun.verifier, state=begun.state
            )
            keys = _keys(_json(client.get(_safe(known, "jwks_uri"), withhold_token=True)))
            claims = self._believed(token, keys, begun.nonce)
            if "email" in claims or "userinfo_endpoint" not in known:
                return claims
            more = _json(client.get(_safe(known, "userinfo_endpoint")))
        if more.get("sub") != claims["sub"]:
            raise ValueError("the provider tells of another person")
        return more

    def _believed(self, token: Mapping[str, Any], keys: KeySet, nonce: str) -> Mapping[str, Any]:
        """What the ID token claims, its signature, issuer, audience, time and nonce being right."""
        signed = jwt.decode(str(token.get("id_token", "")), keys, algorithms=ALGORITHMS)
        told = CodeIDToken(
            signed.claims,
            signed.header,
            options={
                "iss": {"essential": True, "value": self._issuer},
                "aud": {"essential": True, "value": self._client_id},
            },
            params={"nonce": nonce, "client_id": self._client_id, "access_token": token.get("access_token")},
        )
        told.validate(now=int(self._clock().timestamp()), leeway=LEEWAY)
        claims: Mapping[str, Any] = told
        return claims

    def _client(self, known: Mapping[str, Any], back: str) -> OAuth2Session:
        methods = known.get("token_endpoint_auth_methods_supported")
        by_header = (
            not isinstance(methods, list) or "client_secret_basic" in methods or "client_secret_post" not in methods
        )
        way = ("client_secret_basic" if by_header else "client_secret_post") if self._client_secret else "none"
        return OAuth2Session(
            self._client_id,
            self._client_secret,
            token_endpoint_auth_method=way,
            scope="openid email profile",
            redirect_uri=back,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )

    def _metadata(self) -> Mapping[str, Any]:
        """What the provider tells about itself."""
        with OAuth2Session(self._client_id, default_timeout=SECONDS) as client:
            address = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
            known = _json(client.get(address, withhold_token=True))
        if known.get("issuer") != self._issuer:
            raise ValueError(f"the provider calls itself {known.get('issuer')!r}")
        return known

    def _refused(self, error: Exception) -> SignInRefused:
        logger.warning("single sign-on failed", extra={"issuer": self._issuer, "reason": str(error)[:300]})
        return SignInRefused(_FAILED)


def _safe(known: Mapping[str, Any], name: str) -> str:
    """The provider's address of that name; ValueError where others could listen on the way to it."""
    address = str(known.get(name, ""))
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ValueError(f"the provider's {name} is no https address")
    return address


def _keys(published: Any) -> KeySet:
    """The provider's keys; ValueError or JoseError where it publishes none."""
    try:
        return KeySet.import_key_set(published)
    except (KeyError, TypeError) as error:
        raise ValueError("what the provider publishes is no set of keys") from error


def _json(answer: Any) -> dict[str, Any]:
    answer.raise_for_status()
    told = answer.json()
    if not isinstance(told, dict):
        raise ValueError("the provider's answer is no object")
    return told
