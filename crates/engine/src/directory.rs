//! What lives on the account and changes without deployments: functions, their versions and who may invoke them; identities;
//! API keys and usage plans.
//!
//! Kept by `server` entry by entry; read here without locks.

use std::sync::Arc;

use stagedoor_auth::policy::{Outcome, Pairs, Policy, Principal, Request};
use stagedoor_base::FunctionArn;
use stagedoor_program::{LambdaAuthorizer, StageView};

use crate::stage::Decision;
use crate::verified::Verified;
use crate::{FunctionConcurrency, Identities, Sharded, UsageKeys, ids};

/// Answers of Lambda authorizers.
type Decisions = Verified<LambdaAuthorizer, Decision>;

/// All accounts' live entities.
#[derive(Debug)]
pub struct Directory {
    /// By the ARN as an integration may name it: unqualified, with an alias, with a version.
    functions: Sharded<FunctionArn, Arc<FunctionEntry>>,
    identities: Identities,
    keys: UsageKeys,
    /// What Lambda authorizers have answered.
    decisions: Decisions,
}

/// One name of a function.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionEntry {
    /// The version that runs: `$LATEST` or a number as qualifier.
    pub version: FunctionArn,
    /// The version that runs instead in a share of the calls, and that share.
    pub additional: Option<(FunctionArn, f64)>,
    /// Counts the calls of all names of the function together.
    pub concurrency: Arc<FunctionConcurrency>,
    /// The Lambda API that runs the function; none: this machine.
    pub endpoint: Option<Arc<str>>,
    /// The resource policy of exactly this name; a grant on the unqualified function covers no alias.
    pub policy: Policy,
}

impl Directory {
    /// An empty one; `digest` makes the digests of API keys' values.
    #[must_use]
    pub fn new(digest: impl Fn(&str) -> u128 + Send + Sync + 'static) -> Self {
        Self {
            functions: Sharded::default(),
            identities: Identities::default(),
            keys: UsageKeys::new(digest),
            decisions: Decisions::default(),
        }
    }

    /// What an ARN names.
    #[must_use]
    pub fn function(&self, arn: &FunctionArn) -> Option<Arc<FunctionEntry>> {
        self.functions.get(arn)
    }

    /// Sets what an ARN names.
    pub fn set_function(&self, arn: &FunctionArn, entry: FunctionEntry) {
        self.functions.insert(arn, &Arc::new(entry));
    }

    /// Sets many at once, for start-up.
    pub fn set_functions(&self, entries: impl IntoIterator<Item = (FunctionArn, FunctionEntry)>) {
        self.functions.extend(entries.into_iter().map(|(arn, entry)| (arn, Arc::new(entry))));
    }

    /// Forgets an ARN.
    pub fn remove_function(&self, arn: &FunctionArn) {
        self.functions.remove(arn);
    }

    /// Who may sign calls.
    #[must_use]
    pub fn identities(&self) -> &Identities {
        &self.identities
    }

    /// API keys and usage plans.
    #[must_use]
    pub fn keys(&self) -> &UsageKeys {
        &self.keys
    }

    pub(crate) fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// Forgets what Lambda authorizers have answered for a stage.
    pub fn forget_decisions(&self, stage: &Arc<StageView>) {
        self.decisions.forget(stage);
    }

    /// Forgets all functions.
    pub fn clear(&self) {
        self.functions.clear();
    }
}

impl FunctionEntry {
    /// The version for one call: of two versions, one by chance.
    #[must_use]
    pub fn choose(&self) -> &FunctionArn {
        match &self.additional {
            Some((version, share)) if ids::chance() < *share => version,
            _ => &self.version,
        }
    }

    /// Whether API Gateway may invoke it on behalf of the method that `source_arn` names.
    #[must_use]
    pub fn admits(&self, source_arn: &str, source_account: &str) -> bool {
        let outcome = self.policy.evaluate(&Request {
            principal: Principal::Service("apigateway.amazonaws.com"),
            action: "lambda:InvokeFunction",
            // The policy of a function is about nothing else.
            resource: "",
            context: &Pairs(&[("aws:SourceArn", source_arn), ("aws:SourceAccount", source_account)]),
        });
        matches!(outcome, Outcome::Allow(_))
    }
}
