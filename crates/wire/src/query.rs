//! The query protocol of IAM and STS: calls are forms, answers are XML.
//!
//! In: the parameters of a call; a response as JSON members. Out: the operation and the tree of members that the decoder
//! of all services reads; the XML of an answer. It must not know any operation.

use std::fmt::Write as _;

use serde_json::{Map as Object, Value};

use crate::encode::ToJson;
use crate::route::query_pairs;
use crate::{Matched, Operation, Reply, Service, iam, sts};

/// Where the id of the request goes, which is known later. No text of a value can be equal: texts are escaped.
const REQUEST_ID: &str = "<RequestId/>";
/// Lists and structures in a form nest no deeper than the models' do.
const MAX_DEPTH: usize = 16;
/// The only map among the answers; all other objects are structures.
const MAP: &str = "SummaryMap";

/// A call that has the form of the query protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// An operation that is known.
    Known(Matched),
    /// An action that is not, or not in this version.
    Unknown { service: Service, action: String, version: String },
}

/// The operation that a form names; none when the form names no version of a service that is known here.
#[must_use]
pub fn form(query: &str, body: &[u8]) -> Option<Form> {
    let parameters = parameters(query, body);
    let find =
        |name: &str| parameters.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
    let (action, version) = (find("Action")?, find("Version")?);
    let (service, operation) = match version {
        iam::VERSION => (Service::Iam, named(iam::Op::ALL, iam::Op::name, action).map(Operation::Iam)),
        sts::VERSION => (Service::Sts, named(sts::Op::ALL, sts::Op::name, action).map(Operation::Sts)),
        _ => return None,
    };
    Some(match operation {
        Some(operation) => Form::Known(Matched { operation, labels: Vec::new() }),
        None => Form::Unknown { service, action: action.to_owned(), version: version.to_owned() },
    })
}

/// The value of a parameter of a form, as the decoder of its operation takes it.
#[must_use]
pub fn form_parameter(query: &str, body: &[u8], name: &str) -> Option<String> {
    parameters(query, body).into_iter().find(|(given, _)| given == name).map(|(_, value)| value)
}

fn named<O: Copy>(all: &[O], name: fn(O) -> &'static str, action: &str) -> Option<O> {
    all.iter().copied().find(|op| name(*op) == action)
}

/// Forms come in the body of a POST, or in the query of a GET.
fn parameters(query: &str, body: &[u8]) -> Vec<(String, String)> {
    let mut all = query_pairs(query);
    all.extend(query_pairs(&String::from_utf8_lossy(body)));
    all
}

/// `Tags.member.1.Key=a` → `{"Tags":[{"Key":"a"}]}`. All values are texts; the decoder knows what they should be.
pub(crate) fn tree(query: &str, body: &[u8]) -> Value {
    let mut root = Object::new();
    for (name, text) in parameters(query, body) {
        let steps: Vec<&str> = name.split('.').collect();
        if steps.len() <= MAX_DEPTH {
            put(&mut root, &steps, text);
        }
    }
    lists(Value::Object(root))
}

fn put(object: &mut Object<String, Value>, steps: &[&str], text: String) {
    let Some((step, rest)) = steps.split_first() else { return };
    if rest.is_empty() {
        // The first of several values counts.
        object.entry(*step).or_insert(Value::String(text));
        return;
    }
    let below = object.entry(*step).or_insert_with(|| Value::Object(Object::new()));
    if let Value::Object(below) = below {
        put(below, rest, text);
    }
}

/// Objects of the form `{"member": {"1": …, "2": …}}` are lists.
fn lists(value: Value) -> Value {
    let Value::Object(object) = value else { return value };
    match object.get("member") {
        Some(Value::Object(items)) if object.len() == 1 => {
            // A list ends at its first gap, so that whoever reads the form member by member sees the same one.
            let members = (1..=items.len()).map_while(|number| items.get(&number.to_string()));
            Value::Array(members.map(|item| lists(item.clone())).collect())
        }
        _ => Value::Object(object.into_iter().map(|(name, value)| (name, lists(value))).collect()),
    }
}

/// An answer with a result.
pub(crate) fn result(status: u16, namespace: &str, operation: &str, value: &impl ToJson) -> Reply {
    let mut json = Vec::with_capacity(256);
    value.write(&mut json);
    let members: Value = serde_json::from_slice(&json).unwrap_or_default();
    let mut text = String::with_capacity(json.len() * 2);
    let _ = write!(text, "<{operation}Result>");
    element_content(&mut text, &members);
    let _ = write!(text, "</{operation}Result>");
    response(status, namespace, operation, &text)
}

/// The answer of an operation that says no more than that it succeeded.
pub(crate) fn acknowledgement(operation: Operation) -> Reply {
    response(operation.status(), namespace(operation.service()), operation.name(), "")
}

fn response(status: u16, namespace: &str, operation: &str, result: &str) -> Reply {
    let body = format!(
        "<{operation}Response xmlns=\"{namespace}\">{result}<ResponseMetadata>{REQUEST_ID}</ResponseMetadata></{operation}Response>\n"
    );
    Reply { status, headers: vec![("Content-Type", "text/xml".to_owned())], body: body.into_bytes() }
}

