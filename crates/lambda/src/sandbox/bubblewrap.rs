//! The command line of bubblewrap for a plan.
//!
//! In: a plan. Out: a command that starts it in a file system of its own. It must not know what the paths mean.
//!
//! Everything but the command itself travels in a file without a name: arguments and variables are for the function's eyes
//! only, and the processes of a machine can be listed by all of its users.

use std::ffi::{OsStr, OsString};
use std::io::{self, Seek, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;

use rustix::fs::{MemfdFlags, memfd_create};

use super::{Bind, Plan, syscalls};

/// A command and the files that it reads, which must be open when it starts.
pub(super) struct Wrapped {
    pub(super) command: Command,
    pub(super) files: [OwnedFd; 2],
}

/// The plan under bubblewrap.
pub(super) fn wrap(plan: &Plan) -> io::Result<Wrapped> {
    let program = plan.bubblewrap.as_deref().ok_or(io::ErrorKind::NotFound)?;
    let filter = file(&syscalls::bytes()?)?;
    let options = file(&options(plan, filter.as_raw_fd()))?;
    let mut command = Command::new(program);
    command.env_clear().current_dir("/").arg("--args").arg(options.as_raw_fd().to_string());
    command.arg("--").arg(&plan.program).args(&plan.arguments);
    Ok(Wrapped { command, files: [filter, options] })
}

/// An anonymous file, at its start, that a started program inherits.
fn file(bytes: &[u8]) -> io::Result<OwnedFd> {
    let mut file = std::fs::File::from(memfd_create("stagedoor", MemfdFlags::empty())?);
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file.into())
}

fn options(plan: &Plan, filter: i32) -> Vec<u8> {
    let mut all = Options::default();
    all.add(["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]);
    all.add(["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "localhost"]);
    all.add(["--seccomp", &filter.to_string()]);
    all.add(["--proc", "/proc", "--dev", "/dev"]);
    let storage = u64::from(plan.storage_mb) << 20;
    all.add(["--perms", "1777", "--size", &storage.to_string(), "--tmpfs", "/tmp"]);
    let read = plan.read.iter().map(|path| (path.as_path(), path.as_path()));
    let binds = plan.binds.iter().map(|Bind { from, at }| (from.as_path(), at.as_path()));
    let mut shown: Vec<(&Path, &Path)> = read.chain(binds).collect();
    // What lies inside another must come after it.
    shown.sort_by_key(|(_, at)| *at);
    shown.into_iter().for_each(|(from, at)| all.show(from, at));
    // Root's own kernel settings are in /proc/sys, and no capability is asked for to change them.
    all.add(["--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/"]);
    all.add([OsStr::new("--chdir"), plan.directory.as_os_str()]);
    for (name, value) in &plan.environment {
        all.add([OsStr::new("--setenv"), name, value]);
    }
    all.0
}

/// Arguments, each ended by a zero byte.
#[derive(Default)]
struct Options(Vec<u8>);

impl Options {
    fn add<T: AsRef<OsStr>>(&mut self, words: impl IntoIterator<Item = T>) {
        for word in words {
            self.0.extend_from_slice(word.as_ref().as_bytes());
            self.0.push(0);
        }
    }

    /// A link in the root stays one: `/bin` is that on most systems. Others may lead to what is not shown.
    fn show(&mut self, from: &Path, at: &Path) {
        let in_root = from == at && at.parent() == Some(Path::new("/"));
        match std::fs::read_link(from) {
            Ok(target) if in_root => self.add([OsString::from("--symlink"), target.into(), at.into()]),
            _ => self.add([OsStr::new("--ro-bind"), from.as_os_str(), at.as_os_str()]),
        }
    }
}
