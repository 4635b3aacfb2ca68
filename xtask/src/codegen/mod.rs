//! `cargo xtask codegen [--check]`: the pinned service models of botocore into `crates/wire/src/generated`.
//!
//! In: the models. Out: Rust files, committed; with `--check` nothing is written and any difference fails.

mod constraints;
mod emit;
mod model;
mod names;
mod operations;
mod services;
mod source;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use model::{Model, Service};
use source::Botocore;

const OUTPUT: &str = "crates/wire/src/generated";

const SERVICES: [Service; 6] = [
    Service { name: "apigateway", api_version: "2015-07-09", variant: "ApiGateway", only: None },
    Service { name: "apigatewayv2", api_version: "2018-11-29", variant: "ApiGatewayV2", only: None },
    Service {
        name: "apigatewaymanagementapi",
        api_version: "2018-11-29",
        variant: "ApiGatewayManagement",
        only: None,
    },
    Service {
        name: "lambda",
        api_version: "2015-03-31",
        variant: "Lambda",
        only: Some(&services::LAMBDA_OPERATIONS),
    },
    Service { name: "iam", api_version: "2010-05-08", variant: "Iam", only: Some(&services::IAM_OPERATIONS) },
    Service { name: "sts", api_version: "2011-06-15", variant: "Sts", only: Some(&services::STS_OPERATIONS) },
];

pub(crate) fn run(check: bool) -> Result<()> {
    let botocore = Botocore::locate()?;
    let mut files = vec![(PathBuf::from("mod.rs"), index())];
    for service in &SERVICES {
        let model = Model::read(&botocore.model(service.name, service.api_version)?, service)?;
        let folder = Path::new(service.name);
        files.push((folder.join("mod.rs"), operations::module(service, &model)));
        files.push((folder.join("constraints.rs"), constraints::module(&model)));
        files.push((folder.join("requests.rs"), emit::requests(service, &model)));
        files.push((folder.join("shapes.rs"), emit::shapes(&model)));
    }
    for (path, text) in files {
        let text = formatted(&text).with_context(|| path.display().to_string())?;
        settle(&Path::new(OUTPUT).join(path), &text, check)?;
    }
    Ok(())
}

fn index() -> String {
    let mut text = "//! Service modules made by `cargo xtask codegen`; do not edit.\n\n".to_owned();
    for service in &SERVICES {
        text.push_str(&format!("pub mod {};\n", service.name));
    }
    text
}

fn settle(path: &Path, text: &str, check: bool) -> Result<()> {
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    if committed == text {
        return Ok(());
    }
    if check {
        bail!("{} differs from what the generator makes; run cargo xtask codegen", path.display());
    }
    std::fs::create_dir_all(path.parent().context("no folder")?)?;
    std::fs::write(path, text).with_context(|| path.display().to_string())
}

fn formatted(text: &str) -> Result<String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path", "rustfmt.toml"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("rustfmt")?;
    let mut input = rustfmt.stdin.take().context("stdin")?;
    let text = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = rustfmt.wait_with_output()?;
    ensure!(matches!(writer.join(), Ok(Ok(()))), "rustfmt did not read its input");
    ensure!(output.status.success(), "rustfmt: {}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}
