//! As much HTTP/1.1 as runtime clients speak, over one kept-alive connection.
//!
//! In: bytes of a function's process, which may be anything. Out: [`Request`]s, and responses written. It must not know
//! the Runtime API.
//!
//! Hand-written because it is on the path of every call, and because the platform side needs so little: no pipelining
//! limits, no upgrades, no compression.

use std::io;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const HEAD_LIMIT: usize = 64 * 1024;
const HEADER_COUNT: usize = 64;
/// Bytes over the payload limit that are read and dropped, so that the client gets to read the refusal.
const DISCARD_LIMIT: usize = 64 << 20;
/// A line may be a trailer with an error and its stack in it.
const LINE_LIMIT: usize = 64 * 1024;

/// A request's head.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// `Lambda-Runtime-Function-Error-Type`.
    pub(crate) error_type: Option<String>,
    /// `Lambda-Runtime-Function-Response-Mode`.
    pub(crate) response_mode: ResponseMode,
    /// Any but JSON, which is what everything is that is not streamed.
    pub(crate) content_type: Option<String>,
    pub(crate) close: bool,
    body: BodyLength,
    expects_continue: bool,
}

/// The methods of the Runtime API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Other,
}

/// How a runtime gives its response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    Buffered,
    Streaming,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BodyLength {
    Fixed(usize),
    Chunked,
}

/// A request's body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Whole { bytes: Bytes, trailers: Trailers },
    TooLarge,
}

/// What follows a chunked body: how a streamed response failed midway, if it did.
#[derive(Debug, PartialEq, Eq, Default)]
pub(crate) struct Trailers {
    /// `Lambda-Runtime-Function-Error-Type`.
    pub(crate) error_type: Option<String>,
    /// `Lambda-Runtime-Function-Error-Body`: base64 of JSON.
    pub(crate) error_body: Option<String>,
}

/// A body that is read bit by bit.
#[derive(Debug)]
pub(crate) struct Parts {
    length: BodyLength,
    /// What is still to come of the body, or of its current chunk.
    left: usize,
    inside: bool,
}

/// One bit of a body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Data(Bytes),
    End(Trailers),
}

/// Why a connection ends.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    #[error("the connection is closed")]
    Closed,
    #[error("the request is not HTTP/1.1: {0}")]
    Malformed(&'static str),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A connection from a runtime client.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: BytesMut,
    out: Vec<u8>,
}

