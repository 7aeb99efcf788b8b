"""Debian's glewlwyd as a provider, in a temporary folder of its own: set up through the API that its pages use."""

import http.client
import gzip
import json
import os
import socket
import sqlite3
import subprocess
import time
import urllib.parse

from jwcrypto import jwk

ROOT = os.environ.get("GLEWLWYD_ROOT", "build/unpacked")  # where tools/need puts the package
ADMIN = ("admin", "password")  # as the package's database has it


def there():
    return os.path.exists(ROOT + "/usr/bin/glewlwyd")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Session:
    """Somebody with a browser at the provider."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def ask(self, method, path, body=None, expect=200):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": "; ".join("%s=%s" % c for c in self.cookies.items()), "Content-Type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for one in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = one.split(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status != expect:
            raise RuntimeError("%s %s: %d %s" % (method, path, answer.status, text))
        return answer.getheader("Location") if answer.status == 302 else text

    def login(self, name, password):
        self.ask("POST", "/api/auth/", {"username": name, "password": password})

    def grant(self, client):
        self.ask("PUT", "/api/auth/grant/" + urllib.parse.quote(client), {"scope": "openid"})

    def follow(self, url):
        """Where the provider sends the browser that comes with this address and has logged in."""
        u = urllib.parse.urlsplit(url)
        return self.ask("GET", u.path + "?" + u.query + "&g_continue", expect=302)


class Glewlwyd:
    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.url = "http://127.0.0.1:%d" % self.port
        os.makedirs(folder)
        share, lib = os.path.abspath(ROOT + "/usr/share"), os.path.abspath(ROOT + "/usr/lib/glewlwyd")
        with gzip.open(share + "/doc/glewlwyd/database/init.sqlite3.sql.gz", "rt") as sql, \
                sqlite3.connect(folder + "/glewlwyd.db") as db:
            db.executescript(sql.read())
        with open(folder + "/glewlwyd.conf", "w") as f:
            f.write('port=%d\nbind_address="127.0.0.1"\nexternal_url="%s"\nlogin_url="login.html"\napi_prefix="api"\n' % (self.port, self.url))
            f.write('static_files_path="%s/glewlwyd/webapp/"\nallow_origin="*"\nlog_mode="console"\nlog_level="WARNING"\n' % share)
            f.write('cookie_domain=""\ncookie_secure=0\nsession_expiration=3600\nsession_key="GLEWLWYD2_SESSION_ID"\n')
            f.write('admin_scope="g_admin"\nprofile_scope="g_profile"\nlogin_api_enabled=true\nhash_algorithm="SHA512"\n')
            for name, place in (("user", "user"), ("user_middleware", "user_middleware"), ("client", "client"),
                                ("user_auth_scheme", "scheme"), ("plugin", "plugin")):
                f.write('%s_module_path="%s/%s"\n' % (name, lib, place))
            f.write('use_secure_connection=false\nsecure_connection_key_file=""\nsecure_connection_pem_file=""\n')
            f.write('secure_connection_ca_file=""\ndatabase={\n type="sqlite3"\n path="%s/glewlwyd.db"\n};\n' % folder)
        os.makedirs(lib + "/user_middleware", exist_ok=True)
        self.log = open(folder + "/log", "w")
        self.process = subprocess.Popen([ROOT + "/usr/bin/glewlwyd", "--config-file=" + folder + "/glewlwyd.conf"],
                                        stdout=self.log, stderr=self.log)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        self.admin = Session(self.port)
        self.admin.login(*ADMIN)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def add_provider(self, name, alg, key):
        """An OIDC plugin that signs with this key; its issuer."""
        issuer = self.url + "/api/" + name
        keys = {"keys": [{**json.loads(key.export_private()), "alg": alg}]}
        self.admin.ask("POST", "/api/mod/plugin/", {"module": "oidc", "name": name, "display_name": name, "parameters": {
            "iss": issuer, "jwks-private": json.dumps(keys), "default-kid": key.get("kid"),
            "access-token-duration": 3600, "refresh-token-duration": 3600, "code-duration": 600,
            "refresh-token-rolling": False, "allow-non-oidc": False, "auth-type-code-enabled": True,
            "auth-type-token-enabled": False, "auth-type-id-token-enabled": True, "auth-type-none-enabled": False,
            "auth-type-password-enabled": False, "auth-type-client-enabled": False, "auth-type-refresh-enabled": False,
            "auth-type-device-enabled": False, "jwks-show": True, "pkce-allowed": True,
            "pkce-method-plain-allowed": False, "subject-type": "public", "scope": []}})
        return issuer

    def add_client(self, client, secret, redirect):
        self.admin.ask("POST", "/api/client/", {
            "client_id": client, "name": client, "password": secret, "confidential": True, "enabled": True, "scope": [],
            "redirect_uri": [redirect], "authorization_type": ["code"],
            "token_endpoint_auth_method": ["client_secret_basic", "client_secret_post"]})

    def add_user(self, name, password):
        self.admin.ask("POST", "/api/user/", {"username": name, "name": name, "password": password, "enabled": True,
                                               "email": "leder", "scope": ["g_profile", "openid"]})


def key(alg):
    kind = {"RS256": {"kty": "RSA", "size": 2048}, "ES256": {"kty": "EC", "crv": "P-256"},
            "EdDSA": {"kty": "OKP", "crv": "Ed25519"}}[alg]
    return jwk.JWK.generate(kid="key-" + alg, **kind)
