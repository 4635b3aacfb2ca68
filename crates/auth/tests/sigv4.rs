//! SigV4 against AWS's published values and against requests that botocore signed.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;
use stagedoor_auth::sigv4::{
    HeaderValue, Identity, PayloadHash, Secret, Service, SigV4Error, SignedRequest, Signer, Wanted, begin,
    sign, verify,
};
use stagedoor_base::Timestamp;

const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// 2015-08-30T12:36:00Z, the date of AWS's published test suite.
const VANILLA_NOW: Timestamp = Timestamp(1_440_938_160_000);
const VANILLA: &str = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
const ANY: Service<'static> = Service { names: &["service"], region: None };

fn secret_of(key: &str) -> Option<Secret> {
    (key == KEY).then(|| Secret::from(SECRET))
}

fn get<'a>(headers: &'a [(&'a str, &'a str)], raw_query: &'a str) -> SignedRequest<'a> {
    SignedRequest { method: "GET", raw_path: "/", raw_query, headers, payload: PayloadHash::Body(b"") }
}

fn vanilla<'a>(authorization: &'a str, date: &'a str) -> [(&'a str, &'a str); 3] {
    [("Host", "example.amazonaws.com"), ("X-Amz-Date", date), ("Authorization", authorization)]
}

fn refusal(headers: &[(&str, &str)], query: &str, now: Timestamp) -> SigV4Error {
    verify(&get(headers, query), &ANY, now, secret_of).unwrap_err()
}

#[test]
fn published_values_of_the_test_suite() {
    let cases = [
        ("", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        ("Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
    ];
    for (query, signature) in cases {
        let authorization = VANILLA.replace(VANILLA.rsplit('=').next().unwrap(), signature);
        let headers = vanilla(&authorization, "20150830T123600Z");
        let identity = verify(&get(&headers, query), &ANY, VANILLA_NOW, secret_of).unwrap();
        let expected = Identity {
            access_key: KEY.to_owned(),
            region: "us-east-1".to_owned(),
            service: "service".to_owned(),
            session_token: None,
        };
        assert_eq!(identity, expected);
        let secret = Secret::from(SECRET);
        let signer = Signer {
            access_key: KEY,
            secret: &secret,
            session_token: None,
            region: "us-east-1",
            service: "service",
        };
        let added = sign(&get(&headers[..1], query), &signer, VANILLA_NOW);
        assert_eq!(added.last().unwrap().1, authorization);
    }
}

#[test]
fn requests_signed_by_botocore_verify_and_any_change_breaks_them() {
    let samples: Vec<Value> = serde_json::from_str(include_str!("botocore_samples.json")).unwrap();
    assert!(samples.len() > 10);
    for sample in &samples {
        check_sample(sample);
    }
}

fn text<'a>(sample: &'a Value, field: &str) -> &'a str {
    sample[field].as_str().unwrap()
}

fn check_sample(sample: &Value) {
    let name = text(sample, "name");
    let headers = pairs(&sample["headers"]);
    let request = SignedRequest {
        method: text(sample, "method"),
        raw_path: text(sample, "path"),
        raw_query: text(sample, "query"),
        headers: &headers,
        payload: PayloadHash::Body(text(sample, "body").as_bytes()),
    };
    let names = [text(sample, "service")];
    let service = Service { names: &names, region: Some("us-east-1") };
    let now = Timestamp(sample["epoch_millis"].as_u64().unwrap());
    let verified = verify(&request, &service, now, secret_of);
    if name == "unsigned payload" {
        // Only S3 takes a body that nobody signed.
        assert!(matches!(verified, Err(SigV4Error::Mismatch { .. })), "{verified:?}");
        return;
    }
    let identity = verified.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(identity.access_key, KEY, "{name}");
    assert_eq!(identity.session_token.as_deref(), sample["token"].as_str(), "{name}");

    let other_body = SignedRequest { payload: PayloadHash::Body(b"other"), ..request };
    let other_path = format!("{}x", request.raw_path);
    let other_query = format!("{}&more=1", request.raw_query);
    let changed = [
        SignedRequest { method: "DELETE", ..request },
        SignedRequest { raw_path: &other_path, ..request },
        SignedRequest { raw_query: &other_query, ..request },
        other_body,
    ];
    for (index, request) in changed.iter().enumerate() {
        let result = verify(request, &service, now, secret_of);
        assert!(matches!(result, Err(SigV4Error::Mismatch { .. })), "{name}, change {index}");
    }
    let wrong = verify(&request, &service, now, |_| Some(Secret::from("wrong")));
    assert!(matches!(wrong, Err(SigV4Error::Mismatch { .. })), "{name}");
}

