//! Checks that every package in the lock file has a licence that deny.toml allows, none is banned, and none comes from
//! outside the registry. `cargo deny` checks more where it is installed; this needs nothing but cargo.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The lock file may hold about 300 packages.
const MAX_PACKAGES: usize = 300;

pub(crate) fn check(findings: &mut Vec<String>) -> Result<()> {
    let rules = fs::read_to_string("deny.toml").context("deny.toml")?;
    let allowed = quoted_after(&rules, "allow = [");
    let banned = quoted_after(&rules, "deny = [");
    let metadata = metadata()?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    if packages.len() > MAX_PACKAGES {
        findings.push(format!("Cargo.lock: {} packages, {MAX_PACKAGES} at most", packages.len()));
    }
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or_default();
        let source = package["source"].as_str();
        if !is_allowed(licence, &allowed) {
            findings.push(format!("{name}: licence \"{licence}\" is not in deny.toml"));
        }
        if banned.iter().any(|ban| ban == name) {
            findings.push(format!("{name}: banned by deny.toml"));
        }
        if source.is_some_and(|source| !source.starts_with("registry+")) {
            findings.push(format!("{name}: comes from {}", source.unwrap_or_default()));
        }
    }
    Ok(())
}

fn metadata() -> Result<Value> {
    let output = Command::new("cargo")
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--filter-platform",
            "x86_64-unknown-linux-gnu",
        ])
        .output()
        .context("cargo metadata")?;
    if !output.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// An SPDX expression is allowed when one of its alternatives consists of allowed licences only.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let flat = expression.replace(['(', ')'], "").replace('/', " OR ");
    flat.split(" OR ")
        .any(|choice| choice.split(" AND ").all(|part| allowed.iter().any(|licence| licence == part.trim())))
}

/// The quoted words between `opening` and the next `]`.
fn quoted_after(text: &str, opening: &str) -> Vec<String> {
    let Some((_, rest)) = text.split_once(opening) else { return Vec::new() };
    let list = rest.split(']').next().unwrap_or_default();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_allowed, quoted_after};

    #[test]
    fn expressions_need_one_allowed_choice() {
        let allowed = quoted_after("allow = [\n \"MIT\",\n \"ISC\",\n]", "allow = [");
        for (expression, expected) in [
            ("MIT", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0", false),
            ("ISC AND (MIT OR Apache-2.0)", true),
            ("ISC AND GPL-3.0", false),
            ("", false),
        ] {
            assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
        }
    }
}
