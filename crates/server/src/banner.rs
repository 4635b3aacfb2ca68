//! What a developer sees first: where to call, and how to point tools here.

use std::fmt::Write;
use std::net::SocketAddr;

use crate::declare::Served;
use crate::run::Gateway;

/// Prints the start message. The first line is what scripts wait for.
pub(crate) fn print(gateway: &Gateway, address: SocketAddr, served: &Served) {
    println!("{}", text(gateway, address, served).trim_end());
}

fn text(gateway: &Gateway, address: SocketAddr, served: &Served) -> String {
    let mut out = format!("Stagedoor {} is listening on http://{address}\n", env!("CARGO_PKG_VERSION"));
    // Writing to a string cannot fail.
    for api in &served.apis {
        let _ = writeln!(out, "  API {}/{}:", api.id, api.stage);
        for (method, path) in &api.methods {
            let url = format!("http://{address}/_aws/execute-api/{}/{}{path}", api.id, api.stage);
            let _ = writeln!(out, "    {:<7} {url}", method.as_str());
        }
    }
    for function in &served.functions {
        let _ = writeln!(out, "  function {function}");
    }
    if let Some(status) = gateway.status {
        let _ = writeln!(out, "  health and metrics on http://{status}");
    }
    if gateway.control_plane {
        let _ = writeln!(out, "  for the aws CLI and SDKs: export {}", exports(address).join(" "));
    }
    out
}

/// What points the aws CLI and SDKs at a gateway, as `NAME=value`.
pub(crate) fn exports(address: SocketAddr) -> [String; 4] {
    [
        format!("AWS_ENDPOINT_URL=http://{address}"),
        "AWS_ACCESS_KEY_ID=test".to_owned(),
        "AWS_SECRET_ACCESS_KEY=test".to_owned(),
        "AWS_DEFAULT_REGION=us-east-1".to_owned(),
    ]
}
