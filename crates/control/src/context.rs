//! What a handler is given: the store, the caller's scope, the clock's reading, names for new entities; and the loops
//! around the store that every handler needs.
//!
//! In: one authenticated call. Out: reads, committed changes, and the revision to publish before the call is answered.
//! It must not know wire shapes or any single operation.

use std::cell::{Cell, RefCell};
use std::sync::{Arc, Mutex, PoisonError};

use stagedoor_base::{ApiId, ApiKeyId, Entropy, Limits, Scope, Timestamp, UsagePlanId};
use stagedoor_model::ApiTree;
use stagedoor_store::{Change, Revision, Store, StoreError};
use tokio::runtime::Handle;

use crate::authorize::{self, Passed};
use crate::caller::Caller;
use crate::{ApiError, CheckCode, FlushCache, Ports, Settings, Source, UsagePorts};

/// How often a change is recomputed after somebody else's. From the second time on writers take turns, so that only
/// first attempts of others can still get in between.
const ATTEMPTS: usize = 64;

/// Who makes a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A control call, and where it came from: refused on entities that a file declares.
    Call(Source),
    /// The declaration file itself.
    Declaration,
}

/// What all calls share.
#[derive(Debug)]
pub(crate) struct Foundation {
    pub(crate) store: Arc<Store>,
    pub(crate) settings: Settings,
    pub(crate) ports: Ports,
    pub(crate) turn: Arc<Mutex<()>>,
    pub(crate) reserving: Arc<Mutex<()>>,
    pub(crate) metering: Arc<Mutex<()>>,
}

/// One call's surroundings. Lives on the blocking thread that runs the handler.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) store: Arc<Store>,
    /// The caller's account and the region its signature names.
    pub(crate) scope: Scope,
    /// Who calls.
    pub(crate) caller: Caller,
    pub(crate) now: Timestamp,
    pub(crate) limits: Arc<Limits>,
    pub(crate) check_code: CheckCode,
    /// Held by whoever tries a change again.
    turn: Arc<Mutex<()>>,
    /// Held while the reservations of an account are compared with its limit and one of them is changed.
    pub(crate) reserving: Arc<Mutex<()>>,
    /// Held while keys, plans and the stages that plans open are compared with each other and one of them is changed.
    pub(crate) metering: Arc<Mutex<()>>,
    pub(crate) usage: UsagePorts,
    pub(crate) flush_cache: FlushCache,
    pub(crate) origin: Origin,
    entropy: RefCell<Entropy>,
    committed: Cell<Option<Revision>>,
}

impl Context {
    pub(crate) fn new(foundation: &Foundation, caller: Caller, origin: Origin, entropy: Entropy) -> Self {
        let Foundation { store, settings, ports, turn, reserving, metering } = foundation;
        Self {
            store: store.clone(),
            scope: caller.scope.clone(),
            caller,
            now: (settings.clock)(),
            limits: settings.limits.clone(),
            check_code: ports.check_code,
            turn: turn.clone(),
            reserving: reserving.clone(),
            metering: metering.clone(),
            usage: ports.usage.clone(),
            flush_cache: ports.flush_cache.clone(),
            origin,
            entropy: RefCell::new(entropy),
            committed: Cell::new(None),
        }
    }

    /// A fresh id of `[a-z0-9]`.
    pub(crate) fn new_id(&self, length: usize) -> String {
        self.entropy.borrow_mut().id(length)
    }

    /// A fresh id that `taken` does not know.
    pub(crate) fn new_id_unlike(&self, length: usize, taken: impl Fn(&str) -> bool) -> String {
        loop {
            let id = self.new_id(length);
            if !taken(&id) {
                return id;
            }
        }
    }

    /// A fresh UUID.
    pub(crate) fn new_uuid(&self) -> String {
        self.entropy.borrow_mut().uuid()
    }

    /// Hands the generator out, for code that makes ids of its own.
    pub(crate) fn with_entropy<T>(&self, work: impl FnOnce(&mut Entropy) -> T) -> T {
        work(&mut self.entropy.borrow_mut())
    }

