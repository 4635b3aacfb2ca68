"""Requests over HTTP/1.1 that could be read in two ways, and sound ones that look odd.

Each row is (name, bytes, expected): a status means refused, with nothing at the backend; OK(...) means exactly one
request there, clean and framed anew. `{HOST}` is the API's host, `{H}` its header line."""

import dataclasses

PATH = b"/test/up"


@dataclasses.dataclass
class OK:
    body: bytes = b""
    target: bytes = b"/base"


def get(headers=b"{H}", line=b"GET " + PATH + b" HTTP/1.1"):
    return line + b"\r\n" + headers + b"\r\n"


def post(headers, body=b"", line=b"POST " + PATH + b" HTTP/1.1"):
    return line + b"\r\n{H}" + headers + b"\r\n" + body


def chunked(body, more=b""):
    return post(b"Transfer-Encoding: chunked\r\n" + more, body)


LENGTHS = [
    ("length and coding", post(b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"), 400),
    ("coding and length", post(b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", b"0\r\n\r\n"), 400),
    ("length zero and coding", post(b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"), 400),
    ("equal lengths", post(b"Content-Length: 5\r\nContent-Length: 5\r\n", b"hello"), 400),
    ("different lengths", post(b"Content-Length: 5\r\nContent-Length: 6\r\n", b"hello"), 400),
    ("length list", post(b"Content-Length: 5, 5\r\n", b"hello"), 400),
    ("length list, different", post(b"Content-Length: 5, 6\r\n", b"hello"), 400),
    ("length with a plus", post(b"Content-Length: +5\r\n", b"hello"), 400),
    ("negative length", post(b"Content-Length: -5\r\n", b"hello"), 400),
    ("hexadecimal length", post(b"Content-Length: 0x5\r\n", b"hello"), 400),
    ("length with a unit", post(b"Content-Length: 5b\r\n", b"hello"), 400),
    ("length with a point", post(b"Content-Length: 5.0\r\n", b"hello"), 400),
    ("length with a blank inside", post(b"Content-Length: 5 5\r\n", b"hello"), 400),
    ("empty length", post(b"Content-Length:\r\n", b"hello"), 400),
    ("quoted length", post(b'Content-Length: "5"\r\n', b"hello"), 400),
    ("length beyond 64 bits", post(b"Content-Length: 18446744073709551621\r\n", b"hello"), 400),
    ("length in other digits", post("Content-Length: \u0665\r\n".encode(), b"hello"), 400),
    ("blank before the colon of the length", post(b"Content-Length : 5\r\n", b"hello"), 400),
    ("tab before the colon of the length", post(b"Content-Length\t: 5\r\n", b"hello"), 400),
    ("folded length", post(b"Content-Length:\r\n 5\r\n", b"hello"), 400),
    ("length hidden by a bare CR", post(b"X: a\rContent-Length: 5\r\n", b"hello"), 400),
]

CODINGS = [
    ("coding twice", post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"), 400),
    ("chunked and identity", post(b"Transfer-Encoding: chunked, identity\r\n", b"0\r\n\r\n"), 400),
    ("identity", post(b"Transfer-Encoding: identity\r\n", b"0\r\n\r\n"), 400),
    ("gzip, chunked", post(b"Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n"), 400),
    ("chunked, chunked", post(b"Transfer-Encoding: chunked, chunked\r\n", b"0\r\n\r\n"), 400),
    ("xchunked", post(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n"), 400),
    ("chunked with a parameter", post(b"Transfer-Encoding: chunked;a=b\r\n", b"0\r\n\r\n"), 400),
    ("quoted coding", post(b'Transfer-Encoding: "chunked"\r\n', b"0\r\n\r\n"), 400),
    ("empty coding", post(b"Transfer-Encoding:\r\n", b"0\r\n\r\n"), 400),
    ("blank before the colon of the coding", post(b"Transfer-Encoding : chunked\r\n", b"0\r\n\r\n"), 400),
    ("folded coding", post(b"Transfer-Encoding:\r\n chunked\r\n", b"0\r\n\r\n"), 400),
    ("coding with a vertical tab", post(b"Transfer-Encoding: \x0bchunked\r\n", b"0\r\n\r\n"), 400),
    ("coding in HTTP/1.0", post(b"Transfer-Encoding: chunked\r\n", b"0\r\n\r\n", b"POST " + PATH + b" HTTP/1.0"), 400),
    ("coding behind a bare LF", post(b"X: a\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"), 400),
]

CHUNKS = [
    ("chunk size with 0x", chunked(b"0x5\r\nhello\r\n0\r\n\r\n"), 400),
    ("chunk size with a plus", chunked(b"+5\r\nhello\r\n0\r\n\r\n"), 400),
    ("negative chunk size", chunked(b"-1\r\nhello\r\n0\r\n\r\n"), 400),
    ("no chunk size", chunked(b"\r\nhello\r\n0\r\n\r\n"), 400),
    ("chunk size of letters", chunked(b"xyz\r\nhello\r\n0\r\n\r\n"), 400),
    ("blank before the chunk size", chunked(b" 5\r\nhello\r\n0\r\n\r\n"), 400),
    ("blank behind the chunk size", chunked(b"5 \r\nhello\r\n0\r\n\r\n"), 400),
    ("chunk size beyond 64 bits", chunked(b"10000000000000005\r\nhello\r\n0\r\n\r\n"), 400),
    ("chunk size with many zeros", chunked(b"0000000000000005\r\nhello\r\n0\r\n\r\n"), 400),
    ("bare LF behind the chunk size", chunked(b"5\nhello\r\n0\r\n\r\n"), 400),
    ("bare CR behind the chunk size", chunked(b"5\rhello\r\n0\r\n\r\n"), 400),
    ("bare LF behind the chunk", chunked(b"5\r\nhello\n0\r\n\r\n"), 400),
    ("chunk longer than said", chunked(b"5\r\nhello!\r\n0\r\n\r\n"), 400),
    ("chunk shorter than said", chunked(b"6\r\nhello\r\n0\r\n\r\n"), 400),
    ("bare LF in a chunk extension", chunked(b"5;a\nb\r\nhello\r\n0\r\n\r\n"), 400),
    ("bare CR in a chunk extension", chunked(b"5;a\rb\r\nhello\r\n0\r\n\r\n"), 400),
    ("NUL in a chunk extension", chunked(b"5;a\x00\r\nhello\r\n0\r\n\r\n"), 400),
    ("line end in a quoted extension", chunked(b'5;a="\r\n"\r\nhello\r\n0\r\n\r\n'), 400),
    ("long chunk extensions", chunked(b"5;" + b"a" * 9000 + b"\r\nhello\r\n0\r\n\r\n"), 400),
    ("bare LF behind the last chunk", chunked(b"0\n\n"), 400),
    ("bare LF behind a trailer", chunked(b"0\r\nX: y\n\r\n"), 400),
    ("trailer without a colon", chunked(b"0\r\nX y\r\n\r\n"), 400),
    ("folded trailer", chunked(b"0\r\nX: y\r\n z\r\n\r\n"), 400),
    ("trailer with a blank before the colon", chunked(b"0\r\nX : y\r\n\r\n"), 400),
    ("trailers without end", chunked(b"0\r\n" + b"X: y\r\n" * 9000 + b"\r\n"), 431),
]

LINES = [
    ("obs-fold", get(b"{H}X: a\r\n b\r\n"), 400),
    ("obs-fold with a tab", get(b"{H}X: a\r\n\tb\r\n"), 400),
    ("first header folded", get(b" {H}"), 400),
    ("bare LF everywhere", get().replace(b"\r\n", b"\n"), 400),
    ("bare LF behind the request line", get().replace(b"\r\n", b"\n", 1), 400),
    ("bare LF behind a header", get(b"X: a\n{H}"), 400),
    ("bare LF at the end", get()[:-2] + b"\n", 400),
    ("bare CR in a value", get(b"{H}X: a\rb\r\n"), 400),
    ("bare CR as line end", get(b"X: a\r{H}"), 400),
    ("CR CR LF", get(b"X: a\r\r\n{H}"), 400),
    ("NUL in a value", get(b"{H}X: a\x00b\r\n"), 400),
    ("NUL in a name", get(b"{H}X\x00: a\r\n"), 400),
    ("control byte in a value", get(b"{H}X: a\x01b\r\n"), 400),
    ("DEL in a value", get(b"{H}X: a\x7fb\r\n"), 400),
    ("blank before a colon", get(b"{H}X : a\r\n"), 400),
    ("no colon", get(b"{H}X\r\n"), 400),
    ("no name", get(b"{H}: a\r\n"), 400),
    ("name with a blank", get(b"{H}X Y: a\r\n"), 400),
    ("name in quotes", get(b'{H}"X": a\r\n'), 400),
    ("name that is no ASCII", get("{H}X\u00e9: a\r\n".encode()), 400),
    ("two empty lines first", b"\r\n\r\n" + get(), 400),
    ("bare LF first", b"\n" + get(), 400),
    ("blank first", b" " + get(), 400),
]

HOSTS = [
    ("no host", get(b"X: a\r\n"), 400),
    ("two hosts", get(b"{H}{H}"), 400),
    ("two different hosts", get(b"{H}Host: other\r\n"), 400),
    ("host with a blank", get(b"Host: {HOST} x\r\n"), 400),
    ("host with a path", get(b"Host: {HOST}/x\r\n"), 400),
    ("host with a user", get(b"Host: u@{HOST}\r\n"), 400),
    ("host list", get(b"Host: {HOST}, other\r\n"), 400),
    ("host with a fragment", get(b"Host: {HOST}#x\r\n"), 400),
    ("host with a word as port", get(b"Host: {HOST}:http\r\n"), 400),
    ("host with two ports", get(b"Host: {HOST}:80:80\r\n"), 400),
    ("host with a NUL", get(b"Host: {HOST}\x00\r\n"), 400),
    ("blank before the colon of the host", get(b"Host : {HOST}\r\n"), 400),
]

TARGETS = [
    ("absolute form", get(line=b"GET http://{HOST}" + PATH + b" HTTP/1.1"), 400),
    ("absolute form, https", get(line=b"GET https://{HOST}" + PATH + b" HTTP/1.1"), 400),
    ("absolute form of another host", get(line=b"GET http://other" + PATH + b" HTTP/1.1"), 400),
    ("authority form", get(line=b"CONNECT {HOST}:443 HTTP/1.1"), 400),
    ("authority form with GET", get(line=b"GET {HOST}:443 HTTP/1.1"), 400),
    ("CONNECT with a path", get(line=b"CONNECT " + PATH + b" HTTP/1.1"), 400),
    ("asterisk form", get(line=b"OPTIONS * HTTP/1.1"), 400),
    ("no slash", get(line=b"GET test/up HTTP/1.1"), 400),
    ("fragment", get(line=b"GET " + PATH + b"#x HTTP/1.1"), 400),
    ("NUL in the target", get(line=b"GET " + PATH + b"\x00 HTTP/1.1"), 400),
    ("tab in the target", get(line=b"GET " + PATH + b"\tx HTTP/1.1"), 400),
    ("blank in the target", get(line=b"GET " + PATH + b" x HTTP/1.1"), 400),
    ("bytes beyond ASCII", get(line=b"GET " + PATH + b"?\xff HTTP/1.1"), 400),
    ("CR in the target", get(line=b"GET " + PATH + b"\rx HTTP/1.1"), 400),
    ("empty target", get(line=b"GET  HTTP/1.1"), 400),
    ("very long target", get(line=b"GET " + PATH + b"?" + b"x" * 100_000 + b" HTTP/1.1"), 414),
]

REQUEST_LINES = [
    ("HTTP/0.9", b"GET " + PATH + b"\r\n", 400),
    ("no version", b"GET " + PATH + b" \r\n{H}\r\n", 400),
    ("HTTP/2.0", get(line=b"GET " + PATH + b" HTTP/2.0"), 400),
    ("HTTP/1.2", get(line=b"GET " + PATH + b" HTTP/1.2"), 400),
    ("HTTP/1.10", get(line=b"GET " + PATH + b" HTTP/1.10"), 400),
    ("HTTP/1", get(line=b"GET " + PATH + b" HTTP/1"), 400),
    ("http/1.1", get(line=b"GET " + PATH + b" http/1.1"), 400),
    ("blank in the version", get(line=b"GET " + PATH + b" HTTP/ 1.1"), 400),
    ("blank behind the version", get(line=b"GET " + PATH + b" HTTP/1.1 "), 400),
    ("two blanks", get(line=b"GET  " + PATH + b" HTTP/1.1"), 400),
    ("tab as separator", get(line=b"GET\t" + PATH + b"\tHTTP/1.1"), 400),
    ("method with a bracket", get(line=b"G(T " + PATH + b" HTTP/1.1"), 400),
    ("method with a NUL", get(line=b"GET\x00 " + PATH + b" HTTP/1.1"), 400),
    ("no method", get(line=b" " + PATH + b" HTTP/1.1"), 400),
    ("nonsense", b"nonsense\r\n\r\n", 400),
    ("a TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    ("an expectation of its own", post(b"Expect: 200-ok\r\nContent-Length: 5\r\n", b"hello"), 417),
    ("headers without end", get(b"{H}" + b"X: y\r\n" * 20_000), 431),
    ("a header of 100 KB", get(b"{H}X: " + b"y" * 100_000 + b"\r\n"), 431),
]

SOUND = [
    ("an empty line first", b"\r\n" + get(), OK()),
    ("a body with a length", post(b"Content-Length: 5\r\n", b"hello"), OK(b"hello")),
    ("blanks around a length", post(b"Content-Length: \t 5 \r\n", b"hello"), OK(b"hello")),
    ("length in odd letters", post(b"CONTENT-lengTH: 5\r\n", b"hello"), OK(b"hello")),
    ("chunks", chunked(b"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"), OK(b"hello")),
    ("chunks in capitals", chunked(b"A\r\n0123456789\r\n0\r\n\r\n"), OK(b"0123456789")),
    ("chunk extensions", chunked(b'5;a=b;c="d"\r\nhello\r\n0;last\r\n\r\n'), OK(b"hello")),
    ("trailers are dropped", chunked(b"5\r\nhello\r\n0\r\nX-Trailer: y\r\nContent-Length: 9\r\n\r\n"), OK(b"hello")),
    ("coding in capitals", post(b"Transfer-Encoding: CHUNKED\r\n", b"0\r\n\r\n"), OK()),
    ("TE and Trailer", get(b"{H}TE: trailers\r\nTrailer: X\r\n"), OK()),
    ("h2c upgrade", get(b"{H}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"), OK()),
    ("WebSocket upgrade", get(b"{H}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"), OK()),
    ("100-continue", post(b"Expect: 100-continue\r\nContent-Length: 5\r\n", b"hello"), OK(b"hello")),
    ("GET with a body", get(b"{H}Content-Length: 5\r\n") + b"hello", OK(b"hello")),
    ("HTTP/1.0", get(line=b"GET " + PATH + b" HTTP/1.0"), OK()),
    ("host in capitals", get(b"hOsT: {HOST}\r\n"), OK()),
    ("host with a port", get(b"Host: {HOST}:8080\r\n"), OK()),
    ("escaped NUL and line end", get(line=b"GET " + PATH + b"?a=%00%0d%0aX:%20y HTTP/1.1"), OK(target=b"/base?a=%00%0D%0AX%3A%20y")),
    ("escapes that are none", get(line=b"GET " + PATH + b"?a=%zz%&b=% HTTP/1.1"), OK(target=b"/base?a=%25zz%25&b=%25")),
    ("200 headers", get(b"{H}" + b"".join(b"X-%d: v\r\n" % n for n in range(200))), OK()),
    ("a thousand short headers", get(b"{H}" + b"".join(b"%x: v\r\n" % n for n in range(1000))), OK()),
    ("an empty value", get(b"{H}X:\r\n"), OK()),
    ("bytes beyond ASCII in a value", get(b"{H}X: \xe9\r\n"), OK()),
]

REFUSED = LENGTHS + CODINGS + CHUNKS + LINES + HOSTS + TARGETS + REQUEST_LINES


def spell(data, host):
    host = host.encode()
    return data.replace(b"{H}", b"Host: " + host + b"\r\n").replace(b"{HOST}", host)
