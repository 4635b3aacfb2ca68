//! The steps of a call, when somebody asked for them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use stagedoor_engine::{Compute, Engine, HeaderList, Issuers, Ports, Services, UpstreamReply};
use stagedoor_model::HttpMethod;
use stagedoor_program::{Event, Outgoing};

use crate::support::{Gateway, api, call, http_proxy, mock, put, run};

/// The steps of a call in words; none when the record has no trace.
fn steps(path: &str, traced: bool) -> Option<Vec<String>> {
    let mut tree = api();
    put(&mut tree, "/mock", HttpMethod::Get, mock("{\"statusCode\": 200}", "ok"));
    put(&mut tree, "/proxy", HttpMethod::Get, http_proxy("http://backend.example/x"));
    let gateway = Gateway::of(tree);
    let seen = Arc::new(Mutex::new(None));
    let kept = Arc::clone(&seen);
    let reply = UpstreamReply { status: 201, headers: HeaderList::default(), body: Bytes::from("made") };
    let engine = Engine::new(
        Ports {
            upstream: Box::new(move |_| Box::pin(std::future::ready(Ok(reply.clone())))),
            invoke: Box::new(|_| Box::pin(std::future::pending())),
            upstream_stream: Box::new(|_| Box::pin(std::future::pending())),
            invoke_stream: Box::new(|_| Box::pin(std::future::pending())),
            services: Services::default(),
            issuers: Issuers::default(),
            compute: Compute::default(),
            record: Arc::new(move |record| {
                let trace = record.trace.as_ref();
                *kept.lock().unwrap() =
                    trace.map(|trace| trace.steps().iter().map(|step| words(&step.event)).collect());
            }),
            elapsed: Arc::new(|| Duration::ZERO),
            moved: Arc::new(|| Duration::ZERO),
        },
        Arc::clone(&gateway.directory),
    );
    let engine = Arc::new(if traced { engine.traced() } else { engine });
    run(engine.call(gateway.serving(), call("GET", &format!("/dev{path}"), &[], b"")));
    seen.lock().unwrap().take()
}

fn words(event: &Event) -> String {
    match event {
        Event::Routed => "routed".to_owned(),
        Event::Authorizing { authorizer, identity } => format!("{authorizer} for {identity}"),
        Event::Asking { arn, .. } => arn.clone(),
        Event::Told { payload, .. } => format!("told {}", payload.len()),
        Event::Known { principal, kept } => format!("{principal} {kept}"),
        Event::Authorized => "authorized".to_owned(),
        Event::Metered => "metered".to_owned(),
        Event::Started { body } => format!("started {}", body.len()),
        Event::Validated { body, .. } => format!("validated {}", body.len()),
        Event::Rendered(rendered) => format!("{} {}", rendered.side, rendered.media_type),
        Event::Calling(Outgoing::Mock(status)) => format!("mock {status}"),
        Event::Calling(Outgoing::Http { method, uri, .. }) => format!("{method} {uri}"),
        Event::Calling(Outgoing::Function { arn, .. }) => arn.clone(),
        Event::Answered { status, body, .. } => {
            format!("answered {} {}", status.unwrap_or(0), String::from_utf8_lossy(body))
        }
        Event::Mapped { status, body } => format!("mapped {status} {}", String::from_utf8_lossy(body)),
        Event::Replied { headers } => format!("replied {}", headers.len()),
    }
}

#[test]
fn each_step_is_told_in_order() {
    for (path, expected) in [
        (
            "/mock",
            "routed, authorized, metered, started 0, validated 0, request application/json, mock 200, mapped 200 ok",
        ),
        (
            "/proxy",
            "routed, authorized, metered, started 0, validated 0, GET http://backend.example/x, answered 201 made, mapped 201 made",
        ),
        // What went wrong stands in the record itself.
        ("/nope", ""),
    ] {
        assert_eq!(steps(path, true).unwrap().join(", "), expected, "{path}");
    }
}

#[test]
fn nothing_is_kept_unless_somebody_asks() {
    assert_eq!(steps("/mock", false), None);
}
