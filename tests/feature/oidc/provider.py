"""A provider of OpenID Connect for the tests, that does well or does wrong as it is told.

One Provider serves on a free port of this machine. `mode` says what the next answers are like: "good", or the name of
one of the functions in CLAIMS, TOKENS or ANSWERS. It gives a code to whoever asks, as `subject`, and remembers what it
was asked, so that the tests can look at it.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256
from jwcrypto import jwk, jws

CLIENT, SECRET = "rampe & test", "hemmelig: 100 %"


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def written(header, claims):
    return b64(json.dumps(header).encode()) + "." + b64(json.dumps(claims).encode())


def signed(key, alg, claims, **header):
    token = jws.JWS(json.dumps(claims))
    token.add_signature(key, alg=alg, protected=json.dumps({"alg": alg, **header}))
    return token.serialize(compact=True)


# What is wrong with the claims: each changes them before they are signed as they should be.
def several(claims, **more):
    claims["aud"] = [CLIENT, "another"]
    claims.update(more)


CLAIMS = {
    "other issuer": lambda c, p: c.update(iss="https://another.example"),
    "issuer with a slash": lambda c, p: c.update(iss=c["iss"] + "/"),
    "other audience": lambda c, p: c.update(aud="another"),
    "no audience": lambda c, p: c.pop("aud"),
    "several audiences, nobody authorized": lambda c, p: several(c),
    "several audiences, another authorized": lambda c, p: several(c, azp="another"),
    "several audiences, authorized": lambda c, p: several(c, azp=CLIENT),
    "audience in a list": lambda c, p: c.update(aud=[CLIENT]),
    "another authorized": lambda c, p: c.update(azp="another"),
    "expired": lambda c, p: c.update(exp=int(time.time()) - 120),
    "no expiry": lambda c, p: c.pop("exp"),
    "expiry in words": lambda c, p: c.update(exp="tomorrow"),
    "expired a moment ago": lambda c, p: c.update(exp=int(time.time()) - 20),
    "issued in the future": lambda c, p: c.update(iat=int(time.time()) + 300),
    "issued before": lambda c, p: c.update(iat=int(time.time()) - 300),
    "not yet valid": lambda c, p: c.update(nbf=int(time.time()) + 300),
    "valid by now": lambda c, p: c.update(nbf=int(time.time()) - 5),
    "other nonce": lambda c, p: c.update(nonce=secrets.token_hex(32)),
    "no nonce": lambda c, p: c.pop("nonce"),
    "no subject": lambda c, p: c.pop("sub"),
    "empty subject": lambda c, p: c.update(sub=""),
    "long subject": lambda c, p: c.update(sub="a" * 256),
    "subject in a list": lambda c, p: c.update(sub=[c["sub"]]),
    "other access token": lambda c, p: c.update(at_hash=b64(hashlib.sha256(b"another").digest()[:16])),
    "whole hash of the access token": lambda c, p: c.update(at_hash=c["at_hash"] + "A"),
    "mail of a user": lambda c, p: c.update(
        sub="nobody", email="leder", email_verified=False, preferred_username="leder", name="leder"
    ),
}


# Tokens that are not signed as they should be.
def none(p, claims):
    return written({"alg": "none", "kid": "rsa"}, claims) + "."


def none_in_capitals(p, claims):
    return written({"alg": "NONE"}, claims) + "." + b64(b"x")


def public_key_as_secret(p, claims):
    start = written({"alg": "HS256", "kid": "rsa"}, claims)
    key = p.keys["rsa"].export_to_pem()
    return start + "." + b64(hmac.new(key, start.encode(), hashlib.sha256).digest())


def client_secret_as_key(p, claims):
    start = written({"alg": "HS256"}, claims)
    return start + "." + b64(hmac.new(SECRET.encode(), start.encode(), hashlib.sha256).digest())


def other_key(p, claims):
    return signed(p.stranger, "RS256", claims, kid="rsa")


def key_of_no_set(p, claims):
    return signed(p.stranger, "RS256", claims, kid="stranger")


def key_in_the_header(p, claims):
    public = json.loads(p.stranger.export_public())
    return signed(p.stranger, "RS256", claims, kid="stranger", jwk=public)


def key_at_an_address(p, claims):
    return signed(p.stranger, "RS256", claims, kid="stranger", jku=p.issuer + "/stranger")


def key_of_another_kind(p, claims):
    return signed(p.keys["ec"], "ES256", claims, kid="rsa")


def short_key(p, claims):
    return signed(p.keys["short"], "RS256", claims, kid="short")


def key_for_encryption(p, claims):
    return signed(p.keys["enc"], "RS256", claims, kid="enc")


def other_hash(p, claims):
    return signed(p.keys["rsa"], "RS512", claims, kid="rsa")


def must_be_understood(p, claims):
    start = written({"alg": "RS256", "kid": "rsa", "crit": ["exp"], "exp": 1}, claims)
    key = p.keys["rsa"].get_op_key("sign")
    return start + "." + b64(key.sign(start.encode(), padding.PKCS1v15(), SHA256()))


def changed_afterwards(p, claims):
    head, _, signature = p.right(claims).split(".")
    return ".".join([head, b64(json.dumps({**claims, "sub": "another"}).encode()), signature])


def cut(p, claims):
    return p.right(claims)[:-20]


def replayed(p, claims):
    return p.before


def no_token(p, claims):
    return "not a token"


TOKENS = {
    f.__name__.replace("_", " "): f
    for f in (none, none_in_capitals, public_key_as_secret, client_secret_as_key, other_key, key_of_no_set,
              key_in_the_header, key_at_an_address, key_of_another_kind, short_key, key_for_encryption, other_hash,
              must_be_understood, changed_afterwards, cut, replayed, no_token)
}


# Answers of one of the addresses that are wrong as a whole: "PATH is WHAT".
def huge(h):
    h.send_response(200)
    h.end_headers()
    h.wfile.write(b'{"padding":"')
    for _ in range(400):
        h.wfile.write(b"x" * 65536)


def slow(h):
    h.provider.let_go.wait(30)


def dripping(h):
    h.send_response(200)
    h.end_headers()
    while not h.provider.let_go.wait(0.5):
        h.wfile.write(b" ")
        h.wfile.flush()


def redirected(h):
    h.send_response(302)
    h.send_header("Location", h.provider.issuer + "/elsewhere")
    h.end_headers()


def garbage(h):
    h.answer(200, b'{"id_token": "' + b"\xff\xfe{" * 20)


def a_list(h):
    h.answer(200, b"[1, 2]")


def nested(h):
    h.answer(200, b"[" * 10000)


def an_error(h):
    h.answer(500, b"{}")


ANSWERS = {f.__name__.replace("_", " "): f for f in (huge, slow, dripping, redirected, garbage, a_list, nested, an_error)}


class Provider:
    def __init__(self):
        self.mode, self.alg, self.subject = "good", "RS256", "sub-1"
        self.config = {}  # what its discovery document says otherwise
        self.keys = {
            "rsa": jwk.JWK.generate(kty="RSA", size=2048, kid="rsa"),
            "ec": jwk.JWK.generate(kty="EC", crv="P-256", kid="ec"),
            "ed": jwk.JWK.generate(kty="OKP", crv="Ed25519", kid="ed"),
            "short": jwk.JWK.generate(kty="RSA", size=1024, kid="short"),
            "enc": jwk.JWK.generate(kty="RSA", size=2048, kid="enc"),
        }
        self.stranger = jwk.JWK.generate(kty="RSA", size=2048, kid="stranger")
        self.before = None  # the token given last
        self.codes, self.asked = {}, []
        self.let_go = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.provider = self
        self.issuer = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.let_go.set()
        self.server.shutdown()

    def release(self):
        """Ends what is slow, for those that wait now."""
        self.let_go.set()
        self.let_go = threading.Event()

    def times_asked(self, path):
        return self.asked.count(path)

    def right(self, claims):
        name = {"RS256": "rsa", "ES256": "ec", "EdDSA": "ed"}[self.alg]
        return signed(self.keys[name], self.alg, claims, kid=self.keys[name].get("kid"))

    def token(self, code):
        now = int(time.time())
        access = secrets.token_urlsafe(20)
        half = hashlib.sha512(access.encode()).digest()[:32] if self.alg == "EdDSA" else hashlib.sha256(access.encode()).digest()[:16]
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": code["subject"], "iat": now, "exp": now + 300,
                  "nonce": code["nonce"], "at_hash": b64(half)}
        if self.mode in CLAIMS:
            CLAIMS[self.mode](claims, self)
        made = TOKENS[self.mode](self, claims) if self.mode in TOKENS else self.right(claims)
        if self.mode == "good":
            self.before = made
        return {"access_token": access, "token_type": "Bearer", "id_token": made}


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    @property
    def provider(self):
        return self.server.provider

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def json(self, status, value):
        self.answer(status, json.dumps(value).encode())

    def wrong(self, path):
        where, _, what = self.provider.mode.partition(" is ")
        if where == path and what in ANSWERS:
            try:
                ANSWERS[what](self)
            except OSError:
                pass  # nobody listens any more: as it should be
            self.close_connection = True
            return True
        return False

    def do_GET(self):
        p, url = self.provider, urllib.parse.urlsplit(self.path)
        p.asked.append(url.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if self.wrong(url.path):
            return
        if url.path == "/.well-known/openid-configuration":
            self.json(200, {"issuer": p.issuer, "authorization_endpoint": p.issuer + "/authorize",
                            "token_endpoint": p.issuer + "/token", "jwks_uri": p.issuer + "/keys", **p.config})
        elif url.path == "/keys":
            keys = [json.loads(k.export_public()) for k in p.keys.values()]
            self.json(200, {"keys": [{**k, "use": "enc" if k["kid"] == "enc" else "sig"} for k in keys]})
        elif url.path == "/authorize":
            self.authorize(query)
        else:
            self.json(404, {})

    def authorize(self, query):
        p = self.provider
        p.query = query
        back = {"state": query["state"]}
        if p.mode == "refused there":
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe(16)
            p.codes[back["code"]] = {"nonce": query["nonce"], "challenge": query["code_challenge"], "subject": p.subject}
        if p.mode == "names itself":
            back["iss"] = p.issuer
        if p.mode == "names another":
            back["iss"] = "https://another.example"
        self.send_response(302)
        self.send_header("Location", query["redirect_uri"] + "?" + urllib.parse.urlencode(back))
        self.end_headers()

    def do_POST(self):
        p = self.provider
        p.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        form = dict(urllib.parse.parse_qsl(body.decode()))
        if self.wrong(self.path):
            return
        user = urllib.parse.quote(CLIENT, safe="") + ":" + urllib.parse.quote(SECRET, safe="")
        by_header = self.headers.get("Authorization") == "Basic " + base64.b64encode(user.encode()).decode()
        by_form = form.get("client_id") == CLIENT and form.get("client_secret") == SECRET
        p.known_by = "header" if by_header else "form" if by_form else None
        code = p.codes.pop(form.get("code"), None)
        verifier = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if code is None or verifier != code["challenge"] or p.known_by is None:
            self.json(400, {"error": "invalid_grant"})
        else:
            self.json(200, p.token(code))
