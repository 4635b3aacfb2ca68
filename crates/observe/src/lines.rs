//! Lines on their way from the cores to one stream: a bounded buffer per core, and a thread that empties them in the order
//! in which the lines were made.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use stagedoor_program::Program;
use tokio::sync::watch;

use crate::ring::{Ring, Source};
use crate::style::{Style, expand};

/// Bytes that wait per core at most.
const CAPACITY: usize = 1024 * 1024;
/// From here on the writer is woken before its time.
const URGENT: usize = 64 * 1024;
const INTERVAL: Duration = Duration::from_millis(50);

/// Where lines go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    Stdout,
    Stderr,
    /// Appended to; made when missing.
    File(PathBuf),
}

/// What lines become on their way to the stream.
#[derive(Debug, Clone)]
pub(crate) enum Form {
    /// Written as they are.
    Plain,
    /// With the time before them, their styles expanded, and kept for later readers.
    Console { colour: bool, ring: Arc<Ring> },
}

/// What a line is about; becomes a [`Source`] off the cores.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    Gateway,
    Stage(Option<Arc<Program>>),
    Function(Arc<str>),
}

/// One stream and the buffers before it.
#[derive(Debug)]
pub(crate) struct Lines {
    shared: Arc<Shared>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug)]
struct Shared {
    buffers: Vec<Mutex<Buffer>>,
    dropped: AtomicU64,
    wake: Condvar,
    state: Mutex<State>,
    form: Form,
    /// Lines made until then have left the buffers.
    settled: watch::Sender<Instant>,
}

/// Lines of one core, one after the other.
#[derive(Debug, Default)]
struct Buffer {
    text: String,
    ends: Vec<End>,
}

/// Where a line ends, and what else is known of it.
#[derive(Debug, Clone)]
struct End {
    at: Instant,
    end: usize,
    origin: Origin,
    /// Not only kept for later readers.
    printed: bool,
}

#[derive(Debug, Default)]
struct State {
    urgent: bool,
    closed: bool,
}

impl Lines {
    pub(crate) fn open(destination: &Destination, cores: usize, form: Form) -> io::Result<Self> {
        let mut stream: Box<dyn Write + Send> = match destination {
            Destination::Stdout => Box::new(io::stdout()),
            Destination::Stderr => Box::new(io::stderr()),
            Destination::File(path) => {
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder)?;
                }
                Box::new(OpenOptions::new().create(true).append(true).open(path)?)
            }
        };
        let shared = Arc::new(Shared {
            buffers: (0..cores).map(|_| Mutex::default()).collect(),
            dropped: AtomicU64::new(0),
            wake: Condvar::new(),
            state: Mutex::default(),
            form,
            settled: watch::Sender::new(Instant::now()),
        });
        let theirs = Arc::clone(&shared);
        let writer = std::thread::Builder::new()
            .name("log-writer".to_owned())
            .spawn(move || theirs.write_until_closed(&mut *stream))?;
        Ok(Self { shared, writer: Mutex::new(Some(writer)) })
    }

    /// Appends one line; `write` gets the core's buffer and adds the line without its end. Values in it cannot end it.
    pub(crate) fn append(&self, core: usize, write: impl FnOnce(&mut String)) {
        self.append_block(core, Origin::Gateway, true, |text| {
            let start = text.len();
            write(text);
            keep_one_line(text, start);
        });
    }

    /// Appends lines that stay together; who writes them keeps control characters out of values.
    pub(crate) fn append_block(
        &self,
        core: usize,
        origin: Origin,
        printed: bool,
        write: impl FnOnce(&mut String),
    ) {
        let mut buffer = lock(&self.shared.buffers[core]);
        if buffer.text.len() >= CAPACITY {
            self.shared.dropped.fetch_add(1, Relaxed);
            return;
        }
        let Buffer { text, ends } = &mut *buffer;
        let start = text.len();
        write(text);
        text.push('\n');
        // Taken under the lock: whoever empties the buffers later sees every line made before.
        ends.push(End { at: Instant::now(), end: text.len(), origin, printed });
        let urgent = start < URGENT && text.len() >= URGENT;
        drop(buffer);
        if urgent {
            self.shared.hurry();
        }
    }

    /// Completes when every line made before the call is on its way to the stream and to the [`Ring`].
    pub(crate) async fn settle(&self) {
        let asked = Instant::now();
        let mut settled = self.shared.settled.subscribe();
        self.shared.hurry();
        // It fails only when the sender is gone, which is part of self.
        let _ = settled.wait_for(|until| *until >= asked).await;
    }

    /// Lines that found no room.
    pub(crate) fn dropped(&self) -> u64 {
        self.shared.dropped.load(Relaxed)
    }

    /// Writes what waits and ends the thread.
    pub(crate) fn close(&self) {
        lock(&self.shared.state).closed = true;
        self.shared.wake.notify_one();
        if let Some(writer) = lock(&self.writer).take() {
            // A writer that panicked has nothing left to say.
            let _ = writer.join();
        }
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.close();
    }
}

impl Shared {
    /// The writer does not wait for its time.
    fn hurry(&self) {
        lock(&self.state).urgent = true;
        self.wake.notify_one();
    }

    fn write_until_closed(&self, stream: &mut dyn Write) {
        let mut taken: Vec<Buffer> = self.buffers.iter().map(|_| Buffer::default()).collect();
        let mut late = Vec::new();
        let mut batch = String::new();
        loop {
            let closed = self.wait();
            let cut = Instant::now();
            for (buffer, taken) in self.buffers.iter().zip(&mut taken) {
                // The core gets the emptied buffer back, with its capacity.
                std::mem::swap(&mut *lock(buffer), taken);
            }
            merge(&mut taken, &mut late, (!closed).then_some(cut), |end, line| {
                self.form.write(end, line, &mut batch);
            });
            self.settled.send_replace(cut);
            self.write(stream, &mut batch);
            if closed {
                return;
            }
        }
    }