impl Connection {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self { stream, buffer: BytesMut::with_capacity(8 * 1024), out: Vec::with_capacity(1024) }
    }

    /// The next request, whose body must be read with [`Self::body`] before anything else.
    pub(crate) async fn request(&mut self) -> Result<Request, Broken> {
        loop {
            if let Some((request, length)) = parse(&self.buffer)? {
                let _ = self.buffer.split_to(length);
                return Ok(request);
            }
            if self.buffer.len() > HEAD_LIMIT {
                return Err(Broken::Malformed("the head is too long"));
            }
            self.fill().await?;
        }
    }

    /// The body of `request`, at most `limit` bytes of it.
    pub(crate) async fn body(&mut self, request: &Request, limit: usize) -> Result<Body, Broken> {
        let parts = self.parts(request).await?;
        match request.body {
            BodyLength::Fixed(length) if length > limit => {
                self.discard(length).await?;
                Ok(Body::TooLarge)
            }
            BodyLength::Fixed(length) => {
                self.fill_to(length).await?;
                let bytes = self.buffer.split_to(length).freeze();
                self.let_go(length);
                Ok(Body::Whole { bytes, trailers: Trailers::default() })
            }
            BodyLength::Chunked => self.collect(parts, limit).await,
        }
    }

    /// The body of `request`, to be read with [`Self::part`].
    pub(crate) async fn parts(&mut self, request: &Request) -> Result<Parts, Broken> {
        if request.expects_continue && self.buffer.is_empty() {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        let left = if let BodyLength::Fixed(length) = request.body { length } else { 0 };
        Ok(Parts { length: request.body, left, inside: false })
    }

    /// The next bit of a body, as it arrives.
    pub(crate) async fn part(&mut self, parts: &mut Parts) -> Result<Part, Broken> {
        if parts.left == 0 {
            if parts.length != BodyLength::Chunked {
                return Ok(Part::End(Trailers::default()));
            }
            if std::mem::replace(&mut parts.inside, true) && !self.line().await?.is_empty() {
                return Err(Broken::Malformed("a chunk is longer than it says"));
            }
            parts.left = chunk_size(&self.line().await?)?;
            if parts.left == 0 {
                return Ok(Part::End(self.trailers().await?));
            }
        }
        if self.buffer.is_empty() {
            self.fill().await?;
        }
        let bytes = self.buffer.split_to(parts.left.min(self.buffer.len()));
        parts.left -= bytes.len();
        Ok(Part::Data(bytes.freeze()))
    }

    /// Takes the connection out of its runtime until there is something to say on it.
    pub(crate) fn park(self) -> io::Result<Parked> {
        Ok(Parked { socket: self.stream.into_std()?, buffer: self.buffer, out: self.out })
    }

    /// Answers with a body that is JSON already.
    pub(crate) async fn respond(&mut self, status: &str, body: &str, close: bool) -> io::Result<()> {
        let connection = if close { "Connection: close\r\n" } else { "" };
        self.begin(status);
        self.out.extend_from_slice(connection.as_bytes());
        self.send(body.as_bytes()).await
    }

    /// Starts a response; [`Self::header`]s follow, then [`Self::send`].
    pub(crate) fn begin(&mut self, status: &str) {
        self.out.clear();
        self.out.extend_from_slice(b"HTTP/1.1 ");
        self.out.extend_from_slice(status.as_bytes());
        self.out.extend_from_slice(b"\r\nContent-Type: application/json\r\n");
    }

    /// One header of the response. Control characters in the value are dropped: they would end the header.
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b": ");
        self.out.extend(value.bytes().filter(|byte| *byte >= b' ' && *byte != 0x7f));
        self.out.extend_from_slice(b"\r\n");
    }

    /// Ends the head and writes the response.
    pub(crate) async fn send(&mut self, body: &[u8]) -> io::Result<()> {
        self.out.extend_from_slice(b"Content-Length: ");
        self.out.extend_from_slice(itoa::Buffer::new().format(body.len()).as_bytes());
        self.out.extend_from_slice(b"\r\n\r\n");
        // One packet and one system call for small bodies; large ones are not copied.
        if body.len() <= 16 * 1024 {
            self.out.extend_from_slice(body);
            return self.write_out().await;
        }
        self.write_out().await?;
        self.stream.write_all(body).await
    }

    /// A socket that came to its runtime just now is not known to be writable before the runtime has asked for its events;
    /// the kernel knows at once.
    async fn write_out(&mut self) -> io::Result<()> {
        let written = rustix::io::write(&self.stream, &self.out).unwrap_or(0);
        self.stream.write_all(&self.out[written..]).await
    }

    /// What is left of the buffer lives in the allocation of the body before it: an idle connection must not hold a large one.
    fn let_go(&mut self, body: usize) {
        if body > HEAD_LIMIT {
            self.buffer = BytesMut::from(&self.buffer[..]);
        }
    }

    async fn fill(&mut self) -> Result<(), Broken> {
        self.buffer.reserve(8 * 1024);
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(Broken::Closed),
            _ => Ok(()),
        }
    }

    async fn fill_to(&mut self, length: usize) -> Result<(), Broken> {
        self.buffer.reserve(length.saturating_sub(self.buffer.len()));
        while self.buffer.len() < length {
            self.fill().await?;
        }
        Ok(())
    }

    async fn discard(&mut self, length: usize) -> Result<(), Broken> {
        if length > DISCARD_LIMIT {
            return Err(Broken::Malformed("the body is far too long"));
        }
        let mut left = length;
        loop {
            let part = left.min(self.buffer.len());
            let _ = self.buffer.split_to(part);
            left -= part;
            if left == 0 {
                return Ok(());
            }
            self.fill().await?;
        }
    }

    async fn collect(&mut self, mut parts: Parts, limit: usize) -> Result<Body, Broken> {
        let mut bytes = BytesMut::new();
        let mut total = 0_usize;
        loop {
            match self.part(&mut parts).await? {
                Part::Data(part) => {
                    total = total.saturating_add(part.len());
                    if total <= limit {
                        bytes.extend_from_slice(&part);
                    } else if total > DISCARD_LIMIT {
                        return Err(Broken::Malformed("the body is far too long"));
                    }
                }
                Part::End(_) if total > limit => return Ok(Body::TooLarge),
                Part::End(trailers) => return Ok(Body::Whole { bytes: bytes.freeze(), trailers }),
            }
        }
    }

    async fn trailers(&mut self) -> Result<Trailers, Broken> {
        let mut trailers = Trailers::default();
        for _ in 0..HEADER_COUNT {
            let line = self.line().await?;
            if line.is_empty() {
                return Ok(trailers);
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            if name.eq_ignore_ascii_case(ERROR_TYPE) {
                trailers.error_type = Some(value.trim().to_owned());
            } else if name.eq_ignore_ascii_case(ERROR_BODY) {
                trailers.error_body = Some(value.trim().to_owned());
            }
        }
        Err(Broken::Malformed("too many trailers"))
    }

    async fn line(&mut self) -> Result<String, Broken> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line = self.buffer.split_to(end + 1);
                let text = String::from_utf8_lossy(&line);
                return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
            }
            if self.buffer.len() > LINE_LIMIT {
                return Err(Broken::Malformed("a line is too long"));
            }
            self.fill().await?;
        }
    }
}