#[test]
fn times_outside_five_minutes_are_refused() {
    let headers = vanilla(VANILLA, "20150830T123600Z");
    let at = |seconds: i64| Timestamp(VANILLA_NOW.0.checked_add_signed(seconds * 1000).unwrap());
    for seconds in [-300, 0, 300] {
        verify(&get(&headers, ""), &ANY, at(seconds), secret_of).unwrap();
    }
    assert_eq!(
        refusal(&headers, "", at(301)).to_string(),
        "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)"
    );
    assert_eq!(
        refusal(&headers, "", at(-301)).to_string(),
        "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)"
    );
}

#[test]
fn refusals_have_the_words_and_types_of_aws() {
    let replaced = |from: &str, to: &str| VANILLA.replace(from, to);
    let cases: Vec<(String, &str, &str)> = vec![
        (
            replaced("service/aws4", "s3/aws4"),
            "InvalidSignatureException",
            "Credential should be scoped to correct service: 'service'. ",
        ),
        (
            replaced("aws4_request", "aws3"),
            "InvalidSignatureException",
            "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws3'. ",
        ),
        (
            replaced("20150830", "20150831"),
            "InvalidSignatureException",
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150831' != '20150830', from '20150830T123600Z'. ",
        ),
        (
            replaced("/service", ""),
            "IncompleteSignatureException",
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIDEXAMPLE/20150830/us-east-1/aws4_request'",
        ),
        (
            replaced("HMAC-SHA256", "HMAC-MD5"),
            "IncompleteSignatureException",
            "Unsupported AWS 'algorithm': 'AWS4-HMAC-MD5' (only AWS4-HMAC-SHA256 for now). ",
        ),
        (
            replaced("host;", ""),
            "InvalidSignatureException",
            "'Host' must be a 'SignedHeader' in the AWS Authorization.",
        ),
        (
            replaced("AKIDEXAMPLE", "AKIDOTHER"),
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
        ),
        (
            "AWS4-HMAC-SHA256 Credential=a".to_owned(),
            "IncompleteSignatureException",
            "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. (Hashed with SHA-256 and encoded with Base64) Authorization=",
        ),
        (
            "Bearer token".to_owned(),
            "IncompleteSignatureException",
            "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '",
        ),
    ];
    for (authorization, error_type, message) in cases {
        let error = refusal(&vanilla(&authorization, "20150830T123600Z"), "", VANILLA_NOW);
        assert!(error.to_string().starts_with(message), "{error}\nexpected: {message}");
        assert_eq!(error.error_type(), error_type, "{error}");
    }
}

#[test]
fn a_signature_has_each_part_once() {
    let host = [("Host", "example.amazonaws.com")];
    let twice = VANILLA.replace(", Signature", ", SignedHeaders=host, Signature");
    assert_eq!(
        refusal(&vanilla(&twice, "20150830T123600Z"), "", VANILLA_NOW),
        SigV4Error::Repeated("SignedHeaders")
    );
    let mut headers = vanilla(VANILLA, "20150830T123600Z").to_vec();
    headers.push(("authorization", "Basic eA=="));
    assert_eq!(refusal(&headers, "", VANILLA_NOW), SigV4Error::Repeated("Authorization"));
    for name in ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Expires", "X-Amz-Security-Token"] {
        let query = format!("X-Amz-Algorithm=AWS4-HMAC-SHA256&{name}=1&{name}=2");
        assert!(matches!(refusal(&host, &query, VANILLA_NOW), SigV4Error::Repeated(_)), "{name}");
    }
}

#[test]
fn lists_of_signed_headers_are_read_in_order_once() {
    let order = |names: &str| VANILLA.replace("host;x-amz-date", names);
    for names in ["x-amz-date;host", "Host;X-Amz-Date", "host;host;x-amz-date"] {
        verify(&get(&vanilla(&order(names), "20150830T123600Z"), ""), &ANY, VANILLA_NOW, secret_of).unwrap();
    }
    let many = "a;".repeat(5_000);
    let error =
        refusal(&vanilla(&order(&format!("{many}host;x-amz-date")), "20150830T123600Z"), "", VANILLA_NOW);
    assert!(error.to_string().len() < 2_000, "{error}");
}

