"""What the tests of logging in with a provider share: TAP, the program told of a provider, and a browser."""

import http.client
import os
import re
import subprocess
import urllib.parse

RAMPE = os.environ.get("RAMPE", "build/rampe")
TMP = os.environ["TMPDIR"]
os.environ["RAMPE_DB"] = "sqlite:" + TMP + "/rampe.db"
os.environ["RAMPE_KEYRING"] = TMP + "/rampe.keyring"
PASSWORD = "en lang adgangskode 42"
ANSWER = "http://127.0.0.1:1/login/oidc/svar"  # no browser goes there: Browser.come_back asks the server itself
told = failed = 0
running = []


def ok(fine, what, detail=""):
    global told, failed
    told += 1
    failed += not fine
    print(("ok" if fine else "not ok"), told, "-", what, flush=True)
    if not fine:
        print("# " + str(detail).replace("\n", "\n# "), flush=True)


def same(got, wanted, what):
    ok(got == wanted, what, "got %r instead of %r" % (got, wanted))


def rampe(*arguments, given=""):
    return subprocess.run([RAMPE, *arguments], input=given, capture_output=True, text=True, timeout=60)


def told_of(issuer, client):
    """What `rampe serve` is told."""
    return ["--oidc", issuer, "--oidc-client", client, "--oidc-secret-file", TMP + "/secret", "--oidc-redirect", ANSWER]


def keep_secret(secret):
    with open(TMP + "/secret", "w") as f:
        f.write(secret + "\n")
    os.chmod(TMP + "/secret", 0o600)


class Server:
    """rampe serve with some more options."""

    def __init__(self, *more):
        self.log = open(TMP + "/serve.err", "a+")
        self.process = subprocess.Popen([RAMPE, "serve", "--port", "0", *more], stdout=subprocess.PIPE, stderr=self.log,
                                        text=True)
        running.append(self.process)
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1].strip("/\n"))

    def stop(self):
        self.process.terminate()
        self.status = self.process.wait(timeout=40)


def there(url):
    """What a provider that asks nothing answers a browser with: where to go."""
    u = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(u.hostname, u.port, timeout=60)
    connection.request("GET", u.path + "?" + u.query)
    return connection.getresponse().getheader("Location")


class Browser:
    """Keeps cookies, and asks in English."""

    def __init__(self, server, address=None):
        self.server, self.cookies, self.address, self.set = server, {}, address, []

    def ask(self, method, path, fields=None):
        headers = {"Accept-Language": "en", "Cookie": "; ".join("%s=%s" % c for c in self.cookies.items())}
        if self.address:
            headers["X-Forwarded-For"] = self.address
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        self.text = answer.read().decode()
        self.status, self.to = answer.status, answer.getheader("Location")
        self.set = answer.headers.get_all("Set-Cookie") or []
        for one in self.set:
            name, _, value = one.split(";")[0].partition("=")
            if "Max-Age=0" in one or value == "":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        connection.close()
        return self.status

    def get(self, path):
        return self.ask("GET", path)

    def csrf(self):
        return re.search(r'name="csrf" value="([0-9a-f]+)"', self.text).group(1)

    def post(self, page, path, **fields):
        self.get(page)
        return self.ask("POST", path, {"csrf": self.csrf(), **fields})

    def password(self, login):
        return self.post("/login", "/login", login=login, password=PASSWORD)

    def logged_in(self):
        """As whom; None: as nobody."""
        return re.search(r"<dt>Login</dt><dd>([^<]+)</dd>", self.text).group(1) if self.get("/konto") == 200 else None

    def begin(self, path="/login/oidc", there=there):
        """To the provider: the address that it sends the browser back to, with nothing asked there yet."""
        return there(self.to) if self.get(path) == 303 else None

    def come_back(self, address):
        return self.get("/login/oidc/svar?" + urllib.parse.urlsplit(address).query)

    def login(self, path="/login/oidc", there=there):
        back = self.begin(path, there)
        return self.come_back(back) if back else self.status


def end():
    """What still runs is ended."""
    for process in running:
        if process.poll() is None:
            process.kill()
