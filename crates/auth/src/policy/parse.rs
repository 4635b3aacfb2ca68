//! From a document to a policy, strictly: what AWS does not know is refused.

use std::collections::HashSet;
use std::sync::Arc;

use super::arn::ResourcePattern;
use super::condition::Condition;
use super::error::PolicyError;
use super::evaluate::Policy;
use super::operator::Operator;
use super::pattern::Pattern;
use super::principal::PrincipalPattern;
use super::statement::{Effect, Listed, Statement};
use crate::jwt::Json;

/// Longer documents are refused unread; AWS's own limits are below.
const LONGEST: usize = 64 * 1024;

/// AWS's bound on a resource that a Lambda authorizer names.
const LONGEST_OF_AUTHORIZERS: usize = 512;

/// What a policy belongs to; each kind has rules of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Identity,
    Boundary,
    Session,
    Resource,
    /// Who may assume a role.
    Trust,
    /// The answer of a Lambda authorizer.
    Authorizer,
}

/// The characters that count towards IAM's quotas: all but whitespace.
#[must_use]
pub fn quota_size(text: &str) -> usize {
    text.chars().filter(|character| !character.is_whitespace()).count()
}

type Members = [(Box<str>, Json)];

impl Policy {
    /// Compiles a document.
    ///
    /// # Errors
    /// [`PolicyError`] when AWS would refuse it, or when it could never be evaluated.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, PolicyError> {
        Self::compile(text, kind, None)
    }

    /// Compiles the policy of an API, whose resources may be short: `execute-api:/stage/GET/pets` stands for an ARN that
    /// begins with `api_arn`.
    ///
    /// # Errors
    /// [`PolicyError`] as of [`Self::parse`].
    pub fn parse_of_api(text: &str, api_arn: &str) -> Result<Self, PolicyError> {
        Self::compile(text, Kind::Resource, Some(api_arn))
    }

    fn compile(text: &str, kind: Kind, api_arn: Option<&str>) -> Result<Self, PolicyError> {
        if text.len() > LONGEST {
            return Err(PolicyError::TooLarge(LONGEST));
        }
        let Some(Json::Object(members)) = Json::parse(text.as_bytes()) else {
            return Err(if kind.is_of_identity() { PolicyError::Syntax } else { PolicyError::Json });
        };
        only(&members, &["Version", "Id", "Statement"])?;
        let parser = Parser { kind, variables: kind.version(member(&members, "Version"))?, api_arn };
        if member(&members, "Id").is_some_and(|id| id.as_text().is_none()) {
            return Err(PolicyError::Syntax);
        }
        let statements = parser.statements(member(&members, "Statement").ok_or(PolicyError::Syntax)?)?;
        Ok(Self { name: None, statements })
    }
}

impl Kind {
    const fn is_of_identity(self) -> bool {
        matches!(self, Self::Identity | Self::Boundary | Self::Session | Self::Authorizer)
    }

    /// API Gateway takes names, actions and resources that IAM would refuse; they match nothing.
    const fn is_checked_loosely(self) -> bool {
        matches!(self, Self::Resource | Self::Authorizer)
    }

    /// Whether policy variables have a meaning, which they have from 2012-10-17 on.
    fn version(self, version: Option<&Json>) -> Result<bool, PolicyError> {
        let wants_current = matches!(self, Self::Identity | Self::Boundary);
        match version.map(Json::as_text) {
            Some(Some("2012-10-17")) => Ok(true),
            None | Some(Some("2008-10-17")) if wants_current => Err(PolicyError::Version),
            None | Some(Some("2008-10-17")) => Ok(false),
            Some(_) => Err(PolicyError::Syntax),
        }
    }
}

struct Parser<'a> {
    kind: Kind,
    variables: bool,
    /// What `execute-api:` is short for.
    api_arn: Option<&'a str>,
}

