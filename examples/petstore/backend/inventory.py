"""The HTTP backend behind /stock: how much food is left."""
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STOCK = {"kibble": 12, "catnip": 3}


class Inventory(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        item = self.path.removeprefix("/stock/").partition("?")[0]
        known = item in STOCK
        body = json.dumps({"item": item, "left": STOCK[item]} if known else {"message": f"no {item} here"}).encode()
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    try:
        server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Inventory)
    except OSError as error:
        sys.exit(f"the inventory backend cannot listen on port {sys.argv[1]}: {error.strerror}")
    server.serve_forever()
