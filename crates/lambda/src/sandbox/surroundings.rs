//! What of the machine every function may read: the system's programs and libraries, and the facts that programs look up.
//!
//! In: nothing. Out: paths. It must not know functions.
//!
//! The list names what it lets in. `/etc` as a whole, home directories, `/var` and the gateway's own data are not on it.

use std::io::Read;
use std::path::{Path, PathBuf};

/// Programs and libraries.
const SYSTEM: [&str; 8] = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store"];

/// What resolvers, linkers, TLS libraries and time zones need. No keys, no password hashes.
const FACTS: [&str; 29] = [
    "/etc/alternatives",
    "/etc/ca-certificates",
    "/etc/ca-certificates.conf",
    "/etc/crypto-policies",
    "/etc/fonts",
    "/etc/gai.conf",
    "/etc/group",
    "/etc/host.conf",
    "/etc/hosts",
    "/etc/inputrc",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/ld-musl-x86_64.path",
    "/etc/localtime",
    "/etc/magic",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/os-release",
    "/etc/passwd",
    "/etc/pki/ca-trust",
    "/etc/pki/tls/cert.pem",
    "/etc/pki/tls/certs",
    "/etc/protocols",
    "/etc/resolv.conf",
    "/etc/services",
    "/etc/ssl/certs",
    "/etc/ssl/openssl.cnf",
    "/etc/timezone",
];

/// What runtimes ask the kernel about the machine.
const KERNEL: [&str; 3] =
    ["/sys/devices/system/cpu", "/sys/fs/cgroup", "/sys/kernel/mm/transparent_hugepage"];

/// Devices without state.
pub(super) const DEVICES: [&str; 5] = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"];

/// What exists of it on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Surroundings {
    pub(crate) read: Vec<PathBuf>,
}

impl Surroundings {
    /// Looks at this machine.
    pub(crate) fn of_this_machine() -> Self {
        let all = SYSTEM.into_iter().chain(FACTS).chain(KERNEL);
        let mut read: Vec<PathBuf> = all.map(PathBuf::from).filter(|path| path.exists()).collect();
        // The file behind `/etc/resolv.conf`, where a service keeps it.
        let behind = read.iter().filter_map(|path| std::fs::canonicalize(path).ok());
        let kept: Vec<PathBuf> = behind.filter(|path| path.starts_with("/run")).collect();
        read.extend(kept);
        Self { read }
    }
}

/// The directories that a program installed as `PREFIX/bin/NAME` belongs with. Only the usual names below the prefix: when
/// someone keeps programs in `~/bin`, the home directory is the prefix.
pub(crate) fn prefix_parts(program: &Path) -> Vec<PathBuf> {
    let mut parts = Vec::new();
    for path in chain_of_links(program) {
        let Some(directory) = path.parent() else { continue };
        match directory.parent() {
            Some(prefix) if directory.ends_with("bin") && prefix.parent().is_some() => {
                let names = ["bin", "lib", "lib64", "libexec", "share", "include", "pyvenv.cfg"];
                parts.extend(names.map(|name| prefix.join(name)));
            }
            // A program that lies alone brings only itself: its directory may be anything.
            _ => parts.push(path),
        }
    }
    parts.sort_unstable();
    parts.dedup();
    parts.retain(|part| part.exists() && !SYSTEM.iter().any(|root| part.starts_with(root)));
    parts
}

/// A program, what it links to, and so on.
fn chain_of_links(program: &Path) -> Vec<PathBuf> {
    const LINK_LIMIT: usize = 16;
    let mut chain = vec![program.to_owned()];
    while let Ok(target) = std::fs::read_link(&chain[chain.len() - 1])
        && chain.len() < LINK_LIMIT
    {
        let here = chain[chain.len() - 1].parent().unwrap_or(Path::new("/")).to_owned();
        chain.push(here.join(target));
    }
    chain.extend(std::fs::canonicalize(program));
    chain
}

/// The interpreter that a script names in its first line.
pub(crate) fn shebang(script: &Path) -> Option<PathBuf> {
    let mut start = [0; 256];
    let length = std::fs::File::open(script).ok()?.read(&mut start).ok()?;
    let line = start[..length].strip_prefix(b"#!")?.split(|byte| *byte == b'\n').next()?;
    let interpreter = std::str::from_utf8(line).ok()?.split_ascii_whitespace().next()?;
    let path = PathBuf::from(interpreter);
    path.is_absolute().then_some(path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::path::{Path, PathBuf};

    use super::{Surroundings, prefix_parts, shebang};

    #[test]
    fn secrets_of_the_machine_are_not_surroundings() {
        let read = Surroundings::of_this_machine().read;
        assert!(read.contains(&PathBuf::from("/usr")), "{read:?}");
        for secret in
            ["/etc/shadow", "/etc/ssl/private/key.pem", "/root/.ssh", "/home", "/var/lib", "/proc/1/environ"]
        {
            assert!(!read.iter().any(|path| Path::new(secret).starts_with(path)), "{secret}");
        }
    }

    #[test]
    fn an_interpreter_brings_its_installation_and_not_the_directory_around_it() {
        let home = tempfile::tempdir().unwrap();
        let home = std::fs::canonicalize(home.path()).unwrap();
        for directory in ["bin", "lib", "secrets", "venv/bin", "venv/lib"] {
            std::fs::create_dir_all(home.join(directory)).unwrap();
        }
        std::fs::write(home.join("venv/pyvenv.cfg"), "").unwrap();
        std::fs::write(home.join("bin/python3"), "").unwrap();
        symlink("../../bin/python3", home.join("venv/bin/python")).unwrap();
        let parts = prefix_parts(&home.join("venv/bin/python"));
        let sees =
            |name: &str| parts.iter().any(|part| std::fs::canonicalize(part).unwrap() == home.join(name));
        assert!(sees("venv/bin") && sees("venv/lib") && sees("venv/pyvenv.cfg"), "{parts:?}");
        assert!(sees("bin") && sees("lib") && !sees("secrets") && !sees(""), "{parts:?}");
    }

    #[test]
    fn the_system_is_not_named_twice() {
        assert_eq!(prefix_parts(Path::new("/usr/bin/env")), Vec::<PathBuf>::new());
        assert_eq!(prefix_parts(Path::new("/bin/sh")), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_script_names_its_interpreter() {
        let home = tempfile::tempdir().unwrap();
        for (text, expected) in [
            ("#!/usr/bin/python3 -u\nx", Some("/usr/bin/python3")),
            ("#! /bin/sh", Some("/bin/sh")),
            ("#!python", None),
            ("\u{7f}ELF", None),
            ("", None),
        ] {
            let script = home.path().join("bootstrap");
            std::fs::write(&script, text).unwrap();
            assert_eq!(shebang(&script), expected.map(PathBuf::from), "{text}");
        }
    }
}
