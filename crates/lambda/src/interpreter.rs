//! Finds the program that runs Python or Node code on this machine.
//!
//! In: a runtime, the configuration and PATH. Out: an executable and its version. It must not know functions.
//!
//! Version managers put scripts in PATH that look for the real program on each start; asking the program once where it is
//! saves that on every cold start.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::sync::Mutex;

use crate::{InvokeError, Runtime};

const ASK_LIMIT: Duration = Duration::from_secs(10);
const ASK_PYTHON: [&str; 2] =
    ["-c", "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])"];
const ASK_NODE: [&str; 2] = ["-p", "process.execPath + '\\n' + process.versions.node"];

/// Which programs run Python and Node code.
#[derive(Debug, Clone, Default)]
pub struct Interpreters {
    /// By runtime identifier (`python3.12`). What is not named here runs on `python3.12`, else `python3`, or `node` from
    /// PATH.
    pub by_runtime: HashMap<String, PathBuf>,
    /// Refuse an interpreter of another version than the runtime names, instead of remarking on it in the log.
    pub strict: bool,
}

/// An interpreter that answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interpreter {
    pub executable: PathBuf,
    pub version: String,
}

/// Answers are kept: interpreters do not move while the host runs.
#[derive(Debug, Default)]
pub(crate) struct Known(Mutex<HashMap<OsString, Option<Interpreter>>>);

impl Interpreters {
    /// The interpreter that functions of `runtime` would run on.
    ///
    /// # Errors
    /// When there is none; the text names what was tried.
    pub async fn locate(&self, runtime: Runtime) -> Result<Interpreter, InvokeError> {
        Known::default().find(self, runtime).await
    }
}

impl Interpreter {
    /// Whether it is of the version that `runtime` names.
    #[must_use]
    pub fn fits(&self, runtime: Runtime) -> bool {
        let mut parts = self.version.split('.');
        match runtime {
            Runtime::Python { minor } => {
                parts.next() == Some("3") && parts.next() == Some(minor.to_string().as_str())
            }
            Runtime::Node { major } => parts.next() == Some(major.to_string().as_str()),
            Runtime::Provided => true,
        }
    }
}

impl Known {
    /// The interpreter for `runtime`.
    pub(crate) async fn find(
        &self,
        interpreters: &Interpreters,
        runtime: Runtime,
    ) -> Result<Interpreter, InvokeError> {
        let candidates = candidates(interpreters, runtime);
        for candidate in &candidates {
            match self.ask(candidate, runtime).await {
                Some(found) if interpreters.strict && !found.fits(runtime) => {}
                Some(found) => return Ok(found),
                None => {}
            }
        }
        let tried: Vec<_> = candidates.iter().map(|name| name.to_string_lossy()).collect();
        let version = if interpreters.strict { " of that version" } else { "" };
        Err(InvokeError::InvalidRuntime(format!(
            "no interpreter{version} runs {runtime} here (tried {})",
            tried.join(", ")
        )))
    }

    async fn ask(&self, program: &OsString, runtime: Runtime) -> Option<Interpreter> {
        let mut known = self.0.lock().await;
        if let Some(answer) = known.get(program) {
            return answer.clone();
        }
        let answer = ask(Path::new(program), runtime).await;
        known.insert(program.clone(), answer.clone());
        answer
    }
}

fn candidates(interpreters: &Interpreters, runtime: Runtime) -> Vec<OsString> {
    if let Some(path) = interpreters.by_runtime.get(&runtime.to_string()) {
        return vec![path.into()];
    }
    match runtime {
        Runtime::Python { minor } => vec![format!("python3.{minor}").into(), "python3".into()],
        Runtime::Node { .. } => vec!["node".into()],
        Runtime::Provided => Vec::new(),
    }
}

/// Asks a program where it is and of which version.
pub(crate) async fn ask(program: &Path, runtime: Runtime) -> Option<Interpreter> {
    let arguments = if matches!(runtime, Runtime::Node { .. }) { ASK_NODE } else { ASK_PYTHON };
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(ASK_LIMIT, output).await.ok()?.ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut lines = text.lines();
    let (executable, version) = (PathBuf::from(lines.next()?), lines.next()?.to_owned());
    executable.is_absolute().then_some(Interpreter { executable, version })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::path::PathBuf;

    use super::{Interpreter, Interpreters, Known};
    use crate::Runtime;

    #[test]
    fn versions_are_compared_as_the_runtime_names_them() {
        let fits = |version: &str, runtime| {
            Interpreter { executable: PathBuf::new(), version: version.to_owned() }.fits(runtime)
        };
        assert!(fits("3.11.7", Runtime::Python { minor: 11 }));
        assert!(!fits("3.11.7", Runtime::Python { minor: 1 }));
        assert!(fits("20.20.2", Runtime::Node { major: 20 }));
        assert!(!fits("20.20.2", Runtime::Node { major: 22 }));
    }

    #[tokio::test]
    async fn a_mapped_interpreter_is_used_and_a_missing_one_refused() {
        let runtime = Runtime::Python { minor: 99 };
        let mapped = |path: &str, strict| Interpreters {
            by_runtime: HashMap::from([("python3.99".to_owned(), PathBuf::from(path))]),
            strict,
        };
        let known = Known::default();
        let found = known.find(&mapped("python3", false), runtime).await.unwrap();
        assert!(found.executable.is_absolute() && found.version.starts_with("3."), "{found:?}");
        for (path, strict) in [("/nonexistent/python", false), ("python3", true)] {
            let refused = known.find(&mapped(path, strict), runtime).await.unwrap_err();
            assert!(refused.to_string().contains("python3.99"), "{refused}");
        }
    }
}
