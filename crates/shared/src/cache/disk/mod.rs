//! The tier on disk: entries that memory has no room for, appended to segment files.
//!
//! In: entries by number. Out: the same, or nothing: whatever goes wrong here (a full disk, a damaged file, a directory that
//! vanished, too much to write) costs a hit and never an answer. It must not know keys, replies or deadlines.
//!
//! Entries are appended to the newest segment; when the directory is full, the oldest segment goes as a whole. An entry ends
//! after an hour at most, so that nothing is worth being moved. The index is in memory alone, and the directory is emptied at
//! the start: a flush cannot be undone by a restart.

mod index;
mod reader;
mod record;
mod segments;
mod writer;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

use super::frame::Frame;
use index::{Index, Whereabouts};
use reader::Readers;
pub(super) use reader::Reading;
use record::Checksum;
use segments::Segments;
use writer::Queue;

/// Where the disk tier is, and how much it may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskConfig {
    /// A directory for this process alone.
    pub directory: PathBuf,
    /// Bytes of all files together.
    pub bytes: u64,
}

impl DiskConfig {
    /// The least that a disk tier may be given: some segments, each with room for some of the largest entries.
    pub const MIN_BYTES: u64 = 64 << 20;
}

/// Where an entry in memory came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It was stored just now; what the disk may have is older.
    Stored,
    /// It was read from the disk.
    Disk,
}

/// The tier on disk.
pub(super) struct Disk {
    parts: Arc<Parts>,
    readers: Readers,
    writer: Option<JoinHandle<()>>,
}

/// What the writer, the readers and those who ask share.
#[derive(Debug)]
struct Parts {
    index: Index,
    segments: Segments,
    queue: Queue,
    checksum: Checksum,
    counters: Counters,
}

/// What happened so far.
#[derive(Debug, Default)]
struct Counters {
    written: AtomicU64,
    /// Not written because too much was waiting.
    skipped: AtomicU64,
    failures: AtomicU64,
    damaged: AtomicU64,
}

/// What the disk tier holds and did since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DiskStats {
    /// Bytes of all files.
    pub bytes: u64,
    pub entries: u64,
    pub hits: u64,
    pub written: u64,
    /// Entries that were given up because the disk did not keep pace.
    pub skipped: u64,
    /// Writes and files that the system refused.
    pub failures: u64,
    /// Entries that were not read back as they were written.
    pub damaged: u64,
}

/// What is known of an entry without waiting.
#[derive(Debug)]
pub(super) enum Glance {
    Absent,
    Here(Frame),
    Away(Reading),
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disk").field("stats", &self.stats()).finish_non_exhaustive()
    }
}

impl Disk {
    /// Takes the directory for this process, and empties it.
    pub(super) fn open(config: &DiskConfig) -> io::Result<Self> {
        if config.bytes < DiskConfig::MIN_BYTES {
            return Err(io::Error::other("the disk tier of the response cache takes at least 64 MiB"));
        }
        let parts = Arc::new(Parts {
            index: Index::default(),
            segments: Segments::open(config)?,
            queue: Queue::default(),
            checksum: Checksum::default(),
            counters: Counters::default(),
        });
        let writer = writer::start(Arc::clone(&parts))?;
        Ok(Self { readers: Readers::start(&parts)?, parts, writer: Some(writer) })
    }

    /// What there is under `number`; at once when the system has it in memory.
    pub(super) fn glance(&self, number: u64) -> Glance {
        match self.parts.index.find(number) {
            Whereabouts::Nowhere => Glance::Absent,
            Whereabouts::Queued(frame) => Glance::Here(frame),
            Whereabouts::Written(place) => self.readers.read(&self.parts, number, place),
        }
    }

    /// Takes an entry that leaves memory, unless it is still here or too much is waiting to be written.
    pub(super) fn offer(&self, number: u64, frame: &Frame, origin: Origin) {
        if !self.parts.index.queue(number, frame, origin) {
            return;
        }
        if !self.parts.queue.push(number, frame.bytes().len() as u64) {
            self.parts.index.forget(number);
            self.parts.counters.skipped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Nobody finds `number` any more, even if it is being written just now.
    pub(super) fn forget(&self, number: u64) {
        self.parts.index.forget(number);
    }

    /// Figures; `hits` is counted by who opens entries.
    pub(super) fn stats(&self) -> DiskStats {
        let counters = &self.parts.counters;
        let of = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        DiskStats {
            bytes: self.parts.segments.bytes(),
            entries: self.parts.index.entries(),
            hits: 0,
            written: of(&counters.written),
            skipped: of(&counters.skipped),
            failures: of(&counters.failures),
            damaged: of(&counters.damaged),
        }
    }

    /// Waits until all that was offered is written or given up.
    #[cfg(test)]
    pub(super) fn settle(&self) {
        self.parts.queue.settle();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.parts.queue.close();
        self.readers.close();
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has written nothing since; there is nothing else to do about it here.
            let _ = writer.join();
        }
        self.parts.segments.clear();
    }
}

#[cfg(test)]
mod tests;
