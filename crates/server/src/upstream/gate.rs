//! How many connections each backend has, on all cores together, and who waits for one.
//!
//! In: whoever must open a connection, and connections that became free. Out: places, within the limit. It must not know
//! what is sent. Calls that find an idle connection on their core never come here: they look at one atomic.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use foldhash::fast::RandomState;
use tokio::sync::oneshot;

use super::codec::Connection;
use super::pool::{Pool, Target};

/// So many calls may wait for each connection of a backend.
const LINE_PER_CONNECTION: usize = 4;
/// Even for a backend with few connections so many calls may wait.
const SHORTEST_LINE: usize = 128;
/// After so many connections that stayed on their core, whoever waits longest comes first, wherever it is.
const PASSED_OVER: u32 = 16;

/// The gates of all backends, and the pools of all cores.
#[derive(Debug)]
pub(crate) struct Gates {
    most: usize,
    by_target: Mutex<HashMap<Target, Arc<Gate>, RandomState>>,
    pools: Mutex<Vec<Weak<Pool>>>,
}

/// The gate of one backend.
#[derive(Debug)]
pub(crate) struct Gate {
    most: usize,
    /// How many stand in line, for those who only want to know whether anybody does.
    waiting: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    open: usize,
    line: VecDeque<Waiter>,
    /// How often a later one was served before the first in line.
    passed_over: u32,
}

#[derive(Debug)]
struct Waiter {
    core: usize,
    answer: oneshot::Sender<Grant>,
}

/// What comes of asking for a place.
#[derive(Debug)]
pub(crate) enum Entered {
    Now(Place),
    Later(oneshot::Receiver<Grant>),
}

/// What the first in line gets.
#[derive(Debug)]
pub(crate) enum Grant {
    /// An open connection of the same core.
    Connection(Box<Connection>),
    /// The right to open one.
    Place(Place),
}

/// One connection's place; the next in line gets it when it is dropped.
#[derive(Debug)]
pub(crate) struct Place(Option<Arc<Gate>>);

/// To whom a connection goes that became free.
enum Next {
    Nobody,
    Neighbour(Waiter),
    /// The first in line is on another core.
    Elsewhere,
}

impl Gates {
    /// At most so many connections to each backend.
    pub(crate) fn new(most: usize) -> Self {
        Self { most: most.max(1), by_target: Mutex::default(), pools: Mutex::default() }
    }

    /// Makes a pool known; returns the number of its core.
    pub(super) fn join(&self, pool: &Weak<Pool>) -> usize {
        let mut pools = lock(&self.pools);
        pools.push(Weak::clone(pool));
        pools.len() - 1
    }

    pub(super) fn of(&self, target: &Target) -> Arc<Gate> {
        let mut gates = lock(&self.by_target);
        if let Some(gate) = gates.get(target) {
            return Arc::clone(gate);
        }
        let gate = Arc::new(Gate { most: self.most, waiting: AtomicUsize::new(0), state: Mutex::default() });
        gates.insert(target.clone(), Arc::clone(&gate));
        gate
    }

    /// Closes one idle connection of any core, so that its place goes to the first in line.
    pub(super) fn reclaim(&self, target: &Target) {
        let pools: Vec<Arc<Pool>> = lock(&self.pools).iter().filter_map(Weak::upgrade).collect();
        drop(pools.iter().find_map(|pool| pool.evict(target)));
    }

    /// Forgets backends without connections.
    pub(super) fn sweep(&self) {
        lock(&self.by_target).retain(|_, gate| Arc::strong_count(gate) > 1);
    }
}

impl Gate {
    /// A place at once or in turn; none when too many wait already.
    pub(super) fn enter(self: &Arc<Self>, core: usize) -> Option<Entered> {
        let mut state = lock(&self.state);
        if state.open < self.most {
            state.open += 1;
            return Some(Entered::Now(Place(Some(Arc::clone(self)))));
        }
        let longest = self.most.saturating_mul(LINE_PER_CONNECTION).max(SHORTEST_LINE);
        if state.line.len() >= longest {
            state.line.retain(|waiter| !waiter.answer.is_closed());
        }
        let room = state.line.len() < longest;
        let entered = room.then(|| {
            let (answer, granted) = oneshot::channel();
            state.line.push_back(Waiter { core, answer });
            Entered::Later(granted)
        });
        self.waiting.store(state.line.len(), Relaxed);
        entered
    }

    /// Whether anybody stands in line.
    pub(super) fn is_wanted(&self) -> bool {
        self.waiting.load(Relaxed) > 0
    }

