//! The environment variables of a function's process.
//!
//! In: a function and its places as it sees them. Out: name and value pairs; of two with one name the last counts. It must not
//! know sandboxes.

use std::ffi::OsString;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use stagedoor_base::Timestamp;

use crate::function::Function;
use crate::view::View;
use crate::{FunctionSpec, Runtime};

/// Everything that a function sees of its surroundings; nothing of the host's own environment.
pub(crate) fn environment(
    function: &Function,
    view: &View,
    program: &Path,
    temporary: Option<&Path>,
) -> Vec<(OsString, OsString)> {
    let mut all: Vec<(OsString, OsString)> = Vec::with_capacity(40);
    let mut set = |name: &str, value: OsString| all.push((name.into(), value));
    let spec = &function.spec;
    set("LANG", "en_US.UTF-8".into());
    set("TZ", ":UTC".into());
    set("PATH", search_path(view, program));
    set("LD_LIBRARY_PATH", paths([&view.task_root, &view.task_root.join("lib"), &view.layers.join("lib")]));
    if let Runtime::Node { major } = spec.runtime {
        set("NODE_PATH", node_path(view, major));
    }
    if let Some(directory) = temporary {
        set("TMPDIR", directory.into());
    }
    // The author may change what stands above, but not what stands below.
    spec.environment.iter().for_each(|(name, value)| set(name, value.into()));
    if let Runtime::Python { minor } = spec.runtime {
        set("PYTHONPATH", python_path(spec, view, minor));
    }
    set("AWS_LAMBDA_FUNCTION_NAME", spec.arn.name.clone().into());
    set("AWS_LAMBDA_FUNCTION_VERSION", spec.version().into());
    set("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", spec.memory_mb.to_string().into());
    set("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{}", spec.arn.name).into());
    set("AWS_LAMBDA_LOG_STREAM_NAME", log_stream(function).into());
    set("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".into());
    set("AWS_REGION", spec.arn.scope.region.as_str().into());
    set("AWS_DEFAULT_REGION", spec.arn.scope.region.as_str().into());
    set("AWS_ACCESS_KEY_ID", spec.credentials.access_key_id.clone().into());
    set("AWS_SECRET_ACCESS_KEY", spec.credentials.secret_access_key.clone().into());
    if let Some(token) = &spec.credentials.session_token {
        set("AWS_SESSION_TOKEN", token.into());
    }
    if spec.runtime != Runtime::Provided {
        set("AWS_EXECUTION_ENV", format!("AWS_Lambda_{}", spec.runtime).into());
    }
    set("_HANDLER", spec.handler.clone().into());
    set("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR".into());
    set("LAMBDA_TASK_ROOT", view.task_root.clone().into());
    set("LAMBDA_RUNTIME_DIR", view.runtime_dir.clone().into());
    all
}

fn search_path(view: &View, program: &Path) -> OsString {
    let own = program.parent().unwrap_or(Path::new(""));
    let mut path = paths([own, "/usr/local/bin".as_ref(), "/usr/bin".as_ref(), "/bin".as_ref()]);
    path.push(":");
    path.push(view.layers.join("bin"));
    path
}

fn node_path(view: &View, major: u8) -> OsString {
    let modules = view.layers.join("nodejs");
    let of_version = modules.join(format!("node{major}/node_modules"));
    paths([&of_version, &modules.join("node_modules"), &view.task_root])
}

/// Lambda's own bootstrap looks into layers whatever the author's variable says.
fn python_path(spec: &FunctionSpec, view: &View, minor: u8) -> OsString {
    let layers = view.layers.join("python");
    let packages = layers.join(format!("lib/python3.{minor}/site-packages"));
    let written = spec.environment.iter().rev().find(|(name, _)| name == "PYTHONPATH");
    match written {
        Some((_, own)) => paths([Path::new(own), &packages, &layers]),
        None => paths([&packages, &layers]),
    }
}

fn paths<const N: usize>(parts: [&Path; N]) -> OsString {
    let mut all = OsString::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            all.push(":");
        }
        all.push(part);
    }
    all
}

/// `YYYY/MM/DD/[VERSION]` and 32 hexadecimal digits.
fn log_stream(function: &Function) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let stamp = Timestamp(u64::try_from(now.as_millis()).unwrap_or_default()).lambda();
    let date: String = stamp.chars().take(10).map(|c| if c == '-' { '/' } else { c }).collect();
    format!("{date}/[{}]{}", function.spec.version(), function.host.stream_suffix())
}
