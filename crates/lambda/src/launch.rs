//! Starts a process of a function: its code, its command line, its environment, its own Runtime API.
//!
//! In: a function and a place in the process budget. Out: a worker that serves jobs, or why there is none. It must not know
//! jobs.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::net::unix::pipe;

use crate::environment::environment;
use crate::failure::Failure;
use crate::function::Function;
use crate::interpreter::Interpreter;
use crate::layers::{self, InvalidLayer};
use crate::log::LogStream;
use crate::process::{NotRunning, Process, RUNTIME_API};
use crate::sandbox::{Plan, Surroundings, prefix_parts, shebang};
use crate::view::{Places, View};
use crate::worker::{Place, Worker};
use crate::{
    Code, GuardProgram, InvokeError, Runtime, Sandbox, Unavailable, ZipArchive, code, debugger, entrypoint,
    probe, runtime_api,
};

const PYTHON_BOOTSTRAP: &str = include_str!("bootstrap/bootstrap.py");
const NODE_BOOTSTRAP: &str = include_str!("bootstrap/bootstrap.cjs");

const TURN_LIMIT: Duration = Duration::from_secs(1);
/// Lambda's own size of `/tmp`; the control plane refuses others.
const STORAGE_MB: u32 = 512;

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
pub(crate) async fn launch(
    function: &Arc<Function>,
    place: impl FnOnce() -> Place,
) -> Result<(), StartError> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let guard = guard_program(&function.host.config.guard)?;
    let (mut plan, remark) = plan(function, &guard).await?;
    plan.environment.push((RUNTIME_API.into(), listener.local_addr()?.to_string().into()));
    let started = Instant::now();
    let (mut process, mut pipe) = Process::start(&guard, &function.spec.arn.name, &plan)?;
    if let Err(reason) = process.started().await {
        return Err(not_running(reason, plan.sandbox, &mut pipe).await);
    }
    function.speaker.platform(None, format!("INIT_START Runtime Version: {}{remark}", function.spec.runtime));
    let logs = LogStream::new(function.speaker.clone(), pipe);
    let id = function.host.next_worker();
    let worker = Worker::new(id, function.clone(), logs, process.memory(), started, place());
    function.host.register(&worker);
    function.host.runtime.spawn(end_turn(worker.clone()));
    function.host.runtime.spawn(supervise(worker, listener, process));
    Ok(())
}

async fn not_running(reason: NotRunning, level: Sandbox, log: &mut pipe::Receiver) -> StartError {
    match reason {
        NotRunning::Exit(exit) => StartError::Failure(Failure::Exited(exit)),
        NotRunning::NotConfined => {
            let reason = probe::last_line(log).await;
            StartError::Refused(InvokeError::Service(Unavailable { level, reason }.to_string()))
        }
    }
}

/// Everything about the process that is to be started, and what its log says about its interpreter.
async fn plan(function: &Arc<Function>, guard: &Path) -> Result<(Plan, String), StartError> {
    let (spec, host) = (&function.spec, &function.host);
    let level = host.config.sandboxes.of(&spec.arn.name);
    let offer = host.offers.of(level, guard).await.map_err(|reason| {
        StartError::Refused(InvokeError::Service(Unavailable { level, reason }.to_string()))
    })?;
    let places = Places {
        code: code_directory(function, &spec.code).await?,
        runtime: std::path::absolute(host.runtime_dir())?,
        layers: merged_layers(function).await?,
    };
    let mut plan = Plan {
        sandbox: level,
        memory_mb: spec.memory_mb,
        storage_mb: STORAGE_MB,
        mounts: offer.mounts,
        bubblewrap: offer.bubblewrap,
        ports: function.debug_port.into_iter().collect(),
        ..Plan::default()
    };
    let view = View::open(&places, &mut plan)?;
    let (program, arguments, remark) = command_line(function, &places, &view).await?;
    if level != Sandbox::None {
        plan.read.extend(Surroundings::of_this_machine().read);
        plan.read.extend(interpreter_parts(&places, &program));
    }
    if !plan.owns_tmp() {
        plan.temporary = Some(std::path::absolute(host.temporary_dir())?.join(host.stream_suffix()));
    }
    plan.environment = environment(function, &view, &program, plan.temporary.as_deref());
    let mut plan = Plan { program, arguments, directory: view.task_root, ..plan };
    if let Some(port) = function.debug_port {
        debugger::open(function, &mut plan, port).await.map_err(StartError::Refused)?;
    }
    Ok((plan, remark))
}

/// What an interpreter needs beside itself; a script that is a bootstrap names its own.
fn interpreter_parts(places: &Places, program: &Path) -> Vec<PathBuf> {
    let homes = [Some(&places.code), places.layers.as_ref()].into_iter().flatten();
    let scripts = homes.filter_map(|home| shebang(&home.join("bootstrap")));
    std::iter::once(program.to_owned()).chain(scripts).flat_map(|program| prefix_parts(&program)).collect()
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

/// The program that guards, or a link to it.
pub(crate) fn guard_program(guard: &GuardProgram) -> std::io::Result<PathBuf> {
    match guard {
        GuardProgram::Program(path) => Ok(path.clone()),
        // The link stays good when the file behind it is replaced by an upgrade.
        GuardProgram::ThisExecutable if cfg!(target_os = "linux") => Ok("/proc/self/exe".into()),
        GuardProgram::ThisExecutable => std::env::current_exe(),
    }
}

async fn code_directory(function: &Arc<Function>, code: &Code) -> Result<PathBuf, StartError> {
    match code {
        Code::Directory(path) => std::fs::canonicalize(path).map_err(|error| {
            let message = format!("chdir {}: {error}", path.display());
            StartError::Failure(Failure::InvalidWorkingDir(message))
        }),
        Code::Zip(archive) => unpacked(function, archive.clone()).await,
    }
}

/// One directory for all layers of a function.
async fn merged_layers(function: &Arc<Function>) -> Result<Option<PathBuf>, StartError> {
    let mut directories = Vec::with_capacity(function.spec.layers.len());
    for layer in &function.spec.layers {
        directories.push(match layer {
            Code::Directory(path) => path.clone(),
            Code::Zip(archive) => unpacked(function, archive.clone()).await?,
        });
    }
    if directories.is_empty() {
        return Ok(None);
    }
    let _alone = function.host.unpacking.lock().await;
    let root = std::path::absolute(function.host.layers_dir())?;
    match tokio::task::spawn_blocking(move || layers::merged(&root, &directories)).await {
        Ok(Ok(directory)) => Ok(directory),
        Ok(Err(InvalidLayer::Io(error))) => Err(error.into()),
        Ok(Err(error)) => Err(StartError::Refused(InvokeError::InvalidZipFile(error.to_string()))),
        Err(error) => Err(std::io::Error::other(error).into()),
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

/// The program is named as the process sees it.
async fn command_line(function: &Function, places: &Places, view: &View) -> Result<CommandLine, StartError> {
    let runtime = function.spec.runtime;
    if runtime == Runtime::Provided {
        let program = entrypoint::find(places, view)?.map_err(StartError::Failure)?;
        return Ok((program, Vec::new(), String::new()));
    }
    let host = &function.host;
    let found = host.known_interpreters.find(&host.config.interpreters, runtime).await;
    let interpreter = found.map_err(StartError::Refused)?;
    let remark = remark(&interpreter, runtime);
    let home = &view.runtime_dir;
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
