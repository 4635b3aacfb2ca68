//! How many calls of functions run at once: per account and per function, exact under concurrency, without locks.
//!
//! In: limits, which may change at any time. Out: permits, one per running call. It must not know what a call does.

use std::sync::Arc;
use std::sync::atomic::{
    AtomicBool, AtomicU32, AtomicU64, Ordering::AcqRel, Ordering::Acquire, Ordering::Release,
};

use stagedoor_base::Throttle;

/// The value of a reservation that does not exist.
const UNRESERVED: u64 = u64::MAX;

/// What functions without a reservation share, in one account and region.
#[derive(Debug)]
pub struct AccountConcurrency {
    limit: AtomicU32,
    running: AtomicU32,
}

/// The calls of one function, all its versions together.
#[derive(Debug)]
pub struct FunctionConcurrency {
    account: Arc<AccountConcurrency>,
    reserved: AtomicU64,
    running: AtomicU32,
}

/// A call that runs. It counts until it is released or dropped, whichever comes first.
#[derive(Debug)]
pub struct Permit {
    function: Arc<FunctionConcurrency>,
    /// Whether the account counts it, which stays so when the function gets a reservation meanwhile.
    shared: bool,
    released: AtomicBool,
}

impl AccountConcurrency {
    #[must_use]
    pub fn new(limit: u32) -> Self {
        Self { limit: AtomicU32::new(limit), running: AtomicU32::new(0) }
    }

    /// What is left of the account's limit beside all reservations.
    pub fn set_limit(&self, limit: u32) {
        self.limit.store(limit, Release);
    }
}

impl FunctionConcurrency {
    #[must_use]
    pub fn new(account: Arc<AccountConcurrency>, reserved: Option<u32>) -> Self {
        let function = Self { account, reserved: AtomicU64::new(UNRESERVED), running: AtomicU32::new(0) };
        function.set_reserved(reserved);
        function
    }

    /// None: whatever the account has left. 0 refuses every call.
    pub fn set_reserved(&self, reserved: Option<u32>) {
        self.reserved.store(reserved.map_or(UNRESERVED, u64::from), Release);
    }

    /// Begins a call.
    ///
    /// # Errors
    /// The limit that is reached.
    pub fn enter(self: &Arc<Self>) -> Result<Permit, Throttle> {
        let reserved = u32::try_from(self.reserved.load(Acquire)).ok();
        match reserved {
            Some(limit) if !increment(&self.running, limit) => return Err(Throttle::ReservedConcurrency),
            Some(_) => {}
            None if !increment(&self.account.running, self.account.limit.load(Acquire)) => {
                return Err(Throttle::Concurrency);
            }
            None => {
                self.running.fetch_add(1, AcqRel);
            }
        }
        Ok(Permit {
            function: Arc::clone(self),
            shared: reserved.is_none(),
            released: AtomicBool::new(false),
        })
    }
}

/// Two functions are the same when they count together.
impl PartialEq for FunctionConcurrency {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for FunctionConcurrency {}

impl Permit {
    /// The call is over, although somebody may still hold this.
    pub fn release(&self) {
        if self.released.swap(true, AcqRel) {
            return;
        }
        self.function.running.fetch_sub(1, AcqRel);
        if self.shared {
            self.function.account.running.fetch_sub(1, AcqRel);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.release();
    }
}

/// Counts one more unless the limit is reached.
fn increment(counter: &AtomicU32, limit: u32) -> bool {
    counter.fetch_update(AcqRel, Acquire, |running| (running < limit).then_some(running + 1)).is_ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

    use stagedoor_base::Throttle;

    use super::{AccountConcurrency, FunctionConcurrency, Permit};

    fn function(account: &Arc<AccountConcurrency>, reserved: Option<u32>) -> Arc<FunctionConcurrency> {
        Arc::new(FunctionConcurrency::new(Arc::clone(account), reserved))
    }

    fn refused(entered: Result<Permit, Throttle>) -> Option<Throttle> {
        entered.err()
    }

    #[test]
    fn reservations_are_a_functions_own() {
        let account = Arc::new(AccountConcurrency::new(1));
        let (reserved, free, off) =
            (function(&account, Some(2)), function(&account, None), function(&account, Some(0)));
        let held = [reserved.enter().unwrap(), reserved.enter().unwrap(), free.enter().unwrap()];
        assert_eq!(refused(reserved.enter()), Some(Throttle::ReservedConcurrency));
        assert_eq!(refused(free.enter()), Some(Throttle::Concurrency));
        assert_eq!(refused(off.enter()), Some(Throttle::ReservedConcurrency));
        drop(held);
        assert!(reserved.enter().is_ok() && free.enter().is_ok());
    }

    #[test]
    fn a_permit_counts_once_however_it_ends() {
        let account = Arc::new(AccountConcurrency::new(1));
        let free = function(&account, None);
        let permit = free.enter().unwrap();
        permit.release();
        let second = free.enter().unwrap();
        drop(permit);
        assert_eq!(refused(free.enter()), Some(Throttle::Concurrency));
        drop(second);
        assert!(free.enter().is_ok());
    }

    #[test]
    fn calls_keep_the_pool_they_were_taken_from() {
        let account = Arc::new(AccountConcurrency::new(1));
        let (one, other) = (function(&account, None), function(&account, None));
        let held = one.enter().unwrap();
        one.set_reserved(Some(1));
        assert_eq!(refused(one.enter()), Some(Throttle::ReservedConcurrency));
        assert_eq!(refused(other.enter()), Some(Throttle::Concurrency));
        drop(held);
        assert!(one.enter().is_ok() && other.enter().is_ok());
    }

    #[test]
    fn no_more_run_than_are_allowed_however_many_try() {
        const LIMIT: u32 = 7;
        let account = Arc::new(AccountConcurrency::new(LIMIT));
        let function = function(&account, None);
        let (running, most) = (AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|threads| {
            for _ in 0..16 {
                threads.spawn(|| {
                    for _ in 0..2_000 {
                        let Ok(permit) = function.enter() else { continue };
                        most.fetch_max(running.fetch_add(1, SeqCst) + 1, SeqCst);
                        std::thread::yield_now();
                        running.fetch_sub(1, SeqCst);
                        drop(permit);
                    }
                });
            }
        });
        assert!(most.into_inner() <= LIMIT);
        assert_eq!(
            (0..=LIMIT).map_while(|_| function.enter().ok()).collect::<Vec<_>>().len(),
            LIMIT as usize
        );
    }
}
