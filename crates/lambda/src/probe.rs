//! What this machine offers to confine functions, found out by doing it.
//!
//! In: the guard program. Out: what the levels can use here, and findings for a person. It must not know functions.
//!
//! A level works when a program that does nothing runs in it and ends well: no list of kernel features says as much.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::sync::OnceCell;

use crate::process::{Exit, NotRunning, Process};
use crate::sandbox::{Plan, Surroundings};
use crate::{Interpreters, Runtime, Sandbox, guard, interpreter};

const LIMIT: Duration = Duration::from_secs(10);

/// What a level can use on this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Offer {
    /// `/tmp` and `/opt` can be the function's own.
    pub(crate) mounts: bool,
    pub(crate) bubblewrap: Option<PathBuf>,
}

/// What was found out about each level; it does not change while a host runs.
#[derive(Debug, Default)]
pub(crate) struct Offers([OnceCell<Result<Offer, String>>; 3]);

impl Offers {
    /// What `level` can use, or why it cannot be had.
    pub(crate) async fn of(&self, level: Sandbox, guard: &Path) -> Result<Offer, String> {
        let known = &self.0[level as usize];
        known.get_or_init(|| offer(level, guard)).await.clone()
    }
}

/// A level that cannot be had here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the sandbox `{level}` does not work on this machine: {reason}; `stagedoor doctor` says what it offers"
)]
pub struct Unavailable {
    pub level: Sandbox,
    pub reason: String,
}

async fn offer(level: Sandbox, guard: &Path) -> Result<Offer, String> {
    let plain = Offer::default();
    match level {
        Sandbox::None => Ok(plain),
        _ if cfg!(not(target_os = "linux")) => Err("it needs Linux".to_owned()),
        Sandbox::Kernel => {
            let mounting = Offer { mounts: true, ..plain.clone() };
            match try_out(level, &mounting, guard).await {
                Ok(()) => Ok(mounting),
                Err(_) => try_out(level, &plain, guard).await.map(|()| plain),
            }
        }
        Sandbox::Bubblewrap => {
            let program = find_program("bwrap").ok_or("there is no program `bwrap`")?;
            let offer = Offer { bubblewrap: Some(program), ..plain };
            try_out(level, &offer, guard).await.map(|()| offer)
        }
    }
}

/// Runs a program that does nothing.
async fn try_out(level: Sandbox, offer: &Offer, guard: &Path) -> Result<(), String> {
    let program = executable(guard).map_err(|error| error.to_string())?;
    let mut read = Surroundings::of_this_machine().read;
    read.push(program.clone());
    let plan = Plan {
        program,
        arguments: vec![guard::PROBE.into()],
        directory: "/".into(),
        sandbox: level,
        read,
        storage_mb: 1,
        mounts: offer.mounts,
        bubblewrap: offer.bubblewrap.clone(),
        ..Plan::default()
    };
    let (mut process, mut log) = Process::start(guard, "probe", &plan).map_err(|error| error.to_string())?;
    let outcome = tokio::time::timeout(LIMIT, async {
        process.started().await?;
        Ok(process.ended().await)
    });
    match outcome.await {
        Ok(Ok(Exit::Status(0))) => Ok(()),
        Ok(Ok(_) | Err(NotRunning::Exit(_) | NotRunning::NotConfined)) => Err(last_line(&mut log).await),
        Err(_) => Err("trying it took too long".to_owned()),
    }
}

/// A link into `/proc` means something else inside of a sandbox.
fn executable(guard: &Path) -> std::io::Result<PathBuf> {
    if guard.starts_with("/proc") { std::env::current_exe() } else { std::fs::canonicalize(guard) }
}

/// What a guard said last before it ended.
pub(crate) async fn last_line(log: &mut tokio::net::unix::pipe::Receiver) -> String {
    let mut text = Vec::new();
    let _ = tokio::time::timeout(LIMIT, log.take(4096).read_to_end(&mut text)).await;
    let text = String::from_utf8_lossy(&text).into_owned();
    let last = text.lines().last().map(|line| line.trim_start_matches("stagedoor: ").to_owned());
    last.filter(|line| !line.is_empty())
        .unwrap_or_else(|| "a program that does nothing fails in it".to_owned())
}

fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let usual = ["/usr/bin", "/usr/local/bin", "/bin"].map(PathBuf::from);
    let mut places = std::env::split_paths(&path).filter(|place| place.is_absolute()).chain(usual);
    places.find_map(|place| std::fs::canonicalize(place.join(name)).ok().filter(|found| found.is_file()))
}

/// How good a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Ok,
    /// It works, with less than there could be.
    Partial,
    Missing,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub subject: String,
    pub verdict: Verdict,
    /// What was found.
    pub detail: String,
    /// How to get what is missing.
    pub remedy: Option<String>,
}

impl Finding {
    fn new(subject: impl Into<String>, verdict: Verdict, detail: impl Into<String>) -> Self {
        Self { subject: subject.into(), verdict, detail: detail.into(), remedy: None }
    }

    fn remedy(self, remedy: &str) -> Self {
        Self { remedy: Some(remedy.to_owned()), ..self }
    }
}

