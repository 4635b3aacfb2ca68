//! A file system that only one process tree sees: the machine's, read-only, with places of its own in it.
//!
//! In: a plan. Out: the calling process in a mount namespace of its own. It must not know landlock.
//!
//! Landlock says which files are opened, not who may change whom they belong to, and it does not keep a process from a
//! socket that is a file. So the mounts forbid changes, and the places where services keep their sockets are covered.

use std::fs;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags, StatVfsMountFlags, open, statvfs};
use rustix::mount::{MountFlags, MountPropagationFlags, mount, mount_bind, mount_change, mount_remount};
use rustix::thread::UnshareFlags;

use super::{Bind, Plan};

/// Where people and services keep what is theirs.
const COVERED: [&str; 4] = ["/home", "/root", "/run", "/var"];

/// Moves this process into its own mount namespace, with what the plan binds, and what it reads and would now be covered.
pub(super) fn enter(plan: &Plan) -> io::Result<()> {
    leave_the_machines_mounts()?;
    make_everything_read_only()?;
    let empty = || COVERED.into_iter().chain(plan.covers_opt().then_some("/opt"));
    let fixed = empty().filter(|at| fs::symlink_metadata(at).is_ok_and(|found| found.is_dir()));
    let fixed: Vec<&str> = fixed.collect();
    let binds = binds(plan, &fixed)?;
    let size = format!("size={}m,mode=1777\0", plan.storage_mb);
    tmpfs("/tmp", &size)?;
    fixed.iter().try_for_each(|at| tmpfs(at, "size=1m,mode=755\0"))?;
    for (at, from) in binds {
        bind(&at, &from)?;
    }
    let flags = MountFlags::RDONLY | MountFlags::NOSUID | MountFlags::NODEV;
    fixed.into_iter().try_for_each(|at| Ok(mount_remount(at, flags, "")?))
}

/// Everything that must be seen below a covered place, opened while it still can be.
fn binds(plan: &Plan, covered: &[&str]) -> io::Result<Vec<(PathBuf, OwnedFd)>> {
    let own = plan.binds.iter().map(|Bind { from, at }| (at.as_path(), from.as_path()));
    let read = plan.read.iter().chain(&plan.temporary).map(|path| (path.as_path(), path.as_path()));
    let is_covered = |at: &Path| covered.iter().chain(&["/tmp"]).any(|place| at.starts_with(place));
    let mut paths: Vec<(&Path, &Path)> = own.chain(read.filter(|(at, _)| is_covered(at))).collect();
    // What lies inside another comes after it, and is seen with it.
    paths.sort_unstable();
    paths.dedup_by(|(at, _), (before, _)| at.starts_with(before));
    let opened = |(at, from): (&Path, &Path)| {
        Ok((at.to_owned(), open(from, OFlags::PATH | OFlags::CLOEXEC, Mode::empty())?))
    };
    paths.into_iter().map(opened).collect()
}

/// Root needs no user namespace for this; others are themselves in it.
fn leave_the_machines_mounts() -> io::Result<()> {
    let own = UnshareFlags::NEWNS | UnshareFlags::NEWIPC;
    if unshare(own).is_err() {
        let (user, group) = (rustix::process::getuid(), rustix::process::getgid());
        unshare(own | UnshareFlags::NEWUSER)?;
        fs::write("/proc/self/setgroups", "deny")?;
        fs::write("/proc/self/uid_map", format!("{user} {user} 1", user = user.as_raw()))?;
        fs::write("/proc/self/gid_map", format!("{group} {group} 1", group = group.as_raw()))?;
    }
    mount_change("/", MountPropagationFlags::PRIVATE | MountPropagationFlags::REC)?;
    Ok(())
}

/// Every mount at once: their owner could otherwise change modes and owners of files that may not be opened.
fn make_everything_read_only() -> io::Result<()> {
    const READ_ONLY: u64 = 1;
    const RECURSIVE: libc::c_int = 0x8000;
    // The kernel's `struct mount_attr`: what to set, what to clear, propagation, user namespace.
    let attributes = [READ_ONLY, 0, 0, 0];
    // SAFETY: the kernel reads a string that ends with zero and as many bytes of attributes as it is told.
    #[allow(unsafe_code, reason = "rustix has no mount_setattr")]
    let status = unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            libc::AT_FDCWD,
            c"/".as_ptr(),
            RECURSIVE,
            attributes.as_ptr(),
            size_of_val(&attributes),
        )
    };
    if status == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

fn unshare(flags: UnshareFlags) -> io::Result<()> {
    // SAFETY: no flag splits a file table or memory that other threads share; they change what later look-ups and
    // privilege checks of this process see, and it is a child that has not executed anything yet.
    #[allow(unsafe_code, reason = "the call is unsafe for flags that are not used here")]
    unsafe { rustix::thread::unshare_unsafe(flags) }.map_err(io::Error::from)
}

fn tmpfs(at: &str, options: &str) -> io::Result<()> {
    let options = std::ffi::CStr::from_bytes_with_nul(options.as_bytes()).map_err(io::Error::other)?;
    mount("tmpfs", at, "tmpfs", MountFlags::NOSUID | MountFlags::NODEV, options)?;
    Ok(())
}

/// Shown read-only: what lies below `/tmp` would otherwise be as writable as `/tmp` is.
fn bind(at: &Path, from: &OwnedFd) -> io::Result<()> {
    let source = format!("/proc/self/fd/{}", from.as_raw_fd());
    if fs::metadata(&source)?.is_dir() {
        fs::create_dir_all(at)?;
    } else {
        at.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::File::create_new(at)?;
    }
    mount_bind(source.as_str(), at)?;
    let flags = MountFlags::BIND | MountFlags::RDONLY | flags_of(at)?;
    Ok(mount_remount(at, flags, "")?)
}

/// In a user namespace a mount keeps the restrictions that it came with, or nothing about it may be changed.
fn flags_of(at: &Path) -> io::Result<MountFlags> {
    let now = statvfs(at)?.f_flag;
    let same = [
        (StatVfsMountFlags::NOSUID, MountFlags::NOSUID),
        (StatVfsMountFlags::NODEV, MountFlags::NODEV),
        (StatVfsMountFlags::NOEXEC, MountFlags::NOEXEC),
        (StatVfsMountFlags::NOATIME, MountFlags::NOATIME),
        (StatVfsMountFlags::NODIRATIME, MountFlags::NODIRATIME),
        (StatVfsMountFlags::RELATIME, MountFlags::RELATIME),
    ];
    let kept = same.into_iter().filter(|(flag, _)| now.contains(*flag));
    Ok(kept.fold(MountFlags::empty(), |all, (_, flag)| all | flag))
}
