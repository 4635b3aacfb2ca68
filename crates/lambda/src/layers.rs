//! Layers as one tree, the way Lambda shows them in `/opt`.
//!
//! In: directories, in the order in which they are merged. Out: one directory. It must not know zips or functions.
//!
//! A single layer is used where it lies. Several are copied into a directory that is named after what was in them, so it is
//! made once, and made anew when a layer changed.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::code::{UNPACKED_LIMIT, publish, unique};

/// AWS allows five layers; a tree of more files than this is a mistake.
const ENTRY_LIMIT: usize = 100_000;
const DEPTH_LIMIT: usize = 64;
/// Merged trees of the same layers that stay when a layer changes again: processes may still run on them.
const KEPT: usize = 3;

/// Why layers cannot be merged.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InvalidLayer {
    /// AWS's sentence for code and layers over the limit.
    #[error("Layers consume more than the available size of {UNPACKED_LIMIT} bytes")]
    TooLarge,
    #[error("a layer holds more than {ENTRY_LIMIT} files, or directories nested too deeply")]
    TooMany,
    #[error("the layer's link {} leads out of the layer", .0.display())]
    Link(PathBuf),
    #[error("the layer {} cannot be read: {error}", .path.display())]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("could not merge the layers: {0}")]
    Io(#[from] io::Error),
}

impl InvalidLayer {
    fn unreadable(path: &Path, error: io::Error) -> Self {
        Self::Unreadable { path: path.to_owned(), error }
    }
}

/// The directory that shows `layers` as one, below `root` if it must be made.
pub(crate) fn merged(root: &Path, layers: &[PathBuf]) -> Result<Option<PathBuf>, InvalidLayer> {
    let layers: Vec<PathBuf> = layers
        .iter()
        .map(|layer| fs::canonicalize(layer).map_err(|error| InvalidLayer::unreadable(layer, error)))
        .collect::<Result<_, _>>()?;
    let trees = layers.iter().map(|layer| Tree::of(layer)).collect::<Result<Vec<_>, _>>()?;
    if trees.iter().map(|tree| tree.bytes).sum::<u64>() > UNPACKED_LIMIT {
        return Err(InvalidLayer::TooLarge);
    }
    match layers.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only.clone())),
        several => merge(root, several, &trees).map(Some),
    }
}

fn merge(root: &Path, layers: &[PathBuf], trees: &[Tree]) -> Result<PathBuf, InvalidLayer> {
    let slot = digest(&layers);
    let target = root.join(format!("{slot}-{}", digest(&trees)));
    if target.is_dir() {
        return Ok(target);
    }
    fs::create_dir_all(root)?;
    let staging = root.join(format!(".{slot}.{}", unique()));
    let copied = layers.iter().zip(trees).try_for_each(|(layer, tree)| copy(layer, tree, &staging));
    let outcome = copied.and_then(|()| Ok(publish(&staging, &target)?));
    let _ = fs::remove_dir_all(&staging);
    outcome?;
    forget_old(root, &slot);
    Ok(target)
}

fn digest(value: &impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn forget_old(root: &Path, slot: &str) {
    let Ok(entries) = fs::read_dir(root) else { return };
    let mut made: Vec<(std::time::SystemTime, PathBuf)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let ours = entry.file_name().to_str()?.starts_with(slot);
            ours.then_some((entry.metadata().ok()?.modified().ok()?, entry.path()))
        })
        .collect();
    made.sort_unstable();
    let surplus = made.len().saturating_sub(KEPT);
    for (_, path) in made.into_iter().take(surplus) {
        let _ = fs::remove_dir_all(path);
    }
}

/// Everything in a layer, as it was when it was looked at.
#[derive(Debug, Default, Hash)]
struct Tree {
    entries: Vec<Entry>,
    bytes: u64,
}

#[derive(Debug, Hash)]
struct Entry {
    /// Below the layer.
    path: PathBuf,
    kind: Kind,
    changed: (i64, i64),
}

#[derive(Debug, Hash)]
enum Kind {
    Directory,
    File { bytes: u64, mode: u32 },
    Link { target: PathBuf },
}

impl Tree {
    fn of(layer: &Path) -> Result<Self, InvalidLayer> {
        let mut tree = Self::default();
        tree.visit(layer, Path::new(""), 0)?;
        tree.entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }

    fn visit(&mut self, layer: &Path, below: &Path, depth: usize) -> Result<(), InvalidLayer> {
        let unreadable = |error| InvalidLayer::unreadable(layer, error);
        if depth > DEPTH_LIMIT {
            return Err(InvalidLayer::TooMany);
        }
        for entry in fs::read_dir(layer.join(below)).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = below.join(entry.file_name());
            let metadata = entry.metadata().map_err(unreadable)?;
            let kind = self.kind(layer, &path, &metadata)?;
            let descend = matches!(kind, Some(Kind::Directory));
            if let Some(kind) = kind {
                let changed = (metadata.mtime(), metadata.mtime_nsec());
                self.entries.push(Entry { path: path.clone(), kind, changed });
            }
            if self.entries.len() > ENTRY_LIMIT {
                return Err(InvalidLayer::TooMany);
            }
            if descend {
                self.visit(layer, &path, depth + 1)?;
            }
        }
        Ok(())
    }

    /// None for sockets, pipes and devices: a layer is files.
    fn kind(
        &mut self,
        layer: &Path,
        path: &Path,
        metadata: &fs::Metadata,
    ) -> Result<Option<Kind>, InvalidLayer> {
        let full = layer.join(path);
        if metadata.is_dir() {
            return Ok(Some(Kind::Directory));
        }
        if metadata.is_file() {
            self.bytes += metadata.len();
            return Ok(Some(Kind::File { bytes: metadata.len(), mode: metadata.mode() }));
        }
        if !metadata.is_symlink() {
            return Ok(None);
        }
        let stays = fs::canonicalize(&full).is_ok_and(|target| target.starts_with(layer));
        let target = fs::read_link(&full).map_err(|error| InvalidLayer::unreadable(&full, error))?;
        if stays && target.is_relative() {
            Ok(Some(Kind::Link { target }))
        } else {
            Err(InvalidLayer::Link(full))
        }
    }
}