    /// Gives a free connection to whoever waits for one; back when nobody does.
    pub(super) fn offer(&self, mut connection: Box<Connection>, core: usize) -> Option<Box<Connection>> {
        loop {
            match self.next(core) {
                Next::Nobody => return Some(connection),
                // A connection belongs to its core. Closing it passes its place on.
                Next::Elsewhere => return None,
                Next::Neighbour(waiter) => match waiter.answer.send(Grant::Connection(connection)) {
                    Err(Grant::Connection(back)) => connection = back,
                    _ => return None,
                },
            }
        }
    }

    fn next(&self, core: usize) -> Next {
        let mut state = lock(&self.state);
        let neighbour = state.line.iter().position(|waiter| waiter.core == core);
        let next = match neighbour {
            Some(0) => state.pop(0).map_or(Next::Nobody, Next::Neighbour),
            Some(place) if state.passed_over < PASSED_OVER => {
                let passed_over = state.passed_over + 1;
                let next = state.pop(place).map_or(Next::Nobody, Next::Neighbour);
                state.passed_over = passed_over;
                next
            }
            _ if state.line.is_empty() => Next::Nobody,
            _ => Next::Elsewhere,
        };
        self.waiting.store(state.line.len(), Relaxed);
        next
    }

    fn release(self: &Arc<Self>) {
        loop {
            let mut state = lock(&self.state);
            let first = state.pop(0);
            self.waiting.store(state.line.len(), Relaxed);
            let Some(first) = first else {
                state.open -= 1;
                return;
            };
            drop(state);
            match first.answer.send(Grant::Place(Place(Some(Arc::clone(self))))) {
                // It no longer waits: the place is still to be passed on.
                Err(Grant::Place(mut place)) => place.0 = None,
                _ => return,
            }
        }
    }
}

impl State {
    fn pop(&mut self, place: usize) -> Option<Waiter> {
        self.passed_over = 0;
        self.line.remove(place)
    }
}

impl Place {
    pub(super) fn gate(&self) -> Option<&Arc<Gate>> {
        self.0.as_ref()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(gate) = self.0.take() {
            gate.release();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Entered, Gate, Gates, Grant, Place, SHORTEST_LINE};
    use crate::upstream::pool::Target;

    fn gate(most: usize) -> Arc<Gate> {
        let authority = "backend:80".parse().unwrap();
        Gates::new(most).of(&Target { authority, tls: false, skip_verification: false })
    }

    fn now(gate: &Arc<Gate>) -> Place {
        match gate.enter(0) {
            Some(Entered::Now(place)) => place,
            other => panic!("{other:?}"),
        }
    }

    fn later(gate: &Arc<Gate>, core: usize) -> tokio::sync::oneshot::Receiver<Grant> {
        match gate.enter(core) {
            Some(Entered::Later(granted)) => granted,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn places_are_passed_on_in_order_to_those_who_still_wait() {
        let gate = gate(1);
        let place = now(&gate);
        let (mut first, gone, mut third) = (later(&gate, 0), later(&gate, 0), later(&gate, 1));
        drop(gone);
        assert!(gate.is_wanted() && first.try_recv().is_err());
        drop(place);
        let place = first.try_recv().unwrap();
        assert!(third.try_recv().is_err());
        drop(place);
        let place = third.try_recv().unwrap();
        assert!(!gate.is_wanted());
        drop(place);
        drop(now(&gate));
    }

    #[test]
    fn a_place_granted_to_nobody_is_not_lost() {
        let gate = gate(1);
        let place = now(&gate);
        let granted = later(&gate, 0);
        drop(place);
        drop(granted);
        drop(now(&gate));
    }

    #[test]
    fn the_line_is_bounded_and_those_who_left_do_not_count() {
        let gate = gate(1);
        let _place = now(&gate);
        let line: Vec<_> = (0..SHORTEST_LINE).map(|_| later(&gate, 0)).collect();
        assert!(gate.enter(0).is_none());
        drop(line);
        later(&gate, 0);
    }

    #[test]
    fn backends_without_connections_are_forgotten() {
        let gates = Gates::new(1);
        let target = |number: u32| Target {
            authority: format!("b{number}:80").parse().unwrap(),
            tls: false,
            skip_verification: false,
        };
        let used = gates.of(&target(0));
        let _place = now(&used);
        (1..50).for_each(|number| drop(gates.of(&target(number))));
        gates.sweep();
        assert_eq!(gates.by_target.lock().unwrap().len(), 1);
    }
}