/// A connection that waits outside of every runtime, to be taken up in the one of whoever has something to say.
#[derive(Debug)]
pub(crate) struct Parked {
    socket: std::net::TcpStream,
    buffer: BytesMut,
    out: Vec<u8>,
}

impl Parked {
    /// Takes the connection up in the current runtime.
    pub(crate) fn resume(self) -> io::Result<Connection> {
        let stream = TcpStream::from_std(self.socket)?;
        Ok(Connection { stream, buffer: self.buffer, out: self.out })
    }

    /// Whether the client has closed its side already. Data that waits says nothing about that.
    pub(crate) fn is_closed(&self) -> bool {
        use rustix::net::{RecvFlags, recv};
        let peeked = recv(&self.socket, &mut [0; 1][..], RecvFlags::PEEK | RecvFlags::DONTWAIT);
        !matches!(peeked, Ok((1.., _)) | Err(rustix::io::Errno::AGAIN | rustix::io::Errno::INTR))
    }
}

const ERROR_TYPE: &str = "Lambda-Runtime-Function-Error-Type";
const ERROR_BODY: &str = "Lambda-Runtime-Function-Error-Body";
const RESPONSE_MODE: &str = "Lambda-Runtime-Function-Response-Mode";

fn chunk_size(line: &str) -> Result<usize, Broken> {
    let digits = line.split(';').next().unwrap_or_default().trim();
    usize::from_str_radix(digits, 16).map_err(|_| Broken::Malformed("a chunk has no size"))
}

/// A request's head and its length, when it is whole.
fn parse(buffer: &[u8]) -> Result<Option<(Request, usize)>, Broken> {
    if buffer.is_empty() {
        return Ok(None);
    }
    let mut headers = [httparse::EMPTY_HEADER; HEADER_COUNT];
    let mut head = httparse::Request::new(&mut headers);
    match head.parse(buffer) {
        Ok(httparse::Status::Complete(length)) => Ok(Some((request(&head)?, length))),
        Ok(httparse::Status::Partial) => Ok(None),
        Err(_) => Err(Broken::Malformed("the head")),
    }
}

fn request(head: &httparse::Request<'_, '_>) -> Result<Request, Broken> {
    let mut request = Request {
        method: method(head.method.unwrap_or_default()),
        path: path(head.path.unwrap_or_default()),
        error_type: None,
        response_mode: ResponseMode::Buffered,
        content_type: None,
        close: head.version == Some(0),
        body: BodyLength::Fixed(0),
        expects_continue: false,
    };
    for header in head.headers.iter() {
        apply(&mut request, header)?;
    }
    Ok(request)
}

fn apply(request: &mut Request, header: &httparse::Header<'_>) -> Result<(), Broken> {
    let is = |name: &str| header.name.eq_ignore_ascii_case(name);
    let text = || std::str::from_utf8(header.value).unwrap_or_default().trim();
    if is("Content-Length") {
        let length = text().parse().map_err(|_| Broken::Malformed("Content-Length"))?;
        // RFC 9112 §6.3: Transfer-Encoding overrides Content-Length.
        if request.body != BodyLength::Chunked {
            request.body = BodyLength::Fixed(length);
        }
    } else if is("Transfer-Encoding") {
        request.body = BodyLength::Chunked;
    } else if is("Connection") {
        request.close = text().eq_ignore_ascii_case("close");
    } else if is("Expect") {
        request.expects_continue = text().eq_ignore_ascii_case("100-continue");
    } else if is(ERROR_TYPE) {
        request.error_type = Some(text().to_owned());
    } else if is(RESPONSE_MODE) {
        request.response_mode = response_mode(text());
    } else if is("Content-Type") && !text().eq_ignore_ascii_case("application/json") {
        request.content_type = Some(text().to_owned());
    }
    Ok(())
}

fn response_mode(text: &str) -> ResponseMode {
    if text.eq_ignore_ascii_case("streaming") {
        ResponseMode::Streaming
    } else if text.eq_ignore_ascii_case("buffered") || text.is_empty() {
        ResponseMode::Buffered
    } else {
        ResponseMode::Unknown
    }
}

fn method(text: &str) -> Method {
    match text {
        "GET" => Method::Get,
        "POST" => Method::Post,
        _ => Method::Other,
    }
}

