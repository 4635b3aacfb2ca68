//! Starts a process of a function: its code, its command line, its environment, its own Runtime API.
//!
//! In: a function and a place in the process budget. Out: a worker that serves jobs, or why there is none. It must not know
//! jobs.

use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use stagedoor_base::Timestamp;
use tokio::net::TcpListener;

use crate::failure::Failure;
use crate::function::Function;
use crate::interpreter::Interpreter;
use crate::log::LogStream;
use crate::process::{Command, Process};
use crate::worker::{Place, Worker};
use crate::{Code, GuardProgram, InvokeError, Runtime, ZipArchive, code, runtime_api};

const PYTHON_BOOTSTRAP: &str = include_str!("bootstrap/bootstrap.py");
const NODE_BOOTSTRAP: &str = include_str!("bootstrap/bootstrap.cjs");

const TURN_LIMIT: Duration = Duration::from_secs(1);

/// Why there is no process.
#[derive(Debug)]
pub(crate) enum StartError {
    /// The function's fault: told as an outcome of the call.
    Failure(Failure),
    /// The call cannot be made at all.
    Refused(InvokeError),
}

impl From<std::io::Error> for StartError {
    fn from(error: std::io::Error) -> Self {
        Self::Refused(InvokeError::Service(format!("could not start the function: {error}")))
    }
}

/// Puts the bootstraps where the interpreters find them.
pub(crate) fn install_bootstraps(directory: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(directory)?;
    std::fs::write(directory.join("bootstrap.py"), PYTHON_BOOTSTRAP)?;
    std::fs::write(directory.join("bootstrap.cjs"), NODE_BOOTSTRAP)
}

/// Starts a process and serves it in the background.
pub(crate) async fn launch(function: &Arc<Function>, place: Place) -> Result<(), StartError> {
    let directory = code_directory(function).await?;
    let (program, arguments, remark) = command_line(function, &directory).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut environment = environment(function, &directory, &program);
    environment.push(("AWS_LAMBDA_RUNTIME_API".into(), listener.local_addr()?.to_string().into()));
    let started = Instant::now();
    let guard = guard_program(&function.host.config.guard)?;
    let command = Command { program, arguments, environment, directory };
    let (mut process, pipe) = Process::start(&guard, &command)?;
    let pid = process.started().await.map_err(|exit| StartError::Failure(Failure::Exited(exit)))?;
    function.speaker.platform(None, format!("INIT_START Runtime Version: {}{remark}", function.spec.runtime));
    let logs = LogStream::new(function.speaker.clone(), pipe);
    let worker = Worker::new(function.host.next_worker(), function.clone(), logs, pid, started, place);
    function.host.register(&worker);
    function.host.runtime.spawn(end_turn(worker.clone()));
    function.host.runtime.spawn(supervise(worker, listener, process));
    Ok(())
}

/// A function that takes long to start keeps others from starting for this long only.
async fn end_turn(worker: Arc<Worker>) {
    tokio::time::sleep(TURN_LIMIT).await;
    worker.end_turn();
}

async fn supervise(worker: Arc<Worker>, listener: TcpListener, process: Process) {
    let api = runtime_api::serve(listener, worker.clone());
    let pump = worker.logs.pump();
    // The API and the pump end with the process, whatever they are doing.
    tokio::select! {
        () = async { tokio::join!(api, pump); } => {}
        () = worker.clone().keep(process) => {}
    }
    worker.logs.catch_up();
    worker.function.host.unregister(worker.id);
}

fn guard_program(guard: &GuardProgram) -> std::io::Result<PathBuf> {
    match guard {
        GuardProgram::Program(path) => Ok(path.clone()),
        // The link stays good when the file behind it is replaced by an upgrade.
        GuardProgram::ThisExecutable if cfg!(target_os = "linux") => Ok("/proc/self/exe".into()),
        GuardProgram::ThisExecutable => std::env::current_exe(),
    }
}

async fn code_directory(function: &Arc<Function>) -> Result<PathBuf, StartError> {
    match &function.spec.code {
        Code::Directory(path) => std::fs::canonicalize(path).map_err(|error| {
            let message = format!("chdir {}: {error}", path.display());
            StartError::Failure(Failure::InvalidWorkingDir(message))
        }),
        Code::Zip(archive) => unpacked(function, archive.clone()).await,
    }
}

