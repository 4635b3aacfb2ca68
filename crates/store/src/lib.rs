//! What the control plane decided, kept durably: versioned JSON documents in one SQLite file per directory.
//!
//! In: [`Change`]s made of `model` entities. Out: the same entities, each unit with the revision it was read at, and
//! a log of revisions that a node follows. It must not know wire shapes, programs, or any rule about what an entity
//! may contain. All calls block; run them where blocking is allowed.

mod api_key;
mod change;
mod codec;
mod commit;
mod error;
mod event;
mod iam;
mod key;
mod ledger;
mod lock;
mod log;
mod open;
mod read;
mod seal;
mod secret;
mod startup;
mod usage_plan;

pub use api_key::{KeyPosition, KeyRow};
pub use change::Change;
pub use codec::EncodedSnapshot;
pub use error::StoreError;
pub use event::{Event, EventId, PendingEvent};
pub use key::{Kind, Owner, Revision, Versioned, iam_scope};
pub use ledger::{Usage, UsageOf};
pub use log::{Log, LogEntry, Operation};
pub use open::Store;
pub use secret::{InvalidSecretKey, SecretKeys};
pub use startup::Deployed;
pub use usage_plan::{Metered, PlanKeyPosition, Which};
