//! `stagedoor-fuzz [TARGET] [--seconds N] [--seed N] [--file INPUT]`

use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use stagedoor_fuzz::targets::{ALL, Target};
use stagedoor_fuzz::{Finding, check, fuzz};

/// What the command line asks for.
struct Asked {
    targets: Vec<Target>,
    time: Duration,
    seed: u64,
    file: Option<String>,
}

fn main() -> ExitCode {
    let asked = match asked(std::env::args().skip(1)) {
        Ok(asked) => asked,
        Err(problem) => {
            eprintln!("{problem}\nusage: stagedoor-fuzz [TARGET] [--seconds N] [--seed N] [--file INPUT]");
            return ExitCode::from(2);
        }
    };
    for target in &asked.targets {
        if let Err(finding) = run(target, &asked) {
            report(target, &finding);
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn asked(mut words: impl Iterator<Item = String>) -> Result<Asked, String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut asked =
        Asked { targets: ALL.to_vec(), time: Duration::from_secs(10), seed: now.as_secs(), file: None };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value"));
        let number = |text: String| text.parse::<u64>().map_err(|_| format!("{text} is no number"));
        match word.as_str() {
            "--seconds" => asked.time = Duration::from_secs(number(value()?)?),
            "--seed" => asked.seed = number(value()?)?,
            "--file" => asked.file = Some(value()?),
            name => {
                asked.targets.retain(|target| target.name == name);
                if asked.targets.is_empty() {
                    return Err(format!("no target is called {name}"));
                }
            }
        }
    }
    Ok(asked)
}

fn run(target: &Target, asked: &Asked) -> Result<(), Box<Finding>> {
    if let Some(file) = &asked.file {
        let input = std::fs::read(file)
            .map_err(|error| Box::new(Finding { input: Vec::new(), reason: format!("{file}: {error}") }))?;
        return check(target, &input);
    }
    let count = fuzz(target, asked.seed, asked.time)?;
    println!("{}: {count} inputs, seed {}", target.name, asked.seed);
    Ok(())
}

fn report(target: &Target, finding: &Finding) {
    let file = format!("fuzz-finding-{}.bin", target.name);
    let kept = match std::fs::write(&file, &finding.input) {
        Ok(()) => format!("the input is in {file}"),
        Err(error) => format!("{file}: {error}"),
    };
    eprintln!("{}: {}; {kept}", target.name, finding.reason);
}
