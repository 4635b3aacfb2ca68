//! The system calls that no function needs, by seccomp.
//!
//! In: nothing. Out: a BPF program, applied or as bytes for bubblewrap. It must not know files.
//!
//! A list of what is refused, not of what is allowed: language runtimes use new calls sooner than anyone lists them. What is
//! refused reaches other processes' memory, the kernel's configuration, or parts of the kernel that were a way out before.

use std::collections::BTreeMap;
use std::io;

use libc::c_long;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch, apply_filter, sock_filter,
};

const REFUSED: [c_long; 52] = [
    libc::SYS_acct,
    libc::SYS_add_key,
    libc::SYS_adjtimex,
    libc::SYS_bpf,
    libc::SYS_chroot,
    libc::SYS_clock_adjtime,
    libc::SYS_clock_settime,
    libc::SYS_delete_module,
    libc::SYS_fanotify_init,
    libc::SYS_finit_module,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fsopen,
    libc::SYS_fspick,
    libc::SYS_init_module,
    libc::SYS_kcmp,
    libc::SYS_kexec_file_load,
    libc::SYS_kexec_load,
    libc::SYS_keyctl,
    libc::SYS_lookup_dcookie,
    libc::SYS_mount,
    libc::SYS_mount_setattr,
    libc::SYS_move_mount,
    libc::SYS_move_pages,
    libc::SYS_name_to_handle_at,
    libc::SYS_nfsservctl,
    libc::SYS_open_by_handle_at,
    libc::SYS_open_tree,
    libc::SYS_perf_event_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pivot_root,
    libc::SYS_process_madvise,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_ptrace,
    libc::SYS_quotactl,
    libc::SYS_quotactl_fd,
    libc::SYS_reboot,
    libc::SYS_request_key,
    libc::SYS_setdomainname,
    libc::SYS_sethostname,
    libc::SYS_setns,
    libc::SYS_settimeofday,
    libc::SYS_swapoff,
    libc::SYS_swapon,
    libc::SYS_syslog,
    libc::SYS_umount2,
    libc::SYS_unshare,
    libc::SYS_userfaultfd,
    libc::SYS_vhangup,
    libc::SYS_migrate_pages,
    libc::SYS_process_mrelease,
];

#[cfg(target_arch = "x86_64")]
const REFUSED_HERE: [c_long; 5] =
    [libc::SYS_ioperm, libc::SYS_iopl, libc::SYS_modify_ldt, libc::SYS_uselib, libc::SYS_ustat];
#[cfg(not(target_arch = "x86_64"))]
const REFUSED_HERE: [c_long; 0] = [];

/// Calls that change whom a file belongs to and who may use it. Landlock does not know them, so they are refused where the
/// machine's files are not read-only to the function.
const ATTRIBUTES: [c_long; 14] = [
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_fremovexattr,
    libc::SYS_fsetxattr,
    libc::SYS_lremovexattr,
    libc::SYS_lsetxattr,
    libc::SYS_removexattr,
    libc::SYS_setxattr,
    libc::SYS_utimensat,
    // fchmodat2, setxattrat, removexattrat: the same numbers everywhere.
    452,
    463,
    466,
];

#[cfg(target_arch = "x86_64")]
const ATTRIBUTES_HERE: [c_long; 6] = [
    libc::SYS_chmod,
    libc::SYS_chown,
    libc::SYS_futimesat,
    libc::SYS_lchown,
    libc::SYS_utime,
    libc::SYS_utimes,
];
#[cfg(not(target_arch = "x86_64"))]
const ATTRIBUTES_HERE: [c_long; 0] = [];

/// Calls that reach any process of the same user unless this argument is zero, which means the caller.
const OF_ITSELF: [(c_long, u8); 8] = [
    (libc::SYS_prlimit64, 0),
    (libc::SYS_sched_setaffinity, 0),
    (libc::SYS_sched_setattr, 0),
    (libc::SYS_sched_setparam, 0),
    (libc::SYS_sched_setscheduler, 0),
    (libc::SYS_ioprio_set, 1),
    (libc::SYS_setpriority, 0),
    (libc::SYS_setpriority, 1),
];

/// Libraries fall back to older calls when these do not exist: `clone3` hides its flags from a filter, io_uring does
/// behind its back what the filter refuses, and memory in a file without a name, or in a segment that nobody has attached,
/// is no process's memory, so that nothing bounds it.
const ABSENT: [c_long; 7] = [
    libc::SYS_clone3,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_memfd_create,
    libc::SYS_memfd_secret,
    libc::SYS_shmget,
];

/// New namespaces hand out privileges inside of them.
const NAMESPACES: [i32; 7] = [
    libc::CLONE_NEWCGROUP,
    libc::CLONE_NEWIPC,
    libc::CLONE_NEWNET,
    libc::CLONE_NEWNS,
    libc::CLONE_NEWPID,
    libc::CLONE_NEWUSER,
    libc::CLONE_NEWUTS,
];

const FAMILIES: [i32; 3] = [libc::AF_INET, libc::AF_INET6, libc::AF_NETLINK];

/// Typing into a terminal that somebody else reads.
const TERMINAL_INPUT: [u64; 2] = [0x5412, 0x541C];

/// Puts the calling thread, and what it executes, under the filter. `apart`: the machine's files are read-only here and its
/// services' sockets out of sight, so attributes may be changed and sockets that are files may be made.
pub(super) fn restrict(apart: bool) -> io::Result<()> {
    apply_filter(&program(apart)?).map_err(|error| match error {
        seccompiler::Error::Seccomp(error) | seccompiler::Error::Prctl(error) => error,
        other => io::Error::other(other),
    })
}

