//! The life of one call's record: opened on arrival, handed to the sinks exactly once, whatever happens between.

use std::sync::Arc;

use stagedoor_program::{Head, Program, Record};

use crate::{Ports, ids, request};

/// A record that reports itself when it goes out of scope, on a panic or an abandoned call too.
pub(crate) struct Exchange<'e> {
    pub(crate) record: Record,
    ports: &'e Ports,
}

impl<'e> Exchange<'e> {
    pub(crate) fn open(ports: &'e Ports, head: Head, program: Option<Arc<Program>>) -> Self {
        let request_id = ids::request_id(head.header(&request::REQUEST_ID));
        let record = Record::open(head, program, request_id, ids::extended_request_id());
        Self { record, ports }
    }
}

impl Drop for Exchange<'_> {
    fn drop(&mut self) {
        self.record.latency = (self.ports.elapsed)().saturating_sub(self.record.head.started);
        (self.ports.record)(&self.record);
    }
}
