"""
A small identity provider for tests: a process of its own that speaks OpenID Connect over loopback, with real RS256.

`POST /next` tells it who logs in next and, as a trap, what is wrong with what it then gives: "twist".
Run as `python -m tests.identity_provider PORT`.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "portaal", "geheim-van-de-proef"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """What it knows: who comes next, and which codes it gave."""

    coming: dict[str, Any]
    given: dict[str, dict[str, Any]]

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Door(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path, asked = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
        issuer = self.server.issuer
        if path == "/.well-known/openid-configuration":
            self.say(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "jwks_uri": f"{issuer}/jwks",
                }
            )
        elif path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self.say({"keys": [{**public, "kid": "een", "alg": "RS256", "use": "sig"}]})
        elif path == "/moved/.well-known/openid-configuration":
            self.send_response(302)
            self.send_header("Location", f"{issuer}/moved/to")
            self.end_headers()
        elif path == "/moved/to":
            self.say({"issuer": f"{issuer}/moved", "authorization_endpoint": f"{issuer}/authorize"})
        elif path == "/authorize":
            fine = asked.get("client_id") == CLIENT and asked.get("code_challenge_method") == "S256"
            if not (fine and asked.get("response_type") == "code" and asked.get("nonce") and asked.get("state")):
                self.say({"error": "invalid_request"}, 400)
                return
            code = secrets.token_urlsafe(16)
            self.server.given[code] = {**asked, **self.server.coming}
            self.send_response(302)
            self.send_header(
                "Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            )
            self.end_headers()
        else:
            self.say({}, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        if self.path == "/next":
            self.server.coming = json.loads(body)
            self.say({})
            return
        asked = dict(parse_qsl(body))
        # A code counts once.
        found = self.server.given.pop(asked.get("code", ""), None)
        shown = base64.urlsafe_b64encode(hashlib.sha256(asked.get("code_verifier", "").encode()).digest())
        if not found or shown.rstrip(b"=").decode() != found["code_challenge"]:
            self.say({"error": "invalid_grant"}, 400)
        elif (asked.get("client_id"), asked.get("client_secret")) != (CLIENT, SECRET):
            self.say({"error": "invalid_client"}, 401)
        else:
            self.say({"access_token": "x", "token_type": "Bearer", "id_token": self.token(found)})

    def token(self, found: dict[str, Any]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.server.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": found["nonce"],
            "auth_time": now,
            **found["claims"],
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        twist = found.get("twist", "")
        if twist == "alg none":
            return jwt.encode(claims, "", algorithm="none", headers={"kid": "een"})
        if twist == "signed with the client's secret":
            return jwt.encode(claims, SECRET * 3, algorithm="HS256", headers={"kid": "een"})
        key = OTHER_KEY if twist == "another key" else KEY
        kid = "twee" if twist == "unknown key" else "een"
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid})

    def say(self, content: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main(port: int) -> None:
    """Serve until stopped."""
    server = Provider(("127.0.0.1", port), Door)
    server.coming, server.given = {"claims": {"sub": "niemand"}}, {}
    print(server.issuer, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