/// Copies a layer over what earlier ones left.
fn copy(layer: &Path, tree: &Tree, into: &Path) -> Result<(), InvalidLayer> {
    fs::create_dir_all(into)?;
    for entry in &tree.entries {
        let target = into.join(&entry.path);
        make_room(&target, &entry.kind)?;
        match &entry.kind {
            Kind::Directory => fs::create_dir_all(&target)?,
            Kind::File { .. } => drop(fs::copy(layer.join(&entry.path), &target)?),
            Kind::Link { target: to } => std::os::unix::fs::symlink(to, &target)?,
        }
    }
    Ok(())
}

/// A later layer replaces; only directories grow together. Nothing is ever written through an earlier layer's link.
fn make_room(target: &Path, kind: &Kind) -> io::Result<()> {
    match fs::symlink_metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(there) if there.is_dir() && matches!(kind, Kind::Directory) => Ok(()),
        Ok(there) if there.is_dir() => fs::remove_dir_all(target),
        Ok(_) => fs::remove_file(target),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::{Path, PathBuf};

    use super::{InvalidLayer, KEPT, merged};

    fn layer(home: &Path, name: &str, files: &[(&str, &str)]) -> PathBuf {
        let root = home.join(name);
        fs::create_dir_all(&root).unwrap();
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    #[test]
    fn later_layers_win_and_directories_grow_together() {
        let home = tempfile::tempdir().unwrap();
        let one = layer(
            home.path(),
            "one",
            &[("python/a.py", "1"), ("python/b.py", "1"), ("x/y", "1"), ("z", "1")],
        );
        let two = layer(home.path(), "two", &[("python/b.py", "2"), ("x", "2"), ("z/file", "2")]);
        symlink("a.py", one.join("python/link.py")).unwrap();
        let root = home.path().join("merged");
        let tree = merged(&root, &[one.clone(), two.clone()]).unwrap().unwrap();
        let read = |name: &str| fs::read_to_string(tree.join(name)).unwrap();
        assert_eq!(
            ["python/a.py", "python/b.py", "python/link.py", "x", "z/file"].map(read),
            ["1", "2", "1", "2", "2"]
        );
        assert_eq!(merged(&root, &[one.clone(), two.clone()]).unwrap().unwrap(), tree, "made once");
        let other = merged(&root, &[two, one]).unwrap().unwrap();
        assert_eq!(fs::read_to_string(other.join("python/b.py")).unwrap(), "1");
    }

    #[test]
    fn one_layer_is_used_in_place_and_none_is_nothing() {
        let home = tempfile::tempdir().unwrap();
        let only = layer(home.path(), "only", &[("bin/tool", "")]);
        assert_eq!(
            merged(home.path(), std::slice::from_ref(&only)).unwrap(),
            Some(fs::canonicalize(only).unwrap())
        );
        assert_eq!(merged(home.path(), &[]).unwrap(), None);
    }

    #[test]
    fn a_changed_layer_makes_another_tree_and_old_ones_go() {
        let home = tempfile::tempdir().unwrap();
        let one = layer(home.path(), "one", &[("a", "")]);
        let two = layer(home.path(), "two", &[("b", "")]);
        let root = home.path().join("merged");
        let mut seen = std::collections::HashSet::new();
        for round in 0..KEPT + 3 {
            fs::write(one.join("a"), "x".repeat(round)).unwrap();
            let tree = merged(&root, &[one.clone(), two.clone()]).unwrap().unwrap();
            assert_eq!(fs::read(tree.join("a")).unwrap().len(), round);
            assert!(seen.insert(tree));
        }
        assert_eq!(fs::read_dir(&root).unwrap().count(), KEPT, "old trees and staging are gone");
    }

    #[test]
    fn links_that_leave_a_layer_and_missing_layers_are_refused() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("secret"), "").unwrap();
        let good = layer(home.path(), "good", &[("a", "")]);
        for (name, target) in [("absolute", "/etc/passwd"), ("up", "../secret"), ("nowhere", "missing")] {
            let bad = layer(home.path(), name, &[]);
            symlink(target, bad.join("link")).unwrap();
            let refused = merged(&home.path().join("merged"), &[good.clone(), bad]);
            assert!(matches!(refused, Err(InvalidLayer::Link(_))), "{name}: {refused:?}");
        }
        let missing = merged(home.path(), &[home.path().join("missing")]).unwrap_err();
        assert!(missing.to_string().contains("missing"), "{missing}");
    }

    #[test]
    fn layers_over_the_limit_are_refused_before_anything_is_copied() {
        let home = tempfile::tempdir().unwrap();
        let big = layer(home.path(), "big", &[("a", "")]);
        fs::File::options().write(true).open(big.join("a")).unwrap().set_len(262_144_001).unwrap();
        let root = home.path().join("merged");
        let refused = merged(&root, &[big, layer(home.path(), "small", &[])]);
        assert!(matches!(refused, Err(InvalidLayer::TooLarge)), "{refused:?}");
        assert!(!root.exists());
    }
}
