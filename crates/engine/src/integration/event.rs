//! The proxy event, payload 1.0, and the events of authorizers: AWS's keys in AWS's order.

use std::borrow::Cow;
use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use stagedoor_program::{ApiKeySource, AuthorizerContext, CallerFacts, Record};

use crate::content::text_of;
use crate::request;
use crate::stage::Routed;

/// A body on its way into an event.
#[derive(Debug, Clone, Copy)]
pub(crate) enum EventBody<'b> {
    Raw(&'b Bytes),
    /// A JSON string already.
    Quoted(&'b Bytes),
}

/// Whether a request's body stands as base64 in its event.
pub(crate) fn is_binary(routed: &Routed<'_>, record: &Record) -> bool {
    routed.program.deployment.binary_types.matches(record.head.header(http::header::CONTENT_TYPE))
}

/// A body as the JSON string that events carry.
pub(crate) fn quoted(body: &[u8], binary: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() * 3 / 2);
    if binary {
        string(&mut out, &STANDARD.encode(body));
    } else {
        string(&mut out, &text_of(body));
    }
    out
}

/// Writes the event of a call.
pub(crate) fn event(routed: &Routed<'_>, body: EventBody<'_>, record: &Record) -> Vec<u8> {
    let (EventBody::Raw(bytes) | EventBody::Quoted(bytes)) = body;
    let binary = is_binary(routed, record) && !bytes.is_empty();
    let mut out = Vec::with_capacity(2048 + bytes.len() * 3 / 2);
    let mut event = Object::open(&mut out);
    request(&mut event, routed, record, Empty::Null);
    match body {
        EventBody::Raw(body) if body.is_empty() => event.null("body"),
        EventBody::Raw(body) if binary => event.text("body", &STANDARD.encode(body)),
        EventBody::Raw(body) => event.text("body", &text_of(body)),
        EventBody::Quoted(json) => event.json("body", json),
    }
    event.bool("isBase64Encoded", binary);
    event.close();
    out
}

/// Writes the event of a REQUEST authorizer: the same without a body.
pub(crate) fn request_event(routed: &Routed<'_>, method_arn: &str, record: &Record) -> Vec<u8> {
    let mut out = Vec::with_capacity(2048);
    let mut event = Object::open(&mut out);
    event.text("type", "REQUEST");
    event.text("methodArn", method_arn);
    request(&mut event, routed, record, Empty::Map);
    event.close();
    out
}

/// Writes the event of a TOKEN authorizer.
pub(crate) fn token_event(method_arn: &str, token: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    let mut event = Object::open(&mut out);
    event.text("type", "TOKEN");
    event.text("methodArn", method_arn);
    event.text("authorizationToken", token);
    event.close();
    out
}

/// What stands for a map without entries: integrations get null, authorizers an empty map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Empty {
    Null,
    Map,
}

/// Everything but the body.
fn request(event: &mut Object<'_>, routed: &Routed<'_>, record: &Record, empty: Empty) {
    event.text("resource", &routed.resource.path);
    event.text("path", record.head.path());
    event.text("httpMethod", record.head.method.as_str());
    let headers = request::spelled_headers(record);
    single_and_multi(event, "headers", "multiValueHeaders", &headers, empty);
    let query: Vec<_> = request::query(record.head.query()).collect();
    single_and_multi(event, "queryStringParameters", "multiValueQueryStringParameters", &query, empty);
    map(event, "pathParameters", &record.path_parameters().collect::<Vec<_>>(), empty);
    let variables = &routed.program.stage.variables;
    let variables: Vec<_> = variables.iter().map(|(name, value)| (name.as_str(), value.as_ref())).collect();
    map(event, "stageVariables", &variables, empty);
    event.key("requestContext");
    request_context(event.out, routed, record);
}

fn request_context(out: &mut Vec<u8>, routed: &Routed<'_>, record: &Record) {
    let deployment = &routed.program.deployment;
    let stage = routed.program.stage.name.as_str();
    let domain = record.domain_name();
    let mut context = Object::open(out);
    context.text("resourceId", routed.resource.id.as_str());
    if let Some(caller) = &record.caller {
        authorizer(&mut context, caller);
    }
    context.text("resourcePath", &routed.resource.path);
    if let Some(name) = &routed.method.operation_name {
        context.text("operationName", name);
    }
    context.text("httpMethod", record.head.method.as_str());
    context.text("extendedRequestId", record.extended_request_id());
    context.text("requestTime", &record.head.received.clf());
    context.text("path", &record.head.context_path(stage));
    context.text("accountId", deployment.scope.account.as_str());
    context.text("protocol", "HTTP/1.1");
    context.text("stage", stage);
    context.text("domainPrefix", domain.split('.').next().unwrap_or(""));
    context.number("requestTimeEpoch", record.head.received.0);
    context.text("requestId", record.request_id.as_str());
    context.key("identity");
    identity(context.out, routed, record);
    context.text("domainName", domain);
    // What is only edited has no deployment.
    if !deployment.id.as_str().is_empty() {
        context.text("deploymentId", deployment.id.as_str());
    }
    context.text("apiId", deployment.api_id.as_str());
    context.close();
}

