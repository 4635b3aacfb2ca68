//! Applying a configuration to a store that nobody serves, to hear what the control plane would refuse.
//!
//! In: a configuration. Out: what it would become, or why not. It must not touch the configuration's own data directory.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use stagedoor_base::{Limits, Scope};
use stagedoor_control::{
    Control, DeclareError, FlushCache, InvokeRefusal, Ports, Preview, TestRefusal, UsagePorts,
};
use stagedoor_store::Store;

use crate::clock::Clock;
use crate::config::Config;
use crate::declare::{Served, declare, read_documents};
use crate::findings;
use crate::run::control_settings;

/// Declares everything that `file` says, as `dev` and `serve` do when they start.
pub(crate) fn rehearse(config: &Config, file: &Path) -> Result<Served> {
    let stage = Scratch::new()?;
    let store = Arc::new(Store::open(&stage.folder)?);
    let control = Control::new(
        Arc::clone(&store),
        control_settings(&Arc::new(Limits::default()), false, &Clock::start()),
        ports(),
    );
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let documents = read_documents(config)?;
    let declared = runtime.block_on(declare(&control, &store, config, file, &documents));
    declared.map_err(|error| error.downcast().map_or_else(|other| other, readable))
}

/// What a document would become as an API called `id`, deployed or not. Refusals show the lines that they are about.
pub(crate) fn preview(scope: Scope, id: &str, file: &str, document: &[u8], deploys: bool) -> Result<Preview> {
    let stage = Scratch::new()?;
    let store = Arc::new(Store::open(&stage.folder)?);
    let control =
        Control::new(store, control_settings(&Arc::new(Limits::default()), false, &Clock::start()), ports());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let made =
        runtime.block_on(control.preview(scope, id.into(), file.to_owned(), document.to_vec(), deploys));
    made.map_err(readable)
}

/// Findings with the lines that they are about, for a person at a terminal.
fn readable(error: DeclareError) -> anyhow::Error {
    match error {
        DeclareError::Document(found) => anyhow!(findings::report(&found)),
        other => other.into(),
    }
}

fn ports() -> Ports {
    Ports {
        publish: Arc::new(|_| Box::pin(std::future::ready(()))),
        invoke: Arc::new(|_| Box::pin(std::future::ready(Err(InvokeRefusal::NotFound)))),
        invoke_stream: Arc::new(|_| Box::pin(std::future::ready(Err(InvokeRefusal::NotFound)))),
        enqueue: Arc::new(|_| Box::pin(std::future::ready(Err(InvokeRefusal::NotFound)))),
        test_invoke: Arc::new(|_| Box::pin(std::future::ready(Err(TestRefusal::NoMethod)))),
        test_authorizer: Arc::new(|_| Box::pin(std::future::ready(Err(TestRefusal::NoMethod)))),
        flush_authorizers: Arc::new(|_, _| ()),
        flush_cache: FlushCache(Arc::new(|_, _, _| ())),
        usage: UsagePorts {
            read: Arc::new(|_| Box::pin(std::future::ready(Ok(Vec::new())))),
            grant: Arc::new(|_| Box::pin(std::future::ready(Ok(())))),
            forget: Arc::new(|_, _, _| Box::pin(std::future::ready(Ok(())))),
        },
        check_code: |_| Ok(0),
        audit: Arc::new(|_| ()),
    }
}

/// A folder that goes with its owner.
struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    fn new() -> Result<Self> {
        let [seed, ..] = crate::random::seed();
        let name = format!("stagedoor-{}-{seed:016x}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir(&folder).with_context(|| folder.display().to_string())?;
        Ok(Self { folder })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays behind in the system's temporary folder does no harm.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[cfg(test)]
mod tests {
    use super::rehearse;
    use crate::config::Config;

    const API: &str = "openapi: 3.0.1\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {}\n      \
                       x-amazon-apigateway-integration: {type: TYPE}\n";

    /// Rehearses one API whose integration has this type.
    fn outcome(integration: &str) -> Result<usize, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("api.yaml"), API.replace("TYPE", integration)).unwrap();
        let file = folder.path().join("stagedoor.yaml");
        std::fs::write(&file, "apis: {a: {openapi: api.yaml}}\n").unwrap();
        let (file, config) = Config::load(&file).unwrap();
        let served = rehearse(&config, &file).map_err(|error| format!("{error:#}"))?;
        assert!(!folder.path().join(".stagedoor").exists());
        Ok(served.apis.len())
    }

    #[test]
    fn what_a_start_would_refuse_is_refused() {
        assert_eq!(outcome("mock"), Ok(1));
        let refusal = outcome("mok").unwrap_err();
        assert!(refusal.contains("api.yaml:7:"), "{refusal}");
        assert!(refusal.contains("Invalid integration type"), "{refusal}");
    }
}
