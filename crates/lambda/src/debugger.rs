//! Makes a function's process listen for a debugger.
//!
//! In: a plan to start it, and a port. Out: the plan with what its runtime needs to listen there. It must not know who
//! attaches.

use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::function::Function;
use crate::sandbox::Plan;
use crate::{InvokeError, Runtime};

const ASK_LIMIT: Duration = Duration::from_secs(20);
/// What a runtime of its own finds its port in.
const PORT_VARIABLE: &str = "STAGEDOOR_DEBUG_PORT";

/// Prepares the process to listen on `port` of this machine, and says so in the function's log.
pub(crate) async fn open(function: &Function, plan: &mut Plan, port: u16) -> Result<(), InvokeError> {
    let address = format!("127.0.0.1:{port}");
    let how = match function.spec.runtime {
        Runtime::Node { .. } => {
            plan.arguments.insert(0, format!("--inspect={address}").into());
            format!("Node's inspector listens on {address}")
        }
        Runtime::Python { .. } => {
            debugpy_is_there(plan).await?;
            let options = ["-X", "frozen_modules=off", "-m", "debugpy", "--listen", address.as_str()];
            let script = plan.arguments.len().saturating_sub(1);
            plan.arguments.splice(script..script, options.map(Into::into));
            format!("debugpy listens on {address}")
        }
        Runtime::Provided => {
            plan.environment.push((PORT_VARIABLE.into(), port.to_string().into()));
            format!("{PORT_VARIABLE} is {port}; the bootstrap may listen there")
        }
    };
    let text = format!("DEBUG {how}. One process serves all calls, and its timeout does not run.");
    function.speaker.platform(None, text);
    Ok(())
}

/// Asks the interpreter that will run the function, in the function's own surroundings.
async fn debugpy_is_there(plan: &Plan) -> Result<(), InvokeError> {
    let asked = Command::new(&plan.program)
        .args(["-c", "import debugpy"])
        .env_clear()
        .envs(plan.environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .status();
    match tokio::time::timeout(ASK_LIMIT, asked).await {
        Ok(Ok(status)) if status.success() => Ok(()),
        _ => {
            let program = plan.program.display();
            Err(InvokeError::InvalidRuntime(format!(
                "the function has a debug port, but {program} cannot import debugpy; install it: {program} -m pip install debugpy"
            )))
        }
    }
}
