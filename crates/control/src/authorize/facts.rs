//! What conditions of policies may ask about a control call.
//!
//! In: a call, and the tags of what it is about. Out: values of condition keys. Keys about the caller are his principal's
//! own. It must not know policies.

use http::header::USER_AGENT;
use stagedoor_auth::policy::{Context, Value};
use stagedoor_base::Timestamp;
use stagedoor_json::Value as Json;
use stagedoor_model::Map;
use stagedoor_wire::{Operation, form_parameter};

use crate::context::Context as Handling;
use crate::{ControlRequest, Source};

/// What a call itself says, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// Tags that it would set.
    tags: Vec<(String, String)>,
    /// Their keys, and those that it would take away.
    tag_keys: Vec<String>,
    /// Other keys that it answers, in lower case.
    own: Vec<(&'static str, String)>,
}

/// A call's values, each made once.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    source: Source,
    now: Timestamp,
    region: &'a str,
    user_agent: Option<&'a str>,
    given: &'a Given,
    tag_keys: Vec<&'a str>,
    /// Tags of the entity that the call is about.
    tags: Map<String>,
}

impl Given {
    pub(crate) fn of(request: &ControlRequest, operation: Operation) -> Self {
        let (tags, mut tag_keys) = given_tags(request, operation);
        tag_keys.extend(tags.iter().map(|(key, _)| key.clone()));
        Self { tags, tag_keys, own: own_keys(request, operation) }
    }

    /// Of a session of a role that is asked for.
    pub(crate) fn assuming(session_name: &str, external_id: Option<&str>, tags: &[(String, String)]) -> Self {
        let external_id = external_id.map(|id| ("sts:externalid", id.to_owned()));
        let session_name = ("sts:rolesessionname", session_name.to_owned());
        Self {
            tags: tags.to_vec(),
            tag_keys: tags.iter().map(|(key, _)| key.clone()).collect(),
            own: std::iter::once(session_name).chain(external_id).collect(),
        }
    }

    /// Of a role that is handed on to a service.
    pub(crate) fn passing(service: &str) -> Self {
        Self { own: vec![("iam:passedtoservice", service.to_owned())], ..Self::default() }
    }
}

impl<'a> Facts<'a> {
    pub(crate) fn new(given: &'a Given, ctx: &'a Handling, source: Source) -> Self {
        let tag_keys = given.tag_keys.iter().map(String::as_str).collect();
        let region = ctx.scope.region.as_str();
        Self { source, now: ctx.now, region, user_agent: None, given, tag_keys, tags: Map::new() }
    }

    /// With what the request's head says, and the tags of what it is about.
    pub(crate) fn about(self, request: &'a ControlRequest, tags: Map<String>) -> Self {
        let user_agent = request.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        Self { user_agent, ..self.tagged(tags) }
    }

    /// With the tags of what it is about.
    pub(crate) fn tagged(self, tags: Map<String>) -> Self {
        Self { tags, ..self }
    }
}

/// The value of a tag. Names of condition keys ignore case, and so does AWS with the tag's name in them; which of several
/// is meant, nobody can tell.
fn tag<'t>(tags: impl IntoIterator<Item = (&'t String, &'t String)>, wanted: &str) -> Value<'t> {
    let mut found = tags.into_iter().filter(|(key, _)| key.eq_ignore_ascii_case(wanted));
    match (found.next(), found.next()) {
        (None, _) => Value::Absent,
        (Some((_, value)), None) => Value::Text(value),
        (Some(_), Some(_)) => Value::Unknown,
    }
}

impl Context for Facts<'_> {
    fn get(&self, key: &str) -> Value<'_> {
        if let Some(name) = key.strip_prefix("aws:resourcetag/") {
            return tag(&self.tags, name);
        }
        if let Some(name) = key.strip_prefix("aws:requesttag/") {
            return tag(self.given.tags.iter().map(|(key, value)| (key, value)), name);
        }
        match key {
            "aws:sourceip" => Value::Address(self.source.address),
            "aws:securetransport" => Value::Bool(self.source.secure),
            "aws:currenttime" | "aws:epochtime" => Value::Time(self.now),
            "aws:requestedregion" => Value::Text(self.region),
            "aws:useragent" => self.user_agent.map_or(Value::Absent, Value::Text),
            "aws:tagkeys" if self.tag_keys.is_empty() => Value::Absent,
            "aws:tagkeys" => Value::Many(&self.tag_keys),
            _ => self.other(key),
        }
    }
}

impl Facts<'_> {
    fn other(&self, key: &str) -> Value<'_> {
        match self.given.own.iter().find(|(own, _)| *own == key) {
            Some((_, value)) => Value::Text(value),
            // The other keys of AWS itself are absent wherever they do not apply.
            None if key.starts_with("aws:")
                || key == "sts:externalid"
                || OWN_KEYS.iter().any(|(own, _)| *own == key) =>
            {
                Value::Absent
            }
            None => Value::Unknown,
        }
    }
}

/// The tags that a call would set, and the keys that it would take away.
fn given_tags(request: &ControlRequest, operation: Operation) -> (Vec<(String, String)>, Vec<String>) {
    if matches!(operation, Operation::Iam(_) | Operation::Sts(_)) {
        return listed_tags(request);
    }
    let removed = stagedoor_wire::query_parameters(&request.query, "tagKeys");
    let body = std::str::from_utf8(&request.body).ok().and_then(|text| stagedoor_json::parse(text).ok());
    let member = if matches!(operation, Operation::Lambda(_)) { "Tags" } else { "tags" };
    let tags = body.as_ref().and_then(|body| body.get(member));
    let Some(Json::Object(tags)) = tags else { return (Vec::new(), removed) };
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    (tags.iter().map(|(key, value)| (key.to_owned(), text(value))).collect(), removed)
}

/// `Tags.member.1.Key=…&Tags.member.1.Value=…`, `TagKeys.member.1=…`.
fn listed_tags(request: &ControlRequest) -> (Vec<(String, String)>, Vec<String>) {
    let given = |name: String| form_parameter(&request.query, &request.body, &name);
    let mut tags = Vec::new();
    while let Some(key) = given(format!("Tags.member.{}.Key", tags.len() + 1)) {
        let value = given(format!("Tags.member.{}.Value", tags.len() + 1)).unwrap_or_default();
        tags.push((key, value));
    }
    let mut removed = Vec::new();
    while let Some(key) = given(format!("TagKeys.member.{}", removed.len() + 1)) {
        removed.push(key);
    }
    (tags, removed)
}

/// Keys that only IAM's calls have, and the parameters behind them.
const OWN_KEYS: [(&str, &str); 2] =
    [("iam:policyarn", "PolicyArn"), ("iam:permissionsboundary", "PermissionsBoundary")];

fn own_keys(request: &ControlRequest, operation: Operation) -> Vec<(&'static str, String)> {
    if !matches!(operation, Operation::Iam(_)) {
        return Vec::new();
    }
    let given = |name: &str| form_parameter(&request.query, &request.body, name);
    OWN_KEYS.into_iter().filter_map(|(key, name)| Some((key, given(name)?))).collect()
}
