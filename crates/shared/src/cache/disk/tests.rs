//! The disk behind a small memory, with everything that can go wrong under it.

use std::fs;
use std::os::unix::fs::{FileExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use stagedoor_base::{AccountId, ApiId, Region, Scope, StageName};
use tempfile::TempDir;

use super::*;
use crate::cache::{CacheKeys, Caches, Cluster, ClusterId, Found, Waited};

const NOW: Duration = Duration::from_secs(1_000);
const TTL: Duration = Duration::from_secs(300);
const PATIENCE: Duration = Duration::from_secs(60);
/// Memory has room for some of them only.
const MEMORY: u64 = 1 << 20;
const VALUE: usize = 10_000;

struct Rig {
    caches: Caches,
    cluster: Arc<Cluster>,
    directory: TempDir,
}

fn rig() -> Rig {
    let directory = TempDir::new().unwrap();
    let config = DiskConfig { directory: directory.path().to_owned(), bytes: DiskConfig::MIN_BYTES };
    let caches = Caches::with_disk(MEMORY, &config, &CacheKeys::random()).unwrap();
    let scope = Scope { account: AccountId::from("111122223333"), region: Region::from("eu-west-1") };
    let id = ClusterId { scope, api: ApiId::from("a1"), stage: StageName::from("prod") };
    let cluster = caches.cluster(&id, 1 << 40);
    Rig { caches, cluster, directory }
}

/// A value that tells its key, and that nothing can compress or guess.
fn value(n: u32) -> Bytes {
    (0..VALUE).map(|at| (n as usize * 31 + at * 7) as u8).chain(format!("secret-{n}").bytes()).collect()
}

impl Rig {
    fn put(&self, n: u32, encrypted: bool) {
        let filling = self.cluster.refresh(&n.to_le_bytes(), encrypted);
        assert!(filling.store(&value(n), TTL, NOW));
    }

    fn put_all(&self, range: std::ops::Range<u32>, encrypted: bool) {
        for n in range {
            self.put(n, encrypted);
            // So that nothing is given up because the test is faster than the disk.
            if n % 100 == 0 {
                self.caches.settle();
            }
        }
        self.caches.settle();
    }

    /// The value under `n`, wherever it is; panics when it is another's.
    fn get(&self, n: u32, encrypted: bool) -> Option<Bytes> {
        let found = match self.cluster.find(&n.to_le_bytes(), encrypted, NOW) {
            Found::Hit(value) => Some(value),
            Found::Miss(_) => None,
            Found::Wait(wait) => match block_on(wait.outcome(PATIENCE, &|| NOW)) {
                Waited::Hit(value) | Waited::Shared(value) => Some(value),
                Waited::Miss(_) => None,
            },
        };
        assert!(found.as_ref().is_none_or(|found| *found == value(n)), "{n}");
        found
    }

    fn hits(&self, range: std::ops::Range<u32>, encrypted: bool) -> usize {
        range.filter(|n| self.get(*n, encrypted).is_some()).count()
    }

    fn disk(&self) -> DiskStats {
        self.caches.stats().disk.unwrap()
    }

    fn files(&self) -> Vec<std::path::PathBuf> {
        segments_in(self.directory.path())
    }
}

fn segments_in(directory: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "segment")).collect()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn what_memory_has_no_room_for_is_found_on_disk() {
    for encrypted in [false, true] {
        let rig = rig();
        rig.put_all(0..1000, encrypted);
        assert_eq!(rig.hits(0..1000, encrypted), 1000);
        let stats = rig.caches.stats();
        assert!(stats.memory_bytes <= MEMORY, "{stats:?}");
        assert!(rig.disk().hits > 500, "{stats:?}");
        assert_eq!(rig.hits(0..1000, !encrypted), 0);
    }
}

#[test]
fn large_entries_are_read_by_other_threads() {
    let rig = rig();
    let large = |n: u32| Bytes::from(vec![n as u8; 500_000]);
    for n in 0..20_u32 {
        assert!(rig.cluster.refresh(&n.to_le_bytes(), false).store(&large(n), TTL, NOW));
        rig.caches.settle();
    }
    let mut waited = 0;
    for n in 0..20_u32 {
        match rig.cluster.find(&n.to_le_bytes(), false, NOW) {
            Found::Hit(value) => assert_eq!(value, large(n)),
            Found::Miss(filling) => panic!("{n} {filling:?}"),
            Found::Wait(wait) => {
                waited += 1;
                match block_on(wait.outcome(PATIENCE, &|| NOW)) {
                    Waited::Hit(value) => assert_eq!(value, large(n)),
                    waited => panic!("{n} {waited:?}"),
                }
            }
        }
    }
    assert!(waited >= 15, "{waited}");
}

#[test]
fn sealed_entries_show_nothing_on_disk() {
    let shows = |encrypted| {
        let rig = rig();
        rig.put_all(0..500, encrypted);
        let files: Vec<u8> = rig.files().iter().flat_map(|path| fs::read(path).unwrap()).collect();
        assert!(files.len() > 2_000_000);
        files.windows(7).any(|window| window == b"secret-")
    };
    assert!(shows(false) && !shows(true));
}

