//! Events that wait for their function: durable from the moment they are accepted until they are delivered or given up.
//!
//! In: events, and what became of their attempts. Out: what is still to be delivered. It must not know how a function is
//! called, or when an event is tried again.

use rusqlite::{OptionalExtension, Row, params};
use stagedoor_base::{FunctionArn, Timestamp};

use crate::{Store, StoreError};

/// Names an accepted event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub i64);

/// An event as it was sent, and how often it was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The function as its caller named it.
    pub function: FunctionArn,
    pub request_id: String,
    pub trace_id: Option<String>,
    /// JSON text.
    pub client_context: Option<String>,
    pub payload: Vec<u8>,
    pub accepted: Timestamp,
    /// Attempts that ended in an error of the function.
    pub failures: u32,
    /// All attempts, those included that were throttled.
    pub attempts: u32,
}

/// When an event is to be tried, and how much room it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PendingEvent {
    pub id: EventId,
    pub due: Timestamp,
    pub bytes: usize,
}

impl Store {
    /// Keeps an event, due at once. It is durable when this returns.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn accept_event(&self, event: &Event) -> Result<EventId, StoreError> {
        let writer = self.writer();
        let mut statement = writer.prepare_cached(
            "INSERT INTO event
                 (function, request_id, trace_id, client_context, payload, accepted, failures, attempts, due)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?6)",
        )?;
        let Event { function, request_id, trace_id, client_context, payload, accepted, failures, attempts } =
            event;
        let (function, accepted) = (function.to_string(), millis(*accepted));
        let id = statement.insert(params![
            function,
            request_id,
            trace_id,
            client_context,
            payload,
            accepted,
            failures,
            attempts
        ])?;
        Ok(EventId(id))
    }

    /// Every event that is still to be delivered, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn pending_events(&self) -> Result<Vec<PendingEvent>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare("SELECT id, due, length(payload) FROM event ORDER BY id")?;
            let pending = statement.query_map([], |row| {
                Ok(PendingEvent {
                    id: EventId(row.get(0)?),
                    due: timestamp(row, 1)?,
                    bytes: row.get::<_, u64>(2)? as usize,
                })
            })?;
            Ok(pending.collect::<Result<_, _>>()?)
        })
    }

    /// An event, unless it is delivered or given up.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        self.read(|connection| {
            let sql =
                "SELECT function, request_id, trace_id, client_context, payload, accepted, failures, attempts
                       FROM event WHERE id = ?1";
            let found = connection.prepare_cached(sql)?.query_row([id.0], event).optional()?;
            found.transpose()
        })
    }

    /// Notes failed attempts, and when the next one is due.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn postpone_event(&self, id: EventId, event: &Event, due: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE event SET failures = ?2, attempts = ?3, due = ?4 WHERE id = ?1";
        let values = params![id.0, event.failures, event.attempts, millis(due)];
        self.writer().prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// Forgets every event.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn clear_events(&self) -> Result<(), StoreError> {
        self.writer().execute("DELETE FROM event", [])?;
        Ok(())
    }

    /// Forgets an event that is delivered or given up.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn remove_event(&self, id: EventId) -> Result<(), StoreError> {
        self.writer().prepare_cached("DELETE FROM event WHERE id = ?1")?.execute([id.0])?;
        Ok(())
    }
}

fn event(row: &Row<'_>) -> Result<Result<Event, StoreError>, rusqlite::Error> {
    let function: String = row.get(0)?;
    let Ok(function) = FunctionArn::parse(&function) else {
        return Ok(Err(StoreError::Corrupt(format!("event: {function} is no function"))));
    };
    Ok(Ok(Event {
        function,
        request_id: row.get(1)?,
        trace_id: row.get(2)?,
        client_context: row.get(3)?,
        payload: row.get(4)?,
        accepted: timestamp(row, 5)?,
        failures: row.get(6)?,
        attempts: row.get(7)?,
    }))
}

fn millis(time: Timestamp) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX)
}

fn timestamp(row: &Row<'_>, column: usize) -> Result<Timestamp, rusqlite::Error> {
    Ok(Timestamp(u64::try_from(row.get::<_, i64>(column)?).unwrap_or_default()))
}
