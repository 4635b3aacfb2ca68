//! Disk, limits of the kernel, the clock.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{Finding, Verdict};
use crate::watch::watch_limit;

/// A gateway with many connections and functions opens so many files.
const FILES: u64 = 4096;
/// A folder is one watch.
const WATCHES: u64 = 8192;
const MEGABYTE: u64 = 1024 * 1024;
/// Below it, writes may fail soon.
const LITTLE_SPACE: u64 = 1024 * MEGABYTE;
const NO_SPACE: u64 = 64 * MEGABYTE;
/// 2026-01-01: this program is not older than its clock.
const BUILT: Duration = Duration::from_secs(1_767_225_600);

pub(super) fn data_dir(folder: &Path) -> Finding {
    let (name, shown) = ("data", folder.display());
    let place = folder.ancestors().find(|ancestor| ancestor.is_dir()).unwrap_or(Path::new("/"));
    let probe = place.join(format!(".stagedoor-doctor-{}", std::process::id()));
    match std::fs::write(&probe, "").and_then(|()| std::fs::remove_file(&probe)) {
        Ok(()) if place == folder => Finding::ok(name, format!("{shown} is writable")),
        Ok(()) => Finding::ok(name, format!("{shown} can be made")),
        Err(error) => Finding::new(name, Verdict::Fail, format!("{}: {error}", place.display()))
            .remedy("choose another folder with --data-dir"),
    }
}

pub(super) fn disk_space(folder: &Path) -> Finding {
    let name = "disk";
    let place = folder.ancestors().find(|ancestor| ancestor.is_dir()).unwrap_or(Path::new("/"));
    // Some file systems have no blocks that could be counted.
    let Some(found) = rustix::fs::statvfs(place).ok().filter(|found| found.f_blocks > 0) else {
        return Finding::new(name, Verdict::Warn, "the free space cannot be told");
    };
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    let detail = format!("{} MB free for {}", free / MEGABYTE, folder.display());
    match free {
        ..NO_SPACE => {
            Finding::new(name, Verdict::Fail, detail).remedy("make room, or move it with --data-dir")
        }
        NO_SPACE..LITTLE_SPACE => Finding::new(name, Verdict::Warn, detail).remedy("make room"),
        _ => Finding::ok(name, detail),
    }
}

pub(super) fn open_files() -> Finding {
    let name = "open files";
    // A gateway raises the soft limit itself.
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).maximum;
    match limit {
        Some(limit) if limit < FILES => {
            Finding::new(name, Verdict::Warn, format!("one process may open {limit}"))
                .remedy("ulimit -n 65536, or LimitNOFILE=65536 in a systemd unit")
        }
        Some(limit) => Finding::ok(name, format!("one process may open {limit}")),
        None => Finding::ok(name, "no limit"),
    }
}

pub(super) fn file_watches() -> Finding {
    let name = "file watches";
    match watch_limit() {
        Some(limit) if limit < WATCHES => {
            Finding::new(name, Verdict::Warn, format!("one user may watch {limit} folders"))
                .remedy("sysctl fs.inotify.max_user_watches=65536; until then, large folders are polled")
        }
        Some(limit) => Finding::ok(name, format!("one user may watch {limit} folders")),
        None => Finding::ok(name, "no limit is known"),
    }
}

pub(super) fn clock(now: SystemTime) -> Finding {
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    if since < BUILT {
        return Finding::new("clock", Verdict::Fail, "it is behind the age of this program")
            .remedy("set the time: signatures are valid for minutes only");
    }
    Finding::ok("clock", "plausible")
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::{clock, data_dir, disk_space};
    use crate::doctor::Verdict;

    #[test]
    fn folders_that_can_be_made_are_fine_and_files_are_not() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(data_dir(folder.path()).verdict, Verdict::Ok);
        assert_eq!(data_dir(&folder.path().join("a/b")).verdict, Verdict::Ok);
        assert_eq!(data_dir("/proc/none/x".as_ref()).verdict, Verdict::Fail);
        assert!(disk_space(&folder.path().join("a")).detail.contains("MB free"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_clock_before_this_program_is_wrong() {
        assert_eq!(clock(UNIX_EPOCH).verdict, Verdict::Fail);
        assert_eq!(clock(std::time::SystemTime::now()).verdict, Verdict::Ok);
    }
}