#[test]
fn files_are_for_their_owner_and_end_with_the_cache() {
    let rig = rig();
    rig.put_all(0..500, false);
    for file in rig.files() {
        assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let Rig { caches, cluster, directory } = rig;
    drop((caches, cluster));
    assert_eq!(segments_in(directory.path()), Vec::<std::path::PathBuf>::new());
}

#[test]
fn the_size_is_kept_in_bytes_and_the_oldest_make_room() {
    let rig = rig();
    // 100 MB for 64.
    for round in 0..10 {
        rig.put_all(round * 1000..(round + 1) * 1000, false);
        let bytes: u64 = rig.files().iter().map(|path| fs::metadata(path).unwrap().len()).sum();
        assert!(bytes <= DiskConfig::MIN_BYTES, "{bytes}");
        assert_eq!(bytes, rig.disk().bytes);
    }
    assert!(rig.disk().bytes > DiskConfig::MIN_BYTES / 2);
    // Memory may have kept some of the first by its own choice, but no more than it has room for.
    assert!(rig.hits(0..1000, false) <= MEMORY as usize / VALUE);
    assert_eq!(rig.hits(9000..10_000, false), 1000);
}

#[test]
fn a_flush_and_a_newer_reply_end_what_is_on_disk() {
    let rig = rig();
    rig.put_all(0..500, false);
    rig.cluster.flush();
    assert_eq!(rig.hits(0..500, false), 0);

    rig.put_all(0..500, false);
    let newer = Bytes::from_static(b"newer");
    for n in 0..500_u32 {
        assert!(rig.cluster.refresh(&n.to_le_bytes(), false).store(&newer, TTL, NOW));
    }
    rig.put_all(1000..1500, false);
    for n in 0..500_u32 {
        let found = match rig.cluster.find(&n.to_le_bytes(), false, NOW) {
            Found::Hit(value) => value,
            Found::Wait(wait) => match block_on(wait.outcome(PATIENCE, &|| NOW)) {
                Waited::Hit(value) => value,
                waited => panic!("{waited:?}"),
            },
            Found::Miss(filling) => panic!("{filling:?}"),
        };
        assert_eq!(found, newer, "{n}");
    }
}

#[test]
fn damaged_files_cost_hits_and_nothing_else() {
    let rig = rig();
    rig.put_all(0..1000, false);
    for path in rig.files() {
        let file = fs::OpenOptions::new().write(true).open(path).unwrap();
        for at in (0..file.metadata().unwrap().len()).step_by(20_000) {
            file.write_all_at(b"!?!?", at).unwrap();
        }
    }
    let hits = rig.hits(0..1000, false);
    let damaged = rig.disk().damaged as usize;
    assert!(damaged > 300 && hits + damaged == 1000, "{hits} {damaged}");
}

#[test]
fn cut_files_cost_hits_and_nothing_else() {
    let rig = rig();
    rig.put_all(0..1000, false);
    for path in rig.files() {
        fs::OpenOptions::new().write(true).open(path).unwrap().set_len(50_000).unwrap();
    }
    let hits = rig.hits(0..1000, false);
    assert!(hits < 300, "{hits}");
    rig.put_all(2000..2100, false);
    assert_eq!(rig.hits(2000..2100, false), 100);
}

#[test]
fn a_full_disk_costs_hits_and_nothing_else() {
    let rig = rig();
    // The first segments will be this device, on which no space is left.
    for n in 0..3 {
        symlink("/dev/full", rig.directory.path().join(format!("{n:010}.segment"))).unwrap();
    }
    rig.put_all(0..1000, false);
    let (hits, stats) = (rig.hits(0..1000, false), rig.disk());
    assert!(stats.failures > 0 && stats.bytes == 0, "{stats:?}");
    assert!(hits < 300, "{hits}");
}

#[test]
fn a_directory_that_vanishes_costs_hits_and_comes_back() {
    let rig = rig();
    rig.put_all(0..500, false);
    fs::remove_dir_all(rig.directory.path()).unwrap();
    // What is open can be read still; what is written goes on, into new files when there is need of one.
    rig.put_all(500..1500, false);
    rig.hits(0..1500, false);
    assert!(!rig.files().is_empty());

    fs::remove_dir_all(rig.directory.path()).unwrap();
    fs::write(rig.directory.path(), "a file now").unwrap();
    rig.put_all(2000..4000, false);
    rig.hits(2000..4000, false);
    assert!(rig.disk().failures > 0);
    fs::remove_file(rig.directory.path()).unwrap();
    rig.put_all(4000..4500, false);
    assert_eq!(rig.hits(4000..4500, false), 500);
}

#[test]
fn a_directory_is_emptied_at_the_start_and_is_nobody_elses() {
    let directory = TempDir::new().unwrap();
    let (leftover, other) =
        (directory.path().join("0000000007.segment"), directory.path().join("notes.segment"));
    fs::write(&leftover, "of a process that was killed").unwrap();
    fs::write(&other, "not ours").unwrap();
    let config = DiskConfig { directory: directory.path().to_owned(), bytes: DiskConfig::MIN_BYTES };
    let first = Disk::open(&config).unwrap();
    assert!(!leftover.exists() && other.exists());
    let error = Disk::open(&config).unwrap_err().to_string();
    assert!(error.ends_with("is the cache of another running process"), "{error}");
    drop(first);
    Disk::open(&config).unwrap();
}

#[test]
fn a_disk_that_is_none_is_said_at_the_start() {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(Disk::open(&DiskConfig { directory: file, bytes: DiskConfig::MIN_BYTES }).is_err());
    let small = DiskConfig { directory: directory.path().join("new"), bytes: 1 << 20 };
    assert!(Disk::open(&small).unwrap_err().to_string().contains("64 MiB"));
}
