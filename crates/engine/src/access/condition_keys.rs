//! The condition keys that a call answers.
//!
//! In: a call's record. Out: values, borrowed. It must not know policies.

use std::net::IpAddr;

use http::HeaderName;
use http::header::{REFERER, USER_AGENT};
use http::uri::Scheme;
use stagedoor_auth::policy::{Context, Value};
use stagedoor_program::{Program, Record};

/// The keys of one call.
pub(crate) struct RequestKeys<'r> {
    record: &'r Record,
    program: &'r Program,
}

impl<'r> RequestKeys<'r> {
    pub(crate) fn new(program: &'r Program, record: &'r Record) -> Self {
        Self { record, program }
    }

    /// Which of two headers is meant nobody can tell: a client may send one for us and one for the backend.
    fn header(&self, name: &HeaderName) -> Value<'_> {
        let mut values = self.record.head.headers.get_all(name);
        match (values.next(), values.next()) {
            (None, _) => Value::Absent,
            (Some(value), None) => value.to_str().map_or(Value::Unknown, Value::Text),
            (Some(_), Some(_)) => Value::Unknown,
        }
    }

    fn address(&self) -> IpAddr {
        self.record.head.peer
    }
}

impl Context for RequestKeys<'_> {
    fn get(&self, key: &str) -> Value<'_> {
        let is_private = self.program.deployment.is_private();
        match key {
            // AWS tells callers of private APIs from each other by their address in the VPC.
            "aws:sourceip" if !is_private => Value::Address(self.address()),
            "aws:vpcsourceip" if is_private => Value::Address(self.address()),
            // Only AWS's network knows the VPC. Public APIs are never called through one.
            "aws:sourcevpc" | "aws:sourcevpce" if is_private => Value::Unknown,
            "aws:useragent" => self.header(&USER_AGENT),
            "aws:referer" => self.header(&REFERER),
            "aws:currenttime" => Value::Time(self.record.head.received),
            "aws:epochtime" => {
                i64::try_from(self.record.head.received.epoch_seconds()).map_or(Value::Unknown, Value::Number)
            }
            "aws:securetransport" => Value::Bool(self.record.head.listener.scheme == Scheme::HTTPS),
            "aws:requestedregion" => Value::Text(self.program.deployment.scope.region.as_str()),
            "aws:resourceaccount" => Value::Text(self.program.deployment.scope.account.as_str()),
            "aws:viaawsservice" => Value::Bool(false),
            _ => Value::Absent,
        }
    }
}
