//! `TestInvokeMethod`: methods of APIs as edited, executed by an engine of their own on the control runtime.
//!
//! In: a call that the control plane admitted. Out: the reply with its log. The data plane's engines, counters and logs never
//! see it, and no listener leads here.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use http::uri::{PathAndQuery, Scheme};
use http::{HeaderName, HeaderValue};
use stagedoor_base::{DeploymentId, ResourceId};
use stagedoor_control::{AuthorizerAnswer, TestAnswer, TestCall, TestRefusal};
use stagedoor_engine::{
    Compute, Consulted, Directory, Engine, Head, HeaderList, Listener, Program, TestReply,
};
use stagedoor_model::{ApiTree, Snapshot};
use stagedoor_observe::{authorizer_log, header_spelling, test_log};
use stagedoor_program::{AuthorizerContext, StageView, compile};

use crate::adapters::{ServiceParts, engine_ports};
use crate::clock::Clock;
use crate::functions::Functions;
use crate::listen::MOST_HEADERS;
use crate::upstream::{Settings, Upstream};

/// Characters of a refused name that the refusal repeats.
const SHOWN: usize = 100;

/// The stage in `methodArn` when an authorizer is tested.
const AUTHORIZER_STAGE: &str = "ESTestInvoke-stage";

/// Executes methods that are not deployed.
#[derive(Debug)]
pub(crate) struct Tester {
    engine: Engine,
    clock: Clock,
}

impl Tester {
    /// A tester on the current runtime, with connections to backends of its own. What is tested is no call: no sink hears of
    /// it.
    pub(crate) fn start(
        upstream: Settings,
        functions: Arc<Functions>,
        directory: Arc<Directory>,
        compute: Compute,
        services: &ServiceParts,
        clock: Clock,
    ) -> Arc<Self> {
        let upstream = Upstream::sweeping(upstream);
        let ports = engine_ports(upstream, functions, |_| (), &clock, compute, services);
        Arc::new(Self { engine: Engine::new(ports, directory), clock })
    }

    /// Executes one method.
    ///
    /// # Errors
    /// Why there is nothing to execute.
    pub(crate) async fn run(&self, call: TestCall) -> Result<TestAnswer, TestRefusal> {
        let head = head(&call, self.clock.elapsed())?;
        let TestCall { scope, tree, resource, body, stage_variables, .. } = call;
        let tested = resource.clone();
        let compiled = tokio::task::spawn_blocking(move || {
            let snapshot = Snapshot::freeze(only(tree, &tested));
            let (deployment, _) = compile(&scope, &DeploymentId::from(""), &snapshot);
            Program::of(Arc::new(deployment), Arc::new(StageView::test(&stage_variables)))
        });
        let program = compiled.await.map_err(|error| TestRefusal::Failed(error.to_string()))?;
        let call = stagedoor_engine::TestCall { head, body, resource };
        let tested = self.engine.test(Arc::new(program), call).await.ok_or(TestRefusal::NoMethod)?;
        Ok(answer(tested))
    }

    /// Asks an authorizer, behind which the API has one method.
    ///
    /// # Errors
    /// Why there is nobody to ask.
    pub(crate) async fn consult(&self, call: TestCall) -> Result<AuthorizerAnswer, TestRefusal> {
        let head = head(&call, self.clock.elapsed())?;
        let TestCall { scope, tree, resource, body, stage_variables, .. } = call;
        let (deployment, _) = compile(&scope, &DeploymentId::from(""), &Snapshot::freeze(tree));
        let stage = StageView { name: AUTHORIZER_STAGE.into(), ..StageView::test(&stage_variables) };
        let program = Arc::new(Program::of(Arc::new(deployment), Arc::new(stage)));
        let call = stagedoor_engine::TestCall { head, body, resource };
        self.engine.consult(program, call).await.map(said).ok_or(TestRefusal::NoMethod)
    }
}

fn said(consulted: Consulted) -> AuthorizerAnswer {
    let Consulted { refused, answer, record } = consulted;
    let mut said = AuthorizerAnswer {
        refused,
        log: authorizer_log(&record),
        latency: record.latency,
        ..AuthorizerAnswer::default()
    };
    match record.caller.as_ref().and_then(|caller| caller.authorizer.as_ref()) {
        Some(AuthorizerContext::Lambda(lambda)) => {
            said.principal_id = lambda.principal_id.as_deref().map(str::to_owned);
            said.policy = answer.and_then(|answer| policy(&answer));
        }
        Some(AuthorizerContext::Claims(claims)) => {
            said.claims = claims.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        }
        None => {}
    }
    said
}

fn policy(answer: &[u8]) -> Option<String> {
    let answer: serde_json::Value = serde_json::from_slice(answer).ok()?;
    Some(answer.get("policyDocument")?.to_string())
}

