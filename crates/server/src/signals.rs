//! Signals: SIGTERM and SIGINT end the process, SIGHUP reads the configuration again, unless it says that the terminal is gone.

use std::io::IsTerminal;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// SIGTERM, SIGINT, the end of the terminal.
    Stop,
    /// SIGHUP.
    Reload,
}

/// The signals of a gateway. From its making on, none of them kills the process any more.
#[derive(Debug)]
pub(crate) struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
    /// Whether a person at a terminal started it.
    at_terminal: bool,
}

impl Signals {
    pub(crate) fn install() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
            at_terminal: is_at_terminal(),
        })
    }

    /// Completes at the next of them.
    pub(crate) async fn next(&mut self) -> Wish {
        tokio::select! {
            _ = self.terminate.recv() => Wish::Stop,
            _ = self.interrupt.recv() => Wish::Stop,
            _ = self.hang_up.recv() => match self.at_terminal && !is_at_terminal() {
                true => Wish::Stop,
                false => Wish::Reload,
            },
        }
    }

    /// Completes at the next wish to stop.
    pub(crate) async fn stop(&mut self) {
        while self.next().await != Wish::Stop {}
    }
}

/// False once the terminal was closed: it answers no questions any more.
fn is_at_terminal() -> bool {
    std::io::stdin().is_terminal() || std::io::stdout().is_terminal() || std::io::stderr().is_terminal()
}
