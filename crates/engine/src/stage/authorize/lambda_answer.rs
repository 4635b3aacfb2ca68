//! What the function of a Lambda authorizer answers.
//!
//! In: its payload. Out: whom it names, what it says of the caller, and the policy. Nothing in it is believed beyond that.

use std::sync::Arc;

use stagedoor_auth::policy::{Kind, Policy};
use stagedoor_json::{Map, Value, parse, to_java_text, to_json_text};
use stagedoor_program::LambdaContext;

/// AWS's bound on an answer.
const MOST_BYTES: usize = 8 * 1024;

/// An authorizer's answer, as it is evaluated for each call of the same caller.
#[derive(Debug)]
pub(crate) struct Decision {
    pub(super) policy: Arc<Policy>,
    pub(super) context: Arc<LambdaContext>,
    /// Of the answer, for the bound on what is kept.
    pub(super) bytes: usize,
}

/// Why an answer does not count: AWS's line for the log, and what else is known.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    pub(super) line: String,
    pub(super) detail: String,
}

impl Malformed {
    fn because(detail: impl Into<String>) -> Self {
        Self { line: "Authorizer error".to_owned(), detail: detail.into() }
    }

    /// The line in which Java complains of a value that is no string.
    fn no_string(value: &Value, detail: String) -> Self {
        let token = match value {
            Value::Array(_) => "START_ARRAY",
            Value::Object(_) => "START_OBJECT",
            _ => "VALUE_NULL",
        };
        let line = format!(
            "Invalid JSON in response: Can not deserialize instance of java.lang.String out of {token} token"
        );
        Self { line, detail }
    }
}

impl Decision {
    pub(super) fn parse(payload: &[u8]) -> Result<Self, Malformed> {
        if payload.len() > MOST_BYTES {
            return Err(Malformed::because(format!("the answer has more than {MOST_BYTES} bytes")));
        }
        let text = std::str::from_utf8(payload).map_err(|_| Malformed::because("the answer is no text"))?;
        let value =
            parse(text).map_err(|error| Malformed::because(format!("the answer is no JSON: {error}")))?;
        let answer = value.as_object().ok_or_else(|| Malformed::because("the answer is no JSON object"))?;
        let context = LambdaContext {
            principal_id: text_of(answer, "principalId")?,
            values: answer.get("context").map_or_else(|| Ok(Box::default()), entries)?,
            usage_identifier_key: text_of(answer, "usageIdentifierKey")?,
        };
        let policy = Arc::new(policy(answer.get("policyDocument"))?);
        Ok(Self { policy, context: Arc::new(context), bytes: 4 * payload.len() })
    }
}

fn policy(document: Option<&Value>) -> Result<Policy, Malformed> {
    let document = document
        .filter(|document| document.as_object().is_some())
        .ok_or_else(|| Malformed::because("the answer has no policyDocument"))?;
    Policy::parse(&to_json_text(document), Kind::Authorizer)
        .map_err(|error| Malformed::because(format!("the policyDocument: {error}")))
}

fn text_of(answer: &Map, name: &str) -> Result<Option<Box<str>>, Malformed> {
    match answer.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => text(value, name).map(Some),
    }
}

/// What a function says of its caller, by name.
type Entries = Box<[(Box<str>, Box<str>)]>;

/// Only texts, numbers and booleans may stand in a context.
fn entries(context: &Value) -> Result<Entries, Malformed> {
    if context.is_null() {
        return Ok(Box::default());
    }
    let map = context.as_object().ok_or_else(|| Malformed::because("the context is no JSON object"))?;
    map.iter().map(|(name, value)| Ok((Box::from(name), text(value, name)?))).collect()
}

fn text(value: &Value, name: &str) -> Result<Box<str>, Malformed> {
    match value {
        Value::Null | Value::Array(_) | Value::Object(_) => {
            Err(Malformed::no_string(value, format!("{name} is neither text, nor number, nor boolean")))
        }
        scalar => Ok(to_java_text(scalar).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::Decision;

    const POLICY: &str = r#""policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"*"}]}"#;

    fn check(answer: &str, expected: Result<&str, &str>) {
        let shown = Decision::parse(answer.replace("POLICY", POLICY).as_bytes()).map(|decision| {
            let context = &decision.context;
            let values: Vec<_> =
                context.values.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let texts = [context.principal_id.as_deref(), context.usage_identifier_key.as_deref()];
            format!("{} {} {}", texts[0].unwrap_or("-"), texts[1].unwrap_or("-"), values.join(","))
        });
        match (&shown, expected) {
            (Ok(shown), Ok(expected)) => assert_eq!(shown, expected, "{answer}"),
            (Err(malformed), Err(expected)) => {
                let text = format!("{}: {}", malformed.line, malformed.detail);
                assert!(text.contains(expected), "{answer}: {text}");
            }
            _ => panic!("{answer}: {shown:?}"),
        }
    }

    #[test]
    fn answers() {
        check(r#"{"principalId":"me",POLICY}"#, Ok("me - "));
        check(r#"{POLICY}"#, Ok("- - "));
        check(r#"{"principalId":7,"usageIdentifierKey":"k",POLICY,"context":null,"more":[]}"#, Ok("7 k "));
        check(
            r#"{POLICY,"context":{"s":"a b","i":1,"f":1.50,"e":1e3,"t":true,"f2":false,"empty":""}}"#,
            Ok("- - s=a b,i=1,f=1.5,e=1000.0,t=true,f2=false,empty="),
        );
        check(r#"{POLICY,"context":{"a":[]}}"#, Err("out of START_ARRAY token"));
        check(r#"{POLICY,"context":{"a":{}}}"#, Err("out of START_OBJECT token"));
        check(r#"{POLICY,"context":{"a":null}}"#, Err("out of VALUE_NULL token: a is neither"));
        check(r#"{POLICY,"context":"a"}"#, Err("the context is no JSON object"));
        check(r#"{POLICY,"principalId":{}}"#, Err("out of START_OBJECT token: principalId"));
        check("{}", Err("Authorizer error: the answer has no policyDocument"));
        check(r#"{"policyDocument":"{}"}"#, Err("no policyDocument"));
        // As Jackson reads them, in which AWS's lines are worded: the last of two members counts.
        check(r#"{"principalId":"a",POLICY,"principalId":"b","context":{"k":1,"k":2}}"#, Ok("b - k=2"));
        check(r#"{"context":{"k":1},POLICY,"context":{}}"#, Ok("- - "));
        check(r#"{POLICY,"policyDocument":{}}"#, Err("the policyDocument: "));
        check(r#"{"policyDocument":{}}"#, Err("the policyDocument: "));
        check(
            r#"{"policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}}"#,
            Err("the policyDocument: "),
        );
        check(r#""Unauthorized""#, Err("the answer is no JSON object"));
        check("null", Err("the answer is no JSON object"));
        check("", Err("the answer is no JSON"));
        check("{", Err("the answer is no JSON"));
        check(
            &format!(r#"{{POLICY,"context":{{"a":"{}"}}}}"#, "x".repeat(8200)),
            Err("more than 8192 bytes"),
        );
        assert!(Decision::parse(b"{\xff}").is_err());
    }
}
