//! The living processes below this one, and what they use.
//!
//! In: `/proc`. Out: process ids, memory, numbers of tasks. It must not know why anyone asks.
//!
//! A guard looks many times a second, so it reads little: one line for each process of the tree, and the list of all
//! processes only when the kernel has handed out a new id since the last look.

use std::collections::{HashMap, HashSet};
use std::fs;

use rustix::process::{Pid, Signal, kill_process};

/// Foreign processes are looked at again after this many looks: an id may be used twice.
const FORGET_AFTER: u32 = 64;

/// What a tree uses at a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) resident_kb: u64,
    /// Processes and threads.
    pub(crate) tasks: u64,
    /// Processor time of the living, in the kernel's ticks: it moves when anything happens.
    pub(crate) ticks: u64,
}

/// The processes below a root, followed from look to look.
#[derive(Debug)]
pub(crate) struct Tree {
    root: i32,
    members: HashSet<i32>,
    foreign: HashSet<i32>,
    last_id: String,
    looks: u32,
    page_kb: u64,
}

impl Tree {
    /// The descendants of `root`, itself not among them.
    pub(crate) fn below(root: Pid) -> Self {
        Self {
            root: root.as_raw_nonzero().get(),
            members: HashSet::new(),
            foreign: HashSet::new(),
            last_id: String::new(),
            looks: 0,
            page_kb: rustix::param::page_size() as u64 / 1024,
        }
    }

    /// Looks once.
    pub(crate) fn look(&mut self) -> Usage {
        self.find_new();
        let mut usage = Usage::default();
        let page_kb = self.page_kb;
        self.members.retain(|pid| match Stat::of(*pid) {
            Some(stat) => {
                usage.resident_kb += stat.resident_pages * page_kb;
                usage.tasks += stat.threads;
                usage.ticks += stat.ticks;
                true
            }
            None => false,
        });
        usage
    }

    /// What the tree would not share with anybody: pages of files and pages that several of its processes map do not count
    /// for each. Exact and slow.
    pub(crate) fn own_kb(&self) -> u64 {
        match self.members.len() {
            0 => 0,
            1 => self.members.iter().filter_map(|pid| anonymous_kb(*pid)).sum(),
            _ => self.members.iter().filter_map(|pid| share_kb(*pid).or_else(|| anonymous_kb(*pid))).sum(),
        }
    }

    /// Kills every process below the root that lives now.
    pub(crate) fn kill(&mut self) {
        self.last_id.clear();
        self.find_new();
        for pid in self.members.iter().filter_map(|pid| Pid::from_raw(*pid)) {
            let _ = kill_process(pid, Signal::KILL);
        }
    }

    fn find_new(&mut self) {
        let last_id = last_id().unwrap_or_default();
        if last_id == self.last_id && !last_id.is_empty() {
            return;
        }
        self.last_id = last_id;
        self.looks = self.looks.wrapping_add(1);
        if self.looks.is_multiple_of(FORGET_AFTER) {
            self.foreign.clear();
        }
        let living = processes();
        self.foreign.retain(|pid| living.contains(pid));
        let unknown = living.iter().filter(|pid| !self.members.contains(pid) && !self.foreign.contains(pid));
        let mut parents: HashMap<i32, i32> =
            unknown.filter_map(|pid| Some((*pid, Stat::of(*pid)?.parent))).collect();
        loop {
            let ours = |parent: &i32| *parent == self.root || self.members.contains(parent);
            let found: Vec<i32> =
                parents.iter().filter(|(_, parent)| ours(parent)).map(|(pid, _)| *pid).collect();
            if found.is_empty() {
                break;
            }
            for pid in found {
                parents.remove(&pid);
                self.members.insert(pid);
            }
        }
        self.foreign.extend(parents.into_keys().filter(|pid| *pid != self.root));
    }
}

/// Kills every process that was started with this `NAME=value`, until there is none.
pub(crate) fn kill_marked(mark: &[u8]) {
    const ROUNDS: usize = 100;
    for _ in 0..ROUNDS {
        let marked = processes().into_iter().filter(|pid| has_variable(*pid, mark)).filter_map(Pid::from_raw);
        if marked.filter(|pid| kill_process(*pid, Signal::KILL).is_ok()).count() == 0 {
            return;
        }
    }
}

