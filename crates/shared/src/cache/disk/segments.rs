//! The segment files of a directory that belongs to this process.
//!
//! In: runs of bytes. Out: where they went; the files, for reading. It must not know what is in them.

use std::collections::VecDeque;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::DiskConfig;
use super::index::MAX_SEGMENT;

const SUFFIX: &str = ".segment";
const LOCK: &str = "cache.lock";
/// Into how many segments a directory is divided, if they are not larger than places reach or smaller than is sensible.
const SEGMENTS: u64 = 64;
const MIN_SEGMENT: u64 = 4 << 20;

/// One file of entries.
#[derive(Debug)]
pub(super) struct Segment {
    number: u64,
    path: PathBuf,
    pub(super) file: File,
    /// Bytes written so far; the writer alone moves it.
    length: AtomicU64,
}

/// The files there are, the oldest first.
#[derive(Debug)]
pub(super) struct Segments {
    directory: PathBuf,
    capacity: u64,
    segment_bytes: u64,
    live: Mutex<Live>,
    /// Held for as long as the directory is ours.
    _lock: File,
}

#[derive(Debug, Default)]
struct Live {
    segments: VecDeque<Arc<Segment>>,
    made: u64,
}

/// Where a run of bytes went.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) segment: u64,
    pub(super) offset: u64,
}

impl Segments {
    pub(super) fn open(config: &DiskConfig) -> io::Result<Self> {
        let directory = std::path::absolute(&config.directory)?;
        make(&directory)?;
        let lock = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(directory.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(in_use()),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        clear_leftovers(&directory)?;
        let segment_bytes = (config.bytes / SEGMENTS).clamp(MIN_SEGMENT, MAX_SEGMENT);
        Ok(Self { directory, capacity: config.bytes, segment_bytes, live: Mutex::default(), _lock: lock })
    }

    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file of a segment, if it is still there.
    pub(super) fn get(&self, number: u64) -> Option<Arc<Segment>> {
        let live = self.live();
        let first = live.segments.front()?.number;
        let at = usize::try_from(number.checked_sub(first)?).ok()?;
        live.segments.get(at).cloned()
    }

    /// The number of the oldest segment there is.
    pub(super) fn first(&self) -> u64 {
        let live = self.live();
        live.segments.front().map_or(live.made, |segment| segment.number)
    }

    /// Bytes of all files.
    pub(super) fn bytes(&self) -> u64 {
        self.live().segments.iter().map(|segment| segment.length.load(Ordering::Relaxed)).sum()
    }

    /// Appends to the newest segment, or to a new one; the oldest make room. Only one thread may append.
    pub(super) fn append(&self, run: &[u8]) -> io::Result<Written> {
        let segment = match self.live().segments.back() {
            Some(segment) if segment.fits(run, self.segment_bytes) => Some(Arc::clone(segment)),
            _ => None,
        };
        let segment = segment.map_or_else(|| self.begin(), Ok)?;
        let offset = segment.length.load(Ordering::Relaxed);
        segment.file.write_all_at(run, offset)?;
        segment.length.fetch_add(run.len() as u64, Ordering::Relaxed);
        Ok(Written { segment: segment.number, offset })
    }

    /// Ends the oldest segment; false when there is none but the newest.
    pub(super) fn drop_oldest(&self) -> bool {
        let mut live = self.live();
        let oldest = if live.segments.len() > 1 { live.segments.pop_front() } else { None };
        drop(live);
        oldest.inspect(|segment| segment.remove()).is_some()
    }

    /// Removes all files.
    pub(super) fn clear(&self) {
        let segments = std::mem::take(&mut self.live().segments);
        segments.iter().for_each(|segment| segment.remove());
    }

    fn begin(&self) -> io::Result<Arc<Segment>> {
        self.make_room();
        // The directory may have been removed under us.
        make(&self.directory)?;
        let number = self.live().made;
        let path = self.directory.join(format!("{number:010}{SUFFIX}"));
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(true).mode(0o600).open(&path)?;
        let segment = Arc::new(Segment { number, path, file, length: AtomicU64::new(0) });
        let mut live = self.live();
        live.segments.push_back(Arc::clone(&segment));
        live.made += 1;
        Ok(segment)
    }

    /// Drops segments until a whole new one fits.
    fn make_room(&self) {
        while self.bytes() + self.segment_bytes > self.capacity {
            let Some(oldest) = self.live().segments.pop_front() else { return };
            oldest.remove();
        }
    }
}

impl Segment {
    fn fits(&self, run: &[u8], segment_bytes: u64) -> bool {
        self.length.load(Ordering::Relaxed) + run.len() as u64 <= segment_bytes
    }

    /// Those who read it still can; the system frees the space after the last of them.
    fn remove(&self) {
        // One that is gone already is no loss, and one that cannot be removed is removed at the next start.
        let _ = fs::remove_file(&self.path);
    }
}

fn make(directory: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(directory)
}

fn in_use() -> io::Error {
    io::Error::other("this is the cache of another running process")
}

/// Removes the segments of a process that ended without doing so. Other files are none of ours.
fn clear_leftovers(directory: &Path) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let number = name.and_then(|name| name.strip_suffix(SUFFIX));
        if number.is_some_and(|number| number.len() == 10 && number.bytes().all(|byte| byte.is_ascii_digit()))
        {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}
