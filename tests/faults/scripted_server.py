"""A web server on 127.0.0.1 that answers each request as the test says, counting what it was asked and what it sent."""

import http.client
import http.server
import threading
from urllib.parse import urlsplit

from terralogue.models.catalog.hub import headers_of
from terralogue.models.catalog.transfer import Reply
from terralogue.models.errors import DownloadFailed


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server
        number = len(server.asked)
        server.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        try:
            server.answer(self, number)
        except (BrokenPipeError, ConnectionResetError):
            return

    def file(self, content, etag='"v1"', ranges=True, stop_at=None, length=None, kind="application/octet-stream", slowly=None):
        """Send ``content`` as a file server does. ``stop_at``: byte of it after which the line goes dead."""
        start = 0
        wanted = self.headers.get("Range", "")
        if ranges and wanted.startswith("bytes=") and self.headers.get("If-Range") in (None, etag):
            start = int(wanted[6:].rstrip("-"))
            if start >= len(content):
                return self.empty(416)
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("Content-Type", kind)
        if etag:
            self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(content) - start if length is None else length))
        self.end_headers()
        end = len(content) if stop_at is None else max(start, stop_at)
        for place in range(start, end, 1 << 14):
            if slowly is not None:
                slowly(place)
            block = content[place:min(end, place + (1 << 14))]
            self.wfile.write(block)
            self.wfile.flush()
            self.server.sent += len(block)
        if stop_at is not None and stop_at < len(content) or length is not None:
            self.close_connection = True

    def empty(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def page(self, status=200, kind="text/html; charset=utf-8"):
        body = b"<!DOCTYPE html><html><body>Sign in to the hotel's network</body></html>"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        return


class Server(http.server.ThreadingHTTPServer):
    """``answer(handler, number of the request)``; ``asked``: (path, headers) of each; ``sent``: bytes of bodies."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.sent = [], 0
        self.answer = lambda handler, number: handler.empty(404)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def handle_error(self, request, client_address):
        return

    def address(self, path="/weights.onnx"):
        return f"http://127.0.0.1:{self.server_port}{path}"

    def close(self):
        self.shutdown()
        self.server_close()


def plain_fetch(wish, cancel):
    """A fetch with the standard library, for tests without QGIS."""
    split = urlsplit(wish.address)
    connection = http.client.HTTPConnection(split.hostname, split.port, timeout=10)
    try:
        connection.request("GET", split.path, headers=headers_of(wish))
        reply = connection.getresponse()
    except OSError as error:
        connection.close()
        raise DownloadFailed(split.path, "network", str(error)) from error

    def body():
        while True:
            try:
                block = reply.read1(1 << 14)
            except (OSError, http.client.HTTPException) as error:
                raise DownloadFailed(split.path, "network", str(error)) from error
            if not block:
                return
            yield block

    headers = {key.lower(): value for key, value in reply.getheaders()}
    return Reply(reply.status, headers, body(), connection.close)