async fn unpacked(function: &Arc<Function>, archive: ZipArchive) -> Result<PathBuf, StartError> {
    let _alone = function.host.unpacking.lock().await;
    let root = std::path::absolute(function.host.code_dir())?;
    let unpack = move || code::unpacked(&root, &archive.sha256, || (archive.load)());
    match tokio::task::spawn_blocking(unpack).await {
        Ok(Ok(directory)) => Ok(directory),
        Ok(Err(code::InvalidZip::Io(error))) => Err(error.into()),
        Ok(Err(error)) => Err(StartError::Refused(InvokeError::InvalidZipFile(error.to_string()))),
        Err(error) => Err(std::io::Error::other(error).into()),
    }
}

type CommandLine = (PathBuf, Vec<OsString>, String);

async fn command_line(function: &Function, directory: &Path) -> Result<CommandLine, StartError> {
    let runtime = function.spec.runtime;
    if runtime == Runtime::Provided {
        return Ok((bootstrap(directory)?, Vec::new(), String::new()));
    }
    let host = &function.host;
    let found = host.known_interpreters.find(&host.config.interpreters, runtime).await;
    let interpreter = found.map_err(StartError::Refused)?;
    let remark = remark(&interpreter, runtime);
    let home = std::path::absolute(host.runtime_dir())?;
    let arguments = match runtime {
        // No byte code in the author's own directory: someone may watch that one for changes.
        Runtime::Python { .. } => match function.spec.code {
            Code::Directory(_) => vec!["-B".into(), home.join("bootstrap.py").into()],
            Code::Zip(_) => vec![home.join("bootstrap.py").into()],
        },
        _ => vec![home.join("bootstrap.cjs").into()],
    };
    Ok((interpreter.executable, arguments, remark))
}

fn remark(interpreter: &Interpreter, runtime: Runtime) -> String {
    let note = if interpreter.fits(runtime) { "" } else { ", not the version that the runtime names" };
    format!(" ({} {}{note})", interpreter.executable.display(), interpreter.version)
}

/// The executable of a `provided` runtime; its absence is told in AWS's words.
fn bootstrap(directory: &Path) -> Result<PathBuf, StartError> {
    let path = directory.join("bootstrap");
    let message = match std::fs::metadata(&path) {
        Ok(file) if file.is_file() && file.permissions().mode() & 0o111 != 0 => return Ok(path),
        Ok(_) => format!("fork/exec {}: permission denied", path.display()),
        Err(_) => format!("Couldn't find valid bootstrap(s): [{}]", path.display()),
    };
    Err(StartError::Failure(Failure::InvalidEntrypoint(message)))
}

/// Everything that a function sees of its surroundings; nothing of the host's own environment.
fn environment(function: &Function, directory: &Path, program: &Path) -> Vec<(OsString, OsString)> {
    let mut all: Vec<(OsString, OsString)> = Vec::with_capacity(40);
    let mut set = |name: &str, value: OsString| all.push((name.into(), value));
    let spec = &function.spec;
    set("LANG", "en_US.UTF-8".into());
    set("TZ", ":UTC".into());
    set("PATH", search_path(program));
    set("LD_LIBRARY_PATH", library_path(directory));
    match spec.runtime {
        Runtime::Node { .. } => set("NODE_PATH", directory.into()),
        Runtime::Python { .. } | Runtime::Provided => {}
    }
    // The author may change what stands above, but not what stands below.
    spec.environment.iter().for_each(|(name, value)| set(name, value.into()));
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
    set("LAMBDA_TASK_ROOT", directory.into());
    set("LAMBDA_RUNTIME_DIR", function.host.runtime_dir().into());
    all
}

fn search_path(program: &Path) -> OsString {
    let mut path = program.parent().map(OsString::from).unwrap_or_default();
    path.push(":/usr/local/bin:/usr/bin:/bin:/opt/bin");
    path
}

fn library_path(directory: &Path) -> OsString {
    let mut path = OsString::from(directory);
    path.push(":");
    path.push(directory.join("lib"));
    path
}

/// `YYYY/MM/DD/[VERSION]` and 32 hexadecimal digits.
fn log_stream(function: &Function) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let stamp = Timestamp(u64::try_from(now.as_millis()).unwrap_or_default()).lambda();
    let date: String = stamp.chars().take(10).map(|c| if c == '-' { '/' } else { c }).collect();
    format!("{date}/[{}]{}", function.spec.version(), function.host.stream_suffix())
}