/// What the method's authorizer said, its own word last: nothing in a context can stand for it.
fn authorizer(context: &mut Object<'_>, caller: &CallerFacts) {
    let Some(said) = &caller.authorizer else { return };
    context.key("authorizer");
    let mut authorizer = Object::open(context.out);
    match said {
        AuthorizerContext::Claims(claims) => {
            authorizer.key("claims");
            let mut map = Object::open(authorizer.out);
            claims.iter().for_each(|(name, value)| map.text(name, value));
            map.close();
        }
        AuthorizerContext::Lambda(lambda) => {
            let own = |name: &str| matches!(name, "principalId" | "integrationLatency");
            let values = lambda.values.iter().filter(|(name, _)| !own(name));
            values.for_each(|(name, value)| authorizer.text(name, value));
            if let Some(principal) = &lambda.principal_id {
                authorizer.text("principalId", principal);
            }
            let latency = caller.call.as_ref().map(|call| call.integration_latency.as_millis());
            authorizer
                .number("integrationLatency", latency.unwrap_or_default().try_into().unwrap_or(u64::MAX));
        }
    }
    authorizer.close();
}

fn identity(out: &mut Vec<u8>, routed: &Routed<'_>, record: &Record) {
    let signer = record.caller.as_ref().and_then(|caller| caller.identity.as_deref());
    let mut identity = Object::open(out);
    identity.null("cognitoIdentityPoolId");
    identity.text_or_null("accountId", signer.map(|it| &*it.account));
    identity.null("cognitoIdentityId");
    identity.text_or_null("caller", signer.map(|it| &*it.user));
    identity.text("sourceIp", &record.source_ip());
    identity.null("principalOrgId");
    if let Some(key) = &record.api_key {
        identity.text("apiKey", &key.value);
        identity.text("apiKeyId", &key.id);
    } else if let Some(sent) = unproved_key(routed, record) {
        identity.text("apiKey", sent);
    }
    identity.text_or_null("accessKey", signer.map(|it| &*it.access_key));
    identity.null("cognitoAuthenticationType");
    identity.null("cognitoAuthenticationProvider");
    identity.text_or_null("userArn", signer.map(|it| &*it.user_arn));
    identity.text_or_null("userAgent", record.head.header_text(http::header::USER_AGENT).as_deref());
    identity.text_or_null("user", signer.map(|it| &*it.user));
    identity.close();
}

/// An authorizer is asked before the key is looked up: it sees what the caller sent, as AWS's sample of its event shows.
fn unproved_key<'r>(routed: &Routed<'_>, record: &'r Record) -> Option<&'r str> {
    let is_sent = routed.method.api_key == Some(ApiKeySource::Header);
    is_sent.then(|| record.head.header(&request::API_KEY)).flatten()
}

/// A map of last values and a map of all values.
fn single_and_multi(
    event: &mut Object<'_>,
    single: &str,
    multi: &str,
    pairs: &[(Cow<'_, str>, Cow<'_, str>)],
    empty: Empty,
) {
    let names = distinct(pairs);
    if names.is_empty() && empty == Empty::Null {
        event.null(single);
        event.null(multi);
        return;
    }
    event.key(single);
    let mut map = Object::open(event.out);
    for (name, values) in &names {
        map.text(name, values.last().copied().unwrap_or(""));
    }
    map.close();
    event.key(multi);
    let mut map = Object::open(event.out);
    for (name, values) in &names {
        map.list(name, values);
    }
    map.close();
}

/// Names in order of first appearance, each with its values.
fn distinct<'p>(pairs: &'p [(Cow<'_, str>, Cow<'_, str>)]) -> Vec<(&'p str, Vec<&'p str>)> {
    let mut names: Vec<(&str, Vec<&str>)> = Vec::with_capacity(pairs.len());
    let mut places: HashMap<&str, usize> = HashMap::with_capacity(pairs.len());
    for (name, value) in pairs {
        let place = *places.entry(name).or_insert(names.len());
        if place == names.len() {
            names.push((name, Vec::with_capacity(1)));
        }
        names[place].1.push(value);
    }
    names
}

fn map(event: &mut Object<'_>, key: &str, pairs: &[(&str, &str)], empty: Empty) {
    if pairs.is_empty() && empty == Empty::Null {
        event.null(key);
        return;
    }
    event.key(key);
    let mut map = Object::open(event.out);
    for (name, value) in pairs {
        map.text(name, value);
    }
    map.close();
}

/// A JSON object being written, member by member.
struct Object<'o> {
    out: &'o mut Vec<u8>,
    first: bool,
}

impl<'o> Object<'o> {
    fn open(out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Object { out, first: true }
    }

    fn close(self) {
        self.out.push(b'}');
    }

    fn key(&mut self, key: &str) {
        if !self.first {
            self.out.push(b',');
        }
        self.first = false;
        string(self.out, key);
        self.out.push(b':');
    }

    fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        string(self.out, value);
    }

    fn text_or_null(&mut self, key: &str, value: Option<&str>) {
        match value {
            Some(value) => self.text(key, value),
            None => self.null(key),
        }
    }

    /// What is JSON already.
    fn json(&mut self, key: &str, value: &[u8]) {
        self.key(key);
        self.out.extend_from_slice(value);
    }

    fn null(&mut self, key: &str) {
        self.key(key);
        self.out.extend_from_slice(b"null");
    }

    fn bool(&mut self, key: &str, value: bool) {
        self.key(key);
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn number(&mut self, key: &str, value: u64) {
        self.key(key);
        self.out.extend_from_slice(value.to_string().as_bytes());
    }

    fn list(&mut self, key: &str, values: &[&str]) {
        self.key(key);
        self.out.push(b'[');
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                self.out.push(b',');
            }
            string(self.out, value);
        }
        self.out.push(b']');
    }
}

fn string(out: &mut Vec<u8>, text: &str) {
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}