/// A refusal.
pub(crate) fn error(service: Service, status: u16, code: &str, message: &str) -> Reply {
    let fault = if status >= 500 { "Receiver" } else { "Sender" };
    let body = format!(
        "<ErrorResponse xmlns=\"{}\"><Error><Type>{fault}</Type><Code>{code}</Code><Message>{}</Message></Error>{REQUEST_ID}</ErrorResponse>\n",
        namespace(service),
        escaped(message)
    );
    let headers = vec![("Content-Type", "text/xml".to_owned()), ("x-amzn-ErrorType", code.to_owned())];
    Reply { status, headers, body: body.into_bytes() }
}

fn namespace(service: Service) -> &'static str {
    if service == Service::Sts { sts::NAMESPACE } else { iam::NAMESPACE }
}

impl Reply {
    /// The same with the id of its request, where its body names one.
    #[must_use]
    pub fn with_request_id(mut self, id: &str) -> Self {
        let marker = REQUEST_ID.as_bytes();
        let from_end = self.body.windows(marker.len()).rposition(|window| window == marker);
        if let Some(start) = from_end {
            let named = format!("<RequestId>{id}</RequestId>");
            self.body.splice(start..start + marker.len(), named.into_bytes());
        }
        self
    }
}

fn element_content(text: &mut String, value: &Value) {
    match value {
        Value::Null => {}
        Value::String(value) => text.push_str(&escaped(value)),
        Value::Array(items) => items.iter().for_each(|item| element(text, "member", item)),
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::Object(entries) if name == MAP => map(text, entries),
                    value => element(text, name, value),
                }
            }
        }
        other => text.push_str(&other.to_string()),
    }
}

fn element(text: &mut String, name: &str, value: &Value) {
    let _ = write!(text, "<{name}>");
    element_content(text, value);
    let _ = write!(text, "</{name}>");
}

fn map(text: &mut String, entries: &Object<String, Value>) {
    let _ = write!(text, "<{MAP}>");
    for (key, value) in entries {
        text.push_str("<entry>");
        element(text, "key", &Value::from(key.as_str()));
        element(text, "value", value);
        text.push_str("</entry>");
    }
    let _ = write!(text, "</{MAP}>");
}

/// Characters that XML cannot carry at all become the replacement character.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#xD;"),
            '\t' | '\n' => escaped.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parameters_become_members() {
        let check = |form: &str, expected: Value| assert_eq!(tree("", form.as_bytes()), expected, "{form}");
        check("A=1&B=x+y%26z", json!({"A": "1", "B": "x y&z"}));
        check(
            "Tags.member.2.Key=b&Tags.member.1.Key=a&Tags.member.1.Value=",
            json!({"Tags": [{"Key": "a", "Value": ""}, {"Key": "b"}]}),
        );
        check("N.member.2=b&N.member.4=d&N.member.1=a", json!({"N": ["a", "b"]}));
        check("N.member.01=a&N.member.2=b", json!({"N": []}));
        check("A=1&A=2&A.member.1=3", json!({"A": "1"}));
        check("member=1&.=x&..", json!({"member": "1", "": {"": "x"}}));
        check(&format!("{}=1", ["a"; 40].join(".")), json!({}));
    }

    #[test]
    fn forms_name_operations() {
        let known = form("", b"Action=GetUser&Version=2010-05-08").unwrap();
        assert!(
            matches!(known, Form::Known(matched) if matched.operation == Operation::Iam(iam::Op::GetUser))
        );
        let get = form("Action=GetCallerIdentity&Version=2011-06-15", b"").unwrap();
        assert!(matches!(get, Form::Known(matched) if matched.operation.service() == Service::Sts));
        assert!(matches!(form("", b"Action=Dance&Version=2010-05-08"), Some(Form::Unknown { .. })));
        assert_eq!(form("", b"Action=GetUser&Version=2016-11-15"), None);
        assert_eq!(form("", b"{\"Action\":1}"), None);
    }

    #[test]
    fn texts_are_escaped_and_ids_find_their_place() {
        let reply = error(Service::Iam, 404, "NoSuchEntity", "<RequestId/> & \"x\"\u{1}");
        let body = String::from_utf8(reply.with_request_id("id-1").body).unwrap();
        assert!(body.contains("&lt;RequestId/&gt; &amp; &quot;x&quot;\u{fffd}"), "{body}");
        assert!(body.contains("</Error><RequestId>id-1</RequestId></ErrorResponse>"), "{body}");
    }

    #[test]
    fn results_are_wrapped() {
        let answer = iam::ListUserPoliciesResponse {
            policy_names: vec!["a".to_owned(), "b".to_owned()],
            is_truncated: Some(false),
            marker: None,
        };
        let body = String::from_utf8(crate::Encode::encode(&answer, 200).body).unwrap();
        assert_eq!(
            body,
            "<ListUserPoliciesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
             <ListUserPoliciesResult><PolicyNames><member>a</member><member>b</member></PolicyNames>\
             <IsTruncated>false</IsTruncated></ListUserPoliciesResult>\
             <ResponseMetadata><RequestId/></ResponseMetadata></ListUserPoliciesResponse>\n"
        );
    }
}