/// The path alone, also of an absolute form.
fn path(target: &str) -> String {
    let target =
        target.strip_prefix("http://").map_or(target, |rest| rest.find('/').map_or("/", |at| &rest[at..]));
    target.split('?').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::{Body, Broken, Connection, Method, Part, ResponseMode, Trailers};

    async fn pair() -> (TcpStream, Connection) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        (client, Connection::new(listener.accept().await.unwrap().0))
    }

    async fn receive(sent: &[u8], limit: usize) -> Result<(Method, String, Body), Broken> {
        let (mut client, mut connection) = pair().await;
        client.write_all(sent).await.unwrap();
        client.shutdown().await.unwrap();
        let request = connection.request().await?;
        let body = connection.body(&request, limit).await?;
        Ok((request.method, request.path, body))
    }

    fn whole(text: &'static str) -> Body {
        Body::Whole { bytes: text.into(), trailers: Trailers::default() }
    }

    #[tokio::test]
    async fn requests_of_every_spelling_are_read() {
        let trailers = Trailers { error_type: Some("E.X".to_owned()), error_body: Some("e30=".to_owned()) };
        let failed = Body::Whole { bytes: "ab".into(), trailers };
        let cases: [(&str, Method, &str, Body); 7] = [
            ("GET /next HTTP/1.1\r\nHost: x\r\n\r\n", Method::Get, "/next", whole("")),
            ("GET http://h:1/next?a=b HTTP/1.1\r\n\r\n", Method::Get, "/next", whole("")),
            ("POST /r HTTP/1.1\r\ncontent-length: 2\r\n\r\nab", Method::Post, "/r", whole("ab")),
            (
                "POST /r HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\nab",
                Method::Post,
                "/r",
                whole("ab"),
            ),
            (
                "POST /r HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1;x=y\r\nb\r\n0\r\n\r\n",
                Method::Post,
                "/r",
                whole("ab"),
            ),
            (
                "POST /r HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nlambda-runtime-function-error-type: E.X\r\nLambda-Runtime-Function-Error-Body: e30=\r\n\r\n",
                Method::Post,
                "/r",
                failed,
            ),
            ("POST /r HTTP/1.1\r\nContent-Length: 9\r\n\r\n123456789", Method::Post, "/r", Body::TooLarge),
        ];
        for (sent, method, path, body) in cases {
            let received = receive(sent.as_bytes(), 8).await.unwrap();
            assert_eq!(received, (method, path.to_owned(), body), "{sent}");
        }
    }

    #[tokio::test]
    async fn a_streamed_body_is_read_while_it_is_written() {
        let (mut client, mut connection) = pair().await;
        let head = "POST /r HTTP/1.1\r\nTransfer-Encoding: chunked\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nContent-Type: text/x\r\n\r\n";
        client.write_all(head.as_bytes()).await.unwrap();
        let request = connection.request().await.unwrap();
        assert_eq!(request.response_mode, ResponseMode::Streaming);
        assert_eq!(request.content_type.as_deref(), Some("text/x"));
        let mut parts = connection.parts(&request).await.unwrap();
        for text in ["one", "two"] {
            client.write_all(format!("3\r\n{text}\r\n").as_bytes()).await.unwrap();
            assert_eq!(connection.part(&mut parts).await.unwrap(), Part::Data(text.into()));
        }
        client.write_all(b"0\r\n\r\n").await.unwrap();
        assert_eq!(connection.part(&mut parts).await.unwrap(), Part::End(Trailers::default()));
    }

    #[tokio::test]
    async fn a_parked_connection_tells_of_its_client_and_goes_on_where_it_was() {
        let (mut client, mut connection) = pair().await;
        client.write_all(b"GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n").await.unwrap();
        assert_eq!(connection.request().await.unwrap().path, "/a");
        let parked = connection.park().unwrap();
        assert!(!parked.is_closed());
        client.write_all(b"\r\n").await.unwrap();
        assert!(!parked.is_closed());
        let mut connection = parked.resume().unwrap();
        assert_eq!(connection.request().await.unwrap().path, "/b");
        connection.respond("200 OK", "{}", false).await.unwrap();
        let mut status = [0; 15];
        client.read_exact(&mut status).await.unwrap();
        assert_eq!(&status, b"HTTP/1.1 200 OK");
        let parked = connection.park().unwrap();
        drop(client);
        while !parked.is_closed() {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn what_is_not_http_is_refused() {
        for sent in [
            "",
            "nonsense\r\n\r\n",
            "POST /r HTTP/1.1\r\nContent-Length: x\r\n\r\n",
            "POST /r HTTP/1.1\r\nContent-Length: 5\r\n\r\nab",
            "POST /r HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "POST /r HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
        ] {
            assert!(receive(sent.as_bytes(), 8).await.is_err(), "{sent}");
        }
    }
}
