//! All sinks of a node, and each core's way into them.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use stagedoor_program::Record;

use crate::access_log::Formats;
use crate::console::{self, Console};
use crate::counters::CoreCounters;
use crate::lines::{Destination, Lines};
use crate::prometheus;

/// Which sinks there are.
#[derive(Debug, Clone)]
pub struct Settings {
    /// None: no access log.
    pub access_log: Option<Destination>,
    /// One format for all stages; none: each stage's own.
    pub access_log_format: Option<String>,
    pub console: Console,
    pub console_destination: Destination,
}

/// What the node counts itself, handed in for a scrape.
#[derive(Debug, Clone, Default)]
pub struct Gauges {
    pub connections: usize,
    pub buffered_bytes: usize,
    pub revision: u64,
}

/// The sinks of one node.
#[derive(Debug)]
pub struct Observer {
    access_log: Option<(Arc<Lines>, Arc<Formats>)>,
    console: Option<(Arc<Lines>, Console)>,
    cores: Vec<Arc<CoreCounters>>,
}

/// What a core hands its records to.
#[derive(Debug, Clone)]
pub struct CoreSinks {
    index: usize,
    counters: Arc<CoreCounters>,
    access_log: Option<(Arc<Lines>, Arc<Formats>)>,
    console: Option<(Arc<Lines>, Console)>,
}

impl Observer {
    /// Opens the sinks for so many cores.
    ///
    /// # Errors
    /// When a file cannot be opened or a thread not started.
    pub fn open(settings: &Settings, cores: usize) -> io::Result<Self> {
        let open = |destination: &Destination| Lines::open(destination, cores).map(Arc::new);
        let access_log = settings.access_log.as_ref().map(open).transpose()?;
        let formats = Arc::new(Formats::new(settings.access_log_format.as_deref()));
        let console = match settings.console {
            Console::Off => None,
            wanted => Some((open(&settings.console_destination)?, wanted)),
        };
        Ok(Self {
            access_log: access_log.map(|lines| (lines, formats)),
            console,
            cores: (0..cores).map(|_| Arc::default()).collect(),
        })
    }

    /// The sinks of one core; the index must be below the number of cores.
    #[must_use]
    pub fn core(&self, index: usize) -> CoreSinks {
        CoreSinks {
            index,
            counters: Arc::clone(&self.cores[index]),
            access_log: self.access_log.clone(),
            console: self.console.clone(),
        }
    }

    /// Everything counted so far, as Prometheus reads it.
    #[must_use]
    pub fn prometheus(&self, gauges: &Gauges) -> String {
        let mut out = String::new();
        let mut sums = BTreeMap::new();
        self.cores.iter().for_each(|core| core.add_to(&mut sums));
        prometheus::stages(&mut out, &sums);
        let unrouted: u64 = self.cores.iter().map(|core| core.unrouted()).sum();
        prometheus::single(
            &mut out,
            "stagedoor_unrouted_total",
            "counter",
            "Calls that no stage answers.",
            unrouted,
        );
        self.dropped(&mut out);
        let Gauges { connections, buffered_bytes, revision } = gauges;
        prometheus::single(
            &mut out,
            "stagedoor_connections",
            "gauge",
            "Open client connections.",
            connections,
        );
        let help = "Bytes reserved for request and reply bodies.";
        prometheus::single(&mut out, "stagedoor_buffered_bytes", "gauge", help, buffered_bytes);
        prometheus::single(
            &mut out,
            "stagedoor_revision",
            "gauge",
            "The store's revision that is served.",
            revision,
        );
        prometheus::head(&mut out, "stagedoor_build_info", "gauge", "The version that runs.");
        let version = env!("CARGO_PKG_VERSION");
        prometheus::line(&mut out, format_args!("stagedoor_build_info{{version=\"{version}\"}} 1"));
        out
    }

    fn dropped(&self, out: &mut String) {
        let name = "stagedoor_log_lines_dropped_total";
        prometheus::head(out, name, "counter", "Log lines that found their buffer full.");
        let access = self.access_log.as_ref().map(|(lines, _)| ("access", lines.dropped()));
        let console = self.console.as_ref().map(|(lines, _)| ("console", lines.dropped()));
        for (log, dropped) in access.into_iter().chain(console) {
            prometheus::line(out, format_args!("{name}{{log=\"{log}\"}} {dropped}"));
        }
    }

    /// Writes what waits; records after this are lost.
    pub fn close(&self) {
        self.access_log.iter().for_each(|(lines, _)| lines.close());
        self.console.iter().for_each(|(lines, _)| lines.close());
    }
}

impl CoreSinks {
    /// Takes the record of a finished call.
    pub fn record(&self, record: &Record) {
        self.counters.record(record);
        if let Some((lines, formats)) = &self.access_log {
            lines.append(self.index, |out| formats.render(record, out));
        }
        if let Some((lines, console)) = &self.console
            && console.wants(record)
        {
            lines.append(self.index, |out| console::render(record, out));
        }
    }
}
