//! Files, signals and ports by landlock.
//!
//! In: what a process may read and write. Out: the calling process, restricted for good. It must not know mounts.

use std::io;
use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, LandlockStatus, NetPort, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetStatus, Scope, path_beneath_rules,
};

use super::surroundings::DEVICES;

/// Older ones let a confined process truncate files that it may not write.
const OLDEST: ABI = ABI::V3;
/// The newest whose every right was read before it was handled here.
const NEWEST: ABI = ABI::V6;

/// What a process may do with files, and where it may listen.
#[derive(Debug)]
pub(super) struct Rules<'a> {
    pub(super) read: Vec<&'a Path>,
    pub(super) write: Vec<&'a Path>,
    pub(super) ports: &'a [u16],
}

/// Restricts this process to `rules`, and its signals to its own kind.
pub(super) fn restrict(rules: &Rules<'_>) -> io::Result<()> {
    let all = AccessFs::from_all(NEWEST);
    let devices = AccessFs::ReadFile | AccessFs::WriteFile | AccessFs::IoctlDev | AccessFs::Truncate;
    let ruleset = ruleset()
        .handle_access(all)
        .and_then(|ruleset| ruleset.handle_access(AccessNet::BindTcp))
        .and_then(|ruleset| ruleset.scope(Scope::from_all(NEWEST)))
        .and_then(Ruleset::create)
        .and_then(|created| {
            created
                .add_rules(path_beneath_rules(&rules.read, AccessFs::from_read(NEWEST)))?
                .add_rules(path_beneath_rules(&rules.write, all))?
                .add_rules(path_beneath_rules(DEVICES, devices))?
                .add_rules(listening(rules.ports))
        });
    let status = ruleset.and_then(landlock::RulesetCreated::restrict_self).map_err(io::Error::other)?;
    let abi: ABI = status.landlock.into();
    match status.ruleset {
        RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced if abi >= OLDEST => Ok(()),
        _ => Err(io::ErrorKind::Unsupported.into()),
    }
}

/// Restricts signals, abstract sockets and ports only, where the kernel can: this leaves mounting possible.
pub(super) fn restrict_reach(ports: &[u16]) -> io::Result<()> {
    let created = ruleset()
        .handle_access(AccessNet::BindTcp)
        .and_then(|ruleset| ruleset.scope(Scope::from_all(NEWEST)))
        .and_then(Ruleset::create)
        .and_then(|created| created.add_rules(listening(ports)));
    created.and_then(landlock::RulesetCreated::restrict_self).map(drop).map_err(io::Error::other)
}

/// A port that the system chooses is nobody's: servers that a function runs for itself keep working.
fn listening(ports: &[u16]) -> impl Iterator<Item = Result<NetPort, landlock::RulesetError>> {
    ports.iter().chain(&[0]).map(|port| Ok(NetPort::new(*port, AccessNet::BindTcp)))
}

/// Rights beyond the oldest ABI are taken where the kernel has them; `stagedoor doctor` says which are missing.
fn ruleset() -> Ruleset {
    Ruleset::default().set_compatibility(CompatLevel::BestEffort)
}

/// Landlock as the running kernel offers it; 0: not at all.
pub(crate) fn version() -> u32 {
    // The crate tells it only to who restricts itself, so a thread does that and ends.
    let asked = std::thread::spawn(|| {
        let created = ruleset().handle_access(AccessFs::from_all(ABI::V1)).and_then(Ruleset::create);
        created.and_then(landlock::RulesetCreated::restrict_self).map(|status| status.landlock)
    });
    match asked.join() {
        Ok(Ok(LandlockStatus::Available { effective_abi, kernel_abi })) => {
            kernel_abi.and_then(|newer| newer.try_into().ok()).unwrap_or(effective_abi as u32)
        }
        _ => 0,
    }
}