/// The filter as bubblewrap reads it: the kernel's `struct sock_filter`, one after another.
pub(super) fn bytes() -> io::Result<Vec<u8>> {
    let program = program(true)?;
    Ok(program
        .iter()
        .flat_map(|step| {
            let code = step.code.to_ne_bytes();
            let k = step.k.to_ne_bytes();
            [code[0], code[1], step.jt, step.jf, k[0], k[1], k[2], k[3]]
        })
        .collect())
}

fn program(apart: bool) -> io::Result<BpfProgram> {
    let arch: TargetArch = std::env::consts::ARCH.try_into().map_err(io::Error::other)?;
    let mut rules = BTreeMap::new();
    for call in REFUSED.into_iter().chain(REFUSED_HERE) {
        rules.insert(call, Vec::new());
    }
    if !apart {
        rules.extend(ATTRIBUTES.into_iter().chain(ATTRIBUTES_HERE).map(|call| (call, Vec::new())));
    }
    for (call, argument) in OF_ITSELF {
        rules.entry(call).or_default().push(rule([(argument, SeccompCmpOp::Ne, 0)])?);
    }
    rules.insert(libc::SYS_clone, clone_rules()?);
    let families = FAMILIES.into_iter().chain(apart.then_some(libc::AF_UNIX));
    let others = families.map(|family| (0, SeccompCmpOp::Ne, family.unsigned_abs().into()));
    rules.insert(libc::SYS_socket, vec![rule(others)?]);
    rules.insert(
        libc::SYS_ioctl,
        TERMINAL_INPUT
            .into_iter()
            .map(|request| rule([(1, SeccompCmpOp::Eq, request)]))
            .collect::<io::Result<_>>()?,
    );
    let refuse = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refuse, arch).map_err(io::Error::other)?;
    let listed: BpfProgram = filter.try_into().map_err(io::Error::other)?;
    Ok(absent().into_iter().chain(listed).collect())
}

fn clone_rules() -> io::Result<Vec<SeccompRule>> {
    let flags = NAMESPACES.map(|flag| u64::from(flag.unsigned_abs()));
    flags.into_iter().map(|flag| rule([(0, SeccompCmpOp::MaskedEq(flag), flag)])).collect()
}

/// All conditions must hold. Arguments are compared as the 32 bits that the kernel looks at.
fn rule(conditions: impl IntoIterator<Item = (u8, SeccompCmpOp, u64)>) -> io::Result<SeccompRule> {
    let conditions = conditions.into_iter().map(|(index, operator, value)| {
        SeccompCondition::new(index, SeccompCmpArgLen::Dword, operator, value)
    });
    let conditions = conditions.collect::<Result<_, _>>().map_err(io::Error::other)?;
    SeccompRule::new(conditions).map_err(io::Error::other)
}

/// Steps before the list: "no such call" for [`ABSENT`], and for the second numbering of every call that x86-64 kernels may
/// have (x32), which would walk around the list.
fn absent() -> BpfProgram {
    const LOAD_NUMBER: u16 = 0x20;
    const EQUAL: u16 = 0x15;
    const AT_LEAST: u16 = 0x35;
    const RETURN: u16 = 0x06;
    const ERRNO: u32 = 0x0005_0000;
    const SECOND_NUMBERING: u32 = 0x4000_0000;
    const COUNT: u8 = ABSENT.len() as u8;
    let step = |code, jt, jf, k| sock_filter { code, jt, jf, k };
    let mut program = vec![step(LOAD_NUMBER, 0, 0, 0), step(AT_LEAST, COUNT, 0, SECOND_NUMBERING)];
    let calls = ABSENT.map(|call| u32::try_from(call).unwrap_or(u32::MAX));
    for (call, to_return) in calls.into_iter().zip((0..COUNT).rev()) {
        program.push(step(EQUAL, to_return, u8::from(to_return == 0), call));
    }
    program.push(step(RETURN, 0, 0, ERRNO | libc::ENOSYS.unsigned_abs()));
    program
}

#[cfg(test)]
mod tests {
    use super::{ABSENT, absent, bytes, program};

    /// What the steps before the list do with a call: true when they say that it does not exist.
    fn is_absent(number: u32) -> bool {
        let program = absent();
        let (mut at, mut loaded) = (0, 0);
        while let Some(step) = program.get(at) {
            let jump = |taken: bool| usize::from(if taken { step.jt } else { step.jf });
            match step.code {
                0x20 => loaded = number,
                0x15 => at += jump(loaded == step.k),
                0x35 => at += jump(loaded >= step.k),
                _ => return true,
            }
            at += 1;
        }
        false
    }

    #[test]
    fn calls_that_hide_what_they_do_are_absent_and_others_reach_the_list() {
        for call in ABSENT {
            assert!(is_absent(u32::try_from(call).unwrap()), "{call}");
        }
        for second in [0x4000_0000, 0x4000_0065, u32::MAX] {
            assert!(is_absent(second), "{second:#x}");
        }
        for call in [libc::SYS_read, libc::SYS_clone, libc::SYS_ptrace, libc::SYS_execve] {
            assert!(!is_absent(u32::try_from(call).unwrap()), "{call}");
        }
    }

    #[test]
    fn the_filter_fits_into_the_kernel() {
        let length = program(true).unwrap().len();
        assert!(program(false).unwrap().len() < 4096 && length < 4096, "{length}");
        assert_eq!(bytes().unwrap().len(), 8 * length);
    }
}