    fn write(&self, stream: &mut dyn Write, batch: &mut String) {
        let written = if batch.is_empty() { Ok(()) } else { stream.write_all(batch.as_bytes()) };
        if written.and_then(|()| stream.flush()).is_err() {
            let lines = batch.bytes().filter(|byte| *byte == b'\n').count();
            self.dropped.fetch_add(lines as u64, Relaxed);
        }
        batch.clear();
    }

    fn wait(&self) -> bool {
        let state = lock(&self.state);
        let waited = self.wake.wait_timeout_while(state, INTERVAL, |it| !it.urgent && !it.closed);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.urgent = false;
        state.closed
    }
}

/// Hands the lines of all cores to `each`, oldest first. Lines made after `cut` stay in `late` for the next time: another
/// core may have made an older one after its buffer was taken.
fn merge(
    taken: &mut [Buffer],
    late: &mut Vec<(End, String)>,
    cut: Option<Instant>,
    mut each: impl FnMut(&End, &str),
) {
    let mut lines: Vec<(&End, &str)> = late.iter().map(|(end, line)| (end, line.as_str())).collect();
    for buffer in &*taken {
        let mut start = 0;
        for end in &buffer.ends {
            lines.push((end, &buffer.text[start..end.end]));
            start = end.end;
        }
    }
    lines.sort_by_key(|(end, _)| end.at);
    let due = cut.map_or(lines.len(), |cut| lines.partition_point(|(end, _)| end.at <= cut));
    lines[..due].iter().for_each(|(end, line)| each(end, line));
    let kept = lines[due..].iter().map(|(end, line)| ((*end).clone(), (*line).to_owned())).collect();
    *late = kept;
    for buffer in taken {
        buffer.text.clear();
        buffer.ends.clear();
    }
}

impl Form {
    fn write(&self, end: &End, line: &str, batch: &mut String) {
        let Self::Console { colour, ring } = self else { return batch.push_str(line) };
        let time = wall_clock(end.at);
        if end.printed {
            let prefix = format!("{}{}{} ", Style::Dim.mark(), time_of_day(time), Style::Plain.mark());
            expand(&prefix, *colour, batch);
            expand(line, *colour, batch);
        }
        ring.push(time, end.origin.source(), line.trim_end_matches('\n').to_owned());
    }
}

impl Origin {
    fn source(&self) -> Source {
        match self {
            Self::Gateway | Self::Stage(None) => Source::Gateway,
            Self::Stage(Some(program)) => {
                Source::Stage(format!("{}/{}", program.deployment.api_id, program.stage.name))
            }
            Self::Function(name) => Source::Function(name.to_string()),
        }
    }
}

/// Milliseconds since 1970 at a moment of the monotonic clock.
fn wall_clock(at: Instant) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.saturating_sub(at.elapsed()).as_millis()).unwrap_or(u64::MAX)
}

/// `16:20:03.412`, in UTC as everything that Lambda and API Gateway log.
#[must_use]
pub fn time_of_day(millis: u64) -> String {
    let seconds = millis / 1000 % 86_400;
    format!("{:02}:{:02}:{:02}.{:03}", seconds / 3600, seconds / 60 % 60, seconds % 60, millis % 1000)
}

/// Values may come from backends: a line end among them would forge a line.
fn keep_one_line(buffer: &mut String, start: usize) {
    // Without a way out of the loop, it looks at many bytes at once.
    let controls = buffer.as_bytes()[start..].iter().fold(false, |any, byte| any | (*byte < b' '));
    if controls {
        let clean: String = buffer[start..].chars().map(|c| if c < ' ' { ' ' } else { c }).collect();
        buffer.truncate(start);
        buffer.push_str(&clean);
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{CAPACITY, Destination, Form, Lines, Ring, time_of_day};

    #[test]
    fn lines_of_all_cores_keep_their_order_and_cannot_be_forged() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("logs/access.log");
        let lines = Lines::open(&Destination::File(file.clone()), 2, Form::Plain).unwrap();
        lines.append(0, |out| out.push_str("first"));
        lines.append(1, |out| out.push_str("second\nforged"));
        lines.append(0, |out| out.push_str("third"));
        lines.close();
        assert_eq!(std::fs::read_to_string(file).unwrap(), "first\nsecond forged\nthird\n");
    }

    #[tokio::test]
    async fn whoever_waits_finds_every_line_made_before() {
        let ring = std::sync::Arc::<Ring>::default();
        let form = Form::Console { colour: false, ring: ring.clone() };
        let folder = tempfile::tempdir().unwrap();
        let lines = Lines::open(&Destination::File(folder.path().join("log")), 1, form).unwrap();
        for count in 1..=100 {
            lines.append(0, |out| out.push_str("line"));
            lines.settle().await;
            assert_eq!(ring.read(0, 200, |_| true).0.len(), count);
        }
    }

    #[test]
    fn a_full_buffer_drops_and_counts() {
        let folder = tempfile::tempdir().unwrap();
        let lines = Lines::open(&Destination::File(folder.path().join("log")), 1, Form::Plain).unwrap();
        // Without its writer nothing is emptied.
        lines.close();
        lines.append(0, |out| out.push_str(&"x".repeat(CAPACITY)));
        lines.append(0, |out| out.push_str("lost"));
        assert_eq!(lines.dropped(), 1);
    }

    #[test]
    fn times_are_of_the_day() {
        assert_eq!(time_of_day(86_400_000 * 3 + 3_723_004), "01:02:03.004");
    }
}
