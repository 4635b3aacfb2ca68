//! What a function's process may see and do on this machine, in three levels.
//!
//! In: a [`Plan`], read by the guard. Out: a command that starts confined, or why it cannot. It must not know functions,
//! jobs or the Runtime API.
//!
//! `none` bounds resources only. `kernel` adds what a process can give up about itself: files by landlock, system calls by
//! seccomp, capabilities, and, where mount namespaces are to be had, a `/tmp` and `/opt` of its own. `bubblewrap` builds a
//! file system in which only the function's own things and the system's libraries exist, and a process tree of its own.

mod plan;
mod surroundings;

#[cfg(target_os = "linux")]
mod access;
#[cfg(target_os = "linux")]
mod bubblewrap;
#[cfg(target_os = "linux")]
mod confine;
#[cfg(target_os = "linux")]
mod namespace;
#[cfg(target_os = "linux")]
mod privileges;
#[cfg(target_os = "linux")]
mod syscalls;
#[cfg(not(target_os = "linux"))]
mod unconfined;

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

#[cfg(target_os = "linux")]
pub(crate) use access::version as landlock_version;
#[cfg(target_os = "linux")]
pub(crate) use confine::{NotStarted, command};
pub(crate) use plan::{Bind, Plan};
pub(crate) use surroundings::{Surroundings, prefix_parts, shebang};
#[cfg(not(target_os = "linux"))]
pub(crate) use unconfined::{NotStarted, command};

/// How strictly a function's process is confined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Sandbox {
    /// Its own process group and resource limits; otherwise what the gateway's user may do, it may do.
    #[default]
    None,
    /// Landlock, seccomp and no privileges.
    Kernel,
    /// A file system and a process tree of its own, built by bubblewrap, and the system calls of `kernel`.
    Bubblewrap,
}

impl Sandbox {
    /// Every level, weakest first.
    pub const ALL: [Self; 3] = [Self::None, Self::Kernel, Self::Bubblewrap];

    /// As configuration spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Kernel => "kernel",
            Self::Bubblewrap => "bubblewrap",
        }
    }
}

impl fmt::Display for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no level.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a sandbox: none, kernel or bubblewrap")]
pub struct InvalidSandbox(String);

impl FromStr for Sandbox {
    type Err = InvalidSandbox;

    fn from_str(text: &str) -> Result<Self, InvalidSandbox> {
        let named = Self::ALL.into_iter().find(|level| level.name() == text);
        named.ok_or_else(|| InvalidSandbox(text.to_owned()))
    }
}

/// Which function gets which level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sandboxes {
    pub default: Sandbox,
    /// By function name, whatever its account and region.
    pub by_function: HashMap<String, Sandbox>,
}

impl Sandboxes {
    /// The level of a function.
    #[must_use]
    pub fn of(&self, function: &str) -> Sandbox {
        self.by_function.get(function).copied().unwrap_or(self.default)
    }

    /// Every level that may be needed.
    #[must_use]
    pub fn all(&self) -> Vec<Sandbox> {
        let mut levels: Vec<Sandbox> = self.by_function.values().copied().chain([self.default]).collect();
        levels.sort_unstable();
        levels.dedup();
        levels
    }
}

#[cfg(test)]
mod tests {
    use super::{Sandbox, Sandboxes};

    #[test]
    fn levels_are_named_as_they_are_written() {
        for level in Sandbox::ALL {
            assert_eq!(level.to_string().parse(), Ok(level));
        }
        let refused = "docker".parse::<Sandbox>().unwrap_err();
        assert_eq!(refused.to_string(), "`docker` is not a sandbox: none, kernel or bubblewrap");
    }

    #[test]
    fn a_function_has_its_own_level_or_the_default() {
        let sandboxes =
            Sandboxes { default: Sandbox::Kernel, by_function: [("open".to_owned(), Sandbox::None)].into() };
        assert_eq!((sandboxes.of("open"), sandboxes.of("other")), (Sandbox::None, Sandbox::Kernel));
        assert_eq!(sandboxes.all(), [Sandbox::None, Sandbox::Kernel]);
    }
}
