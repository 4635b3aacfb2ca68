//! Checks that every compiled package has a licence that deny.toml allows, none is banned, and none comes from
//! outside the registry. `cargo deny` checks more where it is installed; this needs nothing but cargo.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// At most about 300 packages, so that the dependencies stay reviewable.
const MAX_PACKAGES: usize = 300;

pub(crate) fn check(findings: &mut Vec<String>) -> Result<()> {
    let rules = fs::read_to_string("deny.toml").context("deny.toml")?;
    let allowed = quoted_after(&rules, "allow = [");
    let banned = quoted_after(&rules, "deny = [");
    let tree = tree()?;
    let packages: BTreeSet<&str> = tree.lines().filter(|line| !line.is_empty()).collect();
    if packages.len() > MAX_PACKAGES {
        findings.push(format!("{} packages are compiled in, {MAX_PACKAGES} at most", packages.len()));
    }
    for package in packages {
        let (shown, licence) = package.split_once('|').context("cargo tree printed another format")?;
        let name = shown.split(' ').next().unwrap_or_default();
        if !is_allowed(licence, &allowed) {
            findings.push(format!("{name}: licence \"{licence}\" is not in deny.toml"));
        }
        if banned.iter().any(|ban| ban == name) {
            findings.push(format!("{name}: banned by deny.toml"));
        }
        if shown.contains("://") {
            findings.push(format!("{shown}: comes from outside the registry"));
        }
    }
    Ok(())
}

/// What is really compiled on this target, one `name version (place)|licence` a line.
fn tree() -> Result<String> {
    let output = Command::new("cargo")
        .args([
            "tree",
            "--workspace",
            "--locked",
            "--edges",
            "normal,build,dev",
            "--prefix",
            "none",
            "--no-dedupe",
        ])
        .args(["--format", "{p}|{l}"])
        .output()
        .context("cargo tree")?;
    if !output.status.success() {
        bail!("cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
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