impl Parser<'_> {
    fn statements(&self, json: &Json) -> Result<Box<[Statement]>, PolicyError> {
        let list = match json {
            // Without statements nobody gets in, which IAM refuses to store.
            Json::List(list) if !list.is_empty() || self.kind.is_checked_loosely() => list.as_slice(),
            Json::Object(_) => std::slice::from_ref(json),
            _ => return Err(PolicyError::Syntax),
        };
        let mut statements: Box<[Statement]> =
            list.iter().map(|json| self.statement(json)).collect::<Result<_, _>>()?;
        share_actions(&mut statements);
        let mut sids = HashSet::new();
        match statements.iter().filter_map(|statement| statement.sid.as_deref()).all(|sid| sids.insert(sid)) {
            true => Ok(statements),
            false => Err(PolicyError::SidTwice),
        }
    }

    fn statement(&self, json: &Json) -> Result<Statement, PolicyError> {
        const ELEMENTS: [&str; 9] = [
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition",
        ];
        let Json::Object(members) = json else { return Err(PolicyError::Syntax) };
        only(members, &ELEMENTS)?;
        Ok(Statement {
            sid: self.sid(members)?,
            effect: match member(members, "Effect").and_then(Json::as_text) {
                Some("Allow") => Effect::Allow,
                Some("Deny") => Effect::Deny,
                _ => return Err(PolicyError::Syntax),
            },
            principals: self.principals(members)?,
            actions: Arc::new(self.actions(members)?),
            resources: self.resources(members)?,
            conditions: self.conditions(members)?,
        })
    }

    fn sid(&self, members: &Members) -> Result<Option<Box<str>>, PolicyError> {
        let Some(sid) = member(members, "Sid") else { return Ok(None) };
        let sid = sid.as_text().ok_or(PolicyError::Syntax)?;
        match self.kind.is_checked_loosely() || sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            // An empty one is as good as none.
            true => Ok((!sid.is_empty()).then(|| sid.into())),
            false => Err(PolicyError::SidCharacters),
        }
    }

    fn principals(&self, members: &Members) -> Result<Option<Listed<PrincipalPattern>>, PolicyError> {
        let found = either(members, "Principal", "NotPrincipal")?;
        match (found, self.kind.is_of_identity()) {
            (Some(_), true) => Err(PolicyError::PrincipalGiven),
            (None, true) => Ok(None),
            (None, false) => Err(PolicyError::Missing("Principal")),
            (Some((true, _)), false) if self.kind == Kind::Trust => {
                Err(PolicyError::Prohibited("NotPrincipal"))
            }
            (Some((negated, json)), false) => {
                let patterns = principals(json)?;
                Ok(Some(if negated { Listed::AllBut(patterns) } else { Listed::These(patterns) }))
            }
        }
    }

    fn actions(&self, members: &Members) -> Result<Listed<Pattern>, PolicyError> {
        let missing = match self.kind.is_of_identity() {
            true => PolicyError::NoActions,
            false => PolicyError::Missing("Action"),
        };
        let Some((negated, json)) = either(members, "Action", "NotAction")? else { return Err(missing) };
        let texts = texts(json)?;
        if texts.is_empty() {
            return Err(missing);
        }
        let patterns = texts.into_iter().map(|text| self.action(text)).collect::<Result<_, _>>()?;
        Ok(if negated { Listed::AllBut(patterns) } else { Listed::These(patterns) })
    }

    fn action(&self, text: &str) -> Result<Pattern, PolicyError> {
        let is_checked = !self.kind.is_checked_loosely();
        match text.split_once(':') {
            _ if text == "*" => {}
            None if is_checked => return Err(PolicyError::NoVendor),
            Some((vendor, _)) if is_checked && !is_vendor(vendor) => {
                return Err(PolicyError::Vendor(vendor.into()));
            }
            _ => {}
        }
        let is_sts = text.get(..4).is_some_and(|vendor| vendor.eq_ignore_ascii_case("sts:"));
        if self.kind == Kind::Trust && !is_sts {
            return Err(PolicyError::TrustAction);
        }
        Ok(Pattern::action(text))
    }

    fn resources(&self, members: &Members) -> Result<Option<Listed<ResourcePattern>>, PolicyError> {
        let found = either(members, "Resource", "NotResource")?;
        if self.kind == Kind::Trust {
            return if found.is_some() { Err(PolicyError::Prohibited("Resource")) } else { Ok(None) };
        }
        let missing = match self.kind.is_of_identity() {
            true => PolicyError::NoResources,
            false => PolicyError::Missing("Resource"),
        };
        let Some((negated, json)) = found else { return Err(missing) };
        let texts = texts(json)?;
        if texts.is_empty() {
            return Err(missing);
        }
        let patterns = texts.into_iter().map(|text| self.resource(text)).collect::<Result<_, _>>()?;
        Ok(Some(if negated { Listed::AllBut(patterns) } else { Listed::These(patterns) }))
    }

    fn resource(&self, text: &str) -> Result<ResourcePattern, PolicyError> {
        if !self.kind.is_checked_loosely() && text != "*" && !text.starts_with("arn:") {
            return Err(PolicyError::Resource(text.into()));
        }
        if self.kind == Kind::Authorizer && text.len() > LONGEST_OF_AUTHORIZERS {
            return Err(PolicyError::ResourceTooLong(LONGEST_OF_AUTHORIZERS));
        }
        match (self.api_arn, text.strip_prefix("execute-api:")) {
            (Some(arn), Some(path)) if path.starts_with('/') => {
                Ok(ResourcePattern::compile(&format!("{arn}{path}"), self.variables))
            }
            _ => Ok(ResourcePattern::compile(text, self.variables)),
        }
    }

    fn conditions(&self, members: &Members) -> Result<Box<[Condition]>, PolicyError> {
        let Some(condition) = member(members, "Condition") else { return Ok(Box::default()) };
        let Json::Object(operators) = condition else { return Err(PolicyError::Syntax) };
        let mut found = Vec::new();
        for (name, keys) in operators {
            let operator = Operator::parse(name).ok_or(PolicyError::Syntax)?;
            let Json::Object(keys) = keys else { return Err(PolicyError::Syntax) };
            for (key, values) in keys {
                found.push(self.condition(name, operator, key, values)?);
            }
        }
        Ok(found.into())
    }

    fn condition(
        &self,
        name: &str,
        operator: Operator,
        key: &str,
        values: &Json,
    ) -> Result<Condition, PolicyError> {
        if self.kind != Kind::Authorizer && !key.contains(':') {
            return Err(PolicyError::NoVendor);
        }
        let values = scalars(values)?;
        let texts: Vec<&str> = values.iter().map(|value| &**value).collect();
        Condition::compile(operator, key, &texts, self.variables)
            .map_err(|value| PolicyError::Value { operator: name.into(), value: value.into() })
    }
}