/// Looks at everything that running functions depends on: sandboxes, limits and interpreters. The program's `main` must
/// have called [`guard::run_if_guard`]; takes well under a second.
pub async fn probe(interpreters: &Interpreters) -> Vec<Finding> {
    let guard = crate::launch::guard_program(&crate::GuardProgram::ThisExecutable).unwrap_or_default();
    let mut findings = vec![kernel(&guard).await, landlock(), bubblewrap(&guard).await, memory()];
    let known = interpreter::Known::default();
    let usual = [Runtime::Python { minor: 0 }, Runtime::Node { major: 0 }];
    for runtime in usual {
        let name = if runtime == usual[0] { "python3" } else { "node" };
        let found = known.find(&Interpreters { strict: false, ..interpreters.clone() }, runtime).await;
        findings.push(match found {
            Ok(found) => {
                Finding::new(name, Verdict::Ok, format!("{} {}", found.executable.display(), found.version))
            }
            Err(_) => Finding::new(name, Verdict::Missing, "not in PATH")
                .remedy("install it, or name a program under `interpreters:` in stagedoor.yaml"),
        });
    }
    for (runtime, program) in &interpreters.by_runtime {
        findings.push(mapped(runtime, program).await);
    }
    findings
}

/// Fails for the first level that this machine cannot give.
///
/// # Errors
/// [`Unavailable`], with the reason.
pub async fn require(levels: &[Sandbox]) -> Result<(), Unavailable> {
    let guard = crate::launch::guard_program(&crate::GuardProgram::ThisExecutable).unwrap_or_default();
    for level in levels.iter().copied() {
        offer(level, &guard).await.map_err(|reason| Unavailable { level, reason })?;
    }
    Ok(())
}

async fn mapped(runtime: &str, program: &Path) -> Finding {
    let kind =
        if runtime.starts_with("python") { Runtime::Python { minor: 0 } } else { Runtime::Node { major: 0 } };
    match interpreter::ask(program, kind).await {
        Some(found) => {
            Finding::new(runtime, Verdict::Ok, format!("{} {}", found.executable.display(), found.version))
        }
        None => Finding::new(runtime, Verdict::Missing, format!("{} does not answer", program.display()))
            .remedy("name a program that runs this runtime's code under `interpreters:` in stagedoor.yaml"),
    }
}

async fn kernel(guard: &Path) -> Finding {
    let subject = "kernel sandbox";
    match offer(Sandbox::Kernel, guard).await {
        Ok(Offer { mounts: true, .. }) => {
            Finding::new(subject, Verdict::Ok, "works; functions have a /tmp and /opt of their own")
        }
        Ok(_) => Finding::new(subject, Verdict::Partial, "works; /tmp of functions is a directory in TMPDIR")
            .remedy("allow mount namespaces: run as root, or let this user make user namespaces"),
        Err(reason) => Finding::new(subject, Verdict::Missing, reason)
            .remedy("it needs Linux 6.2 or newer with landlock among the kernel's `lsm=` and seccomp"),
    }
}

#[cfg(target_os = "linux")]
fn landlock() -> Finding {
    let subject = "landlock";
    match crate::sandbox::landlock_version() {
        0 => Finding::new(subject, Verdict::Missing, "not in this kernel")
            .remedy("boot with `lsm=landlock,…`, or a kernel that has it (Linux 5.13)"),
        version @ 1..3 => Finding::new(
            subject,
            Verdict::Missing,
            format!("version {version} does not stop truncating files"),
        )
        .remedy("use Linux 6.2 or newer"),
        version @ 3..6 => {
            let ports = if version < 4 { "listening on ports and " } else { "" };
            let detail = format!("version {version} does not bound {ports}signals to the gateway");
            Finding::new(subject, Verdict::Partial, detail).remedy("use Linux 6.12 or newer")
        }
        version => Finding::new(subject, Verdict::Ok, format!("version {version}")),
    }
}

#[cfg(not(target_os = "linux"))]
fn landlock() -> Finding {
    Finding::new("landlock", Verdict::Missing, "it needs Linux")
}

async fn bubblewrap(guard: &Path) -> Finding {
    let subject = "bubblewrap";
    match offer(Sandbox::Bubblewrap, guard).await {
        Ok(offer) => {
            let program = offer.bubblewrap.unwrap_or_default();
            Finding::new(subject, Verdict::Ok, format!("works with {}", program.display()))
        }
        Err(reason) => Finding::new(subject, Verdict::Missing, reason)
            .remedy("install `bubblewrap`, and let this user make user namespaces"),
    }
}

fn memory() -> Finding {
    let subject = "memory limit";
    if cfg!(target_os = "linux") && Path::new("/proc/self/stat").exists() {
        return Finding::new(subject, Verdict::Ok, "enforced by looking at each function's processes");
    }
    Finding::new(subject, Verdict::Missing, "there is no /proc here: MemorySize is told and not enforced")
}

#[cfg(test)]
mod tests {
    use super::{Offers, Sandbox, find_program};

    #[tokio::test]
    async fn a_guard_that_is_none_offers_nothing_but_no_sandbox() {
        let offers = Offers::default();
        let guard = find_program("false").unwrap();
        assert!(offers.of(Sandbox::None, &guard).await.is_ok());
        for level in [Sandbox::Kernel, Sandbox::Bubblewrap] {
            let refused = offers.of(level, &guard).await.unwrap_err();
            assert!(!refused.is_empty());
        }
    }
}
