# What stands between tests/attack and the server, so that what is answered is counted: attack_relay.py http://HOST:PORT
# prints its own address, and hands every request on as it came. Logging out it answers itself, or the first form that
# wapiti sends would end what it is to look at.
#   /-counts        ASKED ANSWERED DONE PAGES, since the last time it was asked; /-counts?also=401,404 takes these for
#                   answers, too ("gate": being sent to a login). ANSWERED: the program looked at what was sent, DONE: and did it.
#                   PAGES: different ones that were shown, identifiers aside.
#   /-statuses      the same in words: 200: 12, gate: 3
import collections
import http.client
import http.server
import re
import sys
import threading
import urllib.parse

upstream = sys.argv[1].split("//")[1].rstrip("/")
lock = threading.Lock()
statuses = collections.Counter()
pages = set()
DONE = {"200", "204", "303"}
ANSWERED = DONE | {"400", "409", "422"}
GATES = ("/login", "/adgang", "/konto/bekraeft", "/konto/totrin")
ENDS = ("/logout", "/adgang/slut")
OPEN = ("/login", "/adgang", "/was", "/sprog")
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def note(method, path, status, location):
    bare = IDENTIFIER.sub("ID", urllib.parse.urlsplit(path).path)
    gate = 300 <= status < 400 and location.startswith(GATES)
    with lock:
        statuses["gate" if gate else str(status)] += 1
        if method == "GET" and status == 200 and not bare.startswith(OPEN):
            pages.add(bare)


def told(path):
    address = urllib.parse.urlsplit(path)
    also = set(urllib.parse.parse_qs(address.query).get("also", [""])[0].split(","))
    with lock:
        if address.path == "/-statuses":
            return ", ".join(f"{status}: {n}" for status, n in sorted(statuses.items()))
        counts = [sum(statuses.values()), *(sum(n for s, n in statuses.items() if s in those) for those in (ANSWERED | also, DONE))]
        counts.append(len(pages))
        statuses.clear()
        pages.clear()
    return " ".join(map(str, counts))


class Relay(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def say(self, status, headers, body):
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def hand_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/-"):
            return self.say(200, [], told(self.path).encode() + b"\n")
        if urllib.parse.urlsplit(self.path).path in ENDS:
            return self.say(204, [], b"")
        server = http.client.HTTPConnection(upstream, timeout=60)
        try:
            sent = {n: v for n, v in self.headers.items() if n.lower() not in ("host", "connection", "content-length")}
            server.request(self.command, self.path, body or None, sent)
            got = server.getresponse()
            answer = got.read()
        except (http.client.HTTPException, OSError) as e:
            note(self.command, self.path, 599, "")
            return self.say(502, [], str(e).encode())
        finally:
            server.close()
        note(self.command, self.path, got.status, got.headers.get("Location", ""))
        dropped = ("content-length", "transfer-encoding", "connection")
        return self.say(got.status, [(n, v) for n, v in got.headers.items() if n.lower() not in dropped], answer)

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = hand_on

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


server = Server(("127.0.0.1", 0), Relay)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
