//! No request passes whose signature nobody made, and no change of a signed one goes unnoticed; what is refused is refused
//! calmly.

use stagedoor_auth::sigv4::{PayloadHash, Secret, Service, SignedRequest, Signer, sign, verify};
use stagedoor_base::Timestamp;

const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const NOW: Timestamp = Timestamp(1_440_938_160_000);
const SERVICE: Service<'static> = Service { names: &["execute-api"], region: Some("us-east-1") };
/// Long paths and queries are the same parts over and over; what the first ones do, the others do.
const LONGEST: usize = 10_240;

/// A method, a path, a query, and headers, in a line each.
pub fn run(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let mut lines = input.split('\n');
    let [method, path, query] = std::array::from_fn(|_| lines.next().unwrap_or_default());
    let headers: Vec<(&str, &str)> = lines.map(|line| line.split_once(':').unwrap_or((line, ""))).collect();
    if path.len() + query.len() > LONGEST || headers.len() > 200 {
        return;
    }
    let payload = PayloadHash::Body(b"body");
    let request = SignedRequest { method, raw_path: path, raw_query: query, headers: &headers, payload };
    refuses(&request);
    bears_its_own_signature(&request);
}

/// The input knows a key's id, but not the secret.
fn refuses(request: &SignedRequest<'_>) {
    let secret = |key: &str| (key == KEY).then(|| Secret::from(SECRET));
    let refused = verify(request, &SERVICE, NOW, secret).expect_err("a signature that nobody made");
    assert!(!refused.to_string().contains(SECRET), "a refusal that tells the secret");
    assert!(!refused.error_type().is_empty());
}

/// What is signed here verifies, and with another method, path, parameter, header or body it does not.
fn bears_its_own_signature(request: &SignedRequest<'_>) {
    let own = ["authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"];
    // Names that a listener would let pass.
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let kept = request.headers.iter().copied();
    let kept =
        kept.filter(|(name, _)| is_name(name) && own.iter().all(|own| !name.eq_ignore_ascii_case(own)));
    let mut headers: Vec<(&str, &str)> = kept.chain([("host", "example.com")]).collect();
    let bare = SignedRequest { headers: &headers.clone(), ..*request };
    if bare.parameter("X-Amz-Algorithm").is_some() {
        return;
    }
    let secret = Secret::from(SECRET);
    let signer = Signer {
        access_key: KEY,
        secret: &secret,
        session_token: None,
        region: "us-east-1",
        service: "execute-api",
    };
    let added = sign(&bare, &signer, NOW);
    headers.extend(added.iter().map(|(name, value)| (*name, value.as_str())));
    let signed = SignedRequest { headers: &headers, ..*request };
    let passes =
        |request: &SignedRequest<'_>| verify(request, &SERVICE, NOW, |_| Some(secret.clone())).is_ok();
    assert!(passes(&signed), "its own signature");
    let (method, path) = (format!("{}X", signed.method), format!("{}/x", signed.raw_path));
    let query = format!("{}&x=1", signed.raw_query);
    let more = [headers.as_slice(), &[("Host", "example.com")]].concat();
    for changed in [
        SignedRequest { method: &method, ..signed },
        SignedRequest { raw_path: &path, ..signed },
        SignedRequest { raw_query: &query, ..signed },
        SignedRequest { headers: &more, ..signed },
        SignedRequest { payload: PayloadHash::Body(b"Body"), ..signed },
    ] {
        assert!(!passes(&changed), "a change goes unnoticed: {changed:?}");
    }
}

/// Both forms, with odd paths, queries and lists of headers.
pub fn corpus() -> Vec<Vec<u8>> {
    const SCOPE: &str = "AKIDEXAMPLE/20150830/us-east-1/execute-api/aws4_request";
    const DATE: &str = "20150830T123600Z";
    let signature = "00".repeat(32);
    let header =
        format!("AWS4-HMAC-SHA256 Credential={SCOPE}, SignedHeaders=host;x-amz-date, Signature={signature}");
    let encoded = SCOPE.replace('/', "%2F");
    let presigned = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={encoded}&X-Amz-Date={DATE}&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature={signature}&X-Amz-Security-Token=t"
    );
    let with_header = |path: &str, query: &str| {
        format!("GET\n{path}\n{query}\nHost: example.com\nX-Amz-Date:{DATE}\nAuthorization:{header}")
    };
    [
        with_header("/test/who", "b=2&a=1&a=0&%C3%A9=%2f&e"),
        with_header("//a/./b/../%2e%2E/c d/é/", "=&&=x&a=%zz&X-Amz-Signature=1"),
        format!("POST\n/\n{presigned}\nhost:example.com\nX-Odd:  a   b \nx-odd: c"),
        format!("PUT\n*\nX-Amz-Algorithm=\nhost:a\nAuthorization:Bearer {signature}\nDate:{DATE}"),
    ]
    .map(String::into_bytes)
    .to_vec()
}
