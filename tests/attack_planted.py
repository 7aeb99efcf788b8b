# A page with the two oldest holes, for tests/attack: its parameter goes into SQL and into HTML as it comes. Prints its address.
import http.server
import sqlite3
import sys
import urllib.parse

db = sqlite3.connect(":memory:", check_same_thread=False)
db.executescript("CREATE TABLE person (name TEXT); INSERT INTO person VALUES ('Anna'), ('Bo');")


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query).get("name", [""])[0]
        try:
            rows = db.execute(f"SELECT name FROM person WHERE name = '{name}'").fetchall()
        except sqlite3.Error as e:
            rows = [(f"sqlite3.OperationalError: {e}",)]
        body = f"<html><body><p>{name}</p><ul>{''.join(f'<li>{n}</li>' for (n,) in rows)}</ul></body></html>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
