# Answers as the metadata service of an instance does, as far as the native application asks.
from http.server import BaseHTTPRequestHandler, HTTPServer

VALUES = {"/latest/meta-data/instance-id": "i-0123456789abcdef0", "/latest/meta-data/placement/region": "eu-west-1"}


class Handler(BaseHTTPRequestHandler):
    def answer(self, status, body, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body.encode())

    def do_PUT(self):
        self.answer(200, "token", X_aws_ec2_metadata_token_ttl_seconds="21600")

    def do_GET(self):
        value = VALUES.get(self.path)
        self.answer(200 if value else 404, value or "")


HTTPServer(("127.0.0.1", 1338), Handler).serve_forever()