#[test]
fn presigned_urls_live_a_week_at_most() {
    let host = [("Host", "example.amazonaws.com")];
    for (expires, good) in
        [("604800", true), ("1", true), ("604801", false), ("0", false), ("-1", false), ("x", false)]
    {
        let query = format!(
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fservice%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires={expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=0"
        );
        let error = refusal(&host, &query, VANILLA_NOW);
        assert_eq!(matches!(error, SigV4Error::Mismatch { .. }), good, "{expires}: {error}");
        if !good {
            assert_eq!(error, SigV4Error::Expires(expires.to_owned()));
            continue;
        }
        let seconds: u64 = expires.parse().unwrap();
        let late = refusal(&host, &query, Timestamp(VANILLA_NOW.0 + seconds * 1000 + 1));
        assert!(matches!(late, SigV4Error::Expired { .. }), "{expires}: {late}");
        let early = refusal(&host, &query, Timestamp(VANILLA_NOW.0 - 300_001));
        assert!(matches!(early, SigV4Error::NotYetCurrent { .. }), "{expires}: {early}");
    }
}

/// What cannot be verified with the rest: a token that was added when the signature was there already, as IoT alone reads it.
const ADDED_LATER: (&str, &str) = ("post-sts-header-after", "query");

#[test]
fn the_published_suite_verifies_in_both_forms() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("aws_suite.json")).unwrap();
    let mut verified = 0;
    for case in &cases {
        for form in ["header", "query"] {
            let name = text(case, "name");
            if (name, form) != ADDED_LATER {
                check_published(name, &case["requests"][form], text(&case["canonical"], form));
                verified += 1;
            }
        }
    }
    assert_eq!(verified, 61);
}

fn pairs(headers: &Value) -> Vec<(&str, &str)> {
    let pairs = headers.as_array().unwrap();
    pairs.iter().map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap())).collect()
}

fn check_published(name: &str, request: &Value, canonical: &str) {
    let headers = pairs(&request["headers"]);
    let signed = SignedRequest {
        method: text(request, "method"),
        raw_path: text(request, "path"),
        raw_query: text(request, "query"),
        headers: &headers,
        payload: PayloadHash::Body(text(request, "body").as_bytes()),
    };
    let identity =
        verify(&signed, &ANY, VANILLA_NOW, secret_of).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(identity.access_key, KEY, "{name}");
    match verify(&signed, &ANY, VANILLA_NOW, |_| Some(Secret::from("wrong"))) {
        Err(SigV4Error::Mismatch { canonical: own, .. }) => assert_eq!(own, canonical, "{name}"),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn refusals_before_the_signature() {
    let host = [("Host", "example.amazonaws.com")];
    assert_eq!(refusal(&host, "", VANILLA_NOW), SigV4Error::Missing);
    let signed = vanilla(VANILLA, "20150830T123600Z");
    assert_eq!(refusal(&signed, "X-Amz-Algorithm=AWS4-HMAC-SHA256", VANILLA_NOW), SigV4Error::Ambiguous);
    assert_eq!(refusal(&vanilla(VANILLA, "today"), "", VANILLA_NOW), SigV4Error::Date("today".to_owned()));
    assert_eq!(
        refusal(&host, "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Date=b", VANILLA_NOW)
            .to_string(),
        "AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters."
    );
}

#[test]
fn a_mismatch_shows_what_should_have_been_signed() {
    let headers = vanilla(VANILLA, "20150830T123600Z");
    let error = refusal(&headers, "a=1", VANILLA_NOW).to_string();
    let tail = "Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'GET\n/\na=1\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n";
    assert!(error.contains(tail), "{error}");
}

#[test]
fn secrets_are_not_printed() {
    assert!(!format!("{:?}", Secret::from(SECRET)).contains("wJal"));
}

/// A header's value as it came, perhaps no text.
#[derive(Debug, Clone, Copy)]
struct Raw<'a>(Option<&'a str>);

impl<'a> HeaderValue<'a> for Raw<'a> {
    fn text(self) -> Option<&'a str> {
        self.0
    }
}

#[test]
fn what_is_no_text_does_not_hide_beside_a_signed_value() {
    let headers = vanilla(VANILLA, "20150830T123600Z").map(|(name, value)| (name, Raw(Some(value))));
    let check = |added: &[(&str, Raw<'_>)]| {
        let headers = [&headers, added].concat();
        let body = PayloadHash::Body(b"");
        let request =
            SignedRequest { method: "GET", raw_path: "/", raw_query: "", headers: &headers, payload: body };
        let derived = |wanted: &Wanted<'_>| Ok((wanted.derive(&Secret::from(SECRET)), ()));
        begin(&request, &ANY, VANILLA_NOW, derived).and_then(|pending| pending.finish(body))
    };
    check(&[]).unwrap();
    check(&[("x-other", Raw(None))]).unwrap();
    let refused = check(&[("host", Raw(None))]);
    assert!(matches!(refused, Err(SigV4Error::Mismatch { .. })), "{refused:?}");
    let refused = check(&[("authorization", Raw(None))]);
    assert_eq!(refused, Err(SigV4Error::Repeated("Authorization")));
}

#[test]
fn a_signature_in_the_header_covers_every_parameter() {
    let headers = vanilla(VANILLA, "20150830T123600Z");
    let refused = refusal(&headers, "X-Amz-Signature=1", VANILLA_NOW);
    assert!(matches!(refused, SigV4Error::Mismatch { .. }), "{refused}");
}
