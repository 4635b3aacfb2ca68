//! What a developer sees first: where to call, and how to point tools here.

use std::fmt::Write as _;
use std::io::Write as _;
use std::net::SocketAddr;

use stagedoor_base::Scope;
use stagedoor_observe::{Console, Style, expand, push_styled};

use crate::client::access_key;
use crate::declare::{Served, ServedApi};
use crate::run::Gateway;
use crate::terminal::stdout_has_colour;
use crate::watch::Mode;

/// Methods of one API that are listed; a larger one is summed up.
const LISTED: usize = 24;

/// Prints the start message. The first line is what scripts wait for.
pub(crate) fn print(gateway: &Gateway, address: SocketAddr, served: Option<&Served>) {
    let (marked, mut shown) = (text(gateway, address, served), String::new());
    expand(&marked, stdout_has_colour(), &mut shown);
    // Whoever closed stdout does not want to read it.
    let _ = writeln!(std::io::stdout(), "{}", shown.trim_end());
}

fn text(gateway: &Gateway, address: SocketAddr, served: Option<&Served>) -> String {
    let mut out = format!("Stagedoor {} is listening on http://{address}\n", env!("CARGO_PKG_VERSION"));
    if gateway.console == Console::Off {
        return out;
    }
    // Writing to a string cannot fail.
    for api in served.iter().flat_map(|served| &served.apis) {
        list(&mut out, address, api);
    }
    for function in served.iter().flat_map(|served| &served.functions) {
        let _ = writeln!(out, "  function {function}");
    }
    if let Some(secure) = gateway.config.front.tls.as_ref().and_then(|tls| tls.listen) {
        let _ = writeln!(out, "  and with TLS on https://{secure}");
    }
    if let Some(status) = gateway.status {
        let _ = writeln!(out, "  health and metrics on http://{status}");
    }
    if let Some(control) = gateway.control {
        let _ = writeln!(out, "  control calls on http://{control}");
    }
    if gateway.dev {
        let _ = writeln!(
            out,
            "  for the aws CLI and SDKs: export {}",
            exports(address, &gateway.config.scope()).join(" ")
        );
    }
    if gateway.watch != Mode::Off
        && let Some(file) = &gateway.file
    {
        let _ = writeln!(out, "  saved files are served at once ({})", file.display());
    }
    out
}

fn list(out: &mut String, address: SocketAddr, api: &ServedApi) {
    let base = format!("http://{address}/_aws/execute-api/{}/{}", api.id, api.stage);
    let _ = writeln!(out, "  API {}/{}:", api.id, api.stage);
    for (method, path) in api.methods.iter().take(LISTED) {
        out.push_str("    ");
        push_styled(out, Style::Bold, &format!("{:<7}", method.as_str()));
        let _ = writeln!(out, " {base}{path}");
    }
    if let Some(more) = api.methods.len().checked_sub(LISTED).filter(|more| *more > 0) {
        let _ = writeln!(out, "    and {more} more methods under {base}/");
    }
}

/// What points the aws CLI and SDKs at a gateway, as `NAME=value`.
pub(crate) fn exports(address: SocketAddr, scope: &Scope) -> [String; 4] {
    [
        format!("AWS_ENDPOINT_URL=http://{address}"),
        format!("AWS_ACCESS_KEY_ID={}", access_key(&scope.account)),
        "AWS_SECRET_ACCESS_KEY=test".to_owned(),
        format!("AWS_DEFAULT_REGION={}", scope.region),
    ]
}
