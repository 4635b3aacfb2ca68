//! One statement: whom, what and when it is about, and what it says of that.

use std::sync::Arc;

use super::arn::ResourcePattern;
use super::condition::{Condition, Verdict, any};
use super::context::Keys;
use super::evaluate::Request;
use super::pattern::Pattern;
use super::principal::{Grant, Principal, PrincipalPattern, names_any, names_wholly};

/// What a statement does with a request that it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Allow,
    Deny,
}

/// A list, or everything but what it lists.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Listed<T> {
    These(Box<[T]>),
    /// `NotAction`, `NotResource`, `NotPrincipal`
    AllBut(Box<[T]>),
}

/// A compiled statement. All its parts must match; within a part, any entry may.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    pub(super) sid: Option<Box<str>>,
    pub(super) effect: Effect,
    /// None: the policy belongs to an identity, so it is about that.
    pub(super) principals: Option<Listed<PrincipalPattern>>,
    /// Shared by the statements of a policy that name the same ones.
    pub(super) actions: Arc<Listed<Pattern>>,
    /// None: the policy belongs to one resource, so it is about that.
    pub(super) resources: Option<Listed<ResourcePattern>>,
    pub(super) conditions: Box<[Condition]>,
}

/// The part of a statement that keeps it from matching.
#[derive(Debug, Clone, Copy)]
pub(super) enum Obstacle<'s> {
    Principal,
    Action,
    Resource,
    Condition(&'s Condition),
}

impl Listed<Pattern> {
    /// Whether an action is meant.
    pub(super) fn is_about(&self, action: &str) -> bool {
        match self {
            Self::These(patterns) => patterns.iter().any(|pattern| pattern.matches_action(action)),
            Self::AllBut(patterns) => !patterns.iter().any(|pattern| pattern.matches_action(action)),
        }
    }
}

impl Statement {
    /// How far the statement reaches for a request that it matches.
    pub(super) fn matches(&self, request: &Request<'_>, keys: &Keys<'_>) -> Result<Grant, Obstacle<'_>> {
        match self.actions.is_about(request.action) {
            true => self.matches_beyond_action(request, keys),
            false => Err(Obstacle::Action),
        }
    }

    /// The same for a statement that is about the action.
    pub(super) fn matches_beyond_action(
        &self,
        request: &Request<'_>,
        keys: &Keys<'_>,
    ) -> Result<Grant, Obstacle<'_>> {
        let grant = self.grant(request).ok_or(Obstacle::Principal)?;
        if !self.takes(self.is_about_resource(request.resource, keys)) {
            return Err(Obstacle::Resource);
        }
        match self.conditions.iter().find(|condition| !self.passes(condition, keys)) {
            None => Ok(grant),
            Some(condition) => Err(Obstacle::Condition(condition)),
        }
    }

    /// What nobody can tell keeps an Allow from matching, never a Deny.
    fn takes(&self, verdict: Verdict) -> bool {
        match verdict {
            Verdict::No => false,
            Verdict::Yes => true,
            Verdict::Unknown => self.effect == Effect::Deny,
        }
    }

    fn passes(&self, condition: &Condition, keys: &Keys<'_>) -> bool {
        self.takes(condition.holds(keys))
    }

    fn grant(&self, request: &Request<'_>) -> Option<Grant> {
        let principal = &request.principal;
        match &self.principals {
            None => Some(Grant::Direct),
            // The most frequent of all, and nothing reaches farther for callers without an identity.
            Some(Listed::These(patterns))
                if matches!(**patterns, [PrincipalPattern::Everybody])
                    && !matches!(principal, Principal::Aws(_)) =>
            {
                Some(Grant::Limited)
            }
            Some(Listed::These(patterns)) => {
                patterns.iter().filter_map(|pattern| pattern.grant(principal)).max()
            }
            Some(Listed::AllBut(patterns)) => {
                let is_exempt = match self.effect {
                    Effect::Allow => names_any(patterns, principal),
                    Effect::Deny => names_wholly(patterns, principal),
                };
                (!is_exempt).then_some(Grant::Limited)
            }
        }
    }

    fn is_about_resource(&self, resource: &str, keys: &Keys<'_>) -> Verdict {
        let is_allow = self.effect == Effect::Allow;
        match &self.resources {
            None => Verdict::Yes,
            Some(Listed::These(patterns)) => {
                match any(patterns, |pattern| pattern.matches(resource, is_allow, keys)) {
                    Some(true) => Verdict::Yes,
                    // An absent variable matches nothing, as on AWS; one that nobody can tell might match.
                    None if patterns.iter().any(|pattern| pattern.is_unknown(keys)) => Verdict::Unknown,
                    Some(false) | None => Verdict::No,
                }
            }
            Some(Listed::AllBut(patterns)) => {
                match any(patterns, |pattern| pattern.matches(resource, !is_allow, keys)) {
                    Some(true) => Verdict::No,
                    Some(false) => Verdict::Yes,
                    None => Verdict::Unknown,
                }
            }
        }
    }
}
