//! What on this machine could keep a gateway from working, found out by looking.
//!
//! In: an address, a data directory, a configuration. Out: findings, each with what to do about it. It must not change
//! anything, but for a file that it writes into the data directory and removes again.

mod machine;
mod network;
pub(crate) mod ports;

use std::net::SocketAddr;
use std::path::Path;

use serde::Serialize;
use stagedoor_lambda::Interpreters;

use crate::aws::{self, AwsConfig};
use crate::config::Config;

/// How good a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verdict {
    Ok,
    /// Something will be slower, or missing, or surprising.
    Warn,
    /// A gateway will not start, or nobody will reach it.
    Fail,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Finding {
    pub(crate) subject: String,
    pub(crate) verdict: Verdict,
    pub(crate) detail: String,
    /// What to do, unless all is well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) remedy: Option<String>,
}

impl Finding {
    fn new(subject: &str, verdict: Verdict, detail: impl Into<String>) -> Self {
        Self { subject: subject.to_owned(), verdict, detail: detail.into(), remedy: None }
    }

    fn ok(subject: &str, detail: impl Into<String>) -> Self {
        Self::new(subject, Verdict::Ok, detail)
    }

    fn remedy(self, remedy: impl Into<String>) -> Self {
        Self { remedy: Some(remedy.into()), ..self }
    }
}

/// Looks at everything.
pub(crate) async fn examine(address: SocketAddr, data_dir: &Path, config: &Config) -> Vec<Finding> {
    let program = std::env::current_exe().map(|path| path.display().to_string()).unwrap_or_default();
    let mut findings =
        vec![Finding::ok("stagedoor", format!("version {}, {program}", env!("CARGO_PKG_VERSION")))];
    findings.push(network::gateway(address).await);
    findings.push(network::localhost_names(address.port()));
    findings.push(network::proxies(|name| std::env::var(name).ok()));
    findings.push(network::endpoint(std::env::var("AWS_ENDPOINT_URL").ok().as_deref(), address));
    findings.push(credentials(&config.aws));
    findings.push(machine::data_dir(data_dir));
    findings.push(machine::disk_space(data_dir));
    findings.push(machine::open_files());
    findings.push(machine::file_watches());
    findings.push(machine::clock(std::time::SystemTime::now()));
    let by_runtime = config.interpreters.iter().cloned().collect();
    let functions = stagedoor_lambda::probe(&Interpreters { by_runtime, strict: false }).await;
    findings.extend(functions.into_iter().map(of_functions));
    findings
}

/// Whether AWS integrations could call anybody; without any that are configured nobody may want to.
fn credentials(config: &AwsConfig) -> Finding {
    let name = "credentials";
    match aws::look_up(&config.credentials) {
        Ok(own) => Finding::ok(name, format!("AWS integrations call as {}", aws::described(&own))),
        Err(_) if *config == AwsConfig::default() => {
            Finding::ok(name, "none; AWS integrations with other services than Lambda would need some")
        }
        Err(reason) => Finding::new(name, Verdict::Warn, reason)
            .remedy("until then AWS integrations with other services than Lambda answer 500"),
    }
}

/// What functions need is missing only for those who have such functions.
fn of_functions(found: stagedoor_lambda::Finding) -> Finding {
    let verdict = match found.verdict {
        stagedoor_lambda::Verdict::Ok => Verdict::Ok,
        stagedoor_lambda::Verdict::Partial | stagedoor_lambda::Verdict::Missing => Verdict::Warn,
    };
    Finding { subject: found.subject, verdict, detail: found.detail, remedy: found.remedy }
}
