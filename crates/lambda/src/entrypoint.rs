//! The executable of a `provided` runtime: where it is, and whether this machine can run it.
//!
//! In: a function's places, on this machine and as its process sees them. Out: a program, or why there is none, told in
//! AWS's words. It must not know how programs are started.
//!
//! What cannot run is found before it is tried: the C library would hand it to a shell, and bubblewrap would tell its own
//! exit status.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::process::Exit;
use crate::sandbox::shebang;
use crate::view::{Places, View};

const NAME: &str = "bootstrap";
const NO_SUCH_FILE: i32 = 2;
const NO_EXEC: i32 = 8;
/// An ELF header up to the end of the machine's number.
const HEADER: usize = 20;

/// The first `bootstrap` that there is, in the code and then in the layers, as the process sees it.
pub(crate) fn find(places: &Places, view: &View) -> io::Result<Result<PathBuf, Failure>> {
    let code = Some((places.code.join(NAME), view.task_root.join(NAME)));
    let layers = places.layers.as_ref().map(|merged| (merged.join(NAME), view.layers.join(NAME)));
    match code.into_iter().chain(layers).find(|(here, _)| here.exists()) {
        Some((here, seen)) => Ok(check(&here)?.map_or(Ok(seen), Err)),
        None => {
            let (code, layers) = (view.task_root.join(NAME), view.layers.join(NAME));
            let looked = format!("[{} {}]", code.display(), layers.display());
            Ok(Err(Failure::InvalidEntrypoint(format!("Couldn't find valid bootstrap(s): {looked}"))))
        }
    }
}

/// Why a file cannot be executed.
fn check(path: &Path) -> io::Result<Option<Failure>> {
    let file = fs::metadata(path)?;
    if !file.is_file() || file.permissions().mode() & 0o111 == 0 {
        let message = format!("fork/exec {}: permission denied", path.display());
        return Ok(Some(Failure::InvalidEntrypoint(message)));
    }
    let errno = match header(path)? {
        start if start.starts_with(b"#!") => {
            shebang(path).filter(|program| !program.exists()).map(|_| NO_SUCH_FILE)
        }
        start if start.starts_with(b"\x7fELF") => (!is_for_this_machine(&start)).then_some(NO_EXEC),
        _ => cfg!(target_os = "linux").then_some(NO_EXEC),
    };
    Ok(errno.map(|errno| Failure::Exited(Exit::NotStarted(errno))))
}

fn header(path: &Path) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    File::open(path)?.take(HEADER as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// Whether an ELF file is for the processor that this program runs on, or for one that is emulated.
fn is_for_this_machine(start: &[u8]) -> bool {
    let own = std::env::current_exe().and_then(|own| header(&own)).unwrap_or_default();
    let machine = |header: &[u8]| header.get(18..HEADER).map(<[u8]>::to_vec);
    !own.starts_with(b"\x7fELF") || machine(&own) == machine(start) || emulates()
}

fn emulates() -> bool {
    let entries = fs::read_dir("/proc/sys/fs/binfmt_misc").into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.file_name().as_encoded_bytes().starts_with(b"qemu-"))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::check;
    use crate::failure::Failure;
    use crate::process::Exit;

    fn refused(content: &[u8], mode: u32) -> Option<Failure> {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("bootstrap");
        std::fs::write(&path, content).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        check(&path).unwrap()
    }

    #[test]
    fn what_cannot_run_here_is_found_before_it_is_tried() {
        let own = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let mut foreign = own[..64].to_vec();
        foreign[18..20].copy_from_slice(&[0xFF, 0xFE]);
        let not_started = |errno| Some(Failure::Exited(Exit::NotStarted(errno)));
        for (content, expected) in [
            (&b"#!/bin/sh\n"[..], None),
            (b"#!/usr/bin/env python3\n", None),
            (b"#!/no/such/program -x\n", not_started(2)),
            (&own[..64], None),
            (&foreign, not_started(8)),
            (b"\x7fELF", not_started(8)),
            (b"text", not_started(8)),
            (b"", not_started(8)),
        ] {
            assert_eq!(refused(content, 0o755), expected, "{:?}", &content[..content.len().min(24)]);
        }
        assert!(matches!(refused(b"#!/bin/sh\n", 0o644), Some(Failure::InvalidEntrypoint(_))));
    }
}