/// Lets neighbours that name the same actions share them, so that one look at an action does for all.
fn share_actions(statements: &mut [Statement]) {
    for index in 1..statements.len() {
        let (before, rest) = statements.split_at_mut(index);
        if let (Some(before), Some(own)) = (before.last(), rest.first_mut())
            && before.actions == own.actions
        {
            own.actions = Arc::clone(&before.actions);
        }
    }
}

/// `"*"`, or lists by kind.
fn principals(json: &Json) -> Result<Box<[PrincipalPattern]>, PolicyError> {
    let kinds = match json {
        Json::Text(text) if **text == *"*" => return Ok([PrincipalPattern::Everybody].into()),
        Json::Text(text) => return Err(PolicyError::Principal { kind: "STAR".into(), name: text.clone() }),
        Json::Object(kinds) if !kinds.is_empty() => kinds,
        _ => return Err(PolicyError::Syntax),
    };
    let mut found = Vec::new();
    for (kind, names) in kinds {
        for name in texts(names)? {
            let pattern = principal(kind, name);
            found.push(
                pattern.ok_or_else(|| PolicyError::Principal { kind: kind.clone(), name: name.into() })?,
            );
        }
    }
    if found.is_empty() { Err(PolicyError::Syntax) } else { Ok(found.into()) }
}

fn principal(kind: &str, name: &str) -> Option<PrincipalPattern> {
    match kind {
        "AWS" => PrincipalPattern::aws(name),
        "Service" => {
            (!name.is_empty() && !name.contains('*')).then(|| PrincipalPattern::Service(name.into()))
        }
        "Federated" => {
            (!name.is_empty() && !name.contains('*')).then(|| PrincipalPattern::Federated(name.into()))
        }
        "CanonicalUser" => Some(PrincipalPattern::CanonicalUser),
        _ => None,
    }
}

fn is_vendor(vendor: &str) -> bool {
    !vendor.is_empty() && vendor.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn member<'m>(members: &'m Members, name: &str) -> Option<&'m Json> {
    members.iter().find(|(known, _)| **known == *name).map(|(_, value)| value)
}

fn only(members: &Members, known: &[&str]) -> Result<(), PolicyError> {
    match members.iter().all(|(name, _)| known.contains(&&**name)) {
        true => Ok(()),
        false => Err(PolicyError::Syntax),
    }
}

/// An element, or its `Not…`; both at once are refused.
fn either<'m>(
    members: &'m Members,
    name: &str,
    negated: &str,
) -> Result<Option<(bool, &'m Json)>, PolicyError> {
    match (member(members, name), member(members, negated)) {
        (Some(_), Some(_)) => Err(PolicyError::Syntax),
        (Some(json), None) => Ok(Some((false, json))),
        (None, Some(json)) => Ok(Some((true, json))),
        (None, None) => Ok(None),
    }
}

/// A text, or a list of them.
fn texts(json: &Json) -> Result<Vec<&str>, PolicyError> {
    let list = match json {
        Json::List(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    list.iter().map(|item| item.as_text().ok_or(PolicyError::Syntax)).collect()
}

/// The values of a condition: texts, and numbers and booleans as the texts that they are.
fn scalars(json: &Json) -> Result<Vec<Box<str>>, PolicyError> {
    let list = match json {
        Json::List(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    let text = |item: &Json| match item {
        Json::Text(text) => Ok(text.clone()),
        Json::Bool(_) | Json::Number(_) => Ok(item.to_string().into()),
        Json::Null | Json::List(_) | Json::Object(_) => Err(PolicyError::Syntax),
    };
    list.iter().map(text).collect()
}
