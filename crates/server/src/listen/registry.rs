//! The open connections of one core, for the sweeper and the drain; and how many each client address has.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::connection::{Connection, Ending, Phase};
use super::limits::FrontLimits;

/// Idle time that is granted while nearly all places are taken.
const IDLE_WHEN_FULL: u32 = 5;
/// Time to read something in, while the replies that nobody reads fill the buffers.
const STALL_WHEN_FULL: u32 = 5;
/// Bytes a second to read then: who takes a reply as slowly as is usually allowed, holds it for hours.
const RATE_WHEN_FULL: u32 = 64 * 1024;
/// Time for the client to agree to the end of an idle connection.
const FAREWELL: u32 = 3;
/// For how long a multiplexed connection may read nothing of what it is owed.
const OWED: u32 = 60;

/// Seconds that each phase may last now.
#[derive(Debug, Clone)]
pub(crate) struct SweepLimits {
    idle: u32,
    handshake: u32,
    head: u32,
    body: u32,
    stall: u32,
    reply_stall: u32,
    reply_rate: u32,
    owed: u32,
    rate: u32,
}

impl SweepLimits {
    /// `full`: nearly all places are taken; `unread`: replies fill the buffers.
    pub(super) fn new(limits: &FrontLimits, full: bool, unread: bool) -> Self {
        let shorter = |usual: u32, pressed: bool, short: u32| if pressed { usual.min(short) } else { usual };
        Self {
            idle: shorter(limits.idle_seconds, full, IDLE_WHEN_FULL),
            handshake: limits.handshake_seconds,
            head: limits.head_seconds,
            body: limits.body_seconds,
            stall: limits.stall_seconds,
            reply_stall: shorter(limits.stall_seconds, unread, STALL_WHEN_FULL),
            reply_rate: if unread { limits.rate.max(RATE_WHEN_FULL) } else { limits.rate },
            owed: shorter(OWED, unread, STALL_WHEN_FULL),
            rate: limits.rate,
        }
    }

    /// While the core ends: whoever has connected but not asked is not waited for, unless the request is on its way.
    pub(super) fn draining(limits: &FrontLimits) -> Self {
        Self { idle: 0, handshake: 1, head: 1, ..Self::new(limits, false, false) }
    }

    fn judge(&self, connection: &Connection, now: u32) -> Ending {
        let age = now.saturating_sub(connection.since());
        let too_long = match connection.phase() {
            // A multiplexed connection waits for the client's word before it ends.
            Phase::Idle if connection.ending() == Ending::Graceful => age > self.idle + FAREWELL,
            Phase::Idle if age > self.idle => return Ending::Graceful,
            Phase::Handshake => age > self.handshake,
            Phase::Head => age > self.head,
            Phase::Body => age > self.body || connection.stalls(now, self.stall, self.rate),
            Phase::Reply => connection.stalls(now, self.reply_stall, self.reply_rate),
            Phase::Idle | Phase::Busy => false,
        };
        let too_long = too_long || connection.unread_for(now) > self.owed;
        if too_long { Ending::Now } else { Ending::Open }
    }
}

/// All connections of one core.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    connections: Mutex<HashMap<u64, Arc<Connection>>>,
    next: AtomicU64,
    /// Of all cores together.
    total: Arc<AtomicUsize>,
}

impl Registry {
    pub(crate) fn new(total: Arc<AtomicUsize>) -> Self {
        Self { connections: Mutex::default(), next: AtomicU64::new(0), total }
    }

    /// Adds a connection for as long as the returned entry lives.
    pub(crate) fn enter(self: &Arc<Self>, connection: Arc<Connection>) -> Entry {
        let id = self.next.fetch_add(1, Relaxed);
        self.lock().insert(id, connection);
        self.total.fetch_add(1, Relaxed);
        Entry { registry: Arc::clone(self), id }
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().len()
    }

    /// Ends the connections whose phase lasts too long.
    pub(super) fn sweep(&self, now: u32, limits: &SweepLimits) {
        for connection in self.lock().values() {
            match limits.judge(connection, now) {
                Ending::Open => {}
                ending => connection.end(ending),
            }
        }
    }

    /// Asks every connection to end.
    pub(crate) fn end_all(&self, how: Ending) {
        for connection in self.lock().values() {
            connection.end(how);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Arc<Connection>>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place in the registry.
#[derive(Debug)]
pub(crate) struct Entry {
    registry: Arc<Registry>,
    id: u64,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.registry.lock().remove(&self.id);
        self.registry.total.fetch_sub(1, Relaxed);
    }
}

/// How many connections each client address has, on all cores.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    /// 0: nobody counts.
    most: usize,
    open: Mutex<HashMap<IpAddr, usize>>,
}

impl Addresses {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, open: Mutex::default() }
    }

    /// A place for one connection of an address; none when it has too many.
    pub(super) fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        if self.most == 0 {
            return Some(Place(None));
        }
        let address = one_client(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(address).or_insert(0);
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Place(Some((Arc::clone(self), address))))
    }
}

