//! What a process gives up about itself before it runs foreign code: resources and capabilities.
//!
//! In: limits. Out: the calling process, changed for good. It must not know paths.

use rustix::io;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::thread::{
    CapabilitiesSecureBits, CapabilitySet, CapabilitySets, clear_ambient_capability_set,
    remove_capability_from_bounding_set, set_capabilities, set_capabilities_secure_bits, set_no_new_privs,
};

/// Lambda's own number of open files.
const OPEN_FILES: u64 = 1024;
/// A single process is stopped here by the kernel however fast it grows; what MemorySize says is enforced by looking. Far
/// above it, because address space that is never used is free on Lambda too.
const DATA_BASE: u64 = 2 << 30;

/// Resource limits of every level.
pub(super) fn limit_resources(memory_mb: u32) -> io::Result<()> {
    limit(Resource::Core, 0)?;
    limit(Resource::Nofile, OPEN_FILES)?;
    if memory_mb > 0 {
        limit(Resource::Data, DATA_BASE + 2 * (u64::from(memory_mb) << 20))?;
    }
    Ok(())
}

/// Never above what this process has: raising needs privileges.
fn limit(resource: Resource, value: u64) -> io::Result<()> {
    let most = getrlimit(resource).maximum.unwrap_or(u64::MAX).min(value);
    setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
}

/// Gives up every capability, also those that being root would bring back.
pub(super) fn drop_capabilities() -> io::Result<()> {
    set_no_new_privs(true)?;
    clear_ambient_capability_set()?;
    let bits = CapabilitiesSecureBits::NO_ROOT | CapabilitiesSecureBits::NO_ROOT_LOCKED;
    for capability in CapabilitySet::all().iter() {
        match remove_capability_from_bounding_set(capability) {
            // Unprivileged processes have none to lose; older kernels do not know the newest.
            Ok(()) | Err(io::Errno::PERM | io::Errno::INVAL) => {}
            Err(error) => return Err(error),
        }
    }
    match set_capabilities_secure_bits(bits) {
        Ok(()) | Err(io::Errno::PERM) => {}
        Err(error) => return Err(error),
    }
    let none = CapabilitySet::empty();
    set_capabilities(None, CapabilitySets { effective: none, permitted: none, inheritable: none })
}
