//! Whether a gateway answers, and whether clients would find it.

use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Duration;

use super::ports::owner;
use super::{Finding, Verdict};
use crate::client::{Client, Health, WantedScope};

const LIMIT: Duration = Duration::from_secs(3);

pub(super) async fn gateway(address: SocketAddr) -> Finding {
    let name = "gateway";
    match (health(address).await, owner(address.port())) {
        (Some(health), _) if health.version == env!("CARGO_PKG_VERSION") => {
            Finding::ok(name, format!("answers on http://{address}"))
        }
        (Some(health), _) => {
            let detail = format!("version {} answers on http://{address}", health.version);
            Finding::new(name, Verdict::Warn, detail).remedy("restart it: this is another version")
        }
        (None, Some(owner)) => {
            let detail = format!("port {} is taken by {owner}, which is no Stagedoor", address.port());
            Finding::new(name, Verdict::Fail, detail)
                .remedy("stop that program, or choose another address with --listen")
        }
        (None, None) if std::net::TcpListener::bind(address).is_err() => {
            let detail = format!("{address} cannot be listened on, and nobody answers there");
            Finding::new(name, Verdict::Fail, detail).remedy("choose another address with --listen")
        }
        (None, None) => Finding::ok(name, format!("none runs; {address} is free for `stagedoor dev`")),
    }
}

async fn health(address: SocketAddr) -> Option<Health> {
    let client = Client::new(address, WantedScope::default()).ok()?;
    let health = tokio::time::timeout(LIMIT, client.health()).await.ok()?.ok()?;
    Some(health).filter(|health| health.edition == "stagedoor")
}

/// Whether `{api}.execute-api.localhost` leads here: some resolvers know names below `localhost`, others do not.
pub(super) fn localhost_names(port: u16) -> Finding {
    let name = "names";
    let host = "api.execute-api.localhost";
    let found = (host, port).to_socket_addrs().map(Iterator::collect::<Vec<_>>).unwrap_or_default();
    if !found.is_empty() && found.iter().all(|address| address.ip().is_loopback()) {
        return Finding::ok(name, "*.localhost leads to this machine");
    }
    let remedy = format!(
        "call http://127.0.0.1:{port}/_aws/execute-api/API/STAGE/…, or send the name as the Host header"
    );
    Finding::new(name, Verdict::Warn, format!("{host} does not lead to this machine")).remedy(remedy)
}

/// Proxies in the environment take calls to this machine away, unless they are told not to.
pub(super) fn proxies(variable: impl Fn(&str) -> Option<String>) -> Finding {
    let set = |names: &[&'static str]| {
        let found = names.iter().find(|name| variable(name).is_some_and(|value| !value.is_empty()));
        found.copied()
    };
    let name = "proxies";
    let Some(proxy) = set(&["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]) else {
        return Finding::ok(name, "none in the environment");
    };
    let except = variable("no_proxy").or_else(|| variable("NO_PROXY")).unwrap_or_default();
    let mut spared = except.split(',').map(str::trim);
    if spared.any(|host| ["*", "127.0.0.1", "127.0.0.0/8"].contains(&host)) {
        return Finding::ok(name, format!("{proxy} is set, and spares this machine"));
    }
    Finding::new(name, Verdict::Warn, format!("{proxy} is set: tools may send calls to this machine there"))
        .remedy("export NO_PROXY=127.0.0.1,localhost")
}

/// Whether SDKs of this shell would come here.
pub(super) fn endpoint(set: Option<&str>, address: SocketAddr) -> Finding {
    let name = "endpoint";
    let ours = [format!("http://{address}"), format!("http://localhost:{}", address.port())];
    match set {
        None => Finding::ok(name, "AWS_ENDPOINT_URL is not set: `eval \"$(stagedoor env)\"` sets it"),
        Some(url) if ours.iter().any(|it| it == url.trim_end_matches('/')) => {
            Finding::ok(name, format!("AWS_ENDPOINT_URL is {url}"))
        }
        Some(url) => {
            Finding::new(name, Verdict::Warn, format!("AWS_ENDPOINT_URL is {url}, not this gateway"))
                .remedy("eval \"$(stagedoor env)\"")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{endpoint, proxies};
    use crate::doctor::Verdict;

    #[test]
    fn proxies_must_spare_this_machine() {
        for (variables, expected) in [
            ("", Verdict::Ok),
            ("HTTP_PROXY=http://p:1", Verdict::Warn),
            ("http_proxy=http://p:1 no_proxy=example.com", Verdict::Warn),
            ("HTTP_PROXY=http://p:1 NO_PROXY=localhost,127.0.0.1", Verdict::Ok),
            ("ALL_PROXY=x NO_PROXY=*", Verdict::Ok),
            ("HTTP_PROXY=", Verdict::Ok),
        ] {
            let variable = |name: &str| {
                let mut pairs = variables.split(' ').filter_map(|pair| pair.split_once('='));
                pairs.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
            };
            assert_eq!(proxies(variable).verdict, expected, "{variables}");
        }
    }

    #[test]
    fn another_endpoint_is_noticed() {
        let address = "127.0.0.1:4566".parse().unwrap();
        for (set, expected) in [
            (None, Verdict::Ok),
            (Some("http://127.0.0.1:4566/"), Verdict::Ok),
            (Some("http://localhost:4566"), Verdict::Ok),
            (Some("http://127.0.0.1:4567"), Verdict::Warn),
        ] {
            assert_eq!(endpoint(set, address).verdict, expected, "{set:?}");
        }
    }
}
