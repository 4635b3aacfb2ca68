//! Whatever happens to the files of the response cache: a reply comes back as it was stored, or not at all.

use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use stagedoor_base::{AccountId, ApiId, Region, Scope, StageName};
use stagedoor_shared::cache::{CacheKeys, Caches, Cluster, ClusterId, DiskConfig, Found, Waited};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

const NOW: Duration = Duration::from_secs(1);
const TTL: Duration = Duration::from_secs(300);
const ENTRIES: u8 = 40;
/// Longer than the slowest disk takes to write a few kilobytes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A cache whose memory has room for nothing, so that all it has is on disk.
struct Rig {
    caches: Caches,
    cluster: Arc<Cluster>,
    runtime: Runtime,
    directory: TempDir,
}

/// Where to write into the file (two bytes), and what.
pub fn run(data: &[u8]) {
    // A machine that has no place for files is another test's matter.
    let Ok(rig) = Rig::new() else { return };
    rig.fill();
    let (at, text) = data.split_at(data.len().min(2));
    rig.damage(at.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), text);
    for n in 0..ENTRIES {
        rig.check(n);
    }
}

impl Rig {
    fn new() -> io::Result<Self> {
        let directory = TempDir::new()?;
        let config = DiskConfig { directory: directory.path().to_owned(), bytes: DiskConfig::MIN_BYTES };
        let caches = Caches::with_disk(1, &config, &CacheKeys::random())?;
        let scope = Scope { account: AccountId::from("111122223333"), region: Region::from("eu-west-1") };
        let id = ClusterId { scope, api: ApiId::from("a1"), stage: StageName::from("prod") };
        let cluster = caches.cluster(&id, 1 << 40);
        let runtime = Builder::new_current_thread().enable_all().build()?;
        Ok(Self { caches, cluster, runtime, directory })
    }

    fn fill(&self) {
        for n in 0..ENTRIES {
            self.cluster.refresh(&[n], is_sealed(n)).store(&value(n).into(), TTL, NOW);
        }
        let start = Instant::now();
        while self.caches.stats().disk.is_none_or(|disk| disk.written < u64::from(ENTRIES)) {
            assert!(start.elapsed() < PATIENCE, "entries are not written");
            std::thread::yield_now();
        }
    }

    fn damage(&self, offset: u64, text: &[u8]) {
        let entries = fs::read_dir(self.directory.path()).into_iter().flatten().flatten();
        for path in
            entries.map(|entry| entry.path()).filter(|path| path.extension() == Some("segment".as_ref()))
        {
            let Ok(file) = OpenOptions::new().write(true).open(path) else { continue };
            let length = file.metadata().map_or(1, |data| data.len().max(1));
            // A disk that is full is another test's matter.
            let _ = file.write_all_at(text, offset % length);
        }
    }

    fn check(&self, n: u8) {
        let found = match self.cluster.find(&[n], is_sealed(n), NOW) {
            Found::Hit(found) => Some(found),
            Found::Miss(_) => None,
            Found::Wait(wait) => match self.runtime.block_on(wait.outcome(PATIENCE, &|| NOW)) {
                Waited::Hit(found) | Waited::Shared(found) => Some(found),
                Waited::Miss(_) => None,
            },
        };
        assert!(found.is_none_or(|found| found == value(n)), "another reply than was stored");
    }
}

fn is_sealed(n: u8) -> bool {
    n.is_multiple_of(2)
}

fn value(n: u8) -> Vec<u8> {
    vec![n; usize::from(n) * 20]
}

/// Places in the file, and what a record could hold.
pub fn corpus() -> Vec<Vec<u8>> {
    let record = [&[1, 0][..], &[7; 64], &20_u32.to_le_bytes(), &[0xff; 40]].concat();
    vec![vec![0, 0], record, vec![40, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]]
}
