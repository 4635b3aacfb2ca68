//! Checks the invariants that a program can check. Each finding names the file and the rule.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Crates that do no I/O: they may not depend on any of [`IO_CRATES`].
const PURE: [&str; 8] = ["base", "vtl", "json", "auth", "wire", "model", "openapi", "program"];
const IO_CRATES: [&str; 7] = ["tokio", "hyper", "hyper-util", "rusqlite", "socket2", "notify", "mio"];
/// What each crate may use of the house; `server` may use all.
const WALLS: [(&str, &[&str]); 14] = [
    ("base", &[]),
    ("vtl", &[]),
    ("json", &[]),
    ("auth", &["base"]),
    ("wire", &[]),
    ("model", &["base"]),
    ("openapi", &["model", "json", "vtl", "base"]),
    ("program", &["model", "vtl", "json", "auth", "base"]),
    ("engine", &["program", "auth", "shared", "base", "vtl", "json"]),
    ("lambda", &["base"]),
    ("store", &["model", "base"]),
    ("shared", &["base"]),
    ("control", &["wire", "model", "openapi", "store", "auth", "base", "json"]),
    ("observe", &["program", "base"]),
];
const MAX_LINES: usize = 800;
const MAX_MAIN_LINES: usize = 60;

pub(crate) fn run() -> Result<()> {
    let mut findings = Vec::new();
    check_walls(&mut findings)?;
    crate::licences::check(&mut findings)?;
    let mut files = Vec::new();
    for top in ["crates", "fuzz", "xtask", "conformance", "bench"] {
        rust_files(Path::new(top), &mut files)?;
    }
    for file in &files {
        check_file(file, &mut findings)?;
    }
    if findings.is_empty() {
        return Ok(());
    }
    bail!("{}\n{} findings", findings.join("\n"), findings.len())
}

fn check_walls(findings: &mut Vec<String>) -> Result<()> {
    for (name, allowed) in WALLS {
        if !Path::new("crates").join(name).exists() {
            continue;
        }
        let output = Command::new("cargo")
            .args([
                "tree",
                "--offline",
                "-e",
                "normal",
                "--prefix",
                "none",
                "-p",
                &format!("stagedoor-{name}"),
            ])
            .output()
            .context("cargo tree")?;
        if !output.status.success() {
            bail!("cargo tree -p stagedoor-{name}: {}", String::from_utf8_lossy(&output.stderr));
        }
        let tree = String::from_utf8_lossy(&output.stdout);
        for package in tree.lines().filter_map(|line| line.split(' ').next()) {
            if PURE.contains(&name) && IO_CRATES.contains(&package) {
                findings.push(format!("crates/{name}: a pure crate depends on {package}"));
            }
        }
        check_direct(name, allowed, findings)?;
    }
    Ok(())
}

fn check_direct(name: &str, allowed: &[&str], findings: &mut Vec<String>) -> Result<()> {
    let manifest = fs::read_to_string(Path::new("crates").join(name).join("Cargo.toml"))?;
    let normal = manifest.split("[dev-dependencies]").next().unwrap_or_default();
    for line in normal.lines() {
        let Some(dependency) = line.strip_prefix("stagedoor-") else { continue };
        let dependency = dependency.split(['.', ' ', '=']).next().unwrap_or_default();
        if !allowed.contains(&dependency) {
            findings.push(format!("crates/{name}: may not depend on {dependency}"));
        }
    }
    Ok(())
}

fn check_file(file: &Path, findings: &mut Vec<String>) -> Result<()> {
    let text = fs::read_to_string(file)?;
    let shown = file.display();
    let lines = text.lines().count();
    let generated = file.components().any(|part| part.as_os_str() == "generated");
    let limit = if file.ends_with("server/src/main.rs") { MAX_MAIN_LINES } else { MAX_LINES };
    if lines > limit && !generated {
        findings.push(format!("{shown}: {lines} lines, {limit} at most"));
    }
    let is_test =
        file.components().any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "examples")))
            || file.ends_with("tests.rs");
    if !is_test && !text.starts_with("//!") {
        findings.push(format!(
            "{shown}: a module opens with `//!`: purpose, inputs, outputs, what it must not know"
        ));
    }
    let krate = file
        .components()
        .nth(1)
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .unwrap_or_default();
    if PURE.contains(&krate.as_str()) && !is_test {
        for clock in ["SystemTime::now", "Instant::now", "std::env::var", "std::fs::"] {
            if text.contains(clock) {
                findings.push(format!("{shown}: a pure crate uses {clock}"));
            }
        }
    }
    if text.contains("stagedoor_wire")
        && !matches!(krate.as_str(), "wire" | "control" | "conformance")
        && krate != "src"
    {
        findings.push(format!("{shown}: wire types appear only in wire, control and conformance"));
    }
    for marker in ["#[ignore", "todo!(", "unimplemented!(", "dbg!("] {
        if text.contains(marker) && !file.ends_with("tidy.rs") {
            findings.push(format!("{shown}: {marker}"));
        }
    }
    Ok(())
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            rust_files(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(())
}
