//! Measures the response cache: fills memory and disk with small replies, then looks them up from two threads.
//!
//! `cache_tiers DIRECTORY [--gigabytes N] [--memory-mb N] [--value-bytes N] [--lookups N] [--encrypted]`

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use stagedoor_base::{AccountId, ApiId, Entropy, Region, Scope, StageName};
use stagedoor_shared::cache::{CacheKeys, Caches, Cluster, ClusterId, DiskConfig, Found, Waited};

const NOW: Duration = Duration::from_secs(1);
const TTL: Duration = Duration::from_secs(3600);
const THREADS: u64 = 2;

#[derive(Debug, Clone)]
struct Asked {
    directory: PathBuf,
    gigabytes: u64,
    memory_mb: u64,
    value_bytes: usize,
    lookups: u64,
    encrypted: bool,
}

/// What one thread saw.
#[derive(Debug, Default)]
struct Seen {
    at_once: Vec<Duration>,
    waited: Vec<Duration>,
    misses: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = asked()?;
    let config = DiskConfig { directory: asked.directory.clone(), bytes: asked.gigabytes << 30 };
    let before = resident();
    let caches = Caches::with_disk(asked.memory_mb << 20, &config, &CacheKeys::random())?;
    let scope = Scope { account: AccountId::from("111122223333"), region: Region::from("eu-west-1") };
    let id = ClusterId { scope, api: ApiId::from("a1"), stage: StageName::from("prod") };
    let cluster = caches.cluster(&id, 1 << 50);
    let entries = fill(&asked, &caches, &cluster);
    let stats = caches.stats();
    println!("{stats:#?}");
    println!(
        "resident: {} MB before, {} MB now, {} MB of it for memory",
        before,
        resident(),
        asked.memory_mb
    );
    let threads: Vec<_> = (0..THREADS)
        .map(|seed| {
            let (asked, cluster) = (asked.clone(), Arc::clone(&cluster));
            std::thread::spawn(move || look(&asked, &cluster, entries, seed))
        })
        .collect();
    let mut all = Seen::default();
    for thread in threads {
        let seen = thread.join().map_err(|_| "a thread panicked")??;
        all.at_once.extend(seen.at_once);
        all.waited.extend(seen.waited);
        all.misses += seen.misses;
    }
    tell("found at once (memory, or the system's own)", all.at_once);
    tell("read from the disk", all.waited);
    println!("misses: {}; resident {} MB\n{:#?}", all.misses, resident(), caches.stats());
    Ok(())
}

fn asked() -> Result<Asked, Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().ok_or("a directory for the disk tier")?.into();
    let mut asked = Asked {
        directory,
        gigabytes: 10,
        memory_mb: 256,
        value_bytes: 500,
        lookups: 1_000_000,
        encrypted: false,
    };
    while let Some(option) = arguments.next() {
        let mut number = || arguments.next().and_then(|text| text.parse::<u64>().ok()).ok_or("a number");
        match option.as_str() {
            "--gigabytes" => asked.gigabytes = number()?,
            "--memory-mb" => asked.memory_mb = number()?,
            "--value-bytes" => asked.value_bytes = usize::try_from(number()?)?,
            "--lookups" => asked.lookups = number()?,
            "--encrypted" => asked.encrypted = true,
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    Ok(asked)
}

/// Stores replies until the disk is full once; returns how many.
fn fill(asked: &Asked, caches: &Caches, cluster: &Arc<Cluster>) -> u64 {
    let value = bytes::Bytes::from(vec![7; asked.value_bytes]);
    let entries = (asked.gigabytes << 30) / (asked.value_bytes as u64 + 80);
    let start = Instant::now();
    for n in 0..entries {
        cluster.refresh(&n.to_le_bytes(), asked.encrypted).store(&value, TTL, NOW);
        // As a backend would: no faster than the disk.
        while n % 10_000 == 0 && behind(caches) {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    println!("{entries} replies of {} bytes in {:?}", asked.value_bytes, start.elapsed());
    entries
}

fn behind(caches: &Caches) -> bool {
    let stats = caches.stats();
    let disk = stats.disk.unwrap_or_default();
    stats.stored > disk.written + disk.skipped + stats.memory_entries + 20_000
}

fn look(asked: &Asked, cluster: &Arc<Cluster>, entries: u64, seed: u64) -> Result<Seen, std::io::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (mut seen, mut entropy) = (Seen::default(), Entropy::new([seed, 1, 2, 3]));
    runtime.block_on(async {
        for _ in 0..asked.lookups / THREADS {
            let key = (entropy.next_u64() % entries).to_le_bytes();
            let start = Instant::now();
            match cluster.find(&key, asked.encrypted, NOW) {
                Found::Hit(_) => seen.at_once.push(start.elapsed()),
                Found::Miss(_) => seen.misses += 1,
                Found::Wait(wait) => match wait.outcome(TTL, &|| NOW).await {
                    Waited::Hit(_) | Waited::Shared(_) => seen.waited.push(start.elapsed()),
                    Waited::Miss(_) => seen.misses += 1,
                },
            }
        }
    });
    Ok(seen)
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: f64| times.get((times.len() as f64 * part) as usize).copied().unwrap_or_default();
    println!("{what}: {} times, p50 {:?}, p99 {:?}, p99.9 {:?}", times.len(), at(0.5), at(0.99), at(0.999));
}

/// Megabytes of this process that are not the system's own copy of files.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
}
