//! Lines on their way from the cores to one stream: a bounded buffer per core, and a thread that empties them in the order
//! in which the lines were made.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

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
}

/// Lines of one core, one after the other.
#[derive(Debug, Default)]
struct Buffer {
    text: String,
    /// When each line was made and where it ends.
    ends: Vec<(Instant, usize)>,
}

#[derive(Debug, Default)]
struct State {
    urgent: bool,
    closed: bool,
}

impl Lines {
    pub(crate) fn open(destination: &Destination, cores: usize) -> io::Result<Self> {
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
        });
        let theirs = Arc::clone(&shared);
        let writer = std::thread::Builder::new()
            .name("log-writer".to_owned())
            .spawn(move || theirs.write_until_closed(&mut *stream))?;
        Ok(Self { shared, writer: Mutex::new(Some(writer)) })
    }

    /// Appends one line; `write` gets the core's buffer and adds the line without its end.
    pub(crate) fn append(&self, core: usize, write: impl FnOnce(&mut String)) {
        let mut buffer = lock(&self.shared.buffers[core]);
        if buffer.text.len() >= CAPACITY {
            self.shared.dropped.fetch_add(1, Relaxed);
            return;
        }
        let Buffer { text, ends } = &mut *buffer;
        let start = text.len();
        write(text);
        keep_one_line(text, start);
        text.push('\n');
        // Taken under the lock: whoever empties the buffers later sees every line made before.
        ends.push((Instant::now(), text.len()));
        let urgent = start < URGENT && text.len() >= URGENT;
        drop(buffer);
        if urgent {
            lock(&self.shared.state).urgent = true;
            self.shared.wake.notify_one();
        }
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
            merge(&mut taken, &mut late, (!closed).then_some(cut), &mut batch);
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

/// Moves the lines of all cores to `batch`, oldest first. Lines made after `cut` stay in `late` for the next time: another
/// core may have made an older one after its buffer was taken.
fn merge(taken: &mut [Buffer], late: &mut Vec<(Instant, String)>, cut: Option<Instant>, batch: &mut String) {
    let mut lines: Vec<(Instant, &str)> = late.iter().map(|(at, line)| (*at, line.as_str())).collect();
    for buffer in &*taken {
        let mut start = 0;
        for (at, end) in &buffer.ends {
            lines.push((*at, &buffer.text[start..*end]));
            start = *end;
        }
    }
    lines.sort_by_key(|(at, _)| *at);
    let due = cut.map_or(lines.len(), |cut| lines.partition_point(|(at, _)| *at <= cut));
    lines[..due].iter().for_each(|(_, line)| batch.push_str(line));
    let kept = lines[due..].iter().map(|(at, line)| (*at, (*line).to_owned())).collect();
    *late = kept;
    for buffer in taken {
        buffer.text.clear();
        buffer.ends.clear();
    }
}

/// Values may come from backends: a line end among them would forge a line.
fn keep_one_line(buffer: &mut String, start: usize) {
    if buffer.as_bytes()[start..].iter().any(|byte| *byte < b' ') {
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
    use super::{CAPACITY, Destination, Lines};

    #[test]
    fn lines_of_all_cores_keep_their_order_and_cannot_be_forged() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("logs/access.log");
        let lines = Lines::open(&Destination::File(file.clone()), 2).unwrap();
        lines.append(0, |out| out.push_str("first"));
        lines.append(1, |out| out.push_str("second\nforged"));
        lines.append(0, |out| out.push_str("third"));
        lines.close();
        assert_eq!(std::fs::read_to_string(file).unwrap(), "first\nsecond forged\nthird\n");
    }

    #[test]
    fn a_full_buffer_drops_and_counts() {
        let folder = tempfile::tempdir().unwrap();
        let lines = Lines::open(&Destination::File(folder.path().join("log")), 1).unwrap();
        // Without its writer nothing is emptied.
        lines.close();
        lines.append(0, |out| out.push_str(&"x".repeat(CAPACITY)));
        lines.append(0, |out| out.push_str("lost"));
        assert_eq!(lines.dropped(), 1);
    }
}
