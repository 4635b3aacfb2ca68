//! The answer of a proxy function: the one shape that AWS accepts.

use bytes::Bytes;
use http::{HeaderMap, HeaderName};
use serde_json::{Map, Value};

use crate::made_values::{MOST_HEADERS, header_value};

/// A well-formed answer.
#[derive(Debug)]
pub(crate) struct ProxyReply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) base64: bool,
}

impl ProxyReply {
    /// Reads a function's payload.
    ///
    /// # Errors
    /// What is wrong with it, for the log.
    pub(crate) fn parse(payload: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(payload).map_err(|error| error.to_string())?;
        let Value::Object(mut members) = value else { return Err("it is no object".to_owned()) };
        let allowed = ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"];
        if let Some(key) = members.keys().find(|key| !allowed.contains(&key.as_str())) {
            return Err(format!("unknown key {key}"));
        }
        Ok(Self {
            status: status(members.get("statusCode"))?,
            headers: headers(&members)?,
            body: body(members.remove("body"))?,
            base64: flag(members.get("isBase64Encoded"))?,
        })
    }
}

/// What stands before the body of a streamed answer.
#[derive(Debug)]
pub(crate) struct Metadata {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
}

impl Metadata {
    /// Reads the JSON before the delimiter.
    ///
    /// # Errors
    /// What is wrong with it, for the log.
    pub(crate) fn parse(json: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(json).map_err(|error| format!("its metadata: {error}"))?;
        let Value::Object(members) = value else { return Err("its metadata is no object".to_owned()) };
        let allowed = ["statusCode", "headers", "multiValueHeaders", "cookies"];
        if let Some(key) = members.keys().find(|key| !allowed.contains(&key.as_str())) {
            return Err(format!("unknown key {key} in its metadata"));
        }
        let mut headers = headers(&members)?;
        cookies(members.get("cookies"), &mut headers)?;
        Ok(Self { status: status(members.get("statusCode"))?, headers })
    }
}

fn cookies(value: Option<&Value>, headers: &mut HeaderMap) -> Result<(), String> {
    match value {
        None | Some(Value::Null) => Ok(()),
        Some(Value::Array(cookies)) => {
            cookies.iter().try_for_each(|cookie| append(headers, "set-cookie", cookie))
        }
        Some(_) => Err("cookies is no list".to_owned()),
    }
}

fn status(value: Option<&Value>) -> Result<u16, String> {
    let number = match value {
        None | Some(Value::Null) => return Ok(200),
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::String(text)) => text.parse().ok(),
        Some(_) => None,
    };
    // A final reply cannot be informational.
    let status =
        number.and_then(|number| u16::try_from(number).ok()).filter(|status| (200..1000).contains(status));
    status.ok_or_else(|| "statusCode is no HTTP status".to_owned())
}

fn body(value: Option<Value>) -> Result<Bytes, String> {
    match value {
        None | Some(Value::Null) => Ok(Bytes::new()),
        Some(Value::String(text)) => Ok(text.into()),
        Some(_) => Err("body is no string".to_owned()),
    }
}

fn flag(value: Option<&Value>) -> Result<bool, String> {
    match value {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err("isBase64Encoded is no boolean".to_owned()),
    }
}

/// Multiple values first, then the single ones that are not among them.
fn headers(members: &Map<String, Value>) -> Result<HeaderMap, String> {
    let multi = object(members, "multiValueHeaders")?;
    let single = object(members, "headers")?;
    let count = multi.map_or(0, Map::len) + single.map_or(0, Map::len);
    let mut headers = HeaderMap::with_capacity(count.min(MOST_HEADERS) + 4);
    for (name, values) in multi.into_iter().flatten() {
        let Value::Array(values) = values else { return Err(format!("multiValueHeaders.{name} is no list")) };
        for value in values {
            append(&mut headers, name, value)?;
        }
    }
    for (name, value) in single.into_iter().flatten() {
        append(&mut headers, name, value)?;
    }
    Ok(headers)
}

fn object<'m>(members: &'m Map<String, Value>, key: &str) -> Result<Option<&'m Map<String, Value>>, String> {
    match members.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(map)) => Ok(Some(map)),
        Some(_) => Err(format!("{key} is no object")),
    }
}

