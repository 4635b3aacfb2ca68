//! The system's notices that something in a folder changed, or a clock where there are none.
//!
//! In: folders. Out: reasons to look again. When the system gives no more watches it goes over to looking twice a second,
//! and says so once.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::ignore::is_ignored;

/// Twice a second keeps the promise of a second.
const POLL: Duration = Duration::from_millis(500);

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Mode {
    /// By notices of the system, where it gives them.
    #[default]
    Auto,
    /// By looking twice a second: for file systems that give no notices.
    Poll,
    /// Not at all.
    Off,
}

/// Whether to look again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Woken {
    Look,
    /// Nobody is left who could wake us.
    Over,
}

/// Wakes the watching thread.
#[derive(Debug, Clone)]
pub(super) struct Waker(SyncSender<()>);

impl Waker {
    pub(super) fn wake(&self) {
        // A full channel wakes as well.
        let _ = self.0.try_send(());
    }
}

/// Where notices come from.
pub(super) struct Notices {
    /// None: by the clock.
    system: Option<RecommendedWatcher>,
    woken: Receiver<()>,
    waker: Waker,
    /// Watched folder → which one of that name it was.
    watched: BTreeMap<PathBuf, (u64, u64)>,
    /// Watched folders that nobody has asked for since [`Notices::begin`].
    stale: BTreeMap<PathBuf, (u64, u64)>,
}

impl Notices {
    pub(super) fn new(mode: Mode) -> Self {
        let (sender, woken) = sync_channel(1);
        let waker = Waker(sender);
        let mut notices =
            Self { system: None, woken, waker, watched: BTreeMap::new(), stale: BTreeMap::new() };
        if mode == Mode::Auto {
            let waker = notices.waker();
            match notify::recommended_watcher(move |event| hear(&waker, event)) {
                Ok(system) => notices.system = Some(system),
                Err(error) => notices.poll_instead(&error),
            }
        }
        notices
    }

    pub(super) fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Blocks until there is a reason to look, and until the reasons have paused for `quiet`, or `patience` is over.
    pub(super) fn wait(&self, quiet: Duration, patience: Duration) -> Woken {
        let first = match &self.system {
            Some(_) => self.woken.recv().map_err(|_| RecvTimeoutError::Disconnected),
            None => self.woken.recv_timeout(POLL),
        };
        if first == Err(RecvTimeoutError::Disconnected) {
            return Woken::Over;
        }
        let limit = Instant::now() + patience;
        while Instant::now() < limit && self.woken.recv_timeout(quiet).is_ok() {}
        Woken::Look
    }

    /// Looks once more after a moment, whatever the system says.
    pub(super) fn again(&self) {
        self.waker.wake();
    }

    /// The watched folders are named anew until [`Notices::end`].
    pub(super) fn begin(&mut self) {
        self.stale = std::mem::take(&mut self.watched);
    }

    /// From now on this folder's notices are heard. Another folder under the same name is another folder.
    pub(super) fn watch(&mut self, folder: &Path) {
        let Some(system) = &mut self.system else { return };
        if self.watched.contains_key(folder) {
            return;
        }
        let Ok(found) = std::fs::metadata(folder) else { return };
        let identity = (found.dev(), found.ino());
        let before = self.stale.remove(folder);
        if before != Some(identity) {
            if before.is_some() {
                // The system drops it by itself when the folder is gone.
                let _ = system.unwatch(folder);
            }
            match system.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {}
                Err(error) if is_local(&error) => return,
                Err(error) => return self.poll_instead(&error),
            }
        }
        self.watched.insert(folder.to_owned(), identity);
    }

    /// Forgets the folders that were not named again.
    pub(super) fn end(&mut self) {
        let Some(system) = &mut self.system else { return };
        for folder in std::mem::take(&mut self.stale).into_keys() {
            let _ = system.unwatch(&folder);
        }
    }

    fn poll_instead(&mut self, error: &notify::Error) {
        self.system = None;
        let why = match (&error.kind, watch_limit()) {
            (notify::ErrorKind::MaxFilesWatch, Some(limit)) => format!(
                "all {limit} file watches of this user are taken (raise fs.inotify.max_user_watches with sysctl)"
            ),
            (notify::ErrorKind::Io(error), _) if is_too_many(error) => {
                "this user has too many programs that watch (raise fs.inotify.max_user_instances with sysctl)"
                    .to_owned()
            }
            _ => error.to_string(),
        };
        tracing::warn!("saved files are noticed by looking twice a second, because {why}");
    }
}

fn is_too_many(error: &std::io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error())
}

/// The folder went away or may not be read: no reason to distrust all notices.
fn is_local(error: &notify::Error) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => {
            matches!(error.kind(), NotFound | NotADirectory | PermissionDenied)
        }
        _ => false,
    }
}

fn hear(waker: &Waker, event: notify::Result<Event>) {
    let is_reason = event.is_ok_and(|event| {
        let reads_only = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            EventKind::Access(_) => true,
            _ => false,
        };
        // Without a path it says that notices were lost.
        let is_ignored = |path: &PathBuf| path.file_name().is_some_and(is_ignored);
        !reads_only && (event.paths.is_empty() || !event.paths.iter().all(is_ignored))
    });
    if is_reason {
        waker.wake();
    }
}

/// How many folders one user may watch, where the system says so.
pub(crate) fn watch_limit() -> Option<u64> {
    std::fs::read_to_string("/proc/sys/fs/inotify/max_user_watches").ok()?.trim().parse().ok()
}
