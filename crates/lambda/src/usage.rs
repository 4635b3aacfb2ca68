//! Holds a function's process tree to its memory and its number of tasks, by looking.
//!
//! In: the guard's control socket and the tree below the guard. Out: peaks told to the host; the end, when the tree takes more
//! than it may. It must not know sandboxes.
//!
//! Looking is what every kernel allows to everybody. A tree that works is looked at every 25 ms, one that rests every
//! 100 ms; how much a single process can take in between is bounded by its resource limits.

use std::io::Read;
use std::os::unix::net::UnixStream;

use rustix::process::Pid;

/// Returns when the host is gone or wants the function gone, or when the function uses more than it may.
#[cfg(target_os = "linux")]
pub(crate) fn until_the_host_is_gone(host: UnixStream, _child: Pid, memory_mb: u32) {
    watching::Watch::new(host, memory_mb).run();
}

/// Other kernels have no `/proc` to look at: there memory is not bounded.
#[cfg(not(target_os = "linux"))]
pub(crate) fn until_the_host_is_gone(mut host: UnixStream, _child: Pid, _memory_mb: u32) {
    let _ = host.read(&mut [0]);
}

#[cfg(target_os = "linux")]
mod watching {
    use std::io::Write;
    use std::time::Duration;

    use super::{Read, UnixStream};
    use crate::guard::Report;
    use crate::tree::{Tree, Usage};

    /// Processes start fast, and some answer at once.
    const FIRST: Duration = Duration::from_millis(2);
    const BUSY: Duration = Duration::from_millis(25);
    const IDLE: Duration = Duration::from_millis(100);
    /// Lambda's own number of processes and threads.
    const TASKS: u64 = 1024;
    /// Peaks are told in steps of this.
    const STEP_KB: u64 = 1024;

    pub(super) struct Watch {
        host: UnixStream,
        tree: Tree,
        memory_kb: u64,
        told_kb: u64,
        before: Usage,
    }

    impl Watch {
        pub(super) fn new(host: UnixStream, memory_mb: u32) -> Self {
            let tree = Tree::below(rustix::process::getpid());
            Self { host, tree, memory_kb: u64::from(memory_mb) * 1024, told_kb: 0, before: Usage::default() }
        }

        pub(super) fn run(&mut self) {
            let mut pause = FIRST;
            while self.host_is_there(pause) {
                let now = self.tree.look();
                if let Some(reason) = self.excess(now) {
                    // Standard error is the function's log; nobody may be left to read it.
                    let _ = writeln!(std::io::stderr(), "stagedoor: {reason}; the process is ended");
                    return;
                }
                pause = if now == self.before { IDLE } else { (2 * pause).min(BUSY) };
                self.before = now;
            }
        }

        /// The host writes nothing after the plan: whatever ends this read other than time means that it is gone.
        fn host_is_there(&mut self, pause: Duration) -> bool {
            let waited = self.host.set_read_timeout(Some(pause)).and_then(|()| self.host.read(&mut [0]));
            let timed_out = [std::io::ErrorKind::WouldBlock, std::io::ErrorKind::TimedOut];
            waited.is_err_and(|error| {
                timed_out.contains(&error.kind()) || error.kind() == std::io::ErrorKind::Interrupted
            })
        }

        fn excess(&mut self, now: Usage) -> Option<String> {
            if now.tasks > TASKS {
                return Some(format!("{} processes and threads, more than {TASKS}", now.tasks));
            }
            if self.memory_kb == 0 || now.resident_kb <= self.told_kb {
                return None;
            }
            let used = match now.resident_kb > self.memory_kb {
                true => self.tree.own_kb(),
                false => now.resident_kb,
            };
            self.tell(used);
            let limit_mb = self.memory_kb / 1024;
            (used > self.memory_kb).then(|| format!("{} MB used, MemorySize is {limit_mb} MB", used / 1024))
        }

        fn tell(&mut self, used_kb: u64) {
            if used_kb >= self.told_kb + STEP_KB {
                self.told_kb = used_kb;
                let peak = Report::Peak(i32::try_from(used_kb).unwrap_or(i32::MAX));
                // A host that is gone is noticed by the next read.
                let _ = self.host.write_all(peak.line().as_bytes());
            }
        }
    }
}
