//! Where the service models come from: the pinned botocore of PyPI, in a virtual environment under the target folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

const VERSION: &str = include_str!("../../botocore-version.txt");
/// Prints one service model as JSON, after checking the version.
const SCRIPT: &str = "
import json, sys, botocore, botocore.loaders
if botocore.__version__ != sys.argv[1]: sys.exit(f'botocore {botocore.__version__}, {sys.argv[1]} wanted')
model = botocore.loaders.Loader().load_service_model(sys.argv[2], 'service-2', api_version=sys.argv[3])
json.dump(model, sys.stdout)
";

/// A Python that has the pinned botocore.
#[derive(Debug)]
pub(super) struct Botocore {
    python: PathBuf,
}

impl Botocore {
    /// `STAGEDOOR_BOTOCORE_PYTHON` when it is set, else a virtual environment that is made when missing.
    pub(super) fn locate() -> Result<Self> {
        if let Some(python) = std::env::var_os("STAGEDOOR_BOTOCORE_PYTHON") {
            return Ok(Self { python: python.into() });
        }
        let venv = target_folder()?.join(format!("botocore-{}", VERSION.trim()));
        let python = venv.join("bin/python");
        if !python.exists() {
            install(&venv)?;
        }
        Ok(Self { python })
    }

    pub(super) fn model(&self, service: &str, api_version: &str) -> Result<Value> {
        let arguments = ["-c", SCRIPT, VERSION.trim(), service, api_version];
        let output =
            Command::new(&self.python).args(arguments).output().context("run the Python of botocore")?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).context("read the service model")
    }
}

fn target_folder() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let folder = program.ancestors().nth(2).context("xtask runs from the target folder")?;
    Ok(folder.to_path_buf())
}

fn install(venv: &Path) -> Result<()> {
    let python = venv.join("bin/python");
    run(Command::new("python3").args(["-m", "venv"]).arg(venv))?;
    let package = format!("botocore=={}", VERSION.trim());
    let installed = run(Command::new(python).args(["-m", "pip", "install", "--quiet", &package]));
    if installed.is_err() {
        std::fs::remove_dir_all(venv)?;
    }
    installed
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    if !status.success() {
        bail!("{command:?}: {status}");
    }
    Ok(())
}