fn append(headers: &mut HeaderMap, name: &str, value: &Value) -> Result<(), String> {
    let text = match value {
        Value::Null => return Ok(()),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(_) | Value::Object(_) => return Err(format!("header {name} is no text")),
    };
    if headers.len() >= MOST_HEADERS {
        return Err(format!("there are more than {MOST_HEADERS} headers"));
    }
    let invalid = || format!("header {name} cannot be sent");
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
    let value = header_value(&text)?.ok_or_else(invalid)?;
    if !headers.get_all(&name).iter().any(|known| known == value) {
        headers.append(name, value);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Metadata, ProxyReply};

    type Expected<'e> = (u16, &'e [(&'e str, &'e str)], &'e str);

    fn check(payload: &str, expected: Option<Expected<'_>>) {
        let reply = ProxyReply::parse(payload.as_bytes()).ok();
        let shown = reply.as_ref().map(|reply| {
            let headers: Vec<_> =
                reply.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
            (reply.status, headers, std::str::from_utf8(&reply.body).unwrap())
        });
        let expected = expected.map(|(status, headers, body)| (status, headers.to_vec(), body));
        assert_eq!(shown, expected, "{payload}");
    }

    #[test]
    fn headers_are_bounded_in_number() {
        for (count, is_taken) in [(1000, true), (1001, false), (40_000, false)] {
            let names: Vec<_> = (0..count).map(|index| format!(r#""h{index}":"1""#)).collect();
            let payload = format!(r#"{{"headers":{{{}}}}}"#, names.join(","));
            assert_eq!(ProxyReply::parse(payload.as_bytes()).is_ok(), is_taken, "{count}");
        }
    }

    #[test]
    fn metadata_of_streams() {
        let table = [
            ("{}", Some((200, vec![]))),
            (r#"{"statusCode":404,"headers":{"X":"1"}}"#, Some((404, vec!["x: 1"]))),
            (
                r#"{"headers":{"X":"2"},"multiValueHeaders":{"X":["1"]},"cookies":["a=1","b=2"]}"#,
                Some((200, vec!["x: 1", "x: 2", "set-cookie: a=1", "set-cookie: b=2"])),
            ),
            (r#"{"body":"x"}"#, None),
            (r#"{"cookies":"a=1"}"#, None),
            (r#"{"cookies":[{}]}"#, None),
            ("[]", None),
            ("", None),
        ];
        for (json, expected) in table {
            let read = Metadata::parse(json.as_bytes()).ok().map(|metadata| {
                let line = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
                    format!("{name}: {}", value.to_str().unwrap())
                };
                (metadata.status, metadata.headers.iter().map(line).collect::<Vec<_>>())
            });
            let expected = expected
                .map(|(status, lines)| (status, lines.into_iter().map(str::to_owned).collect::<Vec<_>>()));
            assert_eq!(read, expected, "{json}");
        }
    }

    #[test]
    fn accepts_and_refuses_as_aws_does() {
        check("{}", Some((200, &[], "")));
        check(r#"{"statusCode":"201","body":"x"}"#, Some((201, &[], "x")));
        check(r#"{"statusCode":"test"}"#, None);
        check(r#"{"statusCode":200,"unknown":1}"#, None);
        for payload in [r#""text""#, "[]", "null", "1", "", "{"] {
            check(payload, None);
        }
        check(r#"{"body":{"a":1}}"#, None);
        check(r#"{"headers":null,"body":null}"#, Some((200, &[], "")));
        check(r#"{"headers":{"X":true}}"#, Some((200, &[("x", "true")], "")));
        check(r#"{"headers":{"X":7}}"#, Some((200, &[("x", "7")], "")));
        check(r#"{"headers":{"X":{}}}"#, None);
        check(r#"{"headers":[]}"#, None);
        check(r#"{"multiValueHeaders":{"X":"a"}}"#, None);
        check(r#"{"headers":{"X":"a\nb"}}"#, None);
        check(
            r#"{"headers":{"X":"solo","Y":"1"},"multiValueHeaders":{"x":["a","solo"],"Y":["2"]}}"#,
            Some((200, &[("x", "a"), ("x", "solo"), ("y", "2"), ("y", "1")], "")),
        );
        check(r#"{"isBase64Encoded":"yes"}"#, None);
    }
}
