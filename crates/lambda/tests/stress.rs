//! Many calls of many functions: all are answered, nothing is left over, and a killed process takes only its own call with it.
//!
//! `STAGEDOOR_STRESS_CALLS` sets how many calls look for leaks: some by default, many for a soak.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails as a test does")]

mod support;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use stagedoor_lambda::{FunctionError, InvokeError, Invoked};
use support::{Bench, PYTHON, arn, bench, in_time, invocation, until};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

const FUNCTIONS: usize = 50;
const KILLS: usize = 25;
const CODE: &str = "import os\ndef handler(event, context): return os.getpid()";

/// These tests count what the whole test process has: one at a time.
static ALONE: Mutex<()> = Mutex::const_new(());

fn calls() -> usize {
    std::env::var("STAGEDOOR_STRESS_CALLS").ok().and_then(|text| text.parse().ok()).unwrap_or(3000)
}

fn define_many(bench: &Bench) -> Vec<String> {
    let names: Vec<String> = (0..FUNCTIONS).map(|number| format!("f{number}")).collect();
    names.iter().for_each(|name| bench.define(name, PYTHON, "app.handler", &[("app.py", CODE)]));
    names
}

/// Calls the functions in turn, `width` calls at a time.
async fn call_all(
    bench: &Bench,
    names: &[String],
    count: usize,
    width: usize,
) -> Vec<Result<Invoked, InvokeError>> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut callers = JoinSet::new();
    for _ in 0..width {
        let (pool, names, next) = (bench.pool.clone(), names.to_vec(), next.clone());
        callers.spawn(async move {
            let mut answers = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    return answers;
                }
                let name = &names[number % names.len()];
                answers.push(pool.invoke(&arn(name), invocation(name, "{}")).await);
            }
        });
    }
    callers.join_all().await.into_iter().flatten().collect()
}

fn succeeded(answers: &[Result<Invoked, InvokeError>]) -> usize {
    answers
        .iter()
        .filter(|answer| answer.as_ref().is_ok_and(|answer| answer.function_error.is_none()))
        .count()
}

/// The processes that this one has started and that still are.
fn children() -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let children = |task: std::fs::DirEntry| std::fs::read_to_string(task.path().join("children"));
    tasks.flatten().filter_map(|task| children(task).ok()).map(|text| text.split_whitespace().count()).sum()
}

fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

fn resident_kb() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    4 * pages.split(' ').nth(1).unwrap().parse::<usize>().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_calls_at_once_of_fifty_functions_leave_no_process() {
    let _alone = ALONE.lock().await;
    let (before, bench) = (children(), bench());
    let names = define_many(&bench);
    let answers = in_time(call_all(&bench, &names, 500, 500)).await;
    assert_eq!(
        succeeded(&answers),
        500,
        "{:?}",
        answers.iter().find(|answer| succeeded(&[(*answer).clone()]) == 0)
    );
    in_time(bench.pool.shutdown(Duration::from_secs(10))).await;
    until("every guard is gone, and its function with it", || children() <= before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_calls_leak_nothing() {
    let _alone = ALONE.lock().await;
    let bench = bench();
    let names = define_many(&bench);
    in_time(call_all(&bench, &names, 1000, 16)).await;
    let (processes, files, memory) = (children(), descriptors(), resident_kb());
    let mut left = calls();
    while left > 0 {
        let count = left.min(2000);
        let answers = in_time(call_all(&bench, &names, count, 16)).await;
        assert_eq!(succeeded(&answers), count);
        bench.forget_lines();
        left -= count;
    }
    // A caller more at the same function may have asked for a process more.
    assert!(children() <= processes + FUNCTIONS, "{processes} processes became {}", children());
    let each = descriptors() as f64 / children() as f64;
    assert!(each < files as f64 / processes as f64 + 1.0, "{files} descriptors became {}", descriptors());
    assert!(resident_kb() < memory + 24 * 1024, "{memory} kB became {}", resident_kb());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_process_fails_its_own_call_and_no_other() {
    let _alone = ALONE.lock().await;
    let bench = bench();
    let code = "import os, time\ndef handler(event, context):\n    time.sleep(0.004)\n    return os.getpid()";
    let names: Vec<String> = (0..4).map(|number| format!("f{number}")).collect();
    names.iter().for_each(|name| bench.define(name, PYTHON, "app.handler", &[("app.py", code)]));
    in_time(call_all(&bench, &names, 64, 16)).await;
    let kills = Arc::new(AtomicUsize::new(0));
    let killer = tokio::spawn(kill_now_and_then(std::process::id(), kills.clone()));
    let mut answers = Vec::new();
    while kills.load(Ordering::Relaxed) < KILLS {
        answers.extend(in_time(call_all(&bench, &names, 64, 16)).await);
    }
    in_time(killer).await.unwrap();
    let failures: Vec<&Invoked> = answers
        .iter()
        .filter_map(|answer| answer.as_ref().ok())
        .filter(|a| a.function_error.is_some())
        .collect();
    let kills = kills.load(Ordering::Relaxed);
    assert_eq!(succeeded(&answers) + failures.len(), answers.len(), "no call is lost");
    assert!(failures.len() <= kills, "{} calls failed by {kills} kills", failures.len());
    for failure in failures {
        assert_eq!(failure.function_error, Some(FunctionError::Unhandled));
        let text = String::from_utf8_lossy(&failure.payload);
        assert!(text.contains("Runtime exited with error: signal: killed"), "{text}");
    }
    assert_eq!(succeeded(&in_time(call_all(&bench, &names, 16, 4)).await), 16);
}

/// Kills one function process after the other, whatever it does: those that run under a guard of this test.
async fn kill_now_and_then(host: u32, kills: Arc<AtomicUsize>) {
    let mut seen = HashSet::new();
    for turn in 0_usize.. {
        tokio::time::sleep(Duration::from_millis(60)).await;
        let functions: Vec<i32> =
            offspring(host).into_iter().flat_map(offspring).map(|pid| pid as i32).collect();
        let Some(pid) = functions.get(turn * 7 % functions.len().max(1)).copied() else { continue };
        let killed = rustix::process::Pid::from_raw(pid)
            .is_some_and(|pid| rustix::process::kill_process(pid, rustix::process::Signal::KILL).is_ok());
        if killed && seen.insert(pid) && kills.fetch_add(1, Ordering::Relaxed) + 1 == KILLS {
            return;
        }
    }
}

fn offspring(parent: u32) -> Vec<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten();
    let texts = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    texts
        .flat_map(|text| text.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<_>>())
        .collect()
}
