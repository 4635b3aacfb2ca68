//! What files look like now, compared with before.
//!
//! In: paths. Out: stamps that differ when a file was written. Links are followed; a folder is visited once, however many
//! links lead to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::ignore::{is_ignored, is_shallow};

/// Files of one function that are looked at; nobody edits more by hand.
const MAX_FILES: usize = 20_000;

/// Tells one state of a file from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    inode: u64,
    length: u64,
    modified: (i64, i64),
    /// Executable or not matters to `provided` functions.
    mode: u32,
}

impl Stamp {
    /// None when there is no such file, or it may not be seen.
    pub(super) fn of(path: &Path) -> Option<Self> {
        std::fs::metadata(path).ok().map(|found| Self::new(&found))
    }

    fn new(found: &Metadata) -> Self {
        Self {
            inode: found.ino(),
            length: found.len(),
            modified: (found.mtime(), found.mtime_nsec()),
            mode: found.mode(),
        }
    }
}

/// The folders whose notices concern a file: its own, and that of each link on the way to it.
pub(super) fn folders_of(file: &Path) -> BTreeSet<PathBuf> {
    let parent = |path: &Path| path.parent().map(Path::to_path_buf);
    let target = std::fs::canonicalize(file).ok();
    parent(file).into_iter().chain(target.as_deref().and_then(parent)).map(existing).collect()
}

/// The folder itself, or the nearest one above it that exists.
fn existing(folder: PathBuf) -> PathBuf {
    let found = folder.ancestors().find(|ancestor| ancestor.is_dir()).map(Path::to_path_buf);
    found.unwrap_or(folder)
}

/// All files below a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tree {
    files: BTreeMap<PathBuf, Stamp>,
}

impl Tree {
    /// Looks at a folder, and tells `watch` each folder in it before looking inside.
    pub(super) fn of(root: &Path, excluded: &Path, mut watch: impl FnMut(&Path)) -> Self {
        let mut tree = Self::default();
        let mut seen = BTreeSet::new();
        let mut open = vec![(root.to_owned(), false)];
        // A layer may be a zip.
        tree.files.extend(Stamp::of(root).filter(|_| root.is_file()).map(|stamp| (root.to_owned(), stamp)));
        watch(&existing(root.to_owned()));
        while let Some((folder, shallow)) = open.pop() {
            let is_new =
                std::fs::metadata(&folder).is_ok_and(|found| seen.insert((found.dev(), found.ino())));
            if !is_new || folder == excluded {
                continue;
            }
            watch(&folder);
            // A folder that may not be read looks empty.
            let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
            for entry in entries.filter(|entry| !is_ignored(&entry.file_name())) {
                let path = entry.path();
                match std::fs::metadata(&path) {
                    Ok(found) if found.is_dir() && shallow => {}
                    Ok(found) if found.is_dir() => open.push((path, is_shallow(&entry.file_name()))),
                    Ok(found) if tree.files.len() < MAX_FILES => {
                        tree.files.insert(path, Stamp::new(&found));
                    }
                    // A link to nothing is no file yet.
                    _ => {}
                }
            }
        }
        tree
    }

    /// The files that changed, came or went.
    pub(super) fn difference(&self, now: &Self) -> Vec<PathBuf> {
        let changed = now.files.iter().filter(|(path, stamp)| self.files.get(*path) != Some(stamp));
        let gone = self.files.keys().filter(|path| !now.files.contains_key(*path));
        changed.map(|(path, _)| path).chain(gone).cloned().collect()
    }
}
