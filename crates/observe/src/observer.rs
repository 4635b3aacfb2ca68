//! All sinks of a node, and each core's way into them.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use stagedoor_program::Record;

use crate::access_log::Formats;
use crate::console::{self, Console, FunctionLine};
use crate::counters::CoreCounters;
use crate::lines::{Destination, Form, Lines, Origin};
use crate::prometheus;
use crate::ring::Ring;

/// Which sinks there are.
#[derive(Debug, Clone)]
pub struct Settings {
    /// None: no access log.
    pub access_log: Option<Destination>,
    /// One format for all stages; none: each stage's own.
    pub access_log_format: Option<String>,
    pub console: Console,
    pub console_destination: Destination,
    /// Whether the console shows colours.
    pub colour: bool,
    /// Whether calls that the console does not print are kept for later readers all the same.
    pub keep: bool,
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
    console: ConsoleSink,
    ring: Arc<Ring>,
    cores: Vec<Arc<CoreCounters>>,
}

/// The console's lines, and which calls get one.
#[derive(Debug, Clone)]
struct ConsoleSink {
    lines: Arc<Lines>,
    level: Console,
    keep: bool,
}

/// What a core hands its records to.
#[derive(Debug, Clone)]
pub struct CoreSinks {
    index: usize,
    counters: Arc<CoreCounters>,
    access_log: Option<(Arc<Lines>, Arc<Formats>)>,
    console: ConsoleSink,
}

impl Observer {
    /// Opens the sinks for so many cores.
    ///
    /// # Errors
    /// When a file cannot be opened or a thread not started.
    pub fn open(settings: &Settings, cores: usize) -> io::Result<Self> {
        let open = |destination: &Destination| Lines::open(destination, cores, Form::Plain).map(Arc::new);
        let access_log = settings.access_log.as_ref().map(open).transpose()?;
        let formats = Arc::new(Formats::new(settings.access_log_format.as_deref()));
        let ring = Arc::<Ring>::default();
        let form = Form::Console { colour: settings.colour, ring: Arc::clone(&ring) };
        // Functions and the program itself speak through a buffer beside those of the cores.
        let lines = Lines::open(&settings.console_destination, cores + 1, form)?;
        let console = ConsoleSink { lines: Arc::new(lines), level: settings.console, keep: settings.keep };
        Ok(Self {
            access_log: access_log.map(|lines| (lines, formats)),
            console,
            ring,
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

    /// The latest lines of the console.
    #[must_use]
    pub fn ring(&self) -> &Arc<Ring> {
        &self.ring
    }

    /// Completes when the ring holds every line made before the call.
    pub async fn settle(&self) {
        self.console.lines.settle().await;
    }

    /// Prints what the program itself has to say, in lines that stay together.
    pub fn say(&self, write: impl FnOnce(&mut String)) {
        self.console.lines.append_block(self.cores.len(), Origin::Gateway, true, write);
    }

    /// Prints a line of a function's log.
    pub fn function_line(&self, line: &FunctionLine<'_>) {
        let printed = self.console.level.wants_line(line);
        if printed || self.console.keep {
            let origin = Origin::Function(Arc::from(line.function));
            self.console.lines.append_block(self.cores.len(), origin, printed, |out| {
                console::render_function_line(line, out);
            });
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
        let console = ("console", self.console.lines.dropped());
        for (log, dropped) in access.into_iter().chain([console]) {
            prometheus::line(out, format_args!("{name}{{log=\"{log}\"}} {dropped}"));
        }
    }

    /// Writes what waits; records after this are lost.
    pub fn close(&self) {
        self.access_log.iter().for_each(|(lines, _)| lines.close());
        self.console.lines.close();
        self.ring.close();
    }
}

impl CoreSinks {
    /// Takes the record of a finished call.
    pub fn record(&self, record: &Record) {
        self.counters.record(record);
        if let Some((lines, formats)) = &self.access_log {
            lines.append(self.index, |out| formats.render(record, out));
        }
        let printed = self.console.level.wants(record);
        if printed || self.console.keep {
            let origin = Origin::Stage(record.program.clone());
            self.console.lines.append_block(self.index, origin, printed, |out| {
                console::render(record, out);
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use http::Method;
    use http::uri::{PathAndQuery, Scheme};
    use stagedoor_base::Timestamp;
    use stagedoor_model::GatewayResponseType;
    use stagedoor_program::{ErrorFacts, Head, HeaderList, Listener, Outcome, Program, Record, RequestId};

    use super::{Gauges, Observer, Settings};
    use crate::{Console, Destination};

    fn record(program: Option<Arc<Program>>, status: u16) -> Record {
        let head = Head {
            method: Method::GET,
            target: PathAndQuery::from_static("/v1/pets"),
            path_start: 3,
            context_start: Some(0),
            headers: HeaderList::default(),
            spelling: None,
            peer: [127, 0, 0, 1].into(),
            listener: Listener { scheme: Scheme::HTTP, port: 80 },
            received: Timestamp(0),
            started: Duration::ZERO,
        };
        let request_id = RequestId { text: [b'0'; 36], replaced: false };
        let mut record = Record::open(head, program, request_id, [b'x'; 16]);
        record.outcome = Outcome::Answered;
        record.status = status;
        record.latency = Duration::from_millis(3);
        record
    }

    fn settings(folder: &std::path::Path) -> Settings {
        Settings {
            access_log: Some(Destination::File(folder.join("access.log"))),
            access_log_format: Some("$context.httpMethod $context.path $context.status".to_owned()),
            console: Console::Failures,
            console_destination: Destination::File(folder.join("console.log")),
            colour: false,
            keep: false,
        }
    }

    #[test]
    fn every_sink_gets_what_it_wants() {
        let folder = tempfile::tempdir().unwrap();
        let observer = Observer::open(&settings(folder.path()), 2).unwrap();
        observer.core(0).record(&record(None, 200));
        let mut failed = record(None, 403);
        failed.error = Some(Box::new(ErrorFacts {
            response_type: GatewayResponseType::Default4xx,
            message: None,
            after_start: false,
            reason: "why it was".into(),
            line: None,
            validation: None,
        }));
        observer.core(1).record(&failed);
        observer.close();
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        // Without a stage there is no `$context.path`.
        assert_eq!(read("access.log"), "GET - 200\nGET - 403\n");
        let console = read("console.log");
        let (time, line) = console.split_at("00:00:00.000 ".len());
        assert!(time.ends_with(' ') && time.contains(':'), "{console}");
        let expected = "GET     /pets                            403   3.0 ms  DEFAULT_4XX: why it was\n";
        assert_eq!(line, expected);
        let (kept, _) = observer.ring().read(0, 9, |_| true);
        assert_eq!(kept.len(), 1, "{kept:?}");
        let gauges = Gauges { connections: 7, ..Gauges::default() };
        let text = observer.prometheus(&gauges);
        for expected in ["stagedoor_unrouted_total 2\n", "stagedoor_connections 7\n"] {
            assert!(text.contains(expected), "{text}");
        }
    }
}