    /// Makes a change durable. [`ApiError::Raced`] when the API moved on meanwhile: run inside [`Self::retrying`].
    pub(crate) fn commit(&self, change: Change) -> Result<(), ApiError> {
        let revision = self.store.commit(change)?;
        self.committed.set(Some(revision));
        Ok(())
    }

    /// The same for changes of several units: all or none of them.
    pub(crate) fn commit_all(&self, changes: impl IntoIterator<Item = Change>) -> Result<(), ApiError> {
        let revision = self.store.commit_all(changes)?;
        self.committed.set(Some(revision));
        Ok(())
    }

    /// Forgets what a key used of a plan, or all keys: it is no more. Rows that stay behind make a
    /// declared key that comes back count too high, never too low; other ids do not return.
    pub(crate) fn forget_usage(&self, plan: &UsagePlanId, key: Option<&ApiKeyId>) {
        let forgotten = (self.usage.forget)(self.scope.clone(), plan.clone(), key.cloned());
        let Ok(runtime) = Handle::try_current() else { return };
        if let Err(reason) = runtime.block_on(forgotten) {
            tracing::warn!(
                plan = plan.as_str(),
                reason,
                "the usage of a deleted key or plan is not forgotten"
            );
        }
    }

    /// The last revision that this call made; its owner publishes it before answering.
    pub(crate) fn committed(&self) -> Option<Revision> {
        self.committed.get()
    }

    /// Runs read-change-commit again while others get in between.
    pub(crate) fn retrying<T>(
        &self,
        mut attempt: impl FnMut() -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        match attempt() {
            Err(ApiError::Raced) => {}
            done => return done,
        }
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        for _ in 2..ATTEMPTS {
            match attempt() {
                Err(ApiError::Raced) => {}
                done => return done,
            }
        }
        attempt()
    }

    /// 404 with the text of most operations on an unknown API.
    pub(crate) fn unknown_api(&self, api: &str) -> ApiError {
        ApiError::NotFound(format!("Invalid API identifier specified {}:{api}", self.scope.account))
    }

    /// An API as edited; `not_found` is what this operation answers when there is none.
    pub(crate) fn read_api(
        &self,
        api: &str,
        not_found: impl FnOnce() -> ApiError,
    ) -> Result<ApiTree, ApiError> {
        let found = self.store.api(&self.scope, &ApiId::from(api))?;
        Ok(found.ok_or_else(not_found)?.value)
    }

    /// Changes an API: `edit` works on a copy, and what differs afterwards is committed if nobody else was faster. `edit`
    /// runs again when somebody was; an error leaves everything as it was.
    pub(crate) fn edit_api<T>(
        &self,
        api: &str,
        not_found: impl Fn() -> ApiError,
        mut edit: impl FnMut(&mut ApiTree) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let id = ApiId::from(api);
        self.retrying(|| {
            let before = self.store.api(&self.scope, &id)?.ok_or_else(&not_found)?;
            self.refuse_declared(before.value.api.declared_in.as_deref())?;
            let mut after = before.value.clone();
            let result = edit(&mut after)?;
            if after != before.value {
                self.pass_roles(&Passed::by_api(Some(&before.value), &after))?;
                let change = Change::between(&self.scope, &before.value, &after);
                self.commit(change.expecting(before.revision))?;
            }
            Ok(result)
        })
    }

    /// Refuses a change that hands on roles which the caller may not pass.
    pub(crate) fn pass_roles(&self, passed: &Passed) -> Result<(), ApiError> {
        match self.origin {
            Origin::Call(source) => authorize::pass_roles(self, source, passed),
            Origin::Declaration => Ok(()),
        }
    }

    /// Refuses calls that would change what a file declares.
    pub(crate) fn refuse_declared(&self, declared_in: Option<&str>) -> Result<(), ApiError> {
        match declared_in {
            Some(file) if self.origin != Origin::Declaration => Err(ApiError::BadRequest(format!(
                "This entity is declared in {file}, which alone may change it. Edit the file instead."
            ))),
            _ => Ok(()),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { .. } => Self::Raced,
            StoreError::ValueTaken => Self::conflict("API Key already exists"),
            other => Self::Internal(other.to_string()),
        }
    }
}