/// What stands for one client: whoever has one IPv6 address has its whole /64.
fn one_client(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        address => address,
    }
}

/// One connection of an address.
#[derive(Debug, Default)]
pub(super) struct Place(Option<(Arc<Addresses>, IpAddr)>);

impl Drop for Place {
    fn drop(&mut self) {
        let Some((addresses, address)) = &self.0 else { return };
        let mut open = addresses.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(address) {
            *count -= 1;
            if *count == 0 {
                open.remove(address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Addresses, Connection, Ending, FrontLimits, Phase, Registry, SweepLimits};

    fn judged(connection: &Arc<Connection>, now: u32, full: bool, unread: bool) -> Ending {
        let registry = Arc::new(Registry::default());
        let entry = registry.enter(Arc::clone(connection));
        registry.sweep(now, &SweepLimits::new(&FrontLimits::default(), full, unread));
        drop(entry);
        assert_eq!(registry.len(), 0);
        connection.ending()
    }

    #[test]
    fn whoever_reads_nothing_of_what_it_is_owed_is_cut_off() {
        for (now, expected) in [(60, Ending::Open), (61, Ending::Now)] {
            let connection = Arc::new(Connection::new(Phase::Busy, 0));
            connection.owes(0, 0);
            connection.wrote(17, now);
            assert_eq!(judged(&connection, now, false, false), expected, "after {now}");
        }
    }

    #[test]
    fn each_phase_has_its_own_deadline() {
        let table = [
            (Phase::Idle, 310, Ending::Open),
            (Phase::Idle, 311, Ending::Graceful),
            (Phase::Handshake, 10, Ending::Open),
            (Phase::Handshake, 11, Ending::Now),
            (Phase::Head, 30, Ending::Open),
            (Phase::Head, 31, Ending::Now),
            (Phase::Body, 19, Ending::Open),
            (Phase::Body, 20, Ending::Now),
            (Phase::Busy, 10_000, Ending::Open),
            (Phase::Reply, 19, Ending::Open),
            (Phase::Reply, 20, Ending::Now),
        ];
        for (phase, now, expected) in table {
            let connection = Arc::new(Connection::new(phase, 0));
            assert_eq!(judged(&connection, now, false, false), expected, "{phase:?} after {now}");
        }
    }

    #[test]
    fn an_idle_connection_that_does_not_agree_to_its_end_ends_all_the_same() {
        let connection = Arc::new(Connection::new(Phase::Idle, 0));
        for (now, expected) in [(311, Ending::Graceful), (313, Ending::Graceful), (314, Ending::Now)] {
            assert_eq!(judged(&connection, now, false, false), expected, "after {now}");
        }
    }

    #[test]
    fn a_body_that_keeps_moving_has_its_deadline_all_the_same() {
        let connection = Arc::new(Connection::new(Phase::Body, 0));
        connection.passed(10_000_000);
        assert_eq!(judged(&connection, 300, false, false), Ending::Open);
        connection.passed(10_000_000);
        assert_eq!(judged(&connection, 301, false, false), Ending::Now);
    }

    #[test]
    fn under_pressure_less_patience_is_left() {
        let table = [
            (Phase::Idle, true, false, Ending::Graceful),
            (Phase::Idle, false, true, Ending::Open),
            (Phase::Reply, false, true, Ending::Now),
            (Phase::Reply, true, false, Ending::Open),
        ];
        for (phase, full, unread, expected) in table {
            let connection = Arc::new(Connection::new(phase, 0));
            assert_eq!(judged(&connection, 6, full, unread), expected, "{phase:?} {full} {unread}");
        }
    }

    #[test]
    fn under_pressure_replies_have_to_be_read_faster() {
        for (unread, expected) in [(false, Ending::Open), (true, Ending::Now)] {
            let connection = Arc::new(Connection::new(Phase::Reply, 0));
            connection.passed(20 * 1024);
            assert_eq!(judged(&connection, 20, false, unread), expected, "{unread}");
        }
    }

    #[test]
    fn an_address_has_so_many_connections() {
        let addresses = Arc::new(Addresses::new(2));
        let (one, other) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let first = addresses.enter(one);
        let _second = addresses.enter(one).unwrap();
        assert!(addresses.enter(one).is_none());
        assert!(addresses.enter(other).is_some());
        drop(first);
        assert!(addresses.enter(one).is_some());
        assert!(Arc::new(Addresses::new(0)).enter(one).is_some());
        let neighbours = ["2001:db8::1", "2001:db8::2:3", "2001:db8::4"].map(|text| text.parse().unwrap());
        let places = neighbours.map(|address| addresses.enter(address));
        assert_eq!(places.map(|place| place.is_some()), [true, true, false]);
        assert!(addresses.enter("2001:db8:0:1::1".parse().unwrap()).is_some());
    }
}
