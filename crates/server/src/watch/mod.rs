//! Notices saved files, and says whose they are.
//!
//! In: the files and folders that a configuration names. Out: [`Saved`]: which of them differ from the last look. Notices of
//! the system only wake it up; what changed is found by looking, so that editors may replace, rename and link as they
//! like, and a lost notice costs nothing. It must not know what is done about a change.

mod ignore;
mod notices;
mod scan;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;

pub(crate) use notices::{Mode, watch_limit};
use notices::{Notices, Woken};
use scan::{Stamp, Tree};

/// Editors save in several steps: nothing is looked at before it was quiet for so long.
const QUIET: Duration = Duration::from_millis(40);
/// Somebody who writes all the time is not waited for longer than this.
const PATIENCE: Duration = Duration::from_millis(400);

/// What is watched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Targets {
    pub(crate) files: Vec<PathBuf>,
    /// Function name → folders.
    pub(crate) functions: BTreeMap<String, Vec<PathBuf>>,
    /// Our own state, which may lie inside of a watched folder.
    pub(crate) excluded: PathBuf,
}

/// What was saved since the last time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Saved {
    pub(crate) files: Vec<PathBuf>,
    /// Function name → its files that changed, came or went.
    pub(crate) functions: BTreeMap<String, Vec<PathBuf>>,
}

impl Saved {
    fn is_empty(&self) -> bool {
        self.files.is_empty() && self.functions.is_empty()
    }
}

/// Watches on a thread of its own, until it is dropped.
#[derive(Debug)]
pub(crate) struct Watcher {
    targets: Arc<Mutex<Targets>>,
    wake: notices::Waker,
    saved: mpsc::Receiver<Saved>,
}

impl Watcher {
    /// Begins to watch. What the targets look like now is what later looks are compared with.
    ///
    /// # Errors
    /// When no thread can be started.
    pub(crate) fn start(targets: Targets, mode: Mode) -> std::io::Result<Self> {
        let (send, saved) = mpsc::channel(1);
        let notices = Notices::new(mode);
        let wake = notices.waker();
        let targets = Arc::new(Mutex::new(targets));
        let mut looker = Looker::new(Arc::clone(&targets), notices);
        looker.look();
        looker.is_first = false;
        std::thread::Builder::new().name("watch".to_owned()).spawn(move || looker.run(&send))?;
        Ok(Self { targets, wake, saved })
    }

    /// From now on other targets. Files that are new among them count as saved: they may have been, since they were read.
    pub(crate) fn retarget(&self, targets: Targets) {
        *lock(&self.targets) = targets;
        self.wake.wake();
    }

    /// The next saved files.
    pub(crate) async fn next(&mut self) -> Option<Saved> {
        self.saved.recv().await
    }
}

/// What was seen last.
struct Looker {
    targets: Arc<Mutex<Targets>>,
    notices: Notices,
    files: BTreeMap<PathBuf, Option<Stamp>>,
    trees: BTreeMap<(String, PathBuf), Tree>,
    is_first: bool,
}

impl Looker {
    fn new(targets: Arc<Mutex<Targets>>, notices: Notices) -> Self {
        Self { targets, notices, files: BTreeMap::new(), trees: BTreeMap::new(), is_first: true }
    }

    fn run(mut self, send: &mpsc::Sender<Saved>) {
        let mut pending = Saved::default();
        while self.notices.wait(QUIET, PATIENCE) == Woken::Look {
            pending.add(self.look());
            if pending.is_empty() {
                continue;
            }
            match send.try_send(std::mem::take(&mut pending)) {
                Ok(()) => {}
                // The last change is still being applied: this one comes with the next.
                Err(mpsc::error::TrySendError::Full(again)) => {
                    pending = again;
                    self.notices.again();
                }
                Err(mpsc::error::TrySendError::Closed(_)) => return,
            }
        }
    }

    /// Compares everything with the last look. Folders that are new are watched before they are looked at.
    fn look(&mut self) -> Saved {
        let targets = lock(&self.targets).clone();
        let mut saved = Saved::default();
        self.notices.begin();
        for file in &targets.files {
            scan::folders_of(file).iter().for_each(|folder| self.notices.watch(folder));
            let now = Stamp::of(file);
            let before = self.files.insert(file.clone(), now.clone());
            if before.map_or(!self.is_first, |before| before != now) {
                saved.files.push(file.clone());
            }
        }
        for (name, folders) in &targets.functions {
            for folder in folders {
                let now = Tree::of(folder, &targets.excluded, |folder| self.notices.watch(folder));
                let key = (name.clone(), folder.clone());
                let changed = self.trees.get(&key).map(|before| before.difference(&now));
                self.trees.insert(key, now);
                if let Some(changed) = changed.filter(|changed| !changed.is_empty()) {
                    saved.functions.entry(name.clone()).or_default().extend(changed);
                }
            }
        }
        self.notices.end();
        self.files.retain(|file, _| targets.files.contains(file));
        let is_wanted = |(name, folder): &(String, PathBuf)| {
            targets.functions.get(name).is_some_and(|folders| folders.contains(folder))
        };
        self.trees.retain(|key, _| is_wanted(key));
        saved
    }
}

impl Saved {
    fn add(&mut self, more: Self) {
        self.files.extend(more.files);
        self.files.sort();
        self.files.dedup();
        for (name, files) in more.functions {
            let known = self.functions.entry(name).or_default();
            known.extend(files);
            known.sort();
            known.dedup();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