/// The API with nothing else to compile than what is tested.
fn only(mut tree: ApiTree, resource: &ResourceId) -> ApiTree {
    tree.resources.retain(|id, _| id == resource);
    tree
}

fn head(call: &TestCall, started: Duration) -> Result<Head, TestRefusal> {
    let mut headers = HeaderList::default();
    let mut spelling = format!("{} / HTTP/1.1\r\n", call.method);
    for (name, value) in &call.headers {
        let parsed =
            HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_bytes(value.as_bytes()).ok());
        let Some((parsed, value)) = parsed.filter(|_| headers.len() < MOST_HEADERS) else {
            let shown: String = name.chars().take(SHOWN).collect();
            return Err(TestRefusal::BadRequest(format!("Invalid header specified: {shown}")));
        };
        headers.push(parsed, value);
        spelling.extend([name, ": \r\n"]);
    }
    Ok(Head {
        method: call.method.clone(),
        target: target(&call.target)?,
        path_start: 0,
        context_start: Some(0),
        headers,
        spelling: Some(spelling.into()),
        // Nobody called: whoever asks the record for the client learns that.
        peer: IpAddr::V4(Ipv4Addr::LOCALHOST),
        listener: Listener { scheme: Scheme::HTTPS, port: 443 },
        received: call.received,
        started,
    })
}

/// A path as people write it: what cannot stand in a URL is encoded.
fn target(text: &str) -> Result<PathAndQuery, TestRefusal> {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'#' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | ..=b' ' | 0x7f.. => {
                encoded.push_str(&format!("%{byte:02X}"));
            }
            _ => encoded.push(char::from(byte)),
        }
    }
    let invalid = |_| TestRefusal::BadRequest("Invalid path with query string specified".to_owned());
    PathAndQuery::try_from(encoded).map_err(invalid)
}

fn answer(TestReply { reply, body, record }: TestReply) -> TestAnswer {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = reply.headers.iter().map(|(name, value)| (header_spelling(name.as_str()), text(value)));
    TestAnswer {
        status: reply.status.as_u16(),
        headers: headers.collect(),
        body,
        log: test_log(&record),
        latency: record.latency,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use stagedoor_base::{Scope, Timestamp};
    use stagedoor_control::TestCall;
    use stagedoor_model::{ApiTree, Map, RestApi};

    use super::{head, target};

    fn call(target: &str, headers: Vec<(String, String)>) -> TestCall {
        let api = RestApi::unnamed("api".into(), "root".into(), Timestamp(0));
        TestCall {
            scope: Scope { account: "000000000000".into(), region: "us-east-1".into() },
            tree: ApiTree::bare(api),
            resource: "root".into(),
            method: http::Method::GET,
            target: target.to_owned(),
            headers,
            body: Bytes::new(),
            stage_variables: Map::new(),
            received: Timestamp(0),
        }
    }

    #[test]
    fn what_is_no_request_is_refused() {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let many = (0..40_000).map(|index| header(&format!("h{index}"), "1")).collect();
        for (target, headers, expected) in [
            ("/", vec![header("A", "1"), header("a", "2")], None),
            ("/", vec![header("a b", "1")], Some("Invalid header specified: a b")),
            ("/", vec![header("A", "1\r\nB: 2")], Some("Invalid header specified: A")),
            ("/", many, Some("Invalid header specified: h")),
            (&"/x".repeat(40_000), Vec::new(), Some("Invalid path with query string specified")),
        ] {
            let refusal = head(&call(target, headers), Duration::ZERO).err();
            let text = refusal.map(|refusal| format!("{refusal:?}"));
            let is_expected = match (&text, expected) {
                (Some(text), Some(expected)) => text.contains(expected),
                (None, None) => true,
                _ => false,
            };
            assert!(is_expected, "{expected:?}: {text:?}");
        }
    }

    #[test]
    fn names_keep_the_spelling_of_the_caller() {
        let head = head(&call("/", vec![("X-oWn".to_owned(), "1".to_owned())]), Duration::ZERO).unwrap();
        assert_eq!(head.headers.iter().map(|(name, _)| head.spelled(name)).collect::<Vec<_>>(), ["X-oWn"]);
    }

    #[test]
    fn paths_are_taken_as_people_write_them() {
        for (text, expected) in [
            ("/pets/{id}?a=b", "/pets/{id}?a=b"),
            ("/a b/ü", "/a%20b/%C3%BC"),
            ("/a#b", "/a%23b"),
            ("/100%25?q=\u{7f}", "/100%25?q=%7F"),
        ] {
            assert_eq!(target(text).unwrap().as_str(), expected);
        }
    }
}