/// A process that is dead already has no variables.
fn has_variable(pid: i32, mark: &[u8]) -> bool {
    let variables = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
    variables.split(|byte| *byte == 0).any(|variable| variable == mark)
}

fn processes() -> HashSet<i32> {
    let Ok(entries) = fs::read_dir("/proc") else { return HashSet::new() };
    entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect()
}

/// The id that the kernel handed out last, to a process or a thread.
fn last_id() -> Option<String> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split_ascii_whitespace().last().map(str::to_owned)
}

struct Stat {
    parent: i32,
    ticks: u64,
    threads: u64,
    resident_pages: u64,
}

impl Stat {
    /// None for what is gone, and for what is dead and only waits to be noticed.
    fn of(pid: i32) -> Option<Self> {
        Self::parse(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        // The command name stands in parentheses and may hold anything, parentheses too.
        let mut fields = text.rsplit_once(')')?.1.split_ascii_whitespace();
        if matches!(fields.next()?, "Z" | "X") {
            return None;
        }
        let parent = fields.next()?.parse().ok()?;
        let user: u64 = fields.nth(9)?.parse().ok()?;
        let system: u64 = fields.next()?.parse().ok()?;
        let threads = fields.nth(4)?.parse().ok()?;
        let resident_pages = fields.nth(3)?.parse().ok()?;
        Some(Self { parent, ticks: user + system, threads, resident_pages })
    }
}

fn anonymous_kb(pid: i32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    Some(sum_of(&status, &["RssAnon:", "RssShmem:"]))
}

fn share_kb(pid: i32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    Some(sum_of(&rollup, &["Pss_Anon:", "Pss_Shmem:"]))
}

fn sum_of(text: &str, names: &[&str]) -> u64 {
    let value = |line: &str| {
        names
            .iter()
            .find_map(|name| line.strip_prefix(name)?.split_ascii_whitespace().next()?.parse::<u64>().ok())
    };
    text.lines().filter_map(value).sum()
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use rustix::process::getpid;

    use super::{Stat, Tree, sum_of};

    #[test]
    fn a_stat_line_is_read_whatever_the_program_is_called() {
        let line = "7 (a) b (c) S 3 7 7 0 -1 4194304 1 0 0 0 21 4 0 0 20 0 11 0 100 1000000 2500 18446744073709551615 1";
        let stat = Stat::parse(line).unwrap();
        assert_eq!((stat.parent, stat.ticks, stat.threads, stat.resident_pages), (3, 25, 11, 2500));
        assert!(Stat::parse(&line.replace(" S ", " Z ")).is_none());
        for cut in ["", "7 (a)", "7 (a) S 3 7"] {
            assert!(Stat::parse(cut).is_none(), "{cut}");
        }
    }

    #[test]
    fn a_tree_sees_children_that_come_and_go() {
        let mut tree = Tree::below(getpid());
        let before = tree.look().tasks;
        let mut child = Command::new("sleep").arg("60").stdout(Stdio::null()).spawn().unwrap();
        let pid = i32::try_from(child.id()).unwrap();
        // The kernel counts the pages of a process that has just started a moment later.
        let deadline = Instant::now() + Duration::from_secs(10);
        let with = loop {
            let with = tree.look();
            if with.resident_kb > 0 || Instant::now() > deadline {
                break with;
            }
        };
        // Other tests of this process may have children too.
        assert!(with.tasks > before && with.resident_kb > 0, "{with:?}");
        assert!(tree.members.contains(&pid));
        assert!(tree.own_kb() > 0);
        child.kill().unwrap();
        child.wait().unwrap();
        tree.look();
        assert!(!tree.members.contains(&pid));
    }

    #[test]
    fn sizes_are_summed_by_name() {
        let text = "Rss:  900 kB\nRssAnon:\t     100 kB\nRssFile:  5 kB\nRssShmem: 20 kB\n";
        assert_eq!(sum_of(text, &["RssAnon:", "RssShmem:"]), 120);
    }
}
