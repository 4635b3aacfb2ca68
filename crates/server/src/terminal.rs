//! What the terminal can show, and sentences for it.

use std::io::{ErrorKind, IsTerminal, Write};
use std::time::{Duration, Instant};

use stagedoor_observe::{Style, push_clean, push_styled};

/// Prints to stdout. Whoever stopped to read has read enough: that is no error.
pub(crate) fn print(text: impl AsRef<[u8]>) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_ref()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Prints to stdout what may lack its line end.
pub(crate) fn print_line(text: &[u8]) -> std::io::Result<()> {
    let end: &[u8] = if text.is_empty() || text.ends_with(b"\n") { b"" } else { b"\n" };
    print([text, end].concat())
}

/// Prints a line to stderr, if anybody reads it.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Whether stderr gets colours: `NO_COLOR` and `CLICOLOR_FORCE` are heeded (no-color.org, bixense.com/clicolors).
pub(crate) fn stderr_has_colour() -> bool {
    has_colour(std::io::stderr().is_terminal(), is_set)
}

/// Whether stdout gets colours.
pub(crate) fn stdout_has_colour() -> bool {
    has_colour(std::io::stdout().is_terminal(), is_set)
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0")
}

fn has_colour(is_terminal: bool, is_set: impl Fn(&str) -> bool) -> bool {
    !is_set("NO_COLOR") && (is_terminal || is_set("CLICOLOR_FORCE"))
}

/// Work that takes longer is shown on a terminal.
const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// Does something; on a terminal one line says what, once it takes longer than a second, and goes when it is done.
pub(crate) async fn during<T>(what: &str, work: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let is_terminal = std::io::stderr().is_terminal();
    let mut work = std::pin::pin!(work);
    let mut ticker = tokio::time::interval_at((started + PATIENCE).into(), TICK);
    loop {
        tokio::select! {
            done = &mut work => {
                if is_terminal && started.elapsed() > PATIENCE {
                    erase();
                }
                return done;
            }
            _ = ticker.tick(), if is_terminal => show(what, started.elapsed()),
        }
    }
}

fn show(what: &str, elapsed: Duration) {
    // A terminal that cannot be written to needs no progress.
    let _ = write!(std::io::stderr(), "\r\x1b[2K{what}… {:.1} s", elapsed.as_secs_f64());
    let _ = std::io::stderr().flush();
}

fn erase() {
    let _ = write!(std::io::stderr(), "\r\x1b[2K");
    let _ = std::io::stderr().flush();
}

/// Appends a text of several lines; those after the first stand under it.
pub(crate) fn push_lines(out: &mut String, style: Style, text: &str) {
    for (index, line) in text.trim_end().lines().enumerate() {
        if index == 0 {
            push_styled(out, style, line);
        } else {
            out.push_str("\n  ");
            push_clean(out, line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::has_colour;

    #[test]
    fn who_wants_no_colour_gets_none() {
        for (is_terminal, set, expected) in [
            (true, "", true),
            (false, "", false),
            (true, "NO_COLOR", false),
            (false, "CLICOLOR_FORCE", true),
            (true, "NO_COLOR CLICOLOR_FORCE", false),
        ] {
            let found = has_colour(is_terminal, |name| set.split(' ').any(|it| it == name));
            assert_eq!(found, expected, "{is_terminal} {set}");
        }
    }
}
